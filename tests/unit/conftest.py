"""Unit tests see the sample data, not what is shipped: see ``tests/conftest.py``."""

from __future__ import annotations

import pytest

import ct_trafficking_resources as ctr


@pytest.fixture(scope="session")
def sample() -> ctr.Directory:
    """The newest edition of the sample data."""
    return ctr.load()

from __future__ import annotations

import pytest

import ct_trafficking_resources as ctr


@pytest.fixture(scope="session")
def directory():
    return ctr.load()

"""Fixtures for pytest, to be named in the topmost ``conftest.py`` of your tests.

It is no entry point: an app that has this package for its data should not
get fixtures into every test run that it did not ask for::

    pytest_plugins = ["ct_trafficking_resources.pytest_plugin"]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ct_trafficking_resources import testing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.edition.directory import Directory


@pytest.fixture
def fictional_directory() -> Directory:
    """A directory over a fictional edition; see `testing`."""
    return testing.fictional_directory()


@pytest.fixture
def no_side_effects() -> Iterator[None]:
    """The test fails if it opens a socket, writes a file, starts a process or
    reads the environment; see `testing.no_side_effects`.
    """
    with testing.no_side_effects():
        yield

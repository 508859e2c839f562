"""The public names."""

from __future__ import annotations

import re

import pytest

import ct_trafficking_resources as ctr


@pytest.mark.parametrize("name", ctr.__all__)
def test_a_public_name_can_be_imported(name):
    assert getattr(ctr, name) is getattr(ctr, name)
    assert name in dir(ctr)


def test_the_version_is_a_calendar_version_and_that_of_the_edition():
    assert re.fullmatch(r"20\d\d\.([1-9]|1[0-2])\.(0|[1-9]\d*)", ctr.__version__, re.ASCII)
    assert ctr.load().edition == ctr.__version__


def test_a_name_that_is_not_there_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'hotline'"):
        ctr.hotline  # noqa: B018


@pytest.mark.parametrize("name", [name for name in ctr.__all__ if name != "__version__"])
def test_a_public_name_is_documented(name):
    public = getattr(ctr, name)
    if name != "Record":  # a type alias
        assert public.__doc__.strip()

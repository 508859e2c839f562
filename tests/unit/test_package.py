"""The public names."""

from __future__ import annotations

import pytest

import ct_trafficking_resources as ctr


@pytest.mark.parametrize("name", ctr.__all__)
def test_a_public_name_can_be_imported(name):
    assert getattr(ctr, name) is getattr(ctr, name)
    assert name in dir(ctr)


def test_a_name_that_is_not_there_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'hotline'"):
        ctr.hotline  # noqa: B018


@pytest.mark.parametrize("name", [name for name in ctr.__all__ if name != "__version__"])
def test_a_public_name_is_documented(name):
    public = getattr(ctr, name)
    if name != "Record":  # a type alias
        assert public.__doc__.strip()

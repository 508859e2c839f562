"""Loading an edition, in short; what editions are is tested beside them."""

from __future__ import annotations

import pytest

import ct_trafficking_resources as ctr


def test_the_default_is_the_newest_edition_that_is_not_withdrawn():
    newest = [one for one in ctr.available_editions() if not one.withdrawn][-1]
    assert ctr.load().edition == newest.number
    assert ctr.load().pin == newest.pin
    assert ctr.load() is ctr.load()


def test_an_edition_is_loaded_by_number_and_by_pin():
    pin = ctr.load().pin
    number, digest = pin.split("@sha256:")
    assert ctr.load(number) == ctr.load(pin) == ctr.load(number, sha256=digest) == ctr.load()


@pytest.mark.parametrize(
    "edition", ["2026.11", "2026.11.00", "latest", "", f"{ctr.__version__}@md5:0", 26]
)
def test_an_edition_that_is_not_there_is_refused_with_those_that_are(edition):
    with pytest.raises(ctr.UnknownEdition, match=ctr.__version__):
        ctr.load(edition)


def test_other_bytes_than_those_pinned_are_refused():
    with pytest.raises(ctr.DigestMismatch):
        ctr.load(f"{ctr.__version__}@sha256:{'0' * 64}")
    with pytest.raises(ctr.DigestMismatch):
        ctr.load(ctr.__version__, sha256="0" * 64)

"""Who stands behind a page."""

from __future__ import annotations

import pytest

from ct_trafficking_resources.updates.evidence import hosts_of, independent, known_hosts


def source(url="https://a.gov/", kind="official"):
    return {"url": url, "title": "A page", "kind": kind, "read": "2026-11-23"}


PRESS = source("https://b.example/", "press")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], False),
        ([source()], False),
        ([source(), PRESS], True),
        ([PRESS, source()], True),
        ([source(kind="operator"), PRESS], True),
        ([source(kind="press"), PRESS], False),
        ([source(kind="press"), source("https://b.example/", "third-party")], False),
        ([source(), source("https://www.a.gov/other")], False),
        ([source(), source("https://press.a.gov/")], False),
        ([source(), source(None)], False),
        ([source(), source("https://b.example/", "partner")], False),
        ([source(kind="partner"), PRESS, source("https://c.example/", "press")], False),
        ([source(), source("github-index:12", "press")], False),
        ([source("https://a.gov@b.example/"), PRESS], False),
        # "official" is easily written: the host must bear it out.
        ([source("https://a.example/"), PRESS], False),
        ([source("https://known.example/"), PRESS], True),
        ([source("https://help.known.example/", "operator"), PRESS], True),
        ([source("https://known.example/", "press"), PRESS], False),
        # All pages of the sender are one publisher.
        ([source("https://own.example/", "operator"), PRESS], True),
        ([source("https://own.example/"), source("https://mine.example/")], False),
        ([source("https://own.example/"), source("https://mine.example/"), PRESS], True),
        ([source("https://own.example/", "press"), source("https://mine.example/"), PRESS], True),
    ],
)
def test_pages_are_independent_if_publishers_differ_and_one_is_first_hand(sources, expected):
    own = ("own.example", "www.mine.example")
    known = (*own, "www.known.example")
    assert independent(sources, own=own, known=known) is expected


@pytest.mark.parametrize(
    "host",
    [
        "archive.is",
        "web.archive.org",
        "archive.ph",
        "archive.today",
        "cc.bingj.com",
        "webcache.googleusercontent.com",
        "a-gov.translate.goog",
        "translate.google.com",
    ],
)
def test_a_copy_of_a_page_is_no_publisher(host):
    copy = source(f"https://{host}/https://a.gov/")
    assert not independent([source(), copy], own=(), known=(host,))
    assert independent([source(), copy, PRESS], own=(), known=())
    assert independent([source(), source("https://www.google.com/", "press")], own=(), known=())


def test_the_hosts_of_a_record_are_its_own_and_those_of_its_contact_points(directory):
    police = directory.organization("example-police")
    assert hosts_of(police) == {"police.example.gov"}
    assert hosts_of(police) < known_hosts(directory)


def test_the_hosts_of_a_record_are_compared_without_www(patched, example, edition_of):
    patch = [{"op": "add", "path": "/records/example-police/hosts/-", "value": "www.b.example"}]
    police = edition_of(patched(example, patch)).organization("example-police")
    assert hosts_of(police) == {"police.example.gov", "b.example"}


def test_the_hosts_of_help_channels_are_known_too(directory):
    hotline = directory.channel("national-human-trafficking-hotline")
    assert hosts_of(hotline) == {"humantraffickinghotline.org"}
    assert hosts_of(hotline) < known_hosts(directory)

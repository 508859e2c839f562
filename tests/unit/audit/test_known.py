"""What is known about values, with a history of its own."""

from __future__ import annotations

import attrs
import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.audit.engine import kit_for
from ct_trafficking_resources.audit.known import Known
from ct_trafficking_resources.audit.texts import audit_text
from ct_trafficking_resources.edition.directory import Directory, installed
from ct_trafficking_resources.edition.history import History
from ct_trafficking_resources.model import Value


def directory_with(**history):
    whole = installed()._replace(**history)
    return Directory(ctr.load()._document, str(id(history)), history=lambda: History(*whole))


def misprint(**fields):
    empty = {"id": "new", "record": None, "contact": None, "right": None}
    return attrs.evolve(installed().misprints[0], **empty | fields)


NUMBER = Value(kind="e164", value="+12125550147")


@pytest.mark.parametrize(
    ("fields", "replacement", "record"),
    [
        ({}, None, None),
        ({"record": "rainn"}, "1-800-656-4673", "rainn"),
        ({"record": "hsi-tip-line", "contact": "voice-866"}, None, "hsi-tip-line"),
        ({"record": "rainn", "contact": "voice"}, "1-800-656-4673", "rainn"),
        ({"record": "rainn", "contact": "nothing"}, None, "rainn"),
        ({"right": Value(kind="e164", value="+12125550148")}, None, None),
        (
            {"record": "love146", "right": Value(kind="host", value="love146.org")},
            "love146.org",
            "love146",
        ),
        ({"right": Value(kind="host", value="www.love146.org")}, "love146.org", "love146"),
        ({"right": Value(kind="host", value="example.org")}, None, None),
        ({"record": "hhs-acf-otip"}, None, "hhs-acf-otip"),
    ],
)
def test_what_is_right_follows_from_what_a_misprint_says(fields, replacement, record):
    directory = directory_with(misprints=(misprint(wrong=NUMBER, **fields),))
    (finding,) = audit_text("212-555-0147, Connecticut", directory)
    assert finding.replacement == replacement
    assert finding.record == record
    if replacement is None:
        assert finding.hint == "Leave it out: nothing is known to replace it."


def test_a_host_of_an_organization_without_contact_there_is_right_without_expression():
    right = kit_for(ctr.load()).known.right_for(
        misprint(wrong=NUMBER, right=Value(kind="host", value="www.norwalkct.gov"))
    )
    assert (right.text, right.expression) == ("www.norwalkct.gov", None)


def test_a_successor_that_the_edition_lacks_is_no_name():
    assert kit_for(ctr.load()).known.named("nothing") is None


def test_what_is_indexed_is_kept():
    directory = ctr.load()
    assert kit_for(directory) is kit_for(directory)
    assert isinstance(kit_for(directory).known, Known)

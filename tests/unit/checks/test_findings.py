"""A finding says where, what, and what to do."""

from __future__ import annotations

import pickle

import attrs
import pytest

from ct_trafficking_resources import Finding, Severity
from ct_trafficking_resources.checks.findings import Place
from ct_trafficking_resources.edition.codec import encode

FINDING = Finding(
    rule="CTR211",
    severity=Severity.WARNING,
    place=Place(file="file.json", pointer="/display", line=3, column=5),
    message="It differs.",
    hint="Write the same.",
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(file="a.json"), "a.json"),
        (Place(file="a.json", pointer="/x"), "a.json /x"),
        (Place(file="a.json", line=3, column=5), "a.json:3:5"),
        (Place(file="a.json", pointer="/x", line=3, column=5), "a.json:3:5 /x"),
    ],
)
def test_a_place_is_written_as_editors_read_it(place, text):
    assert str(place) == text


def test_a_finding_is_one_line():
    assert str(FINDING) == "file.json:3:5 /display: warning CTR211: It differs. Write the same."


def test_severities_come_worst_first():
    assert list(Severity) == ["error", "warning", "note"]


def test_a_finding_is_frozen_hashes_and_pickles():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        FINDING.rule = "CTR000"
    assert pickle.loads(pickle.dumps(FINDING)) == FINDING
    assert len({FINDING, attrs.evolve(FINDING), attrs.evolve(FINDING, rule="CTR000")}) == 2


def test_a_finding_is_plain_json():
    assert encode(FINDING) == {
        "rule": "CTR211",
        "severity": "warning",
        "place": {"file": "file.json", "pointer": "/display", "line": 3, "column": 5},
        "message": "It differs.",
        "hint": "Write the same.",
    }

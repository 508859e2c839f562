"""What is asked of a change, where no door gives a smaller example."""

from __future__ import annotations

import attrs
import pytest

from ct_trafficking_resources.checks.gate import Difference, problems
from ct_trafficking_resources.checks.rules import Records
from ct_trafficking_resources.testing import fictional_directory

DIRECTORY = fictional_directory()
BEFORE = Records.of(DIRECTORY, DIRECTORY.released)


def in_wrong_row(numbers: dict[str, str]) -> list[str]:
    """Return the records of which a number slipped into another row."""
    by_id = dict(BEFORE.by_id)
    for id, value in numbers.items():
        record = by_id[id]
        first, *others = record.contacts
        by_id[id] = attrs.evolve(record, contacts=(attrs.evolve(first, value=value), *others))
    difference = Difference(before=BEFORE, after=attrs.evolve(BEFORE, by_id=by_id))
    return [problem.record for rule, problem in problems(difference) if rule.id == "CTR354"]


@pytest.mark.parametrize(
    ("numbers", "records"),
    [
        (
            {"fictional-legal-help": "+18605552010", "fictional-wage-line": "+18605552007"},
            ["fictional-legal-help", "fictional-wage-line"],
        ),
        (
            {"fictional-legal-help": "+18605552010", "fictional-wage-line": "+18605557010"},
            ["fictional-legal-help"],
        ),
        ({"fictional-legal-help": "+18605557007"}, []),
    ],
)
def test_a_number_that_another_record_would_lose_is_asked_about(numbers, records):
    assert sorted(in_wrong_row(numbers)) == records

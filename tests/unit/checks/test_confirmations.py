"""What was heard is compared with what is written, and holds for nothing else."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from ct_trafficking_resources.checks.rules import confirms, is_confirmed
from ct_trafficking_resources.edition.codec import decode_contact, encode
from ct_trafficking_resources.model import Confirmation
from ct_trafficking_resources.testing import fictional_directory
from ct_trafficking_resources.vocabulary import ConfirmedBy

HEARD = Confirmation(
    value="860 555 3007", role="records clerk", way=ConfirmedBy.LETTER, day=date(2001, 2, 3)
)


@pytest.mark.parametrize(
    ("heard", "value", "holds"),
    [
        ("+12035552031", "+12035552031", True),
        ("(203) 555-2031", "+12035552031", True),
        ("1.203.555.2031", "+12035552031", True),
        ("203 555 2032", "+12035552031", False),
        ("555-2031", "+12035552031", False),
        ("233 733", "233733", True),
        ("help@a.example", "help@a.example", True),
        ("a.example", "help@a.example", False),
        ("203-555-TIPS", "+12035558477", False),
        ("12", "help12@a.example", False),
        ("help12@a.example", "12", False),
    ],
)
def test_a_number_is_compared_by_its_digits_and_all_else_as_written(heard, value, holds):
    assert confirms(heard, value) is holds


def test_a_confirmation_holds_for_its_value_and_for_what_it_is_of():
    contact = fictional_directory().organization("fictional-help").contacts[0]
    evidence = contact.evidence
    assert not is_confirmed(evidence, "+18605553007")
    evidence = attrs.evolve(evidence, confirmations=(HEARD,))
    assert is_confirmed(evidence, "+18605553007")
    assert not is_confirmed(evidence, "+18605553008")
    assert not is_confirmed(evidence, "+18605553007", "first")


def test_a_confirmation_comes_back_from_its_document():
    contact = fictional_directory().organization("fictional-help").contacts[0]
    confirmed = attrs.evolve(
        contact, evidence=attrs.evolve(contact.evidence, confirmations=(HEARD,))
    )
    document = encode(confirmed)
    assert document["evidence"]["confirmations"] == [
        {"value": "860 555 3007", "role": "records clerk", "way": "letter", "day": "2001-02-03"}
    ]
    assert decode_contact(document) == confirmed
    assert confirmed.digest != contact.digest

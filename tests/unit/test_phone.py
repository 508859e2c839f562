"""Telephone numbers, and numbers that are one slip away from another."""

from __future__ import annotations

from itertools import product

import phonenumbers
import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.phone import (
    CONNECTICUT_AREA_CODES,
    TOLL_FREE_PREFIXES,
    Slip,
    digits_of,
    is_fictitious,
    is_premium,
    slip,
    slips,
    spell,
)

CONTACTS = [
    contact
    for record in ctr.load()
    for contact in getattr(record, "contacts", ())
    if contact.kind in {"e164", "short-code", "n11"}
]
NUMBERS = sorted({digits_of(one.value) for one in CONTACTS if one.kind == "e164"})
TOLL_FREE = [number for number in NUMBERS if number[:3] in TOLL_FREE_PREFIXES]
CODES = sorted({one.value for one in CONTACTS if one.kind == "short-code"})
DIGITS = "0123456789"


def test_what_is_tested_is_there():
    assert "8883737888" in TOLL_FREE
    assert len(TOLL_FREE) > 15
    assert "233733" in CODES


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1-888-373-7888", "8883737888"),
        ("1-888-3737-888", "8883737888"),
        ("+1 (888) 373.7888", "8883737888"),
        ("+18883737888", "8883737888"),
        ("8883737888", "8883737888"),
        ("233733", "233733"),
        ("911", "911"),
        ("28883737888", "28883737888"),
        ("1888373788", "1888373788"),
        ("\u0661-888-373-7888", "8883737888"),
        ("²11", "11"),
        ("", ""),
        ("call us", ""),
        ("ext. 12x", "12"),
    ],
)
def test_the_digits_of_a_number(text, digits):
    assert digits_of(text) == digits


@pytest.mark.parametrize(
    ("letters", "digits"),
    [
        ("BEFREE", "233733"),
        ("befree", "233733"),
        ("1-800-THE-LOST", "8008435678"),
        ("203-576-TIPS", "2035768477"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999"),
        ("1-800-RUNAWAY", "8007862929"),
    ],
)
def test_letters_stand_for_digits(letters, digits):
    assert spell(letters) == digits


@pytest.mark.parametrize(
    ("number", "premium", "fictitious"),
    [
        ("+19005551234", True, False),
        ("+12039761234", True, False),
        ("+12039001234", False, False),
        ("+19762001234", False, False),
        ("+12035550100", False, True),
        ("+12035550199", False, True),
        ("+12035550200", False, False),
        ("+12035551000", False, False),
        ("+15550120100", False, False),
        ("+18883737888", False, False),
    ],
)
def test_some_numbers_are_premium_or_fictitious(number, premium, fictitious):
    assert is_premium(number) is premium
    assert is_fictitious(number) is fictitious


def test_a_prefix_is_toll_free_where_the_numbering_plan_says_so():
    def kind(code):
        number = phonenumbers.parse(f"+1{code}2345678")
        return phonenumbers.number_type(number)

    toll_free_kind = phonenumbers.PhoneNumberType.TOLL_FREE
    toll_free = {code for code in map(str, range(200, 1000)) if kind(code) == toll_free_kind}
    assert toll_free == TOLL_FREE_PREFIXES
    assert not CONNECTICUT_AREA_CODES & toll_free


@pytest.mark.parametrize(
    ("digits", "right", "expected"),
    [
        ("8883737888", "8883737888", None),
        ("8003737888", "8883737888", Slip.TOLL_FREE_PREFIX),
        ("8773737888", "8883737888", Slip.TOLL_FREE_PREFIX),
        ("8893737888", "8883737888", Slip.ONE_DIGIT),  # 889 is no prefix in use
        ("8883737889", "8883737888", Slip.ONE_DIGIT),
        ("2035761234", "8605761234", None),  # an area code is no toll-free prefix
        ("8885761234", "8605761234", None),
        ("8883377888", "8883737888", Slip.SWAPPED_DIGITS),
        ("8838737888", "8883737888", Slip.SWAPPED_DIGITS),
        ("8883773888", "8883737888", Slip.SWAPPED_DIGITS),
        ("8887337888", "8883737888", Slip.SWAPPED_DIGITS),
        ("7883738888", "8883737888", None),  # swapped, but not beside each other
        ("8883738788", "8883737888", Slip.SWAPPED_DIGITS),
        ("8883746888", "8883737888", None),  # two beside each other, and not swapped
        ("8887537888", "8883737888", None),  # one of the two came from beside it
        ("8885337888", "8883737888", None),
        ("8887337889", "8883737888", None),  # swapped, and one more is wrong
        ("8883730000", "8883737888", None),
        ("888373788", "8883737888", Slip.DROPPED_DIGIT),
        ("883737888", "8883737888", Slip.DROPPED_DIGIT),
        ("888377888", "8883737888", Slip.DROPPED_DIGIT),
        ("88883737888", "8883737888", Slip.EXTRA_DIGIT),
        ("88837378889", "8883737888", Slip.EXTRA_DIGIT),
        ("88837387888", "8883737888", Slip.EXTRA_DIGIT),
        ("88837378", "8883737888", None),
        ("888373788800", "8883737888", None),
        ("883737999", "8883737888", None),
        ("233722", "233733", None),
        ("233732", "233733", Slip.ONE_DIGIT),
        ("273733", "233733", Slip.ONE_DIGIT),
        ("323733", "233733", Slip.SWAPPED_DIGITS),
        ("23373", "233733", Slip.DROPPED_DIGIT),
        ("2333733", "233733", Slip.EXTRA_DIGIT),
        ("989", "988", Slip.ONE_DIGIT),
        ("", "", None),
        ("", "9", Slip.DROPPED_DIGIT),
        ("9", "", Slip.EXTRA_DIGIT),
        ("", "98", None),
    ],
)
def test_a_slip_is_recognised(digits, right, expected):
    assert slip(digits, right) == expected


def test_all_that_one_slip_makes_of_a_short_code_is_named():
    codes = ("".join(digits) for length in (2, 3, 4) for digits in product(DIGITS, repeat=length))
    assert set(slips("211")) == {code for code in codes if slip(code, "211") is not None}


def test_another_prefix_is_a_slip_of_toll_free_numbers_alone():
    assert {one for one in slips("8883737888") if one[3:] == "3737888"} > {
        prefix + "3737888" for prefix in TOLL_FREE_PREFIXES - {"888"}
    }
    assert not {one for one in slips("2035761234") if one[3:] == "5761234"} & {
        prefix + "5761234" for prefix in TOLL_FREE_PREFIXES
    }


known = st.sampled_from(NUMBERS + CODES)


@given(right=known, data=st.data())
def test_one_wrong_digit_of_any_shipped_number_is_recognised(right, data):
    place = data.draw(st.integers(0, len(right) - 1))
    digit = data.draw(st.sampled_from(DIGITS.replace(right[place], "")))
    wrong = right[:place] + digit + right[place + 1 :]
    prefix = wrong[3:] == right[3:] and {wrong[:3], right[:3]} <= TOLL_FREE_PREFIXES
    assert slip(wrong, right) == (Slip.TOLL_FREE_PREFIX if prefix else Slip.ONE_DIGIT)


@given(right=known, data=st.data())
def test_two_swapped_digits_of_any_shipped_number_are_recognised(right, data):
    places = [i for i in range(len(right) - 1) if right[i] != right[i + 1]]
    place = data.draw(st.sampled_from(places))
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert slip(wrong, right) == Slip.SWAPPED_DIGITS


@given(right=known, data=st.data())
def test_a_lost_and_an_extra_digit_of_any_shipped_number_are_recognised(right, data):
    place = data.draw(st.integers(0, len(right) - 1))
    assert slip(right[:place] + right[place + 1 :], right) == Slip.DROPPED_DIGIT
    digit = data.draw(st.sampled_from(DIGITS))
    assert slip(right[:place] + digit + right[place:], right) == Slip.EXTRA_DIGIT


def test_every_other_prefix_of_every_shipped_toll_free_number_is_recognised():
    for right in TOLL_FREE:
        for prefix in TOLL_FREE_PREFIXES - {right[:3]}:
            assert slip(prefix + right[3:], right) == Slip.TOLL_FREE_PREFIX


@given(st.text(DIGITS, max_size=12), st.text(DIGITS, max_size=12))
def test_a_slip_of_any_digits_leads_back_by_its_counterpart(one, other):
    back = {Slip.DROPPED_DIGIT: Slip.EXTRA_DIGIT, Slip.EXTRA_DIGIT: Slip.DROPPED_DIGIT}
    forth = slip(one, other)
    assert slip(other, one) == back.get(forth, forth)
    assert (forth is None) or one != other


def test_misprints_of_the_data_that_are_slips():
    misprints = {one.id: one for one in ctr.load().misprints}
    wrong = misprints["hotline-800-prefix"].wrong.value
    assert slip(digits_of(wrong), "8883737888") == Slip.TOLL_FREE_PREFIX


def test_the_slips_of_a_number_are_all_there():
    right = "8883737888"
    assert {slip(one, right) for one in slips(right)} == {*Slip}
    assert {"8003737888", "888373788", "88837378889", "8883377888", "8883737889"} <= {*slips(right)}
    assert "800733" not in slips("233733")

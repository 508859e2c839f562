"""Numbers are found however they are written, and nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.audit import numbers
from ct_trafficking_resources.audit.engine import kit_for
from ct_trafficking_resources.phone import near_miss

KNOWN = kit_for(ctr.load()).known
HOTLINE = "8883737888"
GAPS = st.sampled_from(["", "-", ".", " ", ") ", " (", "\u2011", "\xa0", "&#8209;", " - ", "/"])


def found(text):
    return [spot.value for spot in numbers.in_digits(text, KNOWN)]


@given(st.lists(GAPS, min_size=9, max_size=9), st.sampled_from(["", "1", "1-", "+1 ", "+1 ("]))
def test_a_number_is_found_in_any_grouping(gaps, before):
    text = before + "".join(digit + gap for digit, gap in zip(HOTLINE, [*gaps, ""], strict=True))
    assume(not re.fullmatch(r"[0-9]{1,2}\.[0-9]+", text))
    assert found(f"Call {text}, now") == [HOTLINE]


@given(st.integers(2_000_000_000, 9_999_999_999).map(str))
def test_a_number_that_is_no_near_miss_is_not_ours(digits):
    near = any(near_miss(digits, right) or digits == right for right in KNOWN.all_numbers)
    assert (KNOWN.number(digits).standing != "unknown") == near


@given(st.data())
def test_every_slip_of_every_number_is_found(data):
    right = data.draw(st.sampled_from(sorted(KNOWN.all_numbers)))
    place = data.draw(st.integers(0, 9))
    digit = data.draw(st.sampled_from("0123456789"))
    for wrong in (
        right[:place] + digit + right[place + 1 :],
        right[:place] + right[place + 1 :],
        right[:place] + digit + right[place:],
        right[:place] + right[place : place + 2][::-1] + right[place + 2 :],
    ):
        assert KNOWN.number(wrong).standing != "unknown"


def test_other_digits_beside_a_number_are_not_part_of_it():
    assert found("24/7 1-888-373-7889") == ["8883737889"]
    assert found("212-555-0100 / 212-555-0199") == ["2125550100", "2125550199"]
    assert found("24 212-555-0100, 24 888 373 788") == ["242125550100", "24888373788"]
    assert found("978-888-373-788-90-1") == []


@pytest.mark.parametrize("text", ["_8883737888_", "__888-373-7888__", "__888-373-7888__."])
def test_a_number_may_be_emphasized(text):
    assert found(text) == [HOTLINE]


def test_two_numbers_side_by_side_are_two():
    assert found("1-888-373-7888 1-800-799-7233") == [HOTLINE, "8007997233"]
    assert found("911 1-888-373-7888 988") == [HOTLINE]


def test_what_stands_between_two_known_numbers_is_a_number_of_its_own():
    assert found("8883737888 212 555 0100 8007997233") == [HOTLINE, "2125550100", "8007997233"]


@pytest.mark.parametrize(
    "text",
    [
        "88837378880",
        "x8883737888",
        "8883737888px",
        "8883737888_id",
        "8883737888__id",
        "_8883737888",
        "x_8883737888_",
        "deadbeef8883737888",
        "8 8 8 3 7 3 7",
        "0.88837378881234",
    ],
)
def test_part_of_something_else_is_not_the_number(text):
    assert HOTLINE not in found(text)


def test_a_decimal_number_is_no_telephone_number():
    assert found("8.883737888 and 18.883737888") == []
    assert found("888.3737888") == [HOTLINE]


@pytest.mark.parametrize("text", ["8883737888x12", "8883737888 ext. 4", "8883737888ext4"])
def test_an_extension_is_not_part_of_the_number(text):
    assert found(text)[0] == HOTLINE


def test_a_table_of_digits_holds_only_known_numbers():
    table = " ".join("1234567" for _ in range(20))
    assert found(table) == []
    assert found(f"{table} 8883737888 {table}") == [HOTLINE]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1-800-THE-LOST", "8008435678"),
        ("1 (800) THE LOST", "8008435678"),
        ("1-800-RUNAWAY", "8007862929"),
        ("1-800-RUNAWAYS", "8007862929"),
        ("1-800-656-HOPE", "8006564673"),
        ("1-800-HOPE-135", "8004673135"),
        ("866-DHS-2-ICE", "8663472423"),
        ("1-844-7NATIVE", "8447628483"),
        ("203-576-TIPS", "2035768477"),
        ("800-the-lost", "8008435678"),
    ],
)
def test_letters_are_read_on_the_keypad(text, digits):
    (spot,) = numbers.in_letters(f"Call {text}.", KNOWN)
    assert spot.value == digits
    assert f"Call {text}."[spot.start : spot.end] == text


def test_letters_that_spell_nobody_we_know_are_not_ours():
    assert list(numbers.in_letters("1-800-FLOWERS and 800MHZ-BANDS", KNOWN)) == []


@pytest.mark.parametrize(
    "text",
    [
        "eight eight eight three seven three seven eight eight eight",
        "one, eight-eight-eight, three seven three, seven eight eight eight",
        "Eight Eight Eight Three Seven Three Seven Eight Eight Eight",
    ],
)
def test_numbers_in_words_are_read(text):
    assert [spot.value for spot in numbers.in_words(f"Dial {text}.", KNOWN)] == [HOTLINE]


def test_words_that_are_no_number_of_ours_are_passed_over():
    text = "eight one two three four five six seven eight nine ten, height two, eight one"
    assert list(numbers.in_words(text, KNOWN)) == []
    assert list(numbers.in_words("eight eight eight three \u017feven three seven", KNOWN)) == []


def test_a_code_needs_the_word_text_beside_it():
    assert [spot.value for spot in numbers.codes("text 233733", KNOWN)] == ["233733"]
    assert [spot.value for spot in numbers.codes("233733 (text)", KNOWN)] == ["233733"]
    assert list(numbers.codes("order 233733", KNOWN)) == []
    assert list(numbers.codes("text-233733, v233733, 233733.5", KNOWN)) == []


def test_a_code_one_slip_away_needs_a_sentence():
    assert [spot.value for spot in numbers.codes("text us at 233737", KNOWN)] == ["233737"]
    assert list(numbers.codes("texts: 12, 233737", KNOWN)) == []


def test_numbers_of_three_digits_need_a_verb():
    assert [spot.value for spot in numbers.three_digits("call 911 or text 9-8-8", KNOWN)] == [
        "911",
        "988",
    ]
    assert list(numbers.three_digits("room 911, call 912, 911.5", KNOWN)) == []


@given(st.text(st.sampled_from("0123456789 -().+1x\n&#8209;"), max_size=300))
def test_any_mix_of_digits_and_gaps_is_read_without_error(text):
    for spot in numbers.in_digits(text, KNOWN):
        inside = re.sub(r"&#\d+;", "", text[spot.start : spot.end])
        assert spot.value in re.sub(r"\D", "", inside)

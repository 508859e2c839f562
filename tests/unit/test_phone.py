"""Telephone numbers: read, shown, compared, found in words, and almost another."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.phone import (
    TOLL_FREE_PREFIXES,
    NearMiss,
    area_code,
    ascii_digits,
    digits_of,
    display,
    is_fictitious,
    is_number_at,
    is_premium,
    is_printed,
    is_same,
    is_stored_form,
    is_toll_free,
    near_miss,
    near_misses,
    prints_extension,
    read_number,
    region_of,
    spell,
    without,
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


national = st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True)
values = st.one_of(
    st.tuples(st.just("e164"), national.map("+1{}".format)),
    st.tuples(st.just("short-code"), st.from_regex("[2-9][0-9]{4,5}", fullmatch=True)),
    st.tuples(st.just("n11"), st.sampled_from(["211", "711", "911", "988"])),
)
LAYOUTS = ("({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "{}{}{}", "1 {} {} {}", "+1-{}-{}-{}")
TYPED = Path(__file__).parents[1] / "cases" / "updates" / "typed" / "numbers.json"


def test_digits_of_other_scripts_are_written_in_ascii():
    assert ascii_digits("\u0661-888") == "1-888"
    assert ascii_digits("888") == "888"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("e164", "+12035550123", True),
        ("e164", "+11035550123", False),
        ("e164", "12035550123", False),
        ("e164", "+12035550123\n", False),
        ("short-code", "233733", True),
        ("short-code", "911", False),
        ("n11", "988", True),
        ("n11", "9880", False),
        ("url", "https://example.org/", False),
    ],
)
def test_each_kind_of_number_is_stored_in_one_form(kind, value, expected):
    assert is_stored_form(kind, value) is expected


def test_the_area_code_says_who_pays():
    assert area_code("+18005550123") == "800"
    assert is_toll_free("+18005550123")
    assert not is_toll_free("+12035550123")


def test_country_code_one_is_shared_by_several_regions():
    assert region_of("+12035551234") == "US"
    assert region_of("+18095551234") == "DO"
    assert region_of("+12005551234") is None


# --- what is shown ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("e164", "+18883737888", "1-888-373-7888"),
        ("e164", "+12035550123", "203-555-0123"),
        ("short-code", "233733", "233733"),
        ("n11", "911", "911"),
        ("e164", "911", "911"),
        ("url", "https://example.org", "example.org"),
    ],
)
def test_a_value_is_shown_in_one_way(kind, value, shown):
    assert display(kind, value) == shown


@given(values)
def test_what_is_shown_is_read_as_the_same_value(value):
    kind, stored = value
    shown = display(kind, stored)
    assert is_stored_form(kind, stored)
    assert is_same(shown, stored)
    assert read_number(shown)[:3] == (kind, stored, shown)
    assert is_printed(f"Call {shown} now.", stored)


# --- what people type -------------------------------------------------------------


def typed_numbers():
    return json.loads(TYPED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", typed_numbers(), ids=lambda case: ascii(case["typed"])[:30])
def test_a_number_is_read_in_one_way_or_refused(case):
    if "stored" in case:
        assert read_number(case["typed"])._asdict() == case["stored"]
    else:
        with pytest.raises(NotReadable) as caught:
            read_number(case["typed"])
        assert caught.value.message == case["refused"]
        assert caught.value.hint


@given(digits=national, layout=st.sampled_from(LAYOUTS))
def test_a_number_is_the_same_in_every_layout(digits, layout):
    typed = layout.format(digits[:3], digits[3:6], digits[6:])
    number = read_number(typed)
    assert number[:3] == ("e164", f"+1{digits}", display("e164", f"+1{digits}"))
    library = phonenumbers.parse(typed, "US")
    assert f"+{library.country_code}{library.national_number}" == number.value


@given(text=st.text(max_size=40) | st.text("0123456789 -().+1xX,;#pw\u2013", max_size=40))
def test_any_text_is_a_number_or_refused(text):
    try:
        number = read_number(text)
    except NotReadable:
        return
    assert is_stored_form(number.kind, number.value)
    assert read_number(number.display).value == number.value
    assert read_number(number.value).value == number.value
    assert number.value in str(number)


def test_a_number_says_all_that_was_typed():
    assert str(read_number("203-576-TIPS x4")) == (
        "+12035768477, shown as 203-576-8477, extension 4, in letters 203-576-TIPS"
    )


# --- a known number in words ------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Call 203-555-7300.",
        "Call (203) 555-7300 or come in",
        "1.203.555.7300",
        "+1 203 555 7300",
        "12035557300",
        "203-555-7300, 203-555-7301",
        "Room 12, 203 555 7300",
        "203\u2013555\u20117300",
        "Fax 203-555-7301, phone 203-555-7300",
        "Phone/fax 203-555-7300",
    ],
)
def test_words_print_a_number_however_it_is_grouped(words):
    assert is_printed(words, "+12035557300")


@pytest.mark.parametrize(
    "words",
    [
        *("", "203-555-7301", "555-7300", "203-555", "call us", "7300"),
        *("9203-555-7300", "203-555-73001", "203-555-7 300", "20 3-555-7300"),
        *("Fax: 203-555-7300", "FAX No. 203-555-7300", "fax number (203) 555-7300"),
    ],
)
def test_another_number_and_one_that_nobody_answers_are_not_printed(words):
    assert not is_printed(words, "+12035557300")


@pytest.mark.parametrize(
    "words",
    [
        "203-555-7300 and 203-555-7301",
        "203-555-7300 203-555-7301",
        "203-555-7301/203-555-7300",
        "1-203-555-7300",
        "(203)555-7300",
    ],
)
def test_of_numbers_side_by_side_no_third_one_is_read(words):
    assert is_printed(words, "+12035557300")
    for value in ("+15557300203", "+15557301203", "+17300203555", "+13730020355"):
        assert not is_printed(words, value)


@pytest.mark.parametrize("words", ["711", "call 7-1-1", "7 1 1", "TTY: 711.", "(711)"])
def test_a_code_is_printed_however_it_is_grouped(words):
    assert is_printed(words, "711")


@pytest.mark.parametrize("words", ["203-711-7300", "711-7300", "203 711", "0711", "7110", "71-10"])
def test_a_code_in_a_number_is_none(words):
    assert not is_printed(words, "711")


def test_words_without_a_number_have_a_bar_for_it():
    assert without("Call 203-555-7300, ext. 203", "+12035557300") == "Call |, ext. 203"
    assert without("Write to us", "help@example.org") == "Write to us"


def test_dates_and_prices_are_no_numbers():
    assert is_number_at("call 202-456-1111 now", 5, 17)
    assert not is_number_at("on 2024-01-15 10:20", 3, 19)
    assert not is_number_at("12345678901234567", 0, 12)


# --- near misses ------------------------------------------------------------------


def test_a_near_miss_has_words():
    assert [how.in_words() for how in NearMiss] == [
        "another toll-free prefix",
        "two digits swapped",
        "one digit differs",
        "one digit is missing",
        "one digit too many",
    ]
    assert NearMiss.ONE_DIGIT.in_words("letter") == "one letter differs"


@pytest.mark.parametrize(
    ("digits", "right", "expected"),
    [
        ("8883737888", "8883737888", None),
        ("8003737888", "8883737888", NearMiss.TOLL_FREE_PREFIX),
        ("8773737888", "8883737888", NearMiss.TOLL_FREE_PREFIX),
        ("8893737888", "8883737888", NearMiss.ONE_DIGIT),  # 889 is no prefix in use
        ("8883737889", "8883737888", NearMiss.ONE_DIGIT),
        ("2035761234", "8605761234", None),  # an area code is no toll-free prefix
        ("8885761234", "8605761234", None),
        ("8883377888", "8883737888", NearMiss.SWAPPED_DIGITS),
        ("8838737888", "8883737888", NearMiss.SWAPPED_DIGITS),
        ("8883773888", "8883737888", NearMiss.SWAPPED_DIGITS),
        ("8887337888", "8883737888", NearMiss.SWAPPED_DIGITS),
        ("7883738888", "8883737888", None),  # swapped, but not beside each other
        ("8883738788", "8883737888", NearMiss.SWAPPED_DIGITS),
        ("8883746888", "8883737888", None),  # two beside each other, and not swapped
        ("8887537888", "8883737888", None),  # one of the two came from beside it
        ("8885337888", "8883737888", None),
        ("8887337889", "8883737888", None),  # swapped, and one more is wrong
        ("8883730000", "8883737888", None),
        ("888373788", "8883737888", NearMiss.DROPPED_DIGIT),
        ("883737888", "8883737888", NearMiss.DROPPED_DIGIT),
        ("888377888", "8883737888", NearMiss.DROPPED_DIGIT),
        ("88883737888", "8883737888", NearMiss.EXTRA_DIGIT),
        ("88837378889", "8883737888", NearMiss.EXTRA_DIGIT),
        ("88837387888", "8883737888", NearMiss.EXTRA_DIGIT),
        ("88837378", "8883737888", None),
        ("888373788800", "8883737888", None),
        ("883737999", "8883737888", None),
        ("233722", "233733", None),
        ("233732", "233733", NearMiss.ONE_DIGIT),
        ("273733", "233733", NearMiss.ONE_DIGIT),
        ("323733", "233733", NearMiss.SWAPPED_DIGITS),
        ("23373", "233733", NearMiss.DROPPED_DIGIT),
        ("2333733", "233733", NearMiss.EXTRA_DIGIT),
        ("989", "988", NearMiss.ONE_DIGIT),
        ("", "", None),
        ("", "9", NearMiss.DROPPED_DIGIT),
        ("9", "", NearMiss.EXTRA_DIGIT),
        ("", "98", None),
    ],
)
def test_a_slip_is_recognised(digits, right, expected):
    assert near_miss(digits, right) == expected


def test_all_that_one_slip_makes_of_a_short_code_is_named():
    codes = ("".join(digits) for length in (2, 3, 4) for digits in product(DIGITS, repeat=length))
    assert set(near_misses("211")) == {code for code in codes if near_miss(code, "211") is not None}


def test_another_prefix_is_a_slip_of_toll_free_numbers_alone():
    assert {one for one in near_misses("8883737888") if one[3:] == "3737888"} > {
        prefix + "3737888" for prefix in TOLL_FREE_PREFIXES - {"888"}
    }
    assert not {one for one in near_misses("2035761234") if one[3:] == "5761234"} & {
        prefix + "5761234" for prefix in TOLL_FREE_PREFIXES
    }


known = st.sampled_from(NUMBERS + CODES)


@given(right=known, data=st.data())
def test_one_wrong_digit_of_any_shipped_number_is_recognised(right, data):
    place = data.draw(st.integers(0, len(right) - 1))
    digit = data.draw(st.sampled_from(DIGITS.replace(right[place], "")))
    wrong = right[:place] + digit + right[place + 1 :]
    prefix = wrong[3:] == right[3:] and {wrong[:3], right[:3]} <= TOLL_FREE_PREFIXES
    assert near_miss(wrong, right) == (NearMiss.TOLL_FREE_PREFIX if prefix else NearMiss.ONE_DIGIT)


@given(right=known, data=st.data())
def test_two_swapped_digits_of_any_shipped_number_are_recognised(right, data):
    places = [i for i in range(len(right) - 1) if right[i] != right[i + 1]]
    place = data.draw(st.sampled_from(places))
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert near_miss(wrong, right) == NearMiss.SWAPPED_DIGITS


@given(right=known, data=st.data())
def test_a_lost_and_an_extra_digit_of_any_shipped_number_are_recognised(right, data):
    place = data.draw(st.integers(0, len(right) - 1))
    assert near_miss(right[:place] + right[place + 1 :], right) == NearMiss.DROPPED_DIGIT
    digit = data.draw(st.sampled_from(DIGITS))
    assert near_miss(right[:place] + digit + right[place:], right) == NearMiss.EXTRA_DIGIT


def test_every_other_prefix_of_every_shipped_toll_free_number_is_recognised():
    for right in TOLL_FREE:
        for prefix in TOLL_FREE_PREFIXES - {right[:3]}:
            assert near_miss(prefix + right[3:], right) == NearMiss.TOLL_FREE_PREFIX


@given(st.text(DIGITS, max_size=12), st.text(DIGITS, max_size=12))
def test_a_slip_of_any_digits_leads_back_by_its_counterpart(one, other):
    back = {
        NearMiss.DROPPED_DIGIT: NearMiss.EXTRA_DIGIT,
        NearMiss.EXTRA_DIGIT: NearMiss.DROPPED_DIGIT,
    }
    forth = near_miss(one, other)
    assert near_miss(other, one) == back.get(forth, forth)
    assert (forth is None) or one != other


def test_misprints_of_the_data_that_are_slips():
    misprints = {one.id: one for one in ctr.load().misprints}
    wrong = misprints["hotline-800-prefix"].wrong.value
    assert near_miss(digits_of(wrong), "8883737888") == NearMiss.TOLL_FREE_PREFIX


def test_the_slips_of_a_number_are_all_there():
    right = "8883737888"
    assert {near_miss(one, right) for one in near_misses(right)} == {*NearMiss}
    assert {"8003737888", "888373788", "88837378889", "8883377888", "8883737889"} <= {
        *near_misses(right)
    }
    assert "800733" not in near_misses("233733")


# --- a fax is nothing to call -------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("203-555-0142 fax 203-555-0143", True, False),
        ("203-555-0142 fax", False, False),
        ("203-555-0142 (fax)", False, False),
        ("Phone 860-263-2760, 203-555-0142 (fax)", False, False),
        ("P: 203-555-0142 F: 203-555-0143", True, False),
        ("T 203-555-0142 F 203-555-0143", True, False),
        ("Phone: 203-555-0142 Fax: 203-555-0143", True, False),
        ("Phone: 203-555-0142 (fax) 203-555-0143", False, False),
        ("203-555-0142 (fax) 203-555-0143", False, False),
        ("203-555-0142 fax, 203-555-0143 phone", False, False),
        ("203-555-0142 fax 203-555-0143 phone", False, False),
        ("203-555-0142 phone 203-555-0143 fax", True, False),
        ("Phone 203-555-0142, 203-555-0143", True, True),
        ("Fax 203-555-0142, 203-555-0143", False, False),
        ("Phone and fax: 203-555-0142, 203-555-0143", False, False),
        ("Phone/fax: 203-555-0142", True, False),
        ("Tel/Fax 203-555-0142", True, False),
        ("Fax or call 203-555-0142", True, False),
        ("Call or fax 203-555-0142", True, False),
        ("M-F: 203-555-0142", True, False),
        ("M\u2013F: 203-555-0142", True, False),
        ("M - F: 203-555-0142", True, False),
        ("Mon to F: 203-555-0142", True, False),
        ("Suite F: 203-555-0142", True, False),
        ("open M-F 8-4 203-555-0142", True, False),
        ("203-555-0142, M-F 8-4:30", True, False),
        ("203-555-0142 F 8-4", True, False),
        ("203-555-0142 F", False, False),
        ("203-555-0142 (F)", False, False),
        ("203-555-0142 (f) 203-555-0143", False, False),
        ("F: 203-555-0142", False, False),
        ("Fx 203-555-0142", False, False),
        ("FX: 203-555-0142", False, False),
        ("facsimile 203-555-0142", False, False),
        ("Telefax: 203-555-0142", False, False),
        ("Fax # 203-555-0142", False, False),
        ("FAX#203-555-0142", False, False),
        ("Fax no. 203-555-0142", False, False),
        ("Fax number: 203-555-0142", False, False),
        ("(fax) 203-555-0142", False, False),
        ("Fax (admissions): 203-555-0142", False, False),
        ("Fax us at 203-555-0142", False, False),
        ("Send a fax to 203-555-0142", False, False),
        ("Fairfax 203-555-0142", True, False),
        ("Halifax: 203-555-0142", True, False),
        ("Call 203-555-0142. Fax available.", True, False),
        ("We have no fax. Call 203-555-0142", True, False),
        ("Fax: 203-555-0143. Call us at 203-555-0142", True, False),
        ("Fax: 203-555-0143\nMain: 203-555-0142", True, False),
        ("203-555-0142 ext. 12 fax 203-555-0143", True, False),
        ("203-555-0142 x12 (fax)", False, False),
        ("Phone: (203) 555-0142Emergency Phone: 911 Fax: 203-555-0143", True, False),
        ("203-555-0142 | Fax 203-555-0143", True, False),
        ("203-555-0142 / F 203-555-0143", True, False),
        ("203-555-0142\nFax\n203-555-0143", False, False),
        ("203-555-0142\nFax: 203-555-0143", True, False),
        ("203-555-0142/43", True, False),
        ("203-555-0142/0143", True, False),
        ("203-555-0142 fax 555-0143", True, False),
        ("203-555-0142 (phone/fax)", True, False),
        ("203-555-0142 (fax/phone)", True, False),
        ("Faks: 203-555-0142", False, False),
        ("Fax 203-555-0142 Phone 203-555-0143", False, True),
        ("Main 203-555-0142 Fax 203-555-0143 TTY 203-555-0144", True, False),
        ("203-555-0142 Fax: see the page", False, False),
        ("203-555-0142 fax. Visit 1 Main St or call 203-555-0143", False, True),
    ],
)
def test_what_may_be_a_fax_is_not_printed(words, first, second):
    assert is_printed(words, "+12035550142") is first
    assert is_printed(words, "+12035550143") is second


FAXES = ("Fax", "fax:", "FAX #", "F:", "Fx", "Fax no.", "(fax)", "Telefax:", "facsimile")
PHONES = ("", "Phone", "Tel:", "P:", "T", "Call", "Main office:", "Office hours M-F:")


@given(st.sampled_from(PHONES), st.sampled_from([" ", ", ", "; ", " | ", " / ", "\n"]))
def test_a_label_belongs_to_the_number_behind_it(phone, between):
    for fax in FAXES:
        words = f"{phone} 203-555-0142{between}{fax} 203-555-0143"
        clear = fax != "(fax)" or between in {"; ", " | "}
        assert is_printed(words, "+12035550142") is clear, words
        assert not is_printed(words, "+12035550143"), words


@given(st.sampled_from(FAXES), st.text("abc ,.()-:", max_size=12))
def test_a_number_alone_with_a_fax_label_is_never_printed(fax, between):
    assert not is_printed(f"{fax} {between} 203-555-0142", "+12035550142")
    assert not is_printed(f"203-555-0142 {fax}", "+12035550142")


@given(
    st.text("F faxphone:;,./()-\n0123456789", max_size=80),
    st.text("FPfaxtel:;,./()-\n", max_size=40),
)
def test_any_words_are_read(before, after):
    words = f"{before}203-555-0142{after}"
    if is_printed(words, "+12035550142"):
        assert not re.search(r"(?i)(?<![a-z])fax\W*\Z", before)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("203-555-0142 x12", True),
        ("203-555-0142 ext12", True),
        ("203-555-0142 ext.12", True),
        ("203-555-0142 ext 12", True),
        ("203-555-0142, ext. 12.", True),
        ("203-555-0142 #12", True),
        ("203-555-0142 extension 12", True),
        ("203-555-0142 (x12)", True),
        ("203-555-0142 (ext. 12)", True),
        ("203-555-0142 x120", False),
        ("203-555-0142 x1", False),
        ("203-555-0142 x1205", False),
        ("203-555-0142, open 12 to 4", False),
        ("203-555-0142 and 203-555-0143 x12", False),
        ("Extension 12 at 203-555-0142", True),
        ("Suite #12, 203-555-0142", False),
        ("203-555-0142. For records dial extension 12", True),
        ("203-555-0142 ext #12", True),
        ("203-555-0142 Ext: 12", True),
        ("203-555-0142 max12", False),
        ("203-555-0142 extensi\xf3n 12", True),
        ("x12 203-555-0144 or 203-555-0142", False),
    ],
)
def test_an_extension_is_printed_with_its_word(words, expected):
    assert prints_extension(words, "+12035550142", "12") is expected


@given(
    st.sampled_from(["x", "ext", "ext.", "Ext: ", "extension ", "#"]),
    st.integers(0, 999999),
)
def test_an_extension_is_read_whole(word, digits):
    words = f"203-555-0142 {word}{digits}"
    assert prints_extension(words, "+12035550142", str(digits))
    for other in (f"{digits}0", f"1{digits}", str(digits)[:-1] or "0"):
        assert prints_extension(words, "+12035550142", other) is (other == str(digits))
    assert read_number(words).extension == str(digits)
    assert read_number(f"203-555-0142 ({word}{digits})").extension == str(digits)

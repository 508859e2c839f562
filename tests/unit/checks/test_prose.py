"""Numbers and addresses that are written so that no program reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

import example_data
from ct_trafficking_resources.checks.gate import Difference
from ct_trafficking_resources.checks.prose import (
    contacts_in,
    dotted,
    no_hidden_contact,
    spelled_numbers as numbers,
)
from ct_trafficking_resources.checks.rules import Records
from ct_trafficking_resources.edition.codec import decode


@pytest.mark.parametrize(
    "text",
    [
        "Call two-oh-three five five five seven three oh one",
        "TWO ZERO THREE FIVE FIVE FIVE SEVEN THREE ZERO ONE",
        "one two zero three five five five seven three zero one",
        "Llame al dos cero tres cinco cinco cinco siete tres cero uno.",
        "dois zero três cinco cinco cinco sete três zero um",
        "deux zéro trois cinq cinq cinq sept trois zéro un",
        "two zero three, 555, 73 zero one",
        "203 five five five 7301",
        "2 0 3 5 5 5 7 3 0 1",
        "203*555*7301",
        "203~555~7301",
        "203·555·7301",
        "203,555,7301",
        "203:555:7301",
        "203|555|7301",
        "203_555_7301",
        "203 -- 555 -- 7301",
        "(203) 555-7301",
        "203 then 555 then 7301",
        "203 dash 555 DASH 7301",
        "area 203 number 5557301",
        "área 203, número 5557301",
        "2O3-555-73o1",
        "203-555-730l",
        "203-555-730I",
        "2\ufe0f\u20e30\ufe0f\u20e33\ufe0f\u20e3 555 7301",
        "\u4e8c\u3007\u4e09\u4e94\u4e94\u4e94\u4e03\u4e09\u3007\u4e00",
        "\u2161 0 \u2162 \u2464\u2464\u2464 7301",
        "203\u200b555\u200b7301",
        "open 9:00-17:00, 203 555 7301 on 2026-11-23",
        "1 203 555 7301",
        "two zero three five five five seven three zero one. One call is enough.",
        "Press one: two zero three five five five seven three zero one",
        "203 555 7301 1 2",
        "twozerothreefivefivefiveseventhreezeroone",
        "dosceroTres cinco CINCOcinco siete tres cerouno",
        "due zero tre cinque cinque cinque sette tre zero uno",
        "dwa zero trzy pi\u0119\u0107 pi\u0119\u0107 pi\u0119\u0107 siedem trzy zero jeden",
        "dois zero tre\u0302s 555 7301",
        "203 triple five 7301",
        "203 Double 5 5 7301",
        "203 doble cinco cinco 7301",
        "203          555          7301",
    ],
)
def test_a_number_is_read_however_it_is_spelt(text):
    assert numbers(text) == {"2035557301"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Open 9:00-17:00 from Monday to Friday, 10:00-14:00 on Saturday.",
        "8:30-4:30, 1-5:00",
        "Since 2026-11-23, and until 2031-02-21.",
        "365 days a year; 911 calls since 2014",
        "2 Main Street, Suite 203, Hartford, CT 06101-2345",
        "103 555 7301",
        "203 155 7301",
        "203 555 730",
        "203 555 73011",
        "9203 555 7301",
        "one of three, two or four of ten",
        "two hundred three, five",
        "203 555 73\u00bd1",
        "203 .... 555 .... 7301",
    ],
)
def test_digits_that_are_no_number_are_none(text):
    assert numbers(text) == set()


@pytest.mark.parametrize(
    "nine", ["nine", "nueve", "nove", "neuf", "\u4e5d", "\u2168", "\u2468", "NINE"]
)
def test_every_digit_up_to_nine_is_read(nine):
    assert numbers(f"203 555 730 {nine}") == {"2035557309"}


@pytest.mark.parametrize("ten", ["ten", "\u2169", "\u5341"])
def test_ten_is_no_digit(ten):
    assert numbers(f"203 555 73{ten}") == set()


@pytest.mark.parametrize(
    "word",
    [
        *("and", "dash", "dot", "guion", "guión", "hyphen", "luego", "number", "numero"),
        *("número", "punto", "space", "then", "y"),
    ],
)
def test_words_between_groups_are_passed_over(word):
    assert numbers(f"203 {word} 555 {word} 7301") == {"2035557301"}


def test_times_and_days_beside_a_number_are_no_part_of_it():
    assert numbers("10:00 203 555 7301") == numbers("2026-11-23 203 555 7301") == {"2035557301"}


def test_the_hundred_of_a_toll_free_number_is_read():
    assert numbers("one eight hundred five five five 7301") == {"8005557301"}


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("Call 1-866-FAKE-NOW today", "8663253669"),
        ("1 866 FAKE NOW", "8663253669"),
        ("(203) 555-TIPS", "2035558477"),
        ("203-555-TIPS", "2035558477"),
        ("203.CALL.555", "2032255555"),
        ("866-FAKE-NOWADAYS", "8663253669"),
    ],
)
def test_a_number_may_be_written_with_the_letters_of_the_keypad(text, digits):
    assert numbers(text) == {digits}


@pytest.mark.parametrize(
    "text",
    [
        "300 CONGRESS ST.",
        "203-day programme",
        "46a-170 CGS",
        "300 people",
        "CT-203-ABCDEFG",
        "203-AB",
    ],
)
def test_capital_letters_behind_digits_are_no_number(text):
    assert numbers(text) == set()


def test_all_numbers_in_a_text_are_read():
    assert numbers("203 555 7301, or call two oh three 555 7302") == {"2035557301", "2035557302"}


@pytest.mark.parametrize(
    "text",
    [
        "a dot org",
        "a punto org",
        "a (dot) org",
        "a[.]org",
        "a [DOT] org",
        "a {.} org",
        "a  dot  org",
        "a . org",
        "a .org",
    ],
)
def test_a_dot_may_be_a_word(text):
    assert dotted(text) == "a.org"


@pytest.mark.parametrize("text", ["a.org", "dotted line", "anecdote", "a polka-dot b", "(a) . (b)"])
def test_other_words_stay(text):
    assert dotted(text) == text


@given(st.text())
def test_no_text_is_too_odd(text):
    assert all(len(one) == 10 for one in numbers(text))
    dotted(text)


# --- what a text tells to dial ------------------------------------------------------------

OURS = frozenset({"2035552031"}) | frozenset(
    {"911", "988", "2035552030", "5552030", "233733", "police.example.gov"}
)


@pytest.mark.parametrize(
    "text",
    [
        "Open 24/7, 365 days a year.",
        "C.G.S. 54-234a and 46a-170.",
        "Call 203-555-2030 or 203-555-2031, 203 555 2030 and 203 555 2031.",
        "Text two three three seven three three.",
        "Text TIPS to 233733 (2021).",
        "Text-to-911 since 2018-08",
        "For people under 18.",
        "300 Congress St., Bridgeport, CT 06604-4060",
        "Since 2015, in 2026-11-23.",
        "Call 24 hours a day, 7 days a week.",
        "Call 365 days a year.",
        "In danger, call 911 24 hours a day.",
        "Dial 9-1-1",
        "Text 233733 (BEFREE).",
        "Call or text 988, press 1.",
        "Call 203-555-2030 or 555-2030.",
        "Public Act 16-71",
        "Answers about 200 calls a day.",
        "Call about 100,000 people",
        "Llame al 911.",
        "Rele 911.",
        "Ligue para 911",
        "Text up to 160 characters",
        "Section 203",
        "area code 203",
        "room 312, call ahead",
        "20 to 30 people, one of ten, two or four",
        "More than 150 languages",
        "ages 12-17",
        "Form I-914; 8 CFR 214.11(b)",
        "18 U.S.C. 1591",
        "22 U.S.C. 7102(11)",
        "from 8:30 to 16:30",
        "Zip 06103",
        "El 50 por ciento de las 200 llamadas",
        "set in 2015 and uit",
        "e.g. at the desk. Next sentence.",
        "See www.police.example.gov/desk.",
        "Call 988 24/7",
        "Unit 203 of 5",
        "Lin de 20 a 30 personas en 2019",
        "Call. 24 hours",
        "U.S. Dept. of Labor",
        "No. 12 of 30",
        "Calls since 2007: 400,000.",
    ],
)
def test_what_is_ours_or_no_contact_may_stand_in_a_text(text):
    assert contacts_in(text, OURS) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Call 233734",
        "Dial 912",
        "text 988-1",
        "Text HELP to 55555",
        "Text the word HELP to 55555.",
        "Call two oh three five five five seven three oh one",
        "Rele de zewo twa senk senk senk set twa zewo en",
        "llame al ocho cero cero cinco cinco cinco cero uno nueve nueve",
        "ligue oito zero zero cinco cinco cinco zero um nove nove",
        "dial nine one two",
        "nine-one-two? dial nine-one-two",
        "Text two three three seven three four",
        "marque el 912",
        "rele 912",
        "ligue para 190",
        "emergency: 912",
        "call 1-800 five five five eighty-eight ninety-nine",
        "llame 800 555 ochenta y ocho noventa y nueve",
        "https://police.example.gov/call?tel=8005550199",
        "See evil.com",
        "Text: 233734.",
        "Textline (233734)",
        "call five five five seven three oh one",
        "1-800-the-lost",
        "Call 555-2666",
        "SMS 741-742",
        "Call nine hundred twelve",
        "Text 233 734",
        "eight hundred eighty-eight 373 78 eighty-nine",
        "Envie un texto al 233734",
        "Voye yon t\xe8ks nan 233734",
        "send a message to 233734",
        "Rele wit zewo zewo senk senk senk zewo en nef nef",
        "Call +1 (203) 555-7301",
        "Dial 912 24 hours a day",
        "Call 911 or 912",
        "Text HELP to 512",
        "Our helpline is 512.",
        "You can call or text 512 day and night.",
        "Text HELP to two three three seven three five",
        "Call 200-555-2030",
        "Text HELP to 233 734",
        "Rele en en en",
        "https://police.example.gov/%74el/8005550199",
        "Write to desk@evil.example",
    ],
)
def test_any_other_number_or_address_is_found(text):
    assert contacts_in(text, OURS)


@given(st.text(), st.sampled_from(["Call 912", "233734", "203-555-7301"]))
def test_any_text_is_read_in_time(text, number):
    contacts_in(text, OURS)
    assert contacts_in(f"Text {number}", OURS)
    assert number not in contacts_in(text + number, {number})


@given(st.integers(2, 9), st.integers(0, 99), st.integers(2, 9), st.integers(0, 999999))
def test_a_number_is_found_in_every_spelling(first, area, exchange, rest):
    digits = f"{first}{area:02}{exchange}{rest:06}"
    for language in (
        "zero one two three four five six seven eight nine",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "zero um dois tr\u00eas quatro cinco seis sete oito nove",
    ):
        words = language.split()
        assert contacts_in(" ".join(words[int(digit)] for digit in digits)) == {digits}
    creole = ["zewo", "youn", "de", "twa", "kat", "senk", "sis", "sèt", "uit", "nèf"]
    assert digits in contacts_in("zewo, " + " ".join(creole[int(digit)] for digit in digits))
    assert digits in contacts_in(f"{digits[:3]} {digits[3:6]}-{digits[6:]}")
    assert contacts_in(digits, {digits, digits[3:]}) == set()


# --- texts of a change --------------------------------------------------------------------


@pytest.fixture
def change():
    def made(*steps):
        example = example_data.example()
        after = example_data.patched(
            example,
            [{"op": op, "path": f"/records/{path}", "value": value} for op, path, value in steps],
        )
        found = no_hidden_contact.check(Difference(before=records(example), after=records(after)))
        return [
            (problem.record, problem.pointer, problem.message.split('"')[1]) for problem in found
        ]

    return made


def records(example):
    by_id = {id: decode(one) for id, one in example["records"].items()}
    return Records(by_id=by_id, on=example_data.ON)


def test_a_text_that_stays_is_not_asked_about(change):
    assert change() == []


@pytest.mark.parametrize(
    ("steps", "pointer", "found"),
    [
        ([("replace", "example-police/note", "Dial 912.")], "/note", "912"),
        ([("replace", "example-police/summary", "Call 203-555-7301")], "/summary", "2035557301"),
        (
            [("replace", "example-police/contacts/1/label", "Or 203-555-7301")],
            "/contacts/1/label",
            "2035557301",
        ),
        (
            [("replace", "example-police/contacts/1/evidence/sources/0/title", "Ann 203-555-7301")],
            "/contacts/1/evidence/sources/0/title",
            "2035557301",
        ),
        (
            [
                (
                    "replace",
                    "example-police/contacts/2/value",
                    "https://police.example.gov/call?tel=8005557301",
                )
            ],
            "/contacts/2/value",
            "8005557301",
        ),
        (
            [
                ("replace", "example-police/contacts/1/label", "Call 203-555"),
                ("add", "example-police/contacts/1/note", "7301 at night"),
            ],
            "/contacts/1/label",
            "2035557301",
        ),
        (
            [
                ("replace", "example-police/name", "Example Police 203"),
                ("replace", "example-police/note", "555 7301 at night"),
            ],
            "/note",
            "5557301",
        ),
        (
            [
                ("replace", "example-police/contacts/0/label", "Front desk two oh three, 555"),
                ("add", "example-police/contacts/0/note", "Then dial seven three oh one."),
            ],
            "/contacts/0/label",
            "2035557301",
        ),
    ],
)
def test_a_new_text_with_a_number_is_found_where_it_stands(change, steps, pointer, found):
    assert ("example-police", pointer, found) in change(*steps)


@pytest.mark.parametrize(
    "steps",
    [
        [("replace", "example-police/note", "Call 203-555-2030, or 911.")],
        [("replace", "example-police/contacts/1/evidence/sources/0/title", "ICR 202512-1653-001")],
        [("replace", "example-police/contacts/1/evidence/sources/0/title", "Contact (other.org)")],
        [("replace", "example-police/contacts/2/value", "https://other.example/desk/123456789012")],
        [("replace", "example-police/contacts/2/value", "https://other.example/2026/11/23/24-7")],
        [("replace", "example-police/contacts/2/value", "https://other.example/a/555-2666")],
        [
            ("replace", "example-police/name", "Example Police since 2015"),
            ("replace", "example-police/note", "233 555 people."),
        ],
    ],
)
def test_what_a_text_may_say_is_left_alone(change, steps):
    assert change(*steps) == []


def test_a_change_without_new_text_is_not_asked_about(change):
    assert change(("replace", "example-police/hosts", ["police.example.gov", "a.example"])) == []


def test_a_record_that_is_new_is_asked_about_all_of_its_texts():
    example = example_data.example()
    after = records(example)
    before = Records(by_id={}, on=example_data.ON)
    assert list(no_hidden_contact.check(Difference(before=before, after=after))) == []
    example["records"]["example-line"]["summary"] = "Dial 912."
    found = no_hidden_contact.check(Difference(before=before, after=records(example)))
    assert [(problem.record, problem.pointer) for problem in found] == [
        ("example-line", "/summary")
    ]

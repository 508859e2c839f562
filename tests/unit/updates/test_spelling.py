"""Numbers and addresses that are written so that no program reads them."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from ct_trafficking_resources.updates.mentions import dotted, spelled_numbers as numbers


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

"""JSON is read strictly, and every mistake has its place."""

from __future__ import annotations

import pytest

from ct_trafficking_resources.checks.strict_json import Limits, read


def said(text, **limits):
    found = read(text.encode() if isinstance(text, str) else text, "x", Limits(**limits))
    return [f"{one.place} {one.rule}" for one in found.findings]


def test_all_mistakes_are_told_in_the_order_of_the_text():
    text = '{"a": NaN, "b": [1e999, {"c": 1, "c": 2}], "d": 123456789012345678901}'
    assert said(text) == [
        "x:1:7 /a CTR006",
        "x:1:18 /b/0 CTR006",
        "x:1:34 /b/1/c CTR005",
        "x:1:49 /d CTR006",
    ]


def test_a_key_that_stands_twice_is_told_though_both_values_agree():
    assert said('{"a": 1, "a": 1}') == ["x:1:10 /a CTR005"]


def test_a_text_that_ends_badly_is_not_searched_for_more():
    assert said('{"a": 1, "a": NaN} }') == ["x:1:20 CTR004"]


@pytest.mark.parametrize("size", [20, 21])
def test_a_number_at_the_limit_is_read(size):
    for digits in ("1" * size, "-" + "1" * (size - 1), "0." + "1" * (size - 2)):
        assert bool(said(f"[{digits}]")) == (size > 20)


@pytest.mark.parametrize(("count", "refused"), [(3, False), (4, True)])
def test_keys_items_and_texts_at_the_limit_are_read(count, refused):
    keys = ", ".join(f'"{one}": 1' for one in range(count))
    assert bool(said(f"{{{keys}}}", keys=3)) == refused
    assert bool(said(str(list(range(count))), items=3)) == refused
    assert bool(said(f'["{"x" * count}"]', string=3)) == refused
    assert bool(said(f'{{"{"x" * count}": 1}}', string=3)) == refused


@pytest.mark.parametrize(("levels", "refused"), [(3, False), (4, True)])
def test_nesting_at_the_limit_is_read(levels, refused):
    assert bool(said("[" * levels + "]" * levels, depth=3)) == refused
    assert said('["[[[[[["]', depth=3) == []


def test_what_follows_a_bad_key_is_still_looked_at():
    assert said('{"\\ud800": NaN, "b": NaN}') == ["x:1:2 CTR007", "x:1:22 /b CTR006"]


def test_only_so_many_mistakes_are_told():
    text = f"[{', '.join(['NaN'] * 9)}]"
    assert [one.rpartition(" ")[2] for one in said(text, findings=3)] == [*["CTR006"] * 3, "CTR015"]
    assert "CTR015" not in str(said(text, findings=9))


def test_what_a_file_says_cannot_disturb_the_message():
    finding = read(b'{"\\u202e\\u001b[31m": 1, "\\u202e\\u001b[31m": 1}', "x").findings[0]
    assert finding.message.isascii()
    assert finding.message.isprintable()


def test_an_unusual_complaint_of_the_scanner_is_passed_on():
    assert "escape" in read(b'"\\u12"', "x").findings[0].message


def test_true_false_and_null_are_no_mistakes_beside_one():
    assert said("[true, false, null, NaN]") == ["x:1:21 /3 CTR006"]

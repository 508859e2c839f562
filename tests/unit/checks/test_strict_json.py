"""JSON text is read strictly, and every value has its place."""

from __future__ import annotations

import pytest

from ct_trafficking_resources.checks import strict_json


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('{"a": 1e400}', "CTR006"),
        ('{"a": NaN}', "CTR006"),
        ('{"a": -Infinity}', "CTR006"),
        (f'{{"a": {"9" * 5000}}}', "CTR006"),
        ('{"a": "\\ud800"}', "CTR007"),
        ('{"\\udfff": 1}', "CTR007"),
        ('{"a": [1, "\\ud800"]}', "CTR007"),
        ('{"a": 1, "a": 2}', "CTR005"),
        ("[" * 100_000, "CTR003"),
        ("{", "CTR004"),
        ("", "CTR004"),
        ("\ufeff{}", "CTR002"),
    ],
)
def test_what_i_json_forbids_is_refused(text, rule):
    read = strict_json.read(text.encode(), "file.json")
    assert read.document is None
    assert [finding.rule for finding in read.findings] == [rule]


def test_finite_numbers_are_read():
    assert strict_json.read(b'{"a": 1.5, "b": -2}', "f").document == {"a": 1.5, "b": -2}


def test_what_is_not_utf8_is_refused_where_it_begins():
    (finding,) = strict_json.read(b'{"a":\n "\xff"}', "f").findings
    assert (finding.rule, finding.place.line, finding.place.column) == ("CTR002", 2, 3)


def test_a_file_over_the_limit_is_not_parsed():
    read = strict_json.read(b" " * 11, "f", strict_json.Limits(size=10))
    assert read.findings[0].rule == "CTR001"


def test_a_value_that_is_not_there_has_the_place_of_its_parent():
    read = strict_json.read(b'{\n  "a": {"b": [1, 2]}\n}', "f")
    assert (read.place("/a/b/1").line, read.place("/a/b/1").column) == (2, 18)
    assert read.place("/a/c/d").column == read.place("/a").column == 8

"""Hostile texts in a hand-made edition: every output parses, nothing is injected.

The schemas let none of these in; this is what holds if something else does.
"""

from __future__ import annotations

import csv
import io
import json
import re
from copy import deepcopy
from typing import Any

import pytest
import vobject
from hypothesis import HealthCheck, given, settings, strategies as st

import ct_trafficking_resources as ctr

FRAGMENTS = [
    "<img src=x onerror=alert(1)>",
    "]]>",
    "</script><script>alert(1)</script>",
    "<!--",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "\r\nTEL:999\r\n",
    "\nEND:VCARD\nBEGIN:VCARD\n",
    "\r\n ",
    "\u202e888\u202c",
    "\u2066x\u2069",
    "\u200b",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "`rm -rf`",
    "|",
    "=cmd|'/C calc'!A0",
    "+1",
    "-1",
    "@x",
    "'",
    '"',
    '";=1+1;"',
    "\\",
    "\\n",
    ";",
    ",",
    ":",
    "&amp;",
    "é",
    "한국어",
    "🚨",
]
hostile = st.one_of(
    st.sampled_from(FRAGMENTS),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=8).map("".join),
    st.text(max_size=60),
)
REFUSED = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\uffff<>]"
)
TEXTS = {
    *("name", "short_name", "summary", "note", "label", "display", "menu", "keyword", "vanity"),
    *("text", "purpose", "parent_name", "town", "planning_region", "status_note", "founded"),
    *("edition", "confidentiality", "title", "says", "statement", "until", "since", "announced"),
    *("url", "type", "answered_by", "status", "level", "interpreter_languages", "languages"),
    *("purposes", "audiences", "towns", "mode", "role", "area", "timezone", "opens", "closes"),
}
"""Every member of a record that an export writes, but for ids, values and dates."""


def poisoned(value: Any, text: str, key: str = "") -> Any:
    """Return a document with a text in the place of every other text."""
    if isinstance(value, dict):
        return {name: poisoned(item, text, name) for name, item in value.items()}
    if isinstance(value, list):
        return [poisoned(item, text, key) for item in value]
    return text if isinstance(value, str) and key in TEXTS else value


@pytest.fixture(scope="module")
def poison(changed):
    """Give the fictional edition with a hostile text in every place."""

    def build(text: str) -> ctr.Directory:
        def change(document):
            bad = poisoned(deepcopy(document), text)
            document.clear()
            document.update(bad)

        return changed(change)

    return build


def strings(value: Any):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


relaxed = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@relaxed
@given(text=hostile)
@pytest.mark.parametrize("format", ["jsonld", "hsds", "json"])
def test_json_gets_no_new_member_and_cannot_end_a_script(format, text, poison, fictional):
    exported = ctr.export(format, poison(text))
    assert exported.isascii()
    assert not set(exported) & set("<>&")
    document = json.loads(exported)
    assert keys(document) <= keys(json.loads(ctr.export(format, fictional)))
    assert not [one for one in strings(document) if REFUSED.search(one)]


@relaxed
@given(text=hostile)
def test_a_vcard_gets_no_new_card_property_or_number(text, poison, fictional):
    exported = ctr.export("vcard", poison(text))
    assert not REFUSED.search(exported.replace("\r\n", ""))
    assert all(len(line.encode()) <= 75 for line in exported.split("\r\n"))
    clean = ctr.export("vcard", fictional)
    read, expected = (list(vobject.readComponents(one)) for one in (exported, clean))
    assert [card.uid.value for card in read] == [card.uid.value for card in expected]
    known = set().union(*(card.contents for card in expected))
    for card, other in zip(read, expected, strict=True):
        assert set(card.contents) <= known
        assert _numbers(card) == _numbers(other)
        assert _numbers(card, "email") == _numbers(other, "email")
        assert _numbers(card, "url") == _numbers(other, "url")


def _numbers(card, name="tel"):
    return [one.value for one in card.contents.get(name, ())]


@relaxed
@given(text=hostile)
def test_a_table_gets_no_new_row_cell_or_formula(text, poison, fictional):
    exported = ctr.export("csv", poison(text))
    assert not REFUSED.search(exported.replace("\r\n", ""))
    read, expected = (
        list(csv.reader(io.StringIO(one, newline=""), strict=True))
        for one in (exported, ctr.export("csv", fictional))
    )
    assert [(row[1], row[3]) for row in read] == [(row[1], row[3]) for row in expected]
    assert {len(row) for row in read} == {len(expected[0])}
    for row in read:
        assert not [cell for cell in row if re.match("[=+\\-@\uff1d\uff0b\uff0d\uff20]", cell)]


@relaxed
@given(text=hostile)
def test_a_neutral_card_holds_the_given_name_and_numbers_only(text, fictional):
    try:
        exported = ctr.export("vcard", fictional, neutral_name=text)
    except ValueError as error:
        assert not REFUSED.sub("", text).strip(), error  # noqa: PT017 - either is right
        return
    for card in vobject.readComponents(exported):
        assert set(card.contents) == {"version", "fn", "n", "tel"}
    assert "Example" not in exported or "Example" in text

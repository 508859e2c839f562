"""The rules that look at one text at a time."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given, settings, strategies as st

from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.testing import HOSTILE_TEXTS
from ct_trafficking_resources.updates.text_rules import (
    PROSE,
    TEXT_RULES,
    Text,
    is_plain,
    is_plain_line,
    text_problems,
)
from ct_trafficking_resources.vocabulary import ValueKind

KEYS = [*sorted(PROSE), "value", "url", "hosts", "id", "extension"]
KINDS = [None, *(kind.value for kind in ValueKind), "nonsense"]
PIECES = [
    *("https://", "http://", "user@", "example.org", "xn--a", "bit.ly", ":443", "/a?b=//c"),
    *("+1203555", "2030", "900", "809", "911", "*", "#", ",", "Sgt. ", "Jane", "Bureau", "<b>"),
    *("](", "![", "**", "__", "&amp;", "=", "-", " ", "\n", "\u200b", "\u0435", "\u0661", "Mr"),
    *("abc", "100", "(x)", ".", "%0a", "\\", "0x7f", "127.0.0.1", "[::1]"),
]
TEXTS = st.text(max_size=30) | st.lists(st.sampled_from(PIECES), max_size=5).map("".join)


def rules_that_speak(text: Text) -> list[str]:
    return [rule.id for rule, check in TEXT_RULES if check(text) is not None]


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(KEYS), st.sampled_from(KINDS), TEXTS)
@example("value", "url", "https://example.org/a?next=//evil.example")
@example("value", "e164", "+18095552030")
@example("label", None, "Sgt. Jane")
def test_of_a_text_that_is_plain_at_a_glance_every_rule_is_silent(key, kind, text):
    kind = kind if key == "value" else None
    if is_plain(key, kind, text):
        assert rules_that_speak(Text("", key, kind, text)) == []


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(PROSE)), TEXTS, max_size=5), st.booleans())
def test_of_a_line_that_is_plain_at_a_glance_every_rule_of_prose_is_silent(texts, spaced):
    line = json.dumps(texts, separators=None if spaced else (",", ":"))
    pattern = re.compile(schemas.self_contained("law")["properties"]["summary"]["pattern"])
    if is_plain_line(line) and all(map(pattern.search, texts.values())):
        for key, text in texts.items():
            assert rules_that_speak(Text("", key, None, text)) == []


def test_most_present_texts_are_plain_at_a_glance(sample):
    lines = [json.dumps(encode(record)) for record in sample]
    assert sum(map(is_plain_line, lines)) > len(lines) // 2


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(KEYS), st.sampled_from(KINDS), TEXTS)
def test_no_text_breaks_a_rule(key, kind, text):
    for _, check in TEXT_RULES:
        message = check(Text("", key, kind if key == "value" else None, text))
        assert message is None or (message.endswith(".") and len(message) < 300)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_in_a_name_is_found(text):
    document = {"name": text}
    read = strict_json.read(json.dumps(document).encode("utf-8"), "form.json")
    if read.findings:
        return  # half of a character: refused when it is read
    found = [rule for rule, _ in text_problems(document)]
    line = re.compile(schemas.self_contained("organization")["properties"]["name"]["pattern"])
    assert (
        any(one.severity == Severity.ERROR for one in found)
        or not line.search(text)
        or (
            "evil.example" in text  # the risk of a hidden contact is told beside the records
        )
        or text.isprintable()
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("https://good.example@evil.example/", "CTR322"),
        ("https://evil.example\\@good.example/", "CTR326"),
        ("https:\\\\evil.example/", "CTR326"),
        ("JAVASCRIPT:alert(1)", "CTR321"),
        ("data:text/html;base64,AAAA", "CTR321"),
        ("http://example.org/", "CTR321"),
        ("https://2130706433/", "CTR324"),
        ("https://0x7f000001/", "CTR324"),
        ("https://127.1/", "CTR324"),
        ("https://[::1]/", "CTR324"),
        ("https://example.org:443/", "CTR323"),
        ("https://xn--exmple-cua.com/", "CTR325"),
        ("https://www.xn--exmple-cua.com/", "CTR325"),
        ("https://ex\u0430mple.org/", "CTR313"),
        ("https://example.org/?redirect=https%3A%2F%2Fevil.example", "CTR327"),
        ("https://example.org/?a=%2f%2fevil.example", "CTR327"),
        ("https://example.org/?a=javascript:alert(1)", "CTR327"),
        ("https://example.org/?next=evil.example", "CTR327"),
        ("https://example.org/r/https://evil.example", "CTR327"),
        ("https://example.org//evil.example", "CTR327"),
        ("https://www.tinyurl.com/x", "CTR328"),
        ("https://[evil.example/", "CTR327"),
    ],
)
def test_a_hostile_link_is_found_by_its_rule(text, rule):
    spoken = rules_that_speak(Text("/value", "value", "url", text))
    assert rule in spoken
    assert not is_plain("value", "url", text)


@pytest.mark.parametrize(
    "text",
    [
        "https://portal.ct.gov/dcf",
        "https://www.norwalkct.gov/430/Youth-Bureau",
        "https://example.org/page?id=12&lang=es",
        "https://example.org/a%20b#c",
        "https://example.org",
    ],
)
def test_an_ordinary_link_is_left_alone(text):
    assert rules_that_speak(Text("/value", "value", "url", text)) == []


def test_a_problem_names_the_text():
    document = {"records": [{"contacts": [{"kind": "url", "value": "http://x.example"}]}]}
    ((rule, problem),) = text_problems(document)
    assert (rule.id, problem.pointer) == ("CTR321", "/records/0/contacts/0/value")


def test_a_character_without_a_name_is_named_by_its_number():
    (check,) = [check for rule, check in TEXT_RULES if rule.id == "CTR311"]
    message = check(Text("", "name", None, "a\ue000"))
    assert message == "Character 2 cannot be seen: U+E000 without a name."


def test_unusual_spaces_that_can_be_seen_are_not_told_to_be_invisible():
    (check,) = [check for rule, check in TEXT_RULES if rule.id == "CTR311"]
    assert check(Text("", "name", None, "a\u00a0b")) is None

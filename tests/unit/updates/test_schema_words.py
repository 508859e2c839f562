"""What an error of jsonschema means to a person: one sentence a mistake."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from jsonschema import Draft202012Validator

from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.checks.schemas import schema_names, schema_registry

UPDATE = json.loads(schemas.schema_text("update"))["examples"][0]
NAMES = [name for name in schema_names() if name != "common"]
EXAMPLES = [
    (name, example)
    for name in NAMES
    for example in json.loads(schemas.schema_text(name))["examples"]
]
CONTACT = "/records/0/contacts/0"


def found(document: Any, name: str = "update") -> list[tuple[str, str, str]]:
    text = strict_json.read(json.dumps(document).encode(), "form.json", LARGE)
    assert text.findings == ()
    return [(one.place.pointer, one.message, one.hint) for one in schemas.check(name, text)]


LARGE = strict_json.Limits(string=100_000, keys=100_000, items=100_000)


def contact(**changes: Any) -> dict[str, Any]:
    """Return the example with a contact point that is changed; None takes a key out."""
    document = deepcopy(UPDATE)
    one = document["records"][0]["contacts"][0]
    for key, value in changes.items():
        if value is None:
            del one[key]
        else:
            one[key] = value
    return document


@pytest.mark.parametrize(
    ("changes", "where", "says", "hint"),
    [
        ({"mode": "vioce"}, "/mode", "Did you mean 'voice'?", "Use: voice, text"),
        ({"mode": None, "mood": "voice"}, "/mood", "Did you mean 'mode'?", "Known keys: "),
        ({"kind": "url"}, "/kind", '"url" is not a word', 'fits mode "voice"'),
        ({"kind": "phone"}, "/kind", '"phone" is not a word', "Use: e164"),
        ({"value": 5}, "/value", "not of the right sort", "text in quotation marks"),
        ({"value": "203-5"}, "/value", "telephone number", "Such as: +12035550123"),
        ({"label": "x" * 300}, "/label", "300 characters", "At most 200"),
        ({"label": ""}, "/label", "too short", "leave the key out"),
        ({"label": "a\n"}, "/label", "does not have the right form", "Visible characters"),
        ({"languages": ["en", "en"]}, "/languages", '"en" stands in the list twice', "Keep one"),
        ({"languages": []}, "/languages", "0 entries", "at least 1"),
        ({"languages": ["en"] * 99}, "/languages", "99 entries", "At most 20"),
        ({"interpreter_count": 1}, "/interpreter_count", "too small", "At least 2"),
        ({"interpreter_count": 9999}, "/interpreter_count", "too great", "At most 1,000"),
        ({"check_first": "yes"}, "/check_first", "not of the right sort", "true or false"),
        ({"evidence": {}}, "/evidence", "Unknown key", "Correct or remove it"),
        (
            {"hours": {"always_open": True, "timezone": "America/New_York"}},
            "/hours/timezone",
            'The key "timezone" cannot stand here',
            "Take it out",
        ),
        ({"hours": {"always_open": False}}, "/hours", "Missing: periods, timezone", "Add them."),
    ],
)
def test_a_mistake_in_a_contact_point_is_one_finding(changes, where, says, hint):
    ((pointer, message, advice),) = found(contact(**changes))
    assert pointer == CONTACT + where
    assert says in message
    assert hint in advice


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("records", 5, "not of the right sort"),
        ("records", [], "0 entries"),
        ("schema", "urn:other", "cannot stand here"),
        ("edition", "2026.01.0", "edition number"),
    ],
)
def test_a_mistake_at_the_top_is_one_finding(key, value, says):
    ((pointer, message, _),) = found({**UPDATE, key: value})
    assert pointer == f"/{key}"
    assert says in message


@pytest.mark.parametrize(("value", "says"), [(5, "text"), ("ftp://x", "where a source was read")])
def test_of_alternatives_the_one_that_was_meant_is_told(value, says):
    document = deepcopy(UPDATE)
    document["sources"][0]["url"] = value
    ((pointer, message, hint),) = found(document)
    assert pointer == "/sources/0/url"
    assert says in message + hint or "null" in hint
    assert "schemas" not in message


def test_missing_keys_are_told_together_and_explained():
    document = {key: value for key, value in UPDATE.items() if key not in {"role", "edition"}}
    ((pointer, message, hint),) = found(document)
    assert pointer == ""
    assert message == "Missing: edition, role."
    assert "role: The role of the person" in hint


def test_many_unknown_keys_are_not_all_told():
    changes = {f"k{number}": 1 for number in range(3000)}
    findings = found(contact(**changes))
    assert len(findings) == 20
    assert "2,980 more" in findings[-1][1]


def test_a_long_list_of_mistakes_is_cut_and_says_so():
    document = deepcopy(UPDATE)
    document["records"] = [{"kind": "organization"} | {"contacts": [{}] * 30}] * 50
    findings = found(document)
    assert len(findings) == schemas.MOST_FINDINGS + 1
    assert "Only the first 100" in findings[-1][1]


def test_a_list_that_was_not_looked_through_says_so(monkeypatch):
    monkeypatch.setattr(schemas, "MOST_ERRORS", 3)
    document = deepcopy(UPDATE)
    document["sources"] = [5] * 10
    findings = found(document)
    assert "Only the first" in findings[-1][1]


@pytest.mark.parametrize(
    "value",
    ["x" * 10_000, ["x" * 10_000], {"k": "x" * 10_000}, "\u202e" * 50, [[[]]] * 500],
)
def test_a_message_never_repeats_a_value_at_length(value):
    for changes in ({"label": value}, {"mode": value}, {"value": value}, {"languages": [value]}):
        for _, message, hint in found(contact(**changes)):
            assert len(message) < 300
            assert len(hint) < 1500
            assert message.isascii()


def test_a_list_that_is_too_long_is_not_searched_for_doubles():
    # Three thousand objects take eleven seconds to compare with each other.
    entries = [{"a": number} for number in range(3000)]
    assert found(contact(languages=entries))


def test_a_text_that_is_too_long_is_not_matched(monkeypatch):
    tried = []
    pattern = Draft202012Validator.VALIDATORS["pattern"]

    def watched(judge: Any, value: str, text: Any, schema: Any) -> Any:
        tried.append(text)
        return pattern(judge, value, text, schema)

    monkeypatch.setitem(Draft202012Validator.VALIDATORS, "pattern", watched)
    schemas.validator.cache_clear()
    found(contact(label="x" * 5000))
    assert "x" * 5000 not in tried
    assert "Front desk" not in tried  # it was replaced
    assert "+12035552368" in tried


# --- the same verdicts -----------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
WORDS = ["e164", "url", "voice", "text", "organization", "help-channel", "+12035552368", "", "en"]


def places(document: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in a document."""
    children = []
    if isinstance(document, dict):
        children = list(document.items())
    elif isinstance(document, list):
        children = list(enumerate(document))
    return [way, *(each for key, one in children for each in places(one, (*way, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw an example of a schema in which some values are others."""
    name, example = draw(st.sampled_from(EXAMPLES))
    document = deepcopy(example)
    for _ in range(draw(st.integers(0, 3))):
        way = draw(st.sampled_from(places(document)))
        if not way:
            continue
        target = document
        for step in way[:-1]:
            target = target[step]
        match draw(st.sampled_from(["replace", "remove", "add", "word"])):
            case "remove":
                del target[way[-1]]
            case "word":
                target[way[-1]] = draw(st.sampled_from(WORDS))
            case "add" if isinstance(target, dict):
                target[draw(st.sampled_from(["note", "kind", "hours", "colour"]))] = draw(JSON)
            case _:
                target[way[-1]] = draw(JSON)
    return name, document


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(mutated())
def test_there_is_a_finding_if_and_only_if_the_schema_says_no(case):
    name, document = case
    plain = Draft202012Validator(json.loads(schemas.schema_text(name)), registry=schema_registry())
    try:
        text = strict_json.read(json.dumps(document).encode("utf-8", "surrogatepass"), "form.json")
    except ValueError:
        return
    if text.findings:
        return
    findings = schemas.check(name, text)
    assert bool(findings) != plain.is_valid(text.document)
    pointers = [one.place.pointer for one in findings]
    assert len(set(pointers)) == len(pointers)
    for one in findings:
        assert "given schemas" not in one.message
        assert one.message.endswith((".", "?"))


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(mutated())
def test_the_quick_judge_accepts_only_what_jsonschema_accepts(case):
    pytest.importorskip("jsonschema_rs", reason="the extra [fast] is not installed")
    name, document = case
    if schemas.accepts(name, document):
        assert schemas.validator(name).is_valid(document)


def test_the_quick_judge_accepts_every_present_record():
    pytest.importorskip("jsonschema_rs", reason="the extra [fast] is not installed")
    for name, example in EXAMPLES:
        assert schemas.accepts(name, example)


def test_the_quick_judge_says_nothing_of_half_a_character():
    document = {**UPDATE, "role": "\ud800"}
    assert not schemas.accepts("update", document)


def test_without_the_extra_the_quick_judge_says_nothing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "jsonschema_rs", None)
    schemas._quick_judge.cache_clear()
    assert not schemas.accepts("update", UPDATE)
    assert found(UPDATE) == []
    schemas._quick_judge.cache_clear()


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_without_references_has_none(name):
    assert "$ref" not in json.dumps(schemas.self_contained(name))
    Draft202012Validator.check_schema(schemas.self_contained(name))


def test_a_keyword_that_has_no_words_of_its_own_is_told_by_its_parameter():
    register = {"ids": {f"id-{number}": "law" for number in range(10_001)}}
    ((pointer, message, hint),) = found(register, "register")
    assert pointer == "/ids"
    assert message.endswith("is not allowed here.")
    assert hint == "What is asked for: 10000."


@pytest.mark.parametrize("value", [None, 5, "voice", ["voice"]])
def test_what_is_no_object_where_one_should_stand_is_one_mistake(value):
    document = deepcopy(UPDATE)
    document["records"][0]["contacts"][0] = value
    ((pointer, _, hint),) = found(document)
    assert pointer == CONTACT
    assert "a group of keys in braces" in hint

"""jsonschema-rs accepts only what jsonschema accepts: two engines, one verdict.

Held on valid records and updates that are changed at random. A long run::

    FUZZED_RECORDS=20000 pytest tests/unit/updates/test_two_engines.py
"""

from __future__ import annotations

import json
import os
from copy import deepcopy
from datetime import date
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, event, example, given, settings, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks import schemas
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.updates import bulk
from ct_trafficking_resources.updates.edits import as_submitted, own_records

ON = date(2026, 11, 24)
SHIPPED = ctr.load()
RECORDS = [encode(record) for record in SHIPPED]
EXAMPLES = json.loads(schemas.schema_text("update"))["examples"]
UPDATES = [
    {**EXAMPLES[0], "records": [as_submitted(one) for one in own_records(organization, SHIPPED)]}
    for organization in ("ct-dcf", "pd-bridgeport", "love146")
]
VALID = [*RECORDS, *EXAMPLES, *UPDATES]

WORDS = sorted({text for one in VALID for text in json.dumps(one).split('"')[3:40:4]})
PIECES = [
    *("\n", "\r", "\u2028", "\x85", "\x1c", "\xa0", " ", "\t", "\0", "\x7f", "\ufeff"),  # space?
    *("\u0661", "\uff11", "\U0001d7d8", "\u0130", "\xdf", "\u0301", "\ud800", "\U0001f600"),
    *("-", ".", "@", "/", "%", "_", "+", "0", "a", "Z", "\\", '"', "$", "^", "#"),
]
"""What one engine may take for a space, a digit, a letter or the end, and the other not."""

VALUES = [
    *(None, True, False, 0, 1, -1, 1.0, 1.5, -0.0, 1e300, 2**53 + 1, 2**63, 2**64, 10**19),
    *("", [], {}, [[]], [{}], [1, True], [1, 1.0], [0, False], {"kind": []}, {"": None}),
    *("x" * 800, "x" * 801, "\U0001f600" * 200, ["x"] * 200, [{"a": n} for n in range(200)]),
    *("2026-02-30", "2026-13-01", "0000-00-00", "02134", "+18883737888", "988", "24:00"),
    *("https://a.example", "https://a.example\n", "https://a@b.example", "http://a.example"),
]


def places(document: Any) -> list[tuple[Any, Any]]:
    """Return every container in a document, with each of its keys or indexes."""
    found, waiting = [], [document]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], dict | list)]
    return found


@st.composite
def changed(draw) -> Any:
    """Draw a valid document and change it in a few places."""
    document = deepcopy(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 1, 2, 3]))):
        among = places(document)
        if among:
            change(draw, among)
    return document


def change(draw, among: list[tuple[Any, Any]]) -> None:
    def one_of(choices):
        return choices[draw(st.integers(0, len(choices) - 1))]

    parent, key = one_of(among)
    value = parent[key]
    ways = ["drop", "value", "other", "word", "add"]
    ways += ["piece", "piece", "cut"] * isinstance(value, str)
    match one_of(ways):
        case "drop":
            del parent[key]
        case "value":
            parent[key] = deepcopy(one_of(VALUES))
        case "other":
            container, place = one_of(among)
            parent[key] = deepcopy(container[place])
        case "word":
            parent[key] = one_of(WORDS)
        case "add" if isinstance(parent, list):
            parent.append(deepcopy(value))
        case "add":
            name = one_of([*WORDS, *(key for _, key in among if isinstance(key, str))])
            parent[name] = deepcopy(value)
        case "piece":
            at = draw(st.sampled_from([0, len(value)]) | st.integers(0, len(value)))
            parent[key] = value[:at] + one_of(PIECES) + value[at:]
        case "cut":
            parent[key] = value[: draw(st.integers(0, len(value)))]


def schema_of(document: Any) -> str:
    return document["kind"] if document.get("kind") in bulk._KINDS else "update"


def is_beyond_rust(document: Any) -> bool:
    """Tell whether a document holds half of a character, or a number beyond 64 bits.

    jsonschema-rs does not look at those; jsonschema does.
    """
    if any("\ud800" <= sign <= "\udfff" for sign in json.dumps(document, ensure_ascii=False)):
        return True
    leaves = (parent[key] for parent, key in places(document))
    return any(isinstance(one, int) and abs(one) >= 2**63 for one in leaves)


@given(changed())
@settings(
    max_examples=int(os.environ.get("FUZZED_RECORDS", "400")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@example({**RECORDS[0], "name": "x\n"})
@example({**RECORDS[0], "id": "\u0661"})
@example({**RECORDS[0], "note": "\x85"})
@example({**RECORDS[0], "note": "\ud800"})
def test_both_engines_come_to_the_same_verdict(document):
    schema = schema_of(document)
    quick = schemas.accepts(schema, document)
    line = json.dumps(document).encode()
    with (
        patch.object(schemas, "_quick_judge", lambda _: lambda _: False),
        patch.object(schemas, "_part_fits", lambda *_: False),
    ):
        thorough = schemas.validator(schema).is_valid(document)
        alone = bulk.check_line(line, on=ON)
    event(f"valid: {thorough}")
    assert quick == thorough or (thorough and is_beyond_rust(document))
    assert schemas.validator(schema).is_valid(document) == thorough
    assert bulk.check_line(line, on=ON) == alone
    if not thorough:
        assert any(one.severity == "error" for one in alone)


def test_what_is_changed_is_valid_before():
    for document in VALID:
        assert schemas.accepts(schema_of(document), document)
        assert schemas.validator(schema_of(document)).is_valid(document)

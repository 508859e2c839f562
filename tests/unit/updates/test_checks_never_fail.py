"""Whatever stands in a form, a check has something to say, and never fails."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st

from ct_trafficking_resources.checks import reports
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.updates import report as written
from ct_trafficking_resources.updates.check import check_update

WORDS = (
    "voice", "text", "relay", "e164", "n11", "url", "email", "short-code", "organization",
    "help-channel", "example-police", "example-nonprofit", "national-human-trafficking-hotline",
    "911", "+18883737888", "+18003737888", "+12035552031", "https://police.example.gov/",
    "https://xn--polce-2sa.example/", "https://[::1]/", "https://good@evil.example", "//",
    "https://a.example/?url=https%3A%2F%2Fb.example", "help@example-line.org", "@", "+1809",
    "2026-02-30", "2026-11-23", "0000-00-00", "9999-12-31", "2031.2.0", "2015.11.0", "2018.2.0",
    "1.1", "", " ", "\x00", "\u202e", "\u0663", "\uff10", "=1+1", "<b>", "[a](b)", "`", "NaN",
    "Call 203 555 2666", "text 55555", "a.com", "x" * 300, "\U0001f4de", "e\u0301", "always",
)  # fmt: skip
values = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.none(),
    st.booleans(),
    st.integers(-3, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.sampled_from(WORDS), max_size=3),
    st.dictionaries(st.sampled_from(["id", "kind", "value", "mode"]), st.sampled_from(WORDS)),
)
steps = st.tuples(st.sampled_from(["set", "remove", "double", "swap", "add"]), st.randoms(), values)


def _places(document: Any) -> list[tuple[Any, Any]]:
    """Return every container with every key in it."""
    found, waiting = [], [document]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], dict | list)]
    return found


def _changed(document: Any, changes: list[Any]) -> Any:
    document = deepcopy(document)
    for how, random, value in changes:
        places = _places(document)
        if not places:
            break
        holder, key = random.choice(places)
        if how == "set":
            holder[key] = value
        elif how == "remove":
            del holder[key]
        elif how == "double" and isinstance(holder, list):
            holder.append(deepcopy(holder[key]))
        elif how == "swap":
            other, place = random.choice(places)
            holder[key], other[place] = deepcopy(other[place]), deepcopy(holder[key])
        elif how == "add" and isinstance(holder, dict):
            known = ("keyword", "relay_to", "valid_to", "note", "extension", "paired_with", "x")
            holder[random.choice(known)] = value
    return document


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    max_examples=300,
)
@given(
    organization=st.sampled_from(["example-police", "example-nonprofit"]),
    changes=st.lists(steps, min_size=1, max_size=5),
    sender=st.none() | st.sampled_from(WORDS),
)
def test_a_check_never_fails_and_every_report_can_be_written(
    directory, form, organization, changes, sender
):
    update = _changed(form(organization), changes)
    data = json.dumps(update).encode(errors="surrogatepass")
    report = check_update(data, sender, directory, name="form.json", on=date(2026, 11, 23))
    assert report.ok == all(one.severity != Severity.ERROR for one in report.findings)
    told = json.loads(json.dumps(report.to_dict()))
    assert len(told["findings"]) == len(report.findings)
    for text in (written.report_text(report), written.report_markdown(report)):
        assert text.replace("\n", "").isprintable()
        text.encode()
    for name in reports.FORMS:
        reports.render(name, report.findings).encode()
    for one in report.findings:
        assert len(one.message) < 500
        assert one.message[-1] in ".?", one.message
        assert one.hint
    if report.ok and report.edits:
        assert report.after != report.before

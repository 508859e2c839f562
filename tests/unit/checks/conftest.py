from __future__ import annotations

import pytest

from ct_trafficking_resources.checks.findings import Finding, Place, Severity


@pytest.fixture
def finding():
    """A finding with everything in it."""
    return Finding(
        rule="CTR411",
        severity=Severity.ERROR,
        place=Place(file="app/pages/help me.html", line=3, column=7, end_line=3, end_column=21),
        message="'1-800-373-7888' is a misprint.",
        hint="Use 1-888-373-7888.",
        found="1-800-373-7888",
        record="national-human-trafficking-hotline",
        replacement="1-888-373-7888",
        expression="ctr.load().hotline.voice.display",
    )


@pytest.fixture
def pointed():
    """A finding that a JSON Pointer locates, in a file named with bytes that are no text."""
    return Finding(
        rule="CTR999",
        severity=Severity.NOTE,
        place=Place(file="caf\udce9.json", pointer="/contacts/0"),
        message="Line one.\nLine | two.",
        hint="Do 100% of it, then: stop.",
    )

"""Findings as JSON, for programs.

The document is also what a baseline of the audit is read from.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.reports.counting import by_severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ct_trafficking_resources.findings import Finding, RuleText


def report(
    findings: Sequence[Finding],
    *,
    title: str = "Findings",
    rules: Iterable[RuleText] = (),  # noqa: ARG001 - all forms are called alike
) -> str:
    """Return the findings and how many there are of each severity.

    Everything outside ASCII is escaped, so that no lone surrogate in the name
    of a file can make the text impossible to encode.
    """
    document = {
        "title": title,
        "counts": by_severity(findings),
        "findings": [encode(finding) for finding in findings],
    }
    return json.dumps(document, indent=2) + "\n"

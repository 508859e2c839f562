"""How many findings of which severity, in figures and in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ct_trafficking_resources.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ct_trafficking_resources.findings import Finding


def by_severity(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, worst first."""
    counted = Counter(finding.severity for finding in findings)
    return {severity.value: counted[severity] for severity in Severity}


def in_words(findings: Iterable[Finding]) -> str:
    """Return the same as a phrase, such as ``2 errors, 1 note``."""
    parts = [
        f"{count} {severity}{'' if count == 1 else 's'}"
        for severity, count in by_severity(findings).items()
        if count
    ]
    return ", ".join(parts) or "no findings"

"""Rules that a schema cannot state: across values, across records, over time.

Each rule is a small function with an id and a reason, in a list. They hold for
the records folder (`publishing`), for an edition file from outside (`foreign`)
and for what a partner's update would make of the records (`updates`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.rules import (
    evidence,
    history,
    references,
    safety,
    values,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.rules.base import Problem, Records, Rule

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *values.RULES,
    *evidence.RULES,
    *safety.RULES,
    *history.RULES,
)


def problems(records: Records) -> Iterator[tuple[Rule, Problem]]:
    """Yield what is wrong with a set of records, rule by rule."""
    for rule in RULES:
        for problem in rule.check(records):
            yield rule, problem

"""Rules that a schema cannot state: across values, across records, over time.

Each rule is a small function with an id and a reason, in a list. They hold for
the records folder (`publishing`), for an edition file from outside (`foreign`)
and for what a partner's update would make of the records (`updates`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.checks import record_rules, value_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ct_trafficking_resources.checks.rules import Problem, Records, Rule

RULES: tuple[Rule, ...] = (
    *record_rules.REFERENCES,
    *value_rules.VALUES,
    *record_rules.EVIDENCE,
    *value_rules.SAFETY,
    *record_rules.HISTORY,
)


def problems(
    records: Records, touched: Collection[str] | None = None
) -> Iterator[tuple[Rule, Problem]]:
    """Yield what is wrong with a set of records, rule by rule.

    Args:
        records: The records.
        touched: Ids of those that are new or changed, where the others are
            known to be right; all if None. Rules that compare records still
            see all of them.
    """
    changed = records
    if touched is not None:
        ids = records.by_id.keys() & touched
        changed = attrs.evolve(records, by_id={id: records.by_id[id] for id in sorted(ids)})
    for rule in RULES:
        for problem in rule.check(records if rule.across else changed):
            yield rule, problem


def problems_alone(
    records: Records, *, but: Collection[str] = ()
) -> Iterator[tuple[Rule, Problem]]:
    """Yield what is wrong with records, each looked at without the others.

    Args:
        records: The records.
        but: Ids of rules that are known to have nothing to say.
    """
    for rule in RULES:
        if not rule.across and rule.id not in but:
            for problem in rule.check(records):
                yield rule, problem

"""The rules of updates in the order in which they are asked, and what they find.

What each asks is in `text_rules`, `envelope`, `risk` and `mentions`; what reading
a file finds is in `reading`, `tables` and `workbook`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

from ct_trafficking_resources.checks.strict_json import join
from ct_trafficking_resources.updates import envelope, mentions, risk, text_rules
from ct_trafficking_resources.updates.text_rules import ADDRESSES, Text, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Problem, Rule
    from ct_trafficking_resources.checks.strict_json import Placed
    from ct_trafficking_resources.updates.proposal import Proposal
    from ct_trafficking_resources.updates.text_rules import TextCheck


ProposalCheck: TypeAlias = Callable[["Proposal"], "Iterable[Problem]"]
"""Asks an update and the records that it wants to change; yields what breaks the rule."""

TEXT_RULES: tuple[Rule[TextCheck], ...] = (*text_rules.VALUE_RULES, *text_rules.PROSE_RULES)
"""Asked of every text in a document; of several that find something, the first speaks."""

UPDATE_RULES: tuple[Rule[ProposalCheck], ...] = (
    *envelope.RULES,
    *risk.RISK_RULES,
    *risk.HOST_RULES,
    *mentions.RULES,
    *risk.TRUST_RULES,
)
"""Asked of an update that passed its schema."""


def text_findings(
    text: Placed, document: Any, *, prose_is_plain: bool = False
) -> Iterator[Finding]:
    """Yield what the text rules find, at most one finding a text.

    Args:
        text: What knows where a value stands.
        document: The document.
        prose_is_plain: The rules of prose are known to have nothing to say.
    """
    for way, key, kind, value in _texts(document, but_prose=prose_is_plain):
        if prose_is_plain and kind is None and key not in ADDRESSES:
            continue
        if is_plain(key, kind, value):
            continue
        piece = Text(_pointer(way), key, kind, value)
        for rule in TEXT_RULES:
            message = rule.check(piece)
            if message is not None:
                yield rule.finding(text.place(piece.pointer), message)
                break


_Way: TypeAlias = tuple["_Way", "str | int"] | None
"""The way to a value, its last step first: made for every value, and read for few."""


_NO_PROSE = ADDRESSES | {"value"}


def _texts(
    document: Any, *, but_prose: bool = False
) -> Iterator[tuple[_Way, str, str | None, str]]:
    """Yield every text in a document: the way to it, its key, its kind, the text.

    Args:
        document: The document.
        but_prose: Prose may be left out, not must.
    """
    waiting: list[tuple[_Way, str, str | None, Any]] = [(None, "", None, document)]
    while waiting:
        way, key, kind, value = waiting.pop()
        if isinstance(value, str):
            yield way, key, kind if key == "value" else None, value
        elif isinstance(value, dict):
            given = value.get("kind")
            inner = given if isinstance(given, str) else None
            waiting += [
                ((way, name), name, inner, item)
                for name, item in reversed(value.items())
                if not (but_prose and isinstance(item, str) and name not in _NO_PROSE)
            ]
        elif isinstance(value, list):
            last = len(value) - 1
            waiting += [((way, last - i), key, kind, one) for i, one in enumerate(value[::-1])]


def _pointer(way: _Way) -> str:
    steps = []
    while way is not None:
        way, step = way
        steps.append(step)
    return reduce(join, reversed(steps), "")


def update_findings(text: Placed, proposal: Proposal) -> Iterator[Finding]:
    """Yield what the rules about an update find."""
    for rule in UPDATE_RULES:
        for problem in rule.check(proposal):
            yield rule.finding(text.place(problem.pointer), problem.message, problem.hint)

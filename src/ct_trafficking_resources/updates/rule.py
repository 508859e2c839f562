"""What a check of an update is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from ct_trafficking_resources.checks.findings import Severity
    from ct_trafficking_resources.updates.proposal import Proposal


class Text(NamedTuple):
    """A piece of text in a document.

    Attributes:
        pointer: JSON Pointer to it.
        key: The key it stands under; of an item in a list, the key of the list.
        kind: For the value of a contact point, its kind as written; else None.
        text: The text.
    """

    pointer: str
    key: str
    kind: str | None
    text: str


class Trouble(NamedTuple):
    """What a check has to say about an update.

    Attributes:
        pointer: JSON Pointer to where.
        message: What is wrong, in a sentence.
        hint: What to do about it; None if the check's own hint says it.
    """

    pointer: str
    message: str
    hint: str | None = None


TextCheck: TypeAlias = Callable[[Text], str | None]
"""Asks one text, whatever stands around it; returns what is wrong, in a sentence, or None."""

ProposalCheck: TypeAlias = Callable[["Proposal"], Iterable[Trouble]]
"""Asks an update and the records that it wants to change; yields what breaks the rule."""

Check = TypeVar("Check")
Check_co = TypeVar("Check_co", covariant=True)


class Rule(NamedTuple, Generic[Check_co]):
    """A rule about an update.

    Attributes:
        id: Stable across versions.
        severity: How much it matters.
        title: What must hold, in a sentence.
        reason: Why.
        hint: What to do if it does not.
        check: Tells what breaks it.
    """

    id: str
    severity: Severity
    title: str
    reason: str
    hint: str
    check: Check_co


def rule(
    id: str, severity: Severity, title: str, *, reason: str, hint: str
) -> Callable[[Check], Rule[Check]]:
    """Make a rule of the function below it."""
    return lambda check: Rule(id, severity, title, reason, hint, check)

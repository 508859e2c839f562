"""What a check of an update is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import attrs

if TYPE_CHECKING:
    from ct_trafficking_resources.findings import Severity
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
ProposalCheck: TypeAlias = Callable[["Proposal"], Iterable[Trouble]]


@attrs.frozen(kw_only=True, eq=False)
class _Described:
    """What every check has; one is equal to itself alone.

    Attributes:
        id: Stable across versions.
        severity: How much it matters.
        title: What must hold, in a sentence.
        reason: Why.
        hint: What to do if it does not.
    """

    id: str
    severity: Severity
    title: str
    reason: str
    hint: str


@attrs.frozen(kw_only=True, eq=False)
class TextRule(_Described):
    """A rule about one text, whatever stands around it.

    Attributes:
        check: Returns what is wrong, in a sentence, or None.
    """

    check: TextCheck


@attrs.frozen(kw_only=True, eq=False)
class UpdateRule(_Described):
    """A rule about an update and the records it wants to change.

    Attributes:
        check: Yields what breaks it.
    """

    check: ProposalCheck


def text_rule(
    id: str, severity: Severity, title: str, *, reason: str, hint: str
) -> Callable[[TextCheck], TextRule]:
    """Make a rule of the function below it."""
    return lambda check: TextRule(
        id=id, severity=severity, title=title, reason=reason, hint=hint, check=check
    )


def update_rule(
    id: str, severity: Severity, title: str, *, reason: str, hint: str
) -> Callable[[ProposalCheck], UpdateRule]:
    """Make a rule of the function below it."""
    return lambda check: UpdateRule(
        id=id, severity=severity, title=title, reason=reason, hint=hint, check=check
    )

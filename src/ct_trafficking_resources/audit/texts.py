"""The audit of one text, and whether a piece of text is, as a whole, a known contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.audit.engine import Lines, examine, finding, kit_for
from ct_trafficking_resources.audit.known import UNKNOWN, Standing
from ct_trafficking_resources.audit.links import links
from ct_trafficking_resources.audit.scene import Scene
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.phone import ascii_digits, digits_of, spell

if TYPE_CHECKING:
    from ct_trafficking_resources.audit.known import Judgement, Known
    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.edition.directory import Directory


def audit_text(
    text: str,
    directory: Directory | None = None,
    *,
    name: str = "<text>",
    hand_typed: bool = False,
) -> tuple[Finding, ...]:
    """Return what is wrong with the contacts in a text.

    Finds wrong forms of known contacts, numbers one slip away from a known one,
    and values that were withdrawn or replaced. Contacts of others are left
    alone. docs/audit.md lists the rules.

    Args:
        text: The text, in any markup or programming language.
        directory: The edition to compare with; ``load()`` if None.
        hand_typed: Also find values that are right but typed in by hand.
        name: What to call the text in the findings, such as the name of a file.

    Returns:
        The findings, in the order of the text. Each has the line and column,
        counted from 1, and what to write instead if that is known.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> (finding,) = ctr.audit_text("Call 1-800-373-7888, day and night.")
        >>> finding.rule, finding.place.column, finding.replacement
        ('CTR410', 6, '1-888-373-7888')
    """
    kit = kit_for(directory or load())
    scene = Scene(text=text, known=kit.known, names=kit.names)
    drafts = examine(scene, hand_typed=hand_typed)
    if not drafts:
        return ()
    lines = Lines(text)
    return tuple(finding(draft, text, lines, name) for draft in drafts)


def is_known(text: str, directory: Directory | None = None) -> bool:
    """Tell whether a piece of text is, as a whole, a contact in the data.

    Made for filters that redact phone numbers but must let help lines through.
    Any grouping counts, and so do a number in letters, a link and an address. A
    code for text messages and a number such as 911 count by themselves.

    Args:
        text: What the filter is about to redact.
        directory: The edition to compare with; ``load()`` if None.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> ctr.is_known("+1 (888) 373-7888"), ctr.is_known("1-800-373-7888")
        (True, False)
    """
    known = kit_for(directory or load()).known
    piece = ascii_digits(text).strip().strip(",;:!?\"'<>").rstrip(".")
    return _judge(piece, known).standing == Standing.CURRENT


def _judge(piece: str, known: Known) -> Judgement:
    link = next(links(piece), None)
    if link is not None and (link.start, link.end) == (0, len(piece)):
        return _judge_digits(link.digits, known)
    if "@" in piece:
        return known.email(piece.removeprefix("mailto:").lower())
    address = known.url(piece.removeprefix("https://").removeprefix("http://").lower())
    if address.standing == Standing.CURRENT:
        return address
    if not any(map(str.isdigit, piece)) and piece.upper() not in known.vanities:
        return UNKNOWN
    return _judge_digits(spell(piece), known)


def _judge_digits(digits: str, known: Known) -> Judgement:
    for judged in (known.n11(digits), known.code(digits)):
        if judged.standing == Standing.CURRENT:
            return judged
    return known.number(digits_of(digits))

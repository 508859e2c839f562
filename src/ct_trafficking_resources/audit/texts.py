"""The audit of one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.audit.engine import Lines, examine, finding, kit_for
from ct_trafficking_resources.audit.scene import Scene
from ct_trafficking_resources.edition.loading import load

if TYPE_CHECKING:
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

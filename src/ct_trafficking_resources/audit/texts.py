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

    Contacts of others are none of its business: a number that is neither known
    nor close to a known one is passed over.

    Args:
        text: Prose or source code, in any format.
        directory: What to compare with; the newest edition if not given.
        name: What the text is called in the findings, such as the name of its
            file.
        hand_typed: Also name, as notes, the values that are right but typed in
            by hand, with what gives them.

    Returns:
        The findings in the order of the text. Each has the record, what is
        right, and Python that gives it.
    """
    kit = kit_for(directory or load())
    scene = Scene(text=text, known=kit.known, names=kit.names)
    drafts = examine(scene, hand_typed=hand_typed)
    if not drafts:
        return ()
    lines = Lines(text)
    return tuple(finding(draft, text, lines, name) for draft in drafts)

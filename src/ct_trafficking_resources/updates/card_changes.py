"""Every card that an update would change, before and after."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.vocabulary import Audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.directory import Directory

_AROUND = 2
"""Lines that are shown around a line that differs."""


@attrs.frozen(kw_only=True)
class CardChange:
    """A card that an update would change.

    Attributes:
        audience: Whom the card is for.
        language: Its language.
        before: Its text as it is.
        after: Its text as it would be.
    """

    audience: Audience
    language: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.audience.value}, {self.language}"

    def diff(self) -> list[str]:
        """Return the lines that differ, and those around them, as in a unified diff."""
        old, new = self.before.splitlines(), self.after.splitlines()
        return list(unified_diff(old, new, lineterm="", n=_AROUND))[2:]


def card_changes(before: Directory, after: Directory) -> Iterator[CardChange]:
    """Yield the cards that differ between two states of an edition.

    A card shows help channels and nothing else: without a change to one, none
    is drawn.
    """
    if before.channels == after.channels:
        return
    from ct_trafficking_resources.cards import card, languages

    for audience in Audience:
        for language in languages():
            old, new = (card(audience, language, directory=one).text() for one in (before, after))
            if old != new:
                yield CardChange(audience=audience, language=language, before=old, after=new)

"""A comparison written down, for a terminal and for a changelog."""

from __future__ import annotations

from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

from ct_trafficking_resources.comparison.effects import HEADINGS, UNSEEN, Effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.comparison.changes import Change, Comparison, Kept, Side

_WIDTH = 100
_KINDS = {
    "help-channel": "help channels",
    "organization": "organizations",
    "task-force": "task forces",
    "law": "laws",
}
_NOTHING = "Nothing changed."
_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#"})


def text(comparison: Comparison) -> str:
    """Return the comparison for a person at a terminal."""
    lines = [f"From {_side(comparison.old)} to {_side(comparison.new)}", ""]
    for heading, entries in sections(comparison):
        lines.append(heading)
        lines += [
            fill(
                entry,
                _WIDTH,
                initial_indent="  ",
                subsequent_indent="      ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for entry in entries
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def markdown(comparison: Comparison) -> str:
    """Return the comparison as Markdown, for a changelog."""
    lines = [f"From {_side(comparison.old)} to {_side(comparison.new)}.", ""]
    for heading, entries in sections(comparison):
        lines += [f"**{heading}**", ""]
        lines += [f"- {entry.translate(_MARKUP)}" for entry in entries]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _side(side: Side) -> str:
    return f"{side.edition} ({side.status}, {side.released.day} {side.released:%B %Y})"


def sections(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """Yield a heading and its entries, most harmful effect first."""
    if not comparison.changes:
        yield _NOTHING, []
    if comparison.kept:
        yield "Still the same", list(_kept(comparison.kept))
    for effect, heading in HEADINGS.items():
        changes = comparison.of(effect)
        if changes:
            yield heading, list(_entries(changes))


def _kept(kept: Iterable[Kept]) -> Iterator[str]:
    for (record, name), group in groupby(kept, key=lambda one: (one.record, one.name)):
        yield f"{name} ({record}): {'; '.join(one.value for one in group)}"


def _entries(changes: tuple[Change, ...]) -> Iterator[str]:
    """Yield one entry for each record, and one for all that were added of a kind."""
    whole = [one for one in changes if one.effect is Effect.ADDED and one.contact is None]
    others = (one for one in changes if one not in whole)
    for (record, name), group in groupby(others, key=lambda one: (one.record, one.name)):
        yield f"{name} ({record}): {'; '.join(dict.fromkeys(map(_told, group)))}"
    for kind, plural in _KINDS.items():
        names = [f"{one.name} ({one.record})" for one in whole if one.kind == kind]
        if names:
            yield f"{len(names)} {plural if len(names) > 1 else plural[:-1]}: {'; '.join(names)}"


def _told(change: Change) -> str:
    """Return one change in words; its record is named before it."""
    what = change.what.replace("_", " ")
    place = f"{change.contact} " if change.contact and change.contact != change.what else ""
    if change.effect in UNSEEN:
        return f"{place}{what}"
    if change.effect is Effect.RENAMED:
        formerly = f" ({change.formerly})" if change.formerly else ""
        told = f"until then {change.before}{formerly}"
    elif change.effect is Effect.WITHDRAWN:
        told = change.before or "the whole record"
    elif change.effect is Effect.ADDED:
        told = change.after or ""
    elif change.effect in _PLAIN and change.before:
        told = f"{place}{change.before} -> {change.after or 'nobody'}"
    elif change.before and change.after:
        told = f"{place}{what} {change.before} -> {change.after}"
    elif change.after:
        told = f"{place}{what}, not known before: {change.after}"
    else:
        told = f"{place}{what}, no longer: {change.before}"
    return f"{told} ({change.why.rstrip('.')})" if change.why else told


_PLAIN = {Effect.NUMBER, Effect.CODE, Effect.ADDRESS, Effect.OPERATOR}
"""Effects whose values say themselves what they are."""

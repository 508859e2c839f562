"""What can be seen of the library from outside, group by group.

Only public names and the command line are used. To see what a group holds, read the
function that it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import commands, library, partners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .bench import Entry

GROUPS: dict[str, Callable[[], Iterator[Entry]]] = {
    "directory": library.directories,
    "digest": library.digests,
    "contact": library.contacts,
    "card": library.cards,
    "export": library.exports,
    "freshness": library.freshness,
    "compare": library.comparisons,
    "find": library.searches,
    "audit": library.audits,
    "reply": library.replies,
    "known": library.known,
    "lock": library.locks,
    "override": library.overrides,
    "load": library.own_editions,
    "refused": library.refused,
    "update": partners.updates,
    "lines": partners.lines,
    "apply": partners.applications,
    "update-command": partners.update_commands,
    "command": commands.commands,
}
"""The first part of the name of an entry, and what yields the entries."""

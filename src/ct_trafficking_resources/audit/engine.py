"""From a text to findings: find, judge, settle, put into words."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ct_trafficking_resources.audit import policy, rules
from ct_trafficking_resources.audit.judges import JUDGES, typed
from ct_trafficking_resources.audit.known import Known, known_of
from ct_trafficking_resources.audit.names import Names
from ct_trafficking_resources.audit.prefilter import Prefilter
from ct_trafficking_resources.audit.scene import Draft
from ct_trafficking_resources.audit.spots import apart
from ct_trafficking_resources.checks.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.audit.scene import Scene
    from ct_trafficking_resources.edition.directory import Directory

_SHOWN = 120
_LEAVE_OUT = "Leave it out: nothing is known to replace it."
_FIRST_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?])\s")
_RANK = {rule.id: rank for rank, rule in enumerate(rules.PRECEDENCE)}


class Kit(NamedTuple):
    """What an audit against one directory needs, built once."""

    known: Known
    names: Names
    prefilter: Prefilter


@lru_cache(maxsize=8)
def kit_for(directory: Directory) -> Kit:
    """Return what an audit against a directory needs."""
    known, names = known_of(directory), Names(directory)
    return Kit(known, names, Prefilter(known, names))


def examine(scene: Scene, *, hand_typed: bool = False) -> tuple[Draft, ...]:
    """Return what there is to say about a text, in the order of the text.

    Args:
        scene: The text.
        hand_typed: Also say what is right but typed in by hand.
    """
    judges = (*JUDGES, typed) if hand_typed else JUDGES
    return settle(draft for judge in judges for draft in judge(scene))


def settle(drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Return the drafts that speak: of those about the same text the most telling one."""
    return apart(sorted(drafts, key=lambda one: (_RANK[one.rule.id], one.start, -one.end)))


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str, line: int = 1, column: int = 1) -> None:
        """Note the lines of a text that begins at a line and column of its file."""
        self._line, self._column = line, column
        self._starts = [0]
        end = text.find("\n")
        while end >= 0:
            self._starts.append(end + 1)
            end = text.find("\n", end + 1)

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column of a character, both counted from 1."""
        index = bisect_right(self._starts, offset) - 1
        column = offset - self._starts[index] + 1
        return self._line + index, column + (self._column - 1 if index == 0 else 0)


def finding(draft: Draft, text: str, lines: Lines, name: str) -> Finding:
    """Put a draft into words.

    Args:
        draft: What there is to say.
        text: The text it is about.
        lines: The lines of that text.
        name: What the text is called: the name of its file.
    """
    line, column = lines.at(draft.start)
    end_line, end_column = lines.at(draft.end)
    right, found = draft.right, text[draft.start : draft.end]
    shown, expression = _right_form(draft)
    words = {
        "found": _clip(found),
        "name": draft.name or (right and right.name) or (right and right.text) or "",
        "right": shown or "",
        "other": _clip(draft.other or ""),
        "why": _FIRST_SENTENCE.split(draft.why, maxsplit=1)[0],
        "slip": draft.slip,
    }
    message = draft.rule.message if words["name"] else draft.rule.message.replace(": {name}", "")
    return Finding(
        rule=draft.rule.id,
        severity=draft.rule.severity,
        place=Place(file=name, line=line, column=column, end_line=end_line, end_column=end_column),
        message=message.format(**words).strip(),
        hint=draft.rule.hint.format(**words)
        if right or "{right}" not in draft.rule.hint
        else _LEAVE_OUT,
        found=found,
        record=(right and right.record) or draft.record,
        replacement=shown if draft.rule in rules.REPLACES else None,
        expression=expression,
    )


def _right_form(draft: Draft) -> tuple[str | None, str | None]:
    """Return what replaces the text, as a link where it is one, and what gives it."""
    right = draft.right
    if right is None:
        return None, None
    if draft.link and right.uri is not None:
        expression = right.expression and right.expression.removesuffix(".display") + ".uri"
        return right.uri, expression
    return right.text, right.expression


def _clip(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}\u2026"


# --- comments that tell the audit to ignore a line, each with a reason ---------------------------

_COMMENT = re.compile(
    rf"{policy.IGNORE}(?:\[(?P<rules>[A-Z0-9, ]{{1,200}})\])?(?P<reason>[^\n]{{0,400}})"
)
_WORD = re.compile(r"[^\W_]{2}")
_CLOSERS = re.compile(r"(?:-->|\*/|#\}|%>|--\}\}|\*\}|\"\"\"|''')\s*.*\Z")


@rules.finds(rules.NO_REASON)
def ignored(text: str, drafts: Iterable[Draft], lines: Lines) -> Iterator[Draft]:
    """Yield the drafts that no comment silences, and the comments without reason."""
    silenced: dict[int, frozenset[str] | None] = {}
    for match in _COMMENT.finditer(text):
        reason = _CLOSERS.sub("", match["reason"])
        if _WORD.search(reason) is None:
            yield Draft(
                rule=rules.NO_REASON, start=match.start(), end=match.start() + len(policy.IGNORE)
            )
            continue
        line = lines.at(match.start())[0]
        only = match["rules"]
        which = frozenset(re.findall(r"CTR\d+", only)) if only else None
        silenced[line + _stands_alone(text, match.start())] = which
    for draft in drafts:
        line = lines.at(draft.start)[0]
        if line not in silenced:
            yield draft
        else:
            which = silenced[line]
            if which is not None and draft.rule.id not in which:
                yield draft


def _stands_alone(text: str, start: int) -> bool:
    """Tell whether nothing but the beginning of a comment stands before a place on its line."""
    begin = text.rfind("\n", max(0, start - 400), start) + 1
    return _WORD.search(text[begin:start]) is None

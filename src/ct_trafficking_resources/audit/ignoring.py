"""Comments that tell the audit to ignore a line, each with a reason.

``ct-resources: ignore a test of the old number`` silences what is found on its
line; alone on a line, it silences the next one. ``ignore[CTR410] reason``
silences one rule only. Without a reason nothing is ignored, and the comment is
a finding itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.audit import rules
from ct_trafficking_resources.audit.scene import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.audit.engine import Lines

MARK = "ct-resources: ignore"

_COMMENT = re.compile(rf"{MARK}(?:\[(?P<rules>[A-Z0-9, ]{{1,200}})\])?(?P<reason>[^\n]{{0,400}})")
_WORD = re.compile(r"[^\W_]{2}")
_CLOSERS = re.compile(r"(?:-->|\*/|#\}|%>|--\}\}|\*\}|\"\"\"|''')\s*.*\Z")


@rules.finds(rules.NO_REASON)
def ignored(text: str, drafts: Iterable[Draft], lines: Lines) -> Iterator[Draft]:
    """Yield the drafts that no comment silences, and the comments without reason."""
    silenced: dict[int, frozenset[str] | None] = {}
    for match in _COMMENT.finditer(text):
        reason = _CLOSERS.sub("", match["reason"])
        if _WORD.search(reason) is None:
            yield Draft(rule=rules.NO_REASON, start=match.start(), end=match.start() + len(MARK))
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

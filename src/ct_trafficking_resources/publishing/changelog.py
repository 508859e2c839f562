"""The data part of CHANGELOG.md: what changed from edition to edition, by effect.

It stands between two marks and is made from the editions, so that it cannot
say what they do not.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

from ct_trafficking_resources.codec import decode
from ct_trafficking_resources.comparison import compare
from ct_trafficking_resources.directory import Directory
from ct_trafficking_resources.history import History

if TYPE_CHECKING:
    from ct_trafficking_resources.publishing.compile import Shipped

BEGIN = "<!-- data: made by `ct-resources release` from the editions; do not edit by hand -->"
END = "<!-- data: end -->"


def with_data_part(changelog: str, shipped: Shipped) -> str:
    """Return a changelog with the data part that the editions give.

    A changelog without the marks gets them at its end.
    """
    part = f"{BEGIN}\n\n{data_part(shipped)}\n{END}"
    before, begin, rest = changelog.partition(BEGIN)
    if not begin:
        return f"{before.rstrip()}\n\n{part}\n".lstrip()
    return f"{before}{part}{rest.partition(END)[2]}"


def data_part(shipped: Shipped) -> str:
    """Return what changed from edition to edition, the newest first, as Markdown."""
    editions = directories(shipped)
    parts = ["## Data", ""]
    for old, new in reversed(list(pairwise(editions.values()))):
        parts += [f"### Edition {new.edition}", "", compare(old, new).markdown()]
    return "\n".join(parts)


def directories(shipped: Shipped) -> dict[str, Directory]:
    """Return the shipped editions as directories, by number, oldest first."""
    tombstones, misprints = (
        tuple(map(decode, json.loads(shipped.files[name])["records"]))
        for name in ("tombstones.json", "misprints.json")
    )
    history = History(tombstones=tombstones, misprints=misprints)
    return {
        number: Directory(json.loads(data), "", revoked=shipped.revoked, history=lambda: history)
        for number, data in shipped.editions.items()
    }

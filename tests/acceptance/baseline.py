"""The baseline: a digest of everything that can be seen of the library from outside.

It was made once, before the modules were arranged anew, and is committed as
``baseline.json``: the name of an entry, and the first 16 digits of the SHA-256 of its
text. That file is never written again. An entry that is meant to change is accepted: it
is added to ``baseline-changes.json`` with its old and new digest and the reason. What is
expected is the baseline with those changes applied in order.

::

    python tests/acceptance/baseline.py check                # what differs; exit status 1
    python tests/acceptance/baseline.py write DIR            # every text, for diff -r
    python tests/acceptance/baseline.py accept 'card/*' --why "The poster says so."

To see what changed, check out the older commit in another folder, run ``write`` there
and here, and compare the two folders.

What is seen: see the package ``observed``. The data are those of ``tests/cases/sample``,
so that a release changes no entry. These are samples, so that all of it takes less
than half a minute: workbooks of forms (every fifth organization), ``validate`` in other
formats than text (every sixth file of the cases, every third update of a real partner),
``apply`` (every second update, and every fourth case of a rule, each of which is also loaded
as an edition file), texts audited against an old edition and an override (every ninth).

What is not seen: ``build`` and ``release``, and their help; ``--version``; checks in several
processes; what a terminal shows (colors, links, progress). The digests hold for the versions
of click, phonenumberslite, openpyxl and segno that a fresh install brings: another one may
word a usage error, read a number, or draw a code in another way.
"""

from __future__ import annotations

import argparse
import json
import sys
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from observed.bench import Entry

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))

import sample_data  # noqa: E402 - found on the path that was just set

BASELINE = FOLDER / "baseline.json"
CHANGES = FOLDER / "baseline-changes.json"

_DIGITS = 16
_SHOWN = 40
"""Names that are listed of each sort of difference; the others are counted."""

Digests = dict[str, str]


class Difference(NamedTuple):
    """An entry that is not what is expected.

    Attributes:
        entry: Its name.
        old: The expected digest, or None if the entry is new.
        new: The present digest, or None if the entry is missing.
    """

    entry: str
    old: str | None
    new: str | None

    @property
    def sort(self) -> str:
        """``missing``, ``new`` or ``changed``."""
        if self.new is None:
            return "missing"
        return "new" if self.old is None else "changed"

    def __str__(self) -> str:
        return f"{self.sort}: {self.entry} ({self.old} -> {self.new})"


# --- what is seen --------------------------------------------------------------------


def groups() -> tuple[str, ...]:
    """Return the groups of entries: the first part of their names."""
    from observed import GROUPS

    return tuple(GROUPS)


def observe(group: str) -> Iterator[Entry]:
    """Yield name and content of every entry of a group.

    Raises:
        ValueError: A name is given twice, or belongs to another group.
    """
    from observed import GROUPS

    sample_data.use(sample_data.SAMPLE)
    seen = set()
    for name, content in GROUPS[group]():
        if name in seen or group_of(name) != group:
            raise ValueError(f"{name} is given twice, or is not of the group {group}")
        seen.add(name)
        yield name, content


def as_bytes(content: str | bytes) -> bytes:
    """Return the bytes of a content; half a character stays visible."""
    return content if isinstance(content, bytes) else content.encode(errors="backslashreplace")


def digest_of(content: str | bytes) -> str:
    """Return the beginning of the SHA-256 of a content."""
    return sha256(as_bytes(content)).hexdigest()[:_DIGITS]


def present(names: Iterable[str]) -> Digests:
    """Return the digest of every entry of some groups, as the library is now."""
    return {name: digest_of(content) for group in names for name, content in observe(group)}


def group_of(entry: str) -> str:
    """Return the group of an entry."""
    return entry.partition("/")[0]


# --- what is expected ----------------------------------------------------------------


def read(path: Path, default: Any) -> Any:
    """Return the JSON of a file, or a default if there is no file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else default


def applied(baseline: Digests, changes: Iterable[dict[str, Any]]) -> tuple[Digests, list[str]]:
    """Return what is expected, and which changes do not fit.

    Args:
        baseline: The digests as they were first.
        changes: What was accepted since, in order; each has a reason (``why``) and
            ``entries``: name to ``{"old": ..., "new": ...}``. None stands for no entry.
    """
    expected = dict(baseline)
    problems = []
    for number, change in enumerate(changes, 1):
        if not change.get("why", "").strip():
            problems.append(f"change {number} has no reason")
        for entry, digest in change["entries"].items():
            was = expected.pop(entry, None)
            if was != digest["old"]:
                problems.append(
                    f"change {number}, {entry}: it says the old digest is {digest['old']},"
                    f" but it was {was}"
                )
            if digest["new"] is not None:
                expected[entry] = digest["new"]
    return expected, problems


def expected_digests() -> tuple[Digests, list[str]]:
    """Return what is expected by the committed files, and what is wrong with these."""
    return applied(read(BASELINE, {}), read(CHANGES, []))


def differences(expected: Digests, now: Digests, names: Iterable[str]) -> list[Difference]:
    """Return the entries of some groups that are not what is expected, by name."""
    wanted = frozenset(names)
    entries = sorted(one for one in expected.keys() | now.keys() if group_of(one) in wanted)
    found = (Difference(one, expected.get(one), now.get(one)) for one in entries)
    return [one for one in found if one.old != one.new]


def told(found: Iterable[Difference]) -> str:
    """Return differences as a text for a person: counted, and the first ones listed."""
    several = list(found)
    lines = []
    for sort in ("changed", "missing", "new"):
        entries = [one for one in several if one.sort == sort]
        if entries:
            lines.append(f"{len(entries)} {sort}:")
            lines += [f"  {one.entry}" for one in entries[:_SHOWN]]
            lines += [f"  and {len(entries) - _SHOWN} more"] * (len(entries) > _SHOWN)
    return "\n".join(lines)


# --- the commands --------------------------------------------------------------------


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def check(names: tuple[str, ...]) -> int:
    """Print what differs; return the exit status."""
    expected, problems = expected_digests()
    now = present(names)
    found = differences(expected, now, names)
    unknown = sorted({group_of(one) for one in expected} - set(groups()))
    problems += [f"there is no group {one} any more" for one in unknown]
    for problem in problems:
        say(problem)
    if found:
        say(told(found))
        say("If a change is meant: baseline.py accept ENTRY-PATTERN --why REASON")
    say(f"{len(now)} entries, {len(found)} differ.")
    return 1 if found or problems else 0


def write(folder: Path, names: tuple[str, ...]) -> int:
    """Write the text of each entry into a folder; return the exit status."""
    count = 0
    for group in names:
        for name, content in observe(group):
            path = folder / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_bytes(content))
            count += 1
    say(f"wrote {count} entries into {folder}")
    return 0


def accept(pattern: str, why: str) -> int:
    """Accept the entries that differ and fit a pattern; return the exit status."""
    if not why.strip():
        say("Give a reason.")
        return 2
    expected, problems = expected_digests()
    if problems:
        say("\n".join(problems))
        return 2
    first = group_of(pattern)
    names = (first,) if first in groups() else groups()
    found = differences(expected, present(names), names)
    fitting = [one for one in found if fnmatchcase(one.entry, pattern)]
    if not fitting:
        say(f"No entry that differs fits {pattern!r}.")
        return 1
    change = {
        "pattern": pattern,
        "why": why,
        "entries": {one.entry: {"old": one.old, "new": one.new} for one in fitting},
    }
    changes = [*read(CHANGES, []), change]
    CHANGES.write_text(json.dumps(changes, indent=1) + "\n", encoding="utf-8")
    say(told(fitting))
    return 0


def make() -> int:
    """Make the baseline, which is done once; return the exit status."""
    if BASELINE.exists():
        say("There is a baseline, and it is never written again. Accept what is meant.")
        return 2
    made = dict(sorted(present(groups()).items()))
    BASELINE.write_text(json.dumps(made, indent=0) + "\n", encoding="utf-8")
    say(f"wrote {len(made)} entries")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(description="The baseline of what can be seen.")
    parsers = parser.add_subparsers(dest="command", required=True)
    checking = parsers.add_parser("check", help="say what differs from the baseline")
    writing = parsers.add_parser("write", help="write the text of every entry into a folder")
    writing.add_argument("folder", type=Path)
    for one in (checking, writing):
        one.add_argument("--group", action="append", choices=groups(), help="only this group")
    accepting = parsers.add_parser("accept", help="accept entries that are meant to differ")
    accepting.add_argument("pattern", help="such as 'card/*/es/*'; * also stands for a /")
    accepting.add_argument("--why", required=True, help="the reason, in a sentence")
    parsers.add_parser("make", help="make the baseline; only if there is none")
    given = parser.parse_args(arguments)
    match given.command:
        case "check":
            return check(tuple(given.group or groups()))
        case "write":
            return write(given.folder, tuple(given.group or groups()))
        case "accept":
            return accept(given.pattern, given.why)
    return make()


if __name__ == "__main__":
    sys.exit(main())

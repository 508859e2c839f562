"""What happens to a wrong value, and to a right one, at every door; and to a damaged file.

Run it in a checkout, with the extra ``test`` installed::

    nice python benchmarks/reliability.py [bytes] [wrong] [right] [kills] [--write]

Without a word it runs all parts, in about ten minutes on one core. ``--write`` puts the
tables into docs/reliability.md. The exit status is 1 if a damaged file gave another
answer or a traceback, a wrong value went through a door, a right one did not, or a
killed command left a mixture for good.

*bytes* builds the wheel, changes its data files byte by byte, and calls what needs them.

*wrong* takes every telephone number, short code and three-digit number of the newest
edition that victims use. It makes each change of one digit, each swap of neighbors, each
other prefix, and leaves out and doubles each digit. It puts the result wherever a number
can stand, and that through each door. What a run takes of these is drawn evenly, and the
same in each run.

*right* makes changes that must go through.

*kills* kills each command that writes at every step, and fills its disk (POSIX only).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import doors
from kills import kills

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks.schemas import schema_text
from ct_trafficking_resources.clock import today
from ct_trafficking_resources.edition import loading, storage
from ct_trafficking_resources.updates.template import template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reliability.md"
END = "<!-- end -->\n"
FLIPS = 240
"""Places in a file at which a byte is changed."""

PER_DOOR = {
    "form": 1000,
    "form (CSV)": 100,
    "form (XLSX)": 100,
    "build": 6000,
    "release": 4000,
    "override": 800,
    "foreign": 6000,
}
"""Wrong values that are tried at a door."""

ALONE = 60
"""Of the refused values that were tried together, so many are tried alone as well."""

Table = list[list[Any]]


# --- bytes --------------------------------------------------------------------------------------


def uses(name: str) -> Callable[[], object]:
    """Return a call that needs a file of the package, by its path in it."""
    folder, _, file = name.rpartition("/")
    stem = file.partition(".")[0]
    if folder == "data/editions":
        return lambda: [one.to_dict() for one in ctr.load(file.removesuffix(".json"))]
    if folder == "cards/catalogues":
        return lambda: [
            ctr.card(reader, language=stem).to_dict() for reader in ("victim", "public")
        ]
    if folder == "cards/styles":
        return lambda: (ctr.card().html(page=True), ctr.card().poster(qr=False))
    if folder == "data/update-form":
        return lambda: template("pd-bridgeport", "html")
    if folder == "data/schemas":
        return lambda: (schema_text(stem), str(ctr.check_update(b'{"a":1}').findings))
    return {
        "data/index.json": lambda: (ctr.available_editions(), ctr.load().pin),
        "data/tombstones.json": lambda: (ctr.load().tombstones, ctr.audit_text("Text 66008")),
        "data/misprints.json": lambda: (ctr.load().misprints, ctr.audit_text("Text 714714")),
        "data/checksums.json": lambda: ctr.card(language="es").text(),
        "py.typed": lambda: None,
    }[name]


def forget() -> None:
    """Forget everything that was read."""
    for name, module in list(sys.modules.items()):
        if name.startswith("ct_trafficking_resources"):
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", bool)()
    loading._held.clear()  # noqa: SLF001 - as a new process has it
    loading._on_a_day.clear()  # noqa: SLF001


def flips(content: bytes) -> Iterator[bytes]:
    """Yield a file with one bit changed, at places spread over it."""
    count = min(FLIPS, len(content))
    for number in range(count):
        at = number * len(content) // count
        yield content[:at] + bytes([content[at] ^ 1 << number % 8]) + content[at + 1 :]


def other_damage(content: bytes) -> tuple[bytes | None, ...]:
    """Return a file damaged in other ways; None takes it away."""
    lines = content.splitlines(keepends=True)
    half = len(content) // 2
    return (
        *(None, b"", content[:-1], content[1:], content[:half], content * 2, content + b"\n"),
        *(content.replace(b":", b": ", 1), b"".join(reversed(lines)), b"\xff\xfe" + content),
        *(b"[" * 100_000, bytes(len(content)), content[half:] + content[:half]),
    )


def outcome(use: Callable[[], object], right: str) -> str:
    forget()
    try:
        return "right" if repr(use()) == right else "wrong"
    except ctr.ResourceError as error:
        return "said" if type(error).__name__ == "DamagedData" else "traceback"
    except Exception:  # noqa: BLE001 - it is counted
        return "traceback"


def package(folder: Path) -> Path:
    """Build the wheel and unpack it; return the package in it."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "-o", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    shutil.unpack_archive(wheel, folder / "wheel", "zip")
    return folder / "wheel" / "ct_trafficking_resources"


def damage_files(folder: Path) -> tuple[Table, int]:
    made = package(folder)
    was = storage._PACKAGE, storage._DATA  # noqa: SLF001
    storage._PACKAGE, storage._DATA = str(made), str(made / "data")  # noqa: SLF001
    warnings.simplefilter("ignore", ctr.WithdrawnEditionWarning)
    rows: Table = []
    bad = 0
    total: Counter[str] = Counter()
    for path in sorted(made.rglob("*")):
        name = path.relative_to(made).as_posix()
        if path.is_dir() or path.suffix in {".py", ".pyc"} or name == "py.typed":
            continue
        use, content = uses(name), path.read_bytes()
        forget()
        right = repr(use())
        counts: Counter[str] = Counter()
        for changed in (*flips(content), *other_damage(content)):
            if changed == content:
                continue
            if changed is None:
                path.unlink()
            else:
                path.write_bytes(changed)
            counts[outcome(use, right)] += 1
        path.write_bytes(content)
        rows.append([name, *columns(counts, "said", "right", "wrong", "traceback")])
        total += counts
    rows.append(["all", *columns(total, "said", "right", "wrong", "traceback")])
    bad = total["wrong"] + total["traceback"]
    storage._PACKAGE, storage._DATA = was  # noqa: SLF001
    forget()
    return [
        ["file", "tried", "damage said", "right answer", "wrong answer", "traceback"],
        *rows,
    ], bad


def columns(counts: Counter[str], *names: str) -> list[int]:
    return [counts.total(), *(counts[name] for name in names)]


# --- wrong and right changes ----------------------------------------------------------------------


def try_wrong(folder: Path) -> tuple[Table, int]:
    """Put wrong values through every door; return the table and how many slipped.

    In a records folder and an edition file, values of different records are wrong
    together, to save time. What is let in is tried again alone, and so is a sample of
    what is refused.
    """
    rows: Table = []
    for door in doors.doors(folder):
        every = doors.wrong_cases(door.name)
        cases = doors.drawn(every, PER_DOOR[door.name])
        groups = doors.in_company(cases) if door.is_wide else ([case] for case in cases)
        found = {
            case: verdict
            for group in groups
            for case, verdict in zip(group, doors.verdicts(door, group), strict=True)
        }
        refused = [case for case, verdict in found.items() if verdict == "refused"]
        again = doors.drawn(refused, ALONE) + [case for case in found if case not in set(refused)]
        for case in again if door.is_wide else ():
            (found[case],) = doors.verdicts(door, [case])
        counts: dict[str, Counter[str]] = {place: Counter() for place in doors.PLACES[door.name]}
        for case, verdict in found.items():
            counts[case.place][verdict] += 1
            if verdict != "refused":
                say(f"{verdict} at {door.name}: {case}")
        possible = Counter(case.place for case in every)
        for place, count in counts.items():
            rows.append([door.name, place, possible[place], *columns(count, *VERDICTS)])
    total = [sum(row[column] for row in rows) for column in range(2, 7)]
    head = ["door", "place", "there are", "tried", "refused", "warned", "slipped"]
    return [head, *rows, ["all", "", *total]], total[-1]


VERDICTS = ("refused", "warned", "let in")


def try_right(folder: Path) -> tuple[Table, int]:
    """Put right changes through every door; return the table and how many were refused."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    every = {door.name: door for door in doors.doors(folder)}
    names = ("form", "build", "release", "override", "foreign")
    for change in doors.right_changes():
        for name in names:
            if name == "form" and change.case.record not in doors.OWNERS:
                continue
            if name == "override" and not change.is_value:
                continue
            (verdict,) = doors.verdicts(every[name], [change.case], change.edit)
            counts.setdefault((change.what, name), Counter())[verdict] += 1
            if verdict == "refused":
                say(f"refused at {name}: {change.what}, {change.case}; {every[name].said}")
    for what, name, is_let_in in doors.as_they_are(folder):
        counts[what, name] = Counter({"let in" if is_let_in else "refused": 1})
    rows: Table = [
        [what, name, count.total(), count["let in"] + count["warned"], count["refused"]]
        for (what, name), count in counts.items()
    ]
    total = [sum(row[column] for row in rows) for column in range(2, 5)]
    head = ["change", "door", "tried", "let in", "falsely refused"]
    return [head, *rows, ["all", "", *total]], total[-1]


# --- kills --------------------------------------------------------------------------------------


def try_kills(folder: Path) -> tuple[Table, int]:
    """Kill what writes at every step; return the table and how many left a mixture for good."""
    counts: dict[str, Counter[str]] = {}
    for name, left, read, again in kills(folder):
        count = counts.setdefault(name, Counter())
        count[f"left {left}"] += 1
        count["whole when read"] += read != "mixed"
        count["new when run again"] += again == "new"
        count["steps"] += 1
    names = ("steps", "left old", "left new", "left mixed", "whole when read", "new when run again")
    rows: Table = [[name, *(count[column] for column in names)] for name, count in counts.items()]
    bad = sum(2 * row[1] - row[-1] - row[-2] for row in rows)
    return [["command", "stopped", *names[1:]], *rows], bad


# --- the run -----------------------------------------------------------------------------------


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


PARTS = {
    "bytes": damage_files,
    "wrong": try_wrong,
    "right": try_right,
    "kills": try_kills,
}


def markdown(table: Table) -> str:
    head, *rows = table
    lines = [
        head,
        ["---"] + ["---:" if isinstance(one, int) else "---" for one in rows[0][1:]],
        *rows,
    ]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def put(name: str, text: str) -> None:
    """Write the text of a part into the page, between the marks of the part."""
    begin = f"<!-- figures: {name} -->\n"
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(begin)
    PAGE.write_text(f"{before}{begin}{text}{END}{rest.partition(END)[2]}", encoding="utf-8")


def main(words: list[str]) -> int:
    bad = 0
    for name in [name for name in PARTS if name in words] or PARTS:
        start = sum(os.times()[:4])
        with tempfile.TemporaryDirectory() as folder:
            table, wrong = PARTS[name](Path(folder))
        bad += wrong
        seconds = round(sum(os.times()[:4]) - start)
        day = today()
        took = f"{day.day} {day:%B %Y}, `python benchmarks/reliability.py {name}`"
        text = f"\n{took}, {seconds} seconds of processor time.\n\n{markdown(table)}\n"
        print(text)
        if "--write" in words:
            put(name, text)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

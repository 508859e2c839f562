"""Write the parts of the docs that follow from the code.

::

    python docs/generate.py            write docs/rules.md, docs/update-rules.md, the tables
                                       in other pages, and what type checkers read of the
                                       public names
    python docs/generate.py --check    say whether they are up to date
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))  # a page of its own stands beside this file
import update_rules

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cards.selection import ON_NO_CARD, POLICIES
from ct_trafficking_resources.checks.rules import all_rules
from ct_trafficking_resources.updates import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

INIT = Path(ctr.__file__)
TYPING_BEGIN = "    # From the table above, by `python docs/generate.py`.\n"
TYPING_END = "    # end\n"
LONGEST_LINE = 101  # with its end
PAGE = Path(__file__).with_name("rules.md")
AUDIT_PAGE = Path(__file__).with_name("audit.md")
CARDS_PAGE = Path(__file__).with_name("cards.md")
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"
INTRODUCTION = """# Rules of the records

`ct-resources build` checks all of this, and `ct-resources release` and `ct-resources apply` write
nothing unless it holds. Each finding names the file, line, column and JSON Pointer, and says what
to do.

## The files

| rule | what must hold |
|---|---|
| CTR001-CTR009 | the file is JSON as RFC 7493 wants it, within the limits |
| CTR100 | the record fits its schema |
| CTR101 | the file is named after the record's id |
| CTR102 | nothing else stands in the folder |
| CTR103 | the header of the edition, the register of ids and `editions.json` are there |
| CTR105 | the file is in canonical form |
| CTR106 | every id is registered, keeps its kind, and is never gone without a tombstone |
| CTR107 | every date is a day of the calendar |
| CTR108 | a shipped edition is what it was when it was released |
| CTR109 | only a released edition is withdrawn |

## The values

| rule | what must hold | why |
|---|---|---|
"""

EDITIONS = """
## Files from outside, locks, overrides, releases

| rule | what must hold |
|---|---|
| CTR110 | a file of your own is there, has its digest, and is not too large |
| CTR501 | the edition that an app locked is there, with exactly these bytes |
| CTR502 | it is not withdrawn |
| CTR503 | it holds every record that the lock names |
| CTR504 | no value that the lock names is revoked |
| CTR505 | the lock says what the edition says, digit by digit |
| CTR506 | the newest edition says the same, in its effect |
| CTR507 | no value is older than the lock allows, or stale |
| CTR521 | an override ends on or after the day it is issued, within 30 days |
| CTR522 | it names values that the edition shows |
| CTR523 | a new value has sources of two publishers, one of them first-hand |
| CTR524 | it hides ten contact points at most, and leaves 911 and a way to the national hotline |
| CTR541 | the number of a release is year, month and count (0 to 998), no zeros in front |
| CTR542 | it is new, and goes forward |
| CTR543 | what victims used is not taken away without a tombstone |
| CTR544 | what victims use changes on two independent sources read for it, one first-hand |
| CTR545 | where the new number is one slip away from the old one, the partner confirmed it |
| CTR546 | the day of a candidate or release is one that a clock can show |
"""
READING = """
## Reading what a partner sent

The examples are files in `tests/cases/updates/files/`, with what is said of them. The right one is
the same for all: `base.json`, `base.csv` and `base.xlsx`, the form as it is drawn.

| rule | what must hold | why | wrong |
|---|---|---|---|
"""
FILES = Path(__file__).parents[1] / "tests/cases/updates"


def page() -> str:
    """Return the text of docs/rules.md."""
    rows = "".join(f"| {rule.id} | {rule.title} | {rule.reason} |\n" for rule in all_rules("CTR2"))
    of_reading = "".join(
        f"| {rule.id} | {rule.title} | {rule.reason} | {_wrong_file(rule.id)} |\n"
        for rule in all_rules("CTR0")
    )
    return INTRODUCTION + rows + EDITIONS + READING + of_reading


def _wrong_file(rule: str) -> str:
    """Return a file that breaks a rule of reading, and what is said of it."""
    cases = json.loads((FILES / "files.json").read_text(encoding="utf-8"))
    for name in sorted(cases, key=lambda name: (len(cases[name]["findings"]), name)):
        if any(one.endswith(f" {rule}") for one in cases[name]["findings"]):
            found = reading.read((FILES / "files" / name).read_bytes(), name=name).findings
            said = next(one.message for one in found if one.rule == rule)
            return f"`{name}`: {said.replace('|', chr(92) + '|')}"
    return "a file that the tests make"


def audit_page() -> str:
    """Return the text of docs/audit.md: what is written there, with the table of the rules."""
    written, heading, _ = AUDIT_PAGE.read_text(encoding="utf-8").partition("## Rules\n")
    rows = (
        f"| {rule.id} | {rule.severity} | {rule.title} | {rule.reason} |\n"
        for rule in all_rules("CTR4")
    )
    return (
        f"{written}{heading}\n| rule | severity | what must hold | why |\n|---|---|---|---|\n"
        + ("".join(rows))
    )


def cards_page() -> str:
    """Return the text of docs/cards.md with its tables written anew."""
    before, _, rest = CARDS_PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}{''.join(_tables())}{END}{rest.partition(END)[2]}"


def _tables() -> Iterator[str]:
    yield f"{ON_NO_CARD}\n"
    for audience, policy in POLICIES.items():
        yield f"\n### {audience}\n\n{policy.reason}\n\n"
        others = ", ".join(f"`{one}`" for one in policy.draws_on)
        yield f"Lines for {others}, reached by {', '.join(policy.modes)}"
        yield f"{'; lines that only take tips too' if policy.tips else ''}.\n\n"
        yield "| the card answers, in this order | why it stands here |\n|---|---|\n"
        yield from (f"| {need.purpose} | {need.reason} |\n" for need in policy.needs)
    yield "\n"


def public_names() -> str:
    """Return the text of the package's `__init__`, its imports made from its table."""
    before, mark, rest = INIT.read_text(encoding="utf-8").partition(TYPING_BEGIN)
    imports = "".join(_import(home, names) for home, names in ctr._NAMES.items())  # noqa: SLF001
    return f"{before}{mark}{imports}{TYPING_END}{rest.partition(TYPING_END)[2]}"


def _import(home: str, names: tuple[str, ...]) -> str:
    """Return the import of public names, as ruff lays it out."""
    start, parts = f"    from {ctr.__name__}.{home} import ", [f"{one} as {one}" for one in names]
    line = f"{start}{', '.join(parts)}\n"
    if len(line) <= LONGEST_LINE:
        return line
    return f"{start}(\n{''.join(f'        {part},{chr(10)}' for part in parts)}    )\n"


PAGES = (
    (INIT, public_names),
    (PAGE, page),
    (AUDIT_PAGE, audit_page),
    (CARDS_PAGE, cards_page),
    (Path(__file__).with_name("update-rules.md"), update_rules.page),
)

if __name__ == "__main__":
    for path, make in PAGES:
        if "--check" not in sys.argv:
            path.write_text(make(), encoding="utf-8")
        elif path.read_text(encoding="utf-8") != make():
            sys.exit(f"docs/{path.name} is out of date: run python docs/generate.py")

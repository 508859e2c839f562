"""Write what follows from the code: parts of the docs, and what repeats a fact for a machine.

::

    python docs/generate.py            write docs/rules.md, docs/update-rules.md, the tables
                                       in other pages, what type checkers read of the public
                                       names, and the fields in schemas/update.schema.json
    python docs/generate.py --check    say whether they are up to date
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cards.selection import ON_NO_CARD, POLICIES
from ct_trafficking_resources.checks.rules import all_rules
from ct_trafficking_resources.model.fields import keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ct_trafficking_resources.checks.rules import Rule

INIT = Path(ctr.__file__)
TYPING_BEGIN = "    # From the table above, by `python docs/generate.py`.\n"
TYPING_END = "    # end\n"
LONGEST_LINE = 101  # with its end
DOCS = Path(__file__).parent
AUDIT_PAGE, CARDS_PAGE = DOCS / "audit.md", DOCS / "cards.md"
BEGIN, END = "<!-- tables: begin -->\n", "<!-- tables: end -->\n"
CASES = DOCS.parent / "tests" / "cases" / "rules"
RULES = """# Rules of the records

`ct-resources build` checks all of this, and `ct-resources release` and `ct-resources apply` write
nothing unless it holds. Each finding names the file, line, column and JSON Pointer, and says what
to do.

## The files

A file is JSON as RFC 7493 wants it, within the limits: CTR001 to CTR009, below.
"""
UPDATE_RULES = """# Rules of updates

What `ct-resources validate` looks at in a partner's update, besides what every record must fulfil
(see [the rules of the records](rules.md)). An *error* keeps the update out; a *warning* is for a
person to look at; a *note* says what was done.

The examples change a fictional form and are the test cases themselves: the first wrong and the
first right one of each rule in `tests/cases/rules/update/`. `records/0` is the first record in the
form, `contacts/0` its first contact point.

## Before the rules

| rule | what must hold |
|---|---|
| CTR001-CTR050 | the file can be read, within the limits, and what was typed in one way |
| CTR100 | the update fits [its schema](data.md); a finding says what was probably meant |
| CTR107 | every date is a day of the calendar |
| CTR200-CTR299 | the records would be right after the update |

## When an update is applied, and in files of lines
"""
FILES = """
The examples are from the cases in `tests/cases/rules/file/`; files that they name stand in
`tests/cases/updates/files/`.
"""
OUTSIDE = ("CTR110", "CTR5")
ALONE = ("CTR36", "CTR37")
"""Rules of updates that are not asked of a form."""


def rules_page() -> str:
    """Return the text of docs/rules.md."""
    of_files = [rule for rule in all_rules("CTR1") if not rule.id.startswith(OUTSIDE)]
    of_others = [rule for rule in all_rules() if rule.id.startswith(OUTSIDE)]
    return (
        f"{RULES}{_table(of_files)}\n## The values\n{_table(all_rules('CTR2'))}"
        f"\n## Files from outside, locks, overrides, releases\n{_table(of_others)}"
        f"\n## Reading what a partner sent\n{_reading_table()}"
    )


def _table(rules: Iterable[Rule[Any]]) -> str:
    rows = "".join(f"| {rule.id} | {rule.title} | {rule.reason} |\n" for rule in rules)
    return f"\n| rule | what must hold | why |\n|---|---|---|\n{rows}"


def _reading_table() -> str:
    rows = "".join(
        f"| {rule.id} | {rule.title} | {rule.reason} | {_wrong_file(rule.id)} |\n"
        for rule in all_rules("CTR0")
    )
    head = "\n| rule | what must hold | why | wrong, for example |\n|---|---|---|---|\n"
    return f"{FILES}{head}{rows}"


def _wrong_file(rule: str) -> str:
    """Return a file that breaks a rule of reading: its text, or its name."""
    case = _case(rule, "wrong", "file")
    shown = case.get("file", case.get("text"))
    return f"`{shown.strip()}`: {case['why']}" if shown else case["why"]


def _case(rule: str, verdict: str, door: str = "*") -> dict[str, Any]:
    """Return the first case of a rule."""
    file = min(CASES.glob(f"{door}/{rule}-{verdict}-*.json"), key=lambda path: path.name)
    case: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return case


def updates_page() -> str:
    """Return the text of docs/update-rules.md."""
    alone = [rule for rule in all_rules("CTR3") if rule.id.startswith(ALONE)]
    sections = (_section(rule) for rule in all_rules("CTR3") if rule not in alone)
    return "\n".join([f"{UPDATE_RULES}{_table(alone)}", *sections])


def _section(rule: Rule[Any]) -> str:
    return (
        f"## {rule.id}\n\n**{rule.title}** ({rule.severity.value})\n\n"
        f"{rule.reason}\n\nWhat to do: {rule.hint}\n\n"
        f"{_example(rule.id, 'wrong')}\n{_example(rule.id, 'right')}"
    )


def _example(rule: str, verdict: str) -> str:
    case = _case(rule, verdict, "update")
    lines = [
        *(f"meanwhile {_step(step)}" for step in case.get("meanwhile", ())),
        *map(_step, case["patch"]),
        *([f"sent by {case['sender']}"] if "sender" in case else []),
        *(_confirm(**heard) for heard in case.get("confirmed", ())),
    ]
    shown = "\n".join(lines or ["the form as it was drawn"])
    return f"{verdict.capitalize()}: {case['why']}\n\n```text\n{shown}\n```\n"


def _confirm(record: str, contact: str, value: str, **said: str) -> str:
    return f"--confirm '{record}/{contact}={value}' '{said['role']}' {said['way']} {said['day']}"


def _step(step: dict[str, Any]) -> str:
    path = step["path"].removeprefix("/")
    if step["op"] == "remove":
        return f"{path}: taken out"
    return f"{path}: {json.dumps(step['value'])}"


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


SCHEMAS = DOCS.parent / "schemas"


def update_schema() -> str:
    """Return schemas/update.schema.json: in each part, the fields of the record it is about.

    A partner's form has all fields but the evidence, which its sources give, and what is
    private. What an update says in another way than the record stays as it is written there.
    """
    left_out = {"evidence", *keys("private")}
    update = _schema("update")
    for part in update["$defs"].values():
        if "properties" not in part:
            continue
        refs = [field.get("$ref", "") for field in part["properties"].values()]
        record = next(ref.rpartition("/")[0] for ref in refs if "/properties/" in ref)
        part["properties"] = {
            name: part["properties"].get(name, {"$ref": f"{record}/{name}"})
            for name in _fields_at(record)
            if name not in left_out
        }
    return json.dumps(update, indent=2, ensure_ascii=False) + "\n"


def _fields_at(ref: str) -> Any:
    """Return what a reference such as ``...:organization#/properties`` leads to."""
    schema, _, pointer = ref.rpartition(":")[2].partition("#/")
    found = _schema(schema)
    for key in pointer.split("/"):
        found = found[key]
    return found


def _schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


PAGES = (
    (INIT, public_names),
    (SCHEMAS / "update.schema.json", update_schema),
    (DOCS / "rules.md", rules_page),
    (DOCS / "update-rules.md", updates_page),
    (AUDIT_PAGE, audit_page),
    (CARDS_PAGE, cards_page),
)

if __name__ == "__main__":
    for path, make in PAGES:
        if "--check" not in sys.argv:
            path.write_text(make(), encoding="utf-8")
        elif path.read_text(encoding="utf-8") != make():
            sys.exit(f"{path.name} is out of date: run python docs/generate.py")

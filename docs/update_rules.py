"""The page of the rules of updates, made from the rules and from their test cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ct_trafficking_resources.updates.check import UPDATE_RULES
from ct_trafficking_resources.updates.text_rules import TEXT_RULES

CASES = Path(__file__).parents[1] / "tests" / "cases" / "updates-checks"
INTRODUCTION = """# Rules of updates

What `ct-resources validate` looks at in a partner's update, besides what every record must fulfil
(see [the rules of the records](rules.md)). An *error* keeps the update out; a *warning* is for a
person to look at; a *note* says what was done.

The examples change a fictional form and are the test cases themselves: the first wrong and the first
right one of each rule in `tests/cases/updates-checks/`. `records/0` is the first record in the form,
`contacts/0` its first contact point.

## Before the rules

| rule | what must hold |
|---|---|
| CTR001-CTR050 | the file can be read, within the limits, and what was typed can be read in one way |
| CTR100 | the update fits [its schema](data.md); one finding a mistake, with what was probably meant |
| CTR107 | every date is a day of the calendar |
| CTR200-CTR299 | the records would be right after the update |

## When an update is applied, and in files of lines

| rule | what must hold |
|---|---|
| CTR362 | no value is brought in that the curators hold back: the reason stands in `records/held/` |
| CTR371 | a line of a `.jsonl` file is a record or an update |

"""


def page() -> str:
    """Return the text of docs/update-rules.md."""
    rules = sorted((*TEXT_RULES, *UPDATE_RULES), key=lambda rule: rule.id)
    return INTRODUCTION + "\n".join(map(_section, rules))


def _section(rule: Any) -> str:
    return (
        f"## {rule.id}\n\n**{rule.title}** ({rule.severity.value})\n\n"
        f"{rule.reason}\n\nWhat to do: {rule.hint}\n\n"
        f"{_example(rule.id, 'wrong')}\n{_example(rule.id, 'right')}"
    )


def _example(rule: str, verdict: str) -> str:
    case = json.loads(min(CASES.glob(f"{rule}-{verdict}-*.json")).read_text(encoding="utf-8"))
    lines = [
        *(f"meanwhile {_step(step)}" for step in case.get("meanwhile", ())),
        *map(_step, case["patch"]),
        *([f"sent by {case['sender']}"] if "sender" in case else []),
        *(f"--confirm {one}" for one in case.get("confirmed", ())),
    ]
    shown = "\n".join(lines or ["the form as it was drawn"])
    return f"{verdict.capitalize()}: {case['why']}\n\n```text\n{shown}\n```\n"


def _step(step: dict[str, Any]) -> str:
    path = step["path"].removeprefix("/")
    if step["op"] == "remove":
        return f"{path}: taken out"
    return f"{path}: {json.dumps(step['value'])}"

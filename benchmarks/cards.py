"""Cards in every form: microseconds, and as ratios to baselines.

The baselines turn the same content into text without any care: ``json.dumps`` of
the card's plain types, and a template of ``str.format`` for each contact point.
All cases are run in turn, round by round; the best round counts. ``cold`` is a
fresh process: import, load, choose the lines, render::

    python benchmarks/cards.py [ROUNDS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import ct_trafficking_resources as ctr

if TYPE_CHECKING:
    from collections.abc import Callable

MARKS = {"text": 200.0, "html": 500.0}
"""Microseconds that a form may take."""

DUMPS, FORMAT = "json.dumps of to_dict", "str.format of to_dict"
COLD = ("text", "html", "sms", "prompt")
LINE = "{instruction} {display} {detail} {uri}\n"
RUNS = 20


def main(rounds: int) -> None:
    for audience, language in (("victim", "en"), ("public", "es")):
        card = ctr.card(audience, language)
        document = card.to_dict()
        contacts = [one for entry in document["entries"] for one in entry["contacts"]]
        cases: dict[str, Callable[[], object]] = {
            DUMPS: partial(json.dumps, document),
            FORMAT: lambda contacts=contacts: "".join([LINE.format(**one) for one in contacts]),
            "text": card.text,
            "markdown": card.markdown,
            "html": card.html,
            "sms": card.sms,
            "prompt": card.prompt,
            "to_dict": card.to_dict,
            "poster without code": partial(card.poster, qr=False),
            "choosing the lines": partial(ctr.card, audience, language),
        }
        report(f"{audience}, {language}", measured(cases, rounds))
    cold(rounds)


def measured(cases: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    best = dict.fromkeys(cases, float("inf"))
    for case in cases.values():
        case()
    for _ in range(rounds):
        for name, case in cases.items():
            start = time.perf_counter()
            for _ in range(RUNS):
                case()
            best[name] = min(best[name], (time.perf_counter() - start) / RUNS * 1e6)
    return best


def report(title: str, best: dict[str, float]) -> None:
    print(f"\nPython {sys.version.split()[0]}, {title}")
    print(f"{'case':24} {'us':>8} {'x dumps':>8} {'x format':>9}")
    for name, took in best.items():
        mark = MARKS.get(name, took)
        over = f"  over the mark of {mark:.0f} us" if took > mark else ""
        print(f"{name:24} {took:8.1f} {took / best[DUMPS]:8.2f} {took / best[FORMAT]:9.2f}{over}")


def cold(rounds: int) -> None:
    codes = {"import attrs, json": "import attrs, json"}
    codes |= {form: f"import {ctr.__name__} as c; c.card().{form}()" for form in COLD}
    best = dict.fromkeys(codes, float("inf"))
    for _ in range(min(rounds, 15)):
        for name, code in codes.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-I", "-c", code], check=True)
            best[name] = min(best[name], (time.perf_counter() - start) * 1000)
    print(f"\n{'a fresh process':24} {'ms':>8} {'x base':>8}")
    for name, took in best.items():
        print(f"{name:24} {took:8.1f} {took / best['import attrs, json']:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)

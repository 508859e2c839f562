"""The whole directory in every format: milliseconds, and as a ratio to a baseline.

The baseline reads the edition file's bytes into a document and writes it again:
what any program would need that hands the same data on. All cases are run in
turn, round by round; the best round counts. ``cold`` is a fresh process: import,
load, build every record, export::

    python benchmarks/exports.py [ROUNDS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.exports import ExportFormat

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = 20.0
"""Milliseconds that an export of the whole directory may take (docs/exports.md)."""

BASELINE = "json.loads, json.dumps"


def main(rounds: int) -> None:
    directory = ctr.load()
    data = storage.read("editions", f"{directory.edition}.json")
    cases: dict[str, Callable[[], str]] = {BASELINE: lambda: json.dumps(json.loads(data))}
    for format in ExportFormat:
        cases[format] = partial(ctr.export, format, directory)
    sizes = {name: len(case()) for name, case in cases.items()}
    best = dict.fromkeys(cases, float("inf"))
    cold = dict.fromkeys(cases, float("inf"))
    for _ in range(rounds):
        for name, case in cases.items():
            best[name] = min(best[name], _timed(case))
            cold[name] = min(cold[name], _timed(partial(_fresh, name)))
    print(f"Python {sys.version.split()[0]}, {rounds} rounds, edition of {len(data):,} bytes")
    print(f"{'case':24} {'ms':>7} {'x base':>7} {'cold ms':>8} {'characters':>11}")
    for name, took in best.items():
        over = "" if took <= MARK else f"  over the mark of {MARK} ms"
        ratio = took / best[BASELINE]
        print(f"{name:24} {took:7.2f} {ratio:7.2f} {cold[name]:8.1f} {sizes[name]:11,}{over}")


def _timed(case: Callable[[], object]) -> float:
    start = time.perf_counter()
    case()
    return (time.perf_counter() - start) * 1000


def _fresh(name: str) -> None:
    code = (
        "import json"
        if name == BASELINE
        else f"import {ctr.__name__} as c; c.export({str(name)!r})"
    )
    subprocess.run([sys.executable, "-I", "-c", code], check=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

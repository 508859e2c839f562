"""Look-ups in one process: nanoseconds a call, and as a ratio to a dict look-up.

::

    python benchmarks/lookups.py
"""

from __future__ import annotations

import timeit

import ct_trafficking_resources as ctr

CASES = {
    "dict[id] (baseline)": "table['ct-dcf-careline']",
    "d.channel(id)": "d.channel('ct-dcf-careline')",
    "d[id]": "d['ct-dcf-careline']",
    "d.hotline.voice": "d.hotline.voice",
    "load()": "ctr.load()",
    "d.find(audience, mode)": "d.find(audience='victim', mode='text')",
    "d.find(everything)": (
        "d.find(audience='victim', purpose='sexual-assault', language='es', town='Hartford')"
    ),
}


def main() -> None:
    d = ctr.load()
    scope = {"ctr": ctr, "d": d, "table": {record.id: record for record in d}}
    base = 0.0
    for name, code in CASES.items():
        timer = timeit.Timer(code, globals=scope)
        number, _ = timer.autorange()
        best = min(timer.repeat(5, number)) / number
        base = base or best
        print(f"{name:24} {best * 1e9:10.0f} ns {best / base:8.1f} x")


if __name__ == "__main__":
    main()

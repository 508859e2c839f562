"""A cold process to the first useful answer, beside peers, in one interleaved run.

Run it with the packages of the extra ``bench`` installed beside this
one::

    python benchmarks/cold_start.py [ROUNDS]

Each round starts every case once, in shuffled order, as a fresh ``python -I``.
The table gives the best time, the median of the round-by-round ratio to
``import attrs, json``, and the peak memory over a bare interpreter.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time

BASE = "import attrs, json"
OURS = "ct_trafficking_resources"
CASES = {
    "pass": "pass",
    BASE: BASE,
    OURS: f"import {OURS} as c; c.load().hotline.voice.value",
    f"{OURS} (pin)": f"import {OURS} as c; c.load(PIN).hotline.voice.value",
    f"{OURS} (all)": f"import {OURS} as c; tuple(c.load())",
    "pycountry": "import pycountry as p; p.countries.get(alpha_2='US').name",
    "us": "import us; us.states.CT.name",
    "phonenumbers": "import phonenumbers as p; p.parse('+18883737888').national_number",
    "holidays": "import holidays; holidays.US(subdiv='CT').get('2026-07-04')",
    "tldextract": (
        "import tldextract as t; t.TLDExtract(suffix_list_urls=(), cache_dir=None)('ct.gov').domain"
    ),
    "iso3166": "import iso3166; iso3166.countries.get('US').name",
    "certifi": "import certifi; certifi.where()",
}
PEAK = "import re; print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"


def _run(code: str) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-I", "-c", code], check=False, capture_output=True)
    took = time.perf_counter() - start
    return took if done.returncode == 0 else float("nan")


def _peak_mb(code: str) -> float:
    command = [sys.executable, "-I", "-c", f"{code}\n{PEAK}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return int(done.stdout) / 1024 if done.returncode == 0 else float("nan")


def main(rounds: int) -> None:
    import ct_trafficking_resources

    pin = ct_trafficking_resources.load().pin
    cases = {name: code.replace("PIN", repr(pin)) for name, code in CASES.items()}
    times: dict[str, list[float]] = {name: [] for name in cases}
    for code in cases.values():
        _run(code)  # compiles what has to be compiled
    for _ in range(rounds):
        order = list(cases)
        random.shuffle(order)
        for name in order:
            times[name].append(_run(cases[name]))
    bare = _peak_mb("pass")
    print(f"Python {sys.version.split()[0]}, {rounds} rounds, {os.cpu_count()} CPUs")
    print(f"{'case':34} {'best ms':>8} {'x base':>7} {'+MB':>6}")
    for name, took in times.items():
        ratio = statistics.median(a / b for a, b in zip(took, times[BASE], strict=True))
        memory = _peak_mb(cases[name]) - bare
        print(f"{name:34} {min(took) * 1000:8.1f} {ratio:7.2f} {memory:6.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)

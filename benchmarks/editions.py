"""Loading by pin, ten more editions, and the work of an auditor.

::

    python benchmarks/editions.py [ROUNDS]

Cold: each round starts every case once, in shuffled order, as a fresh
``python -I``; the figure is the best time, and the ratio is that of the best
times. "13 editions" is a copy of the package with ten editions more in its index.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from pathlib import Path

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition import storage

PACKAGE = Path(ctr.__file__).parent
LOAD = "import ct_trafficking_resources as c; c.load({}).hotline.voice.value"


def crowded(folder: Path) -> Path:
    """Copy the package into a folder, with ten editions more; return the folder."""
    copy = folder / PACKAGE.name
    shutil.copytree(PACKAGE, copy)
    index = json.loads((copy / "data/index.json").read_bytes())
    for count in range(10):
        number = f"2020.1.{count}"
        index["editions"].insert(0, {**index["editions"][-1], "number": number})
        shutil.copy(copy / "data/editions/2026.11.0.json", copy / f"data/editions/{number}.json")
    del index["crc32"]
    (copy / "data/index.json").write_bytes(storage.write_guarded(index))
    return folder


def run(code: str, path: Path) -> float:
    """Return the seconds that a fresh interpreter takes for some code."""
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(path)!r}); {code}"]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def cold(rounds: int, folder: Path) -> None:
    """Print what a fresh process takes to the hotline's number."""
    here, many = PACKAGE.parent, crowded(folder)
    cases = {
        "load()": (LOAD.format(""), here),
        "load(pin)": (LOAD.format(repr(ctr.load().pin)), here),
        "load(), 13 editions": (LOAD.format(""), many),
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for case in cases.values():
        run(*case)  # compiles what has to be compiled
    for _ in range(rounds):
        for name in random.sample(list(cases), len(cases)):
            times[name].append(run(*cases[name]))
    print(f"{'cold process':26} {'best ms':>8} {'x load()':>9} {'median x':>9}")
    for name, took in times.items():
        pairs = zip(took, times["load()"], strict=True)
        median = statistics.median(one / base for one, base in pairs)
        ratio = min(took) / min(times["load()"])
        print(f"{name:26} {min(took) * 1000:8.1f} {ratio:9.2f} {median:9.2f}")


def warm() -> None:
    """Print what the work of an auditor takes in one process."""
    import warnings

    warnings.simplefilter("ignore", ctr.WithdrawnEditionWarning)
    d = ctr.load()
    scope = {
        "ctr": ctr,
        "d": d,
        "pin": d.pin,
        "old": ctr.load("2015.11.0"),
        "lock": ctr.make_lock([one.id for one in d.channels]),
    }
    cases = (
        "ctr.load()",
        "ctr.load(pin)",
        "d.hotline.digest",
        "ctr.compare(d, d)",
        "ctr.compare(old, d)",
        "ctr.check_freshness(d.released)",
        "ctr.check_lock(lock, d.released)",
    )
    print(f"\n{'warm':34} {'best us':>9}")
    for code in cases:
        timer = timeit.Timer(code, globals=scope)
        number, _ = timer.autorange()
        print(f"{code:34} {min(timer.repeat(5, number)) / number * 1e6:9.1f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        cold(int(sys.argv[1]) if len(sys.argv) > 1 else 21, Path(scratch))
    warm()

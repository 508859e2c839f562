"""The scan of real source trees: its time beside grep's, its false alarms, its growth.

::

    python benchmarks/audit.py                 the standard library, Django and React Native
    python benchmarks/audit.py TREE...         trees of your own

Without arguments, Django and React Native come from their registries through
pip and npm, and the standard library from the Python that runs this. Built
files (bytecode, shared libraries) are left out of the copy that is scanned.
Rounds are interleaved; of each the best is compared, in seconds of the processor.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import ct_trafficking_resources as ctr
from ct_trafficking_resources.audit.scanning import scan_stream

ROUNDS = 5
PHONE = r"(\+?1[-. ]?)?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}"
BUILT = shutil.ignore_patterns("__pycache__", "*.so", "*.a", "*.o", "*.mo", "*.exe", "*.dll")
HOSTILE = {
    "digits": "8",
    "digits and spaces": "8 ",
    "at-signs": "@",
    "parentheses": "(",
    "codes that are close": "233734 ",
    "letters behind 800": "800abcdefg ",
    "hosts": "example.com ",
}
FUNCTION = """
import sys, time
import ct_trafficking_resources as ctr
from ct_trafficking_resources.audit.scanning import scan
ctr.audit_text("")
start = time.process_time()
list(scan(sys.argv[1:]))
print(time.process_time() - start)
"""


def fetched(folder: Path) -> list[Path]:
    """Copy the three trees into a folder."""
    downloads, trees = folder / "downloads", folder / "trees"
    downloads.mkdir()
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "django"]
    subprocess.run([*pip, "--dest", str(downloads)], check=True)
    npm = shutil.which("npm") or "npm"
    subprocess.run([npm, "pack", "--silent", "react-native"], cwd=downloads, check=True)
    for wheel in downloads.glob("*.whl"):
        shutil.unpack_archive(wheel, folder / "django", format="zip")
    for package in downloads.glob("*.tgz"):
        shutil.unpack_archive(package, folder / "npm", filter="data")
    sources = {
        "stdlib": Path(sysconfig.get_path("stdlib")),
        "django": folder / "django",
        "react-native": folder / "npm",
    }
    for name, source in sources.items():
        skip = shutil.ignore_patterns("__pycache__", "site-packages", "*.so", "*.a", "*.o")
        ignore = skip if name == "stdlib" else BUILT
        shutil.copytree(source, trees / name, ignore=ignore, symlinks=True)
    return sorted(trees.iterdir())


def size(trees: list[Path]) -> tuple[int, int, int]:
    """Return how many files, bytes and lines of text the trees have."""
    files = size_ = lines = 0
    for path in (one for tree in trees for one in tree.rglob("*") if one.is_file()):
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            files, size_, lines = files + 1, size_ + len(data), lines + data.count(b"\n")
    return files, size_, lines


def cost(command: list[str]) -> tuple[float, float]:
    """Return the seconds of the processor that a command takes, and its most memory in MB.

    Not the time on the wall: other work on the machine is not the command's.
    """
    # The locale is what Python takes for granted too; in C, grep does not read UTF-8.
    locale = {**os.environ, "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=locale
    )
    assert process.stdout is not None
    while process.stdout.read(1 << 16):
        pass
    used = os.wait4(process.pid, 0)[2]
    process.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def cost_of_function(names: list[str]) -> tuple[float, float]:
    """Return the seconds of the processor that `scan` takes by itself, and no memory."""
    done = subprocess.run([sys.executable, "-c", FUNCTION, *names], capture_output=True, check=True)
    return float(done.stdout), 0.0


def compare(trees: list[Path]) -> None:
    names = list(map(str, trees))
    commands = {
        "grep -rE, one pattern": ["grep", "-rE", PHONE, *names],
        "ct-resources scan": [sys.executable, "-m", "ct_trafficking_resources", "scan", *names],
    }
    costs: dict[str, list[tuple[float, float]]] = {
        name: [] for name in (*commands, "scan(), the function")
    }
    for _ in range(ROUNDS):
        for name, command in commands.items():
            costs[name].append(cost(command))
        costs["scan(), the function"].append(cost_of_function(names))
    base = 0.0
    for name, rounds in costs.items():
        took, memory = min(rounds)
        base = base or took
        print(f"{name:24} {took:8.2f} s {took / base:8.1f} x {memory:8.0f} MB")


def alarms(trees: list[Path], lines: int) -> None:
    command = [sys.executable, "-m", "ct_trafficking_resources", "scan", "--format", "json"]
    done = subprocess.run([*command, *map(str, trees)], capture_output=True, check=False)
    report = json.loads(done.stdout)
    for severity, count in report["counts"].items():
        print(f"findings, {severity:14} {count:8} {count / lines * 1e6:10.2f} a million lines")
    for finding in report["findings"][:20]:
        place = finding["place"]
        print(f"    {place['file']}:{place['line']} {finding['rule']} {finding['found']!r}")


def growth() -> None:
    directory = ctr.load()
    for name, piece in HOSTILE.items():
        took = []
        for length in (1_000_000, 2_000_000):
            data = (piece * (length // len(piece))).encode()
            start = time.process_time()
            list(scan_stream(io.BytesIO(data), name, directory))
            took.append(time.process_time() - start)
        print(f"{name:24} 1 MB {took[0]:6.2f} s, 2 MB {took[1]:6.2f} s {took[1] / took[0]:6.1f} x")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        trees = [Path(one) for one in sys.argv[1:]] or fetched(Path(folder))
        files, bytes_, lines = size(trees)
        print(f"{', '.join(tree.name for tree in trees)}: {files} text files,", end=" ")
        print(f"{bytes_ / 1e6:.0f} MB, {lines} lines")
        compare(trees)
        alarms(trees, lines)
    growth()


if __name__ == "__main__":
    main()

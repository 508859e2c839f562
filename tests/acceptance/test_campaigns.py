"""Campaigns: examples and files that no other run has seen. `make slow` runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECONDS = 60
"""For each target of the fuzzer."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


def run(*arguments):
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "FUZZED_RECORDS": "20000"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
    return done.stdout


def test_new_examples_break_no_property():
    options = ("-q", "-n", "auto", "-p", "no:cacheprovider", "--hypothesis-profile", "explore")
    assert " passed" in run("-m", "pytest", *options, "-m", "hypothesis and not slow", "tests")


@pytest.mark.parametrize("target", ["json", "csv", "xlsx", "strict", "line"])
def test_the_fuzzer_finds_nothing(target, tmp_path):
    pytest.importorskip("atheris", reason="Atheris is not installed: pip install atheris")
    run("tests/fuzz/updates.py", target, tmp_path, f"-max_total_time={SECONDS}")
    assert list((tmp_path / "found").iterdir()) == []


@pytest.mark.parametrize("part", ["bytes", "wrong", "right", "kills"])
def test_the_marks_of_docs_reliability_hold(part):
    assert "| --- |" in run("benchmarks/reliability.py", part)

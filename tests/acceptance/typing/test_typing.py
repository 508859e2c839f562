"""Type checkers agree with what the interface promises."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr

API = Path(__file__).with_name("api.py")


def check(*arguments: str | Path, folder: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed (extra dev)")
def test_mypy_reads_the_interface_as_it_is_meant(tmp_path: Path) -> None:
    # In an empty folder: the package's own settings and sources are out of reach.
    check("mypy", "--strict", "--cache-dir", tmp_path / "cache", API, folder=tmp_path)


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(ctr.__file__).with_name("py.typed").is_file()

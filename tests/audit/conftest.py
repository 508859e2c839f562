from __future__ import annotations

from pathlib import Path

import pytest

import ct_trafficking_resources as ctr

CASES = Path(__file__).parents[1] / "cases" / "audit"


@pytest.fixture(scope="session")
def directory():
    return ctr.load()


@pytest.fixture(scope="session")
def cases():
    return CASES


def said(findings, file=None):
    """What findings say, in the form of the ``.findings`` files."""
    return [
        f"{'' if file is None else one.place.file + ':'}"
        f"{one.place.line}:{one.place.column} {one.rule} {one.found}"
        for one in findings
    ]

"""A fictional edition with every sort of contact, and ways to change it."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ct_trafficking_resources.edition.directory import Directory

if TYPE_CHECKING:
    from collections.abc import Callable

_DOCUMENT = json.loads(
    (Path(__file__).parents[2] / "cases/exports/edition.json").read_text(encoding="utf-8")
)
_DIGEST = "0" * 64


@pytest.fixture(scope="session")
def fictional() -> Directory:
    return Directory(_DOCUMENT, _DIGEST)


@pytest.fixture(scope="session")
def changed() -> Callable[[Callable[[dict[str, Any]], None]], Directory]:
    """Give the fictional edition after a change to its document."""

    def build(change: Callable[[dict[str, Any]], None]) -> Directory:
        document = deepcopy(_DOCUMENT)
        change(document)
        return Directory(document, _DIGEST)

    return build

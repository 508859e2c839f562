"""What several topics share: the shipped directory and a small fictional edition."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

import ct_trafficking_resources as ctr

if TYPE_CHECKING:
    from collections.abc import Callable

# A slow machine is no bug. The same examples in every run on one machine; others may draw
# others, so no branch is left to them alone. `--hypothesis-profile explore` looks for new ones.
settings.register_profile("same everywhere", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, derandomize=False, max_examples=1000)
settings.load_profile("same everywhere")

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def shipped() -> ctr.Directory:
    """The newest edition of the package."""
    return ctr.load()


@pytest.fixture
def example() -> dict[str, Any]:
    """The fictional records, by id, free to be changed: one of every kind."""
    return deepcopy(_EXAMPLE)


_EXAMPLE = json.loads((CASES / "example.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def patched() -> Callable[[Any, list[dict[str, Any]]], Any]:
    """Apply a JSON Patch (RFC 6902: add, replace, remove) to a copy of a document."""
    return _patched


def _patched(document: Any, patch: list[dict[str, Any]]) -> Any:
    document = deepcopy(document)
    for step in patch:
        *way, last = step["path"].split("/")[1:]
        target = document
        for key in way:
            target = target[int(key) if isinstance(target, list) else key]
        if isinstance(target, list):
            last = len(target) if last == "-" else int(last)
        match step["op"]:
            case "remove":
                del target[last]
            case "add" if isinstance(target, list):
                target.insert(last, step["value"])
            case "add":
                assert last not in target, step
                target[last] = step["value"]
            case "replace":
                assert target[last] != step["value"], step
                target[last] = step["value"]
    return document

"""A records folder made from the fictional records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import example_data

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def records(tmp_path: Path, example: dict[str, Any]) -> Path:
    """A records folder in which all is right."""
    return example_data.write_folder(tmp_path / "records", example, _held(example))


def _held(example: dict[str, Any]) -> dict[str, Any]:
    """Return a law that is held as a whole."""
    law = {**example["records"]["example-law"], "id": "example-held-law"}
    return {
        "kind": "held",
        "id": law["id"],
        "record": {"reason": "Nobody read it.", "document": law},
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of the shipped files, still empty."""
    return tmp_path / "data"

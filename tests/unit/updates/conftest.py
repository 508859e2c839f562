"""The fictional records as an edition, and forms that are drawn from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import example_data
from ct_trafficking_resources.updates.check import check_update

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.updates.check import UpdateReport


@pytest.fixture
def directory(example: dict[str, Any]) -> Directory:
    """The fictional edition."""
    return example_data.edition(example)


@pytest.fixture
def form(directory: Directory) -> Callable[..., dict[str, Any]]:
    """Draw the form of an organization; the police if none is named."""
    return lambda organization="example-police": example_data.form(organization, directory)


@pytest.fixture
def check(directory: Directory) -> Callable[..., UpdateReport]:
    """Check an update against the fictional edition."""

    def run(update: Any, sender: str | None = None, **options: Any) -> UpdateReport:
        data = json.dumps(update, indent=1).encode()
        settings = {"name": "form.json", "on": example_data.ON, "directory": directory, **options}
        return check_update(data, sender, **settings)

    return run


@pytest.fixture
def edition_of() -> Callable[..., Directory]:
    """Make an edition of fictional records."""
    return example_data.edition


@pytest.fixture
def draw_from() -> Callable[[Directory, str], dict[str, Any]]:
    """Draw the form of an organization from an edition."""
    return lambda directory, organization: example_data.form(organization, directory)


@pytest.fixture
def records(tmp_path: Path, example: dict[str, Any]) -> Path:
    """A records folder of the fictional records, in which all is right."""
    return example_data.write_folder(tmp_path / "records", example)

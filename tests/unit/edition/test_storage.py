"""The package's own files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ct_trafficking_resources.edition import storage

from .conftest import DATA


def test_a_file_is_read_as_it_stands():
    for parts in (("index.json",), ("editions", "2026.11.0.json")):
        assert storage.read(*parts) == DATA.joinpath(*parts).read_bytes()


def test_a_file_that_is_not_there_is_an_error():
    with pytest.raises(OSError, match="no-such-file"):
        storage.read("no-such-file.json")


def test_a_folder_can_be_listed():
    names = {entry.name for entry in storage.folder().iterdir()}
    assert {"editions", "index.json", "misprints.json", "tombstones.json"} <= names
    assert [entry.name for entry in storage.folder("editions").iterdir()]


def test_a_file_can_be_had_as_a_path():
    with storage.path("index.json") as path:
        assert isinstance(path, Path)
        assert "editions" in json.loads(path.read_bytes())

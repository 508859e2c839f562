"""The sample: fixed data and records for tests, whatever is shipped.

Unit tests and the baseline read it in place of the package's data folder, so that a
release changes none of them. See ``tests/cases/sample/README.md``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ct_trafficking_resources.edition import directory, history, loading, storage
from ct_trafficking_resources.publishing.folder import FOLDERS, record_text

COMMAND = [sys.executable, __file__]
"""The command ``ct-resources`` in a process of its own, on the sample."""

SAMPLE = Path(__file__).parent / "cases" / "sample"
ON_THE_SAMPLE = f"""
from ct_trafficking_resources.edition import storage
storage._DATA = {str(SAMPLE)!r}
"""
"""Code with which a process of its own begins that is to read the sample."""

SHIPPED = Path(storage._DATA)
_HEADER = ("edition", "released", "review_by", "status", "statement")


def forget() -> None:
    """Forget what was loaded, so that the next load reads the files."""
    loading._held.clear()
    loading._on_a_day.clear()
    history.index.cache_clear()
    loading._newest.cache_clear()
    directory.installed.cache_clear()


def forget_everything() -> None:
    """Forget what was read from any file of the package, schemas and catalogues included."""
    forget()
    for name, module in list(sys.modules.items()):
        if name.startswith("ct_trafficking_resources."):
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", bool)()


def use(folder: Path) -> None:
    """Make the package read the index and the editions in a folder."""
    if storage._DATA != str(folder):  # noqa: SIM300 - a setting, not a constant
        storage._DATA = str(folder)
        forget()


def write_records(folder: Path) -> Path:
    """Write the records that give the sample's newest edition; nothing is held."""
    index = _read("index.json")["editions"]
    edition = _read(f"editions/{index[-1]['number']}.json")
    documents = [one for section in storage.SECTIONS for one in edition[section]]
    documents += _read("tombstones.json")["records"] + _read("misprints.json")["records"]
    folders = {kind: name for name, kind in FOLDERS.items()}
    files = {f"{folders[one['kind']]}/{one['id']}.json": one for one in documents}
    released = {one["number"]: one["sha256"] for one in index}
    withdrawn = {one["number"]: one["withdrawn"] for one in index if "withdrawn" in one}
    files |= {
        "edition.json": {key: edition[key] for key in _HEADER},
        "editions.json": {"released": released, "withdrawn": withdrawn},
        "register.json": {"ids": {one["id"]: one["kind"] for one in sorted(documents, key=_id)}},
    }
    for name, document in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record_text(document), encoding="utf-8")
    return folder


def _read(name: str) -> dict:
    return json.loads((SAMPLE / name).read_bytes())


def _id(document: dict) -> str:
    return document["id"]


if __name__ == "__main__":
    from ct_trafficking_resources.cli import main

    use(SAMPLE)
    main()

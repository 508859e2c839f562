"""The sources that the dossier names: a fixture, made from the dossier.

The dossier is not in the repository. What the tests need of it is: every page it
cites, in which of its records or files, and with which dates::

    DOSSIER=path/to/dossier python tests/data/dossier_sources.py
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = ("federal", "police", "police2", "state")
"""The files that edition 2026.11.0 was made from; later ones are of later editions."""

FIXTURE = Path(__file__).parents[1] / "cases" / "dossier-sources.json"
_CITATION = re.compile(
    r"(?:\[|; )(?P<url>(?:https?://|github-index:)[^\s,\]]+),"
    r" (?P<date>(?=[^,\]]*(?:[0-9]{4}|undated))[^,\]]+)"
)
_URL = re.compile(r"https?://[^\s,\]|)`\"<>]+")
_INDEX = re.compile(r"(?<![+0-9])[0-9]{10,11}(?![0-9])")


def sources_of(dossier: Path) -> dict[str, dict[str, list[str]]]:
    """Return every source of the dossier: where it is cited, and the dates given for it.

    Args:
        dossier: The folder.
    """
    cited: dict[str, set[str]] = defaultdict(set)
    dates: dict[str, set[str]] = defaultdict(set)
    for file in files_of(dossier, ".json"):
        for url, record, date in _in_records(json.loads(file.read_text(encoding="utf-8"))):
            cited[url].add(record)
            dates[url].add(date)
    for file in files_of(dossier, ".md"):
        for url, date in _in_text(file.read_text(encoding="utf-8")):
            cited[url].add(file.name)
            dates[url] |= {date} - {""}
    return {url: {"in": sorted(cited[url]), "dates": sorted(dates[url])} for url in sorted(cited)}


def files_of(dossier: Path, suffix: str) -> list[Path]:
    """Return the files with a suffix that edition 2026.11.0 was made from."""
    return [dossier / f"{name}{suffix}" for name in FILES]


def _in_records(records: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Yield address, id of the record and date of every source of some records."""
    for record in records:
        for source in record.get("sources", ()):
            if source["url"]:
                yield source["url"], record["id"], source["page_date"] or "undated"


def _in_text(text: str) -> Iterator[tuple[str, str]]:
    """Yield every address in a text, with the date given for it or the empty string."""
    for citation in _CITATION.finditer(text):
        yield citation["url"], citation["date"].strip()
    for url in _URL.findall(text):
        yield url.rstrip(".;:*"), ""
    for line in text.splitlines():
        if "index id" in line:
            for number in _INDEX.findall(line):
                yield f"github-index:{number}", ""


def text_of(sources: dict[str, Any]) -> str:
    """Return the text of the fixture: one source a line."""
    lines = (f" {json.dumps(url)}: {json.dumps(one)}" for url, one in sources.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FIXTURE.write_text(text_of(sources_of(Path(os.environ["DOSSIER"]))), encoding="utf-8")

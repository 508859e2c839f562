"""The sources that the dossier names: a fixture, made from the dossier.

The dossier is not in the repository. What the tests need of it is: every page it
cites, in which of its records or files, and with which dates::

    DOSSIER=path/to/dossier python tests/provenance/dossier_sources.py
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

FIXTURE = Path(__file__).parents[1] / "cases" / "dossier-sources.json"
_CITATION = re.compile(r"(?:\[|; )(?P<url>(?:https?://|github-index:)[^\s,\]]+), (?P<date>[^,\]]+)")
_URL = re.compile(r"https?://[^\s,\]|)`\"<>]+")
_INDEX = re.compile(r"(?<![+0-9])[0-9]{10,11}(?![0-9])")


def sources_of(dossier: Path) -> dict[str, dict[str, list[str]]]:
    """Return every source of the dossier: where it is cited, and the dates given for it.

    Args:
        dossier: The folder.
    """
    cited: dict[str, set[str]] = defaultdict(set)
    dates: dict[str, set[str]] = defaultdict(set)
    for file in sorted(dossier.glob("*.json")):
        for record in json.loads(file.read_text(encoding="utf-8")):
            for source in record.get("sources", ()):
                url = source["url"]
                if url:
                    cited[url].add(record["id"])
                    dates[url].add(source["page_date"] or "undated")
    for file in sorted(dossier.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        for citation in _CITATION.finditer(text):
            dates[citation["url"]].add(citation["date"].strip())
            cited[citation["url"]].add(file.name)
        for url in _URL.findall(text):
            cited[url.rstrip(".;:*")].add(file.name)
        for line in text.splitlines():
            if "index id" in line:
                for number in _INDEX.findall(line):
                    cited[f"github-index:{number}"].add(file.name)
    return {url: {"in": sorted(cited[url]), "dates": sorted(dates[url])} for url in sorted(cited)}


def text_of(sources: dict[str, Any]) -> str:
    """Return the text of the fixture: one source a line."""
    lines = (f" {json.dumps(url)}: {json.dumps(one)}" for url, one in sources.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FIXTURE.write_text(text_of(sources_of(Path(os.environ["DOSSIER"]))), encoding="utf-8")

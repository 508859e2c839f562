"""The documentation says what is so."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr

ROOT = Path(__file__).parents[2]


GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]


@pytest.mark.parametrize(("path", "page"), GENERATED, ids=lambda one: getattr(one, "name", ""))
def test_what_follows_from_the_code_is_up_to_date(path, page):
    assert path.read_text(encoding="utf-8") == page(), "run: python docs/generate.py"


def test_every_rule_that_the_code_names_is_documented():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    docs = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    known = set(re.findall(r"CTR[0-9]{3}", docs))
    known |= {f"CTR00{last}" for last in range(1, 10)}  # written as a span
    assert set(re.findall(r'"(CTR[0-9]{3})"', code)) <= known


def test_every_public_name_stands_in_the_reference():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"auto(?:function|class):: \S+\.(\w+)", page)
    whole = re.findall(r"automodule:: (\S+)", page)
    for name in ctr.__all__:
        if name not in {"__version__", "Record"}:  # a string, and a type alias
            public = getattr(ctr, name)
            assert name in named or public.__module__ in whole, name


def test_every_link_between_the_pages_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
    pages += sorted((ROOT / "docs").glob("*.md"))
    dead = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not target.startswith(("https://", "mailto:")) and not (page.parent / target).exists()
    ]
    assert dead == []


def test_ci_runs_the_two_commands_of_the_readme():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("card", "test"):
        assert f"readme_command {name}" in ci
        assert re.search(rf"<!-- command: {name} -->\n```sh\n.+\n```", readme)


def test_the_docs_forbid_test_calls_to_crisis_lines():
    for page in ("data.md", "cards.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert "Nobody verifies a crisis line by calling, texting or chatting with it." in text

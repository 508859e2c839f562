"""The documentation says what is so."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from ct_trafficking_resources.cards.policy import POLICIES

ROOT = Path(__file__).parents[1]


def test_the_page_of_rules_is_made_from_the_rules():
    page = runpy.run_path(str(ROOT / "docs" / "generate.py"))["page"]
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page()


def test_the_page_of_cards_shows_the_policy():
    cards = runpy.run_path(str(ROOT / "docs" / "generate.py"))["cards"]
    text = (ROOT / "docs" / "cards.md").read_text(encoding="utf-8")
    assert text == cards(text), "run: python docs/generate.py"
    for audience, policy in POLICIES.items():
        assert f"### {audience}\n\n{policy.reason}" in text
        assert all(f"| {need.purpose} | {need.reason} |" in text for need in policy.needs)


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

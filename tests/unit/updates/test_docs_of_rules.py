"""The page of rules has every rule with a wrong and a right example from the cases."""

from __future__ import annotations

import runpy
from pathlib import Path

from ct_trafficking_resources.updates.check import UPDATE_RULES
from ct_trafficking_resources.updates.text_rules import TEXT_RULES

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_the_rules_of_updates_is_made_from_the_rules_and_cases():
    page = runpy.run_path(str(DOCS / "update_rules.py"))["page"]
    written = (DOCS / "update-rules.md").read_text(encoding="utf-8")
    assert written == page()
    for rule in (*TEXT_RULES, *UPDATE_RULES):
        _, section = written.split(f"## {rule.id}\n")
        section = section.partition("\n## ")[0]
        assert rule.hint in section
        assert "\nWrong: " in section
        assert "\nRight: " in section

"""Text is quick to have: nothing heavy is imported for it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.errors import MissingExtra

HEAVY = {
    "click",
    "csv",
    "email",
    "html",
    "html.parser",
    "importlib.metadata",
    "importlib_resources",
    "jsonschema",
    "phonenumbers",
    "pytest",
    "segno",
    "urllib",
    "xml",
    "zipfile",
    "zoneinfo",
    "ct_trafficking_resources.cards.html",
    "ct_trafficking_resources.cards.prompt",
    "ct_trafficking_resources.testing",
}


def loaded(code):
    start = "import sys, json, ct_trafficking_resources as ctr"
    code = f"{start}\n{code}\nprint(json.dumps([*sys.modules]))"
    run = subprocess.run(
        [sys.executable, "-I", "-B", "-c", code], capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout))


@pytest.mark.parametrize("audience", ["victim", "public"])
def test_nothing_heavy_is_imported_for_text(audience):
    assert loaded(f"ctr.card({audience!r}, 'es').text()") & HEAVY == set()


def test_html_imports_nothing_but_the_escaping_of_the_standard_library():
    found = loaded("ctr.card().html(page=True)") & HEAVY
    assert found <= {"html", "ct_trafficking_resources.cards.html"}


def test_a_poster_without_a_code_does_not_need_segno():
    assert "segno" not in loaded("ctr.card().poster(qr=False)")


def test_a_poster_with_a_code_says_which_extra_brings_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "segno", None)
    with pytest.raises(MissingExtra) as caught:
        ctr.card().poster()
    assert isinstance(caught.value, ImportError)
    assert "pip install 'ct-trafficking-resources[qr]'" in str(caught.value)
    assert "--no-qr" in str(caught.value)
    assert "911" in ctr.card().poster(qr=False)


def test_names_of_the_cards_module_are_there_and_no_others():
    from ct_trafficking_resources import cards

    for name in cards.__all__:
        assert getattr(cards, name)
    with pytest.raises(AttributeError, match="no attribute 'Cards'"):
        cards.Cards  # noqa: B018 - looked up for its error

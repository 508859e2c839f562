"""Every rendered card of the sample edition, as it was agreed on.

A change of the data or the words shows in the diff of these files what readers
will see. If it is meant, write them anew: ``python tests/unit/cards/test_golden.py``.
"""

from __future__ import annotations

import re
import sys
from operator import methodcaller
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cards import languages
from ct_trafficking_resources.cards.composition import FORMS

STYLE = re.compile(r"(?<=<style>).*(?=</style>)", re.DOTALL)
GOLDEN = Path(__file__).parents[2] / "cases/cards"
OUTPUTS = {
    "txt": lambda card: card.text(),
    "wide.txt": lambda card: card.text(width=120),
    "short.txt": lambda card: card.text(style="short"),
    "line.txt": lambda card: card.text(style="line"),
    "html": lambda card: card.html(exit_to="https://www.example.org/"),
    # Without the style, which says nothing, and the code, which segno draws.
    "poster.html": lambda card: STYLE.sub("", card.poster(qr=False)),
}
for form in FORMS:
    if form not in {"text", "html", "poster"}:  # as above, with what they take
        OUTPUTS[f"{form}.txt"] = methodcaller(form)
NAMES = [
    f"{audience}.{language}.{form}"
    for audience in ctr.Audience
    for language in languages()
    for form in OUTPUTS
]


def rendered(name: str) -> bytes:
    audience, language, form = name.split(".", 2)
    text = OUTPUTS[form](ctr.card(audience, language))
    return f"{text.removesuffix(chr(10))}\n".encode()


@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_the_one_agreed_on(name):
    meant = "meant? then: python tests/unit/cards/test_golden.py"
    golden = (GOLDEN / name).read_bytes().replace(b"\r\n", b"\n")
    assert rendered(name).decode() == golden.decode(), meant


def test_there_is_no_card_that_nobody_renders():
    assert {path.name for path in GOLDEN.iterdir()} == set(NAMES)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    import sample_data

    sample_data.use(sample_data.SAMPLE)
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for path in GOLDEN.iterdir():
        path.unlink()
    for name in NAMES:
        (GOLDEN / name).write_bytes(rendered(name))

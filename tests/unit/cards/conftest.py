"""Every card that can be asked for, in every form, and readers for them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing
from ct_trafficking_resources.cards import languages
from ct_trafficking_resources.cards.composition import FORMS

if TYPE_CHECKING:
    from ct_trafficking_resources.cards import Card

CARDS = [(str(audience), language) for audience in ctr.Audience for language in languages()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for an audience and a language each pair of them."""
    if {"audience", "language"} <= set(metafunc.fixturenames):
        metafunc.parametrize(("audience", "language"), CARDS)


@pytest.fixture
def fictional() -> ctr.Directory:
    return testing.fictional_directory()


def _forms(card: Card) -> dict[str, str]:
    return {
        "full": card.text(),
        "short": card.text(style="short", width=110),
        "line": card.text(style="line"),
        "page": card.html(page=True, exit_to="https://www.example.org/weather"),
        "a4": card.poster(size="a4", qr=False),
        "dict": str(card.to_dict()),
        **{form: getattr(card, form)() for form in FORMS},
    }


@pytest.fixture(scope="session")
def forms() -> Any:
    """Render a card in every form."""
    return _forms


class Reader(HTMLParser):
    """What a browser would find: elements, attributes, links and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.labels: list[str] = []
        self.names: list[str] = []
        self.other: list[str] = []
        self._open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        given = dict(attrs)
        if tag == "a":
            self.links.append((given["href"] or "", ""))
            self.names.append(given.get("aria-label") or "")
        if tag not in {"meta", "path", "wbr"}:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data
        if "a" in self._open:
            href, label = self.links[-1]
            self.links[-1] = (href, label + data)

    def handle_comment(self, data: str) -> None:
        self.other.append(data)

    def unknown_decl(self, data: str) -> None:
        self.other.append(data)

    def handle_pi(self, data: str) -> None:
        self.other.append(data)


@pytest.fixture(scope="session")
def read() -> type[Reader]:
    """Read HTML without writing the reader by hand in each test."""
    return Reader


@pytest.fixture(scope="session")
def numbers() -> Any:
    """Give the digits of everything in a text that looks like a number to dial."""

    def find(text: str) -> set[str]:
        found = re.findall(r"(?<![\w.])\+?\d[\d.() -]{1,18}\d(?![\w])", text)
        return {re.sub(r"\D", "", one) for one in found}

    return find

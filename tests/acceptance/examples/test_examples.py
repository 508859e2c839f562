"""The examples, run in the frameworks they are for.

Install them with ``pip install -e '.[examples]'``; a framework that is missing
is skipped.
"""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr

EXAMPLES = Path(__file__).parents[3] / "examples"
MISSING = "{} is not installed: pip install -e '.[examples]'"


def example(name: str):
    """Import an example as a module of its own name."""
    spec = spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def flask():
    pytest.importorskip("flask", reason=MISSING.format("Flask"))
    return example("flask_app").app.test_client()


@pytest.fixture(scope="module")
def django():
    pytest.importorskip("django", reason=MISSING.format("Django"))
    module = example("django_view")
    import django as framework
    from django.test import Client

    framework.setup()
    assert module.urlpatterns
    return Client()


@pytest.fixture(scope="module")
def fastapi():
    pytest.importorskip("fastapi", reason=MISSING.format("FastAPI"))
    pytest.importorskip("httpx2", reason=MISSING.format("httpx2"))
    from fastapi.testclient import TestClient

    return TestClient(example("fastapi_app").app)


class Page(HTMLParser):
    """Reads headings, links with their texts, and the data for search engines."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.data = ""
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._open.append((tag, dict(attrs).get("href", "")))

    def handle_data(self, text):
        tag, href = self._open[-1] if self._open else ("", "")
        if text.strip():
            if tag == "a":
                self.links.append((href, text))
            elif tag == "script":
                self.data += text
            elif tag in {"h1", "h2"}:
                self.headings.append(text)

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass


def assert_is_the_page(html: str) -> None:
    page = Page(html)
    d = ctr.load()
    card = ctr.card("victim", town="Hartford")
    assert card.html().partition('<p class="ctr-dates">')[0] in html
    assert page.headings[0] == "Get help"
    voice, text = d.hotline.voice, d.hotline.text
    assert (voice.uri, f"Call {voice.display}") in page.links
    assert (text.uri, f"Text {text.display}") in page.links
    for href, text in page.links:
        shown = re.sub(r"[^0-9]", "", text)
        assert href.startswith("https://") or re.sub(r"[^0-9]", "", href).endswith(shown)
    assert not [href for href, _ in page.links if href.startswith("mailto:")]
    names = [node["name"] for node in json.loads(page.data)["@graph"] if node["@type"] == "Service"]
    assert set(names) == {entry.channel.name for entry in card.entries}
    assert d.channel("hsi-tip-line").name not in names


def test_the_flask_page_shows_number_and_link_of_the_same_contact(flask):
    answer = flask.get("/help?town=Hartford")
    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert_is_the_page(answer.text)
    assert f"List {ctr.load().edition}." in answer.text
    assert '<html lang="es">' in flask.get("/help?lang=es").text
    assert flask.get("/card.css").mimetype == "text/css"
    assert ".ctr-card" in flask.get("/card.css").text


def test_the_flask_app_gives_a_neutral_card(flask):
    answer = flask.get("/contacts/national-human-trafficking-hotline.vcf?name=Ana")
    assert answer.mimetype == "text/vcard"
    assert b"FN:Ana\r\n" in answer.data
    assert b"Hotline" not in answer.data
    assert b"Hotline" in flask.get("/contacts/national-human-trafficking-hotline.vcf").data


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/help?lang=xx", 400, "en, es"),
        ("/contacts/ct-21.vcf", 404, "ct-211"),
        ("/contacts/polaris-project.vcf", 404, "withdrawn"),
        ("/contacts/ct-211.vcf?name=%20", 400, "neutral_name"),
    ],
)
def test_the_flask_app_says_what_is_wrong(flask, path, status, words):
    answer = flask.get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_the_django_page_shows_number_and_link_of_the_same_contact(django):
    answer = django.get("/help", {"town": "Hartford"})
    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert_is_the_page(answer.content.decode())


def test_the_fastapi_app_always_names_911_and_the_hotline(fastapi):
    query = {"audience": "worker", "purpose": "wages-and-work", "language": "es"}
    answer = fastapi.get("/lines", params=query).json()
    assert [line["id"] for line in answer["lines"]][:2] == [
        "911-connecticut",
        "national-human-trafficking-hotline",
    ]
    assert answer["pin"] == ctr.load().pin
    voice = answer["lines"][1]["contacts"][0]
    shown = ctr.load().hotline.voice
    assert (voice["display"], voice["uri"]) == (shown.display, shown.uri)


def test_the_fastapi_app_marks_lines_that_take_tips(fastapi):
    lines = fastapi.get("/lines", params={"audience": "public"}).json()["lines"]
    for line in lines:
        channel = ctr.load().channel(line["id"])
        assert line["tips_only"] is channel.tips_only
        assert line["immigration_enforcement"] is channel.immigration_enforcement
    assert any(line["immigration_enforcement"] for line in lines)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/lines?language=Spanish", 422, "language tag"),
        ("/lines?audience=everybody", 422, "victim"),
        ("/lines/ct-21", 404, "ct-211"),
        ("/lines/national-human-trafficking-resource-center", 410, "withdrawn"),
    ],
)
def test_the_fastapi_app_says_what_is_wrong(fastapi, path, status, words):
    answer = fastapi.get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_the_fastapi_app_serves_one_line_and_the_whole_directory(fastapi):
    assert fastapi.get("/lines/ct-211").json()["name"] == "211 Connecticut"
    assert fastapi.get("/directory.hsds.json").text == ctr.export("hsds")

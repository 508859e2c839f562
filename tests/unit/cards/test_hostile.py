"""Hostile texts in an edition of one's own: every form still says what it should.

The schemas let none of these in; this is what holds if something else does.
"""

from __future__ import annotations

import html as standard_html
import re
import unicodedata

import html5lib
import jinja2
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from markdown_it import MarkdownIt

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing
from ct_trafficking_resources.cards import html
from ct_trafficking_resources.words import one_line

MARKDOWN = MarkdownIt("gfm-like", {"html": True})
ALLOWED_LINK = re.compile(
    r"(tel|sms):\+?[0-9]+(;ext=[0-9]+)?|https://help\.storrow-hollow\.example/"
)
TEXTS = st.one_of(
    st.sampled_from(testing.HOSTILE_TEXTS),
    st.lists(st.sampled_from(testing.HOSTILE_TEXTS), min_size=2, max_size=3).map("".join),
    st.text(max_size=60),
    st.text(
        st.sampled_from("<>&\"'`*_[]()!|\\~#:@/.\n\r\t -=+{}%$\u202e\u2066\u200b\x00\x1b"),
        max_size=40,
    ),
)


def card(text, audience="victim", language="en", *, change=None):
    document = testing.with_text(testing.fictional_document(), text)
    if change:
        change(document)
    return ctr.card(audience, language, testing.fictional_directory(document))


def check(made, forms, read):
    plain = ctr.card(made.audience, made.language, testing.fictional_directory())
    shown = forms(made)
    for form, text in shown.items():
        assert "911" in text, form
        assert "860-555-2001" in text, form
    for form in ("full", "short", "line", "sms", "markdown", "prompt"):
        odd = {one for one in shown[form] if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl"}}
        assert odd <= {"\n"}, form
    check_html(shown, forms(plain), read)
    check_markdown(shown["markdown"], plain.markdown())


def check_html(shown, plain, read):
    html5lib.HTMLParser(strict=True).parseFragment(shown["html"])
    for form in ("page", "poster", "a4"):
        html5lib.HTMLParser(strict=True).parse(shown[form])
    for form in ("html", "page", "poster", "a4"):
        found, expected = read(shown[form]), read(plain[form])
        assert found.elements <= html.ELEMENTS | html.POSTER_ELEMENTS
        assert found.attributes <= html.ATTRIBUTES | html.POSTER_ATTRIBUTES
        assert found.elements == expected.elements
        assert found.links == expected.links
        assert found.other == []


def check_markdown(shown, plain):
    found, expected = tokens(shown), tokens(plain)
    assert [token.type for token in found] == [token.type for token in expected]
    for token in found:
        inner = [child.type for child in token.children or ()]
        assert not {"html_inline", "image", "code_inline", "hardbreak"} & set(inner)
        assert token.type != "html_block"
        for child in token.children or ():
            if child.type == "link_open":
                assert ALLOWED_LINK.match(child.attrs["href"])
    assert links(found) == links(expected)


def tokens(text):
    return MARKDOWN.parse(text)


def links(found):
    return [
        child.attrs["href"]
        for token in found
        for child in token.children or ()
        if child.type == "link_open"
    ]


@pytest.mark.parametrize("text", testing.HOSTILE_TEXTS)
@pytest.mark.parametrize("who", list(ctr.Audience))
def test_hostile_texts_do_nothing_in_any_form(text, who, forms, read):
    check(card(text, who), forms, read)


@given(text=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_does_anything_in_any_form(text, forms, read):
    check(card(text, "victim", "es"), forms, read)


@pytest.mark.parametrize("text", testing.HOSTILE_TEXTS)
def test_a_name_is_read_as_it_is_written(text, read):
    made = card(text)
    assert one_line(text) in standard_html.unescape(made.html())
    headings = [token.content for token in tokens(made.markdown()) if token.type == "inline"]
    rendered = MARKDOWN.render(made.markdown())
    assert one_line(text) in read(f"<p>{rendered}</p>").text
    assert headings


@pytest.mark.parametrize("hostile", testing.HOSTILE_TEXTS)
def test_a_hostile_label_never_stands_for_a_number(hostile, forms, read):
    def change(document):
        for channel in document["channels"]:
            for contact in channel["contacts"]:
                if contact["value"] not in {"911", "+18605552001"}:
                    contact["display"] = hostile

    check_links(card("name", change=change), forms, read)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("url", 'https://evil.example/" onclick="alert(1)'),
        ("url", "https://user@evil.example/"),
        ("url", "data:text/html,x"),
        ("e164", "+18605552001;ext=1,,2"),
        ("e164", "+1860555\n2001"),
        ("e164", "*21*18605552001#"),
        ("short-code", "233733?body=help"),
    ],
)
def test_a_hostile_value_is_no_link(kind, value, forms, read):
    def change(document):
        for channel in document["channels"]:
            for contact in channel["contacts"]:
                if contact["mode"] in {"chat", "tty"}:
                    contact.update(kind=kind, value=value, display=value)

    check_links(card("name", change=change), forms, read)


@pytest.mark.parametrize("field", ["edition", "status"])
@pytest.mark.parametrize("text", testing.HOSTILE_TEXTS)
def test_a_hostile_header_does_nothing_in_any_form(field, text, forms, read):
    def change(document):
        document[field] = text.encode(errors="replace").decode()

    made = card("name", change=change)
    check(made, forms, read)
    assert one_line(text) not in made.prompt()


def check_links(made, forms, read):
    shown = forms(made)
    for form in ("html", "page", "poster"):
        page = read(shown[form])
        assert page.elements <= html.ELEMENTS | html.POSTER_ELEMENTS
        for href, label in page.links:
            if label.startswith("Emergency: "):
                continue
            assert ALLOWED_LINK.match(href), form
            digits = "".join(one for one in href.partition(";ext")[0] if one in "0123456789")
            if not href.startswith("https:"):
                seen = "".join(one for one in label if one in "0123456789")
                assert seen.removeprefix("1") == digits.removeprefix("1")
    for href in links(tokens(shown["markdown"])):
        assert ALLOWED_LINK.match(href)


@pytest.mark.parametrize("text", testing.HOSTILE_TEXTS)
def test_a_template_shows_a_hostile_card_as_it_is(text):
    made = card(text)
    template = jinja2.Environment(autoescape=True).from_string("{{ card }}")
    assert template.render(card=made) == made.html()


def test_words_of_the_data_do_not_fill_placeholders():
    made = card("{verb} {number} {0.__class__}")
    assert "{verb} {number} {0.__class__}" in made.text(style="line")


def test_the_prose_of_every_text_is_replaced():
    document = testing.with_text(testing.fictional_document(), "x")
    assert {one["name"] for one in document["channels"]} == {"x"}
    assert testing.fictional_document()["channels"][0]["name"] != "x"

"""What holds for every card: each audience, each language, each form."""

from __future__ import annotations

import json
import pickle
from copy import deepcopy
from datetime import date

import html5lib
import jinja2
import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cards import html

HOTLINE = "1-888-373-7888"
SOURCES = ("sample", "fictional")


@pytest.fixture(params=SOURCES)
def directory(request):
    return request.getfixturevalue(request.param)


def test_911_and_the_hotline_are_in_every_form(audience, language, directory, forms):
    hotline = directory.hotline.contact("voice").display
    for form, shown in forms(ctr.card(audience, language, directory)).items():
        assert "911" in shown, form
        assert hotline in shown, form


def test_the_hotline_is_this_number_in_the_shipped_edition(audience, language, forms):
    assert all(HOTLINE in shown for shown in forms(ctr.card(audience, language)).values())


def test_911_comes_before_everything_else(audience, language, directory):
    card = ctr.card(audience, language, directory)
    assert card.entries[0].channel.id == "911-connecticut"
    assert card.sms().index("911") < card.sms().index(directory.hotline.voice.display)


def test_a_card_holds_no_email_and_no_immigration_enforcement(audience, language, directory, forms):
    card = ctr.card(audience, language, directory)
    assert not any(entry.channel.immigration_enforcement for entry in card.entries)
    assert not any(one.mode == "email" for entry in card.entries for one in entry.contacts)
    for form, shown in forms(card).items():
        assert "mailto:" not in shown, form
        assert not any(
            contact.display in shown
            for channel in directory.channels
            for contact in channel.contacts
            if contact.mode == "email"
        ), form


def test_only_the_public_sees_lines_that_only_take_tips(audience, language, directory):
    tips = [one for one in ctr.card(audience, language, directory).entries if one.channel.tips_only]
    assert bool(tips) is (audience == "public")


def test_pairs_stand_together(audience, language, directory):
    for purpose in (None, *ctr.Purpose):
        for mode in (None, *ctr.Mode):
            card = ctr.card(audience, language, directory, purpose=purpose, mode=mode)
            for entry in card.entries:
                shown = {one.id for one in entry.contacts}
                assert {one.paired_with for one in entry.contacts} - {None} <= shown


def test_html_holds_the_allowed_elements_and_attributes_only(audience, language, directory, read):
    card = ctr.card(audience, language, directory, on=date(2101, 1, 1))
    html5lib.HTMLParser(strict=True).parseFragment(card.html())
    for shown in (card.html(), card.html(page=True, exit_to="https://www.example.org/")):
        page = read(shown)
        assert page.elements <= html.ELEMENTS
        assert page.attributes <= html.ATTRIBUTES
        assert page.other == []
    page = read(card.poster())
    assert page.elements <= html.ELEMENTS | html.POSTER_ELEMENTS
    assert page.attributes <= html.ATTRIBUTES | html.POSTER_ATTRIBUTES


def test_a_page_is_valid_html(audience, language):
    card = ctr.card(audience, language)
    for page in (card.html(page=True, exit_to="https://www.example.org/"), card.poster()):
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
        assert tree.attrib["lang"] == language


def test_links_lead_to_what_they_show(audience, language, directory, read):
    page = read(ctr.card(audience, language, directory).html())
    assert page.links
    for (href, label), name in zip(page.links, page.names, strict=True):
        scheme, _, target = href.partition(":")
        assert name.startswith(label), "the name contains the visible label (WCAG 2.5.3)"
        if scheme == "https":
            assert label.rpartition(" ")[2].rstrip("/") == target.removeprefix("//").rstrip("/")
        else:
            assert scheme in {"tel", "sms"}
            digits = "".join(filter(str.isdigit, label))
            target = target.partition(";ext=")[0]
            assert target.removeprefix("+1") == digits.removeprefix("1")


def test_a_poster_says_that_it_is_not_the_notice(audience, language):
    for size in ("letter", "a4"):
        assert "C.G.S. 54-234a" in ctr.card(audience, language).poster(size=size)


def test_a_text_message_has_one_part_in_gsm_7(audience, language):
    sms = ctr.card(audience, language).sms()
    assert (sms.encoding, sms.parts) == ("GSM-7", 1)
    assert sms.places == len(sms) <= 160


def test_a_message_to_a_telephone_that_is_watched_does_not_name_trafficking(audience, language):
    sms = ctr.card(audience, language).sms()
    discreet = audience in {"victim", "child", "worker"}
    assert ("rafficking" in sms or "rata de" in sms) is not discreet
    assert sms.endswith(("Delete this message.", "Borre este mensaje.")) is discreet


@pytest.mark.parametrize("width", [1, 40, 60, 72, 96, 120, 400])
def test_lines_are_as_wide_as_asked_for(width, sample):
    for audience in ctr.Audience:
        for style in ("full", "short"):
            text = ctr.card(audience, "es", sample).text(width=width, style=style)
            widest = max(map(len, text.splitlines()))
            # An address is never broken: the longest has 49 characters and an indent of 4.
            assert widest <= max(width, 53)
            assert not any(line.endswith(" ") for line in text.splitlines())
            assert text.endswith("\n")
            assert not text.endswith("\n\n")


def test_no_form_has_control_or_direction_characters(audience, language, directory, forms):
    for form, shown in forms(ctr.card(audience, language, directory)).items():
        assert shown.replace("\n", "").isprintable(), form


def test_a_card_as_a_dict_is_json_and_keeps_number_and_instruction_apart(
    audience, language, directory
):
    card = ctr.card(audience, language, directory)
    document = json.loads(json.dumps(card.to_dict()))
    assert document == card.to_dict()
    assert [one["id"] for one in document["entries"]] == [one.channel.id for one in card.entries]
    for entry in document["entries"]:
        for contact in entry["contacts"]:
            assert not any(character.isdigit() for character in contact["instruction"])


def test_a_card_is_a_value():
    card = ctr.card()
    assert card == ctr.card()
    assert hash(card) == hash(ctr.card())
    assert card != ctr.card("public")
    assert pickle.loads(pickle.dumps(card)) == deepcopy(card) == card
    assert str(card) == card.text()


def test_templates_take_a_card_as_it_is():
    template = jinja2.Environment(autoescape=True).from_string("<main>{{ card }}</main>")
    assert template.render(card=ctr.card()) == f"<main>{ctr.card().html()}</main>"
    assert template.render(card=ctr.card().html()) == f"<main>{ctr.card().html()}</main>"


def test_the_text_of_a_card_is_html_to_a_template_also_after_a_copy():
    for text in (str(ctr.card()), pickle.loads(pickle.dumps(str(ctr.card())))):
        assert text == ctr.card().text()
        assert text.__html__() == ctr.card().html()


def test_the_dates_on_a_card_are_those_of_pages_and_not_of_what_a_partner_sent(fictional):
    from ct_trafficking_resources import testing

    document = testing.fictional_document()
    voice = testing.channel_of(document, "national-human-trafficking-hotline")["contacts"][0]
    sent = {"url": None, "title": "Update", "kind": "partner", "date": "2031-05-06"}
    voice["evidence"]["sources"].append({**sent, "read": "2031-05-07"})
    card = ctr.card(directory=testing.fictional_directory(document))
    assert "2031-05" not in card.text()
    assert card.text() == ctr.card(directory=fictional).text()


def test_the_same_number_stands_in_all_forms_of_one_changed_record(fictional, forms):
    from ct_trafficking_resources import testing

    document = testing.fictional_document()
    voice = testing.channel_of(document, "national-human-trafficking-hotline")["contacts"][0]
    old = voice["display"]
    voice["value"], voice["display"] = "+18605559999", "860-555-9999"
    for form, shown in forms(ctr.card(directory=testing.fictional_directory(document))).items():
        assert "860-555-9999" in shown, form
        assert old not in shown, form
    assert "860-555-9999" not in ctr.card(directory=fictional).text()

"""A text message knows its alphabet, its places and its parts."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing
from ct_trafficking_resources.cards import SmsText

BASIC = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà"


@pytest.mark.parametrize(
    ("text", "encoding", "places", "parts"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("€" * 80 + "a", "GSM-7", 161, 2),
        ("€" * 153, "GSM-7", 306, 3),  # 76 in a part: none is cut in two
        ("a" + "€" * 152 + "a", "GSM-7", 306, 2),
        (BASIC, "GSM-7", len(BASIC), 1),
        ("í", "UCS-2", 1, 1),
        ("í" * 70, "UCS-2", 70, 1),
        ("í" * 71, "UCS-2", 71, 2),
        ("í" * 134, "UCS-2", 134, 2),
        ("í" * 135, "UCS-2", 135, 3),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 67, "UCS-2", 134, 3),
        ("\u2019", "UCS-2", 1, 1),
    ],
)
def test_places_and_parts(text, encoding, places, parts):
    sms = SmsText(text)
    assert (sms.encoding, sms.places, sms.parts) == (encoding, places, parts)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_message_is_text_and_never_longer_in_septets_than_it_says(text):
    sms = SmsText(text)
    assert sms == text
    assert sms.parts >= 1
    assert len(text) <= sms.places <= 2 * len(text)


def test_a_keyword_is_said_beside_its_number():
    document = testing.fictional_document()
    hotline = testing.channel_of(document, "national-human-trafficking-hotline")
    hotline["contacts"][1]["keyword"] = "HELP"
    sms = ctr.card(directory=testing.fictional_directory(document)).sms()
    assert "text 555555 (write HELP)" in sms


def test_only_the_ways_in_the_message_must_be_always_open():
    """The web form, which the public sees on the card, is not in the message."""
    assert ctr.card("public").sms().endswith("text 233733. Day and night.")


def test_a_line_that_is_not_always_open_or_anonymous_is_not_said_to_be():
    document = testing.fictional_document()
    hotline = testing.channel_of(document, "national-human-trafficking-hotline")
    del hotline["contacts"][0]["hours"], hotline["anonymous"]
    sms = ctr.card(directory=testing.fictional_directory(document)).sms()
    assert sms == (
        "In danger: call 911. Help: call 860-555-2001 (Hours not known)"
        " or text 555555 (Day and night). Delete this message."
    )


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("text", "Help: text 555555."),
        ("relay", "Help: Relay 711 (ask for 860-555-2001)."),
        ("chat", "Help: Chat help.storrow-hollow.example/chat."),
    ],
)
def test_the_hotline_is_said_however_it_is_reached(mode, said, fictional):
    card = ctr.card(directory=fictional, mode=mode)
    assert said in card.sms()
    line = said.removeprefix("Help: ").replace("text", "Text")
    assert card.text(style="line") == (
        f"In danger: call 911. Fictional Trafficking Hotline: {line}"
    )

"""What a language model is about to say, and what a filter may redact."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr


def rules_of(text, **options):
    return [finding.rule for finding in ctr.check_reply(text, **options)]


def test_a_reply_with_the_wrong_prefix_is_stopped():
    (finding,) = ctr.check_reply(
        "You can call the National Human Trafficking Hotline at 1-800-373-7888."
    )
    assert (finding.rule, finding.severity) == ("CTR410", "error")
    assert finding.replacement == "1-888-373-7888"
    assert str(finding.place) == "<reply>:1:56"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Call 1-888-373-7888 or text 233733. In danger, call 911.", []),
        ("Human trafficking is a crime.", ["CTR460"]),
        ("If you are in danger, call 911.", []),
        ("Visit humantraffickinghotline.org about trafficking.", []),
        ("Here is a recipe for bread.", []),
        ("Call 1-800-221-4567.", ["CTR461"]),
        ("Call 1-800-221-4567 / 1-800-222-9999.", ["CTR461", "CTR461"]),
        ("Call 1-800-STOP-NOW or (866) 4-STOP-IT.", ["CTR461", "CTR461"]),
        ("Call 1-800-THE-LOST.", []),
        ("An 800-million-dollar case, in an 800-page report, of 860 officers.", []),
        ("Text HOME to 741741.", ["CTR461"]),
        ("Write to help@safeplace.org or see https://safeplace.org/help.", ["CTR462", "CTR462"]),
        ("Trafficking: call 1-800-221-4567.", ["CTR461", "CTR460"]),
        ("On 2024-01-15 10:20 it was 20240115102030.", []),
        ("The Milford police: (508) 473-1113.", ["CTR410"]),
        ("50 Jennings Road", ["CTR421"]),
        ("press 3", ["CTR421"]),
    ],
)
def test_a_reply_is_judged_without_asking_for_context(text, rules):
    assert rules_of(text) == rules


def test_whether_a_contact_is_due_can_be_said():
    assert rules_of("Bread needs time.", due=True) == ["CTR460"]
    assert rules_of("Human trafficking is a crime.", due=False) == []


def test_contacts_of_ones_own_can_be_allowed():
    text = "Call 1-800-221-4567, text HI to 741741, write to a@own.org, or see https://own.org/x."
    allowed = ("+1 800 221 4567", "741741", "a@own.org", "https://www.own.org/")
    assert rules_of(text, allowed=allowed) == []
    assert rules_of("Call 1-800-STOP-NOW.", allowed=("1-800-STOP-NOW",)) == []
    assert rules_of(text, allowed=("own.org/x",)) == ["CTR461", "CTR461", "CTR462"]


def test_a_comment_cannot_silence_a_finding_in_a_reply():
    assert rules_of("1-800-373-7888 ct-resources: ignore it is fine") == ["CTR410"]


@given(st.text(max_size=300))
def test_any_reply_can_be_checked(text):
    ctr.check_reply(text)


@pytest.mark.parametrize(
    "text",
    [
        "1-888-373-7888",
        "+18883737888",
        "888.373.7888",
        "(888) 373-7888,",
        "1-888-3737-888",
        "\uff18\uff18\uff183737888",
        "1-800-THE-LOST",
        "BEFREE",
        "tel:+18883737888",
        "sms:233733",
        "233733",
        "911",
        "9-8-8",
        "humantraffickinghotline.org",
        "https://humantraffickinghotline.org/en/chat",
        "HELP@humantraffickinghotline.org",
        "mailto:help@humantraffickinghotline.org",
    ],
)
def test_help_lines_go_through_a_filter(text, directory):
    assert ctr.is_known(text)
    assert ctr.is_known(f"  {text}. ", directory)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "hello",
        "YUV",
        "1-800-373-7888",
        "1-888-373-7889",
        "233722",
        "66008",
        "912",
        "call 911",
        "nhtrc@polarisproject.org",
        "someone@humantraffickinghotline.org",
        "example.org",
        "tel:+12125550100",
        "1-888-373-7888 1-888-373-7888",
        "()",
    ],
)
def test_nothing_else_does(text):
    assert not ctr.is_known(text)


def test_every_contact_of_the_directory_goes_through(directory):
    for record in (*directory.channels, *directory.organizations):
        for contact in record.contacts:
            assert ctr.is_known(contact.display), contact.display
            assert ctr.is_known(contact.value), contact.value
            assert ctr.is_known(contact.uri), contact.uri


@given(st.text(max_size=60))
def test_any_piece_of_text_can_be_asked_about(text):
    assert ctr.is_known(text) in {True, False}

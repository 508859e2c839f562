"""Who sees what: the policy is obeyed, and what is revoked is nowhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing
from ct_trafficking_resources.cards.selection import POLICIES
from ct_trafficking_resources.model.channels import EMERGENCY, HOTLINE

ALWAYS = [EMERGENCY, HOTLINE]
NIGHT = datetime(2001, 2, 7, 8, tzinfo=UTC)  # a Wednesday, 3 am in Connecticut
MORNING = datetime(2001, 2, 7, 15, tzinfo=UTC)


def ids(card):
    return [entry.channel.id for entry in card.entries]


def modes(card, id):
    return [one.mode for entry in card.entries if entry.channel.id == id for one in entry.contacts]


def test_every_audience_has_a_policy_that_begins_with_emergency():
    assert set(POLICIES) == set(ctr.Audience)
    for policy in POLICIES.values():
        purposes = [need.purpose for need in policy.needs]
        assert purposes[0] == "emergency"
        assert "trafficking-help" in purposes
        assert len(purposes) == len(set(purposes))
        assert policy.reason
        assert all(need.reason for need in policy.needs)
        assert "email" not in policy.modes


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (
            "victim",
            "family-violence-line assault-line legal-help town-pantry relay",
        ),
        ("public", "careline tip-line relay"),
        ("child", "careline picture-removal relay"),
        ("mandated-reporter", "relay"),
        ("worker", "wage-line legal-help town-pantry relay"),
        ("service-provider", "family-violence-line assault-line legal-help town-pantry relay"),
    ],
)
def test_each_audience_sees_its_lines_in_order(audience, expected, fictional):
    card = ctr.card(audience, "en", fictional)
    before = ["fictional-careline"] if audience == "mandated-reporter" else []
    assert [one.channel.id for one in card.first] == [EMERGENCY, *before, HOTLINE]
    found = [entry.channel.id for entry in card.more]
    assert found == [f"fictional-{id}" for id in expected.split()]


def test_a_mandated_reporter_reads_the_careline_before_the_hotline(sample, forms):
    found = ids(ctr.card("mandated-reporter", "en", sample))
    assert found.index("ct-dcf-careline") < found.index(HOTLINE)
    for form in ("full", "short", "line", "markdown", "html", "page", "sms", "prompt", "dict"):
        shown = forms(ctr.card("mandated-reporter", "en", sample))[form]
        assert shown.index("1-800-842-2288") < shown.index("1-888-373-7888"), form


def test_a_child_who_wants_to_die_finds_the_line_for_that(sample):
    crisis = [
        entry for entry in ctr.card("child", "en", sample).more if entry.need == "crisis-support"
    ]
    assert [entry.channel.id for entry in crisis] == ["988-lifeline"]


def test_who_must_report_harm_to_a_child_is_not_sent_to_a_line_that_takes_no_reports(sample):
    """Childhelp says of itself that it is no reporting line."""
    for audience in ctr.Audience:
        found = ids(ctr.card(audience, "en", sample, purpose="child-protection"))
        assert found[2:] in (["ct-dcf-careline"], [])


def test_staff_who_speak_the_language_come_first(fictional):
    english = ids(ctr.card("victim", "en", fictional))
    spanish = ids(ctr.card("victim", "es-US", fictional))
    assert "fictional-family-violence-line" in english
    assert "fictional-second-family-violence-line" in spanish
    assert "fictional-family-violence-line" not in spanish


def test_interpreters_come_before_unknown_languages():
    document = testing.fictional_document()
    first, second = (
        testing.channel_of(document, f"fictional-{id}family-violence-line")
        for id in ("", "second-")
    )
    for contact in (*first["contacts"], *second["contacts"]):
        contact.pop("languages", None)
    second["contacts"][0]["interpreter_languages"] = ["mul"]
    card = ctr.card("victim", "es", testing.fictional_directory(document))
    assert second["id"] in ids(card)
    second["contacts"][0]["interpreter_languages"] = ["pt"]
    assert first["id"] in ids(ctr.card("victim", "es", testing.fictional_directory(document)))


def test_who_asks_about_one_need_sees_every_line_for_it(fictional):
    card = ctr.card("victim", "en", fictional, purpose="domestic-violence")
    assert ids(card) == [
        *ALWAYS,
        "fictional-family-violence-line",
        "fictional-second-family-violence-line",
    ]
    assert ids(ctr.card("victim", "en", fictional, purpose="training")) == ALWAYS
    hotline = ctr.card("public", "en", fictional, purpose="trafficking-report")
    assert ids(hotline) == ALWAYS


def test_no_purpose_brings_tips_or_immigration_enforcement_to_a_victim(sample, fictional):
    for directory in (sample, fictional):
        for audience in ctr.Audience:
            for purpose in ctr.Purpose:
                for entry in ctr.card(audience, "en", directory, purpose=purpose).entries:
                    assert not entry.channel.immigration_enforcement
                    assert audience == "public" or not entry.channel.tips_only


def test_a_way_of_reaching_a_line_is_the_only_one_shown(fictional):
    card = ctr.card("victim", "en", fictional, mode="text")
    assert ids(card) == [*ALWAYS, "fictional-family-violence-line"]
    assert {one.mode for entry in card.entries for one in entry.contacts} == {"text"}


@pytest.mark.parametrize("mode", list(ctr.Mode))
def test_what_every_card_holds_is_shown_otherwise_if_it_has_no_such_way(mode, fictional):
    card = ctr.card("victim", "en", fictional, mode=mode)
    assert ids(card)[:2] == ALWAYS
    assert all(entry.contacts for entry in card.entries)
    if mode == "email":
        assert modes(card, HOTLINE) == ["voice", "text", "relay", "chat"]


def test_a_form_stands_only_where_a_line_has_no_live_way(fictional):
    assert modes(ctr.card("child", "en", fictional), "fictional-picture-removal") == ["web-form"]
    assert "web-form" not in modes(ctr.card("child", "en", fictional), HOTLINE)
    assert "web-form" in modes(ctr.card("public", "en", fictional), HOTLINE)


def test_an_address_to_write_to_is_on_no_card_whatever_its_mode_says(audience, language, forms):
    document = testing.fictional_document()
    for id in (HOTLINE, "fictional-family-violence-line"):
        contacts = testing.channel_of(document, id)["contacts"]
        contacts[1].update(kind="email", value="a@b.example", display="a@b.example")
    card = ctr.card(audience, language, testing.fictional_directory(document))
    for form, shown in forms(card).items():
        assert "a@b.example" not in shown, form


def test_a_town_leaves_out_lines_of_other_towns(fictional):
    assert "fictional-town-pantry" in ids(ctr.card(directory=fictional, town="Storrow Hollow"))
    assert "fictional-town-pantry" not in ids(ctr.card(directory=fictional, town="Hartford"))


def test_a_line_known_to_be_closed_is_left_out(fictional):
    assert "fictional-legal-help" in ids(ctr.card(directory=fictional, open_at=MORNING))
    closed = ctr.card(directory=fictional, open_at=NIGHT)
    assert "fictional-legal-help" not in ids(closed)
    assert "fictional-town-pantry" in ids(closed), "unknown is not closed"


def test_a_relay_is_as_closed_as_the_line_it_leads_to(fictional):
    document = testing.fictional_document()
    legal = testing.channel_of(document, "fictional-legal-help")
    hotline = testing.channel_of(document, HOTLINE)
    relay = {**hotline["contacts"][2]}
    del relay["hours"]
    legal["contacts"].append(relay)
    directory = testing.fictional_directory(document)
    day = ctr.card(directory=directory, open_at=MORNING)
    assert modes(day, "fictional-legal-help") == ["voice", "relay"]
    assert "fictional-legal-help" not in ids(ctr.card(directory=directory, open_at=NIGHT))
    assert ids(ctr.card(directory=fictional, open_at=NIGHT))[:2] == ALWAYS


def test_what_every_card_holds_is_shown_though_it_is_closed():
    document = testing.fictional_document()
    office = testing.channel_of(document, "fictional-legal-help")["contacts"][0]["hours"]
    for contact in testing.channel_of(document, HOTLINE)["contacts"]:
        contact["hours"] = office
    card = ctr.card(directory=testing.fictional_directory(document), open_at=NIGHT)
    assert ids(card)[:2] == ALWAYS
    assert "Mon to Fri: 9 am to noon" in card.text()


# --- what is revoked ---------------------------------------------------------


def test_a_revoked_number_is_in_no_card(audience, language, forms):
    revoked = frozenset({"e164:+18605552001", "e164:+18605552003"})
    card = ctr.card(audience, language, testing.fictional_directory(revoked=revoked))
    for form, shown in forms(card).items():
        assert "2001" not in shown.replace("2001.2.0", "").replace("2001-", ""), form
        assert "555-2003" not in shown, form
        assert "5552003" not in shown, form
        assert "555555" in shown, form
    assert "relay" not in modes(card, HOTLINE), "a relay to nowhere"


def test_one_half_of_a_pair_revoked_takes_the_other_and_its_relay_with_it():
    document = testing.fictional_document()
    line = testing.channel_of(document, "fictional-assault-line")
    relay = testing.channel_of(document, HOTLINE)["contacts"][2]
    line["contacts"].append({**relay, "relay_to": "voice"})
    whole = testing.fictional_directory(document)
    assert modes(ctr.card(directory=whole), line["id"]) == ["voice", "voice", "relay"]
    half = testing.fictional_directory(document, revoked=frozenset({"e164:+18605552006"}))
    assert line["id"] not in ids(ctr.card(directory=half))
    assert "2005" not in ctr.card(directory=half).text()


def test_a_card_is_never_empty_whatever_is_revoked(audience, language, forms):
    document = testing.fictional_document()
    every = frozenset(
        f"{contact['kind']}:{contact['value']}"
        for channel in document["channels"]
        for contact in channel["contacts"]
        if contact["value"] != "911"
    )
    card = ctr.card(audience, language, testing.fictional_directory(document, revoked=every))
    assert ids(card) == [EMERGENCY]
    for form, shown in forms(card).items():
        assert "911" in shown, form
        assert "555" not in shown, form


def test_a_card_without_any_line_says_what_it_can_and_does_not_fail(forms):
    revoked = frozenset({"n11:911"})
    document = testing.fictional_document()
    document["channels"] = [testing.channel_of(document, id) for id in ALWAYS]
    document["channels"][1]["contacts"] = []
    card = ctr.card(directory=testing.fictional_directory(document, revoked=revoked))
    assert card.entries == ()
    assert all(forms(card).values()) or card.sms() == ""


@pytest.mark.parametrize("left", ["relay", "chat", "web-form"])
def test_the_last_way_to_reach_the_hotline_is_in_every_form(left, audience, language, forms):
    document = testing.fictional_document()
    hotline = testing.channel_of(document, HOTLINE)
    kept = {left} if left != "relay" else {"relay", "voice"}
    hotline["contacts"] = [one for one in hotline["contacts"] if one["mode"] in kept]
    card = ctr.card(audience, language, testing.fictional_directory(document), mode=left)
    shown = hotline["contacts"][-1]["display"]
    for form, text in forms(card).items():
        assert shown in text, form


def test_a_pinned_edition_gives_the_card_of_that_edition(sample, forms):
    pinned = ctr.load(sample.pin)
    assert forms(ctr.card(directory=pinned)) == forms(ctr.card(directory=sample))
    revoked = ctr.Directory(
        pinned._document, pinned.digest, revoked=frozenset({"short-code:233733"})
    )
    for form, shown in forms(ctr.card(directory=revoked)).items():
        assert "233733" not in shown, form


# --- what is asked for -------------------------------------------------------


def test_a_value_that_is_not_valid_on_the_day_is_left_out():
    document = testing.fictional_document()
    text = testing.channel_of(document, HOTLINE)["contacts"][1]
    text["valid_to"] = "2001-03-01"
    directory = testing.fictional_directory(document)
    before, after = datetime(2001, 3, 1).date(), datetime(2001, 3, 2).date()  # noqa: DTZ001
    assert "555555" in ctr.card(directory=directory, on=before).text()
    assert "555555" not in ctr.card(directory=directory, on=after).text()


def test_an_overdue_review_is_said_and_nothing_is_withheld(sample):
    due = sample.review_by
    at, after = (ctr.card(directory=sample, on=day) for day in (due, due.replace(year=2031)))
    assert "due for a new check" not in at.text()
    assert f"due for a new check by {due}" in after.text()
    assert ids(at) == ids(after)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({"audience": "victims"}, "'victim'"),
        ({"purpose": "traficking-help"}, "'trafficking-help'"),
        ({"mode": "voise"}, "'voice'"),
        ({"language": "xx"}, "'en'"),
        ({"language": "../../en"}, "'en'"),
        ({"language": None}, "'en'"),
    ],
)
def test_an_unknown_word_is_answered_with_those_there_are(asked, meant):
    with pytest.raises(ctr.UnknownTerm) as caught:
        ctr.card(**asked)
    assert meant.strip("'") in str(caught.value)


def test_a_moment_without_a_time_zone_is_refused(fictional):
    with pytest.raises(ValueError, match="zone"):
        ctr.card(directory=fictional, open_at=datetime(2001, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (lambda card: card.text(style="long"), ctr.UnknownTerm),
        (lambda card: card.poster(size="a5"), ctr.UnknownTerm),
        (lambda card: card.html(exit_to="javascript:alert(1)"), ValueError),
        (lambda card: card.html(exit_to="https://x.example/\n"), ValueError),
        (lambda card: card.html(heading=0), ValueError),
        (lambda card: card.html(heading=5), ValueError),
    ],
)
def test_a_form_that_does_not_exist_is_refused(asked, error):
    with pytest.raises(error):
        asked(ctr.card())


def test_headings_begin_at_the_level_asked_for():
    assert "<h4 " in ctr.card().html(heading=4)
    assert "<h5>" in ctr.card().html(heading=4)
    assert '<h1 class="ctr-title">' in ctr.card().html(page=True, heading=3)


def test_a_page_has_the_title_given_or_one_that_tells_a_passer_by_nothing():
    assert "<title>Help and contacts</title>" in ctr.card().html(page=True)
    assert "<title>A &lt;b&gt;</title>" in ctr.card().html(page=True, title="A\n<b>")


def test_the_exit_link_says_what_it_does_not_do(audience, language):
    shown = ctr.card(audience, language).html(exit_to="https://www.example.org/")
    assert shown.index("https://www.example.org/") < shown.index("tel:911")
    assert "history" in shown or "historial" in shown

"""Who relies on a contact point, what counts as evidence, and what every card holds."""

from __future__ import annotations

import json

import attrs
import pytest

from ct_trafficking_resources import testing
from ct_trafficking_resources.cards.selection import POLICIES
from ct_trafficking_resources.checks import record_rules
from ct_trafficking_resources.checks.rules import Records
from ct_trafficking_resources.edition.codec import decode_source
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.model import (
    ContactPoint,
    Coverage,
    Evidence,
    HelpChannel,
    Operator,
    Organization,
    TaskForce,
)
from ct_trafficking_resources.policy import (
    ALWAYS_SHOWN,
    OFFICE,
    REVIEW_CLASSES,
    SHORT_CODE,
    VICTIM_CHANNEL,
    hosts_of,
    independent,
    is_enough_to_show,
    is_live_page,
    is_victim_facing,
    level_of,
    of_same_organization,
    publishers,
    review_class,
)
from ct_trafficking_resources.vocabulary import Audience, Purpose
from ct_trafficking_resources.web import page_host
from sample_data import SAMPLE


def source(url="https://a.gov/", kind="official"):
    document = {"url": url, "title": "A page", "kind": kind, "read": "2026-11-23"}
    return decode_source(document)


def evidence(*sources, level="official", confidence="high"):
    return Evidence(level=level, confidence=confidence, sources=sources or (source(),))


def contact(*purposes, kind="e164", mode="voice", value="+12035552030", **more):
    more.setdefault("evidence", evidence())
    return ContactPoint(
        id="c", mode=mode, kind=kind, value=value, display=value, purposes=purposes, **more
    )


def channel(*audiences, id="a-line", **more):
    return HelpChannel(
        id=id,
        name="A line",
        summary="Help.",
        audiences=audiences,
        purposes=("crisis-support",),
        coverage=Coverage(area="state"),
        rank=1,
        contacts=more.pop("contacts", (contact(),)),
        evidence=evidence(),
        **more,
    )


def organization(*contacts, id="an-office", **more):
    return Organization(
        id=id,
        name="An office",
        type="nonprofit",
        summary="Work.",
        contacts=contacts,
        evidence=evidence(),
        **more,
    )


NUMBER, CODE = contact(), contact(kind="short-code", mode="text", value="847411")

# --- who relies on a contact point ----------------------------------------------------------


@pytest.mark.parametrize("audience", sorted(set(Audience)))
def test_a_channel_is_relied_on_unless_it_is_for_professionals_alone(audience):
    for_professionals = audience in {"mandated-reporter", "service-provider"}
    assert is_victim_facing(channel(audience), NUMBER) is not for_professionals
    assert is_victim_facing(channel(audience)) is not for_professionals
    assert is_victim_facing(channel("service-provider", audience), NUMBER) is not for_professionals


@pytest.mark.parametrize("audiences", [(), ("newer-word",), ("service-provider", "newer-word")])
def test_a_channel_for_nobody_that_is_known_is_relied_on(audiences):
    assert is_victim_facing(channel(*audiences), NUMBER)


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        # As they stand in edition 2026.11.0, where three definitions disagreed.
        (contact("sexual-assault", "general-information", kind="url", mode="web"), True),
        (contact("victim-services", "training"), True),
        (contact("crime-tips", "trafficking-report"), True),
        (contact("victim-services", kind="email", mode="email", value="a@b.example"), True),
        (contact("legal-help", kind="url", mode="web"), True),
        (contact("domestic-violence"), True),
        (contact("wages-and-work", kind="url", mode="web-form"), True),
        (contact("crime-tips", kind="short-code", mode="text", value="847411"), True),
        # What an office uses.
        (contact("general-information"), False),
        (contact("training", "general-information"), False),
        (contact("crime-tips", "investigations", "police-non-emergency"), False),
        # What does not say what it is for may be for anything.
        (contact(), True),
        (contact("newer-word"), True),
    ],
)
def test_a_contact_point_of_an_organization_is_relied_on_by_what_it_is_for(point, expected):
    office = organization(point)
    assert is_victim_facing(office, point) is expected
    assert is_victim_facing(office) is expected
    force = TaskForce(
        id="f",
        name="F",
        summary="Work.",
        status="active",
        coverage=Coverage(area="state"),
        contacts=(point,),
        evidence=evidence(),
    )
    assert is_victim_facing(force, point) is expected


@pytest.mark.parametrize("audience", ["victim", "child", "worker"])
def test_what_a_card_answers_is_never_office_work(audience):
    for need in POLICIES[Audience(audience)].needs:
        assert is_victim_facing(organization(), contact(need.purpose))


def test_a_line_that_only_takes_tips_is_relied_on_by_who_saw_something():
    assert is_victim_facing(channel("public", tips_only=True), NUMBER)


def test_a_short_code_is_relied_on_whoever_it_is_for():
    assert is_victim_facing(channel("service-provider"), CODE)
    assert is_victim_facing(channel("service-provider", contacts=(NUMBER, CODE)))


def test_a_record_without_contact_points_is_relied_on_by_its_audiences():
    assert is_victim_facing(channel("victim", contacts=()))
    assert not is_victim_facing(channel("service-provider", contacts=()))
    assert not is_victim_facing(organization())


# --- which sources are independent ----------------------------------------------------------

PRESS = source("https://b.example/", "press")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], False),
        ([source()], False),
        ([source(), PRESS], True),
        ([PRESS, source()], True),
        ([source(kind="operator"), PRESS], True),
        ([source(kind="press"), PRESS], False),
        ([source(kind="press"), source("https://b.example/", "third-party")], False),
        ([source(), source("https://www.a.gov/other")], False),
        ([source(), source("https://press.a.gov/")], False),
        ([source(), source("https://a.gov./")], False),
        ([source(), source(None)], False),
        ([source(), source("https://b.example/", "partner")], False),
        ([source(kind="partner"), PRESS, source("https://c.example/", "press")], False),
        ([source(), source("github-index:12", "press")], False),
        ([source("https://a.gov@b.example/"), PRESS], False),
        ([source("https://a.gov:x@c.example/"), PRESS], False),
        # "official" is easily written: the host must bear it out.
        ([source("https://a.example/"), PRESS], False),
        ([source("https://known.example/"), PRESS], True),
        ([source("https://help.known.example/", "operator"), PRESS], True),
        ([source("https://known.example/", "press"), PRESS], False),
        ([source(), source("https://known.example/", "press")], True),
        # All pages of the sender are one publisher.
        ([source("https://own.example/", "operator"), PRESS], True),
        ([source("https://own.example/"), source("https://mine.example/")], False),
        ([source("https://own.example/"), source("https://mine.example/"), PRESS], True),
        ([source("https://own.example/", "press"), source("https://mine.example/"), PRESS], True),
    ],
)
def test_pages_are_independent_if_publishers_differ_and_one_is_first_hand(sources, expected):
    own = ("own.example", "www.mine.example")
    known = (*own, "www.known.example")
    assert independent(sources, own=own, known=known) is expected


COPIES = [
    "https://web.archive.org/web/2026/https://a.gov/",
    "https://archive.is/x",
    "https://archive.today/x",
    "https://archive.ph/x",
    "https://archive.fo/x",
    "https://archive.li/x",
    "https://archive.md/x",
    "https://archive.vn/x",
    "https://wayback.archive-it.org/1/https://a.gov/",
    "https://perma.cc/X-1",
    "https://cybercemetery.unt.edu/archive/x/http://www.a.gov/",
    "https://webarchive.library.unt.edu/x/http://www.a.gov/",
    "https://www.webharvest.gov/x/http://www.a.gov/",
    "https://cc.bingj.com/cache.aspx?q=a.gov",
    "https://webcache.googleusercontent.com/search?q=cache:a.gov",
    "https://a-gov.translate.goog/",
    "https://translate.google.com/website?u=a.gov",
]


@pytest.mark.parametrize("copy", [pytest.param(one, id=page_host(one)) for one in COPIES])
def test_a_copy_of_a_page_is_no_second_source(copy):
    page, second = source(), source(copy)
    assert publishers([page, second]) == publishers([page]) == {"a.gov"}
    assert not independent([page, second], own=(), known=(page_host(copy),))
    assert level_of(evidence(page, second)) == "official"
    assert independent([page, second, PRESS], own=(), known=())
    # A copy is not first-hand either: what it shows can be years old.
    assert not independent([second, PRESS, source("https://c.example/", "press")], own=(), known=())
    assert not is_live_page(copy)


def test_a_neighbor_of_a_copy_is_a_page_of_its_own():
    for url in ("https://www.google.com/", "https://library.unt.edu/"):
        assert independent([source(), source(url, "press")], own=(), known=())
        assert is_live_page(url)


def test_code_is_published_and_is_not_where_an_organization_speaks():
    code = "https://github.com/a/b/blob/main/c.html"
    assert len(publishers([source(), source(code, "third-party")])) == 2
    assert not is_live_page(code)
    assert not is_live_page("github-index:12")


def page(url):
    return contact(kind="url", mode="web", value=url)


def test_the_hosts_of_records_are_those_they_name_and_those_of_their_contact_points():
    office = organization(page("https://www.a.example/x"), NUMBER, hosts=("www.b.example",))
    line = channel("victim", contacts=(contact(kind="email", mode="email", value="x@C.example"),))
    assert hosts_of(office) == {"a.example", "b.example"}
    assert hosts_of(office, line) == {"a.example", "b.example", "c.example"}


def run_by(*organizations, until=None, **more):
    operators = tuple(
        Operator(organization=one, name="X", until=until, evidence=evidence())
        for one in organizations
    )
    return channel("victim", operators=operators, **more)


def test_an_organization_and_the_lines_that_it_runs_today_are_one():
    office, other = organization(), organization(id="another")
    line, second = run_by("an-office"), run_by("an-office", id="a-second-line")
    past = run_by("an-office", until="2025", id="a-past-line")
    nobody = run_by(None, id="a-line-of-nobody")
    records = (line, other, past, nobody, office, second)
    assert of_same_organization(office, records) == (office, line, second)
    assert of_same_organization(line, records) == (line, office, second)
    assert of_same_organization(past, records) == (past,)
    assert of_same_organization(nobody, records) == (nobody,)


# --- what evidence is enough ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("sources", "level"),
    [
        ((source(), PRESS), "corroborated"),
        ((source(kind="operator"), PRESS), "corroborated"),
        ((source(), source("https://other.a.gov/")), "official"),
        ((source(), source(None)), "official"),
        ((source(), source("https://own.example/"), source("https://mine.example/")), "official"),
        ((source(None),), "official"),
        ((PRESS, source("https://c.example/", "third-party")), "single-source"),
        ((PRESS, source(None, "partner")), "partner-confirmed"),
    ],
)
def test_the_level_follows_from_publishers_and_kinds(sources, level):
    own = ("a.gov", "own.example", "mine.example")
    assert level_of(evidence(*sources), own) == level


@pytest.mark.parametrize("confidence", ["high", "medium", "low"])
def test_what_is_relied_on_is_shown_on_first_hand_or_confident_evidence(confidence):
    shown = {"high": (True, True, True), "medium": (True, False, True), "low": (False,) * 3}
    told, hearsay = (
        contact(evidence=evidence(one, confidence=confidence))
        for one in (source(kind="operator"), PRESS)
    )
    desk = attrs.evolve(hearsay, purposes=(Purpose.TRAINING,))
    for record in (channel("victim"), channel("service-provider"), organization()):
        found = [is_enough_to_show(record, one) for one in (told, hearsay)]
        assert (*found, is_enough_to_show(organization(), desk)) == shown[confidence]


def test_what_the_partner_confirmed_is_shown():
    confirmed = evidence(source(None, "partner"), level="partner-confirmed", confidence="low")
    assert is_enough_to_show(channel("victim"), contact(evidence=confirmed))


def shortfalls(directory):
    """Yield what in an edition would be refused if it were new."""
    records = Records.of(directory, directory.released)
    for rule, problem in record_rules.problems(records):
        yield rule.id, problem.record, problem.pointer


def test_what_was_released_on_less_evidence_stays_until_it_is_changed(sample, monkeypatch):
    assert list(shortfalls(sample)) == []
    monkeypatch.setattr(record_rules, "AS_RELEASED", {})
    assert sorted(shortfalls(sample)) == [
        ("CTR221", "ct-ova", "/evidence/level"),
        ("CTR221", "doj-complaint-line-888-428-7581", "/evidence/level"),
        ("CTR221", "dol-oig", "/evidence/level"),
        ("CTR223", "ct-ovs", "/contacts/2"),
    ]
    monkeypatch.undo()
    document = json.loads((SAMPLE / "editions" / "2026.11.0.json").read_bytes())
    office, agency = (
        next(one for one in document["organizations"] if one["id"] == id)
        for id in ("ct-ovs", "dol-oig")
    )
    office["contacts"][2].update(value="+18005552030", display="1-800-555-2030")
    agency["evidence"]["sources"].pop()
    assert sorted(shortfalls(Directory(document, "0" * 64))) == [
        ("CTR221", "dol-oig", "/evidence/level"),
        ("CTR223", "ct-ovs", "/contacts/2"),
    ]


# --- how often a person looks again ---------------------------------------------------------


def test_what_a_person_in_danger_may_use_is_reviewed_every_season():
    assert review_class(channel("public"), NUMBER) is VICTIM_CHANNEL
    assert review_class(organization(), contact("victim-services")) is VICTIM_CHANNEL
    assert review_class(organization(), contact("crime-tips", kind="short-code")) is SHORT_CODE
    assert review_class(organization(), contact("training")) is OFFICE
    assert review_class(organization(), None) is OFFICE
    assert VICTIM_CHANNEL.review_after <= 92
    assert SHORT_CODE.review_after <= 92
    assert OFFICE.review_after <= 366


def test_a_value_is_stale_after_two_intervals_in_every_class():
    assert len({one.name for one in REVIEW_CLASSES}) == len(REVIEW_CLASSES) == 3
    for one in REVIEW_CLASSES:
        assert one.stale_after == 2 * one.review_after
        assert one.reason.endswith(".")


# --- what every card holds ------------------------------------------------------------------


def test_every_card_holds_the_emergency_number_and_a_line_that_can_be_texted():
    directory = testing.fictional_directory()
    lines = [directory.channel(one.channel) for one in ALWAYS_SHOWN.values()]
    assert lines[0].voice.display == "911"
    assert lines == [directory.channel("911-connecticut"), directory.hotline]
    assert "text" in ALWAYS_SHOWN[Purpose.TRAFFICKING_HELP].modes
    for policy in POLICIES.values():
        assert set(ALWAYS_SHOWN) <= {need.purpose for need in policy.needs}

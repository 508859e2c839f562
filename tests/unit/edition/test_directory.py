"""Look-up in one edition."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from copy import copy, deepcopy
from pathlib import Path
from typing import Any

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.edition.history import History
from ct_trafficking_resources.edition.search import fitting
from ct_trafficking_resources.model import Hotline
from ct_trafficking_resources.vocabulary import MembershipStatus, WithdrawalReason

SECTIONS = {
    "task-force": "task_forces",
    "organization": "organizations",
    "help-channel": "channels",
    "law": "laws",
}
DIGEST = "0123456789abcdef" * 4


def document(records: dict[str, Any]) -> dict[str, Any]:
    """Return the document of an edition with some records, in the order of a build."""
    edition: dict[str, Any] = {
        "edition": "2031.2.0",
        "released": "2031-02-03",
        "review_by": "2031-05-04",
        "status": "preview",
        "statement": "An example.",
    }
    for kind, section in SECTIONS.items():
        edition[section] = [one for one in records.values() if one["kind"] == kind]
    return edition


@pytest.fixture
def history(example):
    return History(
        tombstones=tuple(map(decode, example["tombstones"].values())),
        misprints=tuple(map(decode, example["misprints"].values())),
    )


@pytest.fixture
def directory(example, history):
    return ctr.Directory(document(example["records"]), DIGEST, history=lambda: history)


# --- the edition ----------------------------------------------------------------


def test_a_directory_says_which_edition_it_is(directory):
    assert directory.edition == "2031.2.0"
    assert directory.released == dt.date(2031, 2, 3)
    assert directory.review_by == dt.date(2031, 5, 4)
    assert directory.status == "preview"
    assert directory.statement == "An example."
    assert directory.digest == DIGEST
    assert directory.pin == f"2031.2.0@sha256:{DIGEST}"


def test_a_repr_is_short_and_names_the_edition(directory):
    assert repr(directory) == "<Directory 2031.2.0@sha256:01234567890123...>".replace(
        "01234567890123", DIGEST[:14]
    )


# --- the records ----------------------------------------------------------------


def test_records_come_in_the_order_of_the_edition(directory, example):
    for kind, section in SECTIONS.items():
        ids = [id for id, one in example["records"].items() if one["kind"] == kind]
        assert [one.id for one in getattr(directory, section)] == ids
    assert [one.id for one in directory] == list(example["records"])
    assert len(directory) == len(example["records"])


def test_shipped_channels_come_by_rank_and_everything_else_by_name(sample):
    ranks = [(one.rank, one.id) for one in sample.channels]
    assert ranks == sorted(ranks)
    assert [one.id for one in sample.channels[:2]] == [
        "911-connecticut",
        "national-human-trafficking-hotline",
    ]
    for section in (sample.task_forces, sample.organizations, sample.laws, sample.partners):
        names = [(one.name.casefold(), one.id) for one in section]
        assert names == sorted(names)
    assert tuple(sample) == (
        *sample.task_forces,
        *sample.organizations,
        *sample.channels,
        *sample.laws,
    )


def test_history_comes_by_id(sample):
    for section in (sample.tombstones, sample.misprints):
        ids = [one.id for one in section]
        assert ids == sorted(ids)


def test_partners_are_the_organizations_with_a_membership(directory):
    assert [one.id for one in directory.partners] == ["example-police"]
    assert [one.id for one in directory.members("example-task-force")] == ["example-police"]
    with pytest.raises(ctr.UnknownRecord, match="No task force has the id 'another'"):
        directory.members("another")


def test_the_fourteen_departments_of_2015_are_partners(sample):
    members = sample.members("ct-human-trafficking-task-force")
    police = [one for one in members if one.type == "police-department"]
    assert {one.town for one in police} == {
        *("Bridgeport", "East Hartford", "Greenwich", "Hamden", "Hartford", "Milford"),
        *("Naugatuck", "New Haven", "Norwalk", "Stamford", "Stratford", "Waterbury"),
        *("West Haven", "Windsor Locks"),
    }
    assert len(police) == 14
    others = {one.id for one in members} - {one.id for one in police}
    assert others == {
        *("hsi", "fbi-new-haven", "us-dol", "ct-state-police", "ct-dcf", "ciri", "usao-ct"),
    }
    for one in members:
        membership = next(
            part for part in one.memberships if part.task_force == "ct-human-trafficking-task-force"
        )
        assert membership.status == MembershipStatus.NAMED_AT_LAUNCH


def test_the_other_task_force_is_another_body(sample):
    both = {one.id for one in sample.members("rhtrt")} & {
        one.id for one in sample.members("ct-human-trafficking-task-force")
    }
    assert both == {"pd-east-hartford", "pd-hartford"}


@pytest.mark.parametrize(
    ("id", "mode", "value"),
    [
        ("911-connecticut", "voice", "911"),
        ("911-connecticut", "text", "911"),
        ("711-relay", "relay", "711"),
        ("national-human-trafficking-hotline", "voice", "+18883737888"),
        ("national-human-trafficking-hotline", "text", "233733"),
        ("national-human-trafficking-hotline", "relay", "711"),
        ("national-human-trafficking-hotline", "email", "help@humantraffickinghotline.org"),
        ("ct-dcf-careline", "voice", "+18008422288"),
        ("988-lifeline", "voice", "988"),
        ("ct-safe-connect", "voice", "+18887742900"),
        ("ncmec-cybertipline", "voice", "+18008435678"),
        ("nrs", "voice", "+18007862929"),
        ("rainn", "voice", "+18006564673"),
        ("ndvh", "voice", "+18007997233"),
        ("stronghearts", "voice", "+18447628483"),
        ("ct-211", "voice", "211"),
        ("ct-ovs-helpline", "voice", "+18008228428"),
        ("sls-ct-intake", "voice", "+18004533320"),
        ("dol-whd-helpline", "voice", "+18664879243"),
        ("fbi-tips", "voice", "+18002255324"),
        ("hsi-tip-line", "voice", "+18774474847"),
    ],
)
def test_a_channel_is_reached_by_the_value_of_the_sources(sample, id, mode, value):
    assert sample.channel(id).first(mode).value == value


def test_the_sexual_assault_hotline_is_there_in_both_languages(sample):
    hotline = sample.channel("ct-sexual-assault-hotline")
    english, spanish = hotline.contact("voice"), hotline.contact("voice-es")
    assert (english.value, english.languages) == ("+18889995545", ("en",))
    assert (spanish.value, spanish.languages) == ("+18885688332", ("es",))
    assert english.paired_with == spanish.id
    assert spanish.paired_with == english.id


def test_the_hotline_is_the_one_everyone_needs(sample):
    assert isinstance(sample.hotline, Hotline)
    assert sample.hotline is sample["national-human-trafficking-hotline"]
    assert sample.hotline.voice.uri == "tel:+18883737888"
    assert sample.hotline.text.uri == "sms:233733"
    assert sample.hotline.text.keyword is None
    assert sample.hotline.text.vanity == "BEFREE"
    assert sample.hotline.mandated_reporters is True
    assert sample.hotline.operator.organization == "compass-connections"


# --- look-up ----------------------------------------------------------------------


def test_every_record_is_found_by_its_id(sample):
    for record in sample:
        assert record.id in sample
        assert sample[record.id] is sample.get(record.id) is record


def test_a_typed_look_up_gives_the_record_of_its_kind(sample):
    for one in sample.channels:
        assert sample.channel(one.id) is one
    for one in sample.organizations:
        assert sample.organization(one.id) is one
    for one in sample.task_forces:
        assert sample.task_force(one.id) is one


@pytest.mark.parametrize(
    ("look_up", "kind", "id"),
    [
        ("channel", "help channel", "example-police"),
        ("channel", "help channel", "example-law"),
        ("organization", "organization", "example-line"),
        ("task_force", "task force", "example-agency"),
    ],
)
def test_a_typed_look_up_refuses_a_record_of_another_kind(directory, look_up, kind, id):
    is_a = directory[id].kind.replace("-", " ")
    with pytest.raises(ctr.UnknownRecord) as caught:
        getattr(directory, look_up)(id)
    assert str(caught.value) == (
        f"{id!r} is of the kind {is_a}, not {kind}. `get` finds records of any kind."
    )
    assert (caught.value.kind, caught.value.other_kind) == (kind, is_a)
    section = getattr(directory, f"{look_up}s")
    assert caught.value.known == tuple(one.id for one in section)


@pytest.mark.parametrize("look_up", ["channel", "organization", "task_force"])
def test_a_typed_look_up_says_when_a_record_was_withdrawn(directory, look_up):
    with pytest.raises(ctr.WithdrawnRecord):
        getattr(directory, look_up)("example-institute")


@pytest.mark.parametrize("id", ["example-lien", "", "EXAMPLE-LINE", None, 3, ["example-line"]])
def test_an_unknown_id_is_refused(directory, id):
    assert id not in directory
    for look_up in (directory.get, directory.__getitem__, directory.channel):
        with pytest.raises(LookupError) as caught:
            look_up(id)
        assert isinstance(caught.value, ctr.UnknownRecord)
        assert caught.value.id == id
    assert directory.get(id, None) is None
    assert directory.get(id, "nothing", follow=True) == "nothing"


def test_the_id_that_was_meant_is_named(directory, sample):
    with pytest.raises(ctr.UnknownRecord, match="Did you mean 'example-line'"):
        _ = directory["example-lien"]
    with pytest.raises(ctr.UnknownRecord, match="Did you mean 'ct-dcf-careline'"):
        sample.channel("ct-dcf-carline")


def test_a_withdrawn_record_is_not_there_and_says_why(directory):
    assert "example-institute" not in directory
    for ask in (
        lambda: directory["example-institute"],
        lambda: directory.get("example-institute"),
        lambda: directory.get("example-institute", None),
    ):
        with pytest.raises(ctr.WithdrawnRecord) as caught:
            ask()
        assert caught.value.successor == "example-nonprofit"


def test_the_successor_of_a_withdrawn_record_is_followed_to_the_end(directory):
    nonprofit = directory["example-nonprofit"]
    assert directory.get("example-institute", follow=True) is nonprofit
    assert directory.get("example-center", follow=True) is nonprofit
    assert directory.get("example-nonprofit", follow=True) is nonprofit


def test_a_withdrawn_record_without_successor_cannot_be_followed(directory):
    with pytest.raises(ctr.WithdrawnRecord, match="Nothing replaces it"):
        directory.get("example-lost-line", follow=True)
    with pytest.raises(ctr.WithdrawnRecord):
        directory.get("example-lost-line", None, follow=True)


def test_the_institute_of_2015_leads_to_ciri(sample):
    with pytest.raises(ctr.WithdrawnRecord) as caught:
        sample.get("international-institute-of-connecticut")
    assert caught.value.date == "2017"
    assert caught.value.reason == WithdrawalReason.RENAMED
    assert caught.value.successor == "ciri"
    followed = sample.get("international-institute-of-connecticut", follow=True)
    assert followed is sample["ciri"]


def test_every_successor_of_a_shipped_tombstone_can_be_reached(sample):
    for stone in sample.tombstones:
        if stone.subject == "record" and stone.successor:
            assert sample.get(stone.id, follow=True) in tuple(sample)


# --- what is shown ------------------------------------------------------------------


def test_a_revoked_value_is_in_no_record(example, history):
    plain = ctr.Directory(document(example["records"]), DIGEST, history=lambda: history)
    revoked = frozenset({"short-code:233733", "n11:911"})
    directory = ctr.Directory(
        document(example["records"]), DIGEST, revoked=revoked, history=lambda: history
    )
    assert plain.hotline.text
    assert directory.hotline.contact("text") is None
    assert directory.hotline.voice == plain.hotline.voice
    assert directory["911-connecticut"].contacts == ()
    assert directory != plain
    with pytest.raises(ctr.MissingContact):
        _ = directory.hotline.text


def test_a_kind_tells_two_values_of_the_same_digits_apart(example):
    directory = ctr.Directory(
        document(example["records"]), DIGEST, revoked=frozenset({"short-code:911"})
    )
    assert directory["911-connecticut"].voice


def test_a_revoked_host_takes_its_pages_and_mailboxes_along(example):
    directory = ctr.Directory(
        document(example["records"]),
        DIGEST,
        revoked=frozenset({"host:humantraffickinghotline.org"}),
    )
    assert {one.mode for one in directory.hotline.contacts} == {"voice", "text", "relay"}
    assert directory["example-task-force"].contacts
    gone = ctr.Directory(
        document(example["records"]), DIGEST, revoked=frozenset({"host:example-task-force.org"})
    )
    assert gone["example-task-force"].contacts == ()  # it stood on the same host with www.


def test_a_value_is_shown_from_its_first_day_to_its_last(directory):
    tips = directory.as_of(dt.date(2026, 11, 23))["example-tips"]
    assert tips.voice.value == "+18775552050"
    for day, is_shown in [
        (dt.date(2025, 12, 31), False),
        (dt.date(2026, 1, 1), True),
        (dt.date(2027, 6, 30), True),
        (dt.date(2027, 7, 1), False),
    ]:
        assert bool(directory.as_of(day)["example-tips"].contacts) is is_shown
        assert directory.as_of(day).hotline.voice


# --- the object ---------------------------------------------------------------------


def test_a_directory_cannot_be_changed(directory):
    for name in ("edition", "_document", "colour"):
        with pytest.raises(AttributeError, match="a Directory cannot be changed"):
            setattr(directory, name, None)
        with pytest.raises(AttributeError, match="a Directory cannot be changed"):
            delattr(directory, name)
    with pytest.raises(TypeError):
        directory["example-line"] = None
    assert not hasattr(directory, "__dict__")


def test_a_directory_is_equal_to_one_of_the_same_bytes(example, directory):
    twin = ctr.Directory(document(example["records"]), DIGEST)
    assert twin == directory
    assert hash(twin) == hash(directory)
    other = ctr.Directory(document(example["records"]), DIGEST[::-1])
    assert other != directory
    assert directory != DIGEST
    assert (directory == 3) is False


def test_a_directory_pickles_and_copies_to_an_equal_one(sample):
    for twin in (pickle.loads(pickle.dumps(sample)), deepcopy(sample), copy(sample)):
        assert twin == sample
        assert hash(twin) == hash(sample)
        assert tuple(twin) == tuple(sample)
        assert twin.pin == sample.pin
        assert twin.tombstones == sample.tombstones
        with pytest.raises(ctr.WithdrawnRecord):
            twin["international-institute-of-connecticut"]


def test_records_are_built_once(directory):
    assert directory["example-line"] is directory.channel("example-line")
    assert directory.channels is directory.channels


# --- search -------------------------------------------------------------------------

FIND = json.loads(
    (Path(__file__).parents[2] / "cases" / "core" / "find.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", FIND, ids=[case["why"] for case in FIND])
def test_find_gives_the_channels_that_fit_most_fitting_first(directory, case):
    conditions = dict(case["find"])
    if "open_at" in conditions:
        conditions["open_at"] = dt.datetime.fromisoformat(conditions["open_at"])
    assert [one.id for one in directory.find(**conditions)] == case["ids"]


def test_find_takes_enum_members_and_their_plain_text(directory):
    assert directory.find(
        audience=ctr.Audience.VICTIM, purpose=ctr.Purpose.LEGAL_HELP, mode=ctr.Mode.VOICE
    ) == directory.find(audience="victim", purpose="legal-help", mode="voice")


def test_a_line_that_is_answered_in_spanish_alone_does_not_fit_english(sample):
    channel = sample.channel("ct-sexual-assault-hotline")
    for language, spoken in (("en", "voice"), ("es", "voice-es")):
        ways = fitting(channel, None, "voice", language, None)
        assert [contact.id for _, _, contact in ways] == [spoken]


def test_find_without_conditions_gives_every_channel_with_a_contact(sample):
    assert sample.find() == sample.channels


def test_find_gives_what_each_condition_alone_would_keep(sample):
    for audience in ctr.Audience:
        found = sample.find(audience=audience)
        assert found == tuple(one for one in sample.channels if audience in one.audiences)
    for mode in ctr.Mode:
        found = sample.find(mode=mode)
        assert found == tuple(one for one in sample.channels if one.first(mode))
    for purpose in ctr.Purpose:
        found = sample.find(purpose=purpose)
        assert found == tuple(
            one
            for one in sample.channels
            if any(purpose in (contact.purposes or one.purposes) for contact in one.contacts)
        )


@pytest.mark.parametrize(
    ("condition", "word", "meant"),
    [
        ("audience", "victims", "victim"),
        ("purpose", "legal-hlep", "legal-help"),
        ("mode", "voise", "voice"),
    ],
)
def test_find_refuses_a_word_that_is_none(directory, condition, word, meant):
    with pytest.raises(ctr.UnknownTerm, match=f"Did you mean '{meant}'"):
        directory.find(**{condition: word})


@pytest.mark.parametrize(
    "tag", ["", "e", "engl", "en_US", "en-", "e1", "\u0435n", "-en", "en--us", "en us", 3]
)
def test_find_refuses_what_is_no_language_tag(directory, tag):
    with pytest.raises(ctr.UnknownTerm, match="is no BCP 47 language tag"):
        directory.find(language=tag)


@pytest.mark.parametrize(
    "tag", ["en", "es-MX", "zh-Hant-TW", "pt-BR", "yue", "es-419", "EN", "Es-mx"]
)
def test_find_takes_language_tags(directory, tag):
    assert directory.hotline in directory.find(language=tag)


def test_find_refuses_a_time_without_its_zone(directory):
    with pytest.raises(ValueError, match="is not a moment"):
        directory.find(open_at=dt.datetime(2026, 11, 23, 12))  # noqa: DTZ001


@pytest.mark.parametrize("town", [5, ["Hartford"]])
def test_find_refuses_a_town_that_is_no_text(directory, town):
    with pytest.raises(TypeError, match="is not the name of a town"):
        directory.find(town=town)


def test_find_takes_its_conditions_by_name_only(directory):
    with pytest.raises(TypeError):
        directory.find("victim")


def test_the_readme_s_search_finds_the_ways_to_text(sample):
    ids = [one.id for one in sample.find(audience="victim", mode="text")]
    assert ids[:3] == ["911-connecticut", "national-human-trafficking-hotline", "988-lifeline"]


def test_an_edition_s_records_are_those_of_its_file(sample):
    for one in sample:
        assert encode(one)["id"] == one.id

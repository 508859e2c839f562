"""What is revoked is not shown, from whatever edition, and neither is what repeats it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.history import is_revoked, revocation
from ct_trafficking_resources.edition.revocation import without_revoked

from .conftest import contact_of, edition_document

HOTLINE = "national-human-trafficking-hotline"
VOICE = "e164:+18883737888"


def revoking(*revoked, change=lambda _: None):
    document = edition_document()
    change(document)
    return Directory(document, "0" * 64, revoked=frozenset(revoked))


def test_a_revoked_number_is_in_no_contact_and_no_search():
    directory = revoking(VOICE)
    assert directory.hotline.contact("voice") is None
    assert all(
        contact.value != "+18883737888"
        for record in directory
        for contact in getattr(record, "contacts", ())
    )
    for channel in directory.find(mode="voice"):
        assert channel.id != HOTLINE
    with pytest.raises(ctr.MissingContact):
        _ = directory.hotline.voice


def test_a_relay_goes_with_the_number_it_leads_to():
    assert revoking(VOICE).hotline.contact("relay") is None
    assert revoking().hotline.contact("relay") is not None


def test_words_that_repeat_a_revoked_number_go_too():
    text = str(encode(revoking(VOICE).hotline))
    assert "373-7888" not in text
    assert "3737-888" not in text
    assert "3737888" not in "".join(one for one in text if one.isdecimal())


def test_letters_that_spell_a_revoked_code_go_too():
    hotline = revoking("short-code:233733").hotline
    assert "BEFREE" not in str(encode(hotline)).replace("befree-get-help", "")
    assert hotline.contact("voice").evidence.sources[0].says is not None


def test_words_of_other_records_that_repeat_a_revoked_value_go_too():
    def change(document):
        document["laws"][0]["note"] = "Call 1-800-842-2288, day or night."
        document["organizations"][0]["contacts"][0]["label"] = "Careline (800) 842 2288"
        document["task_forces"][0]["evidence"]["note"] = "It is not 1-800-842-2289."

    directory = revoking("e164:+18008422288", change=change)
    assert directory.laws[0].note == "(withdrawn)"
    assert directory.organizations[0].contacts[0].label == "(withdrawn)"
    assert directory.task_forces[0].evidence.note == "It is not 1-800-842-2289."
    assert directory.organizations[0].contacts[0].value


def test_words_are_looked_for_in_texts_only():
    document = {"note": {"title": 1, "summary": ["211", {"says": "Dial 211."}]}, "id": "211"}
    withdrawn = ["(withdrawn)", {"says": "(withdrawn)"}]
    shown = {"note": {"title": 1, "summary": withdrawn}, "id": "211"}
    assert without_revoked(document, frozenset({"n11:211"})) == shown


@pytest.mark.parametrize(
    ("revoked", "text", "is_told"),
    [
        ("n11:211", "Dial 2-1-1 or 988.", True),
        ("n11:211", "Room 2112, since 1211.", False),
        ("short-code:233733", "Text 233-733 (BEFREE) 24/7.", True),
        ("short-code:233733", "Of 1233733 or 2337330, and 12 3373 30.", False),
        ("url:https://example.org/Help", "See www.example.org/Help now", True),
        ("email:a@example.org", "Write to A@Example.org.", True),
        ("email:a@example.org", "See example.org.", False),
        ("email:a@example.org", "Write to ana@example.org.", False),
        ("host:ct.gov", "See portal.CT.gov/dcf.", True),
        ("host:ct.gov", "See direct.gov, ct.government", False),
    ],
)
def test_a_value_is_known_again_however_it_is_grouped(revoked, text, is_told):
    shown = without_revoked({"note": text}, frozenset({revoked}))
    assert shown == {"note": "(withdrawn)" if is_told else text}


def test_a_short_number_is_only_taken_for_itself():
    def change(document):
        document["channels"][0]["note"] = "Dial 911. Not 9110, and not 1911."
        document["channels"][0]["summary"] = "Dial 9110 or 1911."

    channel = revoking("n11:911", change=change).channel("911-connecticut")
    assert channel.note == "(withdrawn)"
    assert channel.summary == "Dial 9110 or 1911."


def test_a_revoked_host_takes_its_addresses_and_those_below_it():
    directory = revoking("host:humantraffickinghotline.org")
    assert {one.mode for one in directory.hotline.contacts} == {"voice", "text", "relay"}
    assert "humantraffickinghotline.org" not in str(
        [contact.note for contact in directory.hotline.contacts]
    )


def test_a_revoked_host_is_no_host_of_an_organization():
    directory = revoking("host:ct.gov")
    assert directory.organization("ct-dcf").hosts == ()
    assert all(
        not f".{host}".endswith(".ct.gov") for one in directory.organizations for host in one.hosts
    )


def test_an_organization_keeps_its_other_hosts():
    def change(document):
        dcf = next(one for one in document["organizations"] if one["id"] == "ct-dcf")
        dcf["hosts"] = ["example.org", "portal.ct.gov"]

    assert revoking("host:ct.gov", change=change).organization("ct-dcf").hosts == ("example.org",)


def test_a_record_without_contact_points_stays_as_it_is():
    document = {"id": "x", "hosts": ["a.example.org"]}
    assert without_revoked(document, frozenset({"host:b.example.org"})) is document
    assert without_revoked(document, frozenset({"host:example.org"})) == {"id": "x"}


@pytest.mark.parametrize(
    ("kind", "value", "revoked"),
    [
        ("email", "Report@PolarisProject.org".lower(), "email:report@polarisproject.org"),
        ("email", "REPORT@polarisproject.org", "email:report@polarisproject.org"),
        ("email", "x@polarisproject.org", "host:polarisproject.org"),
        ("email", "x@mail.polarisproject.org", "host:polarisproject.org"),
        ("url", "https://www.iiconn.org/", "host:iiconn.org"),
        ("url", "https://es.iiconn.org?x=1", "host:iiconn.org"),
        ("url", "https://iiconn.org#top", "host:iiconn.org"),
        ("url", "https://www.example.org/a/", "url:https://example.org/a"),
        ("url", "https://example.org", "url:https://example.org"),
        ("url", "https://IIConn.org./", "host:iiconn.org"),
        ("url", "https://example.org@iiconn.org:443/", "host:iiconn.org"),
        ("url", "https:\\\\iiconn.org\\x", "host:iiconn.org"),
        ("host", "es.iiconn.org", "host:iiconn.org"),
        ("e164", "+18884287581", "e164:+18884287581"),
        ("short-code", "66008", "short-code:66008"),
    ],
)
def test_spellings_of_a_revoked_value_are_one(kind, value, revoked):
    assert is_revoked(kind, value, {revoked})


@pytest.mark.parametrize(
    ("kind", "value", "revoked"),
    [
        ("url", "https://example.org/@iiconn.org", "host:iiconn.org"),
        ("url", "https://notiiconn.org/", "host:iiconn.org"),
        ("url", "https://example.org/iiconn.org", "host:iiconn.org"),
        ("url", "https://example.org/b", "url:https://example.org/a"),
        ("url", "https://example.org/", "host:org"),
        ("e164", "+18884287581", "short-code:+18884287581"),
        ("phrase", "x", "host:x"),
    ],
)
def test_other_values_are_not_taken_for_a_revoked_one(kind, value, revoked):
    assert not is_revoked(kind, value, {revoked})


HOST = st.from_regex(r"(?:[a-z0-9]{1,8}\.){1,3}[a-z]{2,5}", fullmatch=True)


@given(HOST, st.sampled_from(["url", "email", "host"]))
def test_a_revocation_revokes_what_it_was_made_from(host, kind):
    value = {"url": f"https://{host}/x/", "email": f"A.b@{host}", "host": host}[kind]
    assert revocation(kind, value) == revocation(kind, revocation(kind, value).partition(":")[2])
    if kind != "host":
        assert is_revoked(kind, value, {revocation(kind, value), "e164:+1"})


def test_a_host_is_revoked_however_its_tombstone_writes_it():
    assert revocation("host", "WWW.IIConn.org") == "host:iiconn.org"


@pytest.mark.usefixtures("data")
def test_every_revoked_value_of_the_package_is_hidden_from_every_edition():
    from ct_trafficking_resources.edition.loading import _revoked

    for number in ("2015.11.0", "2018.2.0", "2026.11.0"):
        document = edition_document(number)
        template = contact_of(document, HOTLINE, "voice")
        channel = next(one for one in document["channels"] if one["id"] == HOTLINE)
        for count, value in enumerate(sorted(_revoked())):
            kind, _, text = value.partition(":")
            made = {"host": ("url", f"https://{text}/help")}.get(kind, (kind, text))
            contact = {**template, "id": f"x{count}", "kind": made[0], "value": made[1]}
            channel["contacts"].append(contact)
        hotline = Directory(document, "0" * 64, revoked=_revoked()).hotline
        assert not [one for one in hotline.contacts if one.id.startswith("x")]


def test_the_tombstone_says_why_a_value_is_withheld():
    def change(document):
        contact_of(document, "nrs", "voice").update(value="66008", kind="short-code")

    directory = revoking("short-code:66008", change=change)
    (stone,) = directory.withheld("nrs")
    assert (stone.id, stone.revoked) == ("nrs-text-66008", True)
    assert directory.withheld(HOTLINE) == ()

    def mention(document):
        contact_of(document, "nrs", "voice")["note"] = "Once 66008, to text."

    (stone,) = revoking("short-code:66008", change=mention).withheld("nrs")
    assert stone.id == "nrs-text-66008"
    assert directory.withheld("cgs-54-222") == ()
    with pytest.raises(ctr.UnknownRecord):
        directory.withheld("no-such-record")


def test_a_directory_with_revoked_values_pickles_to_an_equal_one():
    directory = revoking(VOICE)
    again = pickle.loads(pickle.dumps(directory))
    assert again == directory != revoking()
    assert again.hotline.contact("voice") is None


def test_an_unpickled_directory_applies_what_was_revoked_since(change_index):
    """The pickle is of an older package."""
    directory = ctr.load()
    pickled = pickle.dumps(directory)
    assert directory.hotline.contact("voice") is not None
    change_index(lambda index: index["revoked"].append(VOICE))
    again = pickle.loads(pickled)
    assert again.hotline.contact("voice") is None
    assert again == ctr.load() != directory


def test_an_unpickled_directory_is_the_same_if_nothing_of_it_was_revoked_since(change_index):
    directory = revoking()
    pickled = pickle.dumps(directory)
    change_index(lambda index: index["revoked"].append("short-code:00000"))
    assert pickle.loads(pickled) == directory

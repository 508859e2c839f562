"""An emergency between two releases: what an override may do, and each refusal."""

from __future__ import annotations

import json
import os
import pickle
from datetime import date, timedelta
from hashlib import sha256

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.errors import ExpiredOverride

from .conftest import CASES, told

HOTLINE = "national-human-trafficking-hotline"
OVERRIDES = CASES / "overrides"
ON = date(2026, 12, 5)
SOURCES = [
    {
        "url": "https://acf.gov/notice",
        "title": "Notice",
        "kind": "official",
        "date": "2026-12-01",
        "read": "2026-12-01",
        "says": "Text 298765, 66008 or 88788. Call 1-900-373-7888 or 1-800-842-2288.",
    },
    {
        "url": "https://humantraffickinghotline.org/notice",
        "title": "Notice",
        "kind": "operator",
        "date": "2026-12-01",
        "read": "2026-12-01",
        "says": "Text 298765, 66008 or 88788. Call 1-900-373-7888 or 1-800-842-2288.",
    },
]
NEW_CODE = {"kind": "short-code", "value": "298765", "display": "298765"}


def override(**changes):
    return {
        "schema": "urn:ct-trafficking-resources:schemas:override",
        "schema_version": "1.0",
        "issued": "2026-12-01",
        "expires": "2026-12-20",
        "revoke": [],
        "replace": [],
        **changes,
    }


def replacing(**changes):
    return {
        "record": HOTLINE,
        "contact": "text",
        "from": {"kind": "short-code", "value": "233733"},
        "to": NEW_CODE,
        "reason": "The code was leased to someone else.",
        "sources": SOURCES,
        **changes,
    }


def revoking(kind, value):
    return {"kind": kind, "value": value, "reason": "It reaches someone else."}


REVOKED_CODE = revoking("short-code", "233733")


@pytest.fixture
def apply(tmp_path):
    def run(document, on=ON, **more):
        content = json.dumps(document).encode()
        path = tmp_path / "override.json"
        path.write_bytes(content)
        return ctr.apply_override(path, sha256=sha256(content).hexdigest(), on=on, **more)

    return run


def refused(apply, document, **more):
    with pytest.raises(ctr.RefusedData) as caught:
        apply(document, **more)
    return [(one.rule, one.place.pointer) for one in caught.value.findings]


def test_a_revoked_value_is_gone_and_told_why(apply):
    before = ctr.load()
    after = apply(override(revoke=[REVOKED_CODE]))
    assert after.hotline.contact("text") is None
    assert before.hotline.text.value == "233733"
    assert all(one.id != HOTLINE for one in after.find(mode="text"))
    (stone,) = after.withheld(HOTLINE)
    assert (stone.explanation, stone.withdrawn) == ("It reaches someone else.", "2026-12-01")


def test_a_replaced_value_is_shown_with_its_two_sources(apply):
    after = apply(override(revoke=[REVOKED_CODE], replace=[replacing()]))
    text = after.hotline.text
    assert (text.value, text.display, text.uri) == ("298765", "298765", "sms:298765")
    assert text.evidence.level == "corroborated"
    assert (text.vanity, text.accepted_keywords) == (None, ())
    assert text.hours.always_open
    assert after.hotline.voice.value == ctr.load().hotline.voice.value
    assert REVOKED_CODE["value"] not in str(encode(after.hotline))  # nor in quotations


def test_a_keyword_of_the_old_value_does_not_go_with_the_new_one(apply):
    old = ctr.load().channel("ndvh").text
    assert old.keyword
    change = {"record": "ndvh", "from": {"kind": old.kind, "value": old.value}}
    after = apply(override(replace=[replacing(**change)]))
    assert (after.channel("ndvh").text.value, after.channel("ndvh").text.keyword) == (
        "298765",
        None,
    )


def test_the_result_says_which_override_was_applied(apply, tmp_path):
    after = apply(override(revoke=[REVOKED_CODE]))
    digest = sha256((tmp_path / "override.json").read_bytes()).hexdigest()
    assert after.overrides == (digest,)
    assert after != ctr.load()
    assert after.digest == ctr.load().digest
    assert pickle.loads(pickle.dumps(after)) == after
    assert pickle.loads(pickle.dumps(after)).withheld(HOTLINE) == after.withheld(HOTLINE)
    twice = apply(
        override(
            replace=[
                replacing(
                    contact="chat",
                    sources=[
                        {**source, "says": "humantraffickinghotline.org/chat"} for source in SOURCES
                    ],
                    **{
                        "from": {
                            "kind": "url",
                            "value": "https://humantraffickinghotline.org/en/chat",
                        },
                        "to": {
                            "kind": "url",
                            "value": "https://humantraffickinghotline.org/chat",
                            "display": "humantraffickinghotline.org/chat",
                        },
                    },
                )
            ]
        ),
        directory=after,
    )
    assert len(twice.overrides) == 2
    assert twice.hotline.contact("text") is None
    assert twice.hotline.chat.value.endswith(".org/chat")


def test_a_pinned_old_edition_can_be_overridden(apply):
    with pytest.warns(ctr.WithdrawnEditionWarning):
        old = ctr.load("2018.2.0")
    assert apply(override(revoke=[REVOKED_CODE]), directory=old).hotline.contact("text") is None


def test_a_revoked_host_hides_its_addresses(apply):
    after = apply(override(revoke=[revoking("host", "humantraffickinghotline.org")]))
    assert {one.mode for one in after.hotline.contacts} == {"voice", "text", "relay"}


def test_what_a_release_carries_already_changes_nothing(apply):
    known = replacing(to={"kind": "short-code", "value": "233733", "display": "233733"})
    after = apply(override(replace=[known], revoke=[revoking("short-code", "66008")]))
    assert list(after) == list(ctr.load())


def test_another_digest_is_refused(tmp_path):
    path = tmp_path / "override.json"
    path.write_text(json.dumps(override()))
    with pytest.raises(ctr.DigestMismatch):
        ctr.apply_override(path, sha256="0" * 64, on=ON)


def test_an_override_is_never_looked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = json.dumps(override(revoke=[REVOKED_CODE]))
    for name in ("override.json", "ct-resources-override.json"):
        (tmp_path / name).write_text(content)
    for name in ("CT_RESOURCES_OVERRIDE", "CT_TRAFFICKING_RESOURCES_OVERRIDE"):
        monkeypatch.setitem(os.environ, name, str(tmp_path / "override.json"))
    assert ctr.load().overrides == ()
    with pytest.raises(TypeError):
        ctr.apply_override()
    with pytest.raises(ctr.RefusedData):
        ctr.apply_override(tmp_path, sha256="0" * 64)


@pytest.mark.parametrize(
    ("on", "advice"),
    [
        (date(2026, 12, 21), "Update the package"),
        (date(2999, 1, 1), "Update the package"),
        (date(2026, 11, 30), "Check the clock"),
        (date(1970, 1, 1), "Check the clock"),
    ],
)
def test_outside_its_days_it_is_refused(apply, on, advice):
    with pytest.raises(ExpiredOverride, match=advice) as caught:
        apply(override(), on=on)
    assert (caught.value.issued, caught.value.expires) == (date(2026, 12, 1), date(2026, 12, 20))


def test_on_its_first_and_last_day_it_is_in_force(apply):
    for day in (date(2026, 12, 1), date(2026, 12, 20)):
        assert apply(override(), on=day).overrides


def test_the_present_day_is_the_default(apply):
    from ct_trafficking_resources.clock import today

    issued = today()
    document = override(issued=str(issued), expires=str(issued + timedelta(days=30)))
    assert apply(document, on=None).overrides
    with pytest.raises(ExpiredOverride):
        apply(override(issued="2024-01-01", expires="2024-01-02"), on=None)


@pytest.mark.parametrize("expires", ["2027-01-01", "2026-11-30", "2036-12-01"])
def test_an_override_ends_within_thirty_days(apply, expires):
    document = override(expires=expires)
    assert refused(apply, document) == [("CTR521", "/expires")]


def test_thirty_days_are_allowed(apply):
    assert apply(override(expires="2026-12-31")).overrides


@pytest.mark.parametrize(
    "change",
    [
        {"record": "no-such-record"},
        {"record": "befree-textline"},
        {"record": "cgs-54-222"},
        {"contact": "no-such-contact"},
    ],
)
def test_only_what_is_shown_can_be_replaced(apply, change):
    assert refused(apply, override(replace=[replacing(**change)])) == [("CTR522", "/replace/0")]


def test_the_value_that_is_replaced_must_be_the_one_that_is_shown(apply):
    wrong = replacing(**{"from": {"kind": "short-code", "value": "233722"}})
    assert refused(apply, override(replace=[wrong])) == [("CTR522", "/replace/0/from")]


@pytest.mark.parametrize(
    "to",
    [
        {
            "kind": "email",
            "value": "help@humantraffickinghotline.org",
            "display": "help@humantraffickinghotline.org",
        },
        {"kind": "url", "value": "https://acf.gov/notice", "display": "acf.gov/notice"},
    ],
)
def test_a_value_that_cannot_be_texted_is_refused_for_a_text_line(apply, to):
    assert refused(apply, override(replace=[replacing(to=to)])) == [("CTR522", "/replace/0/to")]


def test_a_value_that_is_not_shown_cannot_be_revoked(apply):
    document = override(revoke=[revoking("e164", "+18883737889")])
    assert refused(apply, document) == [("CTR522", "/revoke/0")]


@pytest.mark.parametrize(
    "sources",
    [
        [SOURCES[0], {**SOURCES[1], "url": "https://acf.gov/other"}],
        [SOURCES[0], {**SOURCES[1], "url": "https://www.news.acf.gov/other"}],
        [SOURCES[0], {**SOURCES[1], "url": "https://web.archive.org/https://acf.gov/notice"}],
        [{**one, "kind": "press"} for one in SOURCES],
        [{**SOURCES[0], "kind": "partner"}, {**SOURCES[1], "url": "https://acf.gov/other"}],
    ],
    ids=["one host", "one domain", "an archive", "press only", "a partner on one host"],
)
def test_a_new_value_needs_sources_of_two_publishers_one_first_hand(apply, sources):
    document = override(replace=[replacing(sources=sources)])
    assert ("CTR344", "/replace/0/to/value") in refused(apply, document)


@pytest.mark.parametrize(
    ("change", "rule", "key"),
    [
        (
            {"to": {"kind": "short-code", "value": "298765", "display": "298766"}},
            "CTR211",
            "/to/display",
        ),
        (
            {"to": {"kind": "short-code", "value": "66008", "display": "66008"}},
            "CTR241",
            "/to/value",
        ),
        ({"to": {"kind": "short-code", "value": "88788", "display": "88788"}}, "CTR213", ""),
        (
            {
                "contact": "voice",
                "from": {"kind": "e164", "value": "+18883737888"},
                "to": {"kind": "e164", "value": "+19003737888", "display": "1-900-373-7888"},
            },
            "CTR214",
            "/to/value",
        ),
    ],
)
def test_a_new_value_keeps_every_rule(apply, change, rule, key):
    assert (rule, f"/replace/0{key}") in refused(apply, override(replace=[replacing(**change)]))


def test_a_source_from_the_future_is_refused(apply):
    later = [{**one, "read": "2026-12-06"} for one in SOURCES]
    assert ("CTR224", "/replace/0/sources/1") in refused(
        apply, override(replace=[replacing(sources=later)])
    )


def test_what_is_wrong_beside_the_new_values_is_told_of_the_list(apply):
    other = replacing(record="ndvh", **{"from": {"kind": "short-code", "value": "88788"}})
    early = override(issued="2015-01-01", expires="2015-01-20", replace=[other, replacing()])
    found = refused(apply, early, on=date(2015, 1, 5))
    assert {("CTR224", "/replace"), ("CTR224", "/replace/1/sources/1")} <= set(found)


def test_what_is_revoked_cannot_be_the_new_value(apply):
    document = override(
        revoke=[revoking("e164", "+18883737888")],
        replace=[
            replacing(
                contact="voice",
                **{
                    "from": {"kind": "e164", "value": "+18883737888"},
                    "to": {"kind": "e164", "value": "+18008422288", "display": "1-800-842-2288"},
                },
            )
        ],
    )
    assert "CTR213" in {rule for rule, _ in refused(apply, document)}


def test_the_emergency_number_cannot_be_taken_away(apply):
    document = override(revoke=[revoking("n11", "911")])
    assert refused(apply, document) == [("CTR524", "/revoke")]


def test_the_hotline_keeps_one_way_to_reach_it(apply):
    voice = revoking("e164", "+18883737888")
    assert apply(override(revoke=[voice])).hotline.contact("voice") is None
    assert ("CTR524", "/revoke") in refused(apply, override(revoke=[voice, REVOKED_CODE]))
    assert apply(override(revoke=[voice, REVOKED_CODE], replace=[replacing()])).hotline.text


def test_an_edition_that_never_had_a_line_need_not_keep_it(apply):
    with pytest.warns(ctr.WithdrawnEditionWarning):
        old = ctr.load("2015.11.0")
    assert apply(override(revoke=[REVOKED_CODE]), directory=old)["befree-textline"].contacts == ()


def test_an_override_that_hides_too_much_is_refused(apply):
    hosts = ("ct.gov", "dhs.gov", "justice.gov", "dol.gov", "humantraffickinghotline.org")
    document = override(revoke=[revoking("host", host) for host in hosts])
    assert refused(apply, document) == [("CTR524", "/revoke")]


@pytest.mark.parametrize("name", sorted(one.name for one in OVERRIDES.glob("*.json")))
def test_a_bad_override_file_is_refused(name):
    content = (OVERRIDES / name).read_bytes()
    digest = sha256(content).hexdigest()
    agreed = (OVERRIDES / name).with_suffix(".txt").read_text(encoding="utf-8")
    assert told(lambda: ctr.apply_override(OVERRIDES / name, sha256=digest, on=ON)) == agreed


def test_a_large_override_file_is_refused(tmp_path):
    path = tmp_path / "override.json"
    path.write_bytes(b" " * 64_001)
    with pytest.raises(ctr.RefusedData, match="more than 64,000 bytes"):
        ctr.apply_override(path, sha256="0" * 64, on=ON)

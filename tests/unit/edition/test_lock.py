"""The lock file that an app commits."""

from __future__ import annotations

import json
from datetime import date
from zlib import crc32

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.directory import Directory

from .conftest import CASES, change_json, contact_of, edition_document, small_document, told

HOTLINE = "national-human-trafficking-hotline"
CARELINE = "ct-dcf-careline"
ON = date(2026, 11, 23)


def lock_of(*ids, **more):
    return ctr.make_lock(ids or (HOTLINE, CARELINE), **more)


def reread(lock, change=lambda text: text):
    return ctr.read_lock(change(json.dumps(lock.to_dict())).encode())


def rules(findings, severity="error"):
    return [one.rule for one in findings if one.severity == severity]


def newest_with(change):
    document = edition_document()
    document["edition"] = "2026.12.0"
    change(document)
    return Directory(document, "1" * 64)


def test_a_lock_says_edition_digest_ids_and_digits():
    document = lock_of().to_dict()
    assert f"{document['edition']}@sha256:{document['sha256']}" == ctr.load().pin == lock_of().pin
    assert [one["id"] for one in document["uses"]] == [CARELINE, HOTLINE]
    assert document["uses"][1]["values"]["voice"] == "tel:+18883737888"
    assert document["uses"][1]["digest"] == ctr.load().hotline.digest
    assert "max_age_days" not in document
    assert lock_of(max_age=30).to_dict()["max_age_days"] == 30


def test_a_lock_is_read_as_it_was_written():
    assert reread(lock_of(max_age=7)) == lock_of(max_age=7)


def test_what_is_not_there_cannot_be_locked():
    with pytest.raises(ctr.UnknownRecord):
        lock_of("no-such-record")
    with pytest.raises(ctr.WithdrawnRecord):
        lock_of("befree-textline")


def test_a_lock_that_holds_has_no_errors():
    findings = ctr.check_lock(reread(lock_of()), ON)
    assert rules(findings) == []


def test_a_law_has_no_values_and_can_be_locked():
    assert ctr.check_lock(lock_of("cgs-54-222"), ON) == ()


def test_one_digit_changed_in_the_lock_is_found():
    lock = reread(lock_of(), lambda text: text.replace("+18883737888", "+18883737889"))
    (finding,) = [one for one in ctr.check_lock(lock, ON) if one.severity == "error"]
    assert (finding.rule, finding.place.pointer) == ("CTR505", "/uses/1/values/voice")
    assert "tel:+18883737889, the edition tel:+18883737888" in finding.message


def test_one_digit_changed_in_the_data_of_the_package_is_found(data, change_index):
    lock = lock_of()
    path = change_json(
        data / "editions/2026.11.0.json",
        lambda document: contact_of(document, HOTLINE, "voice").update(
            value="+18883737889", display="1-888-373-7889"
        ),
    )
    checksum = f"{crc32(path.read_bytes()):08x}"
    change_index(lambda index: index["editions"][-1].update(crc32=checksum))
    (finding,) = ctr.check_lock(lock, ON)
    assert finding.rule == "CTR501"
    assert "SHA-256" in finding.message


def test_another_digest_is_found():
    lock = reread(lock_of(), lambda text: text.replace(lock_of().sha256, "0" * 64))
    assert rules(ctr.check_lock(lock, ON)) == ["CTR501"]


def test_an_edition_that_is_gone_is_found():
    lock = reread(lock_of(), lambda text: text.replace("2026.11.0", "2025.1.0"))
    assert rules(ctr.check_lock(lock, ON)) == ["CTR501"]


def test_content_that_changed_is_found_by_its_digest():
    digest = ctr.load().hotline.digest
    lock = reread(lock_of(), lambda text: text.replace(digest, "0" * 64))
    (finding,) = [one for one in ctr.check_lock(lock, ON) if one.severity == "error"]
    assert (finding.rule, finding.place.pointer) == ("CTR505", "/uses/1/digest")


def test_a_withdrawn_edition_is_found_with_what_to_pin():
    with pytest.warns(ctr.WithdrawnEditionWarning):
        lock = lock_of(HOTLINE, directory=ctr.load("2018.2.0"))
    findings = ctr.check_lock(lock, ON)
    assert findings[0].rule == "CTR502"
    assert "2026.11.0" in findings[0].hint


def test_a_number_that_changed_in_the_newest_edition_is_found():
    newest = newest_with(
        lambda document: contact_of(document, HOTLINE, "voice").update(
            value="+18883737889", display="1-888-373-7889"
        )
    )
    findings = ctr.check_lock(lock_of(), ON, newest=newest)
    (finding,) = [one for one in findings if one.severity == "error"]
    assert finding.rule == "CTR506"
    assert "voice 1-888-373-7888 -> voice 1-888-373-7889" in finding.message
    assert "2026.12.0" in finding.hint


def test_a_changed_record_that_is_not_used_is_no_finding():
    newest = newest_with(
        lambda document: contact_of(document, "ndvh", "voice").update(
            value="+18883737889", display="1-888-373-7889"
        )
    )
    assert rules(ctr.check_lock(lock_of(), ON, newest=newest)) == []


def test_another_wording_is_a_note():
    newest = newest_with(lambda document: document["channels"][1].update(summary="Other words."))
    findings = ctr.check_lock(lock_of(), ON, newest=newest)
    assert rules(findings, "note") == ["CTR506"]
    assert rules(findings) == []


def test_a_used_record_that_was_withdrawn_is_found_with_the_reason():
    with pytest.warns(ctr.WithdrawnEditionWarning):
        lock = lock_of("befree-textline", directory=ctr.load("2015.11.0"))
    findings = [one for one in ctr.check_lock(lock, ON) if one.rule == "CTR506"]
    assert "became part of the National Human Trafficking Hotline" in findings[0].message


def test_an_id_that_the_edition_never_had_is_found():
    lock = reread(lock_of(), lambda text: text.replace(CARELINE, "no-such-line"))
    assert "CTR503" in rules(ctr.check_lock(lock, ON))


def test_an_id_that_was_withdrawn_before_is_found():
    lock = reread(lock_of(), lambda text: text.replace(CARELINE, "befree-textline"))
    assert "CTR503" in rules(ctr.check_lock(lock, ON))


def revoking(index):
    index["revoked"] = sorted([*index["revoked"], "e164:+18883737888"])


def test_a_used_value_that_was_revoked_since_is_found(data, change_index):
    lock = lock_of()

    def add(document):
        document["records"].append(
            {
                **next(one for one in document["records"] if one.get("revoked")),
                "id": "hotline-number-hijacked",
                "value": {"kind": "e164", "value": "+18883737888"},
                "explanation": "It reaches someone else.",
            }
        )

    change_json(data / "tombstones.json", add)
    change_index(revoking)
    findings = [one for one in ctr.check_lock(lock, ON) if one.rule == "CTR504"]
    assert {one.place.pointer for one in findings} == {
        "/uses/1/values/voice",
        "/uses/1/values/relay",
    }
    assert "It reaches someone else." in findings[0].message


def test_each_revoked_value_has_its_own_reason(data, change_index):
    lock = lock_of()
    why = {"233733": "It was leased to someone else.", "+18883737888": "It was hijacked."}

    def add(document):
        stone = next(one for one in document["records"] if one.get("revoked"))
        for number, (value, explanation) in enumerate(why.items()):
            kind = "e164" if value.startswith("+") else "short-code"
            changed = {"id": f"gone-{number}", "value": {"kind": kind, "value": value}}
            document["records"].append({**stone, **changed, "explanation": explanation})

    change_json(data / "tombstones.json", add)
    change_index(lambda index: index["revoked"].extend(["e164:+18883737888", "short-code:233733"]))
    told = {
        one.place.pointer.rpartition("/")[2]: one.message
        for one in ctr.check_lock(lock, ON)
        if one.rule == "CTR504"
    }
    assert told["text"].endswith(why["233733"])
    assert told["voice"].endswith(why["+18883737888"])


def test_a_value_older_than_the_lock_allows_is_found():
    findings = ctr.check_lock(lock_of(max_age=30), date(2027, 1, 15))
    assert {one.rule for one in findings if one.severity == "error"} == {"CTR507"}
    assert "The lock allows 30." in findings[0].message


def test_a_value_as_old_as_the_lock_allows_is_no_finding():
    oldest = max(
        one.age
        for one in ctr.check_freshness(ON).values
        if one.record == "national-human-trafficking-hotline"
    )
    assert rules(ctr.check_lock(lock_of(HOTLINE, max_age=oldest), ON)) == []
    assert rules(ctr.check_lock(lock_of(HOTLINE, max_age=oldest - 1), ON)) == ["CTR507"]


def test_a_value_that_is_stale_by_the_policy_is_a_warning():
    findings = ctr.check_lock(lock_of(), date(2027, 6, 1))
    assert rules(findings) == []
    assert set(rules(findings, "warning")) == {"CTR507"}


def test_evidence_of_the_newest_edition_makes_an_old_pin_younger():
    def review(document):
        for record in (document["channels"][1], document["channels"][2]):
            for contact in record["contacts"]:
                contact["evidence"]["sources"].append(
                    {
                        "url": "https://x.org/",
                        "title": "x",
                        "kind": "operator",
                        "read": "2027-06-01",
                    }
                )

    on = date(2027, 6, 1)
    findings = ctr.check_lock(lock_of(max_age=30), on, newest=newest_with(review))
    assert rules(findings) == []
    assert rules(ctr.check_lock(lock_of(max_age=30), on)) != []


@pytest.mark.usefixtures("write_edition")
def test_an_edition_of_ones_own_can_be_locked(own_edition):
    own = own_edition(lambda document: document.update(edition="2027.5.0"))
    lock = lock_of(HOTLINE, directory=own)
    assert rules(ctr.check_lock(lock, ON, locked=own, newest=own)) == []
    assert rules(ctr.check_lock(lock, ON, locked=ctr.load())) == ["CTR501"]
    changed = own_edition(
        lambda document: document.update(edition="2027.5.0", statement="Another.")
    )
    assert rules(ctr.check_lock(lock, ON, locked=changed)) == ["CTR501"]
    assert rules(ctr.check_lock(lock, ON)) == ["CTR501"]


@pytest.mark.parametrize("name", sorted(one.name for one in (CASES / "locks").glob("*.json")))
def test_a_bad_lock_file_is_refused_with_its_findings(name):
    path = CASES / "locks" / name
    assert told(lambda: ctr.read_lock(path.read_bytes(), name)) == path.with_suffix(
        ".txt"
    ).read_text(encoding="utf-8")


def test_a_lock_file_of_a_megabyte_is_refused():
    with pytest.raises(ctr.RefusedData, match="at most 1,000,000"):
        ctr.read_lock(b" " * 1_000_001)


def test_the_small_document_of_these_tests_keeps_the_rules(own_edition):
    assert own_edition(lambda _: None).edition == small_document()["edition"]

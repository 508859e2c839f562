"""What an update adds to the evidence of the values it changes."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest

from ct_trafficking_resources.checks import gate
from ct_trafficking_resources.edition.codec import decode, decode_contact, decode_source
from ct_trafficking_resources.policy import level_of
from ct_trafficking_resources.testing import fictional_directory
from ct_trafficking_resources.updates.edits import NO_EVIDENCE, as_submitted
from ct_trafficking_resources.updates.evidence import Completion, digest_of

PHONE = {"kind": "e164", "value": "+12035557300", "display": "203-555-7300"}


def source(url="https://a.example/", says="203-555-7300", kind="official"):
    return {"url": url, "title": "A page", "kind": kind, "read": "2026-11-23", "says": says}


def bears_out(source, contact):
    whole = {"id": "x", "mode": "voice", **contact, "evidence": NO_EVIDENCE}
    return gate.bears_out(decode_source(source), decode_contact(whole))


def test_words_that_print_a_number_bear_it_out():
    assert bears_out(source(says="Call (203) 555-7300 or come in"), PHONE)
    assert not bears_out(source(says="Fax: 203-555-7300"), PHONE)
    assert not bears_out(source(says="203-555-7301"), PHONE)


@pytest.mark.parametrize(
    ("change", "printed"),
    [
        ({"extension": "203"}, "ext. 203"),
        ({"extension": "555"}, "ext. 555"),
        ({"menu": "press 1"}, "press 1"),
        ({"menu": "press 2, then 9"}, "Press 2 and then 9"),
        ({"menu": "say Help"}, "Say help"),
    ],
)
def test_what_to_press_is_no_part_of_the_number(change, printed):
    desk = {**PHONE, **change}
    for number in ("(203) 555-7300", "203 555 7300", "1 203 555 7300"):
        assert not bears_out(source(says=f"call {number} now"), desk)
        assert bears_out(source(says=f"call {number}, {printed}."), desk)


def test_of_what_to_press_all_is_printed():
    assert not bears_out(source(says="203-555-7300, press 2"), {**PHONE, "menu": "press 2, then 9"})


def test_every_accepted_keyword_is_printed():
    code = {"kind": "short-code", "value": "233733", "display": "233733"}
    page = source(says="Text HELP or INFO to 233733")
    assert bears_out(page, {**code, "accepted_keywords": ["HELP", "INFO"]})
    assert not bears_out(page, {**code, "accepted_keywords": ["HELP", "STOP"]})


def test_a_source_without_words_bears_no_number_out():
    assert not bears_out({**source(), "says": None}, PHONE)


def test_a_short_code_must_stand_alone():
    code = {"kind": "short-code", "value": "233733", "display": "233733"}
    assert bears_out(source(says="Text 233733"), code)
    assert not bears_out(source(says="Text 1233733"), code)


def test_letters_bear_no_number_out():
    """Whoever copies them wrong dials another number, and no digit shows it."""
    assert not bears_out(source(says="call 203-555-TIPS"), {**PHONE, "vanity": "203-555-TIPS"})


def test_a_slash_at_the_end_of_an_address_is_not_printed():
    page = {"kind": "url", "value": "https://a.example/help/", "display": "x"}
    assert bears_out(source("https://b.example/", "see a.example/help"), page)


def test_a_keyword_must_be_printed_too():
    code = {"kind": "short-code", "value": "233733", "display": "233733", "keyword": "HELP"}
    assert bears_out(source(says="Text help to 233733"), code)
    assert not bears_out(source(says="Text 233733"), code)


@pytest.mark.parametrize("words", ["Text HELPLINE to 233733", "Text SELFHELP to 233733"])
def test_a_keyword_is_no_part_of_a_word(words):
    code = {"kind": "short-code", "value": "233733", "display": "233733", "keyword": "HELP"}
    assert not bears_out(source(says=words), code)


def test_an_extension_must_be_printed_too():
    desk = {**PHONE, "extension": "12"}
    assert bears_out(source(says="203-555-7300 ext. 12"), desk)
    assert not bears_out(source(says="203-555-7300"), desk)
    assert not bears_out(source(says="203-555-7300 ext. 123"), desk)


@pytest.mark.parametrize(
    ("value", "words", "expected"),
    [
        ("https://a.example/", "see a.example.", True),
        ("https://a.example/", "see www.a.example", True),
        ("https://www.a.example/", "see https://a.example/, or call", True),
        ("https://a.example/", "see evil-a.example", False),
        ("https://a.example/", "see a.example.evil", False),
        ("https://a.example/", "see a.example/other", False),
        ("https://a.example/help", "see a.example/helpers", False),
        ("https://a.example/", "write to x@a.example", False),
    ],
)
def test_an_address_in_words_is_no_part_of_another(value, words, expected):
    page = {"kind": "url", "value": value, "display": "x"}
    assert bears_out(source("https://b.example/", words), page) is expected


def test_a_mailbox_in_words_is_no_part_of_another():
    mailbox = {"kind": "email", "value": "help@a.example", "display": "x"}
    assert bears_out(source("https://b.example/", "Write to HELP@a.example."), mailbox)
    assert not bears_out(source("https://b.example/", "selfhelp@a.example"), mailbox)
    assert not bears_out(source(None, "write to us"), mailbox)
    assert not bears_out(source("https://b.example/", "help@a.example.evil"), mailbox)


def test_an_address_is_borne_out_by_its_own_page_or_by_words():
    page = {"kind": "url", "value": "https://www.a.example/contact", "display": "x"}
    assert bears_out(source(says="Contact us"), page)
    assert bears_out(source("https://b.example/", "see www.a.example/contact"), page)
    assert not bears_out(source("https://b.example/", "see a.example"), page)
    mailbox = {"kind": "email", "value": "help@a.example", "display": "x"}
    assert bears_out(source("https://b.example/", "help@a.example"), mailbox)
    assert not bears_out(source("https://a.example/", "write to us"), mailbox)


def test_the_digest_is_of_what_is_proposed_however_it_is_written(form):
    update = form()
    assert digest_of(update) == digest_of(dict(reversed(update.items())))
    assert digest_of(update) != digest_of({**update, "role": "Clerk"})


def apply_to(form, check, change):
    update = form()
    change(update["records"][0])
    report = check(update)
    assert report.ok, report.findings
    return report, report.proposal.after.get("example-police")


def move_phone(record):
    record["contacts"][0].update(value="+12035557300", display="203-555-7300")


def test_a_changed_value_rests_on_the_update_and_the_pages_that_print_it(form, check):
    report, after = apply_to(form, check, move_phone)
    evidence = after["contacts"][0]["evidence"]
    partner, page = evidence["sources"]
    assert evidence["level"] == "partner-confirmed"
    assert partner == {
        "url": None,
        "title": "Update sent by example-police",
        "kind": "partner",
        "date": "2026-11-23",
        "read": "2026-11-23",
        "says": f"update sha256:{report.digest}",
    }
    assert page == report.proposal.sources[0]
    assert level_of(decode(after).contacts[0].evidence) == "partner-confirmed"


def test_what_did_not_change_keeps_its_evidence(form, check, example):
    _, after = apply_to(form, check, move_phone)
    before = example["records"]["example-police"]
    assert after["contacts"][1:] == before["contacts"][1:]
    assert after["evidence"] == before["evidence"]
    assert after["memberships"] == before["memberships"]


def test_a_value_whose_label_changed_keeps_its_pages_beside_the_update(form, check, example):
    _, after = apply_to(form, check, lambda one: one["contacts"][0].update(label="Desk"))
    before = example["records"]["example-police"]["contacts"][0]["evidence"]["sources"]
    sources = after["contacts"][0]["evidence"]["sources"]
    assert sources[0]["kind"] == "partner"
    assert sources[-len(before) :] == before


def test_a_record_whose_name_changed_keeps_its_pages_beside_the_update(form, check, example):
    _, after = apply_to(form, check, lambda one: one.update(name="Example Police"))
    before = example["records"]["example-police"]["evidence"]
    assert after["evidence"]["sources"][0]["kind"] == "partner"
    assert after["evidence"]["sources"][-1] == before["sources"][-1]
    assert after["evidence"].get("note") == before.get("note")


def test_evidence_never_holds_more_sources_than_its_schema_allows(form, check, patched):
    update = form()
    update["sources"] = [
        {**source(f"https://a.example/{number}", "203-555-7300")} for number in range(20)
    ]
    move_phone(update["records"][0])
    report = check(update)
    assert len(report.proposal.after["example-police"]["contacts"][0]["evidence"]["sources"]) == 20


def test_a_new_contact_point_rests_on_the_update(form, check):
    desk = {
        "id": "desk",
        "mode": "voice",
        "kind": "e164",
        "value": "+12035557300",
        "display": "203-555-7300",
        "purposes": ["general-information"],
    }
    _, after = apply_to(form, check, lambda one: one["contacts"].append(deepcopy(desk)))
    assert after["contacts"][-1]["evidence"]["sources"][0]["kind"] == "partner"


def test_the_office_moved(form, check):
    def move(record):
        record["addresses"][0]["text"] = "2 Main Street, Hartford, CT 06101"

    _, after = apply_to(form, check, move)
    assert after["addresses"][0]["evidence"]["sources"][0]["kind"] == "partner"


def test_only_pages_that_print_a_value_are_cited_for_it(form, check):
    update = form()
    update["sources"].append(source("https://b.example/", "something else"))
    move_phone(update["records"][0])
    sources = check(update).proposal.after["example-police"]["contacts"][0]["evidence"]["sources"]
    assert [one["url"] for one in sources] == [None, "https://police.example.gov/contact"]


def test_a_note_of_the_evidence_and_a_page_that_is_cited_already_stay_as_they_are(
    patched, example, edition_of, draw_from, check
):
    path = "/records/example-police/evidence"
    patch = [
        {"op": "add", "path": f"{path}/note", "value": "Seen twice."},
        {"op": "add", "path": f"{path}/sources/-", "value": source()},
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-police")
    update["sources"] = [source()]
    update["records"][0]["summary"] = "Police of a town."
    evidence = check(update, directory=directory).proposal.after["example-police"]["evidence"]
    assert evidence["note"] == "Seen twice."
    assert evidence["sources"].count(source()) == 1


def test_each_time_of_an_operator_keeps_its_evidence(
    patched, example, edition_of, draw_from, check
):
    record = example["records"]["national-human-trafficking-hotline"]
    former = record["operators"][1]
    pages = [source(f"https://{letter}.example/") for letter in "bc"]
    times = [
        {**former, "since": since, "until": until,
         "evidence": {**former["evidence"], "sources": [page]}}
        for (since, until), page in zip([("2007", "2010"), ("2012", "2025")], pages, strict=True)
    ]  # fmt: skip
    patch = [
        {
            "op": "replace",
            "path": "/records/national-human-trafficking-hotline/operators",
            "value": [record["operators"][0], *times],
        }
    ]
    directory = edition_of(patched(example, patch))
    update = draw_from(directory, "example-nonprofit")
    update["records"][1]["summary"] = "Help."
    after = check(update, directory=directory).proposal.after[record["id"]]
    assert [one["evidence"]["sources"] for one in after["operators"][1:]] == [
        [one] for one in pages
    ]


# --- confirmations ----------------------------------------------------------------------------

SAID = {"role": "records clerk", "way": "letter", "day": "2001-02-03"}
OFFICE = "fictional-help"


def completed(heard, change=None, present=None):
    """Return an organization as an update would leave it, after a change and confirmations."""
    office = present or fictional_directory().organization(OFFICE)
    update = {"sources": [], "submitted_by": OFFICE, "submitted_on": "2001-02-05"}
    record = {**as_submitted(office), "note": "Changed."}
    record["contacts"][0] |= change or {"label": "Front desk"}
    confirmed = [
        {"record": OFFICE, "contact": contact, "value": value, **SAID} for contact, value in heard
    ]
    return decode(Completion(update, date(2001, 2, 5), confirmed).complete(record, office))


def test_a_confirmation_goes_to_the_value_and_stays_with_it():
    first = fictional_directory().organization(OFFICE).contacts[0]
    office = completed([(first.id, first.value), (first.id, first.value), (first.id, "12345")])
    (heard,) = office.contacts[0].evidence.confirmations
    assert heard.value == first.value
    again = completed([], {"label": "Desk"}, office)
    assert again.contacts[0].evidence.confirmations == (heard,)
    moved = completed([], {"value": "+18605553007", "display": "860-555-3007"}, office)
    assert moved.contacts[0].evidence.confirmations == ()


def test_of_a_record_a_host_and_what_stands_first_are_confirmed():
    directory = fictional_directory().organization(OFFICE)
    host, first = directory.hosts[0], directory.contacts[0].id
    office = completed([("hosts", host), ("first", first), ("hosts", "another.example")])
    assert [(heard.what, heard.value) for heard in office.evidence.confirmations] == [
        ("hosts", host),
        ("first", first),
    ]
    assert not any(contact.evidence.confirmations for contact in office.contacts)

"""The records folder and what is shipped: build, changelog and release."""

from __future__ import annotations

import errno
import json
from datetime import date
from hashlib import sha256

import pytest

import sample_data
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.publishing import (
    build as building,
    folder as records_folder,
    release as releasing,
)
from ct_trafficking_resources.publishing.folder import record_text

HOTLINE = "national-human-trafficking-hotline"
ON = date(2026, 12, 10)
KEPT = {"911-connecticut", HOTLINE, "polaris", "compass-connections"}


def edit(path, change):
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(record_text(document), encoding="utf-8")


class House:
    """A small records folder, its data folder and its changelog."""

    def __init__(self, root):
        self.records, self.data = root / "records", root / "data"
        self.changelog = root / "CHANGELOG.md"
        sample_data.write_records(self.records)
        for path in self.records.glob("*/*.json"):
            if path.stem not in KEPT:
                path.unlink()
        self.changelog.write_text("# Changes\n\nCode.\n", encoding="utf-8")
        edit(self.records / "editions.json", lambda it: it.update(released={}, withdrawn={}))
        edit(
            self.records / "register.json",
            lambda it: it.update(ids={id: kind for id, kind in it["ids"].items() if id in KEPT}),
        )
        for channel in ("911-connecticut", HOTLINE):
            self.edit_channel(channel, _unshare)

    def edit_channel(self, id, change):
        edit(self.records / "channels" / f"{id}.json", change)
        building.format_records(self.records)

    def edit_contact(self, contact, change):
        def apply(channel):
            change(next(one for one in channel["contacts"] if one["id"] == contact))

        self.edit_channel(HOTLINE, apply)

    def edit_editions(self, **changes):
        edit(self.records / "editions.json", lambda it: it.update(changes))

    def build(self):
        return building.build(self.records, ON, self.data)

    def shipped(self):
        return {file.stem: file.read_bytes() for file in (self.data / "editions").glob("*.json")}

    def files(self):
        folder = self.records.parent
        return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    def rules(self):
        return [one.rule for one in self.build().findings]

    def release(self, number="2026.12.0", on=ON):
        return releasing.release(number, self.records, self.data, self.changelog, on)

    def released(self, number="2026.12.0", on=ON):
        result = self.release(number, on)
        assert result.findings == ()
        releasing.write(result)

    def refusals(self, number, on=ON):
        result = self.release(number, on)
        assert result.files == {}
        return [one.rule for one in result.findings]


def _unshare(channel):
    for contact in channel["contacts"]:
        contact.pop("shared_with", None)


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


# --- build -----------------------------------------------------------------


def test_a_small_house_stands(house):
    assert house.build().findings == ()
    assert not house.data.exists()


def test_a_changelog_keeps_what_stands_around_the_data_part(house):
    part = f"{building.BEGIN}\nold\n{building.END}"
    house.changelog.write_text(f"# Changes\n\n{part}\n\n## Before\n", encoding="utf-8")
    house.released()
    text = house.changelog.read_text(encoding="utf-8")
    assert text.startswith("# Changes\n\n<!--")
    assert text.endswith("\n\n## Before\n")
    assert "old" not in text


def test_a_file_not_in_canonical_form_is_rewritten(house):
    path = house.records / "channels" / f"{HOTLINE}.json"
    path.write_text(json.dumps(json.loads(path.read_text())), encoding="utf-8")
    assert house.rules() == ["CTR105"]
    assert building.format_records(house.records) == (f"channels/{HOTLINE}.json",)
    assert house.rules() == []


def test_a_record_with_a_day_that_no_calendar_has_is_refused(house):
    house.edit_contact("chat", lambda it: it["evidence"]["sources"][0].update(date="2025-02-30"))
    assert house.rules() == ["CTR107"]


def test_the_list_of_editions_must_be_there(house):
    (house.records / "editions.json").unlink()
    assert house.rules() == ["CTR103"]


def test_what_was_never_released_cannot_be_withdrawn(house):
    house.edit_editions(withdrawn={"2020.1.0": "x"})
    (finding,) = house.build().findings
    assert (finding.rule, finding.place.pointer) == ("CTR109", "/withdrawn/2020.1.0")


def test_a_reconstructed_edition_has_no_place_in_the_records(house):
    (house.records / "history").mkdir()
    (house.records / "history" / "edition.json").write_text("{}")
    assert house.rules() == ["CTR102"]


# --- release -----------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "2026.012.0",
        "2026.12.00",
        "2026.13.0",
        "2026.0.1",
        "26.12.0",
        "2026.12",
        "2026.12.0rc1",
        "x",
        "2026.12.0\n",
        "2026.12.999",
    ],
)
def test_a_number_that_is_none_is_refused(house, number):
    assert house.refusals(number) == ["CTR541"]


def test_a_padded_number_is_told_without_its_zeros(house):
    (finding,) = house.release("2026.09.01").findings
    assert finding.hint.endswith("Write 2026.9.1.")
    for number in ("2026.13.01", "2026.12.0999"):
        (finding,) = house.release(number).findings
        assert "Write" not in finding.hint


def test_a_release_writes_edition_index_list_and_changelog(house):
    house.released()
    header = json.loads((house.records / "edition.json").read_text())
    assert (header["edition"], header["released"], header["review_by"]) == (
        "2026.12.0",
        "2026-12-10",
        "2027-03-10",
    )
    content = (house.data / "editions/2026.12.0.json").read_bytes()
    listed = json.loads((house.records / "editions.json").read_text())
    assert listed["released"] == {"2026.12.0": sha256(content).hexdigest()}
    assert house.changelog.read_text().startswith("# Changes\n\nCode.\n\n<!-- data")
    assert house.build().findings == ()


def index_of(house):
    return json.loads((house.data / "index.json").read_bytes())["editions"]


def test_a_release_adds_to_what_is_shipped_and_changes_none_of_it(house):
    house.released()
    house.edit_channel(HOTLINE, lambda it: it.update(note="Other words."))
    house.released("2027.1.0", date(2027, 1, 5))
    before = house.shipped()
    house.edit_channel(HOTLINE, lambda it: it.update(note="Still other words."))
    result = house.release("2027.1.1", date(2027, 1, 6))
    written = [path.name for path in result.files if path.parent == house.data / "editions"]
    assert written == ["2027.1.1.json"]
    releasing.write(result)
    after = house.shipped()
    assert {number: after[number] for number in before} == before
    assert [one["number"] for one in index_of(house)] == ["2026.12.0", "2027.1.0", "2027.1.1"]
    for one in index_of(house):
        assert one["sha256"] == sha256(after[one["number"]]).hexdigest()
    listed = json.loads((house.records / "editions.json").read_text())["released"]
    assert listed == {one["number"]: one["sha256"] for one in index_of(house)}


def test_what_is_shipped_and_not_noted_is_neither_taken_over_nor_taken_away(house):
    house.released()
    house.edit_editions(released={})
    before = house.shipped()
    (finding,) = house.release("2027.1.0", date(2027, 1, 5)).findings
    assert (finding.rule, finding.place.pointer) == ("CTR108", "/released")
    assert "2026.12.0 that was never released" in finding.message
    assert house.shipped() == before


def test_the_index_is_written_last(house):
    assert list(house.release().files)[-1].name == "index.json"


def test_a_release_that_cannot_be_written_leaves_everything_as_it_was(house, monkeypatch):
    prepared = house.release()
    before = house.files()
    real, written = records_folder._write, []

    def write(draft, content, target):
        written.append(target)
        if target.name == "index.json":
            raise OSError(errno.ENOSPC, "No space left on device")
        real(draft, content, target)

    monkeypatch.setattr(records_folder, "_write", write)
    with pytest.raises(OSError, match="No space left"):
        releasing.write(prepared)
    assert len(written) == len(prepared.files) + 1  # the list of the files is one more
    assert house.files() == before


def test_records_that_changed_since_they_were_checked_are_not_released(house):
    prepared = house.release()
    house.edit_editions(withdrawn={"2026.11.0": "Something is wrong."})
    before = house.files()
    with pytest.raises(records_folder.ChangedMeanwhile):
        releasing.write(prepared)
    assert house.files() == before


@pytest.mark.parametrize("day", [date(2099, 10, 3), date.max])
def test_a_day_that_is_far_off_is_refused(house, day):
    assert house.refusals("2026.12.0", day) == ["CTR546"]
    assert house.release("2026.12.0", date(2099, 10, 2)).findings == ()


def test_a_number_that_exists_is_refused(house):
    house.released()
    assert house.refusals("2026.12.0") == ["CTR542"]


def test_a_number_that_goes_backward_is_refused(house):
    house.released()
    (finding,) = house.release("2026.11.9").findings
    assert (finding.rule, "goes backward" in finding.message) == ("CTR542", True)
    house.released("2026.12.10")
    assert house.refusals("2026.12.9") == ["CTR542"]


def test_records_that_are_wrong_are_not_released(house):
    house.edit_contact("voice", lambda it: it.update(display="1-800-373-7888"))
    assert house.refusals("2026.12.0") == ["CTR211"]
    (house.records / "edition.json").write_text("{")
    assert "CTR004" in house.refusals("2026.12.0")


def test_evidence_from_after_the_day_of_release_is_refused(house):
    assert "CTR224" in house.refusals("2026.11.1", date(2026, 11, 1))


def test_records_may_move_on_from_a_released_edition(house):
    house.released()
    before = house.shipped()
    house.edit_channel(HOTLINE, lambda it: it.update(note="Other words."))
    result = house.build()
    assert result.findings == ()
    assert b"Other words." in result.candidate
    assert house.shipped() == before


def test_a_shipped_edition_that_was_changed_by_hand_or_is_gone_stops_a_release(house):
    house.released()
    path = house.data / "editions/2026.12.0.json"
    document = json.loads(path.read_bytes())
    path.write_bytes(storage.write({**document, "statement": "Another."}))
    (finding,) = house.release("2027.1.0").findings
    assert (finding.rule, finding.place.pointer) == ("CTR108", "/released/2026.12.0")
    assert "is not what it was" in finding.message
    path.unlink()
    (finding,) = house.release("2027.1.0").findings
    assert "is gone" in finding.message


def test_a_released_edition_can_be_withdrawn_and_the_next_one_says_so(house):
    house.released()
    house.edit_editions(withdrawn={"2026.12.0": "Wrong."})
    house.edit_contact(
        "voice", lambda it: it.update(value="+18885551234", display="1-888-555-1234")
    )
    assert house.refusals("2027.1.0") == ["CTR344"]
    house.edit_contact("voice", read_again)
    house.released("2027.1.0", date(2027, 1, 5))
    assert [one.get("replaced_by") for one in index_of(house)] == ["2027.1.0", None]


def read_again(contact):
    """Look at every page again, as a curator does who changes a value."""
    keywords = [contact.get("keyword"), *contact.get("accepted_keywords", [])]
    for source in contact["evidence"]["sources"]:
        source["read"] = "2026-12-24"
        source["says"] = " ".join(["It is", contact["display"], *filter(None, keywords)])


def weak(contact):
    contact["evidence"]["sources"] = contact["evidence"]["sources"][:1]
    contact["evidence"]["level"] = "official"


@pytest.mark.parametrize(
    ("contact", "change", "rules"),
    [
        ("voice", {"value": "+18885551234", "display": "1-888-555-1234"}, []),
        ("voice", {"value": "+18883737889", "display": "1-888-373-7889"}, ["CTR341"]),
        ("voice", {"value": "+18003737888", "display": "1-800-373-7888"}, ["CTR341"]),
        ("text", {"value": "233722", "display": "233722", "vanity": None}, []),
        ("text", {"value": "233773", "display": "233773", "vanity": None}, ["CTR341"]),
        ("text", {"keyword": "HELP"}, []),
        (
            "email",
            {
                "value": "hello@humantraffickinghotline.org",
                "display": "hello@humantraffickinghotline.org",
            },
            [],
        ),
        (
            "chat",
            {
                "value": "https://humantraffickinghotline.org/chat",
                "display": "humantraffickinghotline.org/chat",
            },
            ["CTR344"],
        ),
    ],
)
def test_what_victims_use_changes_only_on_the_evidence_that_is_asked_for(
    house, contact, change, rules
):
    house.released()

    def apply(it):
        it.update(change)
        read_again(it)
        if it.get("vanity", "") is None:
            del it["vanity"]

    house.edit_contact(contact, apply)
    result = house.release("2027.1.0", date(2027, 1, 5))
    assert [one.rule for one in result.findings] == rules


def test_weak_evidence_stops_a_new_number_of_what_victims_use(house):
    house.released()
    house.edit_contact(
        "voice", lambda it: it.update(value="+18885551234", display="1-888-555-1234")
    )
    house.edit_contact("voice", weak)
    house.edit_contact("voice", read_again)
    (finding,) = house.release("2027.1.0", date(2027, 1, 5)).findings
    assert finding.rule == "CTR344"
    assert "two public pages of different publishers" in finding.hint


@pytest.mark.parametrize("fresh", [0, 1])
def test_what_was_said_of_the_old_number_is_no_evidence_for_the_new_one(house, fresh):
    house.released()

    def change(contact):
        contact.update(value="+18885551234", display="1-888-555-1234")
        for source in contact["evidence"]["sources"][:fresh]:
            source |= {"read": "2026-12-24", "says": "It is 1-888-555-1234"}

    house.edit_contact("voice", change)
    (finding,) = house.release("2027.1.0", date(2027, 1, 5)).findings
    assert finding.rule == "CTR344"


@pytest.mark.parametrize(
    ("page", "rules"),
    [
        ("https://www.usa.gov/new", []),
        ("https://news.humantraffickinghotline.org/new", ["CTR344"]),
        ("https://web.archive.org/web/2026/https://www.usa.gov/new", ["CTR344"]),
        ("https://operator.example/new", ["CTR344"]),
    ],
)
def test_what_victims_use_changes_on_pages_of_two_publishers(house, page, rules):
    """The evidence as a whole stays corroborated: by what was said of the old number."""
    operator = house.records / "organizations" / "compass-connections.json"
    edit(operator, lambda it: it.update(hosts=["operator.example"]))
    building.format_records(house.records)
    house.released()

    def change(contact):
        contact.update(value="+18885551234", display="1-888-555-1234")
        for url in (page, "https://humantraffickinghotline.org/new"):
            source = {"url": url, "title": "A page", "kind": "operator", "read": "2026-12-24"}
            source["says"] = "Call 1-888-555-1234"
            contact["evidence"]["sources"].insert(0, source)

    house.edit_contact("voice", change)
    result = house.release("2027.1.0", date(2027, 1, 5))
    assert [one.rule for one in result.findings] == rules


def test_a_slip_that_the_partner_confirms_is_released(house):
    house.released()

    def confirm(contact):
        contact.update(value="+18883737889", display="1-888-373-7889")
        source = {
            "url": "https://humantraffickinghotline.org/x",
            "title": "Update",
            "kind": "partner",
            "date": "2026-12-10",
            "read": "2026-12-10",
        }
        contact["evidence"]["sources"].insert(0, source)
        contact["evidence"]["level"] = "partner-confirmed"
        read_again(contact)

    house.edit_contact("voice", confirm)
    assert house.refusals("2027.1.0", date(2027, 1, 5)) == ["CTR341"]

    def write_down(contact):
        contact["evidence"]["confirmations"] = [
            {"value": "1 888 373 7889", "role": "clerk", "way": "letter", "day": "2026-12-10"}
        ]

    house.edit_contact("voice", write_down)
    house.released("2027.1.0", date(2027, 1, 5))


def test_what_victims_use_is_not_taken_away_without_a_word(house):
    house.released()

    def drop(channel):
        channel["contacts"] = [one for one in channel["contacts"] if one["id"] != "email"]

    house.edit_channel(HOTLINE, drop)
    assert house.refusals("2027.1.0") == ["CTR543"]


def test_a_record_that_victims_use_is_not_taken_away_without_a_word(house, sample):
    document = encode(sample["ct-211"])
    _unshare(document)
    path = house.records / "channels" / "ct-211.json"
    path.write_text(record_text(document), encoding="utf-8")
    edit(house.records / "register.json", lambda it: it["ids"].update({"ct-211": "help-channel"}))
    edit(house.records / "register.json", lambda it: it.update(ids=dict(sorted(it["ids"].items()))))
    house.released()
    path.unlink()
    edit(house.records / "register.json", lambda it: it["ids"].pop("ct-211"))
    assert house.refusals("2027.1.0") == ["CTR543"]


def test_what_only_offices_use_is_released_on_any_evidence(house):
    house.released()
    path = house.records / "organizations" / "polaris.json"
    edit(path, lambda it: it.update(name="Polaris Project"))
    house.released("2027.1.0", date(2027, 1, 5))


def test_a_finding_about_a_record_that_is_not_there_points_at_the_header(house):
    (house.records / "channels" / "911-connecticut.json").unlink()
    edit(house.records / "register.json", lambda it: it["ids"].pop("911-connecticut"))
    (finding,) = house.build().findings
    assert (finding.rule, finding.place.file) == ("CTR231", str(house.records / "edition.json"))


def test_other_words_are_released_on_any_evidence(house):
    house.released()
    house.edit_channel(HOTLINE, lambda it: it.update(note="Other words."))
    house.released("2027.1.0", date(2027, 1, 5))
    text = house.changelog.read_text()
    assert "### Edition 2027.1.0" in text
    assert "**Wording or order only**" in text


def test_what_was_released_before_is_in_the_changelog_by_effect(house):
    house.released()
    house.edit_contact(
        "voice", lambda it: it.update(value="+18885551234", display="1-888-555-1234")
    )
    house.edit_contact("voice", read_again)
    house.released("2027.1.0", date(2027, 1, 5))
    assert "**Number changed**" in house.changelog.read_text()
    assert "1-888-373-7888 -\\> voice 1-888-555-1234" in house.changelog.read_text()


def test_a_release_without_a_changelog_makes_one(house):
    house.changelog.unlink()
    house.released()
    assert house.changelog.read_text().startswith(building.BEGIN)

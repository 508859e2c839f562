"""The records folder with its past editions: build, changelog and release."""

from __future__ import annotations

import json
import shutil
from datetime import date
from hashlib import sha256

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import layout
from ct_trafficking_resources.publishing import (
    build as building,
    changelog as changelogs,
    release as releasing,
)
from ct_trafficking_resources.publishing.canonical import record_text

from .conftest import DATA, ROOT

HOTLINE = "national-human-trafficking-hotline"
ON = date(2026, 12, 10)
KEPT = {"911-connecticut", HOTLINE, "polaris", "compass-connections"}


@pytest.fixture(scope="module")
def built():
    """What the records of this repository give."""
    return building.build(ROOT / "records", DATA)


def edit(path, change):
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(record_text(document), encoding="utf-8")


class House:
    """A small records folder, its data folder and its changelog."""

    def __init__(self, root):
        self.records, self.data = root / "records", root / "data"
        self.changelog = root / "CHANGELOG.md"
        self.data.mkdir()
        shutil.copytree(ROOT / "records", self.records, ignore=_leave_out)
        shutil.copy(DATA / "index.json", self.data / "index.json")
        self.changelog.write_text("# Changes\n\nCode.\n", encoding="utf-8")
        edit(self.records / "editions.json", lambda it: it.update(withdrawn={}))
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

    def edit_header(self, **changes):
        edit(self.records / "edition.json", lambda it: it.update(changes))

    def build(self):
        return building.build(self.records, self.data)

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


def _leave_out(folder, names):
    if folder.endswith("records"):
        return {"history", "held", "misprints", "tombstones", "task-forces", "laws"}
    if folder.endswith(("channels", "organizations")):
        return {name for name in names if name.removesuffix(".json") not in KEPT}
    return set()


def _unshare(channel):
    for contact in channel["contacts"]:
        contact.pop("shared_with", None)


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


# --- build -----------------------------------------------------------------


def test_the_records_of_this_repository_give_what_is_shipped(built):
    assert built.findings == ()
    assert building.differences(built.shipped, DATA, ROOT / "CHANGELOG.md") == ()


def test_the_changelog_of_this_repository_tells_what_the_editions_give(built):
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelogs.data_part(built.shipped) in text
    assert changelogs.with_data_part(text, built.shipped) == text


def test_the_index_is_made_from_the_editions_alone(built):
    index = json.loads(built.shipped.files["index.json"])
    assert [one["number"] for one in index["editions"]] == list(built.shipped.editions)
    for entry in index["editions"]:
        data = built.shipped.editions[entry["number"]]
        assert entry["sha256"] == sha256(data).hexdigest()
        assert entry["released"] == json.loads(data)["released"]
    assert set(index["revoked"]) == built.shipped.revoked


def test_a_small_house_stands(house):
    assert house.build().findings == ()
    assert list(house.build().shipped.editions) == ["2026.11.0"]


def test_an_edition_that_no_records_give_is_taken_away(house):
    building.write(house.build().shipped, house.data, house.changelog)
    stray = house.data / "editions" / "2020.1.0.json"
    stray.write_text("{}")
    (finding,) = building.differences(house.build().shipped, house.data, house.changelog)
    assert (finding.rule, finding.place.file) == ("CTR104", str(stray))
    building.write(house.build().shipped, house.data, house.changelog)
    assert not stray.exists()


def test_a_changelog_that_tells_something_else_is_a_difference(house):
    building.write(house.build().shipped, house.data, house.changelog)
    shipped = house.build().shipped
    assert building.differences(shipped, house.data, house.changelog) == ()
    text = house.changelog.read_text()
    house.changelog.write_text(text.replace("## Data", "## Data, by hand"))
    (finding,) = building.differences(shipped, house.data, house.changelog)
    assert finding.place.file == str(house.changelog)


def test_without_a_changelog_none_is_written(house):
    house.changelog.unlink()
    building.write(house.build().shipped, house.data, house.changelog)
    assert not house.changelog.exists()
    assert building.differences(house.build().shipped, house.data, house.changelog) == ()


def test_a_changelog_keeps_what_stands_around_the_data_part(house):
    shipped = house.build().shipped
    part = f"{changelogs.BEGIN}\nold\n{changelogs.END}"
    text = changelogs.with_data_part(f"# Changes\n\n{part}\n\n## Before\n", shipped)
    assert text.startswith("# Changes\n\n<!--")
    assert text.endswith("\n\n## Before\n")
    assert "old" not in text
    assert changelogs.with_data_part("", shipped).startswith(changelogs.BEGIN)


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


# --- past editions -----------------------------------------------------------


@pytest.fixture
def past(house):
    """Give the small house a reconstructed edition."""
    folder = house.records / "history" / "2018.2.0"
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "records/history/2018.2.0/channels", folder / "channels")
    shutil.copy(ROOT / "records/history/2018.2.0/edition.json", folder / "edition.json")
    (folder / "organizations").mkdir()
    shutil.copy(
        ROOT / "records/history/2018.2.0/organizations/polaris.json", folder / "organizations"
    )
    edit(house.records / "editions.json", lambda it: it.update(withdrawn={"2018.2.0": "History."}))
    return folder


@pytest.mark.usefixtures("past")
def test_a_reconstructed_edition_is_shipped_withdrawn(house):
    shipped = house.build().shipped
    assert list(shipped.editions) == ["2018.2.0", "2026.11.0"]
    entry = json.loads(shipped.files["index.json"])["editions"][0]
    assert (entry["withdrawn"], entry["replaced_by"]) == ("History.", "2026.11.0")


def test_a_source_later_than_its_edition_is_refused(house, past):
    channel = past / "channels" / f"{HOTLINE}.json"
    edit(channel, lambda it: it["evidence"]["sources"][0].update(date="2018-03-01"))
    (finding,) = house.build().findings
    assert (finding.rule, finding.place.pointer) == ("CTR109", "/evidence/sources/0")


@pytest.mark.parametrize(("day", "rules"), [("2018", []), ("2018-02", []), ("2018-03", ["CTR109"])])
def test_a_partial_date_counts_as_exactly_as_it_is_given(house, past, day, rules):
    channel = past / "channels" / f"{HOTLINE}.json"
    edit(channel, lambda it: it["evidence"]["sources"][0].update(date=day))
    assert house.rules() == rules


def test_an_undated_source_is_refused_in_history(house, past):
    channel = past / "channels" / f"{HOTLINE}.json"
    edit(channel, lambda it: it["contacts"][0]["evidence"]["sources"][0].pop("date"))
    (finding,) = house.build().findings
    assert finding.place.pointer == "/contacts/0/evidence/sources/0"


def test_history_that_is_not_marked_so_is_refused(house, past):
    edit(past / "edition.json", lambda it: it.update(status="preview"))
    assert house.rules() == ["CTR109"]
    edit(past / "edition.json", lambda it: it.update(status="reconstructed"))
    edit(house.records / "editions.json", lambda it: it.update(withdrawn={}))
    assert house.rules() == ["CTR109"]


@pytest.mark.parametrize("number", ["2026.11.0", "2020.1.0"])
def test_what_is_not_released_cannot_be_withdrawn(house, number):
    edit(house.records / "editions.json", lambda it: it.update(withdrawn={number: "x"}))
    (finding,) = house.build().findings
    assert (finding.rule, finding.place.pointer) == ("CTR109", f"/withdrawn/{number}")


def test_an_id_of_history_that_was_never_registered_is_refused(house, past):
    source = past / "organizations" / "polaris.json"
    edit(source, lambda it: it.update(id="polaris-old"))
    source.rename(source.with_name("polaris-old.json"))
    edit(
        past / "channels" / f"{HOTLINE}.json",
        lambda it: it["operators"][0].update(organization="polaris-old"),
    )
    assert house.rules() == ["CTR106"]


def test_history_keeps_the_other_rules(house, past):
    channel = past / "channels" / f"{HOTLINE}.json"
    edit(channel, lambda it: it["contacts"][0].update(display="1-800-373-7888"))
    assert house.rules() == ["CTR211"]


def test_history_holds_no_tombstones_and_nothing_stray(house, past):
    (past / "tombstones").mkdir()
    (past / "tombstones" / "x.json").write_text("{}")
    assert house.rules() == ["CTR102"]


def test_history_is_brought_into_canonical_form(house, past):
    path = past / "edition.json"
    path.write_text(json.dumps(json.loads(path.read_text())))
    assert house.rules() == ["CTR105"]
    assert building.format_records(house.records) == ("history/2018.2.0/edition.json",)


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
    ],
)
def test_a_number_that_is_none_is_refused(house, number):
    assert house.refusals(number) == ["CTR541"]


def test_a_padded_number_is_told_without_its_zeros(house):
    (finding,) = house.release("2026.09.01").findings
    assert finding.hint.endswith("Write 2026.9.1.")
    (finding,) = house.release("2026.13.01").findings
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
    assert building.differences(house.build().shipped, house.data, house.changelog) == ()


def test_a_release_takes_the_place_of_the_preview(house):
    building.write(house.build().shipped, house.data, house.changelog)
    preview = house.data / "editions/2026.11.0.json"
    assert preview.is_file()
    house.released()
    assert not preview.exists()
    assert building.differences(house.build().shipped, house.data, house.changelog) == ()


def test_the_index_is_written_last(house):
    assert list(house.release().files)[-1].name == "index.json"


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


@pytest.mark.usefixtures("past")
def test_the_number_of_a_reconstructed_edition_is_taken(house):
    assert house.refusals("2018.2.0") == ["CTR542"]


def test_records_that_are_wrong_are_not_released(house):
    house.edit_contact("voice", lambda it: it.update(display="1-800-373-7888"))
    assert house.refusals("2026.12.0") == ["CTR211"]
    (house.records / "edition.json").write_text("{")
    assert "CTR004" in house.refusals("2026.12.0")


def test_evidence_from_after_the_day_of_release_is_refused(house):
    assert "CTR224" in house.refusals("2026.11.1", date(2026, 11, 1))


def test_a_released_edition_never_changes(house):
    house.released()
    house.edit_channel(HOTLINE, lambda it: it.update(note="Other words."))
    (finding,) = house.build().findings
    assert (finding.rule, finding.place.pointer) == ("CTR108", "/released/2026.12.0")
    assert "next number" in finding.hint
    house.edit_header(edition="2027.1.0")
    assert house.build().findings == ()
    assert list(house.build().shipped.editions) == ["2026.12.0", "2027.1.0"]


def test_a_released_edition_that_was_changed_by_hand_is_found(house):
    house.released()
    house.edit_header(edition="2027.1.0")
    path = house.data / "editions/2026.12.0.json"
    document = json.loads(path.read_bytes())
    path.write_bytes(layout.write({**document, "statement": "Another."}))
    assert house.rules() == ["CTR108"]
    path.unlink()
    (finding,) = house.build().findings
    assert "is gone" in finding.message


def test_a_released_edition_can_be_withdrawn(house):
    house.released()
    house.edit_header(edition="2027.1.0")
    edit(house.records / "editions.json", lambda it: it.update(withdrawn={"2026.12.0": "Wrong."}))
    index = json.loads(house.build().shipped.files["index.json"])
    assert [one.get("replaced_by") for one in index["editions"]] == ["2027.1.0", None]
    house.edit_contact(
        "voice", lambda it: it.update(value="+18885551234", display="1-888-555-1234")
    )
    house.released("2027.1.0")


def read_again(contact):
    """Look at every page again, as a curator does who changes a value."""
    for source in contact["evidence"]["sources"]:
        source["read"] = "2026-12-24"


def weak(contact):
    contact["evidence"]["sources"] = contact["evidence"]["sources"][:1]
    contact["evidence"]["level"] = "official"


@pytest.mark.parametrize(
    ("contact", "change", "rules"),
    [
        ("voice", {"value": "+18885551234", "display": "1-888-555-1234"}, []),
        ("voice", {"value": "+18883737889", "display": "1-888-373-7889"}, ["CTR545"]),
        ("voice", {"value": "+18003737888", "display": "1-800-373-7888"}, ["CTR545"]),
        ("text", {"value": "233722", "display": "233722", "vanity": None}, []),
        ("text", {"value": "233773", "display": "233773", "vanity": None}, ["CTR545"]),
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
            ["CTR544"],
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
    assert finding.rule == "CTR544"
    assert "two independent sources" in finding.hint


@pytest.mark.parametrize("fresh", [0, 1])
def test_what_was_said_of_the_old_number_is_no_evidence_for_the_new_one(house, fresh):
    house.released()

    def change(contact):
        contact.update(value="+18885551234", display="1-888-555-1234")
        for source in contact["evidence"]["sources"][:fresh]:
            source["read"] = "2026-12-24"

    house.edit_contact("voice", change)
    (finding,) = house.release("2027.1.0", date(2027, 1, 5)).findings
    assert finding.rule == "CTR544"
    assert ("on no new evidence", "'official'")[fresh] in finding.message


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

    house.edit_contact("voice", confirm)
    house.released("2027.1.0", date(2027, 1, 5))


def test_what_victims_use_is_not_taken_away_without_a_word(house):
    house.released()

    def drop(channel):
        channel["contacts"] = [one for one in channel["contacts"] if one["id"] != "email"]

    house.edit_channel(HOTLINE, drop)
    assert house.refusals("2027.1.0") == ["CTR543"]


def test_a_record_that_victims_use_is_not_taken_away_without_a_word(house):
    source = ROOT / "records/channels/ct-211.json"
    document = json.loads(source.read_text(encoding="utf-8"))
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
    assert house.changelog.read_text().startswith(changelogs.BEGIN)


def test_the_shipped_historical_editions_hold_only_what_sources_of_their_time_say():
    with pytest.warns(ctr.WithdrawnEditionWarning):
        launch, merged = ctr.load("2015.11.0"), ctr.load("2018.2.0")
    assert launch.hotline.name == "National Human Trafficking Resource Center"
    assert launch.hotline.operator.name == "Polaris Project"
    assert launch.hotline.voice.value == "+18883737888"
    assert launch["befree-textline"].text.value == "233733"
    assert launch["international-institute-of-connecticut"].memberships
    assert "ciri" not in launch
    assert merged.hotline.text.hours.always_open
    assert merged.hotline.text.languages == ("en", "es")
    assert "befree-textline" not in merged
    assert merged["ciri"].former_names[0].name == "International Institute of Connecticut"
    assert len(merged.partners) == 14 + 7
    for directory in (launch, merged):
        assert directory.status == "reconstructed"
        for record in directory:
            for part in (record, *getattr(record, "contacts", ())):
                assert all(one.as_of <= directory.released for one in part.evidence.sources)

"""The commands: arguments in, text and exit status out."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cli import main
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.publishing import folder as records_folder

from .conftest import change_json, contact_of, forget, small_document
from .test_publishing import House

HOTLINE = "national-human-trafficking-hotline"


@pytest.fixture
def run(capsys):
    def call(*arguments):
        with pytest.raises(SystemExit) as caught:
            main(list(map(str, arguments)))
        out, err = capsys.readouterr()
        return caught.value.code, out, err

    return call


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def places(house):
    return ("--records", house.records, "--data", house.data, "--changelog", house.changelog)


def test_editions_are_listed_with_their_pins(run):
    code, out, _ = run("editions")
    assert code == 0
    for one in ctr.available_editions():
        assert one.pin in out
    assert out.count("withdrawn: ") == 2
    code, out, _ = run("editions", "--format", "json")
    assert [one["number"] for one in json.loads(out)] == ["2015.11.0", "2018.2.0", "2026.11.0"]


def test_the_pin_of_the_newest_edition_is_printed(run):
    assert run("pin") == (0, f"{ctr.load().pin}\n", "")
    _, out, _ = run("pin", "--format", "json")
    assert json.loads(out)["pin"] == ctr.load().pin


def test_a_lock_file_is_written_and_holds(run, tmp_path):
    lock = tmp_path / "ct-resources.lock"
    assert run("pin", HOTLINE, "ct-dcf-careline", "-o", lock, "--max-age-days", 3650)[:2] == (0, "")
    assert json.loads(lock.read_text())["max_age_days"] == 3650
    code, out, _ = run("verify", "--lock", lock, "--on", "2026-11-23")
    assert code == 0
    assert "error" not in out


def test_a_lock_file_on_the_terminal_is_the_same(run, tmp_path):
    lock = tmp_path / "ct-resources.lock"
    run("pin", HOTLINE, "-o", lock)
    assert run("pin", HOTLINE)[1] == lock.read_text()


def test_one_digit_changed_in_the_lock_fails(run, tmp_path):
    lock = tmp_path / "ct-resources.lock"
    run("pin", HOTLINE, "-o", lock)
    lock.write_text(lock.read_text().replace("+18883737888", "+18883737889"))
    code, out, _ = run("verify", "--lock", lock, "--on", "2026-11-23")
    assert code == 1
    assert f"{lock} /uses/0/values/voice: error CTR505" in out
    assert "1 error" in out


def test_the_sample_app_passes_and_fails_after_one_digit_is_changed(run, tmp_path):
    lock, edition = tmp_path / "ct-resources.lock", tmp_path / "edition.json"
    edition.write_bytes(storage.write(small_document()))
    own = ctr.load(edition, sha256=sha256(edition.read_bytes()).hexdigest())
    lock.write_text(json.dumps(ctr.make_lock([HOTLINE], own).to_dict()))
    checked = ("verify", "--lock", lock, "--file", edition, "--on", "2026-11-23")
    assert run(*checked)[0] == 0
    change_json(
        edition,
        lambda document: contact_of(document, HOTLINE, "voice").update(
            value="+18883737889", display="1-888-373-7889"
        ),
    )
    code, out, _ = run(*checked)
    assert code == 1
    assert "SHA-256" in out


def test_a_lock_that_cannot_be_read_is_told(run, tmp_path):
    path = tmp_path / "ct-resources.lock"
    path.write_text("{")
    code, _, err = run("verify", "--lock", path)
    assert (code, "CTR004" in err) == (2, True)
    code, _, err = run("verify", "--lock", tmp_path / "none.lock")
    assert (code, "No such file" in err) == (2, True)


def test_verify_checks_every_edition_of_the_package(run, data):
    code, _, err = run("verify")
    assert code == 0
    assert "Edition 2015.11.0 was withdrawn" in err
    path = data / "editions/2018.2.0.json"
    path.write_bytes(path.read_bytes() + b" ")
    forget()
    code, out, _ = run("verify", "--format", "json")
    (finding,) = json.loads(out)["findings"]
    assert (code, finding["rule"]) == (1, "CTR501")


def test_verify_checks_one_pin(run):
    assert run("verify", ctr.load().pin)[0] == 0
    code, out, _ = run("verify", "2026.11.0@sha256:" + "0" * 64)
    assert (code, "before you know why" in out) == (1, True)
    code, _, err = run("verify", "2026.1.0@sha256:" + "0" * 64)
    assert (code, "There are: 2015.11.0" in err) == (2, True)


def test_a_file_that_is_refused_is_told_with_its_place(run, tmp_path):
    lock, file = tmp_path / "ct-resources.lock", tmp_path / "mine.json"
    run("pin", HOTLINE, "-o", lock)
    code, out, _ = run("verify", "--lock", lock, "--file", file)
    assert (code, out.splitlines()[0]) == (
        1,
        f"{file}: error CTR110: The file cannot be read: No such file or directory.",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", ctr.load().pin, "--lock", "pyproject.toml"),
        ("verify", "--file", "pyproject.toml"),
        ("verify", "--on", "2026-12-01"),
        ("pin", "--max-age-days", "30"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Usage: " in err


def test_compare_reads_like_a_history(run):
    code, out, err = run("compare", "2015.11.0", "2026.11.0")
    assert (code, err) == (0, "")
    assert out.startswith("From 2015.11.0 (reconstructed, 30 November 2015) to 2026.11.0")
    for told in (
        "voice 1-888-373-7888",
        "until then International Institute of Connecticut",
        "Polaris Project -> Compass Connections (since 2025)",
        "until then National Human Trafficking Resource Center",
        "text 233733 (in 2015.11.0",
    ):
        assert told in " ".join(out.split())
    assert run("compare", "2015.11.0")[1] == out


def test_compare_speaks_markdown_and_json(run):
    _, out, _ = run("compare", "2015.11.0", "2018.2.0", "--format", "markdown")
    assert "**New name**" in out
    _, out, _ = run("compare", "2015.11.0", "2018.2.0", "--format", "json")
    assert json.loads(out)["new"]["edition"] == "2018.2.0"


def test_compare_answers_whether_what_an_app_shows_changes(run):
    code, out, _ = run("compare", "2018.2.0", "--ids", HOTLINE)
    assert (code, "Compass Connections" in " ".join(out.split())) == (1, True)
    assert run("compare", "2018.2.0", "2018.2.0", "--ids", f"{HOTLINE}, ciri")[0] == 0
    code, _, err = run("compare", "2018.2.0", "--ids", "no-such-record")
    assert (code, "no-such-record" in err) == (2, True)


def test_freshness_fails_a_build_with_a_readable_list(run):
    code, out, err = run("freshness", "--on", "2027-06-01", "--fail-on", "stale")
    assert code == 1
    assert "stale national-human-trafficking-hotline text 233733: newest evidence" in out
    assert "fresh " not in out
    assert "Edition 2026.11.0 on 2027-06-01: " in err
    assert "overdue by 100 days." in err


def test_freshness_without_a_limit_never_fails(run):
    code, _, err = run("freshness", "--on", "2027-06-01")
    assert code == 0
    code, everything, err = run("freshness", "--on", "2026-11-23", "--all")
    assert (code, "overdue" in err) == (0, False)
    assert len(everything.splitlines()) == len(ctr.check_freshness(ctr.load().released).values)


def test_freshness_speaks_json(run):
    _, out, _ = run("freshness", "--on", "2026-11-23", "--format", "json")
    assert json.loads(out)["edition"] == "2026.11.0"


@pytest.mark.parametrize("day", ["1970-01-01", "yesterday", "2026-02-30"])
def test_an_impossible_day_is_told(run, day):
    code, _, err = run("freshness", "--on", day)
    assert (code, bool(err)) == (2, True)


def test_the_checklist_is_markdown_to_be_ticked_off(run):
    code, out, _ = run("checklist", "--on", "2026-11-23")
    assert code == 0
    assert out.startswith("# What a person must look at: edition 2026.11.0, 2026-11-23")
    assert "1. [ ] **911 and Text-to-911 in Connecticut**" in out
    _, everything, _ = run("checklist", "--on", "2026-11-23", "--all")
    assert len(everything) > len(out)
    _, out, _ = run("checklist", "--format", "json")
    assert json.loads(out)[0]["record"] == "911-connecticut"


def test_release_writes_and_says_what_is_left_to_do(run, house):
    code, _, err = run("release", "2026.12.0", "--on", "2026-12-10", *places(house))
    assert code == 0
    assert '__version__ = "2026.12.0"' in err
    assert (house.data / "editions/2026.12.0.json").is_file()
    code, out, _ = run("release", "2026.12.0", *places(house))
    assert (code, "There is an edition 2026.12.0 already." in out) == (1, True)


def test_a_release_that_was_stopped_and_is_finished_by_a_rerun_says_so(run, house, monkeypatch):
    run("release", "2026.12.0", "--on", "2026-12-10", *places(house))
    finished = records_folder.read(house.records)._replace(finished=True)
    monkeypatch.setattr(records_folder, "read", lambda _: finished)
    code, _, err = run("release", "2026.12.0", "--on", "2026-12-10", *places(house))
    assert (code, "it is finished now" in err) == (0, True)


def test_release_check_writes_nothing(run, house):
    before = sorted(house.data.rglob("*"))
    assert run("release", "2026.12.0", "--check", "--on", "2026-12-10", *places(house))[0] == 0
    assert sorted(house.data.rglob("*")) == before


def test_release_refuses_a_padded_number(run, house):
    code, out, _ = run("release", "2026.09.0", *places(house))
    assert (code, "Write 2026.9.0." in out) == (1, True)


def test_build_checks_and_formats_the_records(run, house):
    records = ("--records", house.records)
    path = house.records / "editions.json"
    path.write_text(json.dumps(json.loads(path.read_text())))
    assert run("build", *records)[0] == 1
    code, _, err = run("build", "--format-records", *records)
    assert (code, "rewrote editions.json" in err) == (0, True)
    assert run("build", *records)[0] == 0
    path.write_text("{")
    assert run("build", *records)[0] == 1


def test_show_says_why_a_value_is_not_shown(run, data, change_index):
    assert "withheld" not in json.loads(run("show", "nrs", "--format", "json")[1])
    assert "Not shown" not in run("show", "nrs")[1]

    def old(document):
        contact_of(document, "nrs", "voice").update(value="66008", kind="short-code", mode="text")

    from zlib import crc32

    path = change_json(data / "editions/2026.11.0.json", old)
    checksum = f"{crc32(path.read_bytes()):08x}"
    change_index(lambda index: index["editions"][-1].update(crc32=checksum))
    code, out, _ = run("show", "nrs")
    assert code == 0
    assert "Not shown: " in out
    assert "(nrs-text-66008)" in out
    _, out, _ = run("show", "nrs", "--format", "json")
    assert [one["id"] for one in json.loads(out)["withheld"]] == ["nrs-text-66008"]


def test_channels_are_listed_though_the_number_of_one_was_revoked(run, change_index):
    change_index(lambda index: index["revoked"].append("e164:+18883737888"))
    code, out, _ = run("list", "channels")
    line = next(one for one in out.splitlines() if one.startswith(HOTLINE))
    assert (code, line.split()) == (0, [HOTLINE, "National", "Human", "Trafficking", "Hotline"])

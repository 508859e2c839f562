"""An accepted update goes into the records folder: everything, or nothing."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from ct_trafficking_resources.publishing import build, release
from ct_trafficking_resources.publishing.folder import ChangedMeanwhile, record_text
from ct_trafficking_resources.updates.apply import apply_update

ON = date(2026, 11, 24)
RECORD = "organizations/example-police.json"


@pytest.fixture
def moved(form):
    """An update that gives the police another number."""
    update = form()
    update["records"][0]["contacts"][0].update(value="+12035557300", display="203-555-7300")
    return update


@pytest.fixture
def apply(records):
    def run(update, **options):
        data = update if isinstance(update, bytes) else json.dumps(update).encode()
        return apply_update(data, records, **{"name": "form.json", "on": ON, **options})

    return run


def state(path: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {
        file.relative_to(path).as_posix(): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


def document(records: Path, name: str) -> dict:
    return json.loads((records / name).read_text(encoding="utf-8"))


def test_a_change_of_an_office_number_is_written_with_its_evidence(records, moved, apply):
    before = state(records)
    done = apply(moved)
    assert (done.ok, done.written, done.findings) == (True, True, ())
    after = state(records)
    changed = {name for name in after if after[name] != before.get(name)}
    (trail,) = after.keys() - before.keys()
    assert changed == {RECORD, trail} == set(done.files)
    contact = document(records, RECORD)["contacts"][0]
    assert contact["value"] == "+12035557300"
    assert contact["evidence"]["level"] == "partner-confirmed"
    assert done.report.digest in contact["evidence"]["sources"][0]["says"]


def test_what_was_written_passes_the_build(records, moved, apply):
    apply(moved)
    built = build.build(records, ON)
    assert built.findings == ()
    assert b"+12035557300" in built.candidate


HEARD = {
    "record": "example-police",
    "contact": "voice",
    "value": "203 555 7300",
    "role": "records clerk",
    "way": "telephone-on-record",
    "day": "2026-11-23",
}


def test_what_was_confirmed_is_written_into_the_evidence(records, moved, apply):
    apply(moved, confirmed=[HEARD])
    voice, *others = document(records, RECORD)["contacts"]
    said = {key: HEARD[key] for key in ("value", "role", "way", "day")}
    assert voice["evidence"]["confirmations"] == [said]
    assert not any("confirmations" in contact["evidence"] for contact in others)
    assert "confirmations" not in document(records, RECORD)["evidence"]


def test_the_trail_says_who_when_what_and_from_which_file(records, moved, apply):
    done = apply({**moved, "instructions": ["Fill it in."]}, confirmed=[HEARD])
    (name,) = [one for one in done.files if one.startswith("updates/")]
    trail = document(records, name)
    assert trail["update"]["submitted_by"] == "example-police"
    assert trail["update"]["role"] == "Records clerk"
    assert "instructions" not in trail["update"]
    assert (trail["applied_on"], trail["file"]) == ("2026-11-24", "form.json")
    assert trail["sha256"] == done.report.digest
    assert trail["file_sha256"] == done.report.submission.sha256
    assert trail["confirmed"] == [HEARD]
    assert trail["changes"] == [
        {
            "record": "example-police",
            "contact": "voice",
            "field": "value",
            "before": "+12035552030",
            "after": "+12035557300",
        },
        {
            "record": "example-police",
            "contact": "voice",
            "field": "display",
            "before": "203-555-2030",
            "after": "203-555-7300",
        },
    ]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("/home/clerk/form.json", "form.json"),
        ("a\nb\x1b[2J.json", "a\\nb\\x1b[2J.json"),
        (" form.json ", "form.json"),
        ("<b>.json", "_b_.json"),
        ("\udce9.json", "\\udce9.json"),
        ("", "update"),
        ("  ", "update"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_file_may_have_any_name(records, moved, apply, name, kept):
    done = apply(moved, name=name)
    assert done.written, done.findings
    (trail,) = [one for one in done.files if one.startswith("updates/")]
    assert document(records, trail)["file"] == kept


def test_an_application_is_a_json_document(moved, apply):
    done = apply(moved, dry_run=True)
    told = json.loads(json.dumps(done.to_dict()))
    assert (told["ok"], told["written"], told["records_findings"]) == (True, False, [])
    assert told["files"] == list(done.files)
    assert told["diff"] == done.diff()
    assert told["report"]["update"]["sha256"] == done.report.digest


def test_a_dry_run_writes_nothing_and_gives_the_diff(records, moved, apply):
    before = state(records)
    done = apply(moved, dry_run=True)
    assert state(records) == before
    assert (done.ok, done.written) == (True, False)
    diff = done.diff()
    assert f"--- a/{RECORD}\n+++ b/{RECORD}\n" in diff
    assert '\n-      "value": "+12035552030",\n' in diff
    assert '\n+      "value": "+12035557300",\n' in diff
    assert "--- /dev/null\n+++ b/updates/2026-11-24-" in diff
    assert [one.name for one in records.parent.iterdir()] == ["records"]


def test_an_update_that_does_not_pass_is_refused(records, form, apply):
    before = state(records)
    update = form()
    update["records"][0]["contacts"][0].update(value="+12035552031", display="203-555-2031")
    done = apply(update)
    assert not done.ok
    assert not done.written
    assert done.findings == done.report.findings
    assert done.beside == ()
    assert state(records) == before


def test_a_file_that_is_no_update_is_refused(apply):
    done = apply(b"[]")
    assert not done.ok


def test_an_update_that_changes_nothing_writes_nothing(records, form, apply):
    before = state(records)
    done = apply(form())
    assert (done.ok, done.written, done.files) == (True, False, {})
    assert state(records) == before


def test_the_same_update_twice_is_written_once(records, moved, apply):
    apply(moved)
    before = state(records)
    done = apply(moved)
    assert (done.ok, done.written) == (True, False)
    assert state(records) == before


def test_a_long_change_is_told_in_short(records, form, apply):
    update = form()
    update["records"][0]["addresses"] = [
        {"text": f"{number} Main Street, {'x' * 150}"} for number in range(5)
    ]
    done = apply(update)
    (name,) = [one for one in done.files if one.startswith("updates/")]
    (change,) = document(records, name)["changes"]
    assert change["after"].endswith("...")
    assert len(change["after"]) == 800


def test_a_folder_that_is_wrong_already_is_not_touched(records, moved, apply):
    (records / "stray.txt").write_text("x", encoding="utf-8")
    done = apply(moved)
    assert [one.rule for one in done.findings] == ["CTR102"]
    assert done.report is None
    assert done.beside == done.findings


def test_an_id_in_two_folders_is_told_before_the_update_is_looked_at(records, moved, apply):
    law = json.loads((records / "laws" / "example-law.json").read_text(encoding="utf-8"))
    law["id"] = moved["records"][0]["id"]
    (records / "laws" / f"{law['id']}.json").write_text(record_text(law), encoding="utf-8")
    before = state(records)
    done = apply(moved)
    assert [one.message for one in done.findings] == [
        f"The id {law['id']!r} stands in organizations as well."
    ]
    assert done.report is None
    assert state(records) == before


def test_a_folder_that_would_not_pass_the_build_is_not_written(records, moved, apply):
    register = document(records, "register.json")
    del register["ids"]["example-police"]
    (records / "register.json").write_text(json.dumps(register, indent=2) + "\n", encoding="utf-8")
    before = state(records)
    done = apply(moved)
    assert [(one.rule, one.place.file) for one in done.beside] == [
        ("CTR106", str(records / "register.json"))
    ]
    assert not done.ok
    assert state(records) == before


def test_records_move_on_from_an_edition_that_was_released(
    records, moved, apply, tmp_path, monkeypatch
):
    data = tmp_path / "data"
    first = release.release("2031.2.0", records, data, tmp_path / "CHANGELOG.md", ON)
    release.write(first)
    monkeypatch.setattr(build.storage, "folder", lambda: data)
    before = state(records)
    assert apply(moved).written
    for name in ("edition.json", "editions.json"):
        assert (records / name).read_bytes() == before[name]


def test_a_value_that_is_held_back_is_refused_with_the_reason(records, moved, apply, example):
    contact = {
        **deepcopy(example["records"]["example-police"]["contacts"][0]),
        "value": "+12035557300",
        "display": "203-555-7300",
    }
    for id, value in (("example-police", "+12035557301"), ("example-agency", "+12035557300")):
        held = {
            "kind": "held",
            "id": id,
            "contacts": [{"reason": "It rings at a home.", "contact": {**contact, "value": value}}],
        }
        (records / "held").mkdir(exist_ok=True)
        (records / "held" / f"{id}.json").write_text(record_text(held), encoding="utf-8")
    before = state(records)
    done = apply(moved)
    assert [(one.rule, one.place.pointer) for one in done.findings] == [
        ("CTR362", "/records/0/contacts/0/value")
    ]
    assert done.findings[0].message == '"203-555-7300" is held back: It rings at a home.'
    assert "records/held/example-agency.json" in done.findings[0].hint
    assert state(records) == before
    moved["records"][0]["contacts"][0].update(value="+12035557400", display="203-555-7400")
    moved["sources"][0]["says"] = "Front desk 203-555-7400"
    assert apply(moved).written


def test_an_address_that_is_held_back_is_refused_with_the_reason(records, form, apply, example):
    evidence = example["records"]["example-police"]["evidence"]
    address = {"reason": "A shelter.", "text": "9 Hidden Lane", "evidence": evidence}
    held = {"kind": "held", "id": "example-police", "addresses": [address]}
    (records / "held").mkdir()
    (records / "held" / "example-police.json").write_text(record_text(held), encoding="utf-8")
    update = form()
    present = update["records"][0].pop("addresses")
    update["records"][0]["addresses"] = [*present, {"text": "9 HIDDEN LANE"}]
    done = apply(update)
    assert [(one.rule, one.place.pointer) for one in done.findings if one.rule != "CTR353"] == [
        ("CTR362", "/records/0/addresses")
    ]
    update["records"][0]["addresses"] = [*present, {"text": "8 Main Street"}]
    assert apply(update).written
    del update["records"][0]["addresses"]
    assert apply(update).written


def test_a_value_of_a_record_that_is_held_as_a_whole_is_refused(records, moved, apply, example):
    whole = deepcopy(example["records"]["example-police"])
    whole["id"] = "example-held"
    whole["contacts"] = [
        {**whole["contacts"][0], "value": "+12035557300", "display": "203-555-7300"}
    ]
    del whole["memberships"]
    held = {
        "kind": "held",
        "id": "example-held",
        "record": {"reason": "Nobody answers.", "document": whole},
    }
    (records / "held").mkdir()
    (records / "held" / "example-held.json").write_text(record_text(held), encoding="utf-8")
    register = document(records, "register.json")
    register["ids"]["example-held"] = "organization"
    register["ids"] = dict(sorted(register["ids"].items()))
    (records / "register.json").write_text(record_text(register), encoding="utf-8")
    assert [one.rule for one in apply(moved).findings] == ["CTR362"]


def test_what_is_held_of_a_contact_point_that_does_not_move_or_goes_is_no_matter(
    records, form, apply, example
):
    contact = deepcopy(example["records"]["example-police"]["contacts"][1])
    held = {
        "kind": "held",
        "id": "example-police",
        "contacts": [{"reason": "Old.", "contact": contact}],
    }
    (records / "held").mkdir()
    (records / "held" / "example-police.json").write_text(record_text(held), encoding="utf-8")
    update = form()
    update["records"][0]["contacts"][1]["label"] = "Tips"
    assert apply(update).written
    del update["records"][0]["contacts"][1]
    assert apply(update).written


def test_a_misprint_follows_the_value_that_it_names(records, form, apply):
    path = records / "misprints/hotline-800-prefix.json"
    old = "Wrong toll-free prefix. The number is 1-888-373-7888, day and night. Nobody answers."
    path.write_text(path.read_text("utf-8").replace("Wrong toll-free prefix.", old), "utf-8")
    update = form("example-nonprofit")
    update["records"][1]["contacts"][0].update(value="+18665557300", display="866-555-7300")
    update["sources"] = [
        {
            "url": f"https://{host}/",
            "title": "A page",
            "kind": "official",
            "read": "2026-11-23",
            "says": "Call 866-555-7300",
        }
        for host in ("a.example.gov", "b.example")
    ]
    done = apply(update)
    assert done.written, done.findings
    assert [one.rule for one in done.findings] == ["CTR351", "CTR355"]
    misprint = document(records, "misprints/hotline-800-prefix.json")
    assert misprint["right"]["value"] == "+18665557300"
    assert misprint["explanation"] == "Wrong toll-free prefix. Nobody answers."


def test_records_that_moved_on_since_the_form_are_joined_with_it(moved, tmp_path):
    """The form is drawn from what is shipped, and the records are newer."""
    root = Path(__file__).parents[3] / "records"
    records = tmp_path / "records"
    shutil.copytree(root, records)
    path = records / "organizations" / "pd-bridgeport.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Tip line"', '"Tips"'), encoding="utf-8")
    import ct_trafficking_resources as ctr
    from ct_trafficking_resources.updates.edits import as_submitted

    shipped = ctr.load()
    update = {
        **moved,
        "edition": shipped.edition,
        "submitted_by": "pd-bridgeport",
        "records": [as_submitted(shipped.organization("pd-bridgeport"))],
    }
    update["records"][0]["contacts"][0]["note"] = "Another note."
    update["submitted_on"] = shipped.released.isoformat()
    done = apply_update(json.dumps(update).encode(), records, name="form.json")  # today
    assert done.written, done.findings
    contacts = document(records, "organizations/pd-bridgeport.json")["contacts"]
    assert contacts[0]["note"] == "Another note."
    assert "Tips" in [one.get("label") for one in contacts]


# --- all or nothing ----------------------------------------------------------------

KILLER = """
import json, os, shutil, signal, sys
from datetime import date
from pathlib import Path
from ct_trafficking_resources.publishing import folder
from ct_trafficking_resources.updates.apply import apply_update

records, fresh, form = map(Path, sys.argv[1:])
os.fsync = lambda _: None  # a killed process loses nothing of what it gave to the system

def state(path):
    return {str(one.relative_to(path)): one.read_text() for one in path.rglob("*") if one.is_file()}

def apply():
    return apply_update(form, records, name="form.json", on=date(2026, 11, 24))

def killed_at(last):
    seen, started = 0, False
    def watch(event, arguments):
        nonlocal seen, started
        started |= event == "open" and str(arguments[0]).endswith(".journal.new")
        if started and event.split(".")[0] in ("open", "os"):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    os._exit(0 if apply().written else 3)

old = state(fresh)
apply()
new = state(records)
told = []
for step in range(1, 100_000):
    shutil.rmtree(records)
    shutil.copytree(fresh, records)
    child = os.fork()
    if not child:
        killed_at(step)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    whole = state(records) in (old, new)
    findings = folder.read(records).findings
    left = state(records)
    which = "old" if left == old else "new" if left == new else "mixed"
    told.append((status, whole, len(findings), which))
    if status == 0:
        break
print(json.dumps({"told": told, "left_over": sorted(one.name for one in records.parent.iterdir())}))
"""


@pytest.mark.once
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_a_kill_at_any_step_leaves_the_old_state_or_the_new_one(records, moved, tmp_path):
    """It is killed at the first thing it does with the system, the second, and so on."""
    form, fresh = tmp_path / "form.json", tmp_path / "fresh"
    form.write_text(json.dumps(moved), encoding="utf-8")
    shutil.copytree(records, fresh)
    arguments = [str(one) for one in (records, fresh, form)]
    done = subprocess.run(
        [sys.executable, "-c", KILLER, *arguments], capture_output=True, check=True
    )
    result = json.loads(done.stdout)
    told = [tuple(one) for one in result["told"]]
    assert len(told) > 20
    assert [status for status, *_ in told] == [-9] * (len(told) - 1) + [0]
    assert {whole for _, whole, *_ in told} == {False, True}  # so there is something to set right
    assert {(findings, left) for *_, findings, left in told} == {(0, "old"), (0, "new")}
    assert result["left_over"] == ["form.json", "fresh", "records"]


def test_a_folder_that_changes_meanwhile_is_not_overwritten(records, moved, apply, monkeypatch):
    real = build.check

    def slow(*arguments):
        (records / "laws" / "example-law.json").write_text("{}", encoding="utf-8")
        return real(*arguments)

    before = state(records)
    monkeypatch.setattr(build, "check", slow)
    with pytest.raises(ChangedMeanwhile, match="Nothing was written") as refused:
        apply(moved)
    assert refused.value.filename == str(records)
    assert state(records) == {**before, "laws/example-law.json": b"{}"}


def test_of_two_runs_at_once_the_first_to_write_is_not_overwritten(
    records, moved, apply, monkeypatch
):
    real = build.check
    done = []

    def slow(*arguments):
        monkeypatch.setattr(build, "check", real)
        done.append((apply(moved).written, state(records)))
        return real(*arguments)

    monkeypatch.setattr(build, "check", slow)
    with pytest.raises(ChangedMeanwhile):
        apply(moved)
    assert done == [(True, state(records))]


def test_a_folder_that_is_a_link_is_changed_where_it_stands(records, moved, tmp_path):
    (tmp_path / "here").mkdir()
    link = tmp_path / "here" / "records"
    link.symlink_to(records)
    data = json.dumps(moved).encode()
    assert apply_update(data, link, name="form.json", on=ON).written
    assert link.is_symlink()
    assert document(records, RECORD)["contacts"][0]["value"] == "+12035557300"


def test_a_form_of_another_edition_is_compared_with_that_one(
    records, example, edition_of, draw_from, monkeypatch
):
    """The last edition is shipped too; the form was drawn from an older one."""
    old = deepcopy(example)
    old["records"]["example-police"]["contacts"][0].update(
        value="+12035559999", display="203-555-9999"
    )
    older = edition_of(old, "2031.1.0")
    update = draw_from(older, "example-police")
    update["records"][0]["note"] = "Another note."
    shipped = {"2031.1.0": older, "2031.2.0": edition_of(example)}
    for module in ("apply", "check"):
        monkeypatch.setattr(f"ct_trafficking_resources.updates.{module}.load", shipped.__getitem__)
    done = apply_update(json.dumps(update).encode(), records, name="form.json", on=ON)
    assert [one.rule for one in done.findings] == ["CTR353", "CTR309"]
    assert done.written
    police = document(records, RECORD)
    assert police["note"] == "Another note."
    assert police["contacts"][0]["value"] == "+12035552030"


def test_a_disk_that_is_full_leaves_the_old_state(records, moved, apply, monkeypatch):
    before = state(records)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        apply(moved)
    assert state(records) == before
    monkeypatch.undo()
    assert apply(moved).written

"""``ct-resources validate`` and ``ct-resources apply``, as a curator runs them."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import ct_trafficking_resources as ctr
import sample_data
from ct_trafficking_resources.cli import curation, group, main
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.updates.edits import as_submitted, own_records

ROOT = Path(__file__).parents[3]
ON = "2026-11-24"


@pytest.fixture
def run():
    def invoke(*arguments):
        runner = CliRunner()
        return runner.invoke(group, [str(one) for one in arguments], standalone_mode=False)

    return invoke


@pytest.fixture
def file(sample, tmp_path):
    """Write the form of an organization of the sample edition, changed."""

    def write(organization, change=lambda _: None, name="form.json"):
        update = {
            "schema": "urn:ct-trafficking-resources:schemas:update",
            "edition": sample.edition,
            "submitted_by": organization,
            "role": "Records clerk",
            "submitted_on": sample.released.isoformat(),
            "sources": [
                {
                    "url": "https://www.bridgeportct.gov/contact",
                    "title": "Contact",
                    "kind": "operator",
                    "read": sample.released.isoformat(),
                    "says": "Dispatch 203-576-2300",
                }
            ],
            "records": [as_submitted(one) for one in own_records(organization, sample)],
        }
        change(update)
        path = tmp_path / name
        path.write_text(json.dumps(update, indent=1), encoding="utf-8")
        return path

    return write


def office(update):
    contact = update["records"][0]["contacts"][0]
    contact.update(value="(203) 576-2300")
    del contact["display"]


def one_digit_of_the_careline(update):
    update["records"][1]["contacts"][0].update(value="+18008422289", display="1-800-842-2289")


def test_a_correct_change_of_an_office_number_may_go_in(run, file):
    path = file("pd-bridgeport", office)
    done = run("validate", path, "--submitted-by", "pd-bridgeport", "--on", ON)
    assert done.return_value == 0
    assert "pd-bridgeport/voice/value\n    before: +12035767671\n    after:  +12035762300\n" in (
        done.output
    )
    assert (
        "  Number changed:\n    Bridgeport Police Department (pd-bridgeport): voice" in done.output
    )
    assert '"(203) 576-2300" is stored as +12035762300, shown as 203-576-2300' in done.output
    assert done.output.endswith("may go in.\n")


def test_one_digit_of_the_careline_is_refused_with_place_reason_and_what_to_do(run, file):
    done = run("validate", file("ct-dcf", one_digit_of_the_careline), "--on", ON)
    assert done.return_value == 1
    assert "/records/1/contacts/0/value: error CTR341" in done.output
    assert "one digit differs" in done.output
    assert "Ask the partner by a way that you knew before" in done.output
    assert "If it were right, it would change:" in done.output
    assert "refused" in done.output


def test_a_form_that_comes_back_as_it_went_out_changes_nothing(run, file):
    done = run("validate", file("ct-dcf"), "--on", ON)
    assert done.return_value == 0
    assert done.output.endswith("changes nothing.\n")


def test_what_came_or_went_is_shown_beside_nothing(run, file):
    def change(update):
        record = update["records"][0]
        record["note"] = "The desk is open again."
        del record["planning_region"]

    done = run("validate", file("pd-bridgeport", change), "--on", ON)
    shown = {line.strip() for line in done.output.splitlines()}
    assert {"before: (nothing)", "after:  The desk is open again."} <= shown
    assert {"before: Greater Bridgeport", "after:  (nothing)"} <= shown


def test_what_was_confirmed_is_let_through(run, file):
    def near(update):
        update["records"][0]["contacts"][0].update(value="+12035767672", display="203-576-7672")
        update["sources"][0]["says"] = "Dispatch 203-576-7672"

    path = file("pd-bridgeport", near)
    assert run("validate", path, "--on", ON).return_value == 1
    heard = ("pd-bridgeport/voice=+12035767672", "records clerk", "telephone-on-record", ON)
    assert run("validate", path, "--on", ON, "--confirm", *heard).return_value == 0


def test_json_says_the_same_as_the_objects(run, file):
    path = file("pd-bridgeport", office)
    document = json.loads(run("validate", path, "--format", "json", "--on", ON).output)
    report = ctr.check_update(path)
    assert document["ok"] is True
    assert document["update"]["sha256"] == report.digest
    assert [one["field"] for one in document["edits"]] == ["value", "display"]
    assert document["changes"][0]["before"] == "voice 203-576-7671"
    assert document["stored_forms"][0]["typed"] == "(203) 576-2300"
    assert document == json.loads(json.dumps(ctr.check_update(str(path)).to_dict()))


def test_several_files_are_a_list_in_json(run, file):
    good, bad = file("pd-bridgeport", office), file("ct-dcf", one_digit_of_the_careline, "b.json")
    done = run("validate", good, bad, "--format", "json", "--on", ON)
    assert [one["ok"] for one in json.loads(done.output)] == [True, False]
    assert done.return_value == 1
    assert "may go in" in run("validate", good, bad, "--on", ON).output


def test_sarif_describes_the_rules_and_holds_all_files(run, file):
    bad, worse = (file("ct-dcf", one_digit_of_the_careline, name) for name in ("a.json", "b.json"))
    done = run("validate", bad, worse, "--format", "sarif", "--on", ON)
    (log,) = json.loads(done.output)["runs"]
    ids = {rule["id"] for rule in log["tool"]["driver"]["rules"]}
    assert {one["ruleId"] for one in log["results"]} <= ids
    assert len(log["results"]) == 2 * len(ctr.check_update(bad).findings)


def test_github_gets_an_annotation_a_finding(run, file):
    path = file("ct-dcf", one_digit_of_the_careline)
    lines = run("validate", path, "--format", "github", "--on", ON).output.splitlines()
    assert lines[0].startswith(f"::error file={path},line=")
    assert "title=CTR341" in lines[0]


def test_markdown_shows_before_and_after_of_every_value_and_card(run, file):
    done = run("validate", file("ct-dcf", one_digit_of_the_careline), "--format", "markdown")
    assert "| ct-dcf-careline/voice/value | +18008422288 | +18008422289 |" in done.output
    assert "### What it means\n\n**Number changed**\n\n- Connecticut DCF" in done.output
    assert "### Card for child, es" in done.output
    assert "-    Call 1-800-842-2288\n+    Call 1-800-842-2289\n" in done.output
    assert "### Card for worker, en" not in done.output


def test_markdown_shows_how_values_are_stored(run, file):
    done = run("validate", file("pd-bridgeport", office), "--format", "markdown", "--on", ON)
    assert "### How values are stored" in done.output
    assert "may go in." in done.output
    assert "Sent by pd-bridgeport (Records clerk)" in done.output


def test_markdown_links_to_the_cited_pages_as_they_are(run, file):
    """A curator opens them: nothing in a link is escaped."""

    def cited(update):
        page = update["sources"][0]
        update["sources"] += [
            {**page, "url": "https://www.bridgeportct.gov/a_b?c=(1)&d=<x>"},
            {**page, "url": None, "kind": "partner"},
        ]
        update["records"][0]["contacts"][0]["languages"] = ["en"]

    done = run("validate", file("pd-bridgeport", cited), "--format", "markdown", "--on", ON)
    assert "- Contact <https://www.bridgeportct.gov/a_b?c=(1)&d=%3Cx%3E>: Dispatch" in done.output
    assert "- Contact (no address): Dispatch" in done.output
    assert '| pd-bridgeport/voice/languages | (nothing) | \\["en"\\] |' in done.output


def test_markdown_shows_hostile_text_as_text(run, file):
    def hostile(update):
        update["role"] = "Clerk | ~~~ <img> @everyone"

    done = run("validate", file("pd-bridgeport", hostile), "--format", "markdown", "--on", ON)
    assert "<img>" not in done.output.replace("\\<img\\>", "")


def test_markdown_of_a_file_that_could_not_be_read_holds_the_finding(run, tmp_path):
    path = tmp_path / "form.json"
    path.write_bytes(b"{")
    done = run("validate", path, "--format", "markdown")
    assert done.return_value == 1
    assert "CTR004" in done.output


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda path: path.mkdir(), "CTR010"),
        (os.mkfifo, "CTR010"),
        (lambda path: path.symlink_to(path), "CTR010"),
        (lambda _: None, "CTR010"),
        (lambda path: path.write_bytes(b""), "CTR013"),
        (lambda path: path.write_bytes(b"\xff\xfe{\0}\0"), "CTR002"),
        (lambda path: path.write_bytes(b"\xef\xbb\xbf{}"), "CTR002"),
        (lambda path: path.write_bytes(b'{"a":1,"a":2}'), "CTR005"),
        (lambda path: path.write_bytes(b"[" * 200_000), "CTR003"),
        (lambda path: path.write_bytes(b"[NaN]"), "CTR006"),
        (lambda path: path.write_bytes(b"[1e400]"), "CTR006"),
        (lambda path: path.write_bytes(b"[" + b"9" * 5000 + b"]"), "CTR006"),
        (lambda path: path.write_bytes(b'["\\ud800"]'), "CTR007"),
        (lambda path: path.write_bytes(b"x" * 2_000_000), "CTR001"),
        (lambda path: path.write_bytes(b"[5]"), "CTR014"),
    ],
)
def test_a_file_that_is_no_update_is_a_finding_and_never_a_traceback(run, tmp_path, make, rule):
    path = tmp_path / "form.json"
    make(path)
    done = run("validate", path)
    assert done.exception is None
    assert done.return_value == 1
    assert rule in done.output


def test_a_bad_option_could_not_be_done(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["validate"])
    assert stopped.value.code == 2
    assert "Missing argument" in capsys.readouterr().err


def test_an_edition_that_is_not_there_could_not_be_done(capsys, file):
    with pytest.raises(SystemExit) as stopped:
        main(["validate", str(file("ct-dcf")), "--edition", "1999.1.0"])
    assert stopped.value.code == 2
    assert "no edition '1999.1.0'" in capsys.readouterr().err


# --- lines ---------------------------------------------------------------------------------


@pytest.fixture
def lines(sample, tmp_path):
    path = tmp_path / "records.jsonl"
    documents = [encode(record) for record in sample.organizations]
    documents[4]["colour"] = "red"
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return path


@pytest.mark.parametrize("jobs", ["1", "2", "0"])
def test_a_file_of_lines_is_checked_line_by_line(run, lines, jobs):
    done = run("validate", lines, "--jobs", jobs)
    assert done.return_value == 1
    assert f"{lines}:5:" in done.stdout
    assert 'Unknown key: "colour".' in done.stdout
    assert "1 errors" in done.stderr


def test_the_schema_alone_can_be_asked_of_lines(run, lines):
    done = run("validate", lines, "--schema-only", "--format", "json")
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["rule"] == "CTR100"


def test_findings_beyond_the_first_thousand_are_counted(run, lines, monkeypatch):
    monkeypatch.setattr(curation, "_MOST", 2)
    lines.write_text('{"kind": "law"}\n' * 5 + "{\n", encoding="utf-8")
    done = run("validate", lines)
    assert done.stdout.count("error CTR") == 2
    assert "4 more findings are not shown." in done.stderr
    assert "6 errors, 0 warnings, 0 notes." in done.stderr


def test_lines_and_updates_can_be_checked_together(run, lines, file):
    done = run("validate", file("pd-bridgeport", office), lines, "--on", ON)
    assert done.return_value == 1
    assert "may go in" in done.stdout


def test_a_terminal_gets_a_bar_and_a_pipe_does_not(run, lines, monkeypatch):
    assert "Checking" not in run("validate", lines).output
    seen = []

    class Bar:
        def __init__(self, **options):
            seen.append(options["length"])

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def update(self, size):
            seen.append(size)

    monkeypatch.setattr(click, "progressbar", Bar)
    monkeypatch.setattr(curation, "_is_terminal", lambda: True)
    run("validate", lines)
    assert seen[0] == sum(seen[1:]) == lines.stat().st_size


def test_a_file_of_lines_that_is_not_there_could_not_be_done(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["validate", "nowhere.jsonl"])
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_pipe_of_lines_is_read_as_it_comes(run, lines, tmp_path):
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(lines.read_bytes()))
    writer.start()
    done = run("validate", pipe)
    writer.join()
    assert done.return_value == 1


# --- apply ---------------------------------------------------------------------------------


@pytest.fixture
def records(tmp_path):
    return sample_data.write_records(tmp_path / "records")


def test_an_update_that_is_applied_is_a_candidate(run, file, records, tmp_path):
    path = file("pd-bridgeport", office)
    done = run("apply", path, "--records", records, "--submitted-by", "pd-bridgeport", "--on", ON)
    assert done.return_value == 0
    assert "wrote organizations/pd-bridgeport.json, updates/2026-11-24-" in done.stderr
    assert "candidate until the next `ct-resources release`" in done.stderr
    candidate = tmp_path / "candidate.json"
    built = run("build", "--records", records, "--on", ON, "-o", candidate)
    assert built.return_value == 0, built.output
    assert '"value":"+12035762300"' in candidate.read_text(encoding="utf-8")


def test_a_careline_number_that_two_pages_print_stands_on_the_card(run, file, records):
    """What a victim dials moves only with two pages and a person who asked."""

    def move(update):
        update["records"][1]["contacts"][0].update(value="+18665557300", display="1-866-555-7300")
        page = {**update["sources"][0], "kind": "official", "says": "Careline 1-866-555-7300"}
        update["sources"] = [
            {**page, "url": "https://portal.ct.gov/dcf/careline"},
            {**page, "url": "https://www.ct.example/careline", "kind": "press"},
        ]

    path = file("ct-dcf", move)
    done = run("validate", path, "--format", "markdown", "--on", ON)
    assert done.return_value == 0, done.output
    assert "+    Call 1-866-555-7300" in done.output
    assert run("apply", path, "--records", records, "--on", ON).return_value == 0


def test_a_dry_run_prints_the_diff(run, file, records):
    done = run("apply", file("pd-bridgeport", office), "--records", records, "--dry-run")
    assert done.return_value == 0
    assert '+      "value": "+12035762300",' in done.output
    assert "wrote" not in done.stderr
    assert not (records / "updates").exists()


def test_an_update_that_does_not_pass_is_not_applied(run, file, records):
    path = file("ct-dcf", one_digit_of_the_careline)
    done = run("apply", path, "--records", records, "--on", ON)
    assert done.return_value == 1
    assert not (records / "updates").exists()


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_program_gets_one_document_whatever_is_wrong(run, file, records, form):
    path = file("pd-bridgeport", office)
    for wrong in (lambda: None, lambda: (records / "stray.txt").write_text("x", encoding="utf-8")):
        wrong()
        done = run("apply", path, "--records", records, "--dry-run", "--format", form, "--on", ON)
        assert json.loads(done.stdout)
    told = "records_findings" if form == "json" else "CTR102"
    assert told in done.stdout


def test_github_hears_of_the_update_and_of_the_records(run, file, records):
    (records / "register.json").write_text('{\n  "ids": {}\n}\n', encoding="utf-8")
    done = run("apply", file("pd-bridgeport", office), "--records", records, "--format", "github")
    assert "title=CTR106" in done.output


def test_what_was_confirmed_must_say_of_what(capsys, file):
    with pytest.raises(SystemExit) as stopped:
        main(["validate", str(file("ct-dcf")), "--confirm", "203-576-7671", "clerk", "letter", ON])
    assert stopped.value.code == 2
    assert "it does not say of what contact point" in capsys.readouterr().err


def test_records_that_are_wrong_are_told(run, file, records):
    (records / "stray.txt").write_text("x", encoding="utf-8")
    done = run("apply", file("pd-bridgeport", office), "--records", records)
    assert done.return_value == 1
    assert "CTR102" in done.output


def test_records_that_are_not_there_are_told(run, file, tmp_path):
    done = run("apply", file("pd-bridgeport", office), "--records", tmp_path / "nowhere")
    assert done.exit_code != 0
    assert "is no folder" in str(done.exception)


def test_a_folder_that_nobody_may_write_could_not_be_done(file, records, capsys):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    records.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(SystemExit) as stopped:
            main(["apply", str(file("pd-bridgeport", office)), "--records", str(records)])
    finally:
        records.chmod(stat.S_IRWXU)
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err

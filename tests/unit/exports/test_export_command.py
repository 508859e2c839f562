from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cli import main
from ct_trafficking_resources.exports import ExportFormat
from ct_trafficking_resources.publishing.folder import replace_file


@pytest.fixture
def run(capfdbinary):
    """Run the command; give its exit status, output and error output."""

    def run(*arguments: str) -> tuple[int, bytes, bytes]:
        with pytest.raises(SystemExit) as end:
            main(["export", *arguments])
        out, err = capfdbinary.readouterr()
        return end.value.code, out, err

    return run


@pytest.mark.parametrize("format", list(ExportFormat))
def test_the_command_prints_exactly_the_export(format, run):
    assert run(format.value) == (0, ctr.export(format).encode(), b"")


@pytest.mark.parametrize("format", list(ExportFormat))
def test_the_command_writes_exactly_the_export(format, run, tmp_path):
    target = tmp_path / "new" / "export.txt"
    assert run(format.value, "-o", str(target)) == (0, b"", b"")
    assert target.read_bytes() == ctr.export(format).encode()
    assert list(target.parent.iterdir()) == [target]


def test_records_edition_and_neutral_name_are_passed_on(run):
    hotline = "national-human-trafficking-hotline"
    options = ("--record", "ct-211", "--record", hotline, "--neutral-name", "Info")
    status, out, _ = run("vcard", *options, "--edition", ctr.load().pin)
    assert status == 0
    assert out.decode() == ctr.export("vcard", records=["ct-211", hotline], neutral_name="Info")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pdf",), b"'pdf' is not one of"),
        (("csv", "--neutral-name", "x"), b"vCard only"),
        (("vcard", "--neutral-name", " "), b"neutral_name is blank"),
        (("csv", "--record", "ct-21"), b"Did you mean 'ct-211'"),
        (("csv", "--record", "polaris-project"), b"withdrawn"),
        (("csv", "--edition", "2020.1.0"), b"2020.1.0"),
        ((), b"Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(arguments, words, run):
    status, out, err = run(*arguments)
    assert (status, out) == (2, b"")
    assert words in err
    assert b"Traceback" not in err


def test_a_file_that_cannot_be_replaced_stays_and_leaves_no_draft(run, tmp_path):
    (tmp_path / "file").write_text("kept")
    status, _, err = run("csv", "-o", str(tmp_path / "file" / "export.csv"))
    assert status == 2
    assert b"ct-resources:" in err
    assert (tmp_path / "file").read_text() == "kept"


def test_a_folder_is_not_replaced(run, tmp_path):
    assert run("csv", "-o", str(tmp_path))[0] == 2


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path):
    target = tmp_path / "export.json"
    replace_file(target, b"old")
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(OSError):  # noqa: PT011 - which one differs by system
        replace_file(tmp_path / "folder", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.json", "folder"]
    replace_file(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_file_keeps_its_readers_and_a_link_keeps_its_place(run, tmp_path):
    target, link = tmp_path / "export.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run("csv", "-o", str(link))[0] == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith('"record_kind"')
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_what_is_no_file_is_written_to_and_never_replaced(run, tmp_path):
    assert run("csv", "-o", os.devnull)[0] == 0
    assert not Path(os.devnull).is_file()
    printed = run("csv")[1]
    assert run("csv", "-o", "-")[1] == printed
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_named_as_it_was_given(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", "a draft")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PermissionError) as caught:
        replace_file(tmp_path / "export.csv", b"new")
    assert caught.value.filename == str(tmp_path.resolve() / "export.csv")


def test_a_printed_document_can_be_read_by_the_next_program(run):
    _, out, _ = run("hsds", "--record", "ct-211")
    assert [one["name"] for one in json.loads(out)["services"]] == ["211 Connecticut"]

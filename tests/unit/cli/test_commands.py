"""The commands for look-up: list, show, find, schema."""

from __future__ import annotations

import io
import json
import os
import runpy
import subprocess
import sys

import click
import pytest

import ct_trafficking_resources as ctr
import sample_data
from ct_trafficking_resources import cli
from ct_trafficking_resources.checks.schemas import schema_names, schema_path
from ct_trafficking_resources.cli.look_up import LISTS, describe
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.model import Tombstone
from ct_trafficking_resources.testing import fictional_directory

DIRECTORY = ctr.load()


# --- every command --------------------------------------------------------------------


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_a_command_stands_in_its_module_and_says_what_it_does(run, name):
    command = cli.group.get_command(None, name)
    assert command.name == name
    result = run(name, "--help")
    assert result.status == 0
    assert result.out.startswith(f"Usage: ct-resources {name}") or "Usage:" in result.out
    assert command.help
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help, parameter.name


def test_help_lists_the_commands(run):
    result = run("--help")
    assert result.status == 0
    for name, line in cli.COMMANDS.items():
        assert name in result.out
        assert line.split()[0] in result.out


def test_without_a_command_something_is_printed(run):
    result = run()
    assert (result.status, result.err) == (0, "")
    assert result.out.strip()


def test_the_commands_are_listed_in_order():
    assert cli.group.list_commands(None) == sorted(cli.COMMANDS)


def test_the_version_is_that_of_the_package(run):
    assert run("--version").out == f"ct-resources, version {ctr.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("telephone",),
        ("list", "people"),
        ("list", "partners", "--edition", "2015.1.0"),
        ("list", "partners", "--format", "xml"),
        ("show",),
        ("show", "ct-dcf-carline"),
        ("show", "ct-dcf-careline", "--edition", f"{DIRECTORY.edition}@sha256:{'0' * 64}"),
        ("find", "--audience", "victims"),
        ("find", "--language", "Spanish"),
        ("find", "--open-at", "tomorrow"),
        ("find", "--nothing"),
        ("schema", "help-chanel"),
        ("build", "--records", "no-such-folder"),
        ("\x00", "\ud800"),
    ],
)
def test_what_cannot_be_done_ends_with_two_and_a_line_about_it(run, arguments):
    result = run(*arguments)
    assert result.status == 2
    assert result.out == ""
    assert result.err.strip()


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("show", "ct-dcf-carline"), "Did you mean 'ct-dcf-careline'?"),
        (("schema", "help-chanel"), "Did you mean 'help-channel'?"),
        (("list", "partners", "--edition", DIRECTORY.edition[:-1]), f"'{DIRECTORY.edition}'"),
    ],
)
def test_the_word_that_was_meant_is_named(run, arguments, meant):
    assert meant in run(*arguments).err


# --- list -----------------------------------------------------------------------------


@pytest.mark.parametrize("what", LISTS)
def test_a_list_has_every_record_in_text_and_in_json(run, what):
    records = LISTS[what](DIRECTORY)
    assert records
    as_json = run("list", what, "--format", "json")
    assert as_json.status == 0
    assert as_json.json == [encode(one) for one in records]
    as_text = run("list", what)
    assert as_text.status == 0
    for one in records:
        assert any(line.split()[0] == one.id for line in as_text.out.splitlines() if line.strip())
    assert not any(line.endswith(" ") for line in as_text.out.splitlines())


def test_a_list_of_nothing_in_particular_has_every_record(run):
    assert run("list", "--format", "json").json == [encode(one) for one in DIRECTORY]
    lines = run("list").out.splitlines()
    assert [line.split()[0] for line in lines] == [one.id for one in DIRECTORY]


def test_partners_are_listed_by_task_force(run):
    blocks = run("list", "partners").out.strip().split("\n\n")
    assert len(blocks) == 2
    for block, task_force in zip(blocks, DIRECTORY.task_forces, strict=True):
        heading, *lines = block.splitlines()
        members = DIRECTORY.members(task_force.id)
        assert heading == f"{task_force.name} ({len(members)} partners, status {task_force.status})"
        assert [line.split()[0] for line in lines] == [one.id for one in members]
    assert sum("Police Department" in line for line in blocks[0].splitlines()) == 14


def test_a_line_has_id_number_name_and_what_the_number_is(run):
    lines = run("list", "channels").out.splitlines()
    assert (
        "national-human-trafficking-hotline   1-888-373-7888   National Human Trafficking"
        in (lines[1])
    )
    assert next(line for line in lines if line.startswith("ct-sexual")).endswith(
        "1-888-999-5545   Connecticut statewide sexual assault crisis hotline (English)"
    )
    assert next(line for line in lines if "take-it-down" in line).split() == [
        *("ncmec-take-it-down", "Take", "It", "Down"),
    ]


def test_an_edition_can_be_chosen_by_number_or_pin(run):
    for edition in (DIRECTORY.edition, DIRECTORY.pin):
        result = run("list", "laws", "--edition", edition, "--format", "json")
        assert result.json == [encode(one) for one in DIRECTORY.laws]


# --- show -----------------------------------------------------------------------------

EVERYTHING = {one.id: one for one in (*DIRECTORY.misprints, *DIRECTORY.tombstones, *DIRECTORY)}


@pytest.mark.parametrize("id", EVERYTHING)
def test_everything_can_be_shown(run, id):
    record = EVERYTHING[id]
    withdrawn = isinstance(record, Tombstone) and record.subject == "record"
    as_json = run("show", id, "--format", "json")
    assert as_json.status == int(withdrawn)
    assert as_json.json == encode(record)
    as_text = run("show", id)
    assert as_text.status == int(withdrawn)
    flat = " ".join(as_text.out.split())
    assert id in flat.splitlines()[0]
    for source in record.evidence.sources:
        assert source.url is None or source.url in flat
        assert " ".join(source.title.split()) in flat
    for contact in getattr(record, "contacts", ()):
        assert f"{contact.mode} {contact.display} ({contact.id})" in flat
    assert max(len(line) for line in as_text.out.splitlines() if "http" not in line) < 300


def strings(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in {"kind", "days", "area"}:
                yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


@pytest.mark.parametrize("id", EVERYTHING)
def test_nothing_is_left_out_in_text(run, id):
    flat = " ".join(run("show", id).out.split())
    for text in strings(encode(EVERYTHING[id])):
        assert " ".join(text.split()) in flat


def test_the_careline_is_shown_with_its_sources(run):
    result = run("show", "ct-dcf-careline")
    assert result.status == 0
    assert "voice 1-800-842-2288 (voice)" in result.out
    assert "hours: 24 hours a day, every day" in result.out
    assert "evidence: corroborated, confidence high" in result.out
    assert "https://portal.ct.gov/DCF/HART/Home" in result.out


def test_what_was_confirmed_is_shown():
    office = encode(fictional_directory().organization("fictional-help"))
    office["contacts"][0]["evidence"] = {
        **office["contacts"][0]["evidence"],
        "confirmations": [
            {"value": "860 555 3001", "role": "records clerk", "way": "letter", "day": "2001-02-03"}
        ],
    }
    shown = "\n".join(describe(decode(office)))
    assert "confirmed: 860 555 3001, records clerk, letter, 2001-02-03" in shown


def test_hours_are_shown_as_spans(run):
    assert "America/New_York" in run("show", "sls-ct-intake").out
    assert "Mon-Fri 09:00-12:00, 13:00-14:00" in run("show", "sls-ct-intake").out


def test_a_withdrawn_record_is_shown_as_what_remains_of_it(run):
    result = run("show", "international-institute-of-connecticut")
    assert result.status == 1
    assert "'international-institute-of-connecticut' was withdrawn (2017)" in result.err
    assert "successor: ciri" in result.out


# --- find -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "conditions"),
    [
        ((), {}),
        (("--audience", "victim", "--mode", "text"), {"audience": "victim", "mode": "text"}),
        (("--purpose", "legal-help"), {"purpose": "legal-help"}),
        (("--language", "es"), {"language": "es"}),
        (("--town", "Hartford"), {"town": "Hartford"}),
    ],
)
def test_find_prints_the_channels_that_fit(run, arguments, conditions):
    found = DIRECTORY.find(**conditions)
    result = run("find", *arguments, "--format", "json")
    assert result.status == 0
    assert result.json == [encode(one) for one in found]
    text = run("find", *arguments)
    assert [line.split()[0] for line in text.out.splitlines()] == [one.id for one in found]
    assert text.err == ""


@pytest.mark.parametrize(
    ("arguments", "id", "line"),
    [
        (("--mode", "text"), "national-human-trafficking-hotline", "text 233733 National Human"),
        (("--mode", "text"), "ndvh", "text 88788 (send START) National Domestic"),
        (("--language", "es"), "ct-sexual-assault-hotline", "1-888-568-8332 Connecticut"),
        (("--purpose", "image-removal"), "ncmec-take-it-down", "web-form takeitdown.ncmec.org"),
        ((), "national-human-trafficking-hotline", "1-888-373-7888 National Human"),
    ],
)
def test_find_shows_the_contact_that_fits(run, arguments, id, line):
    lines = [one.split() for one in run("find", *arguments).out.splitlines()]
    assert " ".join(next(one for one in lines if one[0] == id)[1:]).startswith(line)


@pytest.mark.parametrize("at", ["2026-11-23T11:59", "2026-11-23 11:59"])
def test_a_moment_is_one_of_connecticut(run, at):
    noon = run("find", "--purpose", "legal-help", "--open-at", at, "--format", "json")
    assert [one["id"] for one in noon.json] == ["sls-ct-intake"]
    night = run("find", "--purpose", "legal-help", "--open-at", "2026-11-23T23:00")
    assert (night.status, night.out) == (1, "")
    assert night.err == "No help channel fits all of that.\n"


def test_find_that_finds_nothing_is_an_empty_list_in_json(run):
    result = run("find", "--audience", "worker", "--mode", "chat", "--purpose", "emergency")
    assert result.status == 1
    as_json = run(
        *("find", "--audience", "worker", "--mode", "chat", "--purpose", "emergency"),
        *("--format", "json"),
    )
    assert (as_json.status, as_json.json) == (1, [])


# --- schema ---------------------------------------------------------------------------


def test_schemas_are_listed_with_their_titles(run):
    lines = run("schema").out.splitlines()
    assert [line.split()[0] for line in lines] == list(schema_names())
    assert any(line.split() == ["help-channel", "Help", "channel"] for line in lines)
    assert run("schema", "--format", "json").json == list(schema_names())


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", schema_names())
def test_a_schema_is_printed_as_it_stands(run, name, form):
    with schema_path(name) as path:
        assert run("schema", name, "--format", form).out == path.read_text(encoding="utf-8")


# --- the process ----------------------------------------------------------------------


def test_python_m_is_the_same_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["ct-resources", "list", "laws", "--format", "json"])
    monkeypatch.delitem(sys.modules, "ct_trafficking_resources.__main__", raising=False)
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("ct_trafficking_resources", run_name="__main__")
    assert caught.value.code == 0
    assert json.loads(capsys.readouterr().out) == [encode(one) for one in DIRECTORY.laws]


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*sample_data.COMMAND, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_piped_output_has_no_colour_and_no_hyperlinks():
    for arguments in (("list", "partners"), ("show", "ct-dcf-careline"), ("--help",)):
        result = process(*arguments)
        assert result.returncode == 0
        assert b"\x1b" not in result.stdout
        assert result.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252", "utf-8"])
def test_a_stream_of_any_encoding_gets_what_it_can_show(encoding):
    # As a pipe on Windows; the record has a hyphen that neither code page has.
    as_json = process("show", "pd-stratford", "--format", "json", PYTHONIOENCODING=encoding)
    assert (as_json.returncode, as_json.stderr) == (0, b"")
    assert json.loads(as_json.stdout) == encode(DIRECTORY["pd-stratford"])
    as_text = process("show", "pd-stratford", PYTHONIOENCODING=encoding)
    assert (as_text.returncode, as_text.stderr) == (0, b"")
    assert b"203-385-4100" in as_text.stdout


def test_a_channel_without_contact_points_can_be_shown():
    channel = decode({**encode(DIRECTORY.hotline), "contacts": []})
    assert not any("contacts" in line for line in describe(channel))


def test_what_is_known_not_to_be_so_is_shown():
    channel = decode({**encode(DIRECTORY.hotline), "anonymous": False})
    assert "anonymous: no" in list(describe(channel))
    unknown = encode(DIRECTORY.hotline)
    del unknown["anonymous"]
    assert not any("anonymous: " in line for line in describe(decode(unknown)))


def test_a_reader_that_closes_the_pipe_sees_no_traceback():
    with subprocess.Popen(
        [*sample_data.COMMAND, "list", "misprints", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:
        started.stdout.read(1)
        started.stdout.close()
        assert b"Traceback" not in started.stderr.read()


def test_a_closed_standard_output_ends_with_two(run, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        result = run("list", "laws")
    assert result.status == 2
    assert "there is no standard output" in result.err


def test_an_interrupt_is_no_traceback(run, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(ctr.Directory, "find", interrupted)
    result = run("find")
    assert (result.status, result.out) == (130, "")
    assert result.err.strip() == "ct-resources: stopped"


def test_a_stream_that_cannot_be_written_to_ends_with_two(run, monkeypatch):
    class Full(io.StringIO):
        def write(self, _):
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Full())
        result = run("list", "laws")
    assert result.status == 2
    assert "No space left on device" in result.err

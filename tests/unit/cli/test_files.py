"""Every file that a command reads or writes: what is none, what never ends, what is full."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
import pytest

import sample_data
from ct_trafficking_resources import cli
from ct_trafficking_resources.checks import strict_json

pytestmark = pytest.mark.skipif(os.name != "posix", reason="devices and pipes are of POSIX")

READ = {
    ("apply", "file"): ("apply", "{}", "--records", "{records}"),
    ("scan", "baseline"): ("scan", "{here}", "--baseline", "{}"),
    ("scan", "paths"): ("scan", "{}"),
    ("validate", "files"): ("validate", "{}"),
    ("verify", "file"): ("verify", "--lock", "{lock}", "--file", "{}"),
    ("verify", "lock"): ("verify", "--lock", "{}"),
}
"""Command and parameter to arguments in which the file stands that is read."""

LINES = ("validate", "{}.jsonl")
WRITTEN = {
    ("build", "output"): ("build", "--records", "{records}", "-o", "{}"),
    ("card", "output"): ("card", "-o", "{}"),
    ("export", "output"): ("export", "json", "-o", "{}"),
    ("pin", "output"): ("pin", "911-connecticut", "-o", "{}"),
    ("template", "output"): ("template", "ct-dcf", "--form", "json", "--force", "-o", "{}"),
}
FOLDERS = {
    ("apply", "records"): ("apply", "{here}", "--records", "{}"),
    ("build", "records"): ("build", "--records", "{}"),
    ("release", "records"): ("release", "2099.1.0", "--records", "{}"),
    ("release", "data"): ("release", "2099.1.0", "--records", "{records}", "--data", "{}"),
}
BOTH = {
    ("release", "changelog"): (
        *("release", "2099.1.0", "--on", "2099-01-01", "--records", "{records}"),
        *("--data", "{data}", "--changelog", "{}"),
    ),
}


def test_every_parameter_that_is_a_file_stands_here():
    paths = {
        (name, parameter.name)
        for name in cli.COMMANDS
        for parameter in cli.group.get_command(None, name).params
        if isinstance(parameter.type, click.Path)
    }
    assert paths == {*READ, *WRITTEN, *FOLDERS, *BOTH}


@pytest.fixture
def fill(tmp_path, run):
    """Fill in arguments."""
    records = sample_data.write_records(tmp_path / "records")
    lock = tmp_path / "app.lock"
    assert run("pin", "911-connecticut", "-o", lock).status == 0
    places = {
        "here": Path(__file__),
        "records": records,
        "lock": lock,
        "data": sample_data.SAMPLE,
    }
    return lambda arguments, file: [one.format(file, **places) for one in arguments]


def make(kind: str, tmp_path: Path) -> str:
    path = tmp_path / kind
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(10**11)
    elif kind == "link":
        path.symlink_to("/dev/zero")
    elif kind == "device":
        return "/dev/zero"
    return str(path)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "device", "link", "large"])
@pytest.mark.parametrize("arguments", READ.values(), ids=map("-".join, READ))
def test_what_is_no_file_or_never_ends_is_said_at_once(fill, run, tmp_path, arguments, kind):
    if arguments[0] == "scan" and (kind, arguments[1]) in {("folder", "{}"), ("large", "{}")}:
        pytest.skip("a folder is scanned, and a large file in windows")
    file = make(kind, tmp_path)
    result = run(*fill(arguments, file))
    assert result.status in {1, 2}
    assert file in result.out + result.err


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "device", "link"])
def test_lines_are_not_read_of_what_never_ends(run, tmp_path, kind):
    file = make(kind, tmp_path)
    lines = tmp_path / "lines.jsonl"
    if kind != "missing":
        lines.symlink_to(file)
    result = run("validate", lines)
    assert (result.status, result.out) == (2, "")
    assert str(lines) in result.err


@pytest.mark.parametrize("command", [("scan", "{}"), ("validate", "{}")])
def test_a_pipe_somebody_opened_is_waited_for(run, tmp_path, command, monkeypatch):
    monkeypatch.setattr(strict_json, "_WAIT", 100)
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)

    def write():
        with pipe.open("wb") as file:
            time.sleep(0.5)
            file.write(b'{"kind": "nothing", "call": "1-800-373-7888"}\n')

    writer = threading.Thread(target=write)
    writer.start()
    result = run(*(one.format(pipe) for one in command))
    writer.join()
    assert result.status == 1
    assert "CTR410" in result.out or "CTR371" in result.out


@pytest.mark.parametrize("kind", ["device", "missing", "folder"])
@pytest.mark.parametrize("arguments", FOLDERS.values(), ids=map("-".join, FOLDERS))
def test_what_is_no_folder_is_said(fill, run, tmp_path, arguments, kind):
    file = make(kind, tmp_path)
    result = run(*fill(arguments, file))
    assert result.status in {1, 2}
    assert result.status == 2 or kind == "folder" or "--data" in arguments


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link", "large"])
def test_a_changelog_that_is_none_is_said_and_nothing_is_written(fill, run, tmp_path, kind):
    (arguments,) = BOTH.values()
    records = sorted(tmp_path.rglob("*"))
    file = make(kind, tmp_path)
    result = run(*fill(arguments, file))
    assert result.status == 2
    assert file in result.err
    assert [one for one in sorted(tmp_path.rglob("*")) if str(one) != file] == records


@pytest.mark.parametrize("kind", ["/dev/full", "pipe", "folder"])
@pytest.mark.parametrize("arguments", WRITTEN.values(), ids=map("-".join, WRITTEN))
def test_what_cannot_be_written_is_said(fill, run, tmp_path, arguments, kind):
    file = kind if kind == "/dev/full" else make(kind, tmp_path)
    result = run(*fill(arguments, file))
    assert (result.status, result.out) == (2, "")
    assert "No space left" in result.err or file in result.err


# --- streams ------------------------------------------------------------------------------


def process(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which ``$C`` is the command."""
    return subprocess.run(
        ["/bin/bash", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "C": " ".join(sample_data.COMMAND), **environment},
    )


@pytest.mark.parametrize(
    ("command", "status", "says"),
    [
        ("$C scan - <&-", 2, "There is no standard input"),
        ("$C scan - </dev/null", 0, ""),
        ("$C list <&-", 0, ""),
        ("$C list >&-", 2, "there is no standard output"),
        ("$C --version >&-", 2, "there is no standard output"),
        ("$C list >&- 2>&-", 2, ""),
        ("$C show nothing 2>&-", 2, ""),
        ("$C show nothing 2>/dev/full", 2, ""),
        ("$C --nothing 2>/dev/full", 2, ""),
        ("$C >/dev/full", 2, "No space left"),
        ("$C list --format json >/dev/full", 2, "No space left"),
        ("$C --help >/dev/full", 2, "No space left"),
        ("$C --version >/dev/full", 2, "No space left"),
        ("$C list --format json | true; exit ${PIPESTATUS[0]}", 2, ""),
        ("$C list --format json | head -c 1 >&2; exit ${PIPESTATUS[0]}", 2, "["),
        ("ulimit -f 9; $C list --format json >$F", 2, "File too large"),
        ("echo 1-800-373-7888 | $C scan - >/dev/null", 1, ""),
    ],
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_stream_that_is_closed_or_full_is_no_traceback(
    command, status, says, unbuffered, tmp_path
):
    done = process(command, PYTHONUNBUFFERED=unbuffered, F=str(tmp_path / "file"))
    assert done.returncode == status, done.stderr
    assert says in done.stderr if says else done.stderr == ""
    assert "Traceback" not in done.stderr


def test_a_stream_that_never_ends_is_read_up_to_the_bound(monkeypatch, run):
    from ct_trafficking_resources.audit import policy

    monkeypatch.setattr(policy, "WINDOW", 10_000)
    monkeypatch.setattr(policy, "STREAM", 100_000)
    source = subprocess.Popen(
        [sys.executable, "-c", "while True: print('nothing')"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    monkeypatch.setattr(sys, "stdin", os.fdopen(os.dup(source.stdout.fileno()), "r"))
    result = run("scan", "-")
    source.kill()
    source.wait()
    sys.stdin.close()
    source.stdout.close()
    assert result.status == 1
    assert "CTR471: It was not read: It goes on after 100,000 bytes" in result.out


# --- Ctrl-C -------------------------------------------------------------------------------

INTERRUPTED = """
import sys, threading
from ct_trafficking_resources import cli

lines = []

def trace(frame, event, _):
    code = frame.f_code
    if code.co_filename != cli.__file__ or code.co_name in {"main", "_say", "_give_up_unwritten"}:
        return None
    if event == "line":
        lines.append(frame.f_lineno)
        if len(lines) == int(sys.argv[1]):
            sys.settrace(None)
            raise KeyboardInterrupt
    return trace

sys.settrace(trace)
cli.main(["show", "ct-dcf-careline"])
"""


def test_an_interrupt_at_any_line_of_main_is_no_traceback(capsys):
    """A line is interrupted before it runs; `main` itself is a ``try``."""
    seen = set()
    for line in range(1, 60):
        done = subprocess.run(
            [sys.executable, "-c", INTERRUPTED, str(line)],
            capture_output=True,
            text=True,
            check=False,
        )
        seen.add(done.returncode)
        assert "Traceback" not in done.stderr
        if done.returncode == 0:
            break
        assert done.returncode == 130
        assert "stopped" in done.stderr
    assert seen == {0, 130}


def test_an_interrupt_while_the_command_line_is_imported_is_no_traceback():
    code = """
import sys
class Finder:
    def find_spec(self, name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
from ct_trafficking_resources.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_leaves_no_file(tmp_path, number):
    """It reads standard input that does not end, so that it is at work when it is stopped."""
    with subprocess.Popen(
        [*sample_data.COMMAND, "scan", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        # A shell that runs the tests in the background has it ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as started:
        started.stdin.write("Call 1-800-373-7888.\n" * 100)
        started.stdin.flush()
        time.sleep(1)
        started.send_signal(number)
        out, err = started.communicate(timeout=20)
    assert started.returncode == (130 if number == signal.SIGINT else -signal.SIGTERM)
    assert (out, "Traceback" in err) == ("", False)
    assert not list(tmp_path.iterdir())

"""Streams that are closed or full, and what stops a run, within this process."""

from __future__ import annotations

import io
import sys

import pytest

from ct_trafficking_resources import __main__, cli
from ct_trafficking_resources.cli import editions


def test_a_stop_ends_with_its_status(monkeypatch):
    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", stop)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130


def test_what_a_full_disk_does_not_take_is_given_up(monkeypatch, tmp_path):
    class Full(io.StringIO):
        def flush(self):
            raise OSError(28, "No space left on device")

        def fileno(self):
            return file.fileno()

    with (tmp_path / "full").open("w+b") as file:
        monkeypatch.setattr(sys, "stdout", Full())
        cli._give_up_unwritten()
        file.write(b"given up")
        file.flush()
        assert (tmp_path / "full").stat().st_size == 0


def test_output_without_a_buffer_gets_one(monkeypatch, tmp_path):
    with (tmp_path / "out").open("wb", buffering=0) as raw:
        unbuffered = io.TextIOWrapper(raw, write_through=True)
        monkeypatch.setattr(sys, "stdout", unbuffered)
        with pytest.raises(SystemExit) as ended:
            cli.main(["editions"])
        sys.stdout.close()
        unbuffered.detach()
    assert ended.value.code == 0
    assert b"2015.11.0" in (tmp_path / "out").read_bytes()


def test_a_scan_of_a_closed_standard_input_says_so(monkeypatch, run):
    monkeypatch.setattr(sys, "stdin", None)
    result = run("scan", "-")
    assert (result.status, "no standard input" in result.err) == (2, True)


def test_nothing_is_said_of_checksums_where_all_are_there(monkeypatch, capsys):
    monkeypatch.setattr(editions, "_code", lambda: {"module.py": print})
    monkeypatch.setattr(editions.storage, "checksums", lambda: {"cards/styles/card.css": "0"})
    assert {"module.py", "cards/styles/card.css"} <= editions._package().keys()
    assert "No checksums" not in capsys.readouterr().err


@pytest.mark.parametrize(("code", "status"), [(1, 2), (0, 0)])
def test_output_that_nobody_reads_to_its_end_could_not_be_given(monkeypatch, code, status):
    def leave(*_, **__):
        raise SystemExit(code)

    monkeypatch.setattr(cli.group, "main", leave)
    with pytest.raises(SystemExit) as ended:
        cli.main(["list"])
    assert ended.value.code == status

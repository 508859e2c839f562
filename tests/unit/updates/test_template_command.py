"""``ct-resources template``."""

from __future__ import annotations

import json

import pytest

from ct_trafficking_resources.cli import main
from ct_trafficking_resources.updates.reading import read
from ct_trafficking_resources.updates.template import template


def run(capsysbinary, *arguments):
    with pytest.raises(SystemExit) as stopped:
        main(["template", *arguments])
    out, err = capsysbinary.readouterr()
    return stopped.value.code, out, err.decode()


def test_it_prints_json(capsysbinary):
    status, out, _ = run(capsysbinary, "pd-bridgeport")
    assert status == 0
    assert json.loads(out)["submitted_by"] == "pd-bridgeport"
    assert out == template("pd-bridgeport")


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "html"])
def test_the_ending_says_in_which_form_it_is_written(capsysbinary, tmp_path, ending):
    file = tmp_path / f"form.{ending.upper()}"
    status, out, err = run(capsysbinary, "pd-bridgeport", "-o", str(file))
    assert (status, out, err) == (0, b"", f"wrote {file}\n")
    if ending != "html":
        assert read(file).ok
    else:
        assert file.read_bytes().startswith(b"<!doctype html>")


def test_the_form_can_be_named(capsysbinary, tmp_path):
    status, out, _ = run(capsysbinary, "pd-bridgeport", "--form", "html")
    assert status == 0
    assert out.startswith(b"<!doctype html>")
    file = tmp_path / "form"
    assert run(capsysbinary, "pd-bridgeport", "--form", "csv", "-o", str(file))[0] == 0
    assert read(file).ok


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["pd-bridgeport", "--form", "xlsx"], "give -o FILE.xlsx"),
        (["pd-bridgeport", "-o", "form.doc"], "Name the file .json"),
        (["pd-bridgprt"], "Did you mean 'pd-bridgeport'"),
        (["international-institute-of-connecticut"], "withdrawn"),
        (["pd-bridgeport", "--edition", "1999.1.0"], "no edition"),
        (["pd-bridgeport", "-o", "/dev/null/form.json"], "/dev/null/form.json"),
        ([], "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said(capsysbinary, arguments, says):
    status, out, err = run(capsysbinary, *arguments)
    assert (status, out) == (2, b"")
    assert says in err
    assert "Traceback" not in err


def test_a_form_that_may_be_filled_in_is_not_written_over(capsysbinary, tmp_path):
    file = tmp_path / "form.json"
    file.write_text("mine", encoding="utf-8")
    status, _, err = run(capsysbinary, "pd-bridgeport", "-o", str(file))
    assert (status, file.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in err
    assert run(capsysbinary, "pd-bridgeport", "-o", str(file), "--force")[0] == 0
    assert read(file).ok

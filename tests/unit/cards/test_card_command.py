"""``ct-resources`` and ``ct-resources card``: on a options, in a pipe, in a file."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from datetime import date

import pytest
from click.testing import CliRunner

import ct_trafficking_resources as ctr
import sample_data
from ct_trafficking_resources import cli
from ct_trafficking_resources.cards import text
from ct_trafficking_resources.cards.composition import FORMS
from ct_trafficking_resources.cli import options


@pytest.fixture
def run():
    def run(*arguments):
        return CliRunner().invoke(cli.group, arguments, catch_exceptions=False)

    return run


def on_terminal(*arguments, columns=60, **environment):
    """Run the command with a terminal of its own and give what it printed."""
    ours, theirs = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "NO_COLOR"}}
    process = subprocess.Popen(
        [*sample_data.COMMAND, *arguments],
        stdout=theirs,
        stdin=theirs,
        stderr=subprocess.PIPE,
        env={**kept, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    printed = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not chunk:
            break
        printed += chunk
    os.close(ours)
    assert process.wait() == 0
    process.stderr.close()
    return printed.decode().replace("\r\n", "\n")


def bare(text):
    """Take links and weights away."""
    return re.sub(r"\x1b\]8;;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", text)


def test_without_a_command_it_prints_the_card_of_a_victim(run):
    result = run()
    assert result.exit_code == 0
    assert result.output == run("card").output
    assert result.output.startswith(ctr.card(on=date.today()).text())  # noqa: DTZ011
    for value in ("911", "1-888-373-7888", "233733", "711"):
        assert value in result.output
    assert "ct-resources show national-human-trafficking-hotline" in result.output


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_printed(form, audience, language, run):
    result = run("card", "--audience", audience, "--lang", language, "--format", form)
    assert result.exit_code == 0
    assert "911" in result.stdout
    assert "1-888-373-7888" in result.stdout
    assert "\x1b" not in result.stdout
    card = ctr.card(audience, language, on=date.today())  # noqa: DTZ011
    if form == "json":
        assert json.loads(result.stdout) == card.to_dict()
    elif form == "html":
        assert result.stdout == card.html(page=True)
    elif form == "sms":
        assert result.stdout == f"{card.sms()}\n"
        assert re.fullmatch(r"GSM-7, \d+ places, parts: 1\n", result.stderr)
    elif form != "text":
        assert result.stdout == getattr(card, form)()


def test_options_reach_their_forms(run):
    assert (
        '<a href="https://www.example.org/"'
        in run("card", "--format", "html", "--exit-to", "https://www.example.org/").stdout
    )
    assert (
        "<title>Bus times</title>" in run("card", "--format", "html", "--title", "Bus times").stdout
    )
    poster = run("card", "--format", "poster", "--size", "a4", "--no-qr").stdout
    assert "210mm 297mm" in poster
    assert "<svg" not in poster
    assert "<svg" in run("card", "--format", "poster").stdout
    line = run("card", "--style", "line").stdout
    assert line == f"{ctr.card().text(style='line')}\n"
    assert "To see where" not in run("card", "--style", "short").stdout
    assert "Careline" in run("card", "--purpose", "child-protection", "--audience", "child").stdout
    assert "Relay" not in run("card", "--mode", "text", "--style", "short").stdout
    assert run("card", "--open-now", "--town", "Hartford").exit_code == 0
    assert run("card", "--edition", ctr.load().edition).exit_code == 0


@pytest.mark.parametrize("width", [60, 120])
def test_a_pipe_gets_no_marks_at_any_width(width):
    for language in ("en", "es"):
        run = subprocess.run(
            [*sample_data.COMMAND, "card", "--lang", language, "--width", str(width)],
            capture_output=True,
            check=True,
            env={**os.environ, "COLUMNS": "200", "FORCE_COLOR": "1"},
        )
        card = run.stdout.decode()
        assert "\x1b" not in card
        assert max(map(len, card.splitlines())) <= width


def test_a_pipe_that_is_closed_early_or_knows_ascii_only_is_no_traceback():
    run = subprocess.run(
        [*sample_data.COMMAND, "card", "--lang", "es"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert "¿Hay peligro ahora?" in run.stdout.decode()


@pytest.mark.parametrize("columns", [60, 120])
def test_a_terminal_gets_links_and_weight_and_the_same_words(columns):
    printed = on_terminal(columns=columns)
    assert "\x1b]8;;tel:+18883737888\x1b\\\x1b[1m1-888-373-7888\x1b[0m\x1b]8;;\x1b\\" in printed
    assert "\x1b]8;;sms:233733\x1b\\" in printed
    piped = subprocess.run(
        [*sample_data.COMMAND, "card", "--width", str(columns)], capture_output=True, check=True
    )
    assert bare(printed) == piped.stdout.decode()
    assert (
        "\x1b]8;;\x1b\\"
        in printed.splitlines()[
            printed.splitlines().index(
                next(line for line in printed.splitlines() if "tel:+18883737888" in line)
            )
        ]
    ), "a link ends on its line"


def test_a_terminal_without_colour_gets_links_and_no_weight():
    printed = on_terminal(NO_COLOR="1")
    assert "\x1b[" not in printed
    assert "\x1b]8;;tel:911\x1b\\911\x1b]8;;\x1b\\" in printed


def test_a_dumb_terminal_gets_plain_text():
    assert "\x1b" not in on_terminal(TERM="dumb")


@pytest.mark.parametrize("width", [40, 60, 72, 100, 120])
@pytest.mark.parametrize("style", ["full", "short"])
def test_marks_change_no_column(width, style, audience, language, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    card = ctr.card(audience, language)
    plain = card.text(width=width, style=style)
    assert bare(text.render(card, width=width, style=style, paint=options.paint)) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    painted = text.render(card, width=width, style=style, paint=options.paint)
    assert bare(painted) == plain
    assert "\x1b[" not in painted
    assert "\x1b]8;;tel:" in painted


def test_only_a_terminal_has_a_width_of_its_own(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert options.width() == options.LETTER
    assert not options.is_terminal()


def test_a_file_is_written_as_a_whole_or_not_at_all(run, tmp_path):
    target = tmp_path / "card.html"
    target.write_text("old")
    for form in (*FORMS, "json"):
        result = run("card", "--format", form, "-o", str(target))
        assert result.exit_code == 0
        assert result.stdout == ""
        printed = run("card", "--format", form).stdout
        assert target.read_bytes().decode() == printed
        assert list(tmp_path.iterdir()) == [target]
    failed = run("card", "--format", "html", "--exit-to", "http://x", "-o", str(target))
    assert failed.exit_code == 2
    assert target.read_bytes().decode() == printed


def test_a_file_gets_no_marks_of_the_terminal(tmp_path):
    target = tmp_path / "card.txt"
    assert on_terminal("card", "-o", str(target)) == ""
    assert target.read_text(encoding="utf-8").startswith(ctr.card().text()[:400])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--audience", "victims"), "'victim'"),
        (("--format", "pdf"), "'poster'"),
        (("--width", "10"), "40<=x<=400"),
        (("--format", "html", "--exit-to", "javascript:alert(1)"), "https"),
    ],
)
def test_a_wrong_option_is_exit_status_2_and_says_what_there_is(arguments, said, run):
    result = run("card", *arguments)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--lang", "xx"), "en, es"),
        (("--edition", "1999.1.0"), "no edition"),
        (("-o", f"{os.devnull}/card.txt"), os.devnull),
    ],
)
def test_what_cannot_be_done_is_exit_status_2_and_no_traceback(arguments, said, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["card", *arguments])
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_help_names_every_form_and_option(run):
    shown = run("card", "--help").output
    for form in (*FORMS, "json"):
        assert form in shown

"""The command line: arguments in, the library's functions, text out.

The module of a command is imported when it is called, so that the card
appears without waiting for the rest. Exit status: 0 fine, 1 findings, 2 could
not do it, 130 stopped from the keyboard; never a traceback.
"""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress
from importlib import import_module
from io import RawIOBase, TextIOWrapper

import click

from ct_trafficking_resources import __version__
from ct_trafficking_resources.errors import ResourceError, WithdrawnEditionWarning

_MODULES = {
    "look_up": {
        "card": "print the card: the right lines for one reader",
        "export": "print the directory in a format for other programs",
        "find": "find help channels that fit",
        "list": "list the records of an edition",
        "schema": "print a JSON Schema, or list them",
        "show": "show everything about one record, with its evidence",
    },
    "editions": {
        "compare": "say what changed from one edition to another, by effect",
        "editions": "list the editions of the package",
        "freshness": "say how old every value is, and when its review is due",
        "pin": "print the pin of an edition, or write a lock file",
        "verify": "check the files of the package, a pin, or a lock file",
    },
    "scan": {
        "scan": "find contacts in files and say which are wrong",
    },
    "curation": {
        "apply": "put a partner's update into the records folder: everything, or nothing",
        "build": "check the records folder; -o writes the candidate that it gives",
        "checklist": "list what a person must look at before a release",
        "release": "make a release: all checks, the edition, the index, the changelog",
        "template": "draw an organization's own records as a form to edit",
        "validate": "check partners' updates, or many records, one a line",
    },
}
"""Module by module, its commands, each with its line in the help."""

_HOME = {command: module for module, commands in _MODULES.items() for command in commands}
COMMANDS = {command: line for commands in _MODULES.values() for command, line in commands.items()}
"""Command to its line in the help."""

COULD_NOT = 2
STOPPED = 130
"""Ctrl-C, as a shell numbers it: 128 and the number of the signal."""


class _Commands(click.Group):
    """The commands, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it so
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click calls it so
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{_HOME[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click calls it so
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="ct-resources")
@click.pass_context
def group(context: click.Context) -> None:
    """Contacts for help with human trafficking in Connecticut, with evidence.

    Without a command: the card, for a person in the terminal.
    """
    if context.invoked_subcommand is None:
        from ct_trafficking_resources.cli import look_up

        context.invoke(look_up.card_command)


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    _say(str(message))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    try:
        status = _status(arguments)
    except KeyboardInterrupt:
        _say("stopped")
        status = STOPPED
    sys.exit(status)


def _status(arguments: list[str] | None) -> int:
    """Run the command line and return its exit status, saying what could not be done."""
    try:
        return _run(arguments)
    except (ResourceError, OSError) as error:
        _say(str(error))
        return COULD_NOT
    finally:
        _give_up_unwritten()


def _say(message: str) -> None:
    with suppress(OSError):  # nobody can be told
        click.echo(f"ct-resources: {message}", err=True)
    _give_up_unwritten()


def _give_up_unwritten() -> None:
    """Give up what a stream does not take: Python would try it again at the end, and say so."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(arguments: list[str] | None) -> int:
    """Run the command line and return its exit status."""
    if sys.stdout is None:  # closed by the caller, or a program without a console
        _say("there is no standard output to print to")
        return COULD_NOT
    if isinstance(getattr(sys.stdout, "buffer", None), RawIOBase):
        # With PYTHONUNBUFFERED, what a full disk does not take would be lost without a word.
        coding = sys.stdout.encoding
        sys.stdout = open(sys.stdout.fileno(), "w", encoding=coding, closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A pipe on Windows may not know a character of the data.
            stream.reconfigure(errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", WithdrawnEditionWarning)
            warnings.showwarning = _show_warning
            status = group.main(arguments, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return COULD_NOT
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except SystemExit as ended:  # nobody reads the output to its end, says click
        return COULD_NOT if ended.code else 0
    return status if isinstance(status, int) else 0

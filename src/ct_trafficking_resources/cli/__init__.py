"""The command line: arguments in, the library's functions, text out.

The module of a command is imported when it is called, so that the card
appears without waiting for the rest. Exit status: 0 fine, 1 findings, 2 could
not do it; never a traceback.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from io import TextIOWrapper

import click

from ct_trafficking_resources import __version__
from ct_trafficking_resources.errors import ResourceError, WithdrawnEditionWarning

COMMANDS = {
    "build": "check the records folder; -o writes the candidate that it gives",
    "card": "print the card: the right lines for one reader",
    "export": "print the directory in a format for other programs",
    "checklist": "list what a person must look at before a release",
    "compare": "say what changed from one edition to another, by effect",
    "editions": "list the editions of the package",
    "find": "find help channels that fit",
    "freshness": "say how old every value is, and when its review is due",
    "list": "list the records of an edition",
    "pin": "print the pin of an edition, or write a lock file",
    "release": "make a release: all checks, the edition, the index, the changelog",
    "scan": "find contacts in files and say which are wrong",
    "schema": "print a JSON Schema, or list them",
    "show": "show everything about one record, with its evidence",
    "apply": "put a partner's update into the records folder: everything, or nothing",
    "validate": "check partners' updates, or many records, one a line",
    "template": "draw an organization's own records as a form to edit",
    "verify": "check editions, a pin, or a lock file",
}
"""Command to its line in the help."""

_HOME = {
    **dict.fromkeys(("card", "export", "find", "list", "schema", "show"), "look_up"),
    **dict.fromkeys(("compare", "editions", "freshness", "pin", "verify"), "editions"),
    **dict.fromkeys(("apply", "build", "checklist", "release", "template", "validate"), "curation"),
    "scan": "scan",
}
"""Command to the module it stands in."""

COULD_NOT = 2


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
    click.echo(f"ct-resources: {message}", err=True)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    if sys.stdout is None:  # closed by the caller, or a program without a console
        click.echo("ct-resources: there is no standard output to print to", err=True)
        sys.exit(COULD_NOT)
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
        status = COULD_NOT
    except (ResourceError, OSError) as error:
        click.echo(f"ct-resources: {error}", err=True)
        status = COULD_NOT
    except click.exceptions.Abort:
        status = COULD_NOT
    sys.exit(status if isinstance(status, int) else 0)

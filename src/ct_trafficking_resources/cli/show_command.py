"""``ct-resources show``: everything about one record, with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.cli.describe import describe
from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.errors import WithdrawnRecord
from ct_trafficking_resources.vocabulary import TombstoneSubject

if TYPE_CHECKING:
    from attrs import AttrsInstance

    from ct_trafficking_resources.directory import Directory
    from ct_trafficking_resources.model import Misprint, Tombstone


@click.command("show")
@click.argument("id")
@options.edition
@options.as_format
def command(id: str, edition: str | None, form: str) -> int:
    """Show everything about the record ID, with its evidence.

    ID is that of an organization, help channel, task force or law, or of a
    tombstone or misprint. For a withdrawn record, what remains of it is shown,
    and the exit status is 1.
    """
    directory = load(edition)
    status = 0
    record: AttrsInstance
    try:
        record = _in_history(directory, id) or directory[id]
    except WithdrawnRecord as withdrawn:
        click.echo(str(withdrawn), err=True)
        record, status = withdrawn.tombstone, 1
    withheld = directory.withheld(id) if id in directory else ()
    if form == "json":
        why = {"withheld": [encode(stone) for stone in withheld]} if withheld else {}
        options.print_json({**encode(record), **why})
    else:
        for line in describe(record):
            click.echo(line)
        for stone in withheld:
            click.echo(f"Not shown: {stone.name} ({stone.id}). {stone.explanation}")
    return status


def _in_history(directory: Directory, id: str) -> Tombstone | Misprint | None:
    """Return a tombstone or misprint that never was a record, or None."""
    history: list[Tombstone | Misprint] = [*directory.tombstones, *directory.misprints]
    return next((one for one in history if one.id == id and _is_no_record(one)), None)


def _is_no_record(one: Tombstone | Misprint) -> bool:
    return getattr(one, "subject", None) != TombstoneSubject.RECORD

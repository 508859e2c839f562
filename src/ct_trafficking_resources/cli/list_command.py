"""``ct-resources list``: the records of an edition, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.editions import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ct_trafficking_resources.directory import Directory

LISTS = {
    "channels": lambda directory: directory.channels,
    "laws": lambda directory: directory.laws,
    "misprints": lambda directory: directory.misprints,
    "organizations": lambda directory: directory.organizations,
    "partners": lambda directory: directory.partners,
    "task-forces": lambda directory: directory.task_forces,
    "tombstones": lambda directory: directory.tombstones,
}


@click.command("list")
@click.argument("what", type=click.Choice(sorted(LISTS)), required=False)
@options.edition
@options.as_format
def command(what: str | None, edition: str | None, form: str) -> None:
    """List WHAT an edition holds; every record of it if not given."""
    directory = load(edition)
    records = LISTS[what](directory) if what is not None else tuple(directory)
    if form == "json":
        options.print_json([encode(record) for record in records])
    elif what == "partners":
        _print_partners(directory)
    else:
        print_records(records)


def _print_partners(directory: Directory) -> None:
    """Print the partners of each task force; memberships are never merged."""
    for task_force in directory.task_forces:
        members = directory.members(task_force.id)
        click.echo(f"{task_force.name} ({len(members)} partners, {task_force.status} today)")
        print_records(members, indent="  ")
        click.echo()


def print_records(
    records: Iterable[Any],
    indent: str = "",
) -> None:
    """Print a line for each record: id, first number to call, name, what the number is."""
    for record in records:
        voice = getattr(record, "voice", None)
        number = voice.display if voice else ""
        name = getattr(record, "name", None) or getattr(record, "explanation", "")
        label = f" ({voice.label})" if voice and voice.label else ""
        click.echo(f"{indent}{record.id:36} {number:16} {name}{label}".rstrip())

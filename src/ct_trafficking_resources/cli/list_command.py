"""``ct-resources list``: the records of an edition, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.comparison.words import contact_words
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.model.contacts import Reachable
from ct_trafficking_resources.vocabulary import Mode

if TYPE_CHECKING:
    from ct_trafficking_resources.directory import Directory
    from ct_trafficking_resources.model import ContactPoint

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
        for record in records:
            _print(record)


def _print_partners(directory: Directory) -> None:
    """Print the partners of each task force; memberships are never merged."""
    for task_force in directory.task_forces:
        members = directory.members(task_force.id)
        click.echo(f"{task_force.name} ({len(members)} partners, status {task_force.status})")
        for member in members:
            _print(member, indent="  ")
        click.echo()


def _print(record: Any, indent: str = "") -> None:
    """Print a record with its first number to call, if it has one."""
    voice = record.first(Mode.VOICE) if isinstance(record, Reachable) else None
    print_record(record, voice, indent)


def print_record(record: Any, contact: ContactPoint | None, indent: str = "") -> None:
    """Print a line for a record: id, contact and how it is used, name, what the contact is."""
    shown = label = ""
    if contact is not None:
        shown = contact_words(contact).removeprefix(f"{Mode.VOICE} ")
        about = ", ".join(part for part in (contact.label, contact.menu) if part)
        label = f" ({about})" if about else ""
    name = getattr(record, "name", None) or getattr(record, "explanation", "")
    click.echo(f"{indent}{record.id:36} {shown:16} {name}{label}".rstrip())

"""The commands that look something up: a record, a list, a search, a card, an export, a schema."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ct_trafficking_resources.cards import card, text
from ct_trafficking_resources.cards.composition import FORMS
from ct_trafficking_resources.cards.html import SIZES
from ct_trafficking_resources.cards.phrases import wording
from ct_trafficking_resources.checks import schemas
from ct_trafficking_resources.cli import options
from ct_trafficking_resources.clock import ZONE
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.edition.search import fitting
from ct_trafficking_resources.errors import WithdrawnRecord
from ct_trafficking_resources.exports import ExportFormat, export
from ct_trafficking_resources.model import (
    ContactPoint,
    Evidence,
)
from ct_trafficking_resources.model.base import encode_public
from ct_trafficking_resources.model.channels import HOTLINE, Reachable
from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose, TombstoneSubject
from ct_trafficking_resources.words import contact_words, in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import attrs
    from attrs import AttrsInstance

    from ct_trafficking_resources.cards import Card
    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import Misprint, Source, Tombstone

_HEADING = frozenset({"id", "name"})
_WIDTH = 78


# --- show ----------------------------------------------------------------------------------------


@click.command("show")
@click.argument("id")
@options.edition
@options.as_format
def show_command(id: str, edition: str | None, form: str) -> int:
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
        why = {"withheld": [encode_public(tombstone) for tombstone in withheld]} if withheld else {}
        options.print_json({**encode_public(record), **why})
    else:
        for line in describe(record):
            click.echo(line)
        for tombstone in withheld:
            click.echo(f"Not shown: {tombstone.name} ({tombstone.id}). {tombstone.explanation}")
    return status


def _in_history(directory: Directory, id: str) -> Tombstone | Misprint | None:
    """Return a tombstone or misprint that never was a record, or None."""
    history: list[Tombstone | Misprint] = [*directory.tombstones, *directory.misprints]
    return next((entry for entry in history if entry.id == id and _is_no_record(entry)), None)


def _is_no_record(entry: Tombstone | Misprint) -> bool:
    return getattr(entry, "subject", None) != TombstoneSubject.RECORD


def describe(record: attrs.AttrsInstance) -> Iterator[str]:
    """Yield the lines that say everything about a record, with its evidence."""
    name, id = getattr(record, "name", None), getattr(record, "id", "")
    yield f"{name} ({id})" if name else id
    yield ""
    yield from _attributes(record, "", _HEADING)


def _attributes(part: Any, indent: str, leave_out: frozenset[str]) -> Iterator[str]:
    for field in part.__attrs_attrs__:
        value = getattr(part, field.name)
        is_left_out = field.name in leave_out or field.metadata.get("private")
        if is_left_out or value in {field.default, ()}:
            continue
        label = field.name.replace("_", " ")
        if isinstance(value, Evidence):
            yield from _evidence(value, indent)
        elif isinstance(value, tuple) and hasattr(value[0], "evidence"):
            for item in value:
                yield ""
                yield f"{indent}{_title(item)}"
                yield from _attributes(item, indent + "  ", _TITLE_KEYS)
        else:
            yield from _line(indent, label, in_words(value) or "")


_TITLE_KEYS = frozenset({"id", "mode", "display", "kind", "name", "text", "task_force"})


def _title(item: Any) -> str:
    if isinstance(item, ContactPoint):
        return f"{item.mode} {item.display} ({item.id})"
    named = getattr(item, "name", None) or getattr(item, "text", None) or item.task_force
    return f"{type(item).__name__.lower()}: {named}"


def _evidence(evidence: Evidence, indent: str) -> Iterator[str]:
    yield f"{indent}evidence: {evidence.level}, confidence {evidence.confidence}"
    if evidence.note:
        yield from _line(indent + "  ", "note", evidence.note)
    for source in evidence.sources:
        yield from _source(source, indent + "  ")
    for heard in evidence.confirmations:
        said = f"{heard.value}, {heard.role}, {heard.way}, {heard.day}"
        yield from _line(indent + "  ", "confirmed", said)


def _source(source: Source, indent: str) -> Iterator[str]:
    date = source.date or "undated"
    inferred = ", inferred" if source.date_inferred else ""
    yield f"{indent}- {source.title} [{source.kind}, {date}{inferred}, read {source.read}]"
    if source.url:
        yield f"{indent}  {source.url}"
    if source.says:
        yield f'{indent}  "{source.says}"'


def _line(indent: str, label: str, text: str) -> Iterator[str]:
    yield from wrap(
        f"{label}: {text}",
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


# --- list ----------------------------------------------------------------------------------------

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
def list_command(what: str | None, edition: str | None, form: str) -> None:
    """List WHAT an edition holds; every record of it if not given."""
    directory = load(edition)
    records = LISTS[what](directory) if what is not None else tuple(directory)
    if form == "json":
        options.print_json([encode_public(record) for record in records])
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


# --- find ----------------------------------------------------------------------------------------


@click.command("find")
@click.option("--audience", type=options.choice(Audience), help="Whom it is for.")
@click.option("--purpose", type=options.choice(Purpose), help="What it is for.")
@click.option("--mode", type=options.choice(Mode), help="How it is reached.")
@click.option("--language", metavar="TAG", help="BCP 47 tag, such as es.")
@click.option(
    "--open-at",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
    help=f"A moment in Connecticut's time ({ZONE}).",
)
@click.option("--town", help="A town of Connecticut.")
@options.edition
@options.as_format
def find_command(  # noqa: PLR0913, PLR0917 - click gives options by name
    audience: str | None,
    purpose: str | None,
    mode: str | None,
    language: str | None,
    open_at: datetime | None,
    town: str | None,
    edition: str | None,
    form: str,
) -> int:
    """Find help channels, most fitting first. Exit status 1 if none fits.

    Each line shows the contact that fits best: a number to call, where it is not
    said otherwise.
    """
    at = open_at.replace(tzinfo=ZoneInfo(ZONE)) if open_at else None
    channels = load(edition).find(
        audience=audience,
        purpose=purpose,
        mode=mode,
        language=language,
        open_at=at,
        town=town,
    )
    if form == "json":
        options.print_json([encode_public(channel) for channel in channels])
    for channel in channels if form == "text" else ():
        ways = fitting(channel, purpose, mode, language, at)
        _, _, contact = min(ways, key=lambda way: (way[2].mode != Mode.VOICE, *way[:2]))
        print_record(channel, contact)
    if not channels:
        click.echo("No help channel fits all of that.", err=True)
    return 0 if channels else 1


# --- card ----------------------------------------------------------------------------------------


@click.command("card")
@click.option(
    "--audience",
    type=options.choice(Audience),
    default=Audience.VICTIM.value,
    show_default=True,
    help="Who reads it.",
)
@click.option(
    "--lang", default="en", show_default=True, metavar="TAG", help="Language of the words: en, es."
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMS, "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option("--purpose", type=options.choice(Purpose), help="Answer this need only.")
@click.option("--mode", type=options.choice(Mode), help="Show this way of reaching a line only.")
@click.option("--town", help="Leave out lines that do not serve this town.")
@click.option("--open-now", is_flag=True, help="Leave out lines that are known to be closed now.")
@click.option(
    "--style",
    type=click.Choice(text.STYLES),
    default="full",
    show_default=True,
    help="For text: how much.",
)
@click.option(
    "--width",
    type=click.IntRange(text.NARROWEST, 400),
    help="For text: columns; those of the terminal if not given.",
)
@click.option("--exit-to", metavar="URL", help='For html: where an "Exit this page" link leads.')
@click.option("--title", help="For html: the title; the default tells a passer-by nothing.")
@click.option(
    "--size",
    type=click.Choice(tuple(SIZES)),
    default="letter",
    show_default=True,
    help="For poster: the sheet.",
)
@click.option("--no-qr", is_flag=True, help="For poster: without the code to scan.")
@options.edition
@options.output
def card_command(  # noqa: PLR0913 - click gives options by name
    *,
    audience: str,
    lang: str,
    form: str,
    purpose: str | None,
    mode: str | None,
    town: str | None,
    open_now: bool,
    style: str,
    width: int | None,
    exit_to: str | None,
    title: str | None,
    size: str,
    no_qr: bool,
    edition: str | None,
    output: Path | None,
) -> None:
    """Print the card: the right lines for one reader.

    It always holds 911 and the national hotline.
    """
    now = datetime.now(UTC).astimezone()
    made = card(
        audience,
        lang,
        load(edition),
        purpose=purpose,
        mode=mode,
        town=town,
        open_at=now if open_now else None,
        on=now.date(),
    )
    with_options: dict[str, Callable[[], str]] = {
        "text": lambda: _text(made, style, width, to_screen=output is None),
        "html": lambda: made.html(page=True, title=title, exit_to=exit_to),
        "poster": lambda: made.poster(size=size, qr=not no_qr),
        "json": lambda: json.dumps(made.to_dict(), ensure_ascii=False, indent=2),
    }
    render = with_options.get(form) or getattr(made, form)
    try:
        printed = render()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    options.put(printed if printed.endswith("\n") else f"{printed}\n", output)
    if form == "sms":
        sms = made.sms()
        click.echo(f"{sms.encoding}, {sms.places} places, parts: {sms.parts}", err=True)


def _text(made: Card, style: str, width: int | None, *, to_screen: bool) -> str:
    """Return the card as text; a person at a terminal also learns where to look further."""
    shown = text.render(
        made,
        width=width or (options.width() if to_screen else options.LETTER),
        style=style,
        paint=options.paint if to_screen and options.is_terminal() else None,
    )
    if style != "full":
        return shown.rstrip("\n") + "\n"
    return f"{shown}\n{wording(made.language)['date.sources']}\n  ct-resources show {HOTLINE}\n"


# --- export --------------------------------------------------------------------------------------


@click.command("export")
@click.argument("format", type=options.choice(ExportFormat))
@options.output
@click.option(
    "--record",
    "records",
    multiple=True,
    metavar="ID",
    help="Only this record; may be given several times.",
)
@click.option(
    "--neutral-name",
    metavar="NAME",
    help="For vcard: the name that the cards carry instead of the real one.",
)
@options.edition
def export_command(
    format: str,
    output: Path | None,
    records: tuple[str, ...],
    neutral_name: str | None,
    edition: str | None,
) -> None:
    """Print the directory in a format for other programs."""
    try:
        text = export(
            format,
            load(edition),
            records=records or None,
            neutral_name=neutral_name,
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    options.put(text, output)


# --- schema --------------------------------------------------------------------------------------


@click.command("schema")
@click.argument("name", required=False)
@options.as_format
def schema_command(name: str | None, form: str) -> None:
    """Print the JSON Schema NAME, or list the schemas there are."""
    if name is not None:
        click.echo(schemas.schema_text(name), nl=False)
    elif form == "json":
        options.print_json(schemas.schema_names())
    else:
        for one in schemas.schema_names():
            click.echo(f"{one:20} {json.loads(schemas.schema_text(one))['title']}")

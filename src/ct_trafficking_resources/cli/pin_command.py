"""``ct-resources pin``: print the pin of an edition, or write a lock file."""

from __future__ import annotations

from pathlib import Path

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.editions import load
from ct_trafficking_resources.publishing.files import replace_file


@click.command("pin")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@options.edition
@click.option(
    "--max-age-days",
    type=click.IntRange(1, 3650),
    help="In a lock file: how old the newest evidence of a value may be.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; else it is printed.",
)
@options.as_format
def command(
    ids: tuple[str, ...],
    edition: str | None,
    max_age_days: int | None,
    output: Path | None,
    form: str,
) -> None:
    """Print the pin of an edition; with IDs, a lock file for the records an app uses.

    Commit the lock file, and run `ct-resources verify --lock FILE` in the app's
    tests.
    """
    import json

    if max_age_days is not None and not ids:
        raise click.UsageError("--max-age-days goes into a lock file: name the IDs an app uses.")
    directory = load(edition)
    if ids:
        from ct_trafficking_resources.lock import make_lock

        lock = make_lock(ids, directory, max_age_days).to_dict()
        text = json.dumps(lock, ensure_ascii=False, indent=2)
    elif form == "json":
        parts = {"edition": directory.edition, "sha256": directory.digest, "pin": directory.pin}
        text = json.dumps(parts, indent=2)
    else:
        text = directory.pin
    if output is None:
        click.echo(text)
    else:
        replace_file(output, f"{text}\n".encode())

"""``ct-resources pin``: print the pin of an edition, or write a lock file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ct_trafficking_resources.cli import options
from ct_trafficking_resources.editions import load

if TYPE_CHECKING:
    from pathlib import Path


@click.command("pin")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@options.edition
@click.option(
    "--max-age-days",
    type=click.IntRange(1, 3650),
    help="In a lock file: how old the newest evidence of a value may be.",
)
@options.output
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
    options.put(f"{text}\n", output)

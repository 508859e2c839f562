"""The directory in formats that other programs read; one file a format.

A format module has one function, ``render(selection)``, and knows what its
format can say. What it has no field for is said in words (`wording`) or listed
as a loss in ``docs/exports.md``. Nothing here writes a file.
"""

from __future__ import annotations

from enum import StrEnum, unique
from importlib import import_module
from typing import TYPE_CHECKING

from ct_trafficking_resources.exports.selection import select
from ct_trafficking_resources.vocabulary import known_term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ct_trafficking_resources.edition.directory import Directory


@unique
class ExportFormat(StrEnum):
    """A format that a directory is exported to."""

    JSONLD = "jsonld"
    VCARD = "vcard"
    HSDS = "hsds"
    CSV = "csv"
    JSON = "json"


def export(
    format: ExportFormat | str,
    directory: Directory | None = None,
    *,
    records: Iterable[str] | None = None,
    neutral_name: str | None = None,
) -> str:
    """Return the directory, or some of its records, in another format.

    Help channels, organizations and task forces are exported; plain JSON also
    holds the laws. A line that only takes tips is included and says so. What a
    newer tombstone revokes is left out, from whatever edition.

    Args:
        format: ``jsonld`` (schema.org, safe inside a script element), ``vcard``
            (vCard 4.0, one card a record), ``hsds`` (Open Referral HSDS 3.1,
            a JSON document with ``organizations`` and ``services``), ``csv``
            (one row a contact point) or ``json`` (the records themselves).
        directory: What to export; ``load()`` if not given.
        records: Ids of the records to export; all of them if not given.
        neutral_name: For vCard only. The name that the cards carry instead of
            the real one, for a telephone that somebody else looks at; whatever
            else would tell what the contact is for is left out, and so are
            lines that take tips: such a card could not say so.

    Returns:
        The text. Encode it as UTF-8; the vCard and CSV texts have CRLF line ends
        that must be kept (``open(..., newline="")``).

    Raises:
        UnknownTerm: There is no such format.
        UnknownRecord: The directory has no such record, or a record of this
            sort cannot be exported to this format.
        WithdrawnRecord: The record was withdrawn.
        ValueError: *neutral_name* is given for another format than vCard, is
            blank, or is for records without a number to call for help.
    """
    format = known_term(ExportFormat, format)
    if directory is None:
        from ct_trafficking_resources.edition.loading import load

        directory = load()
    selection = select(directory, records, with_laws=format is ExportFormat.JSON)
    if neutral_name is not None:
        if format is not ExportFormat.VCARD:
            raise ValueError("neutral_name is for vCard only: other formats have no neutral form")
        from ct_trafficking_resources.exports.vcard import render_neutral

        return render_neutral(selection, neutral_name)
    text: str = import_module(f"{__name__}.{format.value}").render(selection)
    return text

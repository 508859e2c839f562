"""The directory in formats that other programs read; one file a format.

A format module has one function, ``render(selection)``, and knows what its
format can say. What it has no field for is said in words (`contents`) or listed as
a loss in ``docs/exports.md``. Nothing here writes a file.
"""

from __future__ import annotations

from enum import StrEnum, unique
from importlib import import_module
from typing import TYPE_CHECKING

from ct_trafficking_resources.exports.contents import select
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

    The export has help channels, organizations and task forces; plain JSON also
    has the laws. Channels that only take tips are included and marked. Values
    that a tombstone revokes are left out, whatever the edition.

    Args:
        format: ``"jsonld"`` (schema.org, safe inside a script element),
            ``"vcard"`` (vCard 4.0, one card for each record), ``"hsds"`` (Open
            Referral HSDS 3.1, a JSON document with ``organizations`` and
            ``services``), ``"csv"`` (one row for each contact point) or
            ``"json"`` (the records themselves).
        directory: What to export; ``load()`` if None.
        records: Ids of the records to export, or one id; all records if None.
        neutral_name: For vCard only. The name that the cards carry instead of
            the real one, for a phone that somebody else looks at. Whatever
            tells what the contact is for is left out, and so are channels that
            take tips, because such a card cannot say so.

    Returns:
        The text. Encode it as UTF-8. vCard and CSV have CRLF line ends, so
        write them with ``open(..., newline="")``.

    Raises:
        UnknownTerm: There is no such format.
        UnknownRecord: The directory has no such record, or the format has no
            place for this kind of record.
        WithdrawnRecord: The record was withdrawn.
        ValueError: *neutral_name* is blank, is given for a format other than
            vCard, or is given for records without a number to call for help.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> from ct_trafficking_resources.testing import fictional_directory
        >>> text = ctr.export("vcard", fictional_directory(), records="911-connecticut")
        >>> [line for line in text.splitlines() if line.startswith("TEL")]
        ['TEL;VALUE=text;TYPE=voice:911', 'TEL;VALUE=text;TYPE=text:911']
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

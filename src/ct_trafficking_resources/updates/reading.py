"""Read what a partner sent: a file in, an update and findings out.

Limits of size and kind come first, then the text is parsed and what people
typed is put in the form that is stored, with the place of every value. Whether
the update fits the schema and may go in is for the checks.
"""

from __future__ import annotations

from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.findings import Finding, Place, Severity, first
from ct_trafficking_resources.updates import source_file
from ct_trafficking_resources.updates.file_kind import Form, kind_of
from ct_trafficking_resources.updates.json_reader import read_json
from ct_trafficking_resources.updates.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from ct_trafficking_resources.updates.contact_values import StoredForm

_DEFAULT = Limits()


@attrs.frozen(kw_only=True)
class Submission:
    """What a partner sent, read.

    Attributes:
        name: The file as the caller named it.
        form: The form it has, or None if it is of no kind that is read.
        sha256: Digest of its bytes in hexadecimal; of nothing if there are none.
        document: The update in its canonical form, or None if the file could
            not be read as one.
        findings: What reading found. A document may stand beside findings that
            concern single values: such a value is in the document as it was
            typed, and what else is wrong with it need not be said.
        stored_forms: What is stored in another form than it was typed.
    """

    name: str
    form: Form | None
    sha256: str
    document: dict[str, Any] | None
    findings: tuple[Finding, ...]
    stored_forms: tuple[StoredForm, ...] = ()
    _place: Callable[[str], Place] = attrs.field(alias="placed_by", eq=False, repr=False)

    @property
    def ok(self) -> bool:
        """Tell whether reading found no error."""
        return all(one.severity != Severity.ERROR for one in self.findings)

    def place(self, pointer: str) -> Place:
        """Return where the value at a JSON Pointer of the document was written.

        For what the file does not hold, it is the place of the nearest parent.
        """
        return self._place(pointer)


def read(
    source: str | PathLike[str] | bytes, *, name: str | None = None, limits: Limits = _DEFAULT
) -> Submission:
    """Read what a partner sent.

    Args:
        source: A path, or the bytes of a file.
        name: What to call it in findings; the path if not given.
        limits: What it may be at most.

    Raises:
        MissingExtra: It is a spreadsheet, and openpyxl is not installed.
    """
    if isinstance(source, bytes):
        name = name or "update"
        data = _check_size(source, name, limits)
    else:
        name = name or fspath(source)
        data = source_file.load(Path(source), name, limits.size)
    if isinstance(data, Finding):
        return _unread(name, b"", None, (data,))
    form = kind_of(data, name)
    if isinstance(form, Finding):
        return _unread(name, data, None, (form,))
    if form is Form.JSON:
        return _from_json(data, name, limits)
    return _from_tables(data, name, form, limits)


def _check_size(data: bytes, name: str, limits: Limits) -> bytes | Finding:
    if len(data) > limits.size:
        return source_file.too_large(name, len(data), limits.size)
    return data or source_file.empty(name)


def _from_json(data: bytes, name: str, limits: Limits) -> Submission:
    update = read_json(data, name, limits)
    return Submission(
        name=name,
        form=Form.JSON,
        sha256=sha256(data).hexdigest(),
        document=update.document,
        findings=first(update.findings, limits.findings, name),
        stored_forms=update.stored_forms,
        placed_by=update.text.place if update.document is not None else _whole(name),
    )


def _from_tables(data: bytes, name: str, form: Form, limits: Limits) -> Submission:
    # Read when needed: most of what is checked by programs is JSON.
    from ct_trafficking_resources.updates.csv_reader import read_csv
    from ct_trafficking_resources.updates.table_reading import read_tables
    from ct_trafficking_resources.updates.xlsx_reader import read_xlsx

    tables = (read_csv if form is Form.CSV else read_xlsx)(data, name, limits)
    if any(one.severity == Severity.ERROR for one in tables.findings):
        return _unread(name, data, form, first(tables.findings, limits.findings, name))
    update = read_tables(tables.grids, name, limits)
    return Submission(
        name=name,
        form=form,
        sha256=sha256(data).hexdigest(),
        document=update.document,
        findings=first((*tables.findings, *update.findings), limits.findings, name),
        stored_forms=update.stored_forms,
        placed_by=_nearest(update.places, name),
    )


def _unread(name: str, data: bytes, form: Form | None, findings: tuple[Finding, ...]) -> Submission:
    return Submission(
        name=name,
        form=form,
        sha256=sha256(data).hexdigest(),
        document=None,
        findings=findings,
        placed_by=_whole(name),
    )


def _whole(name: str) -> Callable[[str], Place]:
    return lambda pointer: Place(file=name, pointer=pointer)


def _nearest(places: dict[str, Place], name: str) -> Callable[[str], Place]:
    def place(pointer: str) -> Place:
        known = pointer
        while known and known not in places:
            known = known.rpartition("/")[0]
        return attrs.evolve(places.get(known, Place(file=name)), pointer=pointer)

    return place

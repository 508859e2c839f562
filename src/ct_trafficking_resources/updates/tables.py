"""Tables to an update, with the place of every value; and the tables of a CSV file.

A reader of a file gives grids: text by row and column. Here a grid is read from
CSV, where the tables stand below each other, each under ``[Its name]``. It is
written for what spreadsheet programs save: commas, semicolons or tabs between the
cells; UTF-8 with or without mark, UTF-16 with one, or Windows-1252. `workbook`
reads the same from a spreadsheet.

`read_tables` makes the update of the grids. What is missing would read as "no
longer true", so a table or a column that is not there is refused, never passed
over.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from ct_trafficking_resources.checks.findings import Finding, Place, Severity
from ct_trafficking_resources.checks.rules import rule
from ct_trafficking_resources.checks.schemas import BASE
from ct_trafficking_resources.checks.strict_json import NOT_TEXT, TOO_LONG, join
from ct_trafficking_resources.errors import NotReadable, nearest, quote
from ct_trafficking_resources.updates.form import ABSENT, CONTACTS, RECORD, TABLES, UNREAD, UPDATE
from ct_trafficking_resources.updates.normalize import StoredForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ct_trafficking_resources.checks.rules import Rule
    from ct_trafficking_resources.updates.form import Column, Table
    from ct_trafficking_resources.updates.reading import Limits

_LETTERS = 26


class Row(NamedTuple):
    """One row as it stands in the file.

    Attributes:
        number: Counted from 1, as a spreadsheet program counts.
        cells: Their text, without trailing empty ones.
        line: Line of a text file, or None.
    """

    number: int
    cells: tuple[str, ...]
    line: int | None = None


@attrs.frozen(kw_only=True)
class Grid:
    """One table as it stands in the file, its header first.

    Attributes:
        file: The file as the caller named it.
        title: What it is called there.
        sheet: Its sheet, or None in a text file.
        line: Line of its title in a text file, or None.
        rows: Its rows, without those that are empty.
    """

    file: str
    title: str
    sheet: str | None = None
    line: int | None = None
    rows: tuple[Row, ...]

    def place(self, row: Row | None = None, column: int | None = None, pointer: str = "") -> Place:
        """Return where a row or a cell stands."""
        cell = None if row is None else cell_name(row.number, column or 0)
        line = self.line if row is None else row.line
        return Place(file=self.file, pointer=pointer, line=line, sheet=self.sheet, cell=cell)


class Tables(NamedTuple):
    """The tables of one file.

    Attributes:
        grids: The tables, in the order of the file.
        findings: What is wrong with the file; errors mean that tables lack.
    """

    grids: tuple[Grid, ...]
    findings: tuple[Finding, ...]


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, such as ``C17``, for a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


# --- the tables of a CSV file ----------------------------------------------------------

_NAME = re.compile(r"\[(?P<title>[^\[\]]{1,40})\]\Z")
_HEADER = re.compile(
    r'^"?\[Update\]"?[^\r\n]*(?:\r\n|\r|\n)(?P<header>[^\r\n]*)', re.MULTILINE | re.IGNORECASE
)
_SEP = re.compile(r"sep=(?P<sign>[,;\t])[^\r\n]*(?:\r\n|\r|\n)", re.IGNORECASE)
_SIGNS = (",", ";", "\t")
_SAVE = "Save it again as CSV UTF-8."
_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def read_csv(data: bytes, file: str, limits: Limits) -> Tables:
    """Read the tables of a CSV file.

    Args:
        data: Its bytes.
        file: The file as the caller named it.
        limits: What it may be at most.
    """
    reader = _CsvReader(file, limits)
    text = reader.decode(data)
    grids = () if text is None else tuple(reader.tables(text))
    return Tables(grids, tuple(reader.findings))


WINDOWS = rule(
    "CTR016",
    Severity.NOTE,
    "A CSV file that is not UTF-8 was read as Windows-1252.",
    reason="Excel writes it so; letters with accents need a look.",
    hint=f"Look at letters with accents. If they are wrong: {_SAVE}",
)(read_csv)
NO_TABLES = rule(
    "CTR020",
    Severity.ERROR,
    "A CSV file consists of the tables of the form, with quotation marks in pairs.",
    reason="One that is not closed swallows the rows below it.",
)(read_csv)


class _CsvReader:
    """Reads one file and gathers what is wrong with it."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.findings: list[Finding] = []

    def decode(self, data: bytes) -> str | None:
        encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "utf-8")
        text: str | None
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as problem:
            text = self._windows(data, problem.start) if encoding == "utf-8" else None
        if text is None:
            self._error(NOT_TEXT, 1, "The file is not text in a known encoding.", _SAVE)
            return None
        nul = text.find("\0")
        if nul >= 0:
            self._error(NOT_TEXT, _line_of(text, nul), "The file holds a NUL byte.", _SAVE)
            return None
        return text

    def _windows(self, data: bytes, offset: int) -> str | None:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            return None
        place = Place(file=self.file, line=_line_of(text, offset))
        message = "The file is not UTF-8; it was read as Windows-1252."
        self.findings.append(WINDOWS.finding(place, message))
        return text

    def tables(self, text: str) -> Iterator[Grid]:
        title: str | None = None
        start: int | None = None
        rows: list[Row] = []
        for row in self._rows(text):
            name = _NAME.match(row.cells[0].strip()) if row.cells else None
            if name and not any(row.cells[1:]):
                if title is not None:
                    yield Grid(file=self.file, title=title, line=start, rows=tuple(rows))
                title, start, rows = name["title"], row.line, []
            elif title is not None and any(row.cells):
                rows.append(row)
                if len(rows) > self.limits.rows:
                    message = f"The table has more than {self.limits.rows:,} rows."
                    self._error(OUTSIDE, row.line or 1, message, "Delete the others.")
                    return
            elif any(row.cells):
                self._error(
                    NO_TABLES,
                    row.line or 1,
                    "The file does not begin with a table of the form.",
                    "Its first line is [Update]; `ct-resources template ORGANIZATION -o form.csv`"
                    " draws it anew.",
                )
                return
        if title is not None:
            yield Grid(file=self.file, title=title, line=start, rows=tuple(rows))

    def _rows(self, text: str) -> Iterator[Row]:
        sep = _SEP.match(text)
        skipped = 1 if sep else 0
        body = text[sep.end() :] if sep else text
        sign = sep["sign"] if sep else _sign(body)
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=sign, strict=True)
        line, number = skipped, 0
        while True:
            first_line, number = line + 1, number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                self._error(NO_TABLES, first_line, *_words(str(problem)))
                return
            line = reader.line_num + skipped
            while cells and not cells[-1].strip():
                cells.pop()
            if len(cells) > self.limits.columns:
                message = f"More than {self.limits.columns} columns."
                self._error(OUTSIDE, first_line, message, "Delete what belongs to no column.")
                return
            yield Row(number, tuple(cells), first_line)

    def _error(self, broken: Rule[Any], line: int, message: str, hint: str) -> None:
        self.findings.append(broken.finding(Place(file=self.file, line=line), message, hint))


def _sign(text: str) -> str:
    """Return what stands between the cells: what is most often in the first header."""
    header = _HEADER.search(text)
    return max(_SIGNS, key=(header["header"] if header else text).count)


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _words(problem: str) -> tuple[str, str]:
    if "unexpected end" in problem:
        return "A quotation mark that is opened in this row is never closed.", "Close it."
    if "field larger" in problem:
        return (
            "A cell of more than 131,072 characters, or a quotation mark not closed.",
            "Shorten it.",
        )
    return f"The row cannot be read: {problem}.", "A quotation mark inside a cell is written twice."


# --- the update that tables say --------------------------------------------------------

SCHEMA = f"{BASE}update"
_FORMULA = re.compile(r"[=@\t\r]|[+-](?! ?\(?[0-9][0-9A-Za-z ().#/-]*\Z)")
"""What a spreadsheet program would calculate instead of show; a number may begin with +."""

_EDITION = re.compile(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,3}")

_NEEDED = frozenset({"mode", "value"})
"""Keys without which a row of contacts is none."""

_FILL_IN = "Fill it in; or, to take the contact out, empty the other white cells of the row."
_DRAW_AGAIN = "`ct-resources template ORGANIZATION` draws the form anew."


class _Entry(NamedTuple):
    """A row of the form, with what is needed to understand it."""

    grid: Grid
    row: Row
    columns: dict[int, Column | None]

    def place(self, column: int | None = None, pointer: str = "") -> Place:
        return self.grid.place(self.row, column, pointer)


@attrs.frozen(kw_only=True)
class TableDocument:
    """What tables say.

    Attributes:
        document: The update, or None where a table or column is missing.
        findings: What is wrong with the tables and their cells.
        cells: JSON Pointer to place, for every value.
        stored_forms: What is stored in another form than it was typed.
    """

    document: dict[str, Any] | None
    findings: tuple[Finding, ...]
    cells: dict[str, Place]
    stored_forms: tuple[StoredForm, ...]


def read_tables(grids: Iterable[Grid], file: str, limits: Limits) -> TableDocument:
    """Read an update from its tables.

    Args:
        grids: The tables, in the order of the file.
        file: The file as the caller named it.
        limits: What they may be at most.
    """
    return _Reader(file, limits).read(grids)


OTHER_TABLE = rule(
    "CTR040",
    Severity.ERROR,
    "Every table is one of the form.",
    reason="Another one would not be read.",
)(read_tables)
NO_TABLE = rule(
    "CTR041",
    Severity.ERROR,
    "No table is missing.",
    reason="What is missing would read as no longer true.",
    hint=_DRAW_AGAIN,
)(read_tables)
OTHER_COLUMN = rule(
    "CTR042",
    Severity.ERROR,
    "Every column is one of the form.",
    reason="Another one would not be read.",
)(read_tables)
NO_COLUMN = rule(
    "CTR043",
    Severity.ERROR,
    "Every column is there, once.",
    reason="What is missing would read as no longer true.",
)(read_tables)
OUTSIDE = rule(
    "CTR044",
    Severity.ERROR,
    "Every filled cell belongs to a column.",
    reason="It would not be read.",
)(read_tables)
NO_OWNER = rule(
    "CTR045",
    Severity.ERROR,
    "Every row belongs to a record of the form; the table Update has one row.",
    reason="A contact of nobody cannot be stored.",
)(read_tables)
OTHER_FORM = rule(
    "CTR046",
    Severity.ERROR,
    "A cell holds what its column asks for.",
    reason="Hours, dates, counts and yes or no are stored typed.",
    supersedes=("CTR100",),
)(read_tables)
FORMULA = rule(
    "CTR033",
    Severity.ERROR,
    "No cell is a formula or begins like one.",
    reason="It shows what it does not hold.",
    supersedes=("CTR100",),
)(read_tables)


class _Reader:
    """Gathers the update, the places of its values, and the findings."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.findings: list[Finding] = []
        self.cells: dict[str, Place] = {}
        self.stored_forms: list[StoredForm] = []
        self.complete = True

    def read(self, grids: Iterable[Grid]) -> TableDocument:
        found, meant = self._by_table(grids)
        update: dict[str, Any] = {"schema": SCHEMA, "sources": [], "records": []}
        missing = [table.title for table in TABLES if table.title not in found.keys() | meant]
        if missing:
            message = f"Missing from the form: {', '.join(missing)}."
            self._structure(NO_TABLE, Place(file=self.file), message)
        # Records come before their parts.
        for table in sorted(TABLES, key=lambda table: table.part):
            if table.title in found:
                self._table(table, found[table.title], update)
        return TableDocument(
            document=update if self.complete else None,
            findings=tuple(self.findings),
            cells=self.cells,
            stored_forms=tuple(self.stored_forms),
        )

    # --- tables and columns ----------------------------------------------

    def _by_table(self, grids: Iterable[Grid]) -> tuple[dict[str, Grid], set[str]]:
        """Return the grids by the table that they are, and the tables that others may be."""
        titles = {_plain(table.title): table.title for table in TABLES}
        unread = {_plain(title) for title in UNREAD}
        found: dict[str, Grid] = {}
        meant: set[str] = set()
        for grid in grids:
            title = _plain(grid.title)
            if title in unread:
                continue
            if title not in titles:
                near = nearest(title, titles)
                meant.add(titles.get(near or "", ""))
                self._structure(
                    OTHER_TABLE,
                    grid.place(),
                    f"No table of the form is called {quote(grid.title)}.",
                    f"{_meant(near)}Take it out, or give it its name back.",
                )
            elif titles[title] in found:
                self._structure(
                    OTHER_TABLE,
                    grid.place(),
                    f"The table {titles[title]} stands twice.",
                    "Keep one of the two.",
                )
            else:
                found[titles[title]] = grid
        return found, meant

    def _table(self, table: Table, grid: Grid, update: dict[str, Any]) -> None:
        columns = self._columns(table, grid, update.get("edition"))
        if not any(columns.values()):
            return
        rows = grid.rows[1:]
        for row in rows:
            self._row(table, _Entry(grid, row, columns), update)
        if table is UPDATE and len(rows) != 1:
            self._structure(
                NO_OWNER,
                grid.place(grid.rows[0]),
                f"The table {table.title} has {len(rows)} rows; it must have one.",
                _DRAW_AGAIN,
            )

    def _columns(self, table: Table, grid: Grid, edition: object) -> dict[int, Column | None]:
        """Return the columns by their place in the grid, None for one that is refused.

        A form that was drawn before there was a column need not have it: what stands
        there now is not changed by it.
        """
        known = {_plain(column.title): column for column in table.columns}
        header = grid.rows[0] if grid.rows else Row(1, (), grid.line)
        columns: dict[int, Column | None] = {}
        if known.keys().isdisjoint(map(_plain, header.cells)):
            message = f"The table {table.title} has lost its row of headings."
            self._structure(NO_COLUMN, grid.place(header), message, _DRAW_AGAIN)
            return columns
        missing = dict(known)
        for index, title in enumerate(header.cells):
            name = _plain(title)
            if name in missing:
                columns[index] = missing.pop(name)
            elif name in known:
                columns[index] = None
                message = f"The column {quote(title)} stands twice."
                self._structure(NO_COLUMN, grid.place(header, index), message, "Delete one.")
            elif name:
                columns[index] = None
                near = nearest(name, missing)
                missing.pop(near or "", None)
                self._structure(
                    OTHER_COLUMN,
                    grid.place(header, index),
                    f"The form has no column {quote(title)}.",
                    f"{_meant(near)}Delete it; remarks go under Note.",
                )
        lacking = [column for column in missing.values() if _is_due(column, edition)]
        if lacking:
            titles = ", ".join(column.title for column in lacking)
            self._structure(
                NO_COLUMN,
                grid.place(header),
                f"The table {table.title} lacks: {titles}.",
                "Put it back; where there is no value, leave its cells empty.",
            )
        return columns

    # --- rows and cells --------------------------------------------------

    def _row(self, table: Table, entry: _Entry, update: dict[str, Any]) -> None:
        texts = dict(self._texts(entry))
        if table.part and _is_emptied(entry, texts):
            return
        if table is UPDATE:
            self._fill(update, "", entry, texts)
            return
        rows, base = update[table.key] if not table.part else None, f"/{table.key}"
        if rows is None:
            record = self._owner(texts.pop(RECORD.path, None), entry, update)
            if record is None:
                return
            rows = update["records"][record].setdefault(table.key, [])
            base = f"/records/{record}/{table.key}"
        base = f"{base}/{len(rows)}"
        target: dict[str, Any] = {"kind": table.kind} if table.kind else {}
        self.cells[base] = entry.place(pointer=base)
        self._fill(target, base, entry, texts)
        rows.append(self._contact(target, base, rows) if table is CONTACTS else target)

    def _texts(self, entry: _Entry) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield path and text of the cells that are not empty."""
        for index, cell in enumerate(entry.row.cells):
            text = cell.replace("\u00a0", " ").strip()
            if not text:
                continue
            if index not in entry.columns:
                self._structure(
                    OUTSIDE,
                    entry.place(index),
                    "This cell belongs to no column.",
                    "Empty it, or give the column its heading back.",
                )
            elif len(text) > self.limits.cell:
                message = f"A text of {len(text):,} characters; at most {self.limits.cell:,}."
                self._structure(TOO_LONG, entry.place(index), message)
            elif column := entry.columns[index]:
                yield column.path, cell if _FORMULA.match(cell) else text

    def _owner(self, owner: str | None, entry: _Entry, update: dict[str, Any]) -> int | None:
        ids = [record.get("id") for record in update["records"]]
        if owner is None and len(ids) == 1:
            return 0
        if owner in ids:
            return ids.index(owner)
        self._structure(
            NO_OWNER,
            entry.place(),
            f"No record of this form has the id {quote(owner)}."
            if owner
            else "The row does not say which record it belongs to.",
            f"Write one of these under Record: {', '.join(map(str, ids[:10])) or 'none'}.",
        )
        return None

    def _fill(
        self, target: dict[str, Any], base: str, entry: _Entry, texts: dict[tuple[str, ...], str]
    ) -> None:
        """Put the values of a row into its document; what cannot be read stays as it was typed."""
        for index, column in entry.columns.items():
            if column is None or column is RECORD:
                continue
            pointer = base
            for key in column.path:
                pointer = join(pointer, key)
            self.cells[pointer] = place = entry.place(index, pointer)
            text = texts.get(column.path)
            try:
                value = column.empty if text is None else self._value(column, text, place)
            except NotReadable as problem:
                broken = FORMULA if _FORMULA.match(text or "") else OTHER_FORM
                self._finding(broken, place, problem.message, problem.hint)
                value = text
            if value is not ABSENT:
                self._put(target, column.path, value)

    def _value(self, column: Column, text: str, place: Place) -> Any:
        if _FORMULA.match(text):
            raise NotReadable(
                "The cell begins like a formula.",
                "Type the text itself; begin it with a letter or a digit.",
            )
        value = column.form.read(text)
        if isinstance(value, str) and value != text:
            self.stored_forms.append(StoredForm(place=place, typed=text, stored=value))
        return value

    def _put(self, target: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
        *parents, last = path
        for key in parents:
            target = target.setdefault(key, {})
        target[last] = value

    def _contact(self, contact: dict[str, Any], base: str, others: list[Any]) -> dict[str, Any]:
        """Return a contact point with an id; note what it lacks."""
        if "id" not in contact:
            contact = {"id": _new_id(contact, others), **contact}
            place = self.cells.get(f"{base}/id", self.cells[base])
            self.stored_forms.append(StoredForm(place=place, typed="", stored=contact["id"]))
        for key in _NEEDED - contact.keys():
            cell = self.cells.get(f"{base}/{key}")
            if cell is not None:  # else the whole column is missing, which the headings say
                self._finding(OTHER_FORM, cell, "The cell is empty.", _FILL_IN)
        # What kind of value it is, the number or address says.
        number = self.cells.get(f"{base}/value", self.cells[base])
        self.cells[f"{base}/kind"] = attrs.evolve(number, pointer=f"{base}/kind")
        return contact

    # --- findings --------------------------------------------------------

    def _structure(
        self, broken: Rule[Any], place: Place, message: str, hint: str | None = None
    ) -> None:
        """Note what makes the tables incomplete."""
        self.complete = False
        self._finding(broken, place, message, hint)

    def _finding(
        self, broken: Rule[Any], place: Place, message: str, hint: str | None = None
    ) -> None:
        self.findings.append(broken.finding(place, message, hint))


def _is_emptied(entry: _Entry, texts: Mapping[tuple[str, ...], str]) -> bool:
    """Tell whether only the cells are left that a partner cannot empty."""
    columns = [column for column in entry.columns.values() if column and column is not RECORD]
    white = [column for column in columns if not column.locked]
    return all(column.path not in texts for column in white or columns)


def _is_due(column: Column, edition: object) -> bool:
    """Tell whether a form must have a column; one that names no edition is refused anyway."""
    if not column.since:
        return True
    if not isinstance(edition, str) or _EDITION.fullmatch(edition) is None:
        return False
    return _in_order(edition) >= _in_order(column.since)


def _in_order(edition: str) -> list[int]:
    return [int(part) for part in edition.split(".")]


def _plain(title: str) -> str:
    return re.sub(r"[\s_-]+", " ", title).strip().casefold()


def _meant(near: str | None) -> str:
    return f"Did you mean {near.capitalize()!r}? " if near else ""


def _new_id(contact: dict[str, Any], parts: list[Any]) -> str:
    """Return an id for a new contact point: its mode, with a count if need be."""
    taken = {part.get("id") for part in parts}
    mode = contact.get("mode", "contact")
    count = 1
    while (id := f"{mode}-{count}" if count > 1 else mode) in taken:
        count += 1
    return str(id)

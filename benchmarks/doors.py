"""The doors through which a value can reach a reader, and what is tried at them.

`reliability.py` runs this. Everything here starts from the newest shipped edition.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import ct_trafficking_resources as ctr
from ct_trafficking_resources import phone
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.policy import CONNECTICUT_AREA_CODES, is_victim_facing
from ct_trafficking_resources.publishing import build, release
from ct_trafficking_resources.publishing.folder import FOLDERS, record_text
from ct_trafficking_resources.updates.edits import as_submitted, own_records
from ct_trafficking_resources.updates.template import template
from ct_trafficking_resources.vocabulary import DIALED

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]

DIRECTORY = ctr.load()
DAY = DIRECTORY.released + timedelta(days=8)
DATA = Path(ctr.__file__).parent / "data"
OWNERS = {
    record.id: organization.id
    for organization in DIRECTORY.organizations
    for record in own_records(organization.id, DIRECTORY)
}
"""Record to the organization that may send a form about it."""


class Case(NamedTuple):
    """A value in one place.

    Attributes:
        record: Id of the record.
        contact: Id of the contact point.
        kind: Kind of the value.
        value: The value.
        place: Where it is put.
        how: How it went wrong.
    """

    record: str
    contact: str
    kind: str
    value: str
    place: str = ""
    how: str = ""

    @property
    def shown(self) -> str:
        """How the value would be written, be it a number or not."""
        if self.kind != "e164":
            return self.value
        digits = self.value.removeprefix("+1")
        start = "1-" if digits[:3] in phone.TOLL_FREE_PREFIXES else ""
        return f"{start}{digits[:3]}-{digits[3:6]}-{digits[6:]}"

    @property
    def digits(self) -> str:
        """The digits alone, as typed into a field that is for something else."""
        return self.value.removeprefix("+1")


def relied_on() -> Iterator[tuple[Any, Any]]:
    """Yield the records and contact points that victims use and dial."""
    for record in DIRECTORY:
        for contact in getattr(record, "contacts", ()):
            if contact.kind in DIALED and is_victim_facing(record, contact):
                yield record, contact


def contact_of(record: Document, id: str) -> Document:
    (contact,) = (contact for contact in record["contacts"] if contact["id"] == id)
    found: Document = contact
    return found


def encoded(record: Any) -> Document:
    found: Document = json.loads(json.dumps(encode(record)))
    return found


Edit = Callable[[Document, Document, Case], None]
"""Changes a record and its contact point."""

Answer = dict[str, set[Severity]]
"""How severe the findings about each record are."""


# --- evidence -----------------------------------------------------------------------------------


def evidence(words: str, *heard: str) -> Document:
    """Return pages of two publishers that print some words, and what was confirmed."""
    common = {"date": DAY.isoformat(), "read": DAY.isoformat(), "says": words}
    found: Document = {
        "level": "corroborated",
        "confidence": "high",
        "sources": [
            {"url": f"https://{host}/lines", "title": "Lines", "kind": "official", **common}
            for host in ("portal.ct.gov", "www.justice.gov")
        ],
    }
    if heard:
        common = {"role": "records clerk", "way": "telephone-on-record", "day": DAY.isoformat()}
        found["confirmations"] = [{"value": value, **common} for value in heard]
    return found


def set_value(contact: Document, case: Case) -> None:
    contact.update(value=case.value, display=case.shown)


# --- wrong values -------------------------------------------------------------------------------


def wrong_numbers(kind: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield how a number goes wrong, and the value that it becomes."""
    start = "+1" if kind == "e164" else ""
    digits = value.removeprefix(start)
    for at, digit in enumerate(digits):
        before, after = digits[:at], digits[at + 1 :]
        for other in "0123456789":
            if other != digit:
                yield "one digit", f"{start}{before}{other}{after}"
        if after and after[0] != digit:
            yield "swapped", f"{start}{before}{after[0]}{digit}{after[1:]}"
        yield "dropped", f"{start}{before}{after}"
        yield "doubled", f"{start}{before}{digit}{digit}{after}"
    if kind == "e164":
        is_toll_free = digits[:3] in phone.TOLL_FREE_PREFIXES
        for prefix in phone.TOLL_FREE_PREFIXES if is_toll_free else CONNECTICUT_AREA_CODES:
            if prefix != digits[:3]:
                yield "prefix", f"{start}{prefix}{digits[3:]}"


def _value_alone(_: Document, contact: Document, case: Case) -> None:
    set_value(contact, case)


def _value_with_pages(_: Document, contact: Document, case: Case) -> None:
    set_value(contact, case)
    contact["evidence"] = evidence(f"Call or text {case.shown} at any hour.")


def _value_confirmed_otherwise(_: Document, contact: Document, case: Case) -> None:
    right = contact["display"]
    set_value(contact, case)
    contact["evidence"] = evidence(f"Call or text {case.shown} at any hour.", right)


def _says(_: Document, contact: Document, case: Case) -> None:
    for source in contact["evidence"]["sources"]:
        source["says"] = f"Call or text {case.shown} at any hour."


def _field(name: str, words: str, *, of_record: bool = False) -> Edit:
    def edit(record: Document, contact: Document, case: Case) -> None:
        target = record if of_record else contact
        target[name] = words.format(shown=case.shown, digits=case.digits)

    return edit


_CALL = "Call or text {shown} at any hour."
VALUE = "value, sources as they were"
EDITS: dict[str, Edit] = {
    VALUE: _value_alone,
    "value, two pages print it": _value_with_pages,
    "value, the right one confirmed": _value_confirmed_otherwise,
    "display": _field("display", "{shown}"),
    "vanity": _field("vanity", "{shown}"),
    "extension": _field("extension", "{digits}"),
    "keyword": _field("keyword", "{digits}"),
    "menu": _field("menu", "press 2, or call {shown}"),
    "label": _field("label", "Or call {shown}"),
    "note of the contact": _field("note", _CALL),
    "note of the record": _field("note", _CALL, of_record=True),
    "summary": _field("summary", f"Help for all. {_CALL}", of_record=True),
    "what its sources say": _says,
}
"""Where a wrong value is put."""

_VALUES = tuple(place for place in EDITS if place.startswith("value"))
PLACES = {
    "form": tuple(EDITS)[:-1],
    "form (CSV)": (VALUE,),
    "form (XLSX)": (VALUE,),
    "build": tuple(EDITS),
    "release": tuple(EDITS),
    "override": _VALUES,
    "foreign": tuple(EDITS),
}
"""Where a number can stand in what comes through a door."""


def wrong_cases(door: str) -> list[Case]:
    """Return every wrong value that can come through a door."""
    return [
        Case(record.id, contact.id, contact.kind.value, value, place, how)
        for record, contact in relied_on()
        if record.id in OWNERS or not door.startswith("form")
        for place in PLACES[door]
        for how, value in wrong_numbers(contact.kind, contact.value)
    ]


def drawn(every: list[Case], count: int) -> list[Case]:
    """Return so many of the cases, evenly over the list."""
    count = min(count, len(every))
    return [every[number * len(every) // count] for number in range(count)]


def in_company(cases: list[Case]) -> Iterator[list[Case]]:
    """Yield the cases in groups, each with one case of a record."""
    waiting: dict[str, list[Case]] = {}
    for case in cases:
        waiting.setdefault(case.record, []).append(case)
    while any(waiting.values()):
        yield [of_record.pop() for of_record in waiting.values() if of_record]


# --- right changes ------------------------------------------------------------------------------


class Right(NamedTuple):
    """A change that must go through.

    Attributes:
        what: What it is.
        case: Where, with the new value.
        edit: Makes it.
        is_value: The value is another, so that an override can make it, too.
    """

    what: str
    case: Case
    edit: Edit
    is_value: bool = False


ONE_DIGIT_APART = {"+12038543011", "+12038543111", "+18028726196", "+18028726199"}
"""Real numbers that look like slips of each other."""


def _new_number(number: int, kind: str, value: str) -> str:
    """Return a number that is like no other."""
    if kind == "short-code":
        return f"{294_000 + 1_310 * number}"
    return f"{value[:5]}{241 + 3 * number}{6050 + 47 * number}"


def _new_value(_: Document, contact: Document, case: Case) -> None:
    for key in ("vanity", "keyword", "accepted_keywords", "menu", "extension"):
        contact.pop(key, None)
    set_value(contact, case)
    contact["evidence"] = evidence(f"Call or text {case.shown} at any hour.")


def _confirmed_value(record: Document, contact: Document, case: Case) -> None:
    _new_value(record, contact, case)
    contact["evidence"] = evidence(f"Call or text {case.shown} at any hour.", case.shown)


def _second_mode(record: Document, contact: Document, case: Case) -> None:
    mode = "text" if contact["mode"] == "voice" else "voice"
    added = {"id": f"{mode}-too", "mode": mode}
    added |= {key: contact[key] for key in ("kind", "value", "display")}
    added["evidence"] = evidence(f"Call or text {case.shown} at any hour.")
    record["contacts"].append(added)


def _with(words: str, **fields: object) -> Edit:
    def edit(_: Document, contact: Document, case: Case) -> None:
        contact.update(fields)
        contact["evidence"] = evidence(words.format(case.shown))

    return edit


_extension = _with("Call {} ext. 214.", extension="214")
_hours = _with("Call {}, 24 hours a day, 7 days a week.", hours={"always_open": True})
_menu = _with("Call {} and press 2 for Spanish.", menu="press 2 for Spanish")
_NOTE = (
    "Since 1998, in 240 languages, 24 hours a day, under C.G.S. 54-234a. Open on 2 January 2027."
)


def _note(_: Document, contact: Document, __: Case) -> None:
    contact["note"] = _NOTE


def right_changes() -> Iterator[Right]:
    """Yield changes that must go through."""
    contacts = [one for record in DIRECTORY for one in getattr(record, "contacts", ())]
    times = Counter(contact.value for contact in contacts)
    for number, (record, contact) in enumerate(relied_on()):
        kind, value = contact.kind.value, contact.value
        here = Case(record.id, contact.id, kind, value)
        modes = {other.mode for other in record.contacts}
        is_called = contact.mode == "voice"
        if kind != "n11" and times[value] == 1:
            new = here._replace(value=_new_number(number, kind, value))
            yield Right("a wholly new number, two publishers", new, _new_value, is_value=True)
            near = here._replace(value=value[:-1] + str((int(value[-1]) + 4) % 10))
            yield Right("a confirmed near miss", near, _confirmed_value, is_value=True)
        if kind == "e164" and contact.mode in {"voice", "text"} and {"voice", "text"} - modes:
            yield Right("a second mode of one number", here, _second_mode)
        if kind == "e164" and is_called and not contact.vanity:
            yield Right("a new extension", here, _extension)
        yield Right("new hours", here, _hours)
        if is_called:
            yield Right("a new menu", here, _menu)
        yield Right("a note with a year, a count and a law", here, _note)
    for record in DIRECTORY:
        for contact in getattr(record, "contacts", ()):
            if contact.value in ONE_DIGIT_APART:
                here = Case(record.id, contact.id, contact.kind.value, contact.value)
                yield Right("hours of a number with a neighbor one digit apart", here, _hours)


# --- the doors ----------------------------------------------------------------------------------


class Door:
    """One way in.

    Attributes:
        name: Its name.
        said: What it said the last time.
        is_wide: It takes many changed records at once.
    """

    is_wide = False
    said: object = ""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    def document(self, record: str) -> Document:
        """Return a record as it is, free to be changed."""
        return encoded(DIRECTORY[record])

    def take(self, changed: dict[str, Document], cases: list[Case]) -> Answer:
        """Take changed records; return how severe the findings about each are."""
        raise NotImplementedError


class Curator(Door):
    """The records folder, through `build` or `release`."""

    is_wide = True

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder / name)
        self.data = DATA
        write_records(self.folder)
        folders = {kind: name for name, kind in FOLDERS.items()}
        self.paths = {
            record.id: self.folder / folders[record.kind] / f"{record.id}.json"
            for record in DIRECTORY
        }

    def take(self, changed: dict[str, Document], cases: list[Case]) -> Answer:  # noqa: ARG002
        """Take changed records; return how severe the findings about each are."""
        before = {id: self.paths[id].read_bytes() for id in changed}
        for id, document in changed.items():  # in canonical form, so that no finding is about that
            text = record_text(json.loads(json.dumps(encode(decode(document)))))
            self.paths[id].write_text(text, encoding="utf-8")
        findings = self.said = self.ask()
        for id, content in before.items():
            self.paths[id].write_bytes(content)
        answer: Answer = {}
        for finding in findings:
            words = f"{Path(finding.place.file).stem} {finding.message}"
            for id in changed.keys() & words.replace(",", " ").replace(":", " ").split():
                answer.setdefault(id, set()).add(finding.severity)
        return answer

    def ask(self) -> tuple[Any, ...]:
        """Return the findings about the folder as it is."""
        if self.name == "build":
            return build.build(self.folder, DAY, self.data).findings
        number = f"{DAY.year}.{DAY.month}.0"
        changelog = self.folder / "CHANGELOG.md"
        return release.release(number, self.folder, self.data, changelog, DAY).findings


def write_records(folder: Path) -> None:
    """Write the records that give the newest edition."""
    edition = json.loads(storage.read("editions", f"{DIRECTORY.edition}.json"))
    documents = [one for section in storage.SECTIONS for one in edition[section]]
    for name in build.HISTORY:
        documents += json.loads(storage.read(f"{name}.json"))["records"]
    folders = {kind: name for name, kind in FOLDERS.items()}
    index = ctr.available_editions()
    header = ("edition", "released", "review_by", "status", "statement")
    files: dict[str, Any] = {f"{folders[one['kind']]}/{one['id']}.json": one for one in documents}
    files["edition.json"] = {key: edition[key] for key in header}
    files["editions.json"] = {
        "released": {one.number: one.sha256 for one in index},
        "withdrawn": {one.number: one.withdrawn for one in index if one.withdrawn},
    }
    files["register.json"] = {
        "ids": dict(sorted((one["id"], one["kind"]) for one in documents)),
    }
    for name, document in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(record_text(document), encoding="utf-8")


class Foreign(Door):
    """An edition file from outside, through ``load(path, sha256=)``."""

    is_wide = True

    def take(self, changed: dict[str, Document], cases: list[Case]) -> Answer:  # noqa: ARG002
        """Take changed records; return how severe the findings about each are."""
        edition = json.loads(storage.read("editions", f"{DIRECTORY.edition}.json"))
        edition |= {"edition": f"{DAY.year}.{DAY.month}.0", "released": DAY.isoformat()}
        where = {}
        for section in storage.SECTIONS:
            for index, document in enumerate(edition[section]):
                where[f"/{section}/{index}/"] = document["id"]
                edition[section][index] = changed.get(document["id"], document)
        data = storage.write(edition)
        path = self.folder / "own.json"
        path.write_bytes(data)
        answer: Answer = {}
        try:
            ctr.load(path, sha256=sha256(data).hexdigest())
        except ctr.RefusedData as refused:
            self.said = refused
            for finding in refused.findings:
                pointer = f"{finding.place.pointer}/"
                for start, id in where.items():
                    if id in changed and pointer.startswith(start):
                        answer.setdefault(id, set()).add(finding.severity)
        return answer


class Override(Door):
    """An override file."""

    def take(self, changed: dict[str, Document], cases: list[Case]) -> Answer:
        """Take changed records; return how severe the findings about each are."""
        (case,) = cases
        contact = contact_of(changed[case.record], case.contact)
        before = contact_of(encoded(DIRECTORY[case.record]), case.contact)
        found = contact["evidence"]
        replaced = {
            "record": case.record,
            "contact": case.contact,
            "from": {key: before[key] for key in ("kind", "value")},
            "to": {key: contact[key] for key in ("kind", "value", "display")},
            "reason": "The old number reaches somebody else.",
            **{key: found[key] for key in ("sources", "confirmations") if key in found},
        }
        document = {
            "schema": "urn:ct-trafficking-resources:schemas:override",
            "schema_version": "1.0",
            "issued": DAY.isoformat(),
            "expires": (DAY + timedelta(days=20)).isoformat(),
            "revoke": [],
            "replace": [replaced],
        }
        data = json.dumps(document).encode()
        path = self.folder / "override.json"
        path.write_bytes(data)
        try:
            digest = sha256(data).hexdigest()
            ctr.apply_override(path, sha256=digest, directory=DIRECTORY, on=DAY)
        except ctr.RefusedData as refused:
            self.said = refused
            return {case.record: {Severity.ERROR}}
        return {}


class Form(Door):
    """A partner's form. In a table, only the number is typed over."""

    def take(self, changed: dict[str, Document], cases: list[Case]) -> Answer:
        """Take changed records; return how severe the findings about each are."""
        (case,) = cases
        kind = "json" if self.name == "form" else self.name[6:-1].lower()
        form = template(OWNERS[case.record], kind, DIRECTORY)
        confirmed: list[Document] = []
        if kind == "json":
            data, confirmed = _typed_json(json.loads(form), changed[case.record])
        else:
            data = _typed_csv(form, case) if kind == "csv" else _typed_workbook(form, case)
        report = ctr.check_update(
            data,
            OWNERS[case.record],
            DIRECTORY,
            name=f"form.{kind}",
            on=DAY,
            confirmed=confirmed,
        )
        self.said = report.findings
        return {case.record: {finding.severity for finding in report.findings}}


def _typed_json(update: Document, record: Document) -> tuple[bytes, list[Document]]:
    """Return the form of a changed record, and what was confirmed."""
    before = [one["evidence"] for one in encoded(DIRECTORY[record["id"]])["contacts"]]
    confirmed = []
    for contact in record["contacts"]:
        found = contact["evidence"]
        if found not in before:
            update["sources"] = found["sources"]
        about = {"record": record["id"], "contact": contact["id"]}
        confirmed += [{**about, **heard} for heard in found.get("confirmations", ())]
    update |= {"role": "Records clerk", "submitted_on": DAY.isoformat()}
    update["records"] = [
        as_submitted(decode(record)) if one["id"] == record["id"] else one
        for one in update["records"]
    ]
    return json.dumps(update).encode(), confirmed


def _typed_csv(form: Any, case: Case) -> bytes:
    text = form.decode() if isinstance(form, bytes) else form
    rows = list(csv.reader(io.StringIO(text)))
    for place, row in enumerate(rows):
        if row[:1] == ["Edition"]:
            rows[place + 1][2:4] = ["Records clerk", DAY.isoformat()]
        elif row[:2] == [case.record, case.contact]:
            row[3] = case.shown
    typed = io.StringIO()
    csv.writer(typed).writerows(rows)
    return typed.getvalue().encode()


def _typed_workbook(form: Any, case: Case) -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(form))
    book["Update"]["C2"], book["Update"]["D2"] = "Records clerk", DAY.isoformat()
    for row in book["Contacts"].iter_rows():
        if (row[0].value, row[1].value) == (case.record, case.contact):
            row[3].value = case.shown
    typed = io.BytesIO()
    book.save(typed)
    return typed.getvalue()


def doors(folder: Path) -> tuple[Door, ...]:
    """Return every door."""
    return (
        *(Form(name, folder) for name in ("form", "form (CSV)", "form (XLSX)")),
        *(Curator(name, folder) for name in ("build", "release")),
        Override("override", folder),
        Foreign("foreign", folder),
    )


def verdicts(door: Door, cases: list[Case], edit: Edit | None = None) -> list[str]:
    """Return what becomes of each case at a door, all put through it at once.

    Args:
        door: The door.
        cases: The cases, one of a record.
        edit: What is done; None for what the place of the case says.
    """
    changed = {}
    for case in cases:
        record = deepcopy(door.document(case.record))
        (edit or EDITS[case.place])(record, contact_of(record, case.contact), case)
        changed[case.record] = record
    answer = door.take(changed, cases)
    return [_worst(answer.get(case.record, set())) for case in cases]


def _worst(found: set[Severity]) -> str:
    if Severity.ERROR in found:
        return "refused"
    return "warned" if Severity.WARNING in found else "let in"


def as_they_are(folder: Path) -> Iterator[tuple[str, str, bool]]:
    """Yield what must go through though nothing changes: what, the door, whether it did."""
    every = {door.name: door for door in doors(folder / "present")}
    for name in ("build", "release"):
        curator = every[name]
        yield "nothing is changed", name, not curator.ask()
    first = Curator("release", folder / "first")
    nothing = {"released": {}, "withdrawn": {}}
    (first.folder / "editions.json").write_text(record_text(nothing), encoding="utf-8")
    first.data = folder / "first"
    yield "the first release of all records", "release", not first.ask()

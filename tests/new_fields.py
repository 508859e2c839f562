"""A copy of the package whose contact points have five more fields, and what becomes of them.

The fields are added as a contributor adds one: to the class and to the schemas, and nowhere
else. Run on such a copy, this prints what each surface makes of them, as JSON::

    PYTHONPATH=COPY/src python tests/new_fields.py
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from traceback import format_exc
from typing import Any

import attrs

PACKAGE = Path(__file__).parents[1] / "src" / "ct_trafficking_resources"
SCHEMAS = Path(__file__).parents[1] / "schemas"
BEFORE = "    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)\n\n    @property\n    def uri("
FIELDS = """\
    directions: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="office",
            text="prose",
            believed="a person goes by it",
            column=("Directions", "How to find the door.", 40),
            sentence="{}",
            csv="directions",
        ),
    )
    door_code: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="code",
            typed=True,
            leads="then",
            column=("Door code", "Digits for the door."),
            sentence="Door code {}.",
            checked="door code",
            csv="door_code",
        ),
    )
    floor: str | None = attrs.field(
        default=None,
        metadata=about(effect="service", text="value", column=("Floor", "As on the sign.")),
    )
    desk: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="service",
            text="value",
            curated="it decides who is asked",
            column=("Desk", "For the curators."),
        ),
    )
    ledger: str | None = attrs.field(
        default=None, metadata=about(effect="wording", text="prose", private=True)
    )
"""
NAMES = ("directions", "door_code", "floor", "desk", "ledger")
SENT = NAMES[:-1]
VALUES = {
    "directions": "Take the side door.",
    "door_code": "4711",
    "floor": "Second floor",
    "desk": "Front desk",
    "ledger": "Kept by the curators.",
}
POLICE, NUMBER = "example-police", "+12035558477"


def copy(folder: Path) -> Path:
    """Copy package and schemas into a folder and add the fields; return where it is found."""
    source = folder / "src"
    shutil.copytree(PACKAGE, source / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(SCHEMAS, folder / "schemas")
    module = source / PACKAGE.name / "model" / "channels.py"
    text = module.read_text(encoding="utf-8")
    assert text.count(BEFORE) == 1
    module.write_text(text.replace(BEFORE, FIELDS + BEFORE), encoding="utf-8")
    _add(folder / "schemas" / "contact-point.schema.json", (), _property, NAMES)
    _add(folder / "schemas" / "update.schema.json", ("$defs", "contact_point"), _reference, SENT)
    return source


def _property(name: str) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": 200, "description": f"The {name}."}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"urn:ct-trafficking-resources:schemas:contact-point#/properties/{name}"}


def _add(path: Path, way: tuple[str, ...], made: Any, names: tuple[str, ...]) -> None:
    whole = json.loads(path.read_text(encoding="utf-8"))
    schema = whole
    for key in way:
        schema = schema[key]
    schema["properties"] |= {name: made(name) for name in names}
    path.write_text(json.dumps(whole), encoding="utf-8")


# --- what each surface makes of the fields; run on the copy --------------------------------------


def example(**values: str) -> Any:
    """Return the example's records; the second number of the police has the values."""
    import example_data

    records = example_data.example()
    records["records"][POLICE]["contacts"][1] |= values
    return records


def edition(**values: str) -> Any:
    """Return the example as an edition; the second number of the police has the values."""
    import example_data

    return example_data.edition(example(**values))


def hotline(**values: str) -> Any:
    """Return the fictional edition; the hotline's number has the values."""
    from ct_trafficking_resources import testing

    document = testing.fictional_document()
    channel = testing.channel_of(document, "national-human-trafficking-hotline")
    channel["contacts"][0] |= values
    return testing.fictional_directory(document)


def checked(directory: Any, organization: str = POLICE, record: int = 0, **changes: Any) -> Any:
    """Check an update that changes the second contact point of a record."""
    import ct_trafficking_resources as ctr
    import example_data

    form = example_data.form(organization, directory)
    form["records"][record]["contacts"][1 if organization == POLICE else 0] |= changes
    return ctr.check_update(json.dumps(form).encode(), directory=directory, on=example_data.ON)


def rules(report: Any, name: str) -> list[str]:
    """Return the rules that speak of a field."""
    return sorted({one.rule for one in report.findings if one.place.pointer.endswith(f"/{name}")})


def comparison() -> Any:
    """The effect of a change of each field."""
    import ct_trafficking_resources as ctr

    other = {name: f"Another {name}." for name in NAMES}
    changes = ctr.compare(edition(**VALUES), edition(**other)).changes
    return {one.what: one.effect.value for one in changes}


def revocation() -> Any:
    """What is left of a record's texts when they repeat a revoked value."""
    from ct_trafficking_resources.edition.revocation import without_revoked

    text = "Or dial 203-555-2040."
    document = edition(**dict.fromkeys(NAMES, text))._document["organizations"][2]
    assert document["id"] == POLICE
    shown = without_revoked(document, frozenset({"e164:+12035552040"}))["contacts"][1]
    return {name: shown.get(name) for name in NAMES}


def text_rules() -> Any:
    """The rules that speak of a text in each field."""
    texts = {"person": "Ask for Dr. Smith", "markup": "See <b>here", "formula": "=1+1"}
    own = ("directions", "door_code", "floor")
    return {
        what: {name: rules(checked(edition(), **{name: text}), name) for name in own}
        for what, text in texts.items()
    }


def hidden_contacts() -> Any:
    """The rules that speak of a number in each field."""
    return {name: rules(checked(edition(), **{name: "203-555-2040"}), name) for name in SENT}


def decisions() -> Any:
    """The rules that speak of a change of each field: of an office, and of a help line."""
    office = {name: rules(checked(edition(), **{name: VALUES[name]}), name) for name in SENT}
    line = {
        name: rules(checked(edition(), "example-nonprofit", 1, **{name: VALUES[name]}), name)
        for name in SENT
    }
    return {"office": office, "line": line}


def evidence() -> Any:
    """Whether a page bears out a number with a door code, without and with the code."""
    from ct_trafficking_resources.checks.gate import bears_out

    contact = edition(door_code="4711").organization(POLICE).contacts[1]
    pages = ("Call 203-555-8477, press 2.", "Call 203-555-8477, press 2, then 4711.")
    source = contact.evidence.sources[0]
    return [bears_out(attrs.evolve(source, says=says), contact) for says in pages]


def merge() -> Any:
    """What both sides changed, if one changed the number and the other the door code."""
    from ct_trafficking_resources.updates.edits import as_submitted, merge

    base, present, submitted = (as_submitted(edition().organization(POLICE)) for _ in range(3))
    present["contacts"][1]["value"] = "+12035558478"
    submitted["contacts"][1]["door_code"] = "4711"
    return [one.field for one in merge(base, present, submitted).conflicts]


def completion() -> Any:
    """What is private in a contact point that an update changes."""
    report = checked(edition(**VALUES), floor="Third floor")
    (record,) = report.proposal.after.values()
    return {name: record["contacts"][1].get(name) for name in ("floor", "ledger")}


def forms() -> Any:
    """What the forms that are drawn show of the fields, and what is read from one."""
    import ct_trafficking_resources as ctr
    import example_data
    from ct_trafficking_resources.updates.form import CONTACTS
    from ct_trafficking_resources.updates.template import template

    directory = edition(**VALUES)
    drawn = {form: template(POLICE, form, directory) for form in ("json", "csv", "html")}
    text = drawn["csv"].decode("utf-8-sig")
    filled = text.replace("Second floor", "Third floor")
    filled = filled.replace(f"{POLICE},,", f"{POLICE},Records clerk,2026-11-23")
    report = ctr.check_update(filled.encode(), directory=directory, on=example_data.ON)
    columns = [one for one in CONTACTS.columns if one.path[-1] in NAMES]
    return {
        "titles": {one.path[-1]: one.title for one in columns},
        "locked": [one.path[-1] for one in columns if one.locked],
        "json": [name for name in NAMES if VALUES[name] in drawn["json"].decode()],
        "csv": [name for name in NAMES if VALUES[name] in text],
        "page": [name for name in NAMES if f'data-key="{name}"' in drawn["html"].decode()],
        "edits": [[one.field, one.before, one.after] for one in report.edits],
    }


def csv_export() -> Any:
    """What the CSV export says in each column that is new."""
    import ct_trafficking_resources as ctr

    rows = csv.DictReader(io.StringIO(ctr.export("csv", hotline(**VALUES))))
    row = next(one for one in rows if VALUES["directions"] in one.values())
    return {name: row[name] for name in NAMES if name in row}


def exports() -> Any:
    """The fields that each export names the value of."""
    import ct_trafficking_resources as ctr

    directory = hotline(**VALUES)
    texts = {form: ctr.export(form, directory) for form in ("json", "csv", "hsds", "jsonld")}
    texts["vcard"] = ctr.export("vcard", directory).replace("\r\n ", "")  # lines are folded
    return {form: [name for name in NAMES if VALUES[name] in text] for form, text in texts.items()}


def cards() -> Any:
    """The fields that each form of a card names the value of."""
    import ct_trafficking_resources as ctr

    card = ctr.card("victim", "en", hotline(**VALUES))
    drawn = {
        "text": card.text(),
        "markdown": card.markdown(),
        "html": card.html(),
        "sms": card.sms(),
        "json": json.dumps(card.to_dict()),
        "prompt": card.prompt(),
    }
    return {form: [name for name in NAMES if VALUES[name] in text] for form, text in drawn.items()}


def record() -> Any:
    """The fields in a record as plain types, in its repr and its digest, and at a terminal."""
    import attrs
    from click.testing import CliRunner

    from ct_trafficking_resources.cli import look_up

    directory = edition(**VALUES)
    contact = directory.organization(POLICE).contacts[1]
    brief = [attrs.evolve(contact, vanity=None, menu=None, label=None, purposes=())]
    brief += [attrs.evolve(brief[0], directions=None, floor=None)]
    other = {name: edition(**{**VALUES, name: "Another."}) for name in NAMES}
    look_up.load = lambda _: directory
    asked = {form: [POLICE, "--format", form] for form in ("text", "json")}
    told = {
        form: " ".join(CliRunner().invoke(look_up.show_command, words).output.split())
        for form, words in asked.items()
    }
    return {
        "to_dict": [name for name in NAMES if name in contact.to_dict()],
        "repr": [name for name in NAMES if any(name in repr(one) for one in brief)],
        "digest": [
            name
            for name, directory in other.items()
            if directory.organization(POLICE).contacts[1].digest != contact.digest
        ],
        **{f"show as {form}": [one for one in NAMES if VALUES[one] in told[form]] for form in told},
    }


def checklist() -> Any:
    """What a person compares beside the number before a release."""
    from ct_trafficking_resources.publishing.checklist import checklist

    items = checklist(edition(**VALUES), everything=True)
    return [one for item in items for one in item.compare if "door" in one]


def override() -> Any:
    """What is left of the fields where an override replaces the number."""
    from ct_trafficking_resources.override import _OF_OLD_VALUE

    return [name for name in NAMES if name not in _OF_OLD_VALUE]


SURFACES = (
    comparison,
    revocation,
    text_rules,
    hidden_contacts,
    decisions,
    evidence,
    merge,
    completion,
    forms,
    csv_export,
    exports,
    cards,
    record,
    checklist,
    override,
)


def main() -> None:
    """Print what each surface makes of the fields, or how it fails."""
    found = {}
    for surface in SURFACES:
        try:
            found[surface.__name__] = surface()
        except Exception:  # noqa: BLE001 - the others are to be seen all the same
            found[surface.__name__] = format_exc()
    print(json.dumps(found))


if __name__ == "__main__":
    main()

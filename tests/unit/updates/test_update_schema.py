"""The schema of an update keeps step with the schemas of the records."""

from __future__ import annotations

import copy
import json

import pytest

from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.checks.schemas import schema_text
from ct_trafficking_resources.model.fields import keys

UPDATE = json.loads(schema_text("update"))


def properties(name, *path):
    schema = json.loads(schema_text(name))
    for key in path:
        schema = schema[key]
    return schema


@pytest.mark.parametrize(
    ("definition", "name", "path"),
    [
        ("contact_point", "contact-point", ()),
        ("organization", "organization", ()),
        ("help_channel", "help-channel", ()),
        ("membership", "organization", ("properties", "memberships", "items")),
        ("address", "organization", ("properties", "addresses", "items")),
        ("operator", "help-channel", ("properties", "operators", "items")),
    ],
)
def test_a_record_in_an_update_has_the_keys_of_a_record_but_for_evidence(definition, name, path):
    ours, theirs = UPDATE["$defs"][definition], properties(name, *path)
    assert set(ours["properties"]) == set(theirs["properties"]) - {"evidence", *keys("private")}
    assert ours["required"] == [key for key in theirs["required"] if key != "evidence"]
    own = {"contacts", "memberships", "addresses", "operators"}
    base = "/".join((f"urn:ct-trafficking-resources:schemas:{name}#", *path, "properties"))
    for key, schema in ours["properties"].items():
        if key in own:
            assert schema["maxItems"] == theirs["properties"][key].get("maxItems")
        else:
            assert schema == {"$ref": f"{base}/{key}"}


def findings(change):
    update = copy.deepcopy(UPDATE["examples"][0])
    change(update)
    text = strict_json.read(json.dumps(update).encode(), "x")
    return [one.place.pointer for one in schemas.check("update", text)]


def contact(update):
    return update["records"][0]["contacts"][0]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda update: update.pop("role"), ""),
        (lambda update: update.update(role="clerk\n"), "/role"),
        (lambda update: update.update(more=1), "/more"),
        (lambda update: update["records"].clear(), "/records"),
        (lambda update: update["records"][0].update(kind="law"), "/records/0/kind"),
        (lambda update: update["records"][0].pop("kind"), "/records/0"),
        (lambda update: contact(update).update(evidence={}), "/records/0/contacts/0/evidence"),
        (lambda update: contact(update).update(value="911"), "/records/0/contacts/0/value"),
        (lambda update: contact(update).update(mode="email"), "/records/0/contacts/0/kind"),
    ],
)
def test_one_mistake_is_one_finding_at_its_place(change, pointer):
    assert findings(change) == [pointer]


def test_the_example_passes():
    assert findings(lambda _: None) == []

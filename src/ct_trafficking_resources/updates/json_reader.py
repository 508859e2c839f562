"""An update in JSON, its canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources import strict_json
from ct_trafficking_resources.findings import error_at
from ct_trafficking_resources.updates.contact_values import StoredForm, store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.findings import Finding
    from ct_trafficking_resources.strict_json import JsonText
    from ct_trafficking_resources.updates.limits import Limits

FOR_PEOPLE = "instructions"
"""The key that the form has for the person who fills it in; nothing is proposed by it."""


class JsonUpdate(NamedTuple):
    """An update as it stands in a JSON file.

    Attributes:
        text: The file, read.
        document: The update, or None.
        findings: What is wrong with it.
        stored_forms: What is stored in another form than it was typed.
    """

    text: JsonText
    document: dict[str, Any] | None
    findings: tuple[Finding, ...]
    stored_forms: tuple[StoredForm, ...] = ()


def read_json(data: bytes, name: str, limits: Limits) -> JsonUpdate:
    """Read an update from the bytes of a JSON file."""
    text = strict_json.read(data, name, limits.json)
    if text.findings:
        return JsonUpdate(text, None, text.findings)
    if not isinstance(text.document, dict):
        finding = error_at(
            "CTR014",
            text.place(""),
            "The file does not hold an update.",
            "An update is one JSON object; `ct-resources template ORGANIZATION` draws one.",
        )
        return JsonUpdate(text, None, (finding,))
    update = {key: value for key, value in text.document.items() if key != FOR_PEOPLE}
    findings: list[Finding] = []
    stored_forms: list[StoredForm] = []
    for pointer, contacts, index in _contacts(update):
        stored = store(contacts[index])
        contacts[index] = stored.contact
        stored_forms += (
            StoredForm(place=text.place(f"{pointer}/{key}"), typed=typed, stored=kept)
            for key, (typed, kept) in stored.changed.items()
        )
        if stored.problem:
            key, message, hint = stored.problem
            findings.append(error_at("CTR050", text.place(f"{pointer}/{key}"), message, hint))
    return JsonUpdate(text, update, tuple(findings), tuple(stored_forms))


def _contacts(update: dict[str, Any]) -> Iterator[tuple[str, list[Any], int]]:
    """Yield pointer, list and index of every contact point that is an object."""
    for place, record in enumerate(_list(update, "records")):
        if isinstance(record, dict):
            contacts = _list(record, "contacts")
            for index, contact in enumerate(contacts):
                if isinstance(contact, dict):
                    yield f"/records/{place}/contacts/{index}", contacts, index


def _list(document: dict[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    return value if isinstance(value, list) else []

"""What a person believes of a line: whose it is, and what it promises.

Nobody who is in danger can check a name or a promise. That nobody takes another's
name can be told here; whether a promise is kept, a person must ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.findings import Severity, quote
from ct_trafficking_resources.lookalike import skeleton
from ct_trafficking_resources.model import HelpChannel
from ct_trafficking_resources.updates.checks.base import Trouble, rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.model import Record
    from ct_trafficking_resources.updates.edits import Edit
    from ct_trafficking_resources.updates.proposal import Proposal

_NAMES = frozenset({"name", "short_name", "label"})
"""Keys whose text says whose a record or a contact point is."""

_BELIEVED: dict[str, str] = {
    "addresses": "a person goes there",
    "label": "a person chooses by it what to call",
    "mode": "a person who writes to a number that only takes calls reaches nobody",
    "name": "it is known by its present name",
    "note": "a person does what it says",
    "purposes": "a person is led to it by them",
    "short_name": "it is known by its present name",
    "summary": "a person decides by it whether to call",
    "vanity": "it is read aloud and remembered",
}
"""What is looked at in every record and contact point, each with the reason."""

_PROMISED: dict[str, str] = {
    "anonymous": "a person decides by it whether to give a name",
    "mandated_reporters": "a child decides by it what to tell",
    "confidentiality": "a person decides by it what to tell",
}
"""What is looked at in a help channel, each with the reason."""

_EXPECTED: dict[str, str] = {
    "carrier_charges": "a call that costs stands on somebody's bill",
    "hours": "a person may have one moment to call",
    "interpreter_languages": "a person who is not understood does not call again",
    "languages": "cards put the line that speaks the reader's language first",
}
"""What is looked at in a contact point of a help channel, each with the reason."""


@rule(
    "CTR352",
    Severity.ERROR,
    "Nothing takes the name of another record.",
    reason="Who reads the name of a line that they trust calls whatever number stands behind it.",
    hint="Write the name that is theirs. Write to the curators if both are called so.",
)
def _own_name(proposal: Proposal) -> Iterator[Trouble]:
    taken = {
        _seen(name): record
        for record in proposal.present
        if record.id not in proposal.own
        for name in _names_of(record)
    }
    for edit in proposal.edits:
        for key, name, values in _named(edit):
            other = taken.get(_seen(name))
            if other is not None and not values & _values_of(other):
                pointer = proposal.pointer(edit.record, edit.contact, key)
                yield Trouble(pointer, f"{quote(name)} is the name of {other.id}.")


def _seen(name: str) -> str:
    """Return what a reader sees of a name: no case, no signs, look-alike letters as one."""
    return "".join(one for one in skeleton(name) if one.isalnum())


def _names_of(record: Record) -> Iterator[str]:
    yield record.name
    for past in getattr(record, "former_names", ()):
        yield past.name
    if short := getattr(record, "short_name", None):
        yield short


def _values_of(record: Record) -> set[str]:
    return {one.value for one in getattr(record, "contacts", ())}


def _named(edit: Edit) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the key and the text of each new name, and the value that it names, if any."""
    if edit.field is None:
        contact: Mapping[str, Any] = edit.after or {}
        if "label" in contact:
            yield "label", contact["label"], {contact["value"]}
    elif edit.field in _NAMES and edit.after is not None:
        yield edit.field, edit.after, set()


@rule(
    "CTR353",
    Severity.WARNING,
    "What a person believes of a line is looked at by a person.",
    reason="Such words are taken at their word: nobody in danger can try whether they are true.",
    hint="Make sure, by a way that you knew before this update came, that the partner means it.",
)
def _promises(proposal: Proposal) -> Iterator[Trouble]:
    for edit in proposal.edits:
        channel = isinstance(proposal.own[edit.record], HelpChannel)
        reasons = _BELIEVED | (_PROMISED | _EXPECTED if channel else {})
        # Of a contact point that is new, all that it says is.
        keys = {edit.field} if edit.field else (edit.after or {}).keys() & {"label", "note"}
        for key in sorted(keys & reasons.keys()):
            yield Trouble(
                proposal.pointer(edit.record, edit.contact, key),
                f"`{key}` would change: {reasons[key]}.",
            )


RULES = (_own_name, _promises)

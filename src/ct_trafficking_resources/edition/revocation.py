"""What must not be shown, taken out: of records, tombstones, misprints, texts and pickles.

A contact point goes with its revoked value, a relay with the number it leads to.
Words that repeat a revoked value go too, in whatever record, because a number in a
note is dialed like any other. What a field is decides what becomes of its text
(`model.base.about`): prose is replaced, a name loses the number, and a link to a
source or a word that is sent is left out. Ids stay: records are found by them.

A tombstone names the value that it withdraws, and a misprint the wrong form that it
is about, because stale copies are found by them. Nothing else is named, and what is
to be used instead is what a directory shows now (`shown_history`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ct_trafficking_resources import web
from ct_trafficking_resources.edition.history import (
    NATIONAL,
    WITHDRAWN,
    index,
    is_revoked,
    may_repeat,
    mentions,
    revocation,
    streams,
)
from ct_trafficking_resources.model import Evidence, Misprint, Source, Tombstone, Value, fields
from ct_trafficking_resources.model.channels import Reachable
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ct_trafficking_resources.edition.history import History
    from ct_trafficking_resources.model import Record

    _Entry = TypeVar("_Entry", Tombstone, Misprint)

_GONE: Any = object()
_IN_ADDRESSES = 5
"""Digits from which on a number is looked for in a link or a postal address: with fewer,
it is a number of a house or a year."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])")


# --- texts ---------------------------------------------------------------------------------------


def redacted(text: str, revoked: frozenset[str]) -> str:
    """Return a text, or that it is withdrawn if it repeats what is revoked."""
    return WITHDRAWN if _repeats(text, revoked) else text


def repeated(text: str, revoked: frozenset[str]) -> frozenset[str]:
    """Return the revoked values that a text repeats."""
    return frozenset(value for value in revoked if _repeats(text, frozenset({value})))


def without_sentences(text: str, revoked: frozenset[str]) -> str:
    """Return a text without the sentences that repeat what is revoked."""
    if not _repeats(text, revoked):
        return text
    kept = " ".join(part for part in _SENTENCE.split(text) if not _repeats(part, revoked))
    return WITHDRAWN if not kept or _repeats(kept, revoked) else kept


def _repeats(text: str, revoked: frozenset[str], shortest: int = 0) -> bool:
    """Tell whether a text repeats what is revoked.

    Args:
        text: The text.
        revoked: The revoked values.
        shortest: Digits of the shortest number that counts.
    """
    if not may_repeat(text, revoked):
        return False
    words, numbers = mentions(revoked)
    lower = text.lower()
    if any(word in lower and _is_whole(word, lower) for word in words):
        return True
    digits, keys = streams(text)
    return any(
        number in digits or number in keys
        if len(number) == NATIONAL
        else len(number) >= shortest and _stands_alone(number, text)
        for number in numbers
    )


def _is_whole(word: str, text: str) -> bool:
    """Tell whether a word stands in a text, and not only its letters in a longer one."""
    return re.search(f"(?<![a-z0-9-]){re.escape(word)}(?![a-z0-9])", text) is not None


def _stands_alone(number: str, text: str) -> bool:
    """Tell whether a short number stands in a text, and not only its digits in a longer one.

    This finds more than `phone.is_printed`, which evidence rests on: what is
    revoked is hidden whatever stands between its digits, and if letters spell it.
    """
    groups = re.split("[^0-9]+", _digits_in_place(text))
    if any(
        number == "".join(groups[place : place + count])
        for place in range(len(groups))
        for count in range(1, len(number) + 1)
    ):
        return True
    return any(
        streams(word)[1] == number for word in re.findall(r"\b(?=\w*[A-Z]\w*[A-Z])\w{4,}\b", text)
    )


def _digits_in_place(text: str) -> str:
    """Return a text in which digits of other scripts are written in ASCII."""
    return "".join(streams(sign)[0] if sign.isdigit() else sign for sign in text)


def cut(text: str, revoked: frozenset[str], mark: str = WITHDRAWN) -> str:
    """Return a text with a mark in the place of each revoked value."""
    if not _repeats(text, revoked):
        return text
    words, numbers = mentions(revoked)
    forms = [
        rf"(?:https?://)?(?:(?<![a-z0-9.-])[a-z0-9.-]*\.)?(?<![a-z0-9-]){re.escape(word)}[^\s,;)]*"
        for word in words
    ]
    for number in numbers:
        signs = r"\W{0,3}".join(f"[{digit}{_LETTERS.get(digit, '')}]" for digit in number)
        lead = r"(?:\+?1\W{0,3})?\(?" if len(number) == NATIONAL else ""
        forms.append(rf"(?<![a-z0-9]){lead}{signs}(?![a-z0-9])")
    kept = re.sub("|".join(forms), mark, _digits_in_place(text), flags=re.IGNORECASE)
    return WITHDRAWN if _repeats(kept, revoked) else kept


def _named(name: str, revoked: frozenset[str]) -> str:
    """Return a name without what is revoked; the rest tells what it is the name of."""
    rest = cut(name, revoked, " ")
    if rest == name:
        return name
    rest = " ".join(re.sub(r"\(\W*\)", " ", rest).split()).strip(" ,;:./&-\u2013\u2014")
    return rest or WITHDRAWN


_LETTERS = {
    "2": "abc",
    "3": "def",
    "4": "ghi",
    "5": "jkl",
    "6": "mno",
    "7": "pqrs",
    "8": "tuv",
    "9": "wxyz",
}


# --- documents and objects -----------------------------------------------------------------------


@cache
def _treatments() -> Mapping[str, Callable[[str, frozenset[str]], Any]]:
    """Return what becomes of the text in a field that repeats a revoked value, by its key."""
    return {
        **dict.fromkeys(fields.keys("text", "prose", "quote"), redacted),
        **dict.fromkeys(fields.keys("text", "name"), _named),
        **dict.fromkeys(fields.keys("text", "value"), _redacted_value),
        **dict.fromkeys(fields.keys("effect", "code"), _left_out),
        **dict.fromkeys(fields.keys("address", "page"), _linked),
        **dict.fromkeys(fields.keys("address", "host"), _host),
    }


def _redacted_value(text: str, revoked: frozenset[str]) -> str:
    return WITHDRAWN if _repeats(text, revoked, _IN_ADDRESSES) else text


def _left_out(word: str, revoked: frozenset[str]) -> Any:
    return None if _repeats(word.upper(), revoked) else word


def _linked(url: str, revoked: frozenset[str]) -> Any:
    return None if _leads_to(url, revoked) else url


def _leads_to(address: str, revoked: frozenset[str]) -> bool:
    """Tell whether an address is revoked, or carries what is: a number, or another address."""
    if is_revoked("url", address, revoked):
        return True
    if not may_repeat(address, revoked):
        return False
    behind = address.lower().replace(web.authority(address).host, " ", 1)
    no_hosts = frozenset(value for value in revoked if not value.startswith("host:"))
    return _repeats(behind, revoked, _IN_ADDRESSES) or _repeats(address, no_hosts, _IN_ADDRESSES)


def _host(host: str, revoked: frozenset[str]) -> Any:
    return None if is_revoked("host", host, revoked) else host


def without_revoked(document: Mapping[str, Any], revoked: frozenset[str]) -> Mapping[str, Any]:
    """Return the document of a record without what must not be shown.

    A document that has nothing to hide is returned as it is.
    """
    return _part(document, revoked) if revoked else document


def _part(part: Mapping[str, Any], revoked: frozenset[str]) -> Any:
    """Return the keys of a part without what must not be shown; of a contact point, maybe none."""
    if _is_gone(part, revoked):
        return _GONE
    shown = {
        key: clean
        for key, value in part.items()
        if (clean := _value(key, value, revoked)) is not _GONE
    }
    for key in part.keys() & {"contacts"}:
        shown[key] = _reached(part[key], shown[key])
    if shown.get("display") != part.get("display"):
        shown["display"] = web.display(part["value"])  # what stood there is another value
    return part if shown == part else shown


def _is_gone(part: Mapping[str, Any], revoked: frozenset[str]) -> bool:
    """Tell whether a part is a contact point, or its confirmation, that must not be shown."""
    if "way" in part:
        return _repeats(f"{part['value']}\n{part['role']}", revoked)
    if "mode" not in part or "value" not in part:
        return False
    kind, value = part["kind"], part["value"]
    return is_revoked(kind, value, revoked) or (
        kind in {"url", "email"} and _leads_to(value, revoked)
    )


def _value(key: str, value: Any, revoked: frozenset[str]) -> Any:
    """Return the value of a key without what must not be shown; `_GONE` if nothing is left."""
    if type(value) is str:
        treat = _treatments().get(key)
        clean = value if treat is None else treat(value, revoked)
        if clean is None:
            return None if key == "url" else _GONE
        return clean
    if isinstance(value, list | tuple):
        items = [_value(key, item, revoked) for item in value]
        kept = [item for item in items if item is not _GONE and not _is_empty(item)]
        if value and not kept and key in {"hosts", "accepted_keywords"}:
            return _GONE
        return value if kept == list(value) else type(value)(kept)
    return _part(value, revoked) if isinstance(value, dict) else value


def _is_empty(item: Any) -> bool:
    """Tell whether nothing is left of an unpickled part: a value, or a line of a card."""
    return getattr(item, "value", None) == WITHDRAWN or getattr(item, "contacts", None) == ()


def _reached(before: Any, after: Any) -> Any:
    """Return the contact points without relays that lead to one that is gone."""
    ids = {_get(contact, "id") for contact in after}
    gone = {_get(contact, "id") for contact in before} - ids
    kept = [contact for contact in after if _get(contact, "relay_to") not in gone]
    return type(after)(kept) if len(kept) < len(after) else after


def _get(contact: Any, key: str) -> Any:
    return contact.get(key) if isinstance(contact, dict) else getattr(contact, key)


# --- tombstones and misprints --------------------------------------------------------------------


def shown_history(history: History, records: Iterable[Record], revoked: frozenset[str]) -> History:
    """Return tombstones and misprints as a directory may show them.

    Args:
        history: Tombstones and misprints as they were written.
        records: What the directory shows.
        revoked: The revoked values.
    """
    shown = _Shown(records, history, revoked)
    return type(history)(
        tombstones=tuple(
            shown_entry(entry, shown.instead(entry.replacement), revoked)
            for entry in history.tombstones
        ),
        misprints=tuple(
            shown_entry(entry, shown.meant(entry), revoked) for entry in history.misprints
        ),
    )


class _Shown:
    """The values that a directory shows, and what replaced those that it does not."""

    def __init__(
        self, records: Iterable[Record], history: History, revoked: frozenset[str]
    ) -> None:
        self._revoked = revoked
        reachable = [record for record in records if isinstance(record, Reachable)]
        self._contacts = {
            (record.id, contact.id): Value(kind=contact.kind, value=contact.value)
            for record in reachable
            for contact in record.contacts
        }
        self._values = {_key(value) for value in self._contacts.values()}
        hosts = {web.contact_host(value.kind, value.value) for value in self._contacts.values()}
        hosts.update(web.host_of(host) for one in reachable for host in getattr(one, "hosts", ()))
        self._hosts = {parent for host in hosts if host for parent in web.parents(host)}
        self._replaced = {
            _key(tombstone.value): tombstone.replacement
            for tombstone in history.tombstones
            if tombstone.value is not None and tombstone.replacement is not None
        }

    def instead(self, value: Value | None) -> Value | None:
        """Return the value to use instead, as it is now; None if nothing is known to replace it.

        Where the value is not shown any more, its own tombstone says what is.
        """
        seen: set[str] = set()
        while value is not None and not self._is_shown(value):
            key = _key(value)
            value = None if key in seen else self._replaced.get(key)
            seen.add(key)
        return value

    def meant(self, misprint: Misprint) -> Value | None:
        """Return what a misprint should have been: the present value of the contact point."""
        right = misprint.right
        present = self._contacts.get((misprint.record or "", misprint.contact or ""))
        if right is None or (present is not None and present.kind == right.kind):
            return right and present
        return self.instead(right) or present

    def _is_shown(self, value: Value) -> bool:
        if value.kind == ValueKind.HOST:
            return web.host_of(value.value) in self._hosts
        if value.kind == ValueKind.PHRASE:
            return not _repeats(value.value, self._revoked)
        return _key(value) in self._values


def _key(value: Value) -> str:
    return revocation(value.kind, value.value)


def shown_entry(entry: _Entry, right: Value | None, revoked: frozenset[str]) -> _Entry:
    """Return a tombstone or misprint as it may be shown.

    Its explanation does not repeat a right value that has moved on, either.

    Args:
        entry: The tombstone or misprint, as it was written.
        right: What it says is right, as a directory shows it now.
        revoked: The revoked values.
    """
    about: Value | None
    if isinstance(entry, Misprint):
        about, name, said = entry.wrong, "right", entry.right
    else:
        about, name, said = entry.value, "replacement", entry.replacement
    moved = frozenset({_key(said)} if said is not None and said != right else ())
    own = frozenset({_key(about)} if about is not None else ())
    changes: dict[str, Any] = {
        **({"name": _named(entry.name, revoked - own)} if isinstance(entry, Tombstone) else {}),
        name: right,
        "explanation": without_sentences(entry.explanation, revoked | moved),
        "evidence": _shown_evidence(entry.evidence, revoked - own),
    }
    return attrs.evolve(entry, **changes)


def _shown_evidence(evidence: Evidence, revoked: frozenset[str]) -> Evidence:
    sources = tuple(_built(Source, _fields(source), revoked) for source in evidence.sources)
    shown: Evidence = _built(Evidence, {**_fields(evidence), "sources": sources}, revoked)
    return shown


# --- pickles -------------------------------------------------------------------------------------


def reduced(part: Any) -> tuple[object, ...]:
    """Return how a record, a part of one, or a card is pickled and copied; for `copyreg`."""
    values = _fields(part)
    if isinstance(part, Tombstone | Misprint):  # whose sources may print what they withdraw
        sources = tuple(map(_fields, part.evidence.sources))
        values["evidence"] = {**_fields(part.evidence), "sources": sources}
    return restored, (type(part), values)


def restored(cls: type, values: dict[str, Any]) -> Any:
    """Return an unpickled object, without what the package knows to be revoked.

    Its parts were unpickled before it, each in the same way.
    """
    revoked = index().revoked
    if not issubclass(cls, Tombstone | Misprint):
        return _built(cls, values, revoked)
    sources = tuple(Source(**source) for source in values["evidence"]["sources"])
    evidence = Evidence(**{**values["evidence"], "sources": sources})
    entry: Any = cls(**{**values, "evidence": evidence})
    right = entry.right if isinstance(entry, Misprint) else entry.replacement
    if right is not None and (_key(right) in revoked or _repeats(right.value, revoked)):
        right = None
    return shown_entry(entry, right, revoked)


def _built(cls: type, values: dict[str, Any], revoked: frozenset[str]) -> Any:
    """Return an object; a contact point that is gone leads nowhere, and says so."""
    shown = _part(values, revoked)
    if shown is not _GONE:
        return cls(**shown)
    kept = {key: values[key] for key in values.keys() & {"id", "mode", "evidence", "way", "day"}}
    said = dict.fromkeys(values.keys() & {"kind", "display", "role"}, WITHDRAWN)
    return cls(**kept, **said, value=WITHDRAWN)


def _fields(part: Any) -> dict[str, Any]:
    return {field.name: getattr(part, field.name) for field in attrs.fields(type(part))}

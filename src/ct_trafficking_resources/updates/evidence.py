"""What an update rests on: the pages that it cites, and what a person confirmed.

A partner's word is the strongest evidence there is for its own office, and it
is recorded as what it is: who sent it, when, and the digest of the update. The
pages that the update cites stand beside it, each with the values it bears out.
Which pages are independent of each other, `policy` knows.

A confirmation is what a person heard from the partner, by a way that was known
before the update came. It is written ``RECORD/CONTACT=VALUE``: a number in any
grouping, everything else as it is written. It holds for that value only. The
rules that ask for one say how with `how_to_confirm`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.errors import BadConfirmation
from ct_trafficking_resources.model import ContactPoint
from ct_trafficking_resources.model.base import canonical_json, having
from ct_trafficking_resources.model.fields import identity, keys, lists
from ct_trafficking_resources.phone import is_printed, is_same, without
from ct_trafficking_resources.policy import hosts_of
from ct_trafficking_resources.updates.edits import as_submitted
from ct_trafficking_resources.vocabulary import (
    DIALED,
    Confidence,
    EvidenceLevel,
    SourceKind,
    ValueKind,
)
from ct_trafficking_resources.web import bare, host_of, page_host

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ct_trafficking_resources.edition.codec import Document
    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import Record


@lru_cache(maxsize=8)
def known_hosts(directory: Directory) -> frozenset[str]:
    """Return the hosts of all organizations and help channels of an edition."""
    return hosts_of(*directory.channels, *directory.organizations)


MOST_SOURCES = 20
"""As many as the schema of evidence holds."""

_PRIVATE = keys("private")
_PROSE = keys("text", "prose")


def digest_of(update: Document) -> str:
    """Return the SHA-256 of an update in canonical form (RFC 8785).

    It does not depend on the form in which the update came: a spreadsheet and
    the JSON that says the same have one digest.
    """
    return sha256(canonical_json(update)).hexdigest()


def bears_out(source: Mapping[str, Any], contact: Mapping[str, Any]) -> bool:
    """Tell whether a source prints the value of a contact point.

    A number must stand in the words that the source is cited for, and so must
    what there is to do besides dialing: the extension, the digits to press in
    the menu, the keywords to send. An address must stand there too, or be the
    page itself.
    """
    words = source.get("says") or ""
    value: str = contact["value"]
    if not all(_has_word(without(words, value), text) for text in _to_do(contact)):
        return False
    if contact["kind"] in DIALED:
        letters = contact.get("vanity")
        return is_printed(words, value) or bool(letters and _has_word(words, letters))
    if contact["kind"] == ValueKind.EMAIL:
        return _has_word(words, value)
    return page_host(source["url"]) == host_of(value) or _has_word(words, bare(value))


def _to_do(contact: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person dials, presses or sends besides the value."""
    for key in having(ContactPoint, "leads", "then"):
        said = contact.get(key) or ()
        for text in [said] if isinstance(said, str) else said:
            digits = re.findall(r"[0-9]+", text) if key in _PROSE else []
            yield from digits or [text]


def _has_word(words: str, wanted: str) -> bool:
    """Tell whether words hold a text that is no part of a longer word or address."""
    bounded = rf"(?<![\w@.-])(?:www\.)?{re.escape(wanted)}(?![\w@-]|[./]\w)"
    return re.search(bounded, words, re.IGNORECASE) is not None


def _private(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what no update shows and none changes."""
    return {key: document[key] for key in _PRIVATE & document.keys()}


class Completion:
    """Gives a record that was sent in what an update leaves out: evidence, and what is private."""

    def __init__(self, update: Document, on: date) -> None:
        """Prepare the evidence of an update.

        Args:
            update: The update.
            on: The day on which it is read.
        """
        self.sources: list[dict[str, Any]] = list(update["sources"])
        self.own: dict[str, Any] = {
            "url": None,
            "title": f"Update sent by {update['submitted_by']}",
            "kind": SourceKind.PARTNER.value,
            "date": update["submitted_on"],
            "read": on.isoformat(),
            "says": f"update sha256:{digest_of(update)}",
        }

    def complete(self, record: Document, present: Record) -> dict[str, Any]:
        """Return the record with evidence: the present one where nothing changed.

        Args:
            record: The record as it is to be, without evidence.
            present: The record as it is.
        """
        known, bare = encode(present), as_submitted(present)
        document = dict(record)
        parts = lists(type(present))
        for name, cls in parts.items():
            if name in record:
                old = {identity(cls, item): item for item in known.get(name, ())}
                same = {identity(cls, item): item for item in bare.get(name, ())}
                items = [(identity(cls, item), item) for item in record[name]]
                document[name] = [
                    self._with_evidence(item, old.get(id), same.get(id)) for id, item in items
                ]
        changed = any(
            record.get(key) != bare.get(key) for key in {**record, **bare} if key not in parts
        )
        evidence = known["evidence"]
        document |= _private(known)
        document["evidence"] = self._added(self.sources, evidence) if changed else evidence
        return document

    def _with_evidence(
        self, item: dict[str, Any], known: dict[str, Any] | None, bare: dict[str, Any] | None
    ) -> dict[str, Any]:
        if known is not None and item == bare:
            return known
        bearing = [page for page in self.sources if "value" in item and bears_out(page, item)]
        same_value = known is not None and item.get("value") == known.get("value")
        kept = known["evidence"] if known is not None and same_value else None
        evidence = self._added(bearing or self.sources, kept)
        return {**item, **_private(known or {}), "evidence": evidence}

    def _added(
        self, sources: list[dict[str, Any]], present: dict[str, Any] | None
    ) -> dict[str, Any]:
        before = present["sources"] if present else []
        cited = [source for source in sources if source not in before]
        return {
            "level": EvidenceLevel.PARTNER_CONFIRMED.value,
            "confidence": Confidence.HIGH.value,
            "sources": [self.own, *cited, *before][:MOST_SOURCES],
            **({"note": present["note"]} if present and "note" in present else {}),
        }


_FORM = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)=(.*\S)", re.DOTALL)
_NUMBER = re.compile(r"\+?[0-9 ().-]+")


class Confirmation(NamedTuple):
    """What a person confirmed.

    Attributes:
        record: Id of the record.
        what: Id of the contact point; ``hosts`` or ``first`` for the record's
            hosts and for what stands first in it.
        value: The value, as heard.
    """

    record: str
    what: str
    value: str

    def holds_for(self, record: str, what: str, value: str) -> bool:
        """Tell whether this is what was confirmed; numbers are compared by their digits."""
        if (self.record, self.what) != (record, what):
            return False
        if _NUMBER.fullmatch(self.value) and _NUMBER.fullmatch(value):
            return is_same(self.value, value)
        return self.value == value

    def __str__(self) -> str:
        return f"{self.record}/{self.what}={self.value}"


def confirmation(text: str) -> Confirmation:
    """Read a confirmation.

    Args:
        text: ``RECORD/CONTACT=VALUE``.

    Raises:
        BadConfirmation: It does not have this form.
    """
    parts = _FORM.fullmatch(text.strip())
    if parts is None:
        raise BadConfirmation(text)
    return Confirmation(*parts.groups())


CALL = (
    "Ask the partner by a way that you knew before this update came, never by the new value,"
    " and never by a test call to a crisis line. If it is right, check again with"
)


def how_to_confirm(record: str, what: str, value: str = "VALUE") -> str:
    """Return the hint that says how a value is confirmed.

    Args:
        record: Id of the record.
        what: Id of the contact point, ``hosts`` or ``first``.
        value: What stands for the value; never the value itself, which is to be
            typed as it was heard.
    """
    return f"{CALL} --confirm {record}/{what}={value}, typing the value as you heard it."

"""What an update adds to the evidence of the values it changes.

A partner's word is the strongest evidence there is for its own office, and it
is recorded as what it is: who sent it, when, and the digest of the update. The
pages that the update cites stand beside it, each with the values it bears out.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.codec import encode
from ct_trafficking_resources.model.content import canonical_json
from ct_trafficking_resources.telephone import digits_of
from ct_trafficking_resources.updates.publishers import host
from ct_trafficking_resources.vocabulary import (
    DIALLED,
    Confidence,
    EvidenceLevel,
    SourceKind,
    ValueKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from ct_trafficking_resources.codec import Document
    from ct_trafficking_resources.model import Record

MOST_SOURCES = 20
"""As many as the schema of evidence holds."""

_PARTS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "contacts": lambda one: one["id"],
    "memberships": lambda one: one["task_force"],
    "operators": lambda one: (one.get("organization"), one["name"], one.get("since")),
    "addresses": lambda one: one["text"],
}
"""Lists whose items have evidence of their own, and what tells an item."""


def digest_of(update: Document) -> str:
    """Return the SHA-256 of an update in canonical form (RFC 8785), without its instructions.

    It does not depend on the form in which the update came: a spreadsheet and
    the JSON that says the same have one digest.
    """
    proposed = {key: value for key, value in update.items() if key != "instructions"}
    return sha256(canonical_json(proposed)).hexdigest()


def bears_out(source: Mapping[str, Any], contact: Mapping[str, Any]) -> bool:
    """Tell whether a source prints the value of a contact point.

    A number must stand in the words that the source is cited for, and so must
    what there is to do besides dialling: the extension, the digits to press in
    the menu, the keywords to send. An address must stand there too, or be the
    page itself.
    """
    words = source.get("says") or ""
    value: str = contact["value"]
    if not all(_has_word(_without(words, value), one) for one in _to_do(contact)):
        return False
    if contact["kind"] in DIALLED:
        letters = contact.get("vanity")
        return _prints(words, value) or bool(letters and _has_word(words, letters))
    if contact["kind"] == ValueKind.URL and host(source["url"]) == host(value):
        return True
    return _has_word(words, value.removeprefix("https://").removeprefix("www.").rstrip("/"))


def _to_do(contact: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person dials, presses or sends besides the value."""
    for key in ("keyword", "extension"):
        if key in contact:
            yield contact[key]
    yield from contact.get("accepted_keywords", ())
    menu = contact.get("menu", "")
    yield from re.findall(r"[0-9]+", menu) or ([menu] if menu else [])


def _without(words: str, value: str) -> str:
    """Return words without a number: its area code is no extension, its digits no menu."""
    return _grouped(value).sub("|", words) if digits_of(value) else words


def _has_word(words: str, wanted: str) -> bool:
    """Tell whether words hold a text that is no part of a longer word or address."""
    bounded = rf"(?<![\w@.-])(?:www\.)?{re.escape(wanted)}(?![\w@-]|[./]\w)"
    return re.search(bounded, words, re.IGNORECASE) is not None


def _prints(words: str, number: str) -> bool:
    """Tell whether words hold a number to call, however it is grouped."""
    return any(
        not _FAX.search(words, 0, found.start()) for found in _grouped(number).finditer(words)
    )


def _grouped(number: str) -> re.Pattern[str]:
    """Return what finds a number in words.

    A number with its area code has three groups, so that of two that stand side
    by side no third one is read. A code stands alone: beside digits of another
    group it is a part of a longer number.
    """
    digits = digits_of(number)
    if len(digits) == _NATIONAL:
        groups = _GAP.join((digits[:3], digits[3:6], digits[6:]))
        return re.compile(rf"(?<![0-9])(?:\+?1{_GAP})?\(?{groups}(?![0-9])")
    code = r"[ .-]?".join(digits)
    return re.compile(rf"(?<![0-9])(?<![0-9][ .()+/-]){code}(?![ .()+/-]*[0-9])")


_NATIONAL = 10
"""Digits of a number with its area code."""

_FAX = re.compile(r"(?<!/)\bfax\b(?:\W|no|number){0,12}\Z", re.IGNORECASE)
"""What stands before a number that nobody answers."""

_GAP = r"[ .()/\u00a0\u2010-\u2015\u2212-]{0,3}"
"""What stands between the groups of a number."""


class Completion:
    """Gives a record that was sent in the evidence that its values rest on."""

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
        from ct_trafficking_resources.updates.own_records import as_submitted

        known, bare = encode(present), as_submitted(present)
        document = dict(record)
        for part, identity in _PARTS.items():
            if part in record:
                old = {identity(one): one for one in known.get(part, ())}
                same = {identity(one): one for one in bare.get(part, ())}
                document[part] = [
                    self._with_evidence(one, old.get(identity(one)), same.get(identity(one)))
                    for one in record[part]
                ]
        changed = any(
            record.get(key) != bare.get(key) for key in {**record, **bare} if key not in _PARTS
        )
        evidence = known["evidence"]
        document["evidence"] = self._added(self.sources, evidence) if changed else evidence
        return document

    def _with_evidence(
        self, item: dict[str, Any], known: dict[str, Any] | None, bare: dict[str, Any] | None
    ) -> dict[str, Any]:
        if known is not None and item == bare:
            return known
        sources = [one for one in self.sources if "value" in item and bears_out(one, item)]
        same_value = known is not None and item.get("value") == known.get("value")
        kept = known["evidence"] if known is not None and same_value else None
        return {**item, "evidence": self._added(sources or self.sources, kept)}

    def _added(
        self, sources: list[dict[str, Any]], present: dict[str, Any] | None
    ) -> dict[str, Any]:
        before = present["sources"] if present else []
        cited = [one for one in sources if one not in before]
        return {
            "level": EvidenceLevel.PARTNER_CONFIRMED.value,
            "confidence": Confidence.HIGH.value,
            "sources": [self.own, *cited, *before][:MOST_SOURCES],
            **({"note": present["note"]} if present and "note" in present else {}),
        }

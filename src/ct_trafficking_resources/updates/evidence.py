"""What an update rests on: the pages that it cites, and what a person confirmed.

A partner's word is the strongest evidence there is for its own office, and it
is recorded as what it is: who sent it, when, and the digest of the update. The
pages that the update cites stand beside it, each with the values it bears out.
Which pages are independent of each other, `policy` knows.

A confirmation is what a person heard from the partner, by a way that was known
before the update came: of which contact point, the value (a number in any
grouping, everything else as it is written), who was asked, how, and when. It
holds for that value only, and is kept in its evidence. The rules that ask for
one say how with `how_to_confirm`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.checks.gate import bears_out
from ct_trafficking_resources.checks.rules import confirms
from ct_trafficking_resources.checks.schemas import impossible_days, misfits
from ct_trafficking_resources.edition.codec import decode_contact, decode_source, encode
from ct_trafficking_resources.errors import BadConfirmation
from ct_trafficking_resources.model.base import canonical_json
from ct_trafficking_resources.model.fields import identity, keys, lists
from ct_trafficking_resources.updates.edits import NO_EVIDENCE, as_submitted
from ct_trafficking_resources.vocabulary import (
    Confidence,
    EvidenceLevel,
    SourceKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ct_trafficking_resources.edition.codec import Document
    from ct_trafficking_resources.model import Record


MOST_SOURCES = 20
"""As many as the schema of evidence holds; of confirmations, too."""

_KEPT = frozenset({"note", "confirmations"})
"""What stays in the evidence of a value that an update leaves as it is, beside the sources."""

_PRIVATE = keys("private")
_PROSE = keys("text", "prose")


def digest_of(update: Document) -> str:
    """Return the SHA-256 of an update in canonical form (RFC 8785).

    It does not depend on the form in which the update came: a spreadsheet and
    the JSON that says the same have one digest.
    """
    return sha256(canonical_json(update)).hexdigest()


def _private(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what no update shows and none changes."""
    return {key: document[key] for key in _PRIVATE & document.keys()}


def _bears_out(page: Mapping[str, Any], contact: Mapping[str, Any]) -> bool:
    state = decode_contact({**contact, "evidence": NO_EVIDENCE})
    return bears_out(decode_source(page), state)


class Completion:
    """Gives a record that was sent in what an update leaves out: evidence, and what is private."""

    def __init__(
        self, update: Document, on: date, confirmed: Iterable[Mapping[str, str]] = ()
    ) -> None:
        """Prepare the evidence of an update.

        Args:
            update: The update.
            on: The day on which it is read.
            confirmed: What a person confirmed with the partner; see `confirmations`.
        """
        self.confirmed = tuple(confirmed)
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
                    self._with_evidence(record["id"], item, old.get(id), same.get(id))
                    for id, item in items
                ]
        changed = any(
            record.get(key) != bare.get(key) for key in {**record, **bare} if key not in parts
        )
        evidence = known["evidence"]
        document |= _private(known)
        evidence = self._added(self.sources, evidence) if changed else evidence
        first = {contact["mode"]: contact["id"] for contact in record.get("contacts", ())[::-1]}
        values: Any = {"hosts": record.get("hosts", ()), "first": first.values()}
        document["evidence"] = self._with_confirmations(evidence, record["id"], values, values)
        return document

    def _with_evidence(
        self,
        record: str,
        item: dict[str, Any],
        known: dict[str, Any] | None,
        bare: dict[str, Any] | None,
    ) -> dict[str, Any]:
        if known is not None and item == bare:
            return known
        bearing = [page for page in self.sources if "value" in item and _bears_out(page, item)]
        same_value = known is not None and item.get("value") == known.get("value")
        kept = known["evidence"] if known is not None and same_value else None
        evidence = self._added(bearing or self.sources, kept)
        if "value" in item:
            evidence = self._with_confirmations(
                evidence, record, [item["id"]], {None: [item["value"]]}
            )
        return {**item, **_private(known or {}), "evidence": evidence}

    def _with_confirmations(
        self,
        evidence: dict[str, Any],
        record: str,
        contacts: Collection[str],
        values: Mapping[str | None, Collection[str]],
    ) -> dict[str, Any]:
        """Return evidence with the confirmations, old and new, of what stands there.

        Args:
            evidence: The evidence.
            record: Id of the record.
            contacts: What the new ones are of.
            values: What can be confirmed there, by the ``what`` of a confirmation.
        """
        new = [
            _stored(heard)
            for heard in self.confirmed
            if heard["record"] == record and heard["contact"] in contacts
        ]
        holding: list[dict[str, str]] = []
        for heard in (*evidence.get("confirmations", ()), *new):
            there = values.get(heard.get("what"), ())
            if heard not in holding and any(confirms(heard["value"], value) for value in there):
                holding.append(heard)
        rest = {key: value for key, value in evidence.items() if key != "confirmations"}
        return {**rest, "confirmations": holding[-MOST_SOURCES:]} if holding else rest

    def _added(
        self, sources: list[dict[str, Any]], present: dict[str, Any] | None
    ) -> dict[str, Any]:
        before = present["sources"] if present else []
        cited = [source for source in sources if source not in before]
        return {
            "level": EvidenceLevel.PARTNER_CONFIRMED.value,
            "confidence": Confidence.HIGH.value,
            "sources": [self.own, *cited, *before][:MOST_SOURCES],
            **{key: value for key, value in (present or {}).items() if key in _KEPT},
        }


_FORM = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)=(.*\S)", re.DOTALL)
_KEYS = ("record", "contact", "value", "role", "way", "day")
OF_RECORD = ("hosts", "first")
"""What can be confirmed of a record itself: one of its hosts, and what stands first in it."""


def from_words(what: str, role: str, way: str, day: str) -> dict[str, str]:
    """Return a confirmation that was typed at the command line.

    Args:
        what: ``RECORD/CONTACT=VALUE``.
        role: The role of the person who was asked.
        way: How they were asked.
        day: The day they were asked.

    Raises:
        BadConfirmation: *what* does not have this form.
    """
    parts = _FORM.fullmatch(what.strip())
    if parts is None:
        raise BadConfirmation(what, "it does not say of what contact point, and which value.")
    return dict(zip(_KEYS, (*parts.groups(), role, way, day), strict=True))


def confirmations(given: Iterable[Mapping[str, Any]]) -> tuple[dict[str, str], ...]:
    """Return confirmations that say all they must, as documents.

    Raises:
        BadConfirmation: One lacks something, or says it as it must not be said.
    """
    return tuple(map(_whole, given))


def _whole(given: Mapping[str, Any]) -> dict[str, str]:
    known = given if isinstance(given, Mapping) else {"value": given}
    heard = {key: str(known[key]).strip() for key in _KEYS if known.get(key)}
    missing = [key for key in _KEYS if key not in heard]
    text = heard.get("value", "")
    if missing:
        raise BadConfirmation(text, f"it does not say {' and '.join(missing)}.")
    stored = _stored(heard)
    for _, problem in (*misfits("confirmation", stored), *impossible_days(stored)):
        raise BadConfirmation(text, f"{problem.pointer.removeprefix('/')}: {problem.message}")
    return heard


def _stored(heard: Mapping[str, str]) -> dict[str, str]:
    """Return a confirmation as it stands in the evidence."""
    what = {"what": heard["contact"]} if heard["contact"] in OF_RECORD else {}
    return {**what, **{key: heard[key] for key in _KEYS[2:]}}


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
    return (
        f"{CALL} --confirm {record}/{what}={value} ROLE WAY DAY: the value as you heard it, the"
        " role of the person you asked, how you asked, and the day."
    )

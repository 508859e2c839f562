"""What a change does to a person who relies on the value.

A number can be perfectly formed and still send a person to the wrong place.
These checks ask how such a number comes about: by a slip of the finger, by a
copied page, by someone who wants the calls.

Some are blocked *until confirmed*: a person asks the partner, by a way that was
known before the update came, and types the value as they hear it. A
confirmation is written ``RECORD/CONTACT=VALUE``; it holds for that value only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ct_trafficking_resources.findings import Severity, quote
from ct_trafficking_resources.lookalike import looks_like
from ct_trafficking_resources.model import HelpChannel, Organization
from ct_trafficking_resources.near_miss import Slip, slip
from ct_trafficking_resources.telephone import digits_of
from ct_trafficking_resources.updates.checks.base import Trouble, update_rule
from ct_trafficking_resources.updates.checks.values import DIALLED
from ct_trafficking_resources.updates.edits import contacts_of
from ct_trafficking_resources.updates.evidence import bears_out, host, independent
from ct_trafficking_resources.updates.own_records import as_submitted
from ct_trafficking_resources.vocabulary import Audience, Purpose, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.directory import Directory
    from ct_trafficking_resources.updates.edits import Edit
    from ct_trafficking_resources.updates.proposal import Proposal

_IN_DANGER = frozenset({Audience.VICTIM, Audience.CHILD, Audience.WORKER, Audience.PUBLIC})
"""Whom a channel is for whose caller may be in danger, or may know who is."""

_OFFICE = frozenset(
    {
        Purpose.GENERAL_INFORMATION,
        Purpose.TRAINING,
        Purpose.INVESTIGATIONS,
        Purpose.CRIME_TIPS,
        Purpose.POLICE_NON_EMERGENCY,
    }
)
"""What an organization's contact point may be for without being help itself."""

_REACHES = (
    "value",
    "kind",
    "mode",
    "extension",
    "keyword",
    "accepted_keywords",
    "relay_to",
    "valid_from",
    "valid_to",
)
"""Keys that decide where a person arrives, or whether the way is shown at all."""

_SHORT_HOST = 8
"""Up to this many characters, hosts of different bodies differ in one letter (dol.gov, doj.gov)."""

_SLIPS = {
    Slip.TOLL_FREE_PREFIX: "another toll-free prefix, which is another number",
    Slip.SWAPPED_DIGITS: "two {unit}s swapped",
    Slip.ONE_DIGIT: "one {unit} different",
    Slip.DROPPED_DIGIT: "one {unit} left out",
    Slip.EXTRA_DIGIT: "one {unit} too many",
}

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z-])(?:\+?1[ .-]?)?\(?[2-9][0-9]{2}\)?[ .-]{0,2}[0-9]{3}[ .-]?[0-9]{4}(?![0-9])"
)
_SITE = re.compile(
    r"(?:https?://|www\.|@)([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})", re.IGNORECASE
)
_RUNNING = frozenset({"confidentiality", "label", "menu", "name", "note", "short_name", "summary"})
"""Keys whose text a reader may take a number from."""

_CALL = (
    "Ask the partner by a way that you knew before this update came, never by the new value,"
    " and never by a test call to a crisis line. If it is right, check again with"
)


class _Change(NamedTuple):
    """A contact point that an update adds, changes or removes.

    Attributes:
        record: Id of the record.
        contact: Id of the contact point.
        before: As it is, or None.
        after: As it is to be, or None.
        fields: What differs; empty if the whole came or went.
    """

    record: str
    contact: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    fields: frozenset[str]


def _changes(proposal: Proposal) -> Iterator[_Change]:
    for id, merged in proposal.compared.items():
        before = contacts_of(as_submitted(proposal.own[id]))
        after = contacts_of(merged.document)
        touched: dict[str, set[str]] = {}
        for edit in proposal.edits:
            if edit.record == id and edit.contact is not None:
                touched.setdefault(edit.contact, set()).update({edit.field} - {None})  # type: ignore[arg-type]
        for contact, fields in touched.items():
            yield _Change(id, contact, before.get(contact), after.get(contact), frozenset(fields))


def _reaches_elsewhere(change: _Change) -> bool:
    return not change.fields or bool(change.fields.intersection(_REACHES))


def is_victim_facing(record: Organization | HelpChannel, contact: Mapping[str, Any]) -> bool:
    """Tell whether a person in danger may rely on a contact point.

    Args:
        record: The record it belongs to.
        contact: The contact point, as a document.
    """
    if isinstance(record, HelpChannel):
        return bool(_IN_DANGER.intersection(record.audiences))
    return not _OFFICE.issuperset(contact.get("purposes", ()))


def _confirmed(proposal: Proposal, record: str, what: str, value: str) -> bool:
    return f"{record}/{what}={value}" in proposal.confirmed


def _confirm(record: str, what: str, value: str = "VALUE") -> str:
    return f"{_CALL} --confirm {record}/{what}={value}, typing the value as you heard it."


@update_rule(
    "CTR341",
    Severity.ERROR,
    "A number is not almost the present one.",
    reason="One digit, one swap or one toll-free prefix: that is how a number goes wrong, and"
    " +1 800 373 7888 instead of +1 888 373 7888 stands in public code to this day.",
    hint=f"{_CALL} --confirm.",
)
def _no_near_miss(proposal: Proposal) -> Iterator[Trouble]:
    for change in _changes(proposal):
        near = _near(change, proposal.own[change.record])
        value = (change.after or {}).get("value", "")
        if near and not _confirmed(proposal, change.record, change.contact, value):
            yield Trouble(
                proposal.pointer(change.record, change.contact, "value"),
                f"{quote(value)} is almost the present {quote(near[0])}: {near[1]}.",
                _confirm(change.record, change.contact),
            )


def _near(change: _Change, record: Organization | HelpChannel) -> tuple[str, str] | None:
    """Return the value of a record that the new one is almost, and by which slip."""
    if change.after is None:
        return None
    kind, value = change.after["kind"], change.after["value"]
    slips = [(one.value, _slip(kind, value, one.kind, one.value)) for one in record.contacts]
    if any(known == value for known, _ in slips):
        return None
    return next(((known, how) for known, how in slips if how), None)


def _slip(kind: str, value: str, right_kind: str, right: str) -> str | None:
    """Say by which slip a value comes from a known one, or None."""
    if kind in DIALLED and right_kind in DIALLED:
        how = slip(digits_of(value), digits_of(right))
        return _SLIPS[how].format(unit="digit") if how else None
    if kind == right_kind == ValueKind.EMAIL:
        how = slip(value.lower(), right.lower())
        return _SLIPS[how].format(unit="letter") if how else None
    return None


@update_rule(
    "CTR342",
    Severity.ERROR,
    "A new number is not almost the number of another help channel.",
    reason="A slip in a number that was copied from a help channel's page leads to nobody.",
    hint=f"{_CALL} --confirm.",
)
def _no_near_channel(proposal: Proposal) -> Iterator[Trouble]:
    for change, value in _new_numbers(proposal):
        if _near(change, proposal.own[change.record]):
            continue
        for channel in proposal.present.channels:
            found = _near(change, channel)
            if found and not _confirmed(proposal, change.record, change.contact, value):
                yield Trouble(
                    proposal.pointer(change.record, change.contact, "value"),
                    f"{quote(value)} is almost {quote(found[0])} of {channel.id}: {found[1]}.",
                    _confirm(change.record, change.contact),
                )
                break


def _new_numbers(proposal: Proposal) -> Iterator[tuple[_Change, str]]:
    """Yield the numbers that no record has today."""
    known = {one.value for record in _reachable(proposal.present) for one in record.contacts}
    for change in _changes(proposal):
        after = change.after
        if after is not None and after["kind"] in DIALLED and after["value"] not in known:
            yield change, after["value"]


def _reachable(directory: Directory) -> Iterator[Organization | HelpChannel]:
    yield from directory.channels
    yield from directory.organizations


@update_rule(
    "CTR343",
    Severity.ERROR,
    "A host does not look like a known one.",
    reason="A name that cannot be told from the right one at a glance is how people are lured.",
    hint="Compare it letter by letter with the address in the browser. It is never accepted as"
    " it stands; if the host is truly theirs, the curators enter it.",
)
def _no_lookalike(proposal: Proposal) -> Iterator[Trouble]:
    known = _known_hosts(proposal.present)
    for pointer, name in _new_hosts(proposal, known):
        other = next((one for one in sorted(known) if _alike(name, one)), None)
        if other is not None:
            yield Trouble(pointer, f"The host {quote(name)} looks like {quote(other)}.")


def _alike(name: str, other: str) -> bool:
    near = len(other) > _SHORT_HOST and slip(name, other) is not None
    return near or looks_like(name, other)


def _known_hosts(directory: Directory) -> frozenset[str]:
    found = {host(f"https://{one}") for org in directory.organizations for one in org.hosts}
    for record in _reachable(directory):
        found |= {_host_of(one.kind, one.value) for one in record.contacts}
    return frozenset(one for one in found if one)


def _host_of(kind: str, value: str) -> str | None:
    if kind == "email":
        return value.rpartition("@")[2]
    return host(value) if kind == "url" else None


def _new_hosts(proposal: Proposal, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield where a host stands that no record has today, and the host."""
    for edit in proposal.edits:
        if edit.contact is None and edit.field == "hosts":
            for name in edit.after or ():
                if name.removeprefix("www.") not in known:
                    yield proposal.pointer(edit.record, None, "hosts"), name.removeprefix("www.")
    for change in _changes(proposal):
        if change.after is not None and (not change.fields or "value" in change.fields):
            found = _host_of(change.after["kind"], change.after["value"])
            if found is not None and found not in known:
                yield proposal.pointer(change.record, change.contact, "value"), found


@update_rule(
    "CTR344",
    Severity.ERROR,
    "A change to what a person in danger uses rests on two independent pages that print it.",
    reason="Such a value is read once and dialled. A mistake or a lie in one form must not be"
    " enough to move it.",
    hint="Cite two public pages on different hosts, one of them official or the operator's own,"
    " and copy the words with the new value into `says`.",
)
def _two_sources(proposal: Proposal) -> Iterator[Trouble]:
    for change in _changes(proposal):
        contact = change.after or change.before or {}
        facing = is_victim_facing(proposal.own[change.record], contact)
        if not facing or not _reaches_elsewhere(change):
            continue
        pointer = proposal.pointer(change.record, change.contact, _first(change.fields))
        if change.after is None:
            if not independent(proposal.sources):
                yield Trouble(
                    pointer,
                    f"{quote(contact['display'])} of {change.record} would be gone, without two"
                    " independent pages that say so.",
                )
        elif not independent([one for one in proposal.sources if bears_out(one, change.after)]):
            yield Trouble(
                pointer,
                f"{quote(contact['display'])} of {change.record} is not printed by two"
                " independent pages that the update cites.",
            )


def _first(fields: frozenset[str]) -> str | None:
    return next((one for one in _REACHES if one in fields), None)


@update_rule(
    "CTR345",
    Severity.ERROR,
    "A changed value has a page that can be opened.",
    reason="An auditor must be able to read what the value rests on.",
    hint="Cite at least one public page, with its address, that shows the new value.",
)
def _has_page(proposal: Proposal) -> Iterator[Trouble]:
    if any(host(one["url"]) for one in proposal.sources):
        return
    for change in _changes(proposal):
        if change.after is not None and (not change.fields or "value" in change.fields):
            pointer = proposal.pointer(change.record, change.contact, "value")
            yield Trouble(pointer, f"{quote(change.after['display'])} rests on no page.")


@update_rule(
    "CTR346",
    Severity.ERROR,
    "A new host of the organization is confirmed.",
    reason="Whoever may add a host may send readers there.",
    hint=f"{_CALL} --confirm.",
)
def _hosts_confirmed(proposal: Proposal) -> Iterator[Trouble]:
    known = _known_hosts(proposal.present)
    for edit in proposal.edits:
        if edit.contact is None and edit.field == "hosts":
            for name in edit.after or ():
                new = name not in (edit.before or ())
                if (
                    new
                    and not any(_alike(name.removeprefix("www."), one) for one in known)
                    and not _confirmed(proposal, edit.record, "hosts", name)
                ):
                    yield Trouble(
                        proposal.pointer(edit.record, None, "hosts"),
                        f"The host {quote(name)} is new.",
                        _confirm(edit.record, "hosts", "HOST"),
                    )


@update_rule(
    "CTR347",
    Severity.ERROR,
    "A link of a help channel stays on hosts of the channel or of who runs it.",
    reason="A link to someone else's host can change hands.",
    hint=f"{_CALL} --confirm.",
)
def _channel_hosts(proposal: Proposal) -> Iterator[Trouble]:
    for change in _changes(proposal):
        record = proposal.own[change.record]
        if change.after is None or not isinstance(record, HelpChannel):
            continue
        name = _host_of(change.after["kind"], change.after["value"])
        allowed = {_host_of(one.kind, one.value) for one in record.contacts}
        sender = proposal.own[proposal.submitted_by]
        if isinstance(sender, Organization):
            allowed |= {one.removeprefix("www.") for one in sender.hosts}
        value = change.after["value"]
        foreign = name is not None and name not in allowed
        if foreign and not _confirmed(proposal, change.record, change.contact, value):
            yield Trouble(
                proposal.pointer(change.record, change.contact, "value"),
                f"The host {quote(name)} is neither the channel's nor the sender's.",
                _confirm(change.record, change.contact),
            )


@update_rule(
    "CTR348",
    Severity.ERROR,
    "What stands first is changed with care.",
    reason="Apps show the first number of a record, and the others behind it or not at all.",
    hint=f"{_CALL} --confirm.",
)
def _first_stays(proposal: Proposal) -> Iterator[Trouble]:
    for id, merged in proposal.compared.items():
        before = _first_by_mode(contacts_of(as_submitted(proposal.own[id])))
        kept = contacts_of(merged.document)
        after = _first_by_mode(kept)
        for mode, contact in before.items():
            now = after.get(mode, contact)
            moved = now != contact and contact in kept and kept[contact]["mode"] == mode
            if moved and not _confirmed(proposal, id, "first", now):
                yield Trouble(
                    proposal.pointer(id, now),
                    f"For {mode}, {quote(now)} would stand before {quote(contact)}.",
                    _confirm(id, "first", now),
                )


def _first_by_mode(contacts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    first: dict[str, str] = {}
    for id, contact in contacts.items():
        first.setdefault(contact["mode"], id)
    return first


@update_rule(
    "CTR349",
    Severity.WARNING,
    "A line that was always open still is, and nothing is taken away unseen.",
    reason="Whoever calls at night relies on it.",
    hint="Make sure that the partner means it. A withdrawn value needs a tombstone, so that apps"
    " with older data stop showing it.",
)
def _nothing_lost(proposal: Proposal) -> Iterator[Trouble]:
    for change in _changes(proposal):
        before = change.before or {}
        if change.after is None:
            yield Trouble(
                proposal.pointer(change.record),
                f"The contact point {quote(change.contact)}"
                f" ({quote(before['display'])}) would be gone.",
            )
        elif _always(before) and not _always(change.after):
            yield Trouble(
                proposal.pointer(change.record, change.contact, "hours"),
                f"{quote(before['display'])} would no longer be open at all hours.",
            )


def _always(contact: Mapping[str, Any]) -> bool:
    return bool(contact.get("hours", {}).get("always_open"))


@update_rule(
    "CTR350",
    Severity.ERROR,
    "Running text brings in no number or address of its own.",
    reason="A number in a note is dialled like any other, and none of the checks above sees it.",
    hint="Make it a contact point, or take it out of the text.",
)
def _no_hidden_contact(proposal: Proposal) -> Iterator[Trouble]:
    known = _written(proposal)
    for edit in proposal.edits:
        for text in _mentioned(edit, edit.after):
            if text not in known | set(_mentioned(edit, edit.before)):
                yield Trouble(
                    proposal.pointer(edit.record, edit.contact, edit.field),
                    f"The text holds {quote(text)}, which is no contact point of the sender.",
                )


def _mentioned(edit: Edit, value: Any) -> Iterator[str]:
    """Yield the numbers and hosts in the running text of one side of an edit."""
    texts = (value or {}).values() if edit.field is None else [value]
    keys = (value or {}).keys() if edit.field is None else [edit.field]
    for key, text in zip(keys, texts, strict=True):
        if key in _RUNNING and isinstance(text, str):
            yield from map(digits_of, _NUMBER.findall(text))
            yield from (name.lower().removeprefix("www.") for name in _SITE.findall(text))


def _written(proposal: Proposal) -> set[str]:
    """Return the sender's contact points, old and new, as they are looked for in text."""
    contacts = [
        (one["kind"], one["value"])
        for merged in proposal.compared.values()
        for one in merged.document.get("contacts", ())
    ]
    contacts += [
        (one.kind, one.value) for record in proposal.own.values() for one in record.contacts
    ]
    return {
        digits_of(value) if kind in DIALLED else str(_host_of(kind, value))
        for kind, value in contacts
    }


@update_rule(
    "CTR351",
    Severity.WARNING,
    "A misprint leads to the present value.",
    reason="Whoever meets a known wrong number is told the right one.",
    hint="It will name the new value. Read whether its explanation still holds.",
)
def _misprints_follow(proposal: Proposal) -> Iterator[Trouble]:
    for misprint in proposal.misprints:
        yield Trouble(
            proposal.pointer(misprint.record or "", misprint.contact, "value"),
            f"The misprint {quote(misprint.id)} names the old value as the right one.",
        )


RULES = (
    _no_near_miss,
    _no_near_channel,
    _no_lookalike,
    _two_sources,
    _has_page,
    _hosts_confirmed,
    _channel_hosts,
    _first_stays,
    _nothing_lost,
    _no_hidden_contact,
    _misprints_follow,
)

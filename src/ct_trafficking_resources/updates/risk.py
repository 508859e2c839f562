"""What a change does to a person who relies on the value.

A number can be perfectly formed and still send a person to the wrong place.
`checks.gate` asks how such a number comes about. These rules ask the same of hosts, and
of what a person believes of a line: whose it is, and what it promises. Who relies on
a value and what evidence is enough, `policy` knows.

Some changes are blocked *until confirmed*: a person asks the partner, by a way
that was known before the update came, and types the value as they hear it
(`evidence.Confirmation`). Whether a promise is kept, no rule can tell: the rules
only ask a person to look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.gate import REACHES, two_publishers
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.edition.codec import decode_source
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.model import ContactPoint, HelpChannel
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.model.fields import keys
from ct_trafficking_resources.policy import hosts_of, independent
from ct_trafficking_resources.updates.edits import as_submitted, contacts_of
from ct_trafficking_resources.updates.evidence import (
    CALL,
    how_to_confirm,
)
from ct_trafficking_resources.web import contact_host, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ct_trafficking_resources.checks.rules import Broken
    from ct_trafficking_resources.model import Record
    from ct_trafficking_resources.updates.edits import ContactChange, Edit
    from ct_trafficking_resources.updates.proposal import Proposal


def taken_away(proposal: Proposal) -> Iterator[Broken]:
    """Yield what a person in danger uses and would be gone, without two pages that say so.

    In the records nothing stands for it any more; there a tombstone says why.
    """
    pages = [decode_source(page) for page in proposal.sources if "says" in page]
    own = hosts_of(*proposal.own.values())
    known = hosts_of(*proposal.before.reachable())
    for change, pointer in _moved_for_victims(proposal):
        if change.after is None and not independent(pages, own=own, known=known):
            yield (
                two_publishers,
                Problem(
                    pointer,
                    f"{quote(change.states[-1]['display'])} of {change.record.id} would be gone,"
                    " without two independent pages that say so.",
                ),
            )


@rule(
    "CTR355",
    Severity.WARNING,
    "A person reads on the cited pages what a person in danger will use.",
    reason="Pages are cited by whoever fills in the form, and nothing is fetched here.",
    hint="Open each page that is cited, see whose it is, and read the value there.",
)
def _read_by_a_person(proposal: Proposal) -> Iterator[Problem]:
    for change, pointer in _moved_for_victims(proposal):
        shown = quote(change.states[-1]["display"])
        yield Problem(
            pointer, f"People in danger would reach {change.record.id} otherwise: {shown}."
        )


def _moved_for_victims(proposal: Proposal) -> Iterator[tuple[ContactChange, str]]:
    """Yield what would lead a person in danger elsewhere, and where it stands."""
    for change in proposal.contact_changes:
        # Whoever takes a line off the list of those that victims use may move it next time.
        moved = change.touches(*REACHES) or len(change.facing) > 1
        if moved and True in change.facing:
            field = next((key for key in (*REACHES, "purposes") if key in change.fields), None)
            yield change, proposal.pointer(change.record.id, change.contact, field)


@rule(
    "CTR348",
    Severity.ERROR,
    "What stands first is changed with care.",
    reason="Apps show the first number of a record, and the others behind it or not at all.",
    hint=f"{CALL} --confirm.",
)
def _first_stays(proposal: Proposal) -> Iterator[Problem]:
    for id, merged in proposal.compared.items():
        before = _first_by_mode(contacts_of(as_submitted(proposal.own[id])))
        kept = contacts_of(merged.document)
        after = _first_by_mode(kept)
        for mode, contact in before.items():
            now = after.get(mode, contact)
            moved = now != contact and contact in kept and kept[contact]["mode"] == mode
            if moved and not proposal.is_confirmed(id, "first", now):
                yield Problem(
                    proposal.pointer(id, now),
                    f"For {mode}, {quote(now)} would stand before {quote(contact)}.",
                    how_to_confirm(id, "first", now),
                )


def _first_by_mode(contacts: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    first: dict[str, str] = {}
    for id, contact in contacts.items():
        first.setdefault(contact["mode"], id)
    return first


@rule(
    "CTR349",
    Severity.WARNING,
    "A line that was always open still is, and nothing is taken away unseen.",
    reason="Whoever calls at night, or reads an old leaflet, relies on it.",
    hint="Make sure that the partner means it. A withdrawn value needs a tombstone, so that apps"
    " with older data stop showing it.",
)
def _nothing_lost(proposal: Proposal) -> Iterator[Problem]:
    for change in proposal.contact_changes:
        before = change.before or {}
        if change.after is None:
            yield Problem(
                proposal.pointer(change.record.id),
                f"The contact point {quote(change.contact)}"
                f" ({quote(before['display'])}) would be gone.",
            )
        elif _always(before) and not _always(change.after):
            yield Problem(
                proposal.pointer(change.record.id, change.contact, "hours"),
                f"{quote(before['display'])} would no longer be open at all hours.",
            )
        else:
            yield from _dated(proposal, change, change.after)


def _dated(
    proposal: Proposal, change: ContactChange, after: Mapping[str, Any]
) -> Iterator[Problem]:
    for key, what in (("valid_from", "only be shown from"), ("valid_to", "not be shown after")):
        day = after.get(key)
        if day is not None and key in change.fields:
            yield Problem(
                proposal.pointer(change.record.id, change.contact, key),
                f"{quote(after['display'])} would {what} {day}.",
            )


def _always(contact: Mapping[str, Any]) -> bool:
    return bool(contact.get("hours", {}).get("always_open"))


@rule(
    "CTR351",
    Severity.WARNING,
    "A misprint leads to the present value.",
    reason="Whoever meets a known wrong number is told the right one.",
    hint="It will name the new value, and lose the sentences that repeat the old one. Read whether"
    " its explanation still holds.",
)
def _misprints_follow(proposal: Proposal) -> Iterator[Problem]:
    for misprint in proposal.misprints:
        yield Problem(
            proposal.pointer(misprint.record or "", misprint.contact, "value"),
            f"The misprint {quote(misprint.id)} names the old value as the right one.",
        )


RISK_RULES = (
    _first_stays,
    _nothing_lost,
    _misprints_follow,
    _read_by_a_person,
)


def _added_hosts(proposal: Proposal) -> Iterator[tuple[str, str, str]]:
    """Yield where a host stands that a record's list gains, the record's id, and the host."""
    for edit in proposal.edits:
        if edit.contact is None and edit.field == "hosts":
            pointer = proposal.pointer(edit.record, None, "hosts")
            for number, name in enumerate(edit.after or ()):
                if name not in (edit.before or ()):
                    yield f"{pointer}/{number}", edit.record, name


@rule(
    "CTR346",
    Severity.ERROR,
    "A new host of the organization is confirmed.",
    reason="Whoever may add a host may send readers there.",
    hint=f"{CALL} --confirm.",
)
def _hosts_confirmed(proposal: Proposal) -> Iterator[Problem]:
    for pointer, record, name in _added_hosts(proposal):
        if not proposal.is_confirmed(record, "hosts", name):
            hint = how_to_confirm(record, "hosts", "HOST")
            yield Problem(pointer, f"The host {quote(name)} is new.", hint)


@rule(
    "CTR347",
    Severity.ERROR,
    "A link of a help channel stays on hosts of the channel or of who runs it.",
    reason="A link to someone else's host can change hands.",
    hint=f"{CALL} --confirm.",
)
def _channel_hosts(proposal: Proposal) -> Iterator[Problem]:
    for change in proposal.contact_changes:
        if change.after is None or not isinstance(change.record, HelpChannel):
            continue
        value = change.after["value"]
        name = contact_host(change.after["kind"], value)
        allowed = hosts_of(change.record) | hosts_of(proposal.own[proposal.submitted_by])
        foreign = name is not None and name not in allowed
        if foreign and not proposal.is_confirmed(change.record.id, change.contact, value):
            yield Problem(
                proposal.pointer(change.record.id, change.contact, "value"),
                f"The host {quote(name)} is neither the channel's nor the sender's.",
                how_to_confirm(change.record.id, change.contact),
            )


HOST_RULES = (_hosts_confirmed, _channel_hosts)


_NAMES = keys("names")
"""Keys whose text says whose a record or a contact point is."""


@rule(
    "CTR352",
    Severity.ERROR,
    "Nothing takes the name of another record.",
    reason="Who reads the name of a line that they trust calls whatever number stands behind it.",
    hint="Write the name that is theirs. Write to the curators if both are called so.",
)
def _own_name(proposal: Proposal) -> Iterator[Problem]:
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
                yield Problem(pointer, f"{quote(name)} is the name of {other.id}.")


def _seen(name: str) -> str:
    """Return what a reader sees of a name: no case, no signs, look-alike letters as one."""
    return "".join(sign for sign in skeleton(name) if sign.isalnum())


def _names_of(record: Record) -> Iterator[str]:
    yield record.name
    for past in getattr(record, "former_names", ()):
        yield past.name
    if short := getattr(record, "short_name", None):
        yield short


def _values_of(record: Record) -> set[str]:
    return {contact.value for contact in getattr(record, "contacts", ())}


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
def _promises(proposal: Proposal) -> Iterator[Problem]:
    for edit in proposal.edits:
        record = proposal.own[edit.record]
        cls = type(record) if edit.contact is None else ContactPoint
        reasons = dict(having(cls, "believed"))
        if isinstance(record, HelpChannel):
            reasons |= having(cls, "expected")
        # Of a contact point that is new, all that it says is.
        said = edit.after or {} if edit.field is None else {}
        changed = {edit.field, *(having(cls, "text", "prose").keys() & said)}
        for key in sorted(reasons.keys() & changed):
            yield Problem(
                proposal.pointer(edit.record, edit.contact, key),
                f"`{key}` would change: {reasons[key]}.",
            )


TRUST_RULES = (_own_name, _promises)

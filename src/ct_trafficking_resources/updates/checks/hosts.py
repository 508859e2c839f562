"""Hosts stay in the hands that they are in.

A host that looks like a known one is refused; a new one is confirmed first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.findings import Severity, quote
from ct_trafficking_resources.lookalike import looks_like
from ct_trafficking_resources.model import HelpChannel
from ct_trafficking_resources.near_miss import slip
from ct_trafficking_resources.updates.checks.base import Trouble, rule
from ct_trafficking_resources.updates.confirmations import CALL, how_to_confirm
from ct_trafficking_resources.updates.publishers import host_of, hosts_of, known_hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.updates.proposal import Proposal

_SHORT_HOST = 8
"""Up to this many characters, hosts of different bodies differ in one letter (dol.gov, doj.gov)."""


@rule(
    "CTR343",
    Severity.ERROR,
    "A host does not look like a known one.",
    reason="A name that cannot be told from the right one at a glance is how people are lured.",
    hint="Compare it letter by letter with the address in the browser. It is never accepted as"
    " it stands; if the host is truly theirs, the curators enter it.",
)
def _no_lookalike(proposal: Proposal) -> Iterator[Trouble]:
    known = known_hosts(proposal.present)
    for pointer, name in _new_hosts(proposal, known):
        other = next((one for one in sorted(known) if _alike(name, one)), None)
        if other is not None:
            yield Trouble(pointer, f"The host {quote(name)} looks like {quote(other)}.")


def _alike(name: str, other: str) -> bool:
    near = len(other) > _SHORT_HOST and slip(name, other) is not None
    return near or looks_like(name, other)


def _new_hosts(proposal: Proposal, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield where a host stands that no record has today, and the host."""
    for record, name in _added_hosts(proposal):
        if name.removeprefix("www.") not in known:
            yield proposal.pointer(record, None, "hosts"), name.removeprefix("www.")
    for change in proposal.contact_changes:
        if change.after is not None and change.touches("value"):
            found = host_of(change.after["kind"], change.after["value"])
            if found is not None and found not in known:
                yield proposal.pointer(change.record.id, change.contact, "value"), found


def _added_hosts(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Yield the record and the host for each host that a record's list gains."""
    for edit in proposal.edits:
        if edit.contact is None and edit.field == "hosts":
            for name in edit.after or ():
                if name not in (edit.before or ()):
                    yield edit.record, name


@rule(
    "CTR346",
    Severity.ERROR,
    "A new host of the organization is confirmed.",
    reason="Whoever may add a host may send readers there.",
    hint=f"{CALL} --confirm.",
)
def _hosts_confirmed(proposal: Proposal) -> Iterator[Trouble]:
    known = known_hosts(proposal.present)
    for record, name in _added_hosts(proposal):
        told = any(_alike(name.removeprefix("www."), one) for one in known)  # by CTR343
        if not told and not proposal.is_confirmed(record, "hosts", name):
            yield Trouble(
                proposal.pointer(record, None, "hosts"),
                f"The host {quote(name)} is new.",
                how_to_confirm(record, "hosts", "HOST"),
            )


@rule(
    "CTR347",
    Severity.ERROR,
    "A link of a help channel stays on hosts of the channel or of who runs it.",
    reason="A link to someone else's host can change hands.",
    hint=f"{CALL} --confirm.",
)
def _channel_hosts(proposal: Proposal) -> Iterator[Trouble]:
    for change in proposal.contact_changes:
        if change.after is None or not isinstance(change.record, HelpChannel):
            continue
        value = change.after["value"]
        name = host_of(change.after["kind"], value)
        allowed = hosts_of(change.record) | hosts_of(proposal.own[proposal.submitted_by])
        foreign = name is not None and name not in allowed
        if foreign and not proposal.is_confirmed(change.record.id, change.contact, value):
            yield Trouble(
                proposal.pointer(change.record.id, change.contact, "value"),
                f"The host {quote(name)} is neither the channel's nor the sender's.",
                how_to_confirm(change.record.id, change.contact),
            )


RULES = (_no_lookalike, _hosts_confirmed, _channel_hosts)

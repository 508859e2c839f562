"""Who sends what, when, and drawn from which edition."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, TypeGuard

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import Problem, rule
from ct_trafficking_resources.errors import did_you_mean, quote
from ct_trafficking_resources.model import ContactPoint
from ct_trafficking_resources.model.base import first_day, having
from ct_trafficking_resources.model.fields import identity, lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.updates.edits import Edit
    from ct_trafficking_resources.updates.proposal import Proposal


@rule(
    "CTR301",
    Severity.ERROR,
    "The sender is an organization of the directory.",
    reason="Only who has a record can change it.",
    hint="`ct-resources list partners` shows the ids; the curators add a new organization.",
)
def _sender_known(proposal: Proposal) -> Iterator[Problem]:
    known = [organization.id for organization in proposal.present.organizations]
    id = proposal.submitted_by
    if id not in known:
        near = did_you_mean(id, known)
        yield Problem("/submitted_by", f"There is no organization {quote(id)}.{near}")


@rule(
    "CTR302",
    Severity.ERROR,
    "The update comes from the organization that it names.",
    reason="Anyone can write any name into a form; who sent it is known from how it arrived.",
    hint="Ask the partner, by a way that you already know, whether the update is theirs.",
)
def _sender_is_named(proposal: Proposal) -> Iterator[Problem]:
    if proposal.sender is not None and proposal.sender != proposal.submitted_by:
        yield Problem(
            "/submitted_by",
            f"It names {quote(proposal.submitted_by)}, and came from {quote(proposal.sender)}.",
        )


@rule(
    "CTR303",
    Severity.ERROR,
    "An organization changes its own records only.",
    reason="A stranger who can change a line can send its callers anywhere.",
    hint="Take the record out; whoever runs it can send an update of their own.",
)
def _own_records(proposal: Proposal) -> Iterator[Problem]:
    if not proposal.own:
        return
    for number, record in enumerate(proposal.document["records"]):
        id, pointer = record["id"], f"/records/{number}"
        own = proposal.own.get(id)
        if own is None and id in proposal.present:
            yield Problem(f"{pointer}/id", f"{quote(id)} is not run by the sender.")
        elif own is None:
            near = did_you_mean(id, proposal.own)
            hint = f"Its records are: {', '.join(proposal.own)}. The curators add new ones."
            yield Problem(f"{pointer}/id", f"There is no record {quote(id)}.{near}", hint)
        elif own.kind != record["kind"]:
            hint = f"Write {own.kind!r}."
            yield Problem(f"{pointer}/kind", f"{quote(id)} is a {own.kind}.", hint)


@rule(
    "CTR304",
    Severity.ERROR,
    "A record, and a contact point in it, stands in the update once.",
    reason="Of two states nobody can say which one is meant.",
    hint="Keep the right one, or give the second contact point an id of its own.",
)
def _stands_once(proposal: Proposal) -> Iterator[Problem]:
    records = proposal.document["records"]
    yield from _doubles(records, "/records", "The record")
    for number, record in enumerate(records):
        pointer = f"/records/{number}/contacts"
        yield from _doubles(record.get("contacts", ()), pointer, "The contact point")


def _doubles(items: Iterable[Any], pointer: str, what: str) -> Iterator[Problem]:
    counts: Counter[str] = Counter()
    for number, id in enumerate(item["id"] for item in items):
        counts[id] += 1
        if counts[id] > 1:
            yield Problem(f"{pointer}/{number}/id", f"{what} {quote(id)} stands here twice.")


@rule(
    "CTR305",
    Severity.ERROR,
    "The form was filled in after its edition was released, and not in the future.",
    reason="A date from the future makes stale data look fresh.",
    hint="Write the day on which the form was filled in.",
    supersedes=("CTR224",),
)
def _filled_in(proposal: Proposal) -> Iterator[Problem]:
    day = date.fromisoformat(proposal.document["submitted_on"])
    if day > proposal.on:
        yield Problem("/submitted_on", f"{day} is in the future.")
    elif _is_released(proposal.base) and day < proposal.base.released:
        released = proposal.base.released
        message = f"{day} is before edition {proposal.edition} was released ({released})."
        yield Problem("/submitted_on", message)


def _is_released(edition: Directory | None) -> TypeGuard[Directory]:
    """Tell whether an edition has a day of release that does not move any more."""
    return edition is not None and edition.status == "released"


@rule(
    "CTR306",
    Severity.ERROR,
    "A source was read after it was written, and not in the future.",
    reason="The age of a value is counted from these dates.",
    hint="Correct `date`, the page's own date, or `read`, the day it was read.",
    supersedes=("CTR224",),
)
def _sources_in_order(proposal: Proposal) -> Iterator[Problem]:
    for number, source in enumerate(proposal.sources):
        pointer = f"/sources/{number}"
        read = date.fromisoformat(source["read"])
        if read > proposal.on:
            yield Problem(f"{pointer}/read", f"{read} is in the future.")
        elif "date" in source and first_day(source["date"]) > read:
            message = f"The page is of {source['date']}, but was read on {read}."
            yield Problem(f"{pointer}/date", message)


@rule(
    "CTR307",
    Severity.ERROR,
    "The form was drawn from an edition that is known here.",
    reason="What a form changes can only be told beside what it was drawn from.",
    hint="`ct-resources editions` lists them. Draw a new form if it is older than all of them;"
    " install the newer package if it is newer.",
)
def _edition_known(proposal: Proposal) -> Iterator[Problem]:
    if proposal.base is None:
        yield Problem("/edition", f"There is no edition {quote(proposal.edition)} here.")


@rule(
    "CTR308",
    Severity.ERROR,
    "What changed since the form was drawn is not overwritten.",
    reason="An old form brings back old values.",
    hint="Find out which is right. Then write it into a form drawn from the present edition.",
)
def _no_conflict(proposal: Proposal) -> Iterator[Problem]:
    places = {conflict[:3] for conflict in proposal.conflicts}
    for conflict in proposal.conflicts:
        record, contact, field = conflict[:3]
        if field == "display" and (record, contact, "value") in places:
            continue  # it follows from the value
        yield Problem(
            proposal.pointer(record, contact, field),
            f"The form was drawn from edition {proposal.edition}, which said"
            f" {_said(conflict.base)}. It is now {_said(conflict.present)}, and the form says"
            f" {_said(conflict.submitted)}.",
        )


def _said(value: Any) -> str:
    """Return one side of a conflict in words."""
    if value is None:
        return "nothing"
    return quote(value["display"] if isinstance(value, dict) and "display" in value else value)


@rule(
    "CTR309",
    Severity.NOTE,
    "The records are as they were when the form was drawn.",
    reason="Between an old form and today, values may have changed that the partner never saw.",
    hint="What changed since then is kept. Look at the changes below.",
)
def _nothing_moved(proposal: Proposal) -> Iterator[Problem]:
    for id in proposal.moved:
        yield Problem(
            proposal.pointer(id),
            f"{quote(id)} changed since edition {proposal.edition}, which the form was drawn from.",
        )


@rule(
    "CTR310",
    Severity.ERROR,
    "What the curators decide stays as it is.",
    reason="These values decide who is shown a line, or what is believed.",
    hint="Put the present value back, and write to the curators why it should change.",
    supersedes=("CTR201", "CTR202", "CTR204", "CTR213", "CTR232"),
)
def _curated(proposal: Proposal) -> Iterator[Problem]:
    for edit in proposal.edits:
        cls = type(proposal.own[edit.record]) if edit.contact is None else ContactPoint
        reasons = having(cls, "curated")
        pointer = proposal.pointer(edit.record, edit.contact, edit.field)
        if edit.field is None:
            for key in sorted(reasons.keys() & (edit.after or {})):
                yield Problem(f"{pointer}/{key}", f"Only the curators set `{key}`: {reasons[key]}.")
        elif edit.field in reasons:
            yield Problem(
                pointer, f"Only the curators change `{edit.field}`: {reasons[edit.field]}."
            )
        elif edit.field in lists(cls) and edit.field != "contacts":
            yield from _curated_in_list(edit, pointer, lists(cls)[edit.field])


def _curated_in_list(edit: Edit, pointer: str, cls: type) -> Iterator[Problem]:
    """Yield what only the curators change in the items that are there today."""
    before: dict[Any, dict[str, Any]] = {identity(cls, item): item for item in edit.before or ()}
    for number, item in enumerate(edit.after or ()):
        known = before.get(identity(cls, item)) or item
        for key, reason in having(cls, "curated").items():
            if item.get(key) != known.get(key):
                yield Problem(
                    f"{pointer}/{number}/{key}", f"Only the curators change `{key}`: {reason}."
                )


@rule(
    "CTR319",
    Severity.NOTE,
    "The update changes something.",
    reason="A form that comes back as it went out confirms nothing: nobody knows who looked at it.",
    hint="Nothing has to be done.",
)
def _changes_something(proposal: Proposal) -> Iterator[Problem]:
    compared = len(proposal.compared) == len(proposal.document["records"])
    if compared and not proposal.edits and not proposal.conflicts:
        yield Problem("/records", "Every value is as it is now.")


@rule(
    "CTR320",
    Severity.WARNING,
    "What was confirmed is what the update says.",
    reason="A confirmation that fits nothing is a slip, or of another update. It is not kept.",
    hint="Compare it with the form: the ids of record and contact point, and the value.",
)
def _confirmed_is_there(proposal: Proposal) -> Iterator[Problem]:
    for heard in proposal.confirmed:
        if not proposal.is_confirmed(heard["record"], heard["contact"], heard["value"]):
            shown = quote(f"{heard['record']}/{heard['contact']}={heard['value']}")
            yield Problem("/records", f"{shown} was confirmed, and the update does not bring it.")


RULES = (
    _sender_known,
    _sender_is_named,
    _own_records,
    _stands_once,
    _filled_in,
    _sources_in_order,
    _edition_known,
    _no_conflict,
    _nothing_moved,
    _curated,
    _changes_something,
    _confirmed_is_there,
)

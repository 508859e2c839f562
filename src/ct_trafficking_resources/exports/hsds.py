"""Open Referral HSDS 3.1 as JSON: organizations and services, dereferenced.

Every object follows its modular schema and has no member of its own making, so
that it is valid also where additional properties are forbidden. HSDS names no
form for several records in one file: here they stand in two lists, with the
facts of the edition beside them. What HSDS cannot say: ``docs/exports.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources import words
from ct_trafficking_resources.exports import contents
from ct_trafficking_resources.exports.contents import (
    LICENSE,
    assured,
    contacts_of,
    home_page,
    is_email,
    is_page,
    is_telephone,
    telephone_type,
    uuid_of,
)
from ct_trafficking_resources.exports.json import filled, json_text
from ct_trafficking_resources.model import Organization
from ct_trafficking_resources.vocabulary import Day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.exports.contents import Contactable, Selection
    from ct_trafficking_resources.model import (
        ContactPoint,
        FormerName,
        HelpChannel,
        Hours,
        OpeningHours,
        Operator,
        TaskForce,
    )

VERSION = "3.1"

_CURATORS = "Curators of ct-trafficking-resources"
"""HSDS asks for a person's name here; a role is enough."""

_BYDAY = {day.value: day[:2].upper() for day in Day}
"""RFC 5545 section 3.3.10."""

_ANSWERS = {True: "yes", False: "no", None: None}


def render(selection: Selection) -> str:
    """Return one JSON document."""
    directory = selection.directory
    organizations = [
        *(_organization(organization, directory) for organization in selection.organizations),
        *(_organization(task_force, directory) for task_force in selection.task_forces),
        *_operators_without_record(selection),
    ]
    return json_text(
        {
            "version": VERSION,
            "edition": directory.edition,
            "pin": directory.pin,
            "released": directory.released.isoformat(),
            "review_by": directory.review_by.isoformat(),
            "status": directory.status,
            "statement": directory.statement,
            "license": LICENSE,
            "organizations": organizations,
            "services": [_service(channel, directory) for channel in selection.channels],
        }
    )


def _service(channel: HelpChannel, directory: Directory) -> dict[str, Any]:
    contacts = contacts_of(channel)
    home = home_page(contacts)
    provider = channel.operator and _provider(channel.operator, directory)
    checked = assured(contacts)
    interpreters = (
        f"{contents.heading(contact)} {contact.display}. {languages}"
        for contact in contacts
        if (languages := contents.interpreters(contact))
    )
    return filled(
        {
            "id": uuid_of(channel.id),
            "name": channel.name,
            "alternate_name": channel.short_name,
            "description": " ".join((*contents.marks(channel), channel.summary)),
            "url": home and home.value,
            "additional_urls": _urls(channel, contacts, home),
            "email": next((contact.value for contact in contacts if is_email(contact)), None),
            "status": "active",
            "interpretation_services": " ".join(interpreters),
            "fees_description": _fees(contacts),
            "eligibility_description": f"For: {', '.join(map(contents.words, channel.audiences))}.",
            "assured_date": checked and checked.isoformat(),
            "last_modified": f"{directory.released.isoformat()}T00:00:00.000Z",
            "phones": _phones(channel, contacts),
            "schedules": list(_schedules(channel, contacts)),
            "service_areas": [
                {"id": uuid_of(f"{channel.id}/area/{place}"), "name": place}
                for place in contents.coverage(channel.coverage)
            ],
            "languages": _languages(
                channel.id, (tag for contact in contacts for tag in contact.languages)
            ),
            "organization": provider,
            "contacts": _further_emails(channel, contacts),
            "attributes": _attributes(channel.id, "service", _facts_of_channel(channel)),
        }
    )


def _organization(record: Organization | TaskForce, directory: Directory) -> dict[str, Any]:
    contacts = contacts_of(record)
    home = home_page(contacts)
    if isinstance(record, Organization):
        facts = _facts_of_organization(record, directory)
        own = {
            "parent_organization_id": _parent_id(record, directory),
            "locations": list(_locations(record)),
        }
    else:
        facts, own = _facts_of_task_force(record), {}
    return filled(
        {
            "id": uuid_of(record.id),
            "name": record.name,
            "alternate_name": record.short_name,
            "description": record.summary,
            "email": next((contact.value for contact in contacts if is_email(contact)), None),
            "website": home and home.value,
            "additional_websites": _urls(record, contacts, home),
            "contacts": _further_emails(record, contacts),
            "phones": _phones(record, contacts),
            **own,
            "attributes": _attributes(record.id, "organization", facts),
        }
    )


def _parent_id(organization: Organization, directory: Directory) -> str | None:
    parent = organization.parent
    return uuid_of(parent) if parent is not None and parent in directory else None


def _locations(organization: Organization) -> Iterator[dict[str, Any]]:
    for place, address in enumerate(organization.addresses):
        yield {
            "id": uuid_of(f"{organization.id}/location/{place}"),
            "location_type": "physical",
            "name": address.purpose or organization.name,
            # As printed: HSDS asks for parts that sources do not mark.
            "description": address.text,
        }


def _provider(operator: Operator, directory: Directory) -> dict[str, Any]:
    """Return the organization that runs a service, in short."""
    if operator.organization is not None and operator.organization in directory:
        record = directory.organization(operator.organization)
        return {"id": uuid_of(record.id), "name": record.name, "description": record.summary}
    return {
        "id": uuid_of(f"operator/{operator.name}"),
        "name": operator.name,
        "description": "It runs a service of this directory and has no record of its own.",
    }


def _operators_without_record(selection: Selection) -> Iterable[dict[str, Any]]:
    """Return the organizations that only services name, each once."""
    known = {uuid_of(organization.id) for organization in selection.directory.organizations}
    providers = {
        provider["id"]: provider
        for channel in selection.channels
        if channel.operator
        and (provider := _provider(channel.operator, selection.directory))["id"] not in known
    }
    return providers.values()


def _phones(record: Contactable, contacts: Iterable[ContactPoint]) -> list[dict[str, Any]]:
    return [_phone(contact, record) for contact in contacts if is_telephone(contact)]


def _phone(contact: ContactPoint, record: Contactable) -> dict[str, Any]:
    path = f"{record.id}/phone/{contact.id}"
    digits = contact.extension
    facts = (("keyword", contact.keyword), ("vanity spelling", contact.vanity))
    description = (
        f"{contents.heading(contact)}: {contact.display}.",
        *contents.how_to(contact, record),
    )
    return filled(
        {
            "id": uuid_of(path),
            "number": contact.value,
            # A number in HSDS: one with a leading zero stands in the description only.
            "extension": int(digits) if digits and digits[0] != "0" else None,
            "type": telephone_type(contact),
            "description": " ".join(description),
            "languages": _languages(path, contact.languages),
            "attributes": _attributes(path, "phone", (*facts, *_facts_of_evidence(contact))),
            "metadata": [_metadata(path, "phone", "number", contact)],
        }
    )


def _urls(
    record: Contactable, contacts: Iterable[ContactPoint], home: ContactPoint | None
) -> list[dict[str, Any]]:
    """Return the web pages other than the home page."""
    pages = [(f"{record.id}/url/{contact.id}", contact) for contact in contacts if is_page(contact)]
    return [
        {
            "id": uuid_of(path),
            "label": contents.heading(page),
            "url": page.value,
            "attributes": _attributes(path, "url", _facts_of_evidence(page)),
            "metadata": [_metadata(path, "url", "url", page)],
        }
        for path, page in pages
        if page is not home
    ]


def _further_emails(record: Contactable, contacts: Iterable[ContactPoint]) -> list[dict[str, Any]]:
    """Return the e-mail addresses after the first, for which there is no other place."""
    emails = [contact for contact in contacts if is_email(contact)]
    return [
        {
            "id": uuid_of(f"{record.id}/contact/{email.id}"),
            "department": contents.heading(email),
            "email": email.value,
        }
        for email in emails[1:]
    ]


def _languages(path: str, tags: Iterable[str]) -> list[dict[str, Any]]:
    """Return the languages of the staff; HSDS leaves interpreters out."""
    return [
        {
            "id": uuid_of(f"{path}/language/{tag}"),
            "name": words.language_name(tag),
            "code": tag.partition("-")[0],
        }
        for tag in dict.fromkeys(tags)
    ]


def _schedules(channel: HelpChannel, contacts: Iterable[ContactPoint]) -> Iterator[dict[str, Any]]:
    """Yield a schedule for each span, named for the contact points that keep it."""
    by_hours: dict[Hours, list[ContactPoint]] = {}
    for contact in contacts:
        if contact.hours is not None:
            by_hours.setdefault(contact.hours, []).append(contact)
    for hours, those in by_hours.items():
        common = {
            "freq": "WEEKLY",
            "interval": 1,
            "description": words.hours(hours, contents.HOURS),
            "attending_type": ", ".join(f"{contents.title(one)} {one.display}" for one in those),
        }
        # An offset from UTC would be wrong for half of the year, so there is none.
        notes = f"Local time in {hours.timezone}." if hours.timezone else None
        spans = [_span(period) for period in hours.periods] or [_ALL_WEEK]
        for place, span in enumerate(spans):
            path = f"{channel.id}/schedule/{those[0].id}/{place}"
            yield filled({"id": uuid_of(path), **common, **span, "notes": notes})


_ALL_WEEK = {
    "byday": ",".join(_BYDAY.values()),
    # HSDS field guidance: the strong signal for 24 hours.
    "opens_at": "00:00",
    "closes_at": "23:59",
}


def _span(period: OpeningHours) -> dict[str, Any]:
    return {
        "byday": ",".join(_BYDAY[day] for day in period.days if day in _BYDAY),
        "opens_at": period.opens,
        "closes_at": "23:59" if period.closes == "24:00" else period.closes,
    }


def _fees(contacts: Iterable[ContactPoint]) -> str:
    charged = [f"text {contact.display}" for contact in contacts if contact.carrier_charges]
    return f"{', '.join(charged)}: {contents.CARRIER_CHARGES}" if charged else ""


def _metadata(path: str, kind: str, field: str, contact: ContactPoint) -> dict[str, Any]:
    """Return up to when a value has evidence: not a change, the value stayed."""
    return {
        "id": uuid_of(f"{path}/metadata"),
        "resource_id": uuid_of(path),
        "resource_type": kind,
        "last_action_date": contact.evidence.newest.isoformat(),
        "last_action_type": "found unchanged in a published source",
        "field_name": field,
        "previous_value": contact.value,
        "replacement_value": contact.value,
        "updated_by": _CURATORS,
    }


def _attributes(
    path: str, entity: str, facts: Iterable[tuple[str, str | None]]
) -> list[dict[str, Any]]:
    """Return facts for which HSDS has no field, as labeled values."""
    link = uuid_of(path)
    return [
        {
            "id": uuid_of(f"{path}/attribute/{label}/{value}"),
            "link_id": link,
            "link_type": label,
            "link_entity": entity,
            "label": label,
            "value": value,
        }
        for label, value in dict.fromkeys(facts)
        if value
    ]


def _facts_of_channel(channel: HelpChannel) -> Iterator[tuple[str, str | None]]:
    yield from (("purpose", purpose) for purpose in channel.purposes)
    yield from (("audience", audience) for audience in channel.audiences)
    yield "answered by", channel.answered_by
    yield "takes tips only", "yes" if channel.tips_only else None
    yield "takes immigration tips", "yes" if channel.immigration_enforcement else None
    yield "staff are mandated reporters", _ANSWERS[channel.mandated_reporters]
    yield "anonymous", _ANSWERS[channel.anonymous]
    yield "confidentiality", channel.confidentiality
    yield "place in lists", str(channel.rank)
    yield "note", channel.note
    yield from _former(channel.former_names)


def _facts_of_organization(
    organization: Organization, directory: Directory
) -> Iterator[tuple[str, str | None]]:
    yield "type", organization.type
    yield "parent", organization.parent_name
    yield "town", organization.town
    yield "planning region", organization.planning_region
    for membership in organization.memberships:
        name = (
            directory[membership.task_force].name
            if membership.task_force in directory
            else membership.task_force
        )
        role = f"{contents.words(membership.role)}, {contents.words(membership.status)}"
        yield "task force", f"{name} ({role}{_since(membership.since, membership.until)})"
    yield "note", organization.note
    yield from _former(organization.former_names)


def _facts_of_task_force(task_force: TaskForce) -> Iterator[tuple[str, str | None]]:
    yield "type", "task-force"
    yield "status", task_force.status
    yield "status note", task_force.status_note
    yield "founded", task_force.founded
    yield "announced", task_force.announced
    yield from (("place served", place) for place in contents.coverage(task_force.coverage))
    yield "note", task_force.note


def _facts_of_evidence(contact: ContactPoint) -> Iterator[tuple[str, str | None]]:
    yield "evidence", contact.evidence.level
    yield from (("source", source.url) for source in contact.evidence.sources)


def _former(names: Iterable[FormerName]) -> Iterator[tuple[str, str | None]]:
    for name in names:
        yield "former name", f"{name.name} (until {name.until})" if name.until else name.name


def _since(since: str | None, until: str | None) -> str:
    return (f", since {since}" if since else "") + (f", until {until}" if until else "")

"""schema.org as JSON-LD: a graph of services, organizations and their edition.

Service -> availableChannel -> ServiceChannel -> ContactPoint is schema.org's own
way to say how a service is reached; organizations carry their ContactPoints
directly. The text can be put inside a script element as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.exports import contents
from ct_trafficking_resources.exports.contents import (
    LICENSE_URL,
    contacts_of,
    home_page,
    is_email,
    is_page,
    is_telephone,
)
from ct_trafficking_resources.exports.json import filled, json_text
from ct_trafficking_resources.phone import is_toll_free
from ct_trafficking_resources.vocabulary import Area, Day, Mode, OrganizationType, ValueKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.exports.contents import Selection
    from ct_trafficking_resources.model import (
        ContactPoint,
        Coverage,
        Evidence,
        HelpChannel,
        Hours,
        Operator,
        Organization,
        TaskForce,
    )
    from ct_trafficking_resources.model.channels import Reachable

_VOCABULARY = "https://schema.org"
_TYPES: Mapping[str, str] = {
    OrganizationType.FEDERAL_AGENCY: "GovernmentOrganization",
    OrganizationType.STATE_AGENCY: "GovernmentOrganization",
    # Not PoliceStation: that is a place.
    OrganizationType.POLICE_DEPARTMENT: "GovernmentOrganization",
    OrganizationType.PROSECUTOR: "GovernmentOrganization",
    OrganizationType.NONPROFIT: "NGO",
}
_is_web_address = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+").fullmatch


def render(selection: Selection) -> str:
    """Return a JSON-LD document with one graph."""
    members = _members(selection)
    graph = [
        _edition(selection.directory),
        *(_service(channel, selection.directory) for channel in selection.channels),
        *(
            _organization(organization, selection.directory)
            for organization in selection.organizations
        ),
        *(
            _task_force(task_force, members.get(task_force.id, []))
            for task_force in selection.task_forces
        ),
    ]
    return json_text({"@context": _VOCABULARY, "@graph": graph})


def _node_id(id: str) -> str:
    return f"urn:ct-trafficking-resources:{id}"


def _edition(directory: Directory) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": _node_id(f"edition:{directory.edition}"),
        "name": f"ct-trafficking-resources {directory.edition}",
        "description": directory.statement,
        "identifier": directory.pin,
        "version": directory.edition,
        "datePublished": directory.released.isoformat(),
        "license": LICENSE_URL,
    }


def _service(channel: HelpChannel, directory: Directory) -> dict[str, Any]:
    contacts = contacts_of(channel)
    home = home_page(contacts)
    return filled(
        {
            "@type": "Service",
            "@id": _node_id(channel.id),
            "identifier": channel.id,
            "name": channel.name,
            "alternateName": channel.short_name,
            "description": " ".join((*contents.marks(channel), channel.summary)),
            "url": home and home.value,
            "serviceType": [contents.words(purpose) for purpose in channel.purposes],
            "audience": [
                {"@type": "Audience", "audienceType": contents.words(audience)}
                for audience in channel.audiences
            ],
            "areaServed": _places(channel.coverage),
            "provider": _provider(channel.operator, directory),
            "availableChannel": [
                _channel(contact, channel)
                for contact in contacts
                if is_telephone(contact) or is_page(contact)
            ],
            "subjectOf": _page(channel.evidence),
        }
    )


def _organization(organization: Organization, directory: Directory) -> dict[str, Any]:
    current = [
        membership.task_force
        for membership in organization.memberships
        if membership.until is None and membership.task_force in directory
    ]
    return filled(
        {
            "@type": _TYPES.get(organization.type, "Organization"),
            **_body(organization),
            "address": [address.text for address in organization.addresses],
            "areaServed": organization.town
            and _place("AdministrativeArea", f"{organization.town}, Connecticut"),
            "parentOrganization": _parent(organization, directory),
            "memberOf": [_reference("Organization", id, directory) for id in current],
        }
    )


def _task_force(task_force: TaskForce, members: list[dict[str, Any]]) -> dict[str, Any]:
    return filled(
        {
            "@type": "Organization",
            **_body(task_force),
            "areaServed": _places(task_force.coverage),
            "foundingDate": task_force.founded,
            "member": members,
        }
    )


def _body(record: Organization | TaskForce) -> dict[str, Any]:
    """Return what organizations and task forces have in common."""
    contacts = contacts_of(record)
    home = home_page(contacts)
    return {
        "@id": _node_id(record.id),
        "identifier": record.id,
        "name": record.name,
        "alternateName": record.short_name,
        "description": record.summary,
        "url": home and home.value,
        "contactPoint": [
            _contact_point(contact, record) for contact in contacts if contact is not home
        ],
        "subjectOf": _page(record.evidence),
    }


def _channel(contact: ContactPoint, channel: HelpChannel) -> dict[str, Any]:
    """Return one way to a service."""
    if is_page(contact):
        return filled(
            {
                "@type": "ServiceChannel",
                "name": contents.title(contact),
                "description": " ".join(contents.how_to(contact, channel)),
                "serviceUrl": contact.value,
                "availableLanguage": list(contact.languages),
                "subjectOf": _page(contact.evidence),
            }
        )
    field = "serviceSmsNumber" if contact.mode == Mode.TEXT else "servicePhone"
    return filled(
        {
            "@type": "ServiceChannel",
            "name": contents.title(contact),
            "availableLanguage": list(contact.languages),
            field: _contact_point(contact, channel),
        }
    )


def _contact_point(contact: ContactPoint, record: Reachable) -> dict[str, Any]:
    return filled(
        {
            "@type": "ContactPoint",
            "contactType": contents.title(contact),
            "description": " ".join(contents.how_to(contact, record)),
            "telephone": contact.value if is_telephone(contact) else None,
            "url": contact.value if is_page(contact) else None,
            "email": contact.value if is_email(contact) else None,
            "contactOption": _options(contact),
            "availableLanguage": list(contact.languages),
            "hoursAvailable": _hours(contact.hours),
            "subjectOf": _page(contact.evidence),
        }
    )


def _options(contact: ContactPoint) -> list[str]:
    toll_free = contact.kind == ValueKind.E164 and is_toll_free(contact.value)
    hearing = contact.mode in {Mode.TTY, Mode.RELAY}
    return [
        *([f"{_VOCABULARY}/TollFree"] if toll_free else []),
        *([f"{_VOCABULARY}/HearingImpairedSupported"] if hearing else []),
    ]


def _hours(hours: Hours | None) -> list[dict[str, Any]]:
    if hours is None:
        return []
    if hours.always_open:
        return [_span(tuple(Day), "00:00", "23:59")]
    return [_span(period.days, period.opens, period.closes) for period in hours.periods]


def _span(days: tuple[str, ...], opens: str, closes: str) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"{_VOCABULARY}/{day.capitalize()}" for day in days],
        "opens": opens,
        # schema.org ends a day at 23:59.
        "closes": "23:59" if closes == "24:00" else closes,
    }


def _page(evidence: Evidence) -> dict[str, Any] | None:
    """Return the first source as the page that says so, with its own date."""
    source = evidence.sources[0]
    if source.url is None or not _is_web_address(source.url):
        return None
    return filled(
        {
            "@type": "WebPage",
            "name": source.title,
            "url": source.url,
            "datePublished": source.date,
        }
    )


def _places(coverage: Coverage) -> list[dict[str, Any]]:
    kinds: Mapping[str, str] = {Area.NATION: "Country", Area.STATE: "State"}
    kind = kinds.get(coverage.area, "AdministrativeArea")
    return [_place(kind, name) for name in contents.coverage(coverage)]


def _place(kind: str, name: str) -> dict[str, Any]:
    return {"@type": kind, "name": name}


def _provider(operator: Operator | None, directory: Directory) -> dict[str, Any] | None:
    if operator is None:
        return None
    if operator.organization is not None and operator.organization in directory:
        return _reference("Organization", operator.organization, directory)
    return {"@type": "Organization", "name": operator.name}


def _parent(organization: Organization, directory: Directory) -> dict[str, Any] | None:
    if organization.parent is not None and organization.parent in directory:
        return _reference("Organization", organization.parent, directory)
    if organization.parent_name:
        return {"@type": "Organization", "name": organization.parent_name}
    return None


def _members(selection: Selection) -> dict[str, list[dict[str, Any]]]:
    """Return the organizations of each task force, as references."""
    members: dict[str, list[dict[str, Any]]] = {}
    for organization in selection.directory.organizations:
        for membership in organization.memberships:
            if membership.until is None:
                reference = _reference("Organization", organization.id, selection.directory)
                members.setdefault(membership.task_force, []).append(reference)
    return members


def _reference(kind: str, id: str, directory: Directory) -> dict[str, Any]:
    """Return another node of the graph, with its name, so that it can stand alone."""
    return {"@type": kind, "@id": _node_id(id), "name": directory[id].name}

"""What the project has decided about people and evidence, each decision once, with its reason.

Who relies on a contact point, which sources are independent of each other, what
evidence is enough, how often a person looks again, which lines every card holds,
and which area codes are Connecticut's. Nothing is checked or shown here: the
checks, the cards and the reports ask.

What a number or an address is, `phone` and `web` know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ct_trafficking_resources.model.channels import EMERGENCY, HOTLINE, HelpChannel
from ct_trafficking_resources.vocabulary import (
    Audience,
    Confidence,
    EvidenceLevel,
    Mode,
    Purpose,
    SourceKind,
    ValueKind,
)
from ct_trafficking_resources.web import (
    contact_host,
    domain_of,
    host_of,
    is_government,
    page_host,
    parents,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ct_trafficking_resources.model import ContactPoint, Evidence, Record, Source

_R = TypeVar("_R", bound="Record")

# --- who relies on a contact point ------------------------------------------------------

VICTIMS = frozenset({Audience.VICTIM, Audience.CHILD, Audience.WORKER})
"""People whom a careless contact can harm: the person they fear may read their phone,
and a line that takes tips is no help to them."""

PROFESSIONALS = frozenset({Audience.MANDATED_REPORTER, Audience.SERVICE_PROVIDER})
"""People who call for somebody else, from a desk, and can look a number up."""

OFFICE_PURPOSES = frozenset(
    {
        Purpose.GENERAL_INFORMATION,
        Purpose.TRAINING,
        Purpose.INVESTIGATIONS,
        Purpose.CRIME_TIPS,
        Purpose.POLICE_NON_EMERGENCY,
    }
)
"""What an organization's contact point may be for without being help itself."""


def is_victim_facing(record: Record, contact: ContactPoint | None = None) -> bool:
    """Tell whether a person in danger, or one who saw it, may rely on a contact point.

    A short code always counts: whoever texts may be unable to speak, and a code
    that lapses can reach someone else within months. What belongs to a help channel
    counts unless the channel is for professionals alone. What belongs to an
    organization or a task force counts unless all that it is for is office work.
    What does not say whom or what it is for counts, and so does a word that only
    newer data know.

    Args:
        record: The record that it belongs to.
        contact: The contact point. None asks about the record as a whole, which
            counts if it is such a help channel, or if one of its contact points
            counts.
    """
    if isinstance(record, HelpChannel) and not _all_in(PROFESSIONALS, record.audiences):
        return True
    if contact is None:
        contacts: tuple[ContactPoint, ...] = getattr(record, "contacts", ())
        return any(is_victim_facing(record, contact) for contact in contacts)
    if contact.kind == ValueKind.SHORT_CODE:
        return True
    return not isinstance(record, HelpChannel) and not _all_in(OFFICE_PURPOSES, contact.purposes)


def _all_in(words: frozenset[Audience] | frozenset[Purpose], said: Iterable[str]) -> bool:
    """Tell whether something is said, and all of it is among some words."""
    return bool(said) and words.issuperset(said)


# --- which sources are independent ------------------------------------------------------

FIRST_HAND = frozenset({SourceKind.OFFICIAL, SourceKind.OPERATOR})
"""Kinds of source that know a value themselves; all others repeat what they read."""

COPIES = frozenset(
    {
        "archive-it.org",
        "archive.fo",
        "archive.is",
        "archive.li",
        "archive.md",
        "archive.org",
        "archive.ph",
        "archive.today",
        "archive.vn",
        "bingj.com",
        "cybercemetery.unt.edu",
        "googleusercontent.com",
        "perma.cc",
        "translate.goog",
        "translate.google.com",
        "webarchive.library.unt.edu",
        "webharvest.gov",
    }
)
"""Archives, caches and translations. They show the page of another publisher, some
of them any page that anyone asks for, and what they show can be years old."""

CODE = frozenset({"github.com"})
"""Hosts of source code. Code is published, but it is not where an organization says today
how it is reached."""


def is_live_page(url: str) -> bool:
    """Tell whether a page is one on which an organization speaks today: no copy, no code."""
    host = page_host(url)
    return host is not None and (COPIES | CODE).isdisjoint(parents(host))


def hosts_of(*records: Record) -> frozenset[str]:
    """Return the hosts of records: those they name, and those of their contact points."""
    hosts = {host_of(name) for record in records for name in getattr(record, "hosts", ())}
    hosts |= {
        host
        for record in records
        for contact in getattr(record, "contacts", ())
        if (host := contact_host(contact.kind, contact.value)) is not None
    }
    return frozenset(hosts)


def of_same_organization(record: _R, records: Iterable[_R]) -> tuple[_R, ...]:
    """Return a record, who runs it today, and the help channels that the same organizations run.

    Args:
        record: The record.
        records: Where to look for the others.
    """
    owners = {record.id} | _run_by(record)
    others = (
        record
        for record in records
        if record.id in owners or not owners.isdisjoint(_run_by(record))
    )
    return (record, *(one for one in others if one.id != record.id))


def _run_by(record: Record) -> set[str]:
    operators = record.operators if isinstance(record, HelpChannel) else ()
    return {
        operator.organization
        for operator in operators
        if operator.organization and operator.until is None
    }


def publishers(sources: Iterable[Source], own: Iterable[str] = ()) -> frozenset[str]:
    """Return who published sources, each once.

    Pages below one registered domain have one publisher, and so have all pages on
    the hosts in *own*. A copy of a page adds none, and neither does a source
    without an address.

    Args:
        sources: The sources.
        own: Hosts that are known to be in one hand.
    """
    own_sites = frozenset(map(domain_of, own))
    sites = {site for source in sources if (site := _site(source)) is not None}
    return frozenset("" if site in own_sites else site for site in sites)


def _site(source: Source) -> str | None:
    """Return the domain that published a source, or None if that is not known."""
    host = page_host(source.url)
    return domain_of(host) if host is not None and COPIES.isdisjoint(parents(host)) else None


def independent(sources: Iterable[Source], *, own: Iterable[str], known: Iterable[str]) -> bool:
    """Tell whether the pages that a sender cites corroborate each other.

    They must have two publishers, and one page must be first-hand. What kind of
    page it is, the sender wrote; so its host must bear that out: it is a
    government's, or one that the directory knows. The sender's own word is no page.

    Args:
        sources: What is cited.
        own: Hosts of the sender.
        known: Hosts that the directory knows.
    """
    pages = [source for source in sources if source.kind != SourceKind.PARTNER]
    known_sites = frozenset(map(domain_of, known))
    first_hand = (_site(page) for page in pages if page.kind in FIRST_HAND)
    return len(publishers(pages, own)) > 1 and any(
        site is not None and (site in known_sites or is_government(site)) for site in first_hand
    )


# --- what evidence is enough -------------------------------------------------------------

AS_RELEASED = {
    (
        "ct-ova",
        "c4a62f5445707fae5130f461b389f422769f923209afc4b00e5269b6be73ce23",
    ): "ct.gov and cga.ct.gov have one publisher",
    (
        "dol-oig",
        "b3c5b6119f485a77da098165b4f7ab137e5207a2c968dc12bda7bc3f0b9ddaa1",
    ): "beside dol.gov it has archived copies only",
    (
        "doj-complaint-line-888-428-7581",
        "95c29c3c1d40194591c634f046f62b5d0917a4b60fedf5f6c06f5d8f85e8617d",
    ): "beside github.com it has archived copies only",
    (
        "ct-ovs",
        "+18778463428",
    ): "victims may rely on CT SAVIN, and no source is first-hand",
    (
        "doj-crt-human-trafficking",
        "+12025143847",
    ): "no source prints it in the words that are kept",
}
"""What was released on less evidence than is asked for today, and what it lacks: the record,
and the value of its contact point, or the SHA-256 of its own evidence.

It was released in 2026.11.0, while two hosts counted as two publishers, and while only help
channels were held to what victims need. A release never changes, so it stays until an edition
settles it; `checklist` lists it. Another value, or other sources of a record, must have enough
evidence.
"""


def level_of(evidence: Evidence, own: Iterable[str] = ()) -> EvidenceLevel:
    """Return the level that the sources bear out, with their kinds as the curators wrote them.

    Args:
        evidence: The sources.
        own: Hosts that are in one hand with what the evidence is about.
    """
    kinds = {source.kind for source in evidence.sources}
    if SourceKind.PARTNER in kinds:
        return EvidenceLevel.PARTNER_CONFIRMED
    if FIRST_HAND.isdisjoint(kinds):
        return EvidenceLevel.SINGLE_SOURCE
    several = len(publishers(evidence.sources, own)) > 1
    return EvidenceLevel.CORROBORATED if several else EvidenceLevel.OFFICIAL


def is_enough_to_show(record: Record, contact: ContactPoint) -> bool:
    """Tell whether the evidence of a value is enough to show it.

    A help channel's value, and any that victims use, needs high confidence, or
    medium and a first-hand source. An office's needs at least medium. What the
    partner confirmed is shown.
    """
    evidence = contact.evidence
    if evidence.level == EvidenceLevel.PARTNER_CONFIRMED or evidence.confidence == Confidence.HIGH:
        return True
    if evidence.confidence != Confidence.MEDIUM:
        return False
    relied_on = isinstance(record, HelpChannel) or is_victim_facing(record, contact)
    return not relied_on or any(source.kind in FIRST_HAND for source in evidence.sources)


# --- how often a person looks again ---------------------------------------------------------


class ReviewClass(NamedTuple):
    """Values that are reviewed at the same interval.

    Attributes:
        name: What it is called.
        review_after: Days after which a person must look again.
        stale_after: Days after which nobody can be said to look after it.
        reason: Why.
    """

    name: str
    review_after: int
    stale_after: int
    reason: str


SHORT_CODE = ReviewClass(
    name="short-code",
    review_after=90,
    stale_after=180,
    reason="Short codes are leased; a code that lapses can reach someone else within months.",
)
VICTIM_CHANNEL = ReviewClass(
    name="victim-channel",
    review_after=90,
    stale_after=180,
    reason="A person in danger dials it unchecked, and operators, hours and pages change.",
)
OFFICE = ReviewClass(
    name="office",
    review_after=365,
    stale_after=730,
    reason="Offices change seldom, and nobody depends on them within the hour.",
)
REVIEW_CLASSES = (SHORT_CODE, VICTIM_CHANNEL, OFFICE)
"""The classes, most harmful first. A value is stale after twice its interval:
one review was missed then, and the next as well."""


def review_class(record: Record, contact: ContactPoint | None) -> ReviewClass:
    """Return the class of a contact point, or with None that of an office address."""
    if contact is None:
        return OFFICE
    if contact.kind == ValueKind.SHORT_CODE:
        return SHORT_CODE
    return VICTIM_CHANNEL if is_victim_facing(record, contact) else OFFICE


# --- what every card holds ------------------------------------------------------------------


class AlwaysShown(NamedTuple):
    """A line that is on every card and in every edition.

    Attributes:
        channel: Id of the help channel.
        modes: How it must be reachable in an edition.
        reason: Why.
    """

    channel: str
    modes: tuple[Mode, ...]
    reason: str


ALWAYS_SHOWN = {
    Purpose.EMERGENCY: AlwaysShown(
        EMERGENCY, (Mode.VOICE,), "Whoever is in danger now has no time to choose."
    ),
    Purpose.TRAFFICKING_HELP: AlwaysShown(
        HOTLINE,
        (Mode.VOICE, Mode.TEXT),
        "The one line made for this, and a text where a call can be heard.",
    ),
}
"""What every card holds, by the need that it answers, whatever was asked for: a card is
never empty."""

# --- where numbers are ----------------------------------------------------------------------

CONNECTICUT_AREA_CODES = frozenset({"203", "475", "860", "959"})
"""203 and 475 in the south-west, 860 and 959 in the rest of the state. A number of another
area is the commonest sign of a town of the same name elsewhere."""

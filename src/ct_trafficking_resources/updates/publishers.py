"""Who stands behind a host: what tells one publisher from another, offline.

Whoever fills in a form writes what kind of page a source is. Here that is held
against the host, which cannot be chosen: a government's domain, or one that the
directory knows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.model import Organization
from ct_trafficking_resources.rules.evidence import hosts_of as hosts_of_pages
from ct_trafficking_resources.vocabulary import SourceKind, ValueKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ct_trafficking_resources.directory import Directory
    from ct_trafficking_resources.model.contacts import Reachable

_GOVERNMENT = frozenset({"gov", "mil"})
"""Domains that only a government body of the United States gets (get.gov, 31 USC 1344)."""

_FIRST_HAND = frozenset({SourceKind.OFFICIAL, SourceKind.OPERATOR})

_SHARED = frozenset({"com", "edu", "gov", "net", "org"})
"""Second-level names under a country's domain below which anyone registers; two
letters, such as ``co``, are always one."""

_COPIES = frozenset(
    {
        "archive.is",
        "archive.org",
        "archive.ph",
        "archive.today",
        "bingj.com",
        "googleusercontent.com",
        "translate.goog",
        "translate.google.com",
    }
)
"""Hosts and domains that show other publishers' pages: archives, caches and translations. Anyone
can have them show any page."""

_COUNTRY = 2
"""Letters of a country's domain, and of a state's below .us."""


def host(url: str | None) -> str | None:
    """Return the host of a page without ``www.``, or None if it has no address."""
    return next(iter(hosts_of_pages([url])), None)


def host_of(kind: str, value: str) -> str | None:
    """Return the host of a contact point, or None if it is dialled."""
    if kind == ValueKind.EMAIL:
        return value.rpartition("@")[2].lower()
    return host(value) if kind == ValueKind.URL else None


def hosts_of(record: Reachable) -> frozenset[str]:
    """Return the hosts of a record: those it names, and those of its contact points."""
    named = record.hosts if isinstance(record, Organization) else ()
    found = {host_of(one.kind, one.value) for one in record.contacts}
    found |= {one.removeprefix("www.") for one in named}
    return frozenset(one for one in found if one is not None)


@lru_cache(maxsize=8)
def known_hosts(directory: Directory) -> frozenset[str]:
    """Return the hosts of all organizations and help channels of an edition."""
    records = (*directory.channels, *directory.organizations)
    return frozenset(name for record in records for name in hosts_of(record))


def domain(name: str) -> str:
    """Return the part of a host that someone registered, such as ``example.org``.

    The agencies of a state share one, such as ``ct.gov``; towns below ``.us``
    have one of their own. The list of public suffixes is not consulted: it
    changes every week, and taking two publishers for one only asks for a third
    page.
    """
    labels = name.split(".")
    last = labels[-1:]
    below = labels[-2] if len(labels) > 1 else ""
    if len(last[0]) == _COUNTRY and (len(below) == _COUNTRY or below in _SHARED):
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def is_government(name: str) -> bool:
    """Tell whether only a government body can have a host."""
    labels = name.split(".")
    if labels[-1] == "us":
        return len(labels) > _COUNTRY and len(labels[-2]) == _COUNTRY
    return labels[-1] in _GOVERNMENT


def independent(
    pages: Iterable[Mapping[str, Any]], *, own: Iterable[str], known: Iterable[str]
) -> bool:
    """Tell whether pages corroborate each other.

    Two are independent if they have different publishers; one of them must be a
    government's, the operator's own, or another body's that the directory knows.
    What kind of page it is stands in the form, and so is not enough by itself.

    Args:
        pages: The sources of an update.
        own: Hosts of whoever sent it: together they are one publisher.
        known: Hosts that the directory knows.
    """
    own_sites, known_sites = set(map(domain, own)), set(map(domain, known))
    publishers, first_hand = set(), False
    for page in pages:
        name = host(page["url"])
        if name is None or page["kind"] == SourceKind.PARTNER:
            continue
        site = domain(name)
        if not _COPIES.isdisjoint((site, name)):
            continue
        publishers.add("" if site in own_sites else site)
        if page["kind"] in _FIRST_HAND:
            first_hand |= site in known_sites or is_government(name)
    return len(publishers) > 1 and first_hand

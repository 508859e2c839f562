"""Language tags: what has their form, and which language they name (BCP 47).

Values in words: short, for one line of a comparison.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.model import (
    ContactPoint,
    Coverage,
    Evidence,
    FormerName,
    Hours,
    Operator,
)
from ct_trafficking_resources.model.organizations import Address, Membership

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_PART = 8
_REGION, _SCRIPT = 2, 4


def canonical(tag: Any) -> str | None:
    """Return a language tag in its usual case, or None if it is none.

    Case makes no difference to what a tag means (RFC 5646, section 2.1.1).
    """
    if not isinstance(tag, str) or not tag.isascii():
        return None
    first, *rest = tag.lower().split("-")
    if not (first.isalpha() and len(first) in {2, 3}):
        return None
    if not all(part.isalnum() and len(part) <= _LONGEST_PART for part in rest):
        return None
    return "-".join([first, *map(_in_usual_case, rest)])


def primary(tag: str) -> str:
    """Return the language of a tag in its usual case, without script and region.

    Regions and scripts make no difference: who reads ``es-MX`` is understood by
    staff who speak ``es``.
    """
    return tag.partition("-")[0]


def _in_usual_case(part: str) -> str:
    if len(part) == _REGION:
        return part.upper()
    return part.capitalize() if len(part) == _SCRIPT else part


_YES = {True: "yes", False: "no"}


def words(value: object) -> str | None:
    """Return a value of a record in words, or None for nothing."""
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return _YES[value]
    if isinstance(value, tuple):
        return ", ".join(words(item) or "" for item in value)
    teller = _TELLERS.get(type(value))
    return teller(value) if teller else str(value)


def contact_words(contact: ContactPoint) -> str:
    """Return how a contact point is used, and its value."""
    extension = f" ext. {contact.extension}" if contact.extension else ""
    keyword = f" (send {contact.keyword})" if contact.keyword else ""
    return f"{contact.mode} {contact.display}{extension}{keyword}"


def _hours(hours: Hours) -> str:
    if hours.always_open:
        return "24 hours a day, every day"
    spans = (
        f"{', '.join(day[:3].capitalize() for day in one.days)} {one.opens}-{one.closes}"
        for one in hours.periods
    )
    return f"{'; '.join(spans)} ({hours.timezone})"


def _coverage(coverage: Coverage) -> str:
    return ", ".join(coverage.towns) or coverage.area


def _evidence(evidence: Evidence) -> str:
    count = len(evidence.sources)
    sources = f"{count} source{'s' if count != 1 else ''}"
    return (
        f"{evidence.level}, {evidence.confidence} confidence, {sources}, newest {evidence.newest}"
    )


def _dated(name: str, since: str | None, until: str | None) -> str:
    dates = [f"since {since}"] * bool(since) + [f"until {until}"] * bool(until)
    return f"{name} ({', '.join(dates)})" if dates else name


def _operator(operator: Operator) -> str:
    return _dated(operator.name, operator.since, operator.until)


def _former_name(former: FormerName) -> str:
    return _dated(former.name, None, former.until)


def _membership(membership: Membership) -> str:
    part = f"{membership.role} of {membership.task_force}, {membership.status}"
    return _dated(part, membership.since, membership.until)


def _address(address: Address) -> str:
    return address.text


_TELLERS: dict[type, Callable[..., str]] = {
    Address: _address,
    ContactPoint: contact_words,
    Coverage: _coverage,
    Evidence: _evidence,
    FormerName: _former_name,
    Hours: _hours,
    Membership: _membership,
    Operator: _operator,
}

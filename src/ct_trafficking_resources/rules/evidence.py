"""What is believed rests on something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.model import HelpChannel
from ct_trafficking_resources.revocation import host_of
from ct_trafficking_resources.rules.base import Problem, evidences, rule
from ct_trafficking_resources.vocabulary import Confidence, EvidenceLevel, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ct_trafficking_resources.model import Evidence
    from ct_trafficking_resources.rules.base import Records

_FIRST_HAND = frozenset({SourceKind.OFFICIAL, SourceKind.OPERATOR})


def hosts_of(urls: Iterable[str | None]) -> frozenset[str]:
    """Return the hosts of web addresses, each once, whatever ``www.`` and port they have."""
    return frozenset(
        host_of(url).partition(":")[0] for url in urls if url and url.startswith("http")
    )


def level_of(evidence: Evidence) -> EvidenceLevel:
    """Return the level that the sources bear out.

    Two sources are independent if they stand on different hosts.
    """
    kinds = {source.kind for source in evidence.sources}
    hosts = hosts_of(source.url for source in evidence.sources)
    if SourceKind.PARTNER in kinds:
        return EvidenceLevel.PARTNER_CONFIRMED
    if not kinds & _FIRST_HAND:
        return EvidenceLevel.SINGLE_SOURCE
    return EvidenceLevel.CORROBORATED if len(hosts) > 1 else EvidenceLevel.OFFICIAL


@rule(
    "CTR221",
    "The level of evidence is no higher than the sources bear out.",
    "A level that is claimed and not earned misleads the auditor. A curator may set a lower"
    " one: two pages on different hosts may still go back to one.",
)
def _level_is_earned(records: Records) -> Iterator[Problem]:
    ranking = list(EvidenceLevel)
    for record, pointer, evidence in evidences(records):
        earned = level_of(evidence)
        if evidence.level in ranking[: ranking.index(earned)]:
            yield Problem(
                record,
                f"{pointer}/level",
                f"The sources bear out {earned.value!r}, not {evidence.level!r}.",
                f"Write {earned.value!r} or lower.",
            )


@rule(
    "CTR222",
    "At least one source of a shown value can be opened.",
    "An auditor must be able to read the page.",
)
def _citable(records: Records) -> Iterator[Problem]:
    for record, pointer, evidence in evidences(records):
        if record in records.by_id and all(source.url is None for source in evidence.sources):
            yield Problem(
                record,
                f"{pointer}/sources",
                "No source has an address.",
                "Find the page, or hold the value.",
            )


@rule(
    "CTR223",
    "Weak evidence is held: a help channel's value needs high confidence, or medium and an"
    " official or operator's page; an office's needs at least medium.",
    "A person in danger relies on a help channel; nobody checks the number before dialling.",
)
def _strong_enough(records: Records) -> Iterator[Problem]:
    for record, pointer, contact in records.contacts():
        confidence = contact.evidence.confidence
        first_hand = any(source.kind in _FIRST_HAND for source in contact.evidence.sources)
        strong = confidence == Confidence.HIGH or (confidence == Confidence.MEDIUM and first_hand)
        enough = strong if isinstance(record, HelpChannel) else confidence != Confidence.LOW
        if not enough and contact.evidence.level != EvidenceLevel.PARTNER_CONFIRMED:
            yield Problem(
                record.id,
                pointer,
                f"{contact.display!r} has confidence {confidence!r} and too weak sources.",
                "Move it to records/held with the reason.",
            )


@rule(
    "CTR224",
    "Dates are in order and not in the future.",
    "A date from the future makes stale data look fresh.",
)
def _dates_in_order(records: Records) -> Iterator[Problem]:
    for record, pointer, evidence in evidences(records):
        for index, source in enumerate(evidence.sources):
            if source.read > records.on or source.as_of > source.read:
                yield Problem(
                    record,
                    f"{pointer}/sources/{index}",
                    "The page was read before it was written, or in the future.",
                    "Correct date or read.",
                )
    for owner in records.by_id.values():
        for part in ("operators", "memberships"):
            for index, item in enumerate(getattr(owner, part, ())):
                if item.since and item.until and _is_before(item.until, item.since):
                    yield Problem(
                        owner.id,
                        f"/{part}/{index}",
                        "It ends before it begins.",
                        "Correct since or until.",
                    )
    for located in records.contacts():
        contact = located.contact
        if contact.valid_from and contact.valid_to and contact.valid_from > contact.valid_to:
            yield Problem(
                located.record.id,
                located.pointer,
                "It ends before it begins.",
                "Correct valid_from or valid_to.",
            )


def _is_before(one: str, other: str) -> bool:
    """Tell whether a date is before another, as far as both are exact."""
    exact = min(len(one), len(other))
    return one[:exact] < other[:exact]


RULES = (_level_is_earned, _citable, _strong_enough, _dates_in_order)

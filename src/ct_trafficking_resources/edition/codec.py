"""JSON documents to records and back. No files, no checking.

A key of a document is the name of an attribute; a key that is absent is an
attribute at its default. `encode` writes the attributes in the order in which
the class declares them, so ``encode(decode(document))`` is the canonical form.
A key that this version does not know (written by a newer one) is passed over.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from ct_trafficking_resources.edition.storage import SCHEMA_VERSION, major
from ct_trafficking_resources.model import (
    ContactPoint,
    Coverage,
    Evidence,
    FormerName,
    HelpChannel,
    Hotline,
    Hours,
    Operator,
    Source,
)
from ct_trafficking_resources.model.base import encode
from ct_trafficking_resources.model.channels import HOTLINE
from ct_trafficking_resources.vocabulary import (
    AnsweredBy,
    Area,
    Audience,
    Confidence,
    EvidenceLevel,
    Mode,
    Purpose,
    SourceKind,
    ValueKind,
    term,
)

if TYPE_CHECKING:
    from enum import StrEnum

__all__ = [
    "SCHEMA_VERSION",
    "decode",
    "decode_contact",
    "decode_source",
    "encode",
    "major",
    "pickled",
]

Document: TypeAlias = Mapping[str, Any]
_Decoder: TypeAlias = Callable[[Any], Any]


def pickled(part: Any) -> tuple[object, ...]:
    """Return how an object is pickled, so that what was revoked since does not come back."""
    from ct_trafficking_resources.edition.revocation import reduced

    return reduced(part)


def _word(vocabulary: type[StrEnum]) -> _Decoder:
    return lambda word: term(vocabulary, word)


def _each(decoder: _Decoder) -> _Decoder:
    return lambda items: tuple(map(decoder, items))


def _object(cls: Callable[..., Any], **decoders: _Decoder) -> _Decoder:
    """Return a decoder for *cls*; attributes without a decoder are taken as they are."""
    names = frozenset(field.name for field in cls.__attrs_attrs__)  # type: ignore[attr-defined]
    copyreg.pickle(cls, pickled)  # type: ignore[arg-type]

    def decode(document: Document) -> Any:
        return cls(
            **{
                key: decoders[key](value) if key in decoders else value
                for key, value in document.items()
                if key in names
            }
        )

    return decode


@cache
def _periods() -> _Decoder:
    from ct_trafficking_resources.model.organizations import OpeningHours
    from ct_trafficking_resources.vocabulary.records import Day

    return _each(_object(OpeningHours, days=_each(_word(Day))))


@cache
def _confirmations() -> _Decoder:
    from ct_trafficking_resources.model.organizations import Confirmation
    from ct_trafficking_resources.vocabulary.records import ConfirmedBy

    return _each(_object(Confirmation, way=_word(ConfirmedBy), day=date.fromisoformat))


_words = _each(str)
_value_kind = _word(ValueKind)
_purposes = _each(_word(Purpose))
_source = _object(Source, kind=_word(SourceKind), read=date.fromisoformat)
_evidence = _object(
    Evidence,
    level=_word(EvidenceLevel),
    confidence=_word(Confidence),
    sources=_each(_source),
    confirmations=lambda items: _confirmations()(items),  # noqa: PLW0108 - built when first needed
)
_former_names = _each(_object(FormerName))
_coverage = _object(Coverage, area=_word(Area), towns=_words)
_contacts = _each(
    _object(
        ContactPoint,
        mode=_word(Mode),
        kind=_value_kind,
        accepted_keywords=_words,
        purposes=_purposes,
        hours=_object(
            Hours,
            periods=lambda items: _periods()(items),  # noqa: PLW0108 - built when first needed
        ),
        languages=_words,
        interpreter_languages=_words,
        shared_with=_words,
        valid_from=date.fromisoformat,
        valid_to=date.fromisoformat,
        evidence=_evidence,
    )
)


def _channel_decoder(cls: type[HelpChannel]) -> _Decoder:
    return _object(
        cls,
        former_names=_former_names,
        audiences=_each(_word(Audience)),
        purposes=_purposes,
        coverage=_coverage,
        operators=_each(_object(Operator, evidence=_evidence)),
        answered_by=_word(AnsweredBy),
        contacts=_contacts,
        evidence=_evidence,
    )


_help_channel = _channel_decoder(HelpChannel)
_hotline = _channel_decoder(Hotline)


@cache
def _decoder(kind: str) -> _Decoder:
    """Return the decoder of a kind whose classes are imported when first needed."""
    from ct_trafficking_resources.model import organizations
    from ct_trafficking_resources.vocabulary import (
        Harm,
        MembershipRole,
        MembershipStatus,
        OrganizationType,
        TaskForceStatus,
        TombstoneSubject,
        WithdrawalReason,
    )

    value = _object(organizations.Value, kind=_value_kind)
    decoders: dict[str, _Decoder] = {
        "organization": _object(
            organizations.Organization,
            former_names=_former_names,
            type=_word(OrganizationType),
            memberships=_each(
                _object(
                    organizations.Membership,
                    role=_word(MembershipRole),
                    status=_word(MembershipStatus),
                    evidence=_evidence,
                )
            ),
            addresses=_each(_object(organizations.Address, evidence=_evidence)),
            contacts=_contacts,
            hosts=_words,
            evidence=_evidence,
        ),
        "task-force": _object(
            organizations.TaskForce,
            status=_word(TaskForceStatus),
            coverage=_coverage,
            contacts=_contacts,
            evidence=_evidence,
        ),
        "law": _object(organizations.Law, evidence=_evidence),
        "tombstone": _object(
            organizations.Tombstone,
            subject=_word(TombstoneSubject),
            value=value,
            reason=_word(WithdrawalReason),
            replacement=value,
            evidence=_evidence,
        ),
        "misprint": _object(
            organizations.Misprint,
            wrong=value,
            printed=_words,
            right=value,
            harm=_word(Harm),
            evidence=_evidence,
        ),
    }
    return decoders[kind]


def decode(document: Document) -> Any:
    """Return the record, tombstone or misprint that a document describes.

    Its class follows from the document's ``kind``; the caller knows which kinds
    it passes in.
    """
    kind = document["kind"]
    if kind == "help-channel":
        return (_hotline if document["id"] == HOTLINE else _help_channel)(document)
    return _decoder(kind)(document)


def decode_contact(document: Document) -> ContactPoint:
    """Return the contact point that a document describes."""
    contact: ContactPoint = _contacts([document])[0]
    return contact


def decode_source(document: Document) -> Source:
    """Return the source that a document describes."""
    source: Source = _source(document)
    return source

"""A service that a person can reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from ct_trafficking_resources.errors import MissingContact
from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.model.contacts import Reachable
from ct_trafficking_resources.vocabulary import Mode

if TYPE_CHECKING:
    from ct_trafficking_resources.model.contacts import ContactPoint
    from ct_trafficking_resources.model.evidence import Evidence
    from ct_trafficking_resources.vocabulary import AnsweredBy, Area, Audience, Purpose

HOTLINE = "national-human-trafficking-hotline"
"""Id of the help channel that every card shows."""

EMERGENCY = "911-connecticut"
"""Id of the emergency number in Connecticut, which every card shows first."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FormerName(Part):
    """A name that was used before.

    Attributes:
        name: The name.
        until: When it was given up (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        note: What is known about the change.
    """

    name: str
    until: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Coverage(Part):
    """Where a service is offered.

    Attributes:
        area: Nation, state or towns.
        towns: The towns, if it is not wider.
    """

    area: Area | str
    towns: tuple[str, ...] = ()

    def includes(self, town: str) -> bool:
        """Tell whether a town of Connecticut is served."""
        return not self.towns or town.casefold() in {name.casefold() for name in self.towns}


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Operator(Part):
    """Who runs a service, as a dated fact apart from the service.

    Attributes:
        organization: Id of its record, or None.
        name: Its name.
        since: First date (YYYY, YYYY-MM or YYYY-MM-DD), or None.
        until: Last date, or None if it still runs the service.
        note: What is known about the dates.
        evidence: Why it is believed.
    """

    organization: str | None = None
    name: str
    since: str | None = None
    until: str | None = None
    note: str | None = None
    evidence: Evidence


@attrs.frozen(kw_only=True, eq=False, repr=False)
class HelpChannel(Reachable):
    """A service that a person can reach.

    Attributes:
        id: Given once, never reused.
        name: Its name today.
        short_name: What it is called in running text, or None.
        former_names: Names used before, newest first.
        summary: What it does.
        audiences: Whom it is for.
        purposes: What it is for, main purpose first.
        coverage: Where it serves.
        operators: Who runs it and who did, the present operator first.
        answered_by: Who answers; None if no source says.
        immigration_enforcement: It also takes tips for immigration enforcement.
        tips_only: It takes information and gives no help.
        mandated_reporters: Its staff must report some matters; None if unknown.
        anonymous: A person need not give a name; None if unknown.
        confidentiality: What stays private and what does not.
        rank: Place in lists, by harm avoided; lower is shown first.
        contacts: In the order in which they are shown.
        note: What a reader should know.
        evidence: Why the record is believed.
    """

    kind: ClassVar[str] = "help-channel"

    id: str
    name: str
    short_name: str | None = None
    former_names: tuple[FormerName, ...] = ()
    summary: str
    audiences: tuple[Audience | str, ...]
    purposes: tuple[Purpose | str, ...]
    coverage: Coverage
    operators: tuple[Operator, ...] = ()
    answered_by: AnsweredBy | str | None = None
    immigration_enforcement: bool = False
    tips_only: bool = False
    mandated_reporters: bool | None = None
    anonymous: bool | None = None
    confidentiality: str | None = None
    rank: int
    contacts: tuple[ContactPoint, ...]
    note: str | None = None
    evidence: Evidence

    @property
    def operator(self) -> Operator | None:
        """Who runs it now, or None if no source says."""
        return next((one for one in self.operators if one.until is None), None)


class Hotline(HelpChannel):
    """The National Human Trafficking Hotline: voice and text are always there.

    The build refuses an edition in which they are not. Should a later
    tombstone revoke one of them, asking for it raises `MissingContact`.
    """

    __slots__ = ()

    @property
    def voice(self) -> ContactPoint:
        """The number to call."""
        return self._must_have(Mode.VOICE)

    @property
    def text(self) -> ContactPoint:
        """The short code to text."""
        return self._must_have(Mode.TEXT)

    def _must_have(self, mode: Mode) -> ContactPoint:
        contact = self.first(mode)
        if contact is None:
            raise MissingContact(self.id, mode)
        return contact

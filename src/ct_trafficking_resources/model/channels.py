"""Why a value is believed.

When someone answers.

One way to reach a help channel or an organization.

A service that a person can reach.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

import attrs

from ct_trafficking_resources.errors import MissingContact
from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.vocabulary import DIALLED, Mode, ValueKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from ct_trafficking_resources.model.organizations import OpeningHours
    from ct_trafficking_resources.vocabulary import (
        AnsweredBy,
        Area,
        Audience,
        Confidence,
        EvidenceLevel,
        Purpose,
        SourceKind,
    )


def first_day(partial: str) -> dt.date:
    """Return the first day of a date given as YYYY, YYYY-MM or YYYY-MM-DD.

    The earliest reading is the careful one: it never makes evidence younger.
    """
    return dt.date.fromisoformat((partial + "-01-01")[: len("YYYY-MM-DD")])


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Source(Part):
    """A page that says something, and when it said it.

    Attributes:
        url: Where it was read, or None if it was kept without its address.
        title: Title of the page.
        kind: Whose page it is.
        date: The source's own date, as exact as it gives it (YYYY, YYYY-MM or
            YYYY-MM-DD), or None where the page shows none.
        date_inferred: The date was worked out, not printed.
        read: The day the page was read.
        says: The words that carry the value.
    """

    url: str | None
    title: str
    kind: SourceKind | str
    date: str | None = None
    date_inferred: bool = False
    read: dt.date
    says: str | None = None

    @property
    def as_of(self) -> dt.date:
        """The day its age is counted from: its own, else the day it was read."""
        return first_day(self.date) if self.date else self.read


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Evidence(Part):
    """Why a value is believed.

    Attributes:
        level: How strong the evidence is.
        confidence: How far the curators trust it.
        sources: At least one, strongest or newest first.
        note: Disagreements and gaps.
    """

    level: EvidenceLevel | str
    confidence: Confidence | str
    sources: tuple[Source, ...]
    note: str | None = None

    @property
    def newest(self) -> dt.date:
        """The day that the age of the value is counted from."""
        return max(source.as_of for source in self.sources)

    @property
    def newest_dated(self) -> str | None:
        """The newest date that a source itself carries, or None."""
        return max((source.date for source in self.sources if source.date), default=None)


def require_moment(at: datetime) -> None:
    """Refuse what is no moment: a time without its zone, a day, a text.

    Raises:
        ValueError: *at* is not a moment.
    """
    if getattr(at, "utcoffset", lambda: None)() is None:
        raise ValueError(
            f"{at!r} is not a moment: give a datetime with its time zone, such as"
            " datetime.now(ZoneInfo('America/New_York'))"
        )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Hours(Part):
    """When someone answers.

    Attributes:
        always_open: 24 hours a day, every day.
        periods: The spans of a week, if not always open.
        timezone: IANA name that the spans are meant in.
    """

    always_open: bool
    periods: tuple[OpeningHours, ...] = ()
    timezone: str | None = None

    def is_open(self, at: datetime) -> bool | None:
        """Tell whether someone answers at a moment, or None if the zone is not known.

        Holidays are not known to the data.

        Args:
            at: The moment, with its time zone.

        Raises:
            ValueError: *at* is not a moment.
        """
        require_moment(at)
        if self.always_open:
            return True
        from zoneinfo import ZoneInfo

        from ct_trafficking_resources.clock import ZONE

        try:
            zone = ZoneInfo(self.timezone or ZONE)
        except (KeyError, ValueError):  # a word that only newer data know
            return None
        try:
            local = at.astimezone(zone)
        except OverflowError:  # the first and the last day of the calendar
            raise ValueError(f"{at!r} is on no day of the calendar there") from None
        minute = local.hour * 60 + local.minute
        return any(period.covers(local.weekday(), minute) for period in self.periods)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ContactPoint(Part):
    """One way to reach someone: a mode and a typed value (schema.org ContactPoint).

    Attributes:
        id: Unique within its record.
        mode: How it is used.
        kind: What form the value has.
        value: E.164 number, short code, three-digit number, https address or
            e-mail address, as *kind* says.
        display: How the value is written for people. Same digits as *value*.
        extension: Digits dialled after the call is answered.
        keyword: The word to send in a text message, or None if none is needed.
        accepted_keywords: Words that official pages print although none is needed.
        vanity: The number spelt with letters: a memory aid, never a keyword.
        menu: The choice to make after the call is answered.
        label: What it is called when a record has several.
        relay_to: For a relay, id of the contact point to ask the operator for.
        paired_with: Id of the contact point it is always shown with.
        purposes: What it is for, where that is narrower than its record.
        hours: When someone answers, or None if no source says.
        languages: BCP 47 tags of the languages of the staff.
        interpreter_languages: The same through an interpreter; ``mul`` stands
            for many that the source does not list.
        interpreter_count: How many languages interpreters cover, at least.
        carrier_charges: The source says message and data rates may apply.
        shared_with: Ids of records that rightly carry the same value.
        check_first: A person must look at this one first before a release.
        note: What the person who uses it should know.
        valid_from: First day on which it is shown, or None.
        valid_to: Last day on which it is shown, or None.
        evidence: Why it is believed.
    """

    id: str
    mode: Mode | str
    kind: ValueKind | str
    value: str
    display: str
    extension: str | None = None
    keyword: str | None = None
    accepted_keywords: tuple[str, ...] = ()
    vanity: str | None = None
    menu: str | None = None
    label: str | None = None
    relay_to: str | None = None
    paired_with: str | None = None
    purposes: tuple[Purpose | str, ...] = ()
    hours: Hours | None = None
    languages: tuple[str, ...] = ()
    interpreter_languages: tuple[str, ...] = ()
    interpreter_count: int | None = None
    carrier_charges: bool = False
    shared_with: tuple[str, ...] = ()
    check_first: bool = False
    note: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    evidence: Evidence

    @property
    def uri(self) -> str:
        """The link that follows from the value: ``tel:``, ``sms:``, ``mailto:`` or https.

        Never with a message body: Apple forbids it, and a draft is a trace.
        E.164 numbers follow RFC 3966; a short number is written bare, because
        telephones do not dial the ``phone-context`` form. A kind that only newer
        data know has no link: it is empty.
        """
        if self.kind == ValueKind.URL:
            return self.value
        if self.kind == ValueKind.EMAIL:
            return f"mailto:{self.value}"
        if self.kind not in DIALLED:
            return ""
        scheme = "sms" if self.mode == Mode.TEXT else "tel"
        extension = f";ext={self.extension}" if self.extension else ""
        return f"{scheme}:{self.value}{extension}"

    def is_open(self, at: datetime) -> bool | None:
        """Tell whether someone answers at a moment, or None if no source says.

        Args:
            at: The moment, with its time zone.

        Raises:
            ValueError: *at* is not a moment.
        """
        require_moment(at)
        return self.hours.is_open(at) if self.hours else None

    def is_valid_on(self, day: date) -> bool:
        """Tell whether it is shown on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Reachable(Part):
    """What help channels, organizations and task forces have in common."""

    __slots__ = ()

    contacts: tuple[ContactPoint, ...]

    def contact(self, id: str) -> ContactPoint | None:
        """Return the contact point with this id, or None."""
        return next((contact for contact in self.contacts if contact.id == id), None)

    def first(self, mode: Mode | str) -> ContactPoint | None:
        """Return the first contact point of a mode, or None."""
        return next((contact for contact in self.contacts if contact.mode == mode), None)

    @property
    def voice(self) -> ContactPoint | None:
        """The number to call, or None."""
        return self.first(Mode.VOICE)

    @property
    def text(self) -> ContactPoint | None:
        """The number or code to text, or None."""
        return self.first(Mode.TEXT)

    @property
    def chat(self) -> ContactPoint | None:
        """The page with a chat, or None."""
        return self.first(Mode.CHAT)


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

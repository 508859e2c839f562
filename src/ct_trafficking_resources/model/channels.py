"""Help channels and what stands in them: contact points, hours, operators.

Every look-up needs these classes; organizations and the other kinds of record
are in `organizations`. What the metadata of a field says is told in `base.about`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from ct_trafficking_resources.errors import MissingContact
from ct_trafficking_resources.model.base import (
    CHECK_FIRST,
    FOR_CURATORS,
    FORMER_NAMES,
    NOTE,
    OF_EVIDENCE,
    OF_HOURS,
    OF_WORDING,
    PART_NOTE,
    RECORD_ID,
    RECORD_NAME,
    SHORT_NAME,
    SINCE,
    SUMMARY,
    UNTIL,
    WHAT_TO_KNOW,
    Coverage,
    Evidence,
    FormerName,
    Part,
    Source,
    about,
    encode_public,
)
from ct_trafficking_resources.vocabulary import DIALED, Mode, ValueKind

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any

    from ct_trafficking_resources.model.base import PartialDate
    from ct_trafficking_resources.model.organizations import OpeningHours
    from ct_trafficking_resources.vocabulary import AnsweredBy, Audience, Purpose

_WHO_SEES = "it decides who is shown the line"
_MAY_HARM = "it keeps the line from people whom a call may harm"


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

    always_open: bool = attrs.field(metadata=OF_HOURS)
    periods: tuple[OpeningHours, ...] = attrs.field(default=(), metadata=OF_HOURS)
    timezone: str | None = attrs.field(default=None, metadata=OF_HOURS)

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
        display: How *value* is written for people; it follows from it.
        extension: Digits dialed after the call is answered.
        keyword: The word to send in a text message, or None if none is needed.
        accepted_keywords: Words that official pages print although none is needed.
        vanity: The number spelled with letters: a memory aid, never a keyword.
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

    id: str = attrs.field(
        metadata=about(
            effect="wording",
            typed=True,
            key=True,
            column=("Id", "Leave it as it is; empty in a new row."),
            csv="contact_id",
        )
    )
    mode: Mode | str = attrs.field(
        metadata=about(
            effect="number",
            leads="where",
            believed="a person who writes to a number that only takes calls reaches nobody",
            column=(
                "How",
                (
                    "voice: a call. text: SMS. chat: on a page. tty: text telephone. relay:"
                    " through an operator. web: a page. web-form: a form. email."
                ),
            ),
            csv="mode",
        )
    )
    kind: ValueKind | str = attrs.field(metadata=about(effect="number", leads="where"))
    value: str = attrs.field(
        metadata=about(
            effect="number",
            typed=True,
            leads="where",
            column=(
                "Number or address",
                "As you print it: 203-555-0123, or https://www.example.gov/page.",
                40,
            ),
        )
    )
    display: str = attrs.field(
        metadata=about(
            effect="wording",
            text="value",
            typed=True,
            column=("Shown as", "Leave it empty; it follows from the number or address.", 30),
            page=False,
            csv="contact",
        )
    )
    extension: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="number",
            typed=True,
            leads="then",
            column=("Extension", "Digits dialed after the call is answered."),
            sentence="Extension {}.",
            checked="extension",
            csv="extension",
        ),
    )
    keyword: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="code",
            typed=True,
            leads="then",
            column=("Keyword", "The word to send, if the text line needs one."),
            sentence="Send the word {}.",
            checked="keyword",
            csv="keyword",
        ),
    )
    accepted_keywords: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            effect="code",
            leads="then",
            column=("Other keywords", "Words that pages print although none is needed."),
            page=False,
        ),
    )
    vanity: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="code",
            typed=True,
            of_value=True,
            believed="it is read aloud and remembered",
            column=("Number in letters", "Such as 203-576-TIPS."),
            csv="vanity",
        ),
    )
    menu: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="number",
            text="prose",
            leads="then",
            column=("Menu", "What to choose after the call is answered."),
            sentence="After the call is answered: {}.",
            checked="choice after the call is answered",
            csv="menu",
        ),
    )
    label: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="wording",
            text="prose",
            names=True,
            believed="a person chooses by it what to call",
            column=("Label", "What it is called, such as Tip line.", 30),
            csv="label",
        ),
    )
    relay_to: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="number",
            leads="where",
            column=("Relay to", "Id of the number that the operator is given."),
            page=False,
            sentence="Ask the relay operator for {}.",
        ),
    )
    paired_with: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="service",
            curated="two lines that are a pair are on a card together or not at all",
            column=("Paired with", "Id of the contact it is always shown with."),
        ),
    )
    purposes: tuple[Purpose | str, ...] = attrs.field(
        default=(),
        metadata=about(
            effect="service",
            believed="a person is led to it by them",
            column=("For", "What it is for, with commas between.", 30),
            csv="purposes",
        ),
    )
    hours: Hours | None = attrs.field(
        default=None,
        metadata=about(
            effect="hours",
            expected="a person may have one moment to call",
            column=(
                "Hours",
                "always, or Mon-Fri 08:30-16:30; Sat 09:00-12:00. Empty if you cannot say.",
                36,
            ),
            sentence="Hours: {}.",
            checked="hours",
            csv="hours",
        ),
    )
    languages: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            effect="languages",
            expected="cards put the line that speaks the reader's language first",
            column=("Languages", "Of the staff: en, es, pt-BR, with commas between."),
            checked="languages",
            csv="languages",
        ),
    )
    interpreter_languages: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            effect="languages",
            expected="a person who is not understood does not call again",
            column=("Interpreter languages", "Through an interpreter; mul for many."),
            page=False,
            sentence="Interpreters: {}.",
            checked="through interpreters",
            csv="interpreters",
        ),
    )
    interpreter_count: int | None = attrs.field(
        default=None,
        metadata=about(
            effect="languages",
            column=("Interpreter count", "How many languages interpreters cover, at least."),
            page=False,
        ),
    )
    carrier_charges: bool = attrs.field(
        default=False,
        metadata=about(
            effect="service",
            expected="a call that costs stands on somebody's bill",
            column=("Carrier charges", "yes if message rates may apply."),
            page=False,
            sentence="Message and data rates may apply.",
        ),
    )
    shared_with: tuple[str, ...] = attrs.field(
        default=(),
        metadata=about(
            effect="evidence",
            of_value=True,
            curated="the other side must declare it as well",
            column=("Shared with", "Records that rightly have the same number."),
        ),
    )
    check_first: bool = attrs.field(default=False, metadata=CHECK_FIRST)
    note: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="wording",
            text="prose",
            believed="a person does what it says",
            column=WHAT_TO_KNOW,
            sentence="{}",
            csv="note",
        ),
    )
    valid_from: date | None = attrs.field(
        default=None,
        metadata=about(
            effect="hours",
            leads="when",
            column=("Valid from", "First day, as 2026-11-23."),
            page=False,
        ),
    )
    valid_to: date | None = attrs.field(
        default=None,
        metadata=about(
            effect="hours",
            leads="when",
            column=("Valid to", "Last day, as 2026-11-23."),
            page=False,
        ),
    )
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)

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
        if self.kind not in DIALED:
            return ""
        scheme = "sms" if self.mode == Mode.TEXT else "tel"
        extension = f";ext={self.extension}" if self.extension else ""
        return f"{scheme}:{self.value}{extension}"

    def to_dict(self) -> dict[str, Any]:
        """Return what it says as plain types, ready for JSON, with its link as ``uri``.

        >>> import ct_trafficking_resources as ctr
        >>> text = ctr.load().hotline.text.to_dict()
        >>> text["value"], text["vanity"], text["uri"]
        ('233733', 'BEFREE', 'sms:233733')
        """
        return {**encode_public(self), "uri": self.uri}

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
        return (self.valid_from or day) <= day <= (self.valid_to or day)


class Reachable(Part):
    """What help channels, organizations and task forces have in common."""

    __slots__ = ()

    contacts: tuple[ContactPoint, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain types; see `Part.to_dict`."""
        document = super().to_dict()
        if self.contacts:
            document["contacts"] = [contact.to_dict() for contact in self.contacts]
        return document

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

    organization: str | None = attrs.field(
        default=None,
        metadata=about(effect="operator", key=True, column=("Organization", FOR_CURATORS, 30)),
    )
    name: str = attrs.field(
        metadata=about(effect="operator", text="name", key=True, column=("Name", "Its name.", 36))
    )
    since: PartialDate | None = attrs.field(
        default=None, metadata=about(effect="wording", key=True, column=SINCE)
    )
    until: PartialDate | None = attrs.field(
        default=None, metadata=about(effect="wording", column=UNTIL)
    )
    note: str | None = attrs.field(default=None, metadata=PART_NOTE)
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)


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

    id: str = attrs.field(metadata=RECORD_ID)
    name: str = attrs.field(metadata=RECORD_NAME)
    short_name: str | None = attrs.field(default=None, metadata=SHORT_NAME)
    former_names: tuple[FormerName, ...] = attrs.field(default=(), metadata=FORMER_NAMES)
    summary: str = attrs.field(metadata=SUMMARY)
    audiences: tuple[Audience | str, ...] = attrs.field(
        metadata=about(
            effect="service",
            curated=_WHO_SEES,
            column=("Audiences", FOR_CURATORS, 30),
            csv="audiences",
        )
    )
    purposes: tuple[Purpose | str, ...] = attrs.field(
        metadata=about(
            effect="service",
            curated=_WHO_SEES,
            believed="a person is led to it by them",
            column=("Purposes", FOR_CURATORS, 30),
        )
    )
    coverage: Coverage = attrs.field(
        metadata=about(effect="service", curated=_WHO_SEES, csv="places")
    )
    operators: tuple[Operator, ...] = attrs.field(
        default=(),
        metadata=about(effect="operator", curated="who runs a line decides who may change it"),
    )
    answered_by: AnsweredBy | str | None = attrs.field(
        default=None,
        metadata=about(
            effect="service",
            curated="a person chooses by it whom to trust",
            column=("Answered by", "Who answers."),
            csv="answered_by",
        ),
    )
    immigration_enforcement: bool = attrs.field(
        default=False,
        metadata=about(
            effect="service",
            curated=_MAY_HARM,
            column=(
                "Immigration enforcement",
                "yes if it also takes tips for immigration enforcement.",
            ),
            csv="immigration_enforcement",
        ),
    )
    tips_only: bool = attrs.field(
        default=False,
        metadata=about(
            effect="service",
            curated=_MAY_HARM,
            column=("Tips only", "yes if it takes information and gives no help."),
            csv="tips_only",
        ),
    )
    mandated_reporters: bool | None = attrs.field(
        default=None,
        metadata=about(
            effect="service",
            believed="a child decides by it what to tell",
            column=("Mandated reporters", "yes if the staff must report some matters."),
            page=False,
        ),
    )
    anonymous: bool | None = attrs.field(
        default=None,
        metadata=about(
            effect="service",
            believed="a person decides by it whether to give a name",
            column=("Anonymous", "yes if a person need not give a name."),
            page=False,
        ),
    )
    confidentiality: str | None = attrs.field(
        default=None,
        metadata=about(
            effect="service",
            text="prose",
            believed="a person decides by it what to tell",
            column=("Confidentiality", "What stays private and what does not.", 40),
        ),
    )
    rank: int = attrs.field(
        metadata=about(
            effect="wording",
            curated="it decides what is shown first",
            column=("Rank", FOR_CURATORS),
        )
    )
    contacts: tuple[ContactPoint, ...] = attrs.field(metadata=OF_WORDING)
    note: str | None = attrs.field(default=None, metadata=NOTE)
    evidence: Evidence = attrs.field(metadata=OF_EVIDENCE)

    @property
    def operator(self) -> Operator | None:
        """Who runs it now, or None if no source says."""
        return next((operator for operator in self.operators if operator.until is None), None)


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


CLASSES = (Source, Evidence, Hours, ContactPoint, FormerName, Coverage, Operator, HelpChannel)
"""What a help channel is made of; but for opening hours, which few of them have."""

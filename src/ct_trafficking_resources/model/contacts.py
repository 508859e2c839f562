"""One way to reach a help channel or an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.model.hours import require_moment
from ct_trafficking_resources.vocabulary import DIALLED, Mode, ValueKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from ct_trafficking_resources.model.evidence import Evidence
    from ct_trafficking_resources.model.hours import Hours
    from ct_trafficking_resources.vocabulary import Purpose


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

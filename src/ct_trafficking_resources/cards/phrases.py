"""What a card says, as plain phrases without any markup.

The words stand in catalogues that a translator can edit: JSON files of sections
in ``catalogues/``, each named by its language tag. A new file is a new language:
nothing else needs to change. The tests hold that every key stands in every
catalogue and that no placeholder is lost. Numbers come from contact points.

What a catalogue says about one line or contact point is tied to it (`Tied`): it holds
what the words were written for, and they are shown only as long as that is so.

Every form of a card takes its phrases from here and adds only its own marks, so
that a number and its instruction are the same everywhere. Text of the data passes
through `one_line`; what a form needs to escape beyond that is its own business.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import field, fields, frozen

from ct_trafficking_resources import phone, web
from ct_trafficking_resources.cards.selection import NAMED
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.history import WITHDRAWN
from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.model import ContactPoint
from ct_trafficking_resources.model.base import having
from ct_trafficking_resources.model.channels import EMERGENCY, HOTLINE
from ct_trafficking_resources.vocabulary import Day, Mode, SourceKind
from ct_trafficking_resources.words import (
    HoursStyle,
    fallbacks,
    hours as hours_in_words,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.selection import Entry
    from ct_trafficking_resources.model import HelpChannel, Hours

CATALOGUES = "cards/catalogues"


_STANDS_FOR = ("value", *having(ContactPoint, "leads", "then"), "label")
"""Fields of a contact point that a note is always tied to: it stands beside or for them."""


@frozen(kw_only=True, eq=False, repr=False)
class Tied:
    """Words about one line or contact point, and what they were written for.

    Attributes:
        id: Id of the record.
        contact: Id of the contact point, or an empty string.
        about: Fields that must be as they were, and what they were.
        says: The words.
        otherwise: What is said if a field is not as it was; may be empty.
    """

    id: str
    contact: str
    about: Mapping[str, object]
    says: str
    otherwise: str
    _read: Callable[[object], tuple[object, ...]] = field(alias="read")
    _written_for: tuple[object, ...] = field(alias="written_for")

    @classmethod
    def of(cls, section: str, key: str, document: Mapping[str, Any]) -> Tied:
        """Return what an object of a catalogue says."""
        id, _, contact = document.get("of", key).partition("/")
        about = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in document.items()
            if name not in {"of", "says", "else"}
        }
        if section == "note":
            about = {
                attribute.name: attribute.default
                for attribute in fields(ContactPoint)
                if attribute.name in _STANDS_FOR
            } | about
        return cls(
            id=id,
            contact=contact,
            about=about,
            says=document["says"],
            otherwise=document.get("else", ""),
            read=attrgetter(*about, "id"),
            written_for=(*about.values(), contact or id),
        )

    def present(self, part: object) -> dict[str, object]:
        """Return what the fields of a record or contact point are now."""
        return {name: getattr(part, name) for name in self.about}

    def said_of(self, part: object) -> str:
        """Return the words, if they still belong to a record or contact point."""
        is_so = part is not None and self._read(part) == self._written_for
        return self.says if is_so else self.otherwise


class Wording(dict[str, str]):
    """The words of one language, by ``section.key``.

    Attributes:
        tied: The words about one line or contact point, by ``section.key``.
        language: BCP 47 tag of the catalogue.
        review: Who has yet to read it, or who has.
        hours: How opening hours are worded.
    """

    def __init__(self, document: Mapping[str, Mapping[str, str | Mapping[str, Any]]]) -> None:
        super().__init__()
        self.tied: dict[str, Tied] = {}
        for section, entries in document.items():
            for key, words in entries.items():
                if isinstance(words, str):
                    self[f"{section}.{key}"] = words
                else:
                    self.tied[f"{section}.{key}"] = Tied.of(section, key, words)
        self.language = self["metadata.language"]
        self.review = self["metadata.review"]
        self.hours = HoursStyle(
            always=self["hours.always"],
            days={day: self.term("day", day) for day in Day},
            run=self["hours.days"],
            shortest=3,
            span=self["hours.span"],
            on=self["hours.on"],
            between=" ",
            zone="",
            clock=lambda time: _clock(time, self),
        )

    def term(self, section: str, word: str) -> str:
        """Return the words for a term of a vocabulary.

        A term that a newer edition brought is shown as its own text.
        """
        return self.get(f"{section}.{word}") or word.replace("-", " ")

    def detail(self, name: str, value: str) -> str:
        """Return what to do besides dialing, such as ``extension 12``.

        Args:
            name: The field of a contact point; one without words is named as it is.
            value: What it says.
        """
        key = f"detail.{name}"
        if key not in self:
            return f"{name.replace('_', ' ')} {value}"
        return self.fill(key, **{name: value})

    def fill(self, key: str, **values: object) -> str:
        """Return the words of a key with its placeholders filled in."""
        return self[key].format_map(values)


def card_languages() -> tuple[str, ...]:
    """Return the tags of the languages that cards are worded in, sorted."""
    files = storage.listed(CATALOGUES) or [
        entry.name for entry in storage.folder(within=CATALOGUES).iterdir()
    ]
    return tuple(sorted(name.removesuffix(".json") for name in files if name.endswith(".json")))


@lru_cache(maxsize=32)  # bounded: tags come from whoever asks
def wording(language: str) -> Wording:
    """Return the words of a language.

    A tag without a catalogue of its own is shortened from the right until one
    is found (RFC 4647, lookup): ``es-US`` gives ``es``.

    Raises:
        UnknownTerm: There is no such language; names those there are.
    """
    for tag in fallbacks(language):
        with suppress(OSError):
            return Wording(json.loads(storage.part(f"{tag}.json", CATALOGUES)))
    raise UnknownTerm("card language", language, card_languages())


_NOON = "12:00"
_NAMED_HOURS = {"00:00": "hours.midnight", _NOON: "hours.noon", "24:00": "hours.midnight"}
_UNANSWERED = (Mode.WEB_FORM, Mode.WEB)
_WRITTEN = (Mode.TEXT, Mode.CHAT)
_LINK = re.compile(
    r"(?:(?:tel|sms):\+?[0-9]{3,15}(?:;ext=[0-9]{1,6})?"
    rf"|{web.PLAIN_HOST}(?:[/?#][A-Za-z0-9/._~?=&#%+,;:@!$'()*-]*)?)\Z"
)
"""Links that may stand on a card. A message body, a pause, a code for the
network or another scheme is none of them."""

_NO_PAGE = SourceKind.PARTNER
"""What a partner sent is no page that anybody can read."""

_KEPT = 1024
"""Values whose label and link are kept: more than an edition has."""


def label(contact: ContactPoint) -> str:
    """Return a value as it is written for people.

    It follows from the value alone: what is read must be what is dialed, and an
    edition of one's own may say something else beside it.
    """
    return _label(contact.kind, contact.value)


@lru_cache(_KEPT)
def _label(kind: str, value: str) -> str:
    return one_line(phone.display(kind, value))


@lru_cache(_KEPT)
def _link(uri: str) -> str | None:
    return uri if _LINK.match(uri) else None


class Way(NamedTuple):
    """One way to reach a line, in words.

    Attributes:
        contact: The contact point that value and link come from.
        verb: What to do, such as ``Call``.
        shown: The value as it is written for people.
        detail: What else to know, such as ``write START``; may be empty.
        uri: What it leads to, or None if that is no link that may be shown.
    """

    contact: ContactPoint
    verb: str
    shown: str
    detail: str
    uri: str | None


def name(channel: HelpChannel, words: Wording) -> str:
    """Return what a line is called, in the reader's language if it has a name there."""
    tied = words.tied.get(f"name.{channel.id}")
    return (tied and tied.said_of(channel)) or one_line(channel.name)


def lead(card: Card, words: Wording) -> str:
    """Return what stands below the title, as far as it holds for what is on the card."""
    key = f"lead.{card.audience}"
    tied = words.tied.get(key)
    if tied is None:
        return words[key]
    for entry in card.entries:
        if entry.channel.id == tied.id:
            part = entry.channel.contact(tied.contact) if tied.contact else entry.channel
            return tied.said_of(part)
    return tied.otherwise


def heading(entry: Entry, words: Wording) -> str:
    """Return the need that a line answers."""
    return words.term("need", entry.need)


def ways(entry: Entry, words: Wording) -> tuple[Way, ...]:
    """Return the ways to reach a line."""
    differ = len(_hours_of(entry)) > 1
    return tuple(
        Way(
            contact=contact,
            verb=words.term("way", contact.mode),
            shown=label(contact),
            detail=", ".join(_details(entry, contact, words, differ=differ)),
            uri=_link(contact.uri),
        )
        for contact in entry.contacts
    )


def shortest(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Return the ways that a form of one line has room for: call and text.

    Where there is neither, all of them: a line is never left without a way.
    """
    every = tuple(ways)
    return tuple(way for way in every if way.contact.mode in {Mode.VOICE, Mode.TEXT}) or every


BESIDE = tuple(
    name
    for name in having(ContactPoint, "leads", "then")
    if name in having(ContactPoint, "sentence") and name != "menu"
)
"""What a person does besides dialing; a menu stands where a note in the reader's language may."""


def _details(entry: Entry, contact: ContactPoint, words: Wording, *, differ: bool) -> Iterator[str]:
    channel = entry.channel
    target = channel.contact(contact.relay_to) if contact.relay_to else None
    for name in BESIDE:
        if value := getattr(contact, name):
            yield words.detail(name, one_line(value))
    if target is not None:
        yield words.fill("detail.relay_to", number=label(target))
    elif contact.mode == Mode.RELAY:
        yield words["detail.relay_any"]
    tied = words.tied.get(f"note.{channel.id}/{contact.id}")
    if tied is not None and (note := tied.said_of(contact)):
        yield note
    else:
        for said in (contact.label, contact.menu):
            if said and said != WITHDRAWN:  # it would be read as of the number that it is beside
                yield one_line(said)
    if differ and _is_answered(contact):
        yield hours(_answered(contact, entry), words).rstrip(".")


def _is_answered(contact: ContactPoint) -> bool:
    """Tell whether someone answers; a form waits to be read."""
    return contact.mode not in _UNANSWERED


def _answered(contact: ContactPoint, entry: Entry) -> Hours | None:
    """Return when a contact point is answered; a relay leads to its voice number."""
    target = entry.channel.contact(contact.relay_to) if contact.relay_to else None
    return contact.hours or (target.hours if target is not None else None)


def _hours_of(entry: Entry) -> list[Hours | None]:
    """Return the different hours at which the ways to reach a line are answered."""
    different: list[Hours | None] = []
    always = False
    for contact in entry.contacts:
        if not _is_answered(contact):
            continue
        when = _answered(contact, entry)
        if when is not None and when.always_open:  # nearly all are: compared without their parts
            if always:
                continue
            always = True
        elif when in different:
            continue
        different.append(when)
    return different


def facts(entry: Entry, words: Wording) -> str:
    """Return when a line is answered and in which languages, as sentences.

    If its ways are answered at different hours, each says its own.
    """
    when = _hours_of(entry)
    said = hours(when[0], words) if len(when) == 1 else ""
    return " ".join(filter(None, (said, languages(entry, words))))


def about(entry: Entry, words: Wording) -> str:
    """Return what a line is called, when it is answered and in which languages."""
    return f"{name(entry.channel, words)}. {facts(entry, words)}".rstrip()


def large_title(entry: Entry, words: Wording) -> str:
    """Return the title of a line that stands large: its need, or the hotline's name."""
    return name(entry.channel, words) if entry.channel.id == HOTLINE else heading(entry, words)


def large_facts(entry: Entry, words: Wording) -> str:
    """Return what is said below `large_title`: the name if that has not said it, and facts.

    Nothing below 911, which everyone knows.
    """
    if entry.channel.id == EMERGENCY:
        return ""
    return facts(entry, words) if entry.channel.id == HOTLINE else about(entry, words)


def languages(entry: Entry, words: Wording) -> str:
    """Return the languages of a line as a sentence, or nothing if no source says.

    Who answers calls in a language may not write it, so the sentence is about
    calls unless text and chat offer the same. 911 answers in the language of
    whoever is on shift; a source names English for text only, which its note says.
    """
    known = [
        contact for contact in entry.contacts if contact.languages or contact.interpreter_languages
    ]
    if not known or entry.channel.id == EMERGENCY:
        return ""
    spoken = [one for one in known if one.mode not in _WRITTEN]
    said = _offered(spoken or known, words)
    if not said:
        return ""
    if spoken and any(
        not contact.languages or _offered([contact], words) != said
        for contact in entry.contacts
        if contact.mode in _WRITTEN
    ):
        said = words.fill("language.calls", languages=said)
    return f"{_capital(said)}."


def _offered(contacts: Iterable[ContactPoint], words: Wording) -> str:
    """Return the languages of some contact points, staffed ones first."""
    parts: dict[str, None] = {}
    count, interpreted = 0, False
    for contact in contacts:
        for tag in contact.languages:
            if named := words.get(f"language.{tag}"):
                parts[named] = None
        interpreted = interpreted or bool(contact.interpreter_languages)
        count = max(count, contact.interpreter_count or 0)
    if count:
        parts[words.fill("language.interpreters_count", count=count)] = None
    elif interpreted:
        parts[words["language.interpreters"]] = None
    return ", ".join(parts)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def hours(value: Hours | None, words: Wording) -> str:
    """Return opening hours as a sentence."""
    return words["hours.unknown"] if value is None else hours_in_words(value, words.hours)


def _clock(time: str, words: Wording) -> str:
    """Return a time of day on the clock that readers here use, of twelve hours."""
    if named := _NAMED_HOURS.get(time):
        return words[named]
    hour, minute = int(time[:2]), time[3:]
    clock = f"{hour % 12 or 12}" + (f":{minute}" if minute != "00" else "")
    return words.fill("hours.am" if time < _NOON else "hours.pm", clock=clock)


def hotline_answers(card: Card, words: Wording) -> str:
    """Return who answers the hotline and who will know, or nothing if it is not on the card."""
    hotline = [entry.channel for entry in card.always if entry.channel.id == HOTLINE]
    return " ".join([said for channel in hotline for said in answers(channel, card, words)])


def answers(channel: HelpChannel, card: Card, words: Wording) -> tuple[str, ...]:
    """Return who answers a line and who will know, as sentences.

    Said from typed facts only; what no source says is not promised.
    """
    anonymous = channel.anonymous and card.audience not in NAMED
    return tuple(
        filter(
            None,
            (
                words.get(f"answers.{channel.answered_by}"),
                words["privacy.anonymous"] if anonymous else None,
                words["privacy.reporters" if channel.mandated_reporters else "privacy.unknown"],
            ),
        )
    )


def dates(card: Card, words: Wording) -> tuple[str, ...]:
    """Return how old the evidence on the card is, as sentences."""
    contacts = [contact for entry in card.entries for contact in entry.contacts]
    sources = [source for contact in contacts for source in contact.evidence.sources]
    pages = [source for source in sources if source.kind != _NO_PAGE]
    read = max([page.read for page in pages], default=None)
    dated = max([page.date for page in pages if page.date], default=None)
    said = []
    if read:
        said.append(words.fill("date.read", read=read))
    if dated:
        said.append(words.fill("date.dated", dated=dated))
    said.append(words.fill("date.edition", edition=card.edition))
    if card.status != "released":
        said.append(words["date.preview"])
    if card.on is not None and card.on > card.review_by:
        said.append(words.fill("date.overdue", review_by=card.review_by))
    return tuple(said)

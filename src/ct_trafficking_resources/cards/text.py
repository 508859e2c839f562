"""A card as text: plain, as Markdown, as one text message, and as plain types.

Plain text is for terminals, letters and chat windows. Its layout is done on
pieces of text that carry a role and a link, so that a terminal can color them
without changing a column; see `Paint`. Words are never broken: a number or an
address stays whole, even if it is too wide. Markdown (CommonMark) is for
documents, issues and chat clients; plain types are for JSON and templates.

A text message holds 911 and the hotline. In the GSM 7-bit alphabet (3GPP TS
23.038, 6.2.1) it has 160 characters in one part; one letter outside of it
(``í``, a curly quote) makes it UCS-2 with 70. The Spanish words are chosen to
stay inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.phrases import wording
from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.model.channels import EMERGENCY, HOTLINE
from ct_trafficking_resources.policy import VICTIMS
from ct_trafficking_resources.vocabulary import Mode
from ct_trafficking_resources.words import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.phrases import Way, Wording
    from ct_trafficking_resources.cards.selection import Entry

STYLES = ("full", "short", "line")
NARROWEST = 40
_MEASURE = 76
"""Lines longer than this are hard to read, however wide the terminal is."""

_WIDE = 96
"""From here on, a line of help fits beside the need that it answers."""

_INDENT = "  "
_VOICE, _TEXT = Mode.VOICE, Mode.TEXT

Role: TypeAlias = Literal["plain", "title", "heading", "need", "contact", "faint"]


class Piece(NamedTuple):
    """A piece of text that is shown in one way.

    Attributes:
        text: What is read.
        role: What it is.
        uri: What it leads to, or None.
    """

    text: str
    role: Role = "plain"
    uri: str | None = None


if TYPE_CHECKING:
    Paint: TypeAlias = Callable[[Piece], str]
    """Returns a piece as it is printed; its visible width must stay the same."""


def render(card: Card, *, width: int, style: str = "full", paint: Paint | None = None) -> str:
    """Return the card as text; see `Card.text`.

    Args:
        card: The card.
        width: Columns.
        style: One of `STYLES`.
        paint: How pieces are printed; plain if None.
    """
    words = wording(card.language)
    if style == "line":
        return one_line(card, words)
    if style not in STYLES:
        raise UnknownTerm("text style", style, STYLES)
    sheet = _Sheet(max(width, NARROWEST), paint)
    _first(sheet, card, words, full=style == "full")
    _more(sheet, card, words)
    if style == "full":
        _answers(sheet, card, words)
    _dates(sheet, card, words)
    return sheet.text()


def one_line(card: Card, words: Wording) -> str:
    """Return what stands large in one line."""
    parts = []
    for entry in card.first:
        if entry.channel.id == EMERGENCY:
            parts.append(words.fill("line.emergency", number=phrases.ways(entry, words)[0].shown))
        else:
            ways = phrases.shortest(phrases.ways(entry, words))
            said = "; ".join(_said(verb, way) for verb, way in _merged(ways, words))
            parts.append(words.fill("line.ways", name=phrases.large_title(entry, words), ways=said))
    return " ".join(parts)


def _said(verb: str, way: Way) -> str:
    detail = f" ({way.detail})" if way.detail else ""
    return f"{verb} {way.shown}{detail}"


def _merged(ways: tuple[Way, ...], words: Wording) -> Iterator[tuple[str, Way]]:
    """Yield each way with its verb; one number to call or text is said once."""
    plain = [way.contact for way in ways if not way.detail]
    texts = [contact.value for contact in plain if contact.mode == _TEXT]
    merged = [one.value for one in plain if one.value in texts and one.mode == _VOICE]
    for way in ways:
        if way.contact.value not in merged:
            yield way.verb, way
        elif way.contact.mode == _VOICE:
            yield words["way.voice-and-text"], way


def _first(sheet: _Sheet, card: Card, words: Wording, *, full: bool) -> None:
    sheet.paragraph([Piece(words[f"title.{card.audience}"], "title")])
    if full:
        sheet.paragraph([Piece(phrases.lead(card, words))])
    for entry in card.first:
        sheet.line([Piece(phrases.large_title(entry, words), "heading")])
        sheet.line([Piece(phrases.large_facts(entry, words))], indent=_INDENT)
        _ways(sheet, phrases.ways(entry, words))
        sheet.gap()


def _ways(sheet: _Sheet, ways: Iterable[Way]) -> None:
    column = max(len(way.verb) for way in ways) + 2
    for way in ways:
        fits = len(_INDENT) + column + len(way.shown) <= sheet.width
        sheet.line(
            [
                Piece(f"{way.verb:{column}}", "plain"),
                Piece(way.shown, "contact", way.uri),
                Piece(f"  {way.detail}" if way.detail else ""),
            ],
            indent=_INDENT,
            hang=_INDENT + (" " * column if fits else _INDENT),
        )


def _more(sheet: _Sheet, card: Card, words: Wording) -> None:
    if not card.more:
        return
    sheet.line([Piece(words["heading.more"], "heading")])
    needs = [phrases.heading(entry, words) for entry in card.more]
    wide = sheet.width >= _WIDE
    column = max(map(len, needs)) + 2
    hang = _INDENT + " " * column if wide else _INDENT * 2
    room = min(sheet.width - len(hang), _MEASURE)
    for entry, need in zip(card.more, needs, strict=True):
        rows = _rows(tuple(_merged(phrases.ways(entry, words), words)), room)
        if wide:
            first = [Piece(f"{need:{column}}", "need"), *rows.pop(0)]
            sheet.line(first, indent=_INDENT, hang=hang)
        else:
            sheet.line([Piece(need, "need")], indent=_INDENT)
        for row in [*rows, [Piece(phrases.about(entry, words), "faint")]]:
            sheet.line(row, indent=hang)
    sheet.gap()


def _rows(ways: tuple[tuple[str, Way], ...], room: int) -> list[list[Piece]]:
    """Return ways as one row if there is room for it, else one a row."""
    row = list(_listed(ways))
    if sum([len(piece.text) for piece in row]) <= room:
        return [row]
    return [list(_listed([way])) for way in ways]


def _listed(ways: Iterable[tuple[str, Way]]) -> Iterator[Piece]:
    """Yield ways one after the other. No stop follows a number: it might be copied."""
    between = detail = ""
    for verb, way in ways:
        yield Piece(f"{detail}{between}{verb} ")
        yield Piece(way.shown, "contact", way.uri)
        detail = f" ({way.detail})" if way.detail else ""
        between = ", "
    yield Piece(detail)


def _answers(sheet: _Sheet, card: Card, words: Wording) -> None:
    if said := phrases.hotline_answers(card, words):
        sheet.line([Piece(words["heading.answers"], "heading")])
        sheet.line([Piece(said)], indent=_INDENT)
        sheet.gap()
    sheet.line([Piece(words["heading.safety"], "heading")])
    sheet.line([Piece(words[f"safety.{card.audience}"])], indent=_INDENT)
    sheet.gap()


def _dates(sheet: _Sheet, card: Card, words: Wording) -> None:
    sheet.paragraph([Piece(" ".join(phrases.dates(card, words)), "faint")])


class _Sheet:
    """Lines of text, wrapped to a width."""

    def __init__(self, width: int, paint: Paint | None) -> None:
        self.width = width
        self._paint = paint
        self._lines: list[str] = []

    def text(self) -> str:
        return "\n".join(self._lines).rstrip("\n") + "\n"

    def gap(self) -> None:
        self._lines.append("")

    def paragraph(self, pieces: list[Piece]) -> None:
        self.line(pieces)
        self.gap()

    def line(self, pieces: list[Piece], *, indent: str = "", hang: str | None = None) -> None:
        """Add pieces, wrapped between words; *hang* begins each further line."""
        text = "".join([piece.text for piece in pieces])
        if not text:
            return
        further = indent if hang is None else hang
        # A column beside the text is not part of the text's measure.
        width = min(self.width, _MEASURE + len(further))
        if len(indent) + len(text) <= width:
            self._lines.append(indent + self._printed(pieces, text, 0, len(text)))
            return
        margin = indent
        for start, end in _spans(text, width, indent, further):
            self._lines.append(margin + self._printed(pieces, text, start, end))
            margin = further

    def _printed(self, pieces: list[Piece], text: str, start: int, end: int) -> str:
        """Return what stands between two places of the text, as it is printed."""
        if self._paint is None:
            return text[start:end]
        printed, place = [], 0
        for piece in pieces:
            part = piece.text[max(start - place, 0) : max(end - place, 0)]
            if part:
                printed.append(self._paint(Piece(part, piece.role, piece.uri)))
            place += len(piece.text)
        return "".join(printed)


def _spans(text: str, width: int, indent: str, further: str) -> Iterator[tuple[int, int]]:
    """Yield where each line of a text begins and ends, broken at spaces."""
    start, end, room = 0, len(text), width - len(indent)
    while end - start > room:
        cut = text.rfind(" ", start + 1, start + room + 1)
        if cut < 0:
            cut = text.find(" ", start + room)
        if not start < cut < end:
            break
        yield start, start + len(text[start:cut].rstrip(" "))
        start = cut + 1
        while text[start] == " ":
            start += 1
        room = width - len(further)
    yield start, end


def to_dict(card: Card) -> dict[str, Any]:
    """Return the card as plain types; see `Card.to_dict`."""
    words = wording(card.language)
    return {
        "audience": str(card.audience),
        "language": card.language,
        "wording_review": words.review,
        "edition": card.edition,
        "pin": card.pin,
        "status": card.status,
        "review_by": card.review_by.isoformat(),
        "on": card.on.isoformat() if card.on else None,
        "title": words[f"title.{card.audience}"],
        "lead": phrases.lead(card, words),
        "safety": words[f"safety.{card.audience}"],
        "entries": [_entry(entry, card, words) for entry in card.entries],
        "dates": list(phrases.dates(card, words)),
    }


def _entry(entry: Entry, card: Card, words: Wording) -> dict[str, Any]:
    channel = entry.channel
    return {
        "id": channel.id,
        "name": phrases.name(channel, words),
        "need": str(entry.need),
        "heading": phrases.heading(entry, words),
        "facts": phrases.facts(entry, words),
        "answers": list(phrases.answers(channel, card, words)),
        "answered_by": channel.answered_by and str(channel.answered_by),
        "mandated_reporters": channel.mandated_reporters,
        "anonymous": channel.anonymous,
        "contacts": [_contact(way) for way in phrases.ways(entry, words)],
    }


def _contact(way: Way) -> dict[str, Any]:
    contact = way.contact
    return {
        "id": contact.id,
        "mode": str(contact.mode),
        "kind": str(contact.kind),
        "value": contact.value,
        "display": way.shown,
        "uri": way.uri,
        "instruction": way.verb,
        "detail": way.detail,
        "keyword": contact.keyword,
        "always_open": contact.hours.always_open if contact.hours else None,
        "languages": list(contact.languages),
        "interpreter_languages": list(contact.interpreter_languages),
        "evidence_level": str(contact.evidence.level),
        "evidence_newest": contact.evidence.newest.isoformat(),
    }


def render_markdown(card: Card) -> str:
    """Return the card as Markdown; see `Card.markdown`."""
    return "\n".join(_lines(card, wording(card.language))) + "\n"


def _lines(card: Card, words: Wording) -> Iterator[str]:
    yield f"# {words[f'title.{card.audience}']}"
    yield f"\n{phrases.lead(card, words)}"
    for entry in card.first:
        yield f"\n## {markdown(phrases.large_title(entry, words))}\n"
        if below := phrases.large_facts(entry, words):
            yield f"{markdown(below)}\n"
        yield from (f"- {_way(way)}" for way in phrases.ways(entry, words))
    if card.more:
        yield f"\n## {words['heading.more']}\n"
        for entry in card.more:
            yield from _more_in_markdown(entry, words)
    if said := phrases.hotline_answers(card, words):
        yield f"\n## {words['heading.answers']}\n"
        yield said
    yield f"\n## {words['heading.safety']}\n"
    yield words[f"safety.{card.audience}"]
    yield f"\n*{' '.join(phrases.dates(card, words))}*"


def _more_in_markdown(entry: Entry, words: Wording) -> Iterator[str]:
    name, facts = markdown(phrases.name(entry.channel, words)), phrases.facts(entry, words)
    yield f"- **{phrases.heading(entry, words)}**: {name}. {facts}".rstrip()
    # By four spaces: readers older than CommonMark do not see two.
    yield from (f"    - {_way(way)}" for way in phrases.ways(entry, words))


def _way(way: Way) -> str:
    shown = markdown(way.shown)
    link = f"[{shown}](<{way.uri}>)" if way.uri else shown
    return f"{way.verb} {link}" + (f" ({markdown(way.detail)})" if way.detail else "")


_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each takes two places: an escape and itself."""

_PLACES = {"GSM-7": (160, 153), "UCS-2": (70, 67)}
"""Places in a message of one part, and in each part of a longer one."""

_ONE_UNIT = "\uffff"
"""Characters above it take two units of UTF-16."""


class SmsText(str):
    """The text of a message, which knows how it will be sent.

    Attributes:
        encoding: ``GSM-7`` or ``UCS-2``.
        places: Septets or 16-bit units that it takes.
        parts: Messages that it is sent and charged as.
    """

    __slots__ = ()

    @property
    def encoding(self) -> str:
        """``GSM-7`` if every character is in that alphabet, else ``UCS-2``."""
        return "GSM-7" if set(self) <= _BASIC | _EXTENDED else "UCS-2"

    @property
    def places(self) -> int:
        """Septets or 16-bit units that it takes."""
        return sum(self._sizes())

    @property
    def parts(self) -> int:
        """Messages that it is sent and charged as; no character is cut in two."""
        single, each = _PLACES[self.encoding]
        if self.places <= single:
            return 1
        parts, room = 1, each
        for size in self._sizes():
            if size > room:
                parts, room = parts + 1, each
            room -= size
        return parts

    def _sizes(self) -> list[int]:
        """Return the places of each character."""
        if self.encoding == "GSM-7":
            return [2 if one in _EXTENDED else 1 for one in self]
        return [2 if one > _ONE_UNIT else 1 for one in self]


def render_sms(card: Card) -> SmsText:
    """Return the card as a text message; see `Card.sms`."""
    words = wording(card.language)
    return SmsText(
        " ".join(part for entry in card.first for part in _entry_in_message(entry, card, words))
    )


def _entry_in_message(entry: Entry, card: Card, words: Wording) -> Iterator[str]:
    if entry.channel.id == EMERGENCY:
        yield words.fill("sms.emergency", number=phrases.ways(entry, words)[0].shown)
        return
    ways = phrases.shortest(phrases.ways(entry, words))
    said = [_said_in_message(way, words) for way in ways]
    if entry.channel.id != HOTLINE:
        name = phrases.heading(entry, words)
        yield words.fill("line.ways", name=name, ways=words["sms.or"].join(said))
        return
    discreet = card.audience in VICTIMS
    yield words.fill("sms.victim" if discreet else "sms.other", ways=words["sms.or"].join(said))
    if all(way.contact.hours and way.contact.hours.always_open for way in ways):
        yield words["sms.always"]
    if discreet and entry.channel.anonymous:
        yield words["sms.anonymous"]
    if discreet:
        yield words["sms.delete"]


def _said_in_message(way: Way, words: Wording) -> str:
    shown = f"{way.shown} ({way.detail})" if way.detail else way.shown
    if f"sms.{way.contact.mode}" in words:
        return words.fill(f"sms.{way.contact.mode}", shown=shown)
    return f"{way.verb} {shown}"

"""A card as plain text, for terminals, letters and chat windows.

Layout is done on pieces of text that carry a role and a link, so that a
terminal can colour them without changing a column; see `Paint`. Words are
never broken: a number or an address stays whole, even if it is too wide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from ct_trafficking_resources.cards import phrases
from ct_trafficking_resources.cards.wording import wording
from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.model.channels import EMERGENCY
from ct_trafficking_resources.vocabulary import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ct_trafficking_resources.cards.composition import Card
    from ct_trafficking_resources.cards.phrases import Way
    from ct_trafficking_resources.cards.wording import Wording

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
        sheet.paragraph([Piece(words[f"lead.{card.audience}"])])
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

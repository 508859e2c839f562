"""A card: the right lines for one reader, in the reader's words.

The card holds what was chosen; each form is a module that is imported when it
is asked for.
"""

from __future__ import annotations

import copyreg
import re
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.cards.phrases import wording
from ct_trafficking_resources.cards.selection import Entry, Request, select
from ct_trafficking_resources.edition.codec import pickled
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.model.base import Part
from ct_trafficking_resources.policy import ALWAYS_SHOWN
from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose, known_term

if TYPE_CHECKING:
    from datetime import date, datetime

    from ct_trafficking_resources.cards.html import HtmlText
    from ct_trafficking_resources.cards.text import SmsText
    from ct_trafficking_resources.edition.directory import Directory

_ALWAYS = frozenset(line.channel for line in ALWAYS_SHOWN.values())


FORMS = ("text", "markdown", "html", "sms", "poster", "prompt")
"""The methods of a card that return it as text; the command line offers each."""


class CardText(str):
    """What `str` gives of a card: text for a reader, HTML for a template.

    Jinja2 asks any value for ``__html__``; Django makes text of it and asks that.

    Attributes:
        card: The card.
    """

    __slots__ = ("card",)

    card: Card

    def __html__(self) -> str:
        """Return the card as HTML, so that it is not escaped again."""
        return self.card.__html__()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Card(Part):
    """The right lines for one reader; get one from `card`.

    Attributes:
        audience: Who reads it.
        language: BCP 47 tag of its words.
        edition: Number of the edition that it was drawn from.
        pin: What to write down to draw the same card again.
        status: ``preview``, ``released`` or ``reconstructed``.
        review_by: Day by which a person must have reviewed the edition.
        on: The day on which it is shown, or None.
        entries: What stands on it, in its order.
    """

    audience: Audience
    language: str
    edition: str
    pin: str
    status: str
    review_by: date
    on: date | None
    entries: tuple[Entry, ...]

    @property
    def always(self) -> tuple[Entry, ...]:
        """What every card holds: 911 and the national hotline."""
        return tuple([entry for entry in self.entries if entry.channel.id in _ALWAYS])

    @property
    def first(self) -> tuple[Entry, ...]:
        """What stands large: 911, the hotline, and what the policy puts before the hotline.

        A report that the law asks for would be missed further down.
        """
        return self.entries[: self._large()]

    @property
    def more(self) -> tuple[Entry, ...]:
        """What stands below."""
        return self.entries[self._large() :]

    def _large(self) -> int:
        places = enumerate(self.entries, start=1)
        return max([place for place, entry in places if entry.channel.id in _ALWAYS], default=0)

    def text(self, *, width: int = 72, style: str = "full") -> str:
        """Return the card as plain text.

        Args:
            width: Columns; at least 40.
            style: ``full``; ``short``, the lines and no more; or ``line``,
                what stands large in one line that is not wrapped.

        Raises:
            UnknownTerm: There is no such style.
        """
        from ct_trafficking_resources.cards import text

        return text.render(self, width=width, style=style)

    def markdown(self) -> str:
        """Return the card as Markdown, with links."""
        from ct_trafficking_resources.cards import text

        return text.render_markdown(self)

    def html(
        self,
        *,
        page: bool = False,
        title: str | None = None,
        exit_to: str | None = None,
        heading: int = 2,
    ) -> HtmlText:
        """Return the card as HTML: static, without script, everything escaped.

        Templates take it as it is.

        Args:
            page: Return a whole page with its style, not a part of one. The
                style of a part is `cards.stylesheet`, to be served by the host.
            title: Title of the page. The default tells a passer-by nothing.
            exit_to: Address of an ordinary page that an "Exit this page" link
                leads to, after GOV.UK's pattern; no such link if None.
            heading: Level of the card's first heading, 1 to 4, in a part.

        Raises:
            ValueError: *exit_to* is no https address, or *heading* no level.
        """
        from ct_trafficking_resources.cards import html

        return html.render(self, page=page, title=title, exit_to=exit_to, heading=heading)

    def __html__(self) -> str:
        """Return the card as HTML, so that it is not escaped again."""
        return str(self.html())

    def __str__(self) -> CardText:
        """Return the card as text that templates take as HTML."""
        text = CardText(self.text())
        text.card = self
        return text

    def sms(self) -> SmsText:
        """Return what stands large as a text message that knows its parts."""
        from ct_trafficking_resources.cards import text

        return text.render_sms(self)

    def poster(self, *, size: str = "letter", qr: bool = True) -> HtmlText:
        """Return a page to print and hang up, as HTML.

        Args:
            size: ``letter`` or ``a4``.
            qr: With a code to scan that calls the hotline; its number stands
                beside it. Needs the extra ``[qr]``.

        Raises:
            UnknownTerm: There is no such size.
            MissingExtra: segno is not installed.
        """
        from ct_trafficking_resources.cards import html

        return html.render_poster(self, size=size, qr=qr)

    def prompt(self) -> str:
        """Return a block for the instructions of a language model.

        It is made from typed values only; no prose of the data is in it.
        """
        from ct_trafficking_resources.cards import prompt

        return prompt.render(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the card as plain types, each number apart from its instruction."""
        from ct_trafficking_resources.cards import text

        return text.to_dict(self)


for _part in (Card, Entry):
    copyreg.pickle(_part, pickled)  # type: ignore[arg-type]


def card(  # noqa: PLR0913 - the questions are asked by name
    audience: Audience | str = Audience.VICTIM,
    language: str = "en",
    directory: Directory | None = None,
    *,
    purpose: Purpose | str | None = None,
    mode: Mode | str | None = None,
    town: str | None = None,
    open_at: datetime | None = None,
    on: date | None = None,
) -> Card:
    """Return the card for one reader. It always has 911 and the national hotline.

    The numbers come from the directory, the words from the catalogue of the
    language. What each audience sees, and why, is listed in docs/cards.md.

    Args:
        audience: Who reads the card, as an `Audience` or its string.
        language: The reader's language as a BCP 47 tag, such as ``"es"``.
        directory: Where the help channels come from; ``load()`` if None.
        purpose: Show only channels for this need.
        mode: Show only this way to reach a channel, if the channel has it.
        town: Leave out channels that do not serve this town in Connecticut.
        open_at: Leave out channels that are known to be closed at this moment,
            a datetime with a time zone. Unknown hours are not closed.
        on: The day on which the card is shown. Values that are not valid on
            that day are left out, and the card says if the review is overdue.
            If None, the card compares no day.

    Returns:
        The card. Its methods return it as text, HTML, a text message and so on.

    Raises:
        UnknownTerm: *audience*, *purpose* or *mode* is not in its vocabulary,
            or there is no catalogue for the language.
        UnknownRecord: The directory has no record of 911 or of the hotline.
            Editions from before 2026 have none of 911.
        ValueError: *open_at* has no time zone.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> from ct_trafficking_resources.testing import fictional_directory
        >>> card = ctr.card("worker", directory=fictional_directory(), purpose="wages-and-work")
        >>> card.text(style="line")
        'In danger: call 911. Fictional Trafficking Hotline: Call 860-555-2001; Text 555555.'
        >>> [entry.channel.id for entry in card.more]
        ['fictional-wage-line']
    """
    source = load() if directory is None else directory
    if on is not None:
        source = source.as_of(on)
    words = wording(language)
    request = Request(
        audience=known_term(Audience, audience),
        language=words.language,
        purpose=None if purpose is None else known_term(Purpose, purpose),
        mode=None if mode is None else known_term(Mode, mode),
        town=town,
        open_at=open_at,
    )
    return Card(
        audience=request.audience,
        language=words.language,
        edition=_made_of("0-9.", source.edition),
        pin=_made_of("0-9.@:a-fsh", source.pin),
        status=_made_of("a-z", source.status),
        review_by=source.review_by,
        on=on,
        entries=select(source, request),
    )


def _made_of(characters: str, text: str) -> str:
    """Return a word of an edition's header without what no such word has.

    It stands in every form as it is, and in an edition of one's own that was
    built in memory it has not met the schemas.
    """
    return re.sub(f"[^{characters}]", "", text)

"""Whether a piece of text is one of the contacts that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.audit.engine import kit_for
from ct_trafficking_resources.audit.known import UNKNOWN, Standing
from ct_trafficking_resources.audit.links import links
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.phone import ascii_digits, digits_of, spell

if TYPE_CHECKING:
    from ct_trafficking_resources.audit.known import Judgement, Known
    from ct_trafficking_resources.edition.directory import Directory


def is_known(text: str, directory: Directory | None = None) -> bool:
    """Tell whether a piece of text is, as a whole, a contact in the data.

    Made for filters that redact phone numbers but must let help lines through.
    Any grouping counts, and so do a number in letters, a link and an address. A
    code for text messages and a number such as 911 count by themselves.

    Args:
        text: What the filter is about to redact.
        directory: The edition to compare with; ``load()`` if None.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> ctr.is_known("+1 (888) 373-7888"), ctr.is_known("1-800-373-7888")
        (True, False)
    """
    known = kit_for(directory or load()).known
    piece = ascii_digits(text).strip().strip(",;:!?\"'<>").rstrip(".")
    return _judge(piece, known).standing == Standing.CURRENT


def _judge(piece: str, known: Known) -> Judgement:
    link = next(links(piece), None)
    if link is not None and (link.start, link.end) == (0, len(piece)):
        return _judge_digits(link.digits, known)
    if "@" in piece:
        return known.email(piece.removeprefix("mailto:").lower())
    address = known.url(piece.removeprefix("https://").removeprefix("http://").lower())
    if address.standing == Standing.CURRENT:
        return address
    if not any(map(str.isdigit, piece)) and piece.upper() not in known.vanities:
        return UNKNOWN
    return _judge_digits(spell(piece), known)


def _judge_digits(digits: str, known: Known) -> Judgement:
    for judged in (known.n11(digits), known.code(digits)):
        if judged.standing == Standing.CURRENT:
            return judged
    return known.number(digits_of(digits))

"""The audit of one text, of a reply that a language model is about to show, and of one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.audit import numbers, policy, rules
from ct_trafficking_resources.audit.engine import Lines, examine, finding, kit_for, settle
from ct_trafficking_resources.audit.known import UNKNOWN, Standing
from ct_trafficking_resources.audit.links import links
from ct_trafficking_resources.audit.scene import Draft, Scene
from ct_trafficking_resources.edition.loading import load
from ct_trafficking_resources.model.channels import HOTLINE
from ct_trafficking_resources.phone import ascii_digits, digits_of, is_number_at, spell
from ct_trafficking_resources.vocabulary import ValueKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ct_trafficking_resources.audit.known import Judgement, Known, Right
    from ct_trafficking_resources.audit.spots import Spot
    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.edition.directory import Directory


def audit_text(
    text: str,
    directory: Directory | None = None,
    *,
    name: str = "<text>",
    hand_typed: bool = False,
) -> tuple[Finding, ...]:
    """Return what is wrong with the contacts in a text.

    Finds wrong forms of known contacts, numbers one slip away from a known one,
    and values that were withdrawn or replaced. Contacts of others are left
    alone. docs/audit.md lists the rules.

    Args:
        text: The text, in any markup or programming language.
        directory: The edition to compare with; ``load()`` if None.
        hand_typed: Also find values that are right but typed in by hand.
        name: What to call the text in the findings, such as the name of a file.

    Returns:
        The findings, in the order of the text. Each has the line and column,
        counted from 1, and what to write instead if that is known.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> (finding,) = ctr.audit_text("Call 1-800-373-7888, day and night.")
        >>> finding.rule, finding.place.column, finding.replacement
        ('CTR410', 6, '1-888-373-7888')
    """
    kit = kit_for(directory or load())
    scene = Scene(text=text, known=kit.known, names=kit.names)
    drafts = examine(scene, hand_typed=hand_typed)
    if not drafts:
        return ()
    lines = Lines(text)
    return tuple(finding(draft, text, lines, name) for draft in drafts)


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


# --- a reply ---------------------------------------------------------------------------


def check_reply(
    text: str,
    directory: Directory | None = None,
    *,
    due: bool | None = None,
    allowed: Collection[str] = (),
    name: str = "<reply>",
) -> tuple[Finding, ...]:
    """Return what is wrong with the contacts in a reply of a language model.

    Finds all that `audit_text` finds, in any context, because every word of a
    reply is for the person who reads it. Also finds numbers and addresses that
    no record has, and a reply that gives no contact when one is due.

    Args:
        text: The reply.
        directory: The edition to compare with; ``load()`` if None.
        due: Whether the reply must give a contact. If None, it must when it
            speaks of trafficking or of danger.
        allowed: Your own numbers, hosts and addresses that a reply may give.
        name: What to call the reply in the findings.

    Returns:
        The findings, in the order of the text; empty if nothing is wrong.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> (finding,) = ctr.check_reply("You can call the help desk at 1-800-221-4567.")
        >>> finding.rule, finding.message
        ('CTR461', "No record has '1-800-221-4567'.")
    """
    kit = kit_for(directory or load())
    scene = Scene(text=text, known=kit.known, names=kit.names, ours=True)
    drafts = list(examine(scene))
    drafts += _made_up(scene, frozenset(map(_comparable, allowed)))
    if due or (due is None and policy.DUE.search(scene.text)):
        drafts += _missing(scene)
    lines = Lines(text)
    return tuple(finding(draft, text, lines, name) for draft in settle(drafts))


@rules.finds(rules.MADE_UP, rules.MADE_UP_ADDRESS)
def _made_up(scene: Scene, allowed: frozenset[str]) -> Iterator[Draft]:
    for spot in _unknown(scene):
        forms = {_comparable(spot.value), _comparable(scene.text[spot.start : spot.end])}
        if forms & allowed:
            continue
        if spot.kind == ValueKind.URL and spot.value.partition("/")[0] in allowed:
            continue
        number = spot.kind in {ValueKind.E164, ValueKind.SHORT_CODE}
        yield Draft(
            rule=rules.MADE_UP if number else rules.MADE_UP_ADDRESS,
            start=spot.start,
            end=spot.end,
            right=_hotline(scene, "voice" if number else "web"),
        )


def _unknown(scene: Scene) -> Iterator[Spot]:
    """Yield the contacts that no record has."""
    for spot in scene.spots:
        if spot.judged.standing == Standing.UNKNOWN and (
            spot.kind != ValueKind.E164 or is_number_at(scene.text, spot.start, spot.end)
        ):
            yield spot
    yield from numbers.unknown_codes(scene.text, scene.known)
    yield from numbers.unknown_letters(scene.text, scene.known)


@rules.finds(rules.NO_CONTACT)
def _missing(scene: Scene) -> Iterator[Draft]:
    """Say that no contact is given; a wrong one has its own finding."""
    given = [*scene.spots, *numbers.three_digits(scene.text, scene.known)]
    if all(spot.judged.standing == Standing.UNKNOWN for spot in given):
        yield Draft(
            rule=rules.NO_CONTACT,
            start=len(scene.text),
            end=len(scene.text),
            right=_hotline(scene, "voice"),
        )


def _hotline(scene: Scene, contact: str) -> Right | None:
    return scene.known.contact(HOTLINE, contact)


def _comparable(value: str) -> str:
    digits = "".join(one for one in value if one.isdigit())
    only_number = not any(one.isalpha() for one in value)
    if only_number:
        return digits.removeprefix("1") if len(digits) == len("18883737888") else digits
    return value.lower().removeprefix("https://").removeprefix("www.").rstrip("/")

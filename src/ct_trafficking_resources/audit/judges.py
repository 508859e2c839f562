"""The judges: each looks at a scene for one kind of mistake.

A judge is a small function in the list `JUDGES`; to add one, write it, put it
there, and add its rule to `rules`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ct_trafficking_resources.audit import policy, rules
from ct_trafficking_resources.audit.known import Holder, Right, Standing, display_name, right
from ct_trafficking_resources.audit.names import whole_words
from ct_trafficking_resources.audit.scene import Draft
from ct_trafficking_resources.model import HelpChannel, Organization, Tombstone
from ct_trafficking_resources.model.channels import HOTLINE
from ct_trafficking_resources.phone import is_number_at, near_miss
from ct_trafficking_resources.vocabulary import Harm, Mode, Purpose, ValueKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ct_trafficking_resources.audit.known import Judgement
    from ct_trafficking_resources.audit.links import Link
    from ct_trafficking_resources.audit.names import Named, Phrase
    from ct_trafficking_resources.audit.rules import AuditRule
    from ct_trafficking_resources.audit.scene import Scene
    from ct_trafficking_resources.audit.spots import Spot
    from ct_trafficking_resources.model import Misprint, Operator

_HARMS: dict[str, AuditRule] = {
    Harm.WRONG_DESTINATION: rules.WRONG_DESTINATION,
    Harm.MISLEADING: rules.MISLEADING,
    Harm.COSMETIC: rules.COSMETIC,
}
_ADDRESSES = frozenset({ValueKind.URL, ValueKind.EMAIL, ValueKind.HOST})
_TIPS = frozenset({Purpose.CRIME_TIPS, Purpose.INVESTIGATIONS})
_SENTENCE_END = re.compile(r"(?<![. ][A-Z])[.!](?:\s|\Z)|\n\s*\n")
_KEYWORD = re.compile(
    r"\b(?:text|txt|send|sms|env[ií]e|mande)\W{1,4}(?:the word\W{1,3})?"
    r"([A-Za-z][A-Za-z0-9]{1,14})\W{1,3}(?:or\W{1,3}([A-Za-z][A-Za-z0-9]{1,14})\W{1,3})?"
    r"(?:to|at|al|a)\W{1,3}\Z",
    re.IGNORECASE,
)
_OTHER_LINE = re.compile(r"\b(?:fax|tty|tdd|office|admin|media|press|donat)", re.IGNORECASE)
_NANP = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}\Z")


# --- values by themselves -------------------------------------------------


@rules.finds(
    rules.WRONG_DESTINATION,
    rules.NEAR_CHANNEL,
    rules.NEAR_OFFICE,
    rules.REVOKED,
    rules.OUTDATED,
    rules.LOOKALIKE,
    rules.NEAR_HOST,
)
def wrong_values(scene: Scene) -> Iterator[Draft]:
    """Find misprints, near misses, retired values and look-alike hosts."""
    for spot in scene.spots:
        rule = _rule_for(scene, spot)
        if rule is None:
            continue
        judged = spot.judged
        link = scene.link_at(spot.start)
        source = judged.misprint or judged.tombstone
        yield Draft(
            rule=rule,
            start=link.start if link else spot.start,
            end=link.end if link else spot.end,
            right=scene.known.right_of(judged),
            link=link is not None,
            record=source.record if source else None,
            name=_name_of(scene, source),
            why=source.explanation if source else "",
            slip=judged.slip.in_words() if judged.slip else "",
        )


def _name_of(scene: Scene, source: Misprint | Tombstone | None) -> str | None:
    """Return what the record of a misprint or tombstone is called."""
    record = scene.known.records.get((source.record if source else None) or "")
    return display_name(record) if record else None


def _rule_for(scene: Scene, spot: Spot) -> AuditRule | None:
    judged = spot.judged
    if judged.misprint is not None:
        local = isinstance(scene.known.records.get(judged.misprint.record or ""), Organization)
        if local and not scene.ours and not _is_beside(scene, spot, policy.PLACE_WORDS):
            return None
        return _rule_of(judged.misprint)
    if judged.tombstone is not None:
        shared = spot.kind == ValueKind.SHORT_CODE and not judged.tombstone.revoked
        owner = frozenset(filter(None, [judged.tombstone.record]))
        return (
            None if shared and not _names_near(scene, spot, owner) else _rule_of(judged.tombstone)
        )
    if judged.standing == Standing.LOOKALIKE:
        return rules.LOOKALIKE
    if judged.standing == Standing.NEAR_MISS:
        return _rule_for_near(scene, spot)
    return None


def _rule_for_near(scene: Scene, spot: Spot) -> AuditRule | None:
    if spot.kind in _ADDRESSES:
        return rules.NEAR_HOST
    owner = spot.judged.holders[0]
    if isinstance(owner.record, HelpChannel):
        return rules.NEAR_CHANNEL
    near = _names_near(scene, spot, scene.known.family(spot.judged.holders))
    return rules.NEAR_OFFICE if near else None


def _is_beside(scene: Scene, spot: Spot, words: Iterable[str]) -> bool:
    around = scene.text[max(0, spot.start - policy.AROUND) : spot.end + policy.AROUND].lower()
    return any(word in around for word in words)


def _names_near(scene: Scene, spot: Spot, records: frozenset[str]) -> bool:
    start, end = spot.start - policy.AROUND, spot.end + policy.AROUND
    return scene.names.speaks_of(scene.text, start, end, records)


# --- names and phrases ------------------------------------------------------


@rules.finds(rules.FORMER_NAME, rules.MISLEADING, rules.COSMETIC)
def phrases(scene: Scene) -> Iterator[Draft]:
    """Find former names and phrases that are known to be wrong."""
    for phrase in scene.names.phrases:
        if not phrase.may_be_in(scene.text, scene.lowered):
            continue
        for match in phrase.pattern.finditer(scene.text):
            start, end = match.span()
            if scene.ours or phrase.is_meant(scene.text, start, end):
                yield from _phrase_draft(scene, phrase, start, end)


def _phrase_draft(scene: Scene, phrase: Phrase, start: int, end: int) -> Iterator[Draft]:
    source = phrase.source
    if phrase.is_name:
        if phrase.record and not _in_the_past(scene, start, end):
            yield Draft(
                rule=rules.FORMER_NAME,
                start=start,
                end=end,
                right=scene.known.named(phrase.record),
                why=source.explanation,
            )
        return
    meant = scene.known.right_for(source)
    if _is_explained(scene, meant, end):
        return
    yield Draft(
        rule=_rule_of(source),
        start=start,
        end=end,
        right=meant,
        record=source.record,
        name=_name_of(scene, source),
        why=source.explanation,
    )


def _rule_of(source: Misprint | Tombstone) -> AuditRule:
    if isinstance(source, Tombstone):
        return rules.REVOKED if source.revoked else rules.OUTDATED
    return _HARMS.get(source.harm, rules.MISLEADING)


def _is_explained(scene: Scene, meant: Right | None, end: int) -> bool:
    """Tell whether the right code follows at once: "text BEFREE (233733)"."""
    following = scene.dialled_in(end, end + policy.BESIDE_NAME)
    return meant is not None and any(spot.value == meant.text for spot in following)


def _in_the_past(scene: Scene, start: int, end: int) -> bool:
    before, after = _sentence(scene.text, start, end)
    return policy.PAST.search(before + " " + after) is not None


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what a sentence says before and behind a stretch of text, within reach."""
    before = text[max(0, start - policy.NEAR) : start]
    begin = max((match.end() for match in _SENTENCE_END.finditer(before)), default=0)
    after = text[end : end + policy.NEAR]
    stop = _SENTENCE_END.search(after)
    return before[begin:], after[: stop.start()] if stop else after


@rules.finds(rules.FORMER_OPERATOR)
def former_operators(scene: Scene) -> Iterator[Draft]:
    """Find sentences in which a former operator still runs a service."""
    for id, names in scene.names.former_operators.items():
        channel = scene.known.records[id]
        for name in names:
            if name.lower() not in scene.lowered:
                continue
            for match in whole_words(name, any_case=False).finditer(scene.text):
                before, after = _sentence(scene.text, *match.span())
                sentence = f"{before} {after}"
                own = scene.names.speaks_of(sentence, 0, len(sentence), frozenset({id}))
                runs = policy.OPERATES.search(sentence) and not policy.PAST.search(sentence)
                if own and runs:
                    yield operator_draft(scene, channel, match.start(), match.end())


def operator_draft(scene: Scene, channel: object, start: int, end: int) -> Draft:
    """Return the finding for a former operator of a channel."""
    operator = channel.operator if isinstance(channel, HelpChannel) else None
    named = scene.known.named(operator.organization or "") if operator else None
    until = _past_operators(channel)
    return Draft(
        rule=rules.FORMER_OPERATOR,
        start=start,
        end=end,
        right=named,
        name=getattr(channel, "name", None),
        why=f"It did until {until[0].until}." if until else "",
    )


# --- whose number it is -------------------------------------------------------


@rules.finds(rules.WRONG_OWNER, rules.UNKNOWN_NUMBER)
def owners(scene: Scene) -> Iterator[Draft]:
    """Find numbers that stand under the name of another service."""
    for spot in scene.dialed:
        unknown = spot.judged.standing == Standing.UNKNOWN
        if (unknown and not _NANP.match(spot.value)) or scene.link_at(spot.start) is not None:
            continue
        owner = _label_of(scene, spot)
        if owner is None:
            continue
        if spot.judged.standing == Standing.CURRENT:
            yield from _wrong_owner(scene, spot, owner)
        elif unknown:
            yield from _unknown_number(scene, spot, owner)


def _wrong_owner(scene: Scene, spot: Spot, owner: Named) -> Iterator[Draft]:
    holders = spot.judged.holders
    record = scene.known.records[owner.record]
    channel = holders[0].record
    if owner.record in {one.organization for one in _past_operators(channel)}:
        yield operator_draft(scene, channel, owner.start, owner.end)
        return
    own = _own_number(scene, record, spot.kind)
    if own is None or (isinstance(channel, HelpChannel) and not isinstance(record, HelpChannel)):
        return
    yield Draft(
        rule=rules.WRONG_OWNER,
        start=spot.start,
        end=spot.end,
        right=own,
        name=display_name(channel),
        other=display_name(record),
    )


def _unknown_number(scene: Scene, spot: Spot, owner: Named) -> Iterator[Draft]:
    record = scene.known.records[owner.record]
    between = scene.text[owner.end : spot.start]
    own = _own_number(scene, record, spot.kind)
    if (
        own is None
        or not isinstance(record, HelpChannel)
        or not 0 <= spot.start - owner.end <= policy.BESIDE_NAME
        or "\n" in between
        or _OTHER_LINE.search(scene.text, owner.end, spot.end + policy.BESIDE_NAME)
        or not is_number_at(scene.text, spot.start, spot.end)
    ):
        return
    yield Draft(
        rule=rules.UNKNOWN_NUMBER,
        start=spot.start,
        end=spot.end,
        right=own,
        other=display_name(record),
    )


def _past_operators(record: object) -> list[Operator]:
    return [one for one in getattr(record, "operators", ()) if one.until is not None]


def _own_number(scene: Scene, record: object, kind: str) -> Right | None:
    """Return the record's own number of a kind, as what is right."""
    for holder in scene.known.holders:
        if holder.record is record and holder.contact.kind == kind:
            return right(holder)
    return None


def _label_of(scene: Scene, spot: Spot) -> Named | None:
    """Return the name that a number stands under, or None.

    A name belongs to a number if nothing parts them more than the name on the
    other side, and no other number stands between. Where one of the names on
    that side is the number's own, there is nothing to say.
    """
    text, family = scene.text, scene.known.family(spot.judged.holders)
    floor = max(0, spot.start - policy.NEAR)
    others = [one for one in scene.dialled_in(floor, spot.start) if not _is_same(one, spot, family)]
    floor = max([floor, *(one.end for one in others)])
    ceiling = min(len(text), spot.end + policy.NEAR)
    following = [
        one for one in scene.dialled_in(spot.end, ceiling) if not _is_same(one, spot, family)
    ]
    ceiling = min([ceiling, *(one.start for one in following)])
    before = list(scene.names.find(text, floor, spot.start))
    after = list(scene.names.find(text, spot.end, ceiling))
    cost_before = _parting(text[before[-1].end : spot.start]) if before else policy.TOO_FAR
    cost_after = _parting(text[spot.end : after[0].start]) if after else policy.TOO_FAR
    side = before if cost_before <= cost_after else after
    if min(cost_before, cost_after) >= policy.TOO_FAR or any(one.record in family for one in side):
        past = {one.organization for one in _past_operators(_main(spot))}
        if side and {one.record for one in side} <= past:
            return side[-1]
        return None
    return before[-1] if side is before else after[0]


def _is_same(one: Spot, other: Spot, family: frozenset[str]) -> bool:
    """Tell whether a number is of the same service as another, whose family is given."""
    if one.value == other.value:
        return True
    return any(holder.record.id in family for holder in one.judged.holders)


def _main(spot: Spot) -> object:
    return spot.judged.holders[0].record if spot.judged.holders else None


def _parting(between: str) -> int:
    return sum(weight * len(pattern.findall(between)) for pattern, weight in policy.BREAKS)


# --- what it is offered for -----------------------------------------------------


@rules.finds(rules.WRONG_KEYWORD)
def keywords(scene: Scene) -> Iterator[Draft]:
    """Find a keyword that is sent to the code of another service."""
    own = {
        holder.contact.keyword.upper(): holder
        for holder in scene.known.holders
        if holder.contact.keyword
    }
    for spot in scene.dialed:
        if spot.kind != ValueKind.SHORT_CODE or spot.judged.standing != Standing.CURRENT:
            continue
        start = max(0, spot.start - policy.BESIDE)
        match = _KEYWORD.search(scene.text, start, spot.start)
        for word in filter(None, match.groups() if match else ()):
            holder = own.get(word.upper())
            if match and holder is not None and holder not in spot.judged.holders:
                yield Draft(
                    rule=rules.WRONG_KEYWORD,
                    start=match.start(),
                    end=spot.end,
                    right=_how_to_text(spot.judged.holders[0]),
                    other=display_name(holder.record),
                )


def _how_to_text(holder: Holder) -> Right:
    meant, keyword = right(holder), holder.contact.keyword
    text = f"text {keyword} to {meant.text}" if keyword else f"text {meant.text}"
    return Right(text=text, record=meant.record, name=meant.name, expression=meant.expression)


@rules.finds(rules.WRONG_AUDIENCE)
def audiences(scene: Scene) -> Iterator[Draft]:
    """Find tip lines that are offered as help."""
    for spot in scene.dialed:
        holders = spot.judged.holders
        if spot.judged.standing != Standing.CURRENT or not all(map(_takes_tips_only, holders)):
            continue
        before, after = _sentence(scene.text, spot.start, spot.end)
        said = f"{before} {after}"
        if policy.HELPING.search(said) and not policy.REPORTING.search(said):
            yield Draft(
                rule=rules.WRONG_AUDIENCE,
                start=spot.start,
                end=spot.end,
                right=_hotline(scene),
                name=display_name(holders[0].record),
            )


def _takes_tips_only(holder: Holder) -> bool:
    record = holder.record
    if isinstance(record, HelpChannel):
        return record.tips_only or record.immigration_enforcement
    return bool(holder.contact.purposes) and set(holder.contact.purposes) <= _TIPS


def _hotline(scene: Scene) -> Right | None:
    return scene.known.contact(HOTLINE, "voice")


# --- links ----------------------------------------------------------------------


@rules.finds(rules.BROKEN_LINK, rules.NO_PLUS, rules.DRAFT, rules.WRONG_MODE)
def broken_links(scene: Scene) -> Iterator[Draft]:
    """Find links that do not dial, or not as they should."""
    for link in scene.links:
        judged, kind = _judge_link(scene, link)
        if judged.standing != Standing.CURRENT:
            continue
        fault = _fault(link, kind)
        rule = rules.BROKEN_LINK
        meant = _fitting(judged.holders, link) or judged.holders[0]
        if fault is None:
            rule, fault = _habit(link, kind, judged.holders)
        if fault is not None:
            yield Draft(
                rule=rule,
                start=link.start,
                end=link.end,
                right=right(meant),
                link=True,
                slip=fault,
            )


def _judge_link(scene: Scene, link: Link) -> tuple[Judgement, ValueKind]:
    known, digits = scene.known, link.digits
    bare = digits[1:] if digits.startswith("1") and (link.plus or len(digits) != 3) else digits  # noqa: PLR2004
    for value in dict.fromkeys((digits, bare)):
        if (judged := known.n11(value)).standing == Standing.CURRENT:
            return judged, ValueKind.N11
        if value in known.codes:
            return known.code(value), ValueKind.SHORT_CODE
    return known.number(bare), ValueKind.E164


def _fault(link: Link, kind: ValueKind) -> str | None:
    """Return why a link does not dial, or None."""
    short = kind != ValueKind.E164
    if short and (link.plus or len(link.digits) != _short_length(link, kind)):
        return "a short number has no country code"
    if link.spelled:
        return "letters are not dialed"
    if link.slashes and link.texts:
        return "two slashes belong to the web"
    return None


def _short_length(link: Link, kind: ValueKind) -> int:
    length = len(link.digits)
    return 3 if kind == ValueKind.N11 else length - (length > len("233733"))


def _habit(
    link: Link, kind: ValueKind, holders: tuple[Holder, ...]
) -> tuple[AuditRule, str | None]:
    """Return the lesser rule that a link breaks, and how, or None for how."""
    if link.draft:
        return rules.DRAFT, "a message is already written"
    if _fitting(holders, link) is None:
        return rules.WRONG_MODE, "another mode"
    if (kind == ValueKind.E164 and not link.plus) or link.slashes:
        return rules.NO_PLUS, "no plus"
    return rules.NO_PLUS, None


def _fitting(holders: tuple[Holder, ...], link: Link) -> Holder | None:
    """Return the holder whose contact point is used as the link uses it, or None."""
    return next((one for one in holders if (one.contact.mode == Mode.TEXT) == link.texts), None)


@rules.finds(rules.LABEL_AND_LINK)
def labels(scene: Scene) -> Iterator[Draft]:
    """Find links that dial another number than the one that is shown."""
    for link in scene.links:
        judged, kind = _judge_link(scene, link)
        if kind == ValueKind.N11:
            continue
        value = _value(link)
        if link.label is not None:
            shown = scene.dialled_in(*link.label)
            other = None if _shows(shown, value) else next(iter(shown), None)
        else:
            other = _almost(scene, link, value)
        if other is None or not (_is_ours(judged) or _is_ours(other.judged)):
            continue
        link_is_right = judged.standing == Standing.CURRENT
        label_is_right = other.judged.standing == Standing.CURRENT
        wrong_label = link_is_right and not label_is_right
        best = judged if wrong_label else other.judged
        meant = scene.known.right_of(best if best.holders else judged)
        yield Draft(
            rule=rules.LABEL_AND_LINK,
            start=other.start if wrong_label else link.start,
            end=other.end if wrong_label else link.end,
            right=meant,
            link=not wrong_label,
            other=scene.text[link.start : link.end]
            if wrong_label
            else scene.text[other.start : other.end],
        )


def _value(link: Link) -> str:
    digits = link.digits
    return digits[1:] if digits.startswith("1") and len(digits) > len("233733") else digits


def _shows(spots: Iterable[Spot], value: str) -> bool:
    return any(spot.value == value for spot in spots)


def _is_ours(judged: Judgement) -> bool:
    return judged.standing != Standing.UNKNOWN


def _almost(scene: Scene, link: Link, value: str) -> Spot | None:
    """Return the number near a link that was meant to be the same, or None.

    Where the form of writing does not tell what is shown for a link, only a
    number that is one slip away can be told to be its label.
    """
    around = [
        spot
        for spot in scene.dialled_in(link.start - policy.AROUND, link.end + policy.AROUND)
        if scene.link_at(spot.start) is None
    ]
    if _shows(around, value):
        return None
    linked = {
        _value(one) for one in scene.links_in(link.start - policy.AROUND, link.end + policy.AROUND)
    }
    near = [
        spot
        for spot in around
        if spot.value not in linked
        and (near_miss(spot.value, value) is not None or _is_argument(scene.text, spot, link))
    ]
    return min(near, key=lambda spot: abs(spot.start - link.start), default=None)


def _is_argument(text: str, spot: Spot, link: Link) -> bool:
    """Tell whether a number and a link are arguments of one call, on one line."""
    between = text[spot.end : link.start]
    return (
        0 < len(between) <= policy.BESIDE + policy.BESIDE_NAME
        and not re.search(r"[\n;){}<>]", between)
        and "(" in between
    )


# --- what is typed by hand ---------------------------------------------------------


@rules.finds(rules.TYPED, rules.REGROUPED)
def typed(scene: Scene) -> Iterator[Draft]:
    """Find current values that are typed in by hand. Asked for by name only."""
    for spot in scene.spots:
        if spot.judged.standing != Standing.CURRENT or not spot.judged.holders:
            continue
        holder = spot.judged.holders[0]
        link = scene.link_at(spot.start)
        shown = scene.text[spot.start : spot.end].removeprefix("+")
        same = link or spot.kind != ValueKind.E164 or shown in _groupings(holder)
        yield Draft(
            rule=rules.TYPED if same else rules.REGROUPED,
            start=link.start if link else spot.start,
            end=link.end if link else spot.end,
            right=right(holder),
            link=link is not None,
        )


def _groupings(holder: Holder) -> frozenset[str]:
    """Return the ways of writing that are the service's own."""
    display = holder.contact.display
    return frozenset(filter(None, (display, display.removeprefix("1-"), holder.contact.vanity)))


JUDGES: tuple[Callable[[Scene], Iterator[Draft]], ...] = (
    wrong_values,
    phrases,
    former_operators,
    owners,
    keywords,
    audiences,
    broken_links,
    labels,
)
"""What every audit looks for."""

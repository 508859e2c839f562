"""What a person must look at before a release, most harmful first.

Each item names the page to open and what to compare. Nothing on the list is
ever called, texted or chatted with: a test call takes the place of a person who
needs the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.edition.directory import written_history
from ct_trafficking_resources.freshness import Freshness, FreshnessState, check_freshness, dated
from ct_trafficking_resources.model import ContactPoint
from ct_trafficking_resources.model.base import brief, having
from ct_trafficking_resources.policy import AS_RELEASED, FIRST_HAND, OFFICE, is_live_page
from ct_trafficking_resources.vocabulary import Mode, ValueKind
from ct_trafficking_resources.web import page_host
from ct_trafficking_resources.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ct_trafficking_resources.edition.directory import Directory
    from ct_trafficking_resources.model import Address, Evidence

HEADER = """\
# What a person must look at: edition {edition}, {on}

Open each page and compare it with the value, digit by digit. **Nobody calls, texts, chats with or
writes to any of these to test it**: a test takes the place of a person who needs the line. Where a
page no longer shows the value, look for it on other pages of the same organization; if it is not
there, hold the value and say why. Write the day and what the page says into the record's evidence.

{count} to look at, most harmful first.
"""


@attrs.frozen(kw_only=True)
class Item:
    """One value that a person must look at.

    Attributes:
        record: Id of the record.
        name: Name of the record.
        contact: Id of the contact point, or None.
        what: What it is where it is no contact point: ``office`` or ``record``.
        value: What must stand on the page.
        compare: What else to compare, in words.
        page: The page to open, or None where none is known.
        why: Why it is on the list.
    """

    record: str
    name: str
    contact: str | None
    what: str = "office"
    value: str
    compare: tuple[str, ...]
    page: str | None
    why: str

    __repr__ = brief


def checklist(
    directory: Directory, on: date | None = None, *, everything: bool = False
) -> tuple[Item, ...]:
    """Return what a person must look at before a release, most harmful first.

    These are the values that are marked to be looked at first, those that are
    not fresh, and those that were released on evidence that would not be enough
    today (`policy.AS_RELEASED`).

    Args:
        directory: The edition in work.
        on: The day; the present one in Connecticut if not given.
        everything: List the fresh values as well.

    Raises:
        ImpossibleDay: The edition was not released yet on that day.
    """
    found = {
        (value.record, value.contact, value.value): value
        for value in check_freshness(on, directory).values
    }
    items = []
    for place, (record, contact, part) in enumerate(dated(directory)):
        value = part.display if isinstance(part, ContactPoint) else part.text
        state = found[record.id, contact.id if contact else None, value]
        to_do = part.check_first or _lack(record.id, part)
        if everything or to_do or state.state is not FreshnessState.FRESH:
            office = state.review_class == OFFICE.name
            key = office, not part.check_first, place
            items.append((key, _item(record.id, record.name, part, state)))
    by_harm = [item for _, item in sorted(items, key=lambda one: one[0])]
    return (*by_harm, *_records(directory))


def _records(directory: Directory) -> Iterator[Item]:
    """Yield the records and tombstones whose own evidence would not be enough today."""
    for record in (*directory, *written_history(directory).tombstones):
        if lack := _lack(record.id, record.evidence):
            yield Item(
                record=record.id,
                name=record.name,
                contact=None,
                what="record",
                value=record.name,
                compare=(f"level of evidence {record.evidence.level}",),
                page=_page_of(record.evidence),
                why=lack,
            )


def _lack(record: str, part: ContactPoint | Address | Evidence) -> str | None:
    """Return what the evidence lacks of what was released and would not be enough today."""
    known_by = part.value if isinstance(part, ContactPoint) else part.digest
    return AS_RELEASED.get((record, known_by))


def markdown(items: tuple[Item, ...], edition: str, on: date) -> str:
    """Return the list as Markdown, to be ticked off."""
    lines = [HEADER.format(edition=edition, on=on, count=len(items))]
    for number, item in enumerate(items, start=1):
        page = f"Open <{item.page}>." if item.page else "No page is known: find one, or hold it."
        place = f"`{item.record}`, {item.contact or item.what}"
        lines += [
            f"{number}. [ ] **{item.name}** ({place}): `{item.value}`",
            f"   {page}",
            *(f"   Compare: {comparison}." for comparison in item.compare),
            f"   Why: {item.why}.",
            "",
        ]
    return "\n".join(lines)


def _item(record: str, name: str, part: ContactPoint | Address, state: Freshness) -> Item:
    why = [f"newest evidence {state.newest}"]
    if state.newest_dated is None:
        why.append("no source carries a date")
    if part.check_first:
        why.append("marked to be looked at first")
    if lack := _lack(record, part):
        why.append(lack)
    if state.overdue_by:
        why.append(f"review overdue by {state.overdue_by} days")
    return Item(
        record=record,
        name=name,
        contact=state.contact,
        value=state.value,
        compare=_compare(part) if isinstance(part, ContactPoint) else (),
        page=_page(part),
        why=", ".join(why),
    )


def _compare(contact: ContactPoint) -> tuple[str, ...]:
    compared = {
        what: in_words(getattr(contact, name))
        for name, what in having(ContactPoint, "checked").items()
    }
    if contact.mode == Mode.TEXT and not contact.keyword:
        compared["keyword"] = "none needed"
    return tuple(f"{what} {value}" for what, value in compared.items() if value)


def _page(part: ContactPoint | Address) -> str | None:
    """Return the page to open: the address itself, else the newest first-hand source."""
    if isinstance(part, ContactPoint) and part.kind == ValueKind.URL:
        return part.value
    return _page_of(part.evidence)


def _page_of(evidence: Evidence) -> str | None:
    """Return the newest first-hand source; copies and code last."""
    pages = sorted(
        (not is_live_page(url), source.kind not in FIRST_HAND, -source.as_of.toordinal(), url)
        for source in evidence.sources
        if (url := source.url) is not None and page_host(url) is not None
    )
    return pages[0][-1] if pages else None

"""The report on an update as text and as Markdown: before and after of every value.

How findings are shown is the business of `checks.reports`; this is what stands
beside them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from ct_trafficking_resources.changes import Effect, sections
from ct_trafficking_resources.checks import reports
from ct_trafficking_resources.errors import quote
from ct_trafficking_resources.words import markdown, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.updates.check import UpdateReport
    from ct_trafficking_resources.updates.edits import Edit

_LONGEST = 300
"""Characters of a value that are shown; notes and summaries may be longer."""

_ABSENT = "(nothing)"


def report_text(report: UpdateReport) -> str:
    """Return the findings and the changes, for a person at a terminal."""
    name = report.submission.name
    lines = [reports.text(report.findings, title=name).rstrip("\n")]
    lines += [
        visible(f"{form.place}: {quote(form.typed)} is stored as {form.stored}")
        for form in report.submission.stored_forms
    ]
    if report.edits:
        lines.append("It would change:" if report.ok else "If it were right, it would change:")
        lines += [line for edit in report.edits for line in _in_lines(edit)]
        for heading, entries in _meaning(report):
            lines += [f"  {heading}:", *(visible(f"    {entry}") for entry in entries)]
        lines += [f"  Card for {card} changes." for card in report.cards]
    lines.append(f"{name}: {_verdict(report)}")
    return "\n".join([*lines, ""])


def report_markdown(report: UpdateReport) -> str:
    """Return the findings, the changes and the cards as Markdown, for a pull request."""
    parts = [
        reports.markdown(report.findings, title=f"Update {report.submission.name}"),
        f"**{markdown(_verdict(report))}**\n",
        *_sender(report),
        *_stored(report),
        *_changes(report),
        *_meaning_in_markdown(report),
        *_cards(report),
    ]
    return "\n".join(parts)


def _verdict(report: UpdateReport) -> str:
    if not report.ok:
        return "refused; nothing may go in before the errors are mended."
    return "may go in." if report.edits else "changes nothing."


def _in_lines(edit: Edit) -> Iterator[str]:
    yield visible(f"  {edit}")
    yield visible(f"    before: {_shown(edit.before)}")
    yield visible(f"    after:  {_shown(edit.after)}")


def _shown(value: Any) -> str:
    if value is None:
        return _ABSENT
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= _LONGEST else f"{written[: _LONGEST - 3]}..."


def _sender(report: UpdateReport) -> Iterator[str]:
    if report.proposal is not None:
        update = report.proposal.document
        yield (
            f"Sent by {markdown(update['submitted_by'])} ({markdown(update['role'])}) on"
            f" {update['submitted_on']}, drawn from edition {update['edition']};"
            f" SHA-256 {report.digest}.\n"
        )
        for source in update["sources"]:
            says = f": {markdown(source['says'])}" if "says" in source else ""
            page = _link(source["url"]) if source["url"] else "(no address)"
            yield f"- {markdown(source['title'])} {page}{says}"
        yield ""


def _link(url: str) -> str:
    """Return an address to click on; nothing in it is escaped but what would end it."""
    return f"<{url.replace('<', '%3C').replace('>', '%3E')}>"


def _stored(report: UpdateReport) -> Iterator[str]:
    forms = report.submission.stored_forms
    if forms:
        yield "### How values are stored\n"
        yield "| place | typed | stored |\n| --- | --- | --- |"
        for form in forms:
            yield _row(str(form.place), form.typed, form.stored)
        yield ""


def _changes(report: UpdateReport) -> Iterator[str]:
    if report.edits:
        yield "### Values\n"
        yield "| value | before | after |\n| --- | --- | --- |"
        for edit in report.edits:
            yield _row(str(edit), _shown(edit.before), _shown(edit.after))
        yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(markdown, cells))} |"


def _meaning(report: UpdateReport) -> Iterator[tuple[str, list[str]]]:
    """Yield what the change means for those who use the values: a heading, and its entries.

    That the evidence changes goes without saying.
    """
    comparison = report.comparison
    changes = tuple(change for change in comparison.changes if change.effect is not Effect.EVIDENCE)
    if report.edits and changes:
        yield from sections(attrs.evolve(comparison, changes=changes, kept=()))


def _meaning_in_markdown(report: UpdateReport) -> Iterator[str]:
    found = list(_meaning(report))
    if found:
        yield "### What it means\n"
        for heading, entries in found:
            yield f"**{markdown(heading)}**\n"
            yield from (f"- {markdown(entry)}" for entry in entries)
            yield ""


def _cards(report: UpdateReport) -> Iterator[str]:
    """Yield what every card that changes would say otherwise."""
    for card in report.cards:
        yield f"### Card for {markdown(str(card))}\n"
        yield "~~~diff"
        yield from map(visible, card.diff())
        yield "~~~\n"

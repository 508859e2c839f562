"""What must hold for a submitted file to be read, as data for reports and the docs.

All rules of updates, and what they find in one; what a rule asks is in `checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ct_trafficking_resources.checks.strict_json import join
from ct_trafficking_resources.updates import envelope, mentions, risk, text_rules
from ct_trafficking_resources.updates.text_rules import ADDRESSES, Text, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.checks.findings import Finding
    from ct_trafficking_resources.checks.rules import Problem, Rule
    from ct_trafficking_resources.checks.strict_json import Placed
    from ct_trafficking_resources.updates.proposal import Proposal
    from ct_trafficking_resources.updates.text_rules import TextCheck


class ReadingRule(NamedTuple):
    """One rule of reading.

    Attributes:
        id: Stable across versions.
        title: What must hold.
        reason: Why.
    """

    id: str
    title: str
    reason: str


READING_RULES = (
    ReadingRule("CTR001", "The file is not too large.", "A form has some 20 kB."),
    ReadingRule(
        "CTR002",
        "The file is text in a known encoding, without NUL bytes.",
        "Guessing an encoding changes letters; JSON is UTF-8 without byte order mark.",
    ),
    ReadingRule("CTR003", "JSON is not nested too deeply.", "Deep nesting exhausts parsers."),
    ReadingRule("CTR004", "JSON is JSON.", "RFC 8259."),
    ReadingRule(
        "CTR005", "No key stands twice in one object.", "Readers disagree on which counts."
    ),
    ReadingRule(
        "CTR006", "Numbers are finite and of usual size.", "NaN and 1e400 are no JSON numbers."
    ),
    ReadingRule("CTR007", "No text holds half a character.", "It cannot be written or shown."),
    ReadingRule("CTR008", "No text is too long.", "What is shown fits a screen."),
    ReadingRule(
        "CTR009",
        "No object has too many keys, no array too many items.",
        "Some checks compare each with every other.",
    ),
    ReadingRule(
        "CTR010", "The file is a file that may be read.", "A pipe may never end; a folder is none."
    ),
    ReadingRule("CTR011", "The file stays as it is while it is read.", "Half a form is wrong."),
    ReadingRule(
        "CTR012",
        "The file is JSON, CSV or an Excel workbook without macros.",
        "YAML turns +18883737888 into a number; archives and programs hide what they hold.",
    ),
    ReadingRule("CTR013", "The file is not empty.", "It was lost on the way."),
    ReadingRule("CTR014", "JSON holds one object.", "An update is one."),
    ReadingRule("CTR015", "Only the first findings are shown.", "More than a hundred help nobody."),
    ReadingRule(
        "CTR016",
        "A CSV file that is not UTF-8 was read as Windows-1252.",
        "Excel writes it so; letters with accents need a look.",
    ),
    ReadingRule(
        "CTR020",
        "A CSV file consists of the tables of the form, with quotation marks in pairs.",
        "One that is not closed swallows the rows below it.",
    ),
    ReadingRule(
        "CTR030",
        "A workbook does not unpack to too much.",
        "A small file can unpack to gigabytes.",
    ),
    ReadingRule("CTR031", "A workbook is whole.", "What a damaged one says is not certain."),
    ReadingRule(
        "CTR032",
        "A workbook refers to nothing outside of it and holds no program.",
        "What it shows must be what it holds.",
    ),
    ReadingRule(
        "CTR033", "No cell is a formula or begins like one.", "It shows what it does not hold."
    ),
    ReadingRule("CTR034", "No cell shows an error.", "Its value is lost."),
    ReadingRule("CTR040", "Every table is one of the form.", "Another one would not be read."),
    ReadingRule("CTR041", "No table is missing.", "What is missing would read as no longer true."),
    ReadingRule("CTR042", "Every column is one of the form.", "Another one would not be read."),
    ReadingRule(
        "CTR043",
        "Every column is there, once.",
        "What is missing would read as no longer true.",
    ),
    ReadingRule("CTR044", "Every filled cell belongs to a column.", "It would not be read."),
    ReadingRule(
        "CTR045",
        "Every row belongs to a record of the form; the table Update has one row.",
        "A contact of nobody cannot be stored.",
    ),
    ReadingRule(
        "CTR046",
        "A cell holds what its column asks for.",
        "Hours, dates, counts and yes or no are stored typed.",
    ),
    ReadingRule(
        "CTR050",
        "A number can be read in one way.",
        "Seven digits lack the area code; two numbers in a cell are two contacts.",
    ),
)
"""In the order of their ids."""


ProposalCheck: TypeAlias = Callable[["Proposal"], "Iterable[Problem]"]
"""Asks an update and the records that it wants to change; yields what breaks the rule."""

TEXT_RULES: tuple[Rule[TextCheck], ...] = (*text_rules.VALUE_RULES, *text_rules.PROSE_RULES)
"""Asked of every text in a document; of several that find something, the first speaks."""

UPDATE_RULES: tuple[Rule[ProposalCheck], ...] = (
    *envelope.RULES,
    *risk.RISK_RULES,
    *risk.HOST_RULES,
    *mentions.RULES,
    *risk.TRUST_RULES,
)
"""Asked of an update that passed its schema."""


def text_findings(
    text: Placed, document: Any, *, prose_is_plain: bool = False
) -> Iterator[Finding]:
    """Yield what the text rules find, at most one finding a text.

    Args:
        text: What knows where a value stands.
        document: The document.
        prose_is_plain: The rules of prose are known to have nothing to say.
    """
    for way, key, kind, value in _texts(document, but_prose=prose_is_plain):
        if prose_is_plain and kind is None and key not in ADDRESSES:
            continue
        if is_plain(key, kind, value):
            continue
        piece = Text(_pointer(way), key, kind, value)
        for rule in TEXT_RULES:
            message = rule.check(piece)
            if message is not None:
                yield rule.finding(text.place(piece.pointer), message)
                break


_Way: TypeAlias = tuple["_Way", "str | int"] | None
"""The way to a value, its last step first: made for every value, and read for few."""


_NO_PROSE = ADDRESSES | {"value"}


def _texts(
    document: Any, *, but_prose: bool = False
) -> Iterator[tuple[_Way, str, str | None, str]]:
    """Yield every text in a document: the way to it, its key, its kind, the text.

    Args:
        document: The document.
        but_prose: Prose may be left out, not must.
    """
    waiting: list[tuple[_Way, str, str | None, Any]] = [(None, "", None, document)]
    while waiting:
        way, key, kind, value = waiting.pop()
        if isinstance(value, str):
            yield way, key, kind if key == "value" else None, value
        elif isinstance(value, dict):
            given = value.get("kind")
            inner = given if isinstance(given, str) else None
            waiting += [
                ((way, name), name, inner, item)
                for name, item in reversed(value.items())
                if not (but_prose and isinstance(item, str) and name not in _NO_PROSE)
            ]
        elif isinstance(value, list):
            last = len(value) - 1
            waiting += [((way, last - i), key, kind, one) for i, one in enumerate(value[::-1])]


def _pointer(way: _Way) -> str:
    steps = []
    while way is not None:
        way, step = way
        steps.append(step)
    return reduce(join, reversed(steps), "")


def update_findings(text: Placed, proposal: Proposal) -> Iterator[Finding]:
    """Yield what the rules about an update find."""
    for rule in UPDATE_RULES:
        for problem in rule.check(proposal):
            yield rule.finding(text.place(problem.pointer), problem.message, problem.hint)

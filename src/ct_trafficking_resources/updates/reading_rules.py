"""What must hold for a submitted file to be read, as data for reports and the docs."""

from __future__ import annotations

from typing import NamedTuple


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

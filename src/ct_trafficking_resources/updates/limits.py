"""What a submitted file may be at most, each with its reason.

The largest set of own records today is one organization with its channels:
under 20 kB of JSON, under 20 contact points.
"""

from __future__ import annotations

import attrs

from ct_trafficking_resources import strict_json

_JSON = strict_json.Limits(size=1_000_000, keys=100, items=200, findings=100)


@attrs.frozen(kw_only=True)
class Limits:
    """What a submitted file may be at most; what is larger is refused.

    Attributes:
        size: Bytes of the file, whatever its kind. Fifty times what is needed.
        json: The limits of a JSON document. Arrays in the schema of an update
            hold 169 items at most (the towns).
        unpacked: Bytes that a spreadsheet may unpack to. A parser of
            spreadsheets reads about 10 MB a second.
        ratio: How many times smaller packing may make it. Sheets pack to a
            tenth; a bomb packs to a thousandth.
        parts: Files inside a spreadsheet.
        elements: XML elements inside a spreadsheet. The largest form has 2,100.
        rows: Rows of a table with its headings.
        columns: Columns of a table.
        cell: Characters in a cell; the longest text of the schema has 1,000.
        findings: Findings that are shown; more help nobody.
    """

    size: int = 1_000_000
    json: strict_json.Limits = _JSON
    unpacked: int = 10_000_000
    ratio: int = 100
    parts: int = 200
    elements: int = 100_000
    rows: int = 2_000
    columns: int = 60
    cell: int = 4_000
    findings: int = 100

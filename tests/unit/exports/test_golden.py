"""The fictional edition in every format, as it was agreed on.

A change in a golden file shows in its diff what readers of the export will see.
If it is meant, write the files again: ``python tests/unit/exports/test_golden.py``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.exports import ExportFormat

CASES = Path(__file__).parents[2] / "cases/exports"
GOLDEN = CASES / "golden"


def exported(format: str) -> bytes:
    document = json.loads((CASES / "edition.json").read_bytes())
    return ctr.export(format, ctr.Directory(document, "0" * 64)).encode()


@pytest.mark.parametrize("format", list(ExportFormat))
def test_the_export_is_the_one_agreed_on(format):
    golden = (GOLDEN / f"export.{format}").read_bytes()
    assert exported(format) == golden, "meant? then: python tests/unit/exports/test_golden.py"


if __name__ == "__main__":
    for format in ExportFormat:
        (GOLDEN / f"export.{format}").write_bytes(exported(format))

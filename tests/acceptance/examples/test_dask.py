"""Records on a cluster: a real one, of two processes on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.updates.bulk import check_lines

EXAMPLE = Path(__file__).parents[3] / "examples" / "dask_check.py"


@pytest.fixture
def files(tmp_path):
    """Four files of the present records, each with one mistake; the last is hostile."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install -e '.[examples]'")
    documents = [encode(record) for record in ctr.load()]
    paths = [tmp_path / f"records-{number}.jsonl" for number in range(4)]
    for number, path in enumerate(paths):
        wrong = {**documents[number], "colour": "red"}
        lines = [json.dumps(one).encode() for one in [*documents[:20], wrong]]
        path.write_bytes(b"\n".join(lines) + b"\n")
    paths[3].write_bytes(b'{"kind": "law"\n\n\xff\xfe\n' + b"[" * 100_000 + b"\n" + lines[-1])
    return paths


def test_a_cluster_finds_what_one_process_finds(files):
    done = subprocess.run(
        [sys.executable, str(EXAMPLE), *map(str, files)], capture_output=True, text=True, check=True
    )
    alone = []
    for path in files:
        with path.open("rb") as stream:
            for line in check_lines(stream, str(path)):
                alone += map(str, line.findings)
    assert done.stdout.splitlines() == alone
    assert sum("colour" in one for one in alone) == 4

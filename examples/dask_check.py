"""Check many files of records or updates on a cluster, with Dask.

``python examples/dask_check.py records-*.jsonl`` runs on all cores of this
machine; for a cluster of your own, give `Client` its address. What Dask spreads
are the files: cut a large one before (``split -l 100000``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import dask.bag
from distributed import Client, LocalCluster

import ct_trafficking_resources as ctr

if TYPE_CHECKING:
    from collections.abc import Iterator


def lines_of(path: str) -> Iterator[tuple[bytes, int, str]]:
    """Yield each line of a file with its number and the file; runs on a worker."""
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            yield line, number, path


def check(paths: list[str]) -> list[ctr.Finding]:
    """Return what is wrong in the files, found on the cluster of the present client."""
    files = dask.bag.from_sequence(paths)
    return files.map(lines_of).flatten().starmap(ctr.check_line).flatten().compute()


if __name__ == "__main__":
    with LocalCluster(threads_per_worker=1) as cluster, Client(cluster):
        for finding in check(sys.argv[1:]):
            print(finding)

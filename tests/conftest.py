"""What several topics share: the sample data and a small fictional edition.

Unit tests read the sample in ``tests/cases/sample`` where the package reads its
data, so that a release changes no unit test. Tests in ``tests/data`` and
``tests/acceptance``, and the examples in the docs, see what is shipped.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, settings

import example_data
import sample_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A slow machine is no bug. The same examples in every run on one machine; others may draw
# others, so no branch is left to them alone: `--cov --hypothesis-profile plain` runs none of
# them and shows it. `--hypothesis-profile explore` looks for new ones.
settings.register_profile("same everywhere", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, derandomize=False, max_examples=1000)
settings.register_profile("plain", phases=[Phase.explicit])
settings.load_profile("same everywhere")

HERE = Path(__file__).parent
CASES = HERE / "cases"
ON_THE_SAMPLE = (
    HERE / "unit",
    HERE / "acceptance" / "browser",
    HERE / "acceptance" / "test_baseline.py",
)
"""Tests that read the sample, not what is shipped."""


def _use_the_data_for(path: Path) -> None:
    is_on_it = any(path.is_relative_to(one) for one in ON_THE_SAMPLE)
    sample_data.use(sample_data.SAMPLE if is_on_it else sample_data.SHIPPED)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """A module is imported here; some load an edition while they are."""
    _use_the_data_for(collector.path)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Fixtures, the test and what comes after it."""
    _use_the_data_for(item.path)
    return (yield)


@pytest.fixture
def example() -> dict[str, Any]:
    """The fictional records, by id, free to be changed: one of every kind."""
    return example_data.example()


@pytest.fixture(scope="session")
def patched() -> Callable[[Any, list[dict[str, Any]]], Any]:
    """Apply a JSON Patch (RFC 6902: add, replace, remove) to a copy of a document."""
    return example_data.patched

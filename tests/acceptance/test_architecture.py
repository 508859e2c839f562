"""The shape of the package: no cycles, few modules, none too long, few names at the top.

Which floor may import from which is held by import-linter (`.importlinter`).
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ct_trafficking_resources as ctr

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(ctr.__file__).parent
MOST_MODULES = 105
MOST_LINES = 700
MOST_NAMES = 45


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _imported(node: ast.AST) -> Iterator[str]:
    """Yield what a part of a module imports when it runs, also inside functions."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        for other in node.orelse:
            yield from _imported(other)
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            yield whole if whole in MODULES else str(node.module)
    for child in ast.iter_child_nodes(node):
        yield from _imported(child)


def _imports(code: str) -> set[str]:
    return set(_imported(ast.parse(code))) & MODULES.keys()


def test_no_module_imports_one_that_imports_it():
    graph = {
        name: _imports(path.read_text(encoding="utf-8")) - {name} for name, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"these import each other: {' <- '.join(error.args[1])}")


def test_imports_inside_functions_count_and_those_for_type_checkers_do_not():
    code = """
from typing import TYPE_CHECKING

from ct_trafficking_resources.cards import html

if TYPE_CHECKING:
    from ct_trafficking_resources.lock import Lock
else:
    from ct_trafficking_resources.override import apply_override

def later():
    import ct_trafficking_resources.errors
    from ct_trafficking_resources.edition.loading import load
"""
    assert _imports(code) == {
        f"{ctr.__name__}.{name}" for name in ("cards.html", "edition.loading", "errors", "override")
    }


def test_there_are_few_modules():
    assert len(MODULES) <= MOST_MODULES


@pytest.mark.parametrize("name", MODULES)
def test_no_module_is_too_long(name):
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_there_are_few_names_at_the_top():
    assert len(ctr.__all__) <= MOST_NAMES
    assert "__version__" in ctr.__all__

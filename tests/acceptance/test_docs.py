"""The documentation says what is so."""

from __future__ import annotations

import configparser
import doctest
import inspect
import re
import runpy
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks.rules import all_rules

ROOT = Path(__file__).parents[2]


GENERATED = runpy.run_path(str(ROOT / "docs" / "generate.py"))["PAGES"]


@pytest.mark.parametrize(("path", "page"), GENERATED, ids=lambda one: getattr(one, "name", ""))
def test_what_follows_from_the_code_is_up_to_date(path, page):
    assert path.read_text(encoding="utf-8") == page(), "run: python docs/generate.py"


def test_every_rule_is_documented():
    docs = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    known = set(re.findall(r"CTR[0-9]{3}", docs))
    assert {rule.id for rule in all_rules()} <= known


def _public_names() -> dict[str, tuple[str, ...]]:
    """Return the table of the public names in docs/compatibility.md: module to names."""
    page = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")
    names = {}
    for module, text in re.findall(r"^\| `([\w.]+)` \| (.+) \|$", page, re.MULTILINE):
        home = import_module(module)
        everything = {
            "all in `__all__`": getattr(home, "__all__", ()),
            "all exceptions": [
                name
                for name, value in vars(home).items()
                if getattr(value, "__module__", "") == module and name[0].isupper()
            ],
        }
        whole = next((every for key, every in everything.items() if text.startswith(key)), None)
        names[module] = tuple(re.findall(r"`(\w+)`", text) if whole is None else whole)
    return names


PUBLIC = _public_names()


@pytest.mark.parametrize("module", PUBLIC)
def test_every_public_name_stands_in_the_reference(module):
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"auto(?:function|class):: \S+\.(\w+)", page)
    whole = re.findall(r"automodule:: (\S+)", page)
    for name in PUBLIC[module]:
        public = getattr(import_module(module), name)
        if name in {"__version__", "Record"}:  # a string, and a type alias
            continue
        home = getattr(public, "__module__", module)
        assert name in named or home in whole, name


FUNCTIONS = {
    name: getattr(ctr, name) for name in ctr.__all__ if inspect.isfunction(getattr(ctr, name))
}
NEED_FILES = {"apply_override", "apply_update", "check_line", "check_lines", "read_lock"}
"""Functions whose examples are in the guides, because they need files."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_docstring_of_a_function_describes_each_parameter_and_has_an_example(name):
    said = inspect.getdoc(FUNCTIONS[name])
    assert said.splitlines()[0].endswith(".")
    for parameter in inspect.signature(FUNCTIONS[name]).parameters:
        assert re.search(rf"^    {parameter}: ", said, re.MULTILINE), parameter
    assert (">>> " in said) is (name not in NEED_FILES)


GUIDES = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_a_guide_teaches_public_names_only(page):
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".md":
        text = "\n".join(
            re.findall(r"^```(?:python|pycon)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        )
    taught = [
        (module, name.partition(" as ")[0].strip())
        for module, names in re.findall(r"from (ct_trafficking_resources\S*) import (.+)", text)
        for name in names.split(",")
    ]
    taught += [("ct_trafficking_resources", name) for name in re.findall(r"\bctr\.(\w+)", text)]
    taught += [
        (module, "?") for module in re.findall(r"import (ct_trafficking_resources\.\S+)", text)
    ]
    unknown = [(module, name) for module, name in taught if name not in PUBLIC.get(module, ())]
    assert unknown == []


def test_every_link_between_the_pages_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]
    pages += sorted((ROOT / "docs").glob("*.md"))
    dead = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not target.startswith(("https://", "mailto:")) and not (page.parent / target).exists()
    ]
    assert dead == []


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_floors_are_those_that_import_linter_holds():
    linter = configparser.ConfigParser()
    linter.read(ROOT / ".importlinter", encoding="utf-8")
    layers = linter["importlinter:contract:floors"]["layers"].split("\n")
    held = [set(re.findall(r"\w+", layer)) for layer in layers if layer.strip()]
    told: dict[int, set[str]] = {}
    for floor, modules in re.findall(r"^\| (\d+) \| (.+?) \|", ARCHITECTURE, re.MULTILINE):
        told.setdefault(int(floor), set()).update(re.findall(r"`(\w+)`", modules))
    assert [told[floor] for floor in sorted(told, reverse=True)] == held
    assert sorted(told) == list(range(len(held)))


def test_every_module_that_the_architecture_names_is_there():
    home = "ct_trafficking_resources"
    rooms = {name for _, name, _ in iter_modules(import_module(home).__path__)}
    named = re.findall(r"(?<![\w/.])([a-z_]+)\.([a-z_]+)\b(?!\()", ARCHITECTURE)
    modules = {f"{home}.{room}.{name}" for room, name in named if room in rooms}
    assert len(modules) > 10
    assert [name for name in sorted(modules) if find_spec(name) is None] == []


def test_every_file_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:src|tests|docs|records)/[\w./-]+", text)
    placeholders = re.compile(r"[A-Z]{2,}\b(?!\.md)|CTR[0-9]NN")
    dead = [name for name in named if not placeholders.search(name) and not (ROOT / name).exists()]
    assert dead == []


def test_ci_runs_the_two_commands_of_the_readme():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("card", "test"):
        assert f"readme_command {name}" in ci
        assert re.search(rf"<!-- command: {name} -->\n```sh\n.+\n```", readme)


def test_the_docs_forbid_test_calls_to_crisis_lines():
    for page in ("data.md", "cards.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert "Nobody verifies a crisis line by calling, texting or chatting with it." in text


EXAMPLES = [
    path
    for path in sorted((ROOT / "src").rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_in_the_code_are_so(path):
    name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    tried = doctest.testmod(import_module(name.removesuffix(".__init__")))
    assert tried.attempted
    assert not tried.failed

"""What is built holds what it should, and works where the tree is out of reach."""

from __future__ import annotations

import json
import tarfile
import tomllib
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile
from zlib import crc32

import pytest

import ct_trafficking_resources as ctr

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[3]
PACKAGE = "ct_trafficking_resources"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SCHEMAS = sorted(path.name for path in (ROOT / "schemas").iterdir())


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_wheel_holds_the_package_its_data_and_the_schemas(built):
    source = ROOT / "src"
    expected = {
        path.relative_to(source).as_posix()
        for path in (source / PACKAGE).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {f"{PACKAGE}/data/schemas/{name}" for name in SCHEMAS}
    expected |= {f"{PACKAGE}/data/checksums.json"}
    info = f"{PACKAGE}-{ctr.__version__}.dist-info"
    expected |= {
        *(f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")),
        *(f"{info}/licenses/{name}" for name in ("LICENSE", "LICENSE-DATA")),
    }
    assert names(built.wheel) == expected


def test_a_wheel_is_small(built):
    """Editions after the third, 2026.11.0, come on top: each has a bound of its own."""
    folder = f"{PACKAGE}/data/editions/"
    with ZipFile(built.wheel) as archive:
        editions = [one for one in archive.infolist() if one.filename.startswith(folder)]
    later = [one.compress_size for one in editions if one.filename > f"{folder}2026.11.0.json"]
    assert all(size < 60 * 1024 for size in later)
    assert built.wheel.stat().st_size - sum(later) < 500 * 1024


def test_a_wheel_of_the_sdist_is_the_same_wheel(built):
    assert built.wheel_of_sdist.read_bytes() == built.wheel.read_bytes()


def test_an_sdist_holds_what_a_wheel_is_built_from_and_no_records(built):
    with tarfile.open(built.sdist) as archive:
        found = {Path(name).parts[1] for name in archive.getnames()}
    assert {"src", "schemas", "pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA"} <= found
    assert not found & {"records", "tests", "docs", "benchmarks"}


def test_the_metadata_are_those_of_the_project(built):
    info = f"{PACKAGE}-{ctr.__version__}.dist-info"
    files = contents(built.wheel)
    metadata = Parser().parsestr(files[f"{info}/METADATA"].decode())
    assert metadata["Name"] == PROJECT["name"]
    assert metadata["Version"] == ctr.__version__
    assert metadata["Summary"] == PROJECT["description"]
    assert metadata["License-Expression"] == PROJECT["license"]
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    assert metadata.get_all("Classifier") == PROJECT["classifiers"]
    assert set(metadata.get_all("Provides-Extra")) == set(PROJECT["optional-dependencies"])
    needed = [one for one in metadata.get_all("Requires-Dist") if "extra" not in one]
    assert sorted(needed) == sorted(PROJECT["dependencies"])
    assert files[f"{info}/entry_points.txt"].decode().split() == [
        *("[console_scripts]", "ct-resources", "=", f"{PACKAGE}.__main__:main"),
    ]
    assert "py3-none-any" in built.wheel.name


FIVE_LINES = f"""
import {PACKAGE} as ctr
d = ctr.load()
print(d.hotline.voice.uri)
print([one.text.uri for one in d.find(audience="victim", mode="text")][:2])
print(d.get("international-institute-of-connecticut", follow=True).id)
"""


def test_the_package_works_in_any_way_it_is_installed(any_way):
    d = ctr.load()
    texts = [one.text.uri for one in d.find(audience="victim", mode="text")][:2]
    followed = d.get("international-institute-of-connecticut", follow=True).id
    expected = [d.hotline.voice.uri, str(texts), followed]
    assert any_way.python(FIVE_LINES).splitlines() == expected


def test_the_tree_is_out_of_reach(installed):
    found = installed.python(f"import {PACKAGE}, sys; print({PACKAGE}.__file__, *sys.path)")
    assert str(ROOT / "src") not in found
    assert str(installed.folder) in found


def test_schemas_are_found_in_any_way_it_is_installed(any_way):
    found = json.loads(
        any_way.python(f"""
import json, pathlib, {PACKAGE} as ctr
from {PACKAGE}.checks import schemas
texts = {{}}
for name in schemas.schema_names():
    with schemas.schema_path(name) as path:
        assert isinstance(path, pathlib.Path)
        assert path.name.endswith(name + ".schema.json")  # from a zip, a temporary name
        texts[name + ".schema.json"] = path.read_text(encoding="utf-8")
    assert texts[name + ".schema.json"] == schemas.schema_text(name)
assert len(schemas.schema_registry()) == len(texts)
assert schemas.validator("edition").is_valid({{}}) is False
print(json.dumps(texts))
""")
    )
    assert found == {
        name: (ROOT / "schemas" / name).read_text(encoding="utf-8") for name in SCHEMAS
    }


def test_a_data_file_can_be_had_as_a_path_in_any_way_it_is_installed(any_way):
    out = any_way.python(f"""
from {PACKAGE}.edition import storage
with storage.path("index.json") as path:
    assert path.read_bytes() == storage.read("index.json")
import json
names = sorted(entry.name for entry in storage.folder().iterdir() if entry.name.endswith(".json"))
print(json.dumps(names))
""")
    expected = ["index.json", "misprints.json", "tombstones.json"]
    assert [name for name in json.loads(out) if name != "checksums.json"] == expected


def test_python_m_works_in_any_way_it_is_installed(any_way):
    out = any_way.run("python", "-I", "-m", PACKAGE, "list", "partners")
    for one in ctr.load().members("ct-human-trafficking-task-force"):
        assert one.name in out


def test_the_command_is_installed(installed):
    assert installed.run("ct-resources", "--version").split()[-1] == ctr.__version__
    shown = installed.run("ct-resources", "show", "ct-dcf-careline")
    assert ctr.load().channel("ct-dcf-careline").voice.display in shown
    assert "https://" in shown
    assert installed.run("ct-resources", "schema", "edition").startswith("{")


def test_an_edition_is_pinned_the_same_everywhere(any_way):
    assert any_way.python(f"import {PACKAGE} as c; print(c.load().pin)").strip() == ctr.load().pin


def test_every_file_of_a_wheel_that_is_no_code_has_a_checksum(built):
    files = contents(built.wheel)
    index = json.loads(files[f"{PACKAGE}/data/index.json"])
    known = {f"data/{name}": crc for name, crc in index["files"].items()}
    known |= {f"data/editions/{one['number']}.json": one["crc32"] for one in index["editions"]}
    known |= json.loads(files[f"{PACKAGE}/data/checksums.json"])["files"]
    data = {
        name.removeprefix(f"{PACKAGE}/"): f"{crc32(content):08x}"
        for name, content in files.items()
        if name.startswith(f"{PACKAGE}/") and not name.endswith(".py")
    }
    del data["data/index.json"], data["data/checksums.json"]  # these end with their own
    assert known == data


def test_verify_looks_at_every_file_of_an_installed_wheel(installed, built):
    command = f"""
import contextlib, io, pathlib, sys, {PACKAGE} as ctr
from {PACKAGE} import cli
from {PACKAGE}.edition import loading
def verify():
    for module in [sys.modules[name] for name in sys.modules if name.startswith("{PACKAGE}.")]:
        for value in list(vars(module).values()):
            getattr(value, "cache_clear", bool)()
    loading._held.clear()
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            cli.main(["verify"])
        except SystemExit as end:
            return end.code, said.getvalue()
package = pathlib.Path(ctr.__file__).parent
missed = []
for path in sorted(package.rglob("*")):
    if path.is_dir() or "__pycache__" in path.parts:
        continue
    before = path.read_bytes()
    path.write_bytes(before + b" ")
    code, said = verify()
    path.write_bytes(before)
    if code != 1 or path.name not in said.replace("@sha256", ".json"):
        missed.append(str(path))
print(missed)
code, said = verify()
print(code, said.splitlines()[0])
"""
    files = [one for one in names(built.wheel) if one.startswith(f"{PACKAGE}/")]
    code = sum(one.endswith(".py") for one in files)
    assert installed.python(command).splitlines() == [
        "[]",
        f"0 Looked at {len(files) - code} files of data and {code} of code.",
    ]


def test_verify_says_what_it_did_not_look_at(any_way):
    out = any_way.python(f"""
import contextlib, sys
from {PACKAGE} import cli
with contextlib.redirect_stderr(sys.stdout):
    cli.main(["verify"])
""")
    is_listed = "/checksums.json" in any_way.python(f"""
from {PACKAGE}.edition import storage
print(*(f"{{one}}" for one in storage.folder().iterdir()))
""")
    assert ("No checksums, as in any checkout: catalogues" in out) != is_listed
    assert "Package: no findings." in out

"""Importing, loading and looking up touch nothing and bring in little.

Each case runs in a process of its own, so that nothing is imported already.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = "ct_trafficking_resources"
LOOK_UPS = """
d = c.load()
assert d.hotline.voice.uri.startswith("tel:+1")
assert d.channel("ct-dcf-careline").voice.value
assert d.organization("ciri").name
assert d.get("international-institute-of-connecticut", follow=True)
for mode in ("voice", "text"):
    assert d.find(audience="victim", mode=mode, language="en", town="Hartford")
try:
    d["no-such-record"]
except LookupError as error:
    str(error)
assert len(tuple(d)) == len(d)
assert d.tombstones and d.misprints and d.pin and repr(d)
assert c.available_editions()
assert c.load(d.pin) == d
"""
MODULES_ABSENT = {
    "click",
    "email",
    "importlib.metadata",
    "importlib_resources",
    "jsonschema",
    "phonenumbers",
    "referencing",
    "urllib",
    "zipfile",
}
MODULES_OF_OTHER_FLOORS = {
    f"{PACKAGE}.{name}" for name in ("cli", "publishing", "rules", "schemas", "strict_json")
}


def python(code: str, *options: str) -> str:
    # -I keeps the environment and the working folder out of it, -B writes no bytecode.
    result = subprocess.run(
        [sys.executable, "-I", "-B", *options, "-c", code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize(
    "look_up",
    [
        "",
        "c.load().hotline.voice.value",
        "c.load(c.load().pin).hotline.voice.value",
        "c.load().find(audience='victim', mode='text')",
        "c.load()['pd-hartford'].memberships[0].task_force",
        LOOK_UPS,
    ],
    ids=["import", "hotline", "pin", "find", "organization", "all"],
)
def test_modules_that_a_look_up_does_not_need_are_absent(look_up):
    before = set(json.loads(python("import sys, json; print(json.dumps(list(sys.modules)))")))
    code = (
        f"import {PACKAGE} as c\n{look_up}\nimport sys, json; print(json.dumps(list(sys.modules)))"
    )
    brought_in = set(json.loads(python(code))) - before
    top = brought_in | {name.partition(".")[0] for name in brought_in}
    assert not top & MODULES_ABSENT
    assert not brought_in & MODULES_OF_OTHER_FLOORS


def test_an_import_alone_brings_in_nothing_but_the_package():
    code = f"import sys, json; b = set(sys.modules); import {PACKAGE}; print(*set(sys.modules) - b)"
    names = python(code).split()
    assert {name for name in names if name.startswith(PACKAGE)} == {PACKAGE, f"{PACKAGE}.lazy"}
    assert not {"attr", "attrs", "json", "zlib", "datetime"} & set(names)


WATCH = """
import os, sys
seen = []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
HARMLESS = (
    "import", "compile", "exec", "open", "marshal.", "object.", "sys.", "code.", "gc.",
    "os.listdir", "os.scandir", "os.putenv", "builtins.id", "cpython.",
)

def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if (flags or 0) & WRITING or (mode and set(mode) & set("wax+")):
            seen.append(f"{event} {path} {mode} {flags}")
    elif not event.startswith(HARMLESS):
        seen.append(event)

class Watched(type(os.environ)):
    def __getitem__(self, key):
        seen.append(f"environment {key}")
        return super().__getitem__(key)
    def __iter__(self):
        seen.append("environment *")
        return super().__iter__()

sys.addaudithook(watch)
os.environ.__class__ = Watched
"""


def watched(code: str) -> list[str]:
    return json.loads(python(f"{WATCH}\n{code}\nimport json\nprint(json.dumps(seen))"))


def test_the_watch_sees_what_it_looks_for(tmp_path):
    assert watched(f"open({str(tmp_path / 'file')!r}, 'w')")
    assert watched("import socket; socket.getaddrinfo('localhost', 80)")
    assert watched("import subprocess, sys; subprocess.run([sys.executable, '-c', ''])")
    assert watched("os.environ.get('HOME')") == ["environment HOME"]
    assert watched("os.getenv('HOME')") == ["environment HOME"]
    assert watched("'HOME' in os.environ") == ["environment HOME"]
    assert watched(f"open({str(Path(__file__))!r}).read()") == []


def test_import_load_and_look_up_touch_no_network_write_no_file_and_read_no_environment():
    assert watched(f"import {PACKAGE} as c\n{LOOK_UPS}") == []


def test_every_public_name_can_be_imported_without_touching_anything():
    assert watched(f"import {PACKAGE} as c\nfor name in c.__all__: getattr(c, name)") == []


def test_opening_hours_need_nothing_but_the_zones():
    # The standard library's zoneinfo asks where the zones are when it is imported.
    code = f"""
import zoneinfo, datetime
zoneinfo.ZoneInfo("America/New_York")
del seen[:]
import {PACKAGE} as c
now = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.timezone.utc)
assert c.load().find(open_at=now)
"""
    assert watched(code) == []


def test_schemas_are_read_without_network_or_writing():
    code = f"""
import jsonschema, importlib_resources, referencing
del seen[:]
from {PACKAGE}.checks import schemas
assert schemas.schema_registry() and schemas.schema_names()
with schemas.schema_path("edition") as path:
    path.read_bytes()
"""
    assert watched(code) == []


def test_nothing_is_logged_or_printed():
    code = f"import logging; logging.basicConfig(level=0)\nimport {PACKAGE} as c\n{LOOK_UPS}"
    result = subprocess.run(
        [sys.executable, "-I", "-B", "-W", "error", "-c", code], capture_output=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")

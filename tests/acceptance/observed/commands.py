"""What the command line prints, with its exit status, for typical and for bad arguments.

``build`` and ``release`` are left out, and their help: they are being changed.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks.schemas import schema_names
from ct_trafficking_resources.exports import ExportFormat

from .bench import (
    DAY,
    NEWEST,
    NUMBERS,
    ON,
    REPORT_FORMS,
    as_json,
    attempt,
    command,
    copied_cases,
    dt,
    edition,
    findings_text,
    scratch,
    slug,
    write_json,
)
from .library import CARELINE, HOTLINE, LANGUAGES, fictional_document
from .partners import drawn, report_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .bench import Entry

COMMANDS = (
    "apply", "card", "checklist", "compare", "editions", "export", "find", "freshness", "list",
    "pin", "scan", "schema", "show", "template", "validate", "verify",
)  # fmt: skip
ZEROS = "0" * 64
LATER = dt.date(2027, 6, 1)
"""A day on which the review of the newest edition is overdue."""


def commands() -> Iterator[Entry]:
    """Every command, and what it says to bad arguments."""
    for group in (
        _help, _cards, _lookups, _exports, _finds, _dates, _comparisons, _pins, _scans,
        _schemas, _templates, _lines, _wrong,
    ):  # fmt: skip
        with scratch():
            for name, told in group():
                yield f"command/{name}", told


def _run(*arguments: str, name: str = "", **options: Any) -> Entry:
    """Run a command; its arguments are its name, if it is given none."""
    return name or "/".join(slug(one) for one in arguments), command(*arguments, **options)


def _help() -> Iterator[Entry]:
    for one in COMMANDS:
        yield _run(one, "--help")


def _cards() -> Iterator[Entry]:
    command("card")  # imports what it needs, so that the clock can be stopped
    for audience in ctr.Audience:
        for language in LANGUAGES:
            for form in ("text", "markdown", "html", "sms", "poster", "prompt", "json"):
                if form in {"html", "poster"} and audience != "victim":
                    continue  # seen as forms of the card
                arguments = ("--audience", audience, "--lang", language, "--format", form)
                name = f"card/{audience}/{language}/{form}"
                yield _run("card", *arguments, day=DAY, name=name)
    yield _run(day=DAY, name="card/alone")
    yield _run(day=LATER, name="card/alone-when-overdue")
    for number, arguments in enumerate(
        (
            ("--purpose", "legal-help"),
            ("--purpose", "child-protection", "--audience", "child"),
            ("--mode", "text", "--style", "short"),
            ("--style", "line"),
            ("--style", "short", "--width", "120"),
            ("--width", "40", "--lang", "es"),
            ("--town", "Hartford", "--open-now"),
            ("--format", "html", "--exit-to", "https://www.example.org/"),
            ("--format", "html", "--title", "Bus times"),
            ("--format", "poster", "--size", "a4", "--no-qr"),
            ("--edition", edition(NEWEST).pin),
            ("--edition", "2018.2.0"),
            ("--edition", "1999.1.0"),
            ("--audience", "victims"),
            ("--format", "pdf"),
            ("--width", "10"),
            ("--lang", "xx"),
            ("--format", "html", "--exit-to", "javascript:alert(1)"),
            ("-o", "nowhere/card.txt"),
        )
    ):
        yield _run("card", *arguments, day=DAY, name=f"card/options/{number:02}")
    for form in ("text", "html", "sms", "json"):
        arguments = ("--format", form, "-o", "card.out")
        yield _run("card", *arguments, day=DAY, files=("card.out",), name=f"card/file/{form}")


def _lookups() -> Iterator[Entry]:
    for number in NUMBERS:
        for form in ("text", "json"):
            yield _run("list", "--edition", number, "--format", form)
    lists = (
        "channels",
        "laws",
        "misprints",
        "organizations",
        "partners",
        "task-forces",
        "tombstones",
    )
    for one in lists:
        for form in ("text", "json"):
            yield _run("list", one, "--format", form)
    newest = edition(NEWEST)
    for record in (*newest, *newest.tombstones, *newest.misprints):
        for form in ("text", "json"):
            yield _run("show", record.id, "--format", form)
    for number in NUMBERS[:-1]:
        for record in edition(number):
            yield _run("show", record.id, "--edition", number)


def _exports() -> Iterator[Entry]:
    for form in ("text", "json"):
        yield _run("editions", "--format", form)
    for number in NUMBERS:
        for format in ExportFormat:
            yield _run("export", format, "--edition", number)
    for arguments in (
        ("csv", "--record", CARELINE, "--record", "pd-bridgeport"),
        ("vcard", "--record", HOTLINE, "--neutral-name", "Jamie"),
        ("json", "-o", "out.json"),
        ("vcard", "-o", "out.vcf"),
        ("csv", "--neutral-name", "Jamie"),
        ("vcard", "--neutral-name", " "),
        ("csv", "--record", "no-such-record"),
        ("jsonld", "--record", "befree-textline"),
        ("xml",),
        (),
    ):
        yield _run("export", *arguments, files=tuple(one for one in arguments if "out." in one))


def _finds() -> Iterator[Entry]:
    for arguments in (
        (),
        ("--audience", "victim"),
        ("--audience", "victim", "--mode", "text"),
        ("--audience", "worker", "--mode", "chat", "--purpose", "emergency"),
        ("--purpose", "legal-help"),
        ("--purpose", "image-removal"),
        ("--language", "es"),
        ("--language", "es-MX", "--mode", "voice"),
        ("--town", "Hartford"),
        ("--town", "Hartfrod"),
        ("--purpose", "legal-help", "--open-at", "2026-11-23T11:59"),
        ("--purpose", "legal-help", "--open-at", "2026-11-23 23:00"),
        ("--open-at", "2026-11-29T12:00"),
        ("--edition", "2018.2.0"),
        ("--edition", "2015.11.0", "--audience", "public"),
    ):
        yield _run("find", *arguments)
        yield _run("find", *arguments, "--format", "json")


def _dates() -> Iterator[Entry]:
    for number in NUMBERS:
        for form in ("text", "json"):
            arguments = ("--on", ON, "--edition", number, "--format", form)
            yield _run("freshness", *arguments)
    for arguments in (
        ("--on", "2027-06-01", "--fail-on", "stale"),
        ("--on", "2027-06-01", "--fail-on", "due"),
        ("--on", ON, "--fail-on", "due"),
        ("--on", ON, "--all"),
        ("--on", "1970-01-01"),
        ("--on", "yesterday"),
        ("--on", "2026-02-30"),
        ("--fail-on", "fresh"),
    ):
        yield _run("freshness", *arguments)
    for arguments in (
        ("--on", ON),
        ("--on", ON, "--all"),
        ("--on", ON, "--format", "json"),
        ("--on", "2027-06-01"),
        ("--on", ON, "--edition", "2018.2.0"),
        ("--on", "1970-01-01"),
    ):
        yield _run("checklist", *arguments)


def _comparisons() -> Iterator[Entry]:
    for old in NUMBERS:
        for new in NUMBERS:
            for form in ("text", "markdown", "json") if old < new else ("text",):
                yield _run("compare", old, new, "--format", form)
    for arguments in (
        ("2018.2.0",),
        ("2018.2.0", "--ids", HOTLINE),
        ("2018.2.0", "2018.2.0", "--ids", f"{HOTLINE}, ciri"),
        ("2018.2.0", "--ids", "no-such-record"),
        ("2018.2.0", "--ids", ""),
        ("2019.1.0",),
        (),
    ):
        yield _run("compare", *arguments)


def _pins() -> Iterator[Entry]:
    for number in NUMBERS:
        yield _run("pin", "--edition", number)
        yield _run("pin", "--edition", number, "--format", "json")
        yield _run("verify", edition(number).pin)
    for form in ("text", "json"):
        yield _run("verify", "--format", form)
        yield _run("verify", f"{NEWEST}@sha256:{ZEROS}", "--format", form)
    yield _run("pin", HOTLINE, CARELINE, "--max-age-days", "30")
    yield _run("pin", HOTLINE, CARELINE, "-o", "app.lock", files=("app.lock",))
    for form in ("text", "json"):
        yield _run("verify", "--lock", "app.lock", "--on", ON, "--format", form)
    yield _run("verify", "--lock", "app.lock", "--on", "2027-06-01")
    text = Path("app.lock").read_text(encoding="utf-8")
    Path("changed.lock").write_text(text.replace("+18883737888", "+18883737889"), encoding="utf-8")
    Path("broken.lock").write_text("{", encoding="utf-8")
    write_json("own.json", fictional_document())
    for arguments in (
        ("--lock", "changed.lock", "--on", ON),
        ("--lock", "changed.lock", "--on", ON, "--format", "json"),
        ("--lock", "broken.lock"),
        ("--lock", "none.lock"),
        ("--lock", "app.lock", "--file", "own.json", "--on", ON),
        ("--lock", "app.lock", "--file", "none.json", "--on", ON),
        ("--lock", "app.lock", "--on", "1970-01-01"),
        (edition(NEWEST).pin, "--lock", "app.lock"),
        ("--file", "own.json"),
        ("--on", ON),
        (f"2026.1.0@sha256:{ZEROS}",),
        ("x",),
    ):
        yield _run("verify", *arguments)
    for arguments in (
        ("--max-age-days", "30"),
        (HOTLINE, "--max-age-days", "0"),
        ("no-such-record",),
        ("befree-textline",),
        ("--edition", "1999.1.0"),
    ):
        yield _run("pin", *arguments)


def _scans() -> Iterator[Entry]:
    copied_cases("audit")
    folders = ("audit/wrong", "audit/right", "audit/apps/eleven", "audit/apps/clean")
    for folder in folders:
        for form in REPORT_FORMS:
            yield _run("scan", folder, "--format", form)
    yield _run("scan", "audit/apps", "--hand-typed")
    yield _run("scan", "audit/right", "--hand-typed", "--fail-on", "note", "--format", "json")
    yield _run("scan", "audit/apps/eleven", "--edition", "2018.2.0")
    for limit in ("error", "warning", "note"):
        yield _run("scan", "audit/apps/eleven/src", "audit/apps/clean", "--fail-on", limit)
    wrong = b"Call 1-800-373-7888, or tel:1-888-373-7888\n"
    yield _run("scan", "-", stdin=wrong)
    yield _run("scan", "-", "--format", "sarif", stdin=wrong, name="scan/stdin/sarif")
    yield _run("scan", "-", stdin=b"", name="scan/stdin/empty")
    yield _run(
        "scan",
        "-",
        stdin=b"\xff\xfe" + wrong.decode().encode("utf-16-le"),
        name="scan/stdin/utf-16",
    )
    Path("a.txt").write_bytes(wrong)
    printed = command("scan", "a.txt", "--format", "json").partition("--- standard output\n")[2]
    Path("earlier.json").write_text(printed.partition("--- standard error\n")[0], encoding="utf-8")
    Path("none.json").write_text("[]", encoding="utf-8")
    Path("a.txt").write_bytes(wrong * 2 + b"1-888-373-7889 # ct-resources: ignore it is a test\n")
    for arguments in (
        ("a.txt", "--baseline", "earlier.json"),
        ("a.txt", "--baseline", "none.json"),
        ("a.txt", "--baseline", "nothing.json"),
        ("nothing.txt",),
        (),
        ("a.txt", "--fail-on", "bad"),
        ("a.txt", "--format", "xml"),
    ):
        yield _run("scan", *arguments)


def _schemas() -> Iterator[Entry]:
    yield _run("schema")
    yield _run("schema", "--format", "json")
    for name in schema_names():
        yield _run("schema", name)
    for name in ("help-chanel", "", "../x", "Update"):
        yield _run("schema", name, name=f"schema/refused/{slug(name)}")


def _templates() -> Iterator[Entry]:
    """Forms: of every organization as JSON, CSV and HTML; every fifth as a workbook."""
    organizations = [one.id for one in edition(NEWEST).organizations]
    for number, organization in enumerate(organizations):
        for form in ("json", "csv", "html"):
            yield _run("template", organization, "--form", form)
        if number % 5 == 0:
            name = f"{organization}.xlsx"
            told = command("template", organization, "-o", name)
            yield f"template/{organization}/xlsx", f"{told}{workbook_text(Path(name).read_bytes())}"
    for form in ("json", "csv", "html"):
        name = f"form.{form.upper()}"
        yield _run("template", "pd-bridgeport", "-o", name, files=(name,))
    for arguments in (
        ("pd-bridgeport", "-o", "form.JSON"),
        ("pd-bridgeport", "-o", "form.JSON", "--force"),
        ("pd-bridgeport", "--form", "csv", "-o", "form"),
        ("pd-bridgeport", "--form", "xlsx"),
        ("pd-bridgeport", "-o", "form.doc"),
        ("pd-bridgprt",),
        ("international-institute-of-connecticut",),
        ("pd-bridgeport", "--edition", "1999.1.0"),
        ("pd-bridgeport", "--edition", "2018.2.0"),
        ("pd-bridgeport", "-o", "nowhere/form.json"),
        (),
    ):
        yield _run(
            "template",
            *arguments,
            name=f"template/options/{'/'.join(map(slug, arguments)) or 'none'}",
        )
    yield from _filled_in()


def workbook_text(data: bytes) -> str:
    """Return what stands in a workbook: sheets, cells, and what a cell may hold."""
    told: dict[str, Any] = {}
    for sheet in openpyxl.load_workbook(BytesIO(data)):
        cells = {
            cell.coordinate: str(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        lists = sorted(
            f"{one.sqref} {one.type} {one.formula1} {one.error} {one.prompt}"
            for one in sheet.data_validations.dataValidation
        )
        told[sheet.title] = {"state": sheet.sheet_state, "cells": cells, "lists": lists}
    return as_json(told)


def _filled_in() -> Iterator[Entry]:
    """Forms as a clerk fills them in."""
    for organization, old, new in (
        ("pd-bridgeport", "203-576-7671", "(203) 576-2300"),
        ("ct-dcf", "1-800-842-2288", "1-800-842-2289"),
    ):
        command("template", organization, "-o", "clerk.xlsx", "--force")
        book = openpyxl.load_workbook("clerk.xlsx")
        book["Update"]["C2"], book["Update"]["D2"] = "Records clerk", "2026-11-24"
        page = {
            "A": "https://portal.ct.gov/x",
            "B": "Contact us",
            "C": "operator",
            "F": "2026-11-24",
        }
        for column, value in (page | {"G": f"Call {new}"}).items():
            book["Sources"][f"{column}2"] = value
        for row in book["Contacts"]:
            for cell in row:
                if cell.value == old:
                    cell.value = new
        book.save("clerk.xlsx")
        told = attempt(lambda: ctr.check_update("clerk.xlsx", on=DAY), report_text)
        yield f"template/filled-in/{organization}/check", told
        for form in REPORT_FORMS:
            arguments = ("clerk.xlsx", "--format", form, "--on", ON)
            yield _run("validate", *arguments, name=f"template/filled-in/{organization}/{form}")
    command("template", "ct-dcf", "-o", "clerk.csv")
    command("template", "ct-dcf", "-o", "clerk.html")
    for name in ("clerk.csv", "clerk.html"):
        told = attempt(
            lambda: ctr.check_update(name, on=DAY),  # noqa: B023
            lambda report: findings_text(report.findings),
        )
        yield f"template/filled-in/unchanged-{name}", told


def _lines() -> Iterator[Entry]:
    records = [one.id for one in edition(NEWEST).organizations][:6]
    documents = [drawn(one) for one in records]
    documents[4]["colour"] = "red"
    content = "".join(json.dumps(one) + "\n" for one in documents) + '{"kind": "law"}\n{\n'
    Path("records.jsonl").write_text(content, encoding="utf-8")
    Path("good.ndjson").write_text(json.dumps(documents[0]) + "\n", encoding="utf-8")
    write_json("form.json", documents[0])
    for form in REPORT_FORMS:
        yield _run("validate", "records.jsonl", "--on", ON, "--format", form)
    for arguments in (
        ("records.jsonl", "--on", ON, "--schema-only"),
        ("good.ndjson", "--on", ON),
        ("form.json", "good.ndjson", "--on", ON),
        ("form.json", "form.json", "--on", ON, "--format", "json"),
        ("form.json", "form.json", "--on", ON, "--format", "sarif"),
        ("nowhere.jsonl",),
        ("nowhere.json", "--on", ON),
        (".", "--on", ON),
        ("form.json", "--edition", "1999.1.0"),
        ("form.json", "--edition", "2018.2.0", "--on", ON),
        ("form.json", "--on", "tomorrow"),
        ("form.json", "--confirm", "203-576-7671"),
        ("form.json", "--confirm", "203-576-7671", "clerk", "letter", ON),
        ("form.json", "--confirm", "pd-bridgeport/voice=203-576-7671", "clerk", "a hunch", ON),
        ("form.json", "--jobs", "-1"),
        (),
    ):
        yield _run("validate", *arguments)


def _wrong() -> Iterator[Entry]:
    for arguments in (
        ("telephone",),
        ("list", "people"),
        ("list", "partners", "--edition", "2015.1.0"),
        ("list", "partners", "--edition", "2026.11."),
        ("list", "partners", "--format", "xml"),
        ("show",),
        ("show", "ct-dcf-carline"),
        ("show", "befree-textline"),
        ("show", "international-institute-of-connecticut"),
        ("show", CARELINE, "--edition", f"{NEWEST}@sha256:{ZEROS}"),
        ("find", "--audience", "victims"),
        ("find", "--language", "Spanish"),
        ("find", "--open-at", "tomorrow"),
        ("find", "--nothing"),
        ("apply",),
        ("apply", "nothing.json"),
        ("--nothing",),
        ("\x00", "\ud800"),
        ("show", "<img src=x onerror=alert(1)>"),
        ("show", "\x1b[2J"),
        ("show", "A" * 500),
    ):
        yield _run(*arguments, name=f"wrong/{'/'.join(slug(ascii(one)) for one in arguments)}")

"""What a curator sees of partners' updates: checked, applied, and records by the line."""

from __future__ import annotations

import io
import json
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ct_trafficking_resources as ctr

from .bench import (
    CASES,
    DAY,
    NEWEST,
    ON,
    REPORT_FORMS,
    as_json,
    attempt,
    case_files,
    case_name,
    command,
    copied_records,
    edition,
    example,
    files_text,
    findings_text,
    load_own,
    patched,
    scratch,
    write_json,
)
from .library import edition_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ct_trafficking_resources.updates.apply import Application

    from .bench import Entry

_SOURCE = {
    "url": "https://police.example.gov/contact",
    "title": "Contact us",
    "kind": "operator",
    "read": "2026-11-23",
    "says": "Front desk 203-555-7300",
}


# --- forms ---------------------------------------------------------------------------


def form_of(organization: str, records: dict[str, Any], number: str = "2031.2.0") -> dict[str, Any]:
    """Return the update of an organization of the fictional records that changes nothing.

    Its own records are its organization and the channels that it operates today.
    """
    own = [records["records"][organization]]
    own += [
        one
        for one in records["records"].values()
        if any(
            operator.get("organization") == organization and "until" not in operator
            for operator in one.get("operators", ())
        )
    ]
    return {
        "schema": "urn:ct-trafficking-resources:schemas:update",
        "edition": number,
        "submitted_by": organization,
        "role": "Records clerk",
        "submitted_on": "2026-11-23",
        "sources": [dict(_SOURCE)],
        "records": [_without_evidence(one) for one in own],
    }


def _without_evidence(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_evidence(item) for key, item in value.items() if key != "evidence"}
    if isinstance(value, list):
        return [_without_evidence(item) for item in value]
    return value


@cache
def _drawn(organization: str) -> str:
    printed = command("template", organization, "--form", "json")
    return printed.partition("--- standard output\n")[2].partition("--- standard error\n")[0]


def drawn(organization: str) -> dict[str, Any]:
    """Return the form of an organization of the package, filled in and not changed."""
    return {
        **json.loads(_drawn(organization)),
        "role": "Records clerk",
        "submitted_on": "2026-11-23",
        "sources": [{**_SOURCE, "url": "https://www.bridgeportct.gov/contact"}],
    }


# --- updates -------------------------------------------------------------------------


def report_text(report: ctr.UpdateReport) -> str:
    """Return everything that a report says."""
    ok = f"ok: {report.ok}\n"
    return f"{ok}{findings_text(report.findings)}{as_json(report.to_dict())}"


def updates() -> Iterator[Entry]:
    """What a check says of every update of the cases, and of those of real partners."""
    newest = edition(NEWEST)
    for path in case_files("updates/files"):
        name = case_name(path)
        for sender in (None, "ct-dcf"):
            if sender and path.suffix != ".json":
                continue
            told = attempt(
                lambda: ctr.check_update(path, sender, newest, name=name, on=DAY),  # noqa: B023
                report_text,
            )
            yield f"update/{name.removeprefix('updates/')}{'/from-ct-dcf' * bool(sender)}", told
    yield from _patched_updates()
    for organization in newest.organizations:
        data = json.dumps(drawn(organization.id)).encode()
        told = attempt(lambda: ctr.check_update(data, name="form.json", on=DAY), report_text)  # noqa: B023
        yield f"update/unchanged/{organization.id}", told
    for name, (update, given) in real_updates().items():
        data = json.dumps(update, indent=1).encode()
        told = attempt(
            lambda: ctr.check_update(data, name="form.json", on=DAY, **given),  # noqa: B023
            report_text,
        )
        yield f"update/real/{name}", told
    for name, data in odd_files().items():
        told = attempt(lambda: ctr.check_update(data, name=name, on=DAY), report_text)  # noqa: B023
        yield f"update/odd/{name}", told


def _patched_updates() -> Iterator[Entry]:
    """The cases that are a patch of a form of a fictional organization."""
    records = example()
    for path in case_files("rules/update", "*.json"):
        case = json.loads(path.read_text(encoding="utf-8"))
        update = patched(form_of(case["organization"], records), case["patch"])
        base = _own(json.dumps(edition_document(records)))
        given: dict[str, Any] = {"directory": base}
        if "meanwhile" in case:
            now = edition_document(patched(records, case["meanwhile"]), "2031.3.0")
            given = {"directory": _own(json.dumps(now)), "base": base}
        data = json.dumps(update, indent=1).encode()
        told = attempt(
            lambda: ctr.check_update(
                data,  # noqa: B023
                case.get("sender"),  # noqa: B023
                name="form.json",
                on=DAY,
                confirmed=case.get("confirmed", ()),  # noqa: B023
                **given,  # noqa: B023
            ),
            report_text,
        )
        yield f"update/updates-checks/{path.stem}", told


@cache
def _own(document: str) -> ctr.Directory:
    with scratch():
        digest = write_json("own.json", document.encode())
        return load_own("own.json", digest)


def real_updates() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return updates of real partners by name, each with the options of its check."""
    made: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}

    def add(
        name: str, organization: str, change: Callable[[dict[str, Any]], Any], **given: Any
    ) -> None:
        update = drawn(organization)
        change(update)
        made[name] = (update, given)

    def contact(update: dict[str, Any], record: int, **values: Any) -> None:
        update["records"][record]["contacts"][0].update(values)

    def office(update: dict[str, Any]) -> None:
        contact(update, 0, value="(203) 576-2300")
        del update["records"][0]["contacts"][0]["display"]
        update["sources"][0]["says"] = "Dispatch 203-576-2300"

    def near(update: dict[str, Any]) -> None:
        contact(update, 0, value="+12035767672", display="203-576-7672")
        update["sources"][0]["says"] = "Dispatch 203-576-7672"

    def careline(value: str, display: str, pages: int) -> Callable[[dict[str, Any]], None]:
        def change(update: dict[str, Any]) -> None:
            contact(update, 1, value=value, display=display)
            page = {**update["sources"][0], "says": f"Careline {display}"}
            update["sources"] = [
                {**page, "url": "https://portal.ct.gov/dcf/careline", "kind": "official"},
                {**page, "url": "https://www.211ct.org/careline", "kind": "third-party"},
            ][:pages]

        return change

    def words(update: dict[str, Any]) -> None:
        update["records"][0]["note"] = "The desk is open again."
        update["records"][0].pop("planning_region", None)

    def hostile(update: dict[str, Any]) -> None:
        update["role"] = "Clerk | ~~~ <img> @everyone"
        update["records"][0]["summary"] = "Text <b>us</b> [here](javascript:alert(1)) =cmd|x"

    add("office-number", "pd-bridgeport", office)
    add("office-number-from-them", "pd-bridgeport", office, submitted_by="pd-bridgeport")
    add("office-number-from-another", "pd-bridgeport", office, submitted_by="pd-hartford")
    add("office-number-from-nobody", "pd-bridgeport", office, submitted_by="no-such-office")
    add("near-miss", "pd-bridgeport", near)
    heard = "pd-bridgeport/voice=+12035767672"
    add("near-miss-confirmed", "pd-bridgeport", near, confirmed=[_heard(heard)])
    add(
        "near-miss-confirmed-as-typed",
        "pd-bridgeport",
        near,
        confirmed=[_heard(heard[:-12] + "203-576-7672")],
    )
    for number, confirmation in enumerate(
        ("203-576-7671", "", "=", "pd-bridgeport=1", "pd-bridgeport/voice=", "a/b=c", "a/b/c=d",
         "pd-bridgeport/voice=+12035767672\n", "pd-bridgeport/voyce=+12035767672")
    ):  # fmt: skip
        add(f"confirmation-{number}", "pd-bridgeport", near, confirmed=[_heard(confirmation)])
    add("careline-one-digit", "ct-dcf", careline("+18008422289", "1-800-842-2289", 2))
    add("careline-another-prefix", "ct-dcf", careline("+18888422288", "1-888-842-2288", 2))
    add("careline-one-page", "ct-dcf", careline("+18665557300", "1-866-555-7300", 1))
    add("careline-two-pages", "ct-dcf", careline("+18665557300", "1-866-555-7300", 2))
    add("careline-no-page", "ct-dcf", careline("+18665557300", "1-866-555-7300", 0))
    add("words", "pd-bridgeport", words)
    add("hostile-words", "pd-bridgeport", hostile)
    add("an-old-edition", "pd-bridgeport", lambda one: one.update(edition="2018.2.0"))
    add("an-edition-that-never-was", "pd-bridgeport", lambda one: one.update(edition="2019.1.0"))
    add(
        "a-record-of-another",
        "pd-bridgeport",
        lambda one: one["records"].extend(drawn("ct-dcf")["records"]),
    )
    add("a-record-left-out", "ct-dcf", lambda one: one["records"].pop())
    add("no-records", "ct-dcf", lambda one: one.update(records=[]))
    add("sent-tomorrow", "pd-bridgeport", lambda one: one.update(submitted_on="2026-12-01"))
    add("unknown-key", "pd-bridgeport", lambda one: one.update(colour="red"))
    return made


def odd_files() -> dict[str, bytes]:
    """Return files that are no update."""
    return {
        "empty.json": b"",
        "blank.json": b" \n",
        "brace.json": b"{",
        "object.json": b"{}",
        "edition-only.json": b'{"edition": "2026.11.0"}',
        "utf-16.json": b"\xff\xfe{\0}\0",
        "mark.json": b"\xef\xbb\xbf{}",
        "key-twice.json": b'{"a":1,"a":2}',
        "deep.json": b"[" * 200_000,
        "nan.json": b"[NaN]",
        "1e400.json": b"[1e400]",
        "long-number.json": b"[" + b"9" * 5000 + b"]",
        "surrogate.json": b'["\\ud800"]',
        "number-in-a-list.json": b"[5]",
        "too-large.json": b"x" * 2_000_000,
        "zip.xlsx": b"PK\x03\x04",
        "page.html": b"<!doctype html><title>x</title>",
    }


# --- lines ---------------------------------------------------------------------------


def lines() -> Iterator[Entry]:
    """Records and updates, one a line."""
    with scratch():
        copied_records()
        paths = [
            path
            for folder in ("channels", "organizations", "task-forces", "laws")
            for path in sorted(Path("records", folder).glob("*.json"))
        ]
        records = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    streams = {"records": [json.dumps(one) for one in records]}
    streams["records-compact"] = [json.dumps(one, separators=(",", ":")) for one in records[::5]]
    wrong = [
        {**records[0], "colour": "red"},
        {**records[1], "kind": "law"},
        {**records[2], "id": "Not An Id"},
        {**records[3], "evidence": {}},
        {"kind": "help-channel"},
        {"kind": "telephone"},
        {},
        [],
        drawn("pd-bridgeport"),
        {**drawn("pd-bridgeport"), "role": "call 1-900-555-1234"},
    ]
    streams["wrong"] = [json.dumps(one) for one in wrong]
    streams["text"] = ["", "{", '{"a":1,"a":2}', "[NaN]", "x", '"\\ud800"', "\ufeff{}", "{}  "]
    patches = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in case_files("rules/records", "*.json")[::3]
    ]
    streams["rules"] = [
        json.dumps(one)
        for case in patches
        for one in patched(example(), case["patch"])["records"].values()
        if one not in example()["records"].values()
    ]
    for name, several in streams.items():
        data = "".join(f"{line}\n" for line in several).encode()
        for schema_only in (False, True):
            told = "".join(
                f"{line.number} {line.size} {findings_text(line.findings)}"
                for line in ctr.check_lines(io.BytesIO(data), on=DAY, schema_only=schema_only)
            )
            yield f"lines/{name}{'/schema-only' * schema_only}", told
    told = findings_text(ctr.check_line(b'{"kind": "law"}', 7, "x.jsonl", on=DAY))
    yield "lines/one", told


# --- applied -------------------------------------------------------------------------


def applications() -> Iterator[Entry]:
    """What applying an update writes, and what is said of a records folder that is wrong.

    Of the updates of real partners, five are applied, and every second other one is tried.
    """
    with scratch():
        copied_records()
        before = set(files_text("records").splitlines())
        others = [one for one in real_updates().items() if one[0] not in WRITTEN]
        for name, (update, given) in others[::2]:
            yield f"apply/real/{name}/dry-run", _applied(update, {**given, "dry_run": True})
        same = before == set(files_text("records").splitlines())
        yield "apply/real/nothing-is-written", f"{same}\n"
    for name in WRITTEN:
        with scratch():
            copied_records()
            told = _applied(*real_updates()[name])
            after = [line for line in files_text("records").splitlines() if line not in before]
            yield f"apply/real/{name}", f"{told}written: {as_json(after)}"
    yield from _example_folders()


WRITTEN = (
    "office-number-from-them",
    "near-miss-confirmed",
    "careline-one-digit",
    "careline-two-pages",
    "hostile-words",
)
"""The updates of real partners that are not only tried, but applied."""


def _applied(update: dict[str, Any], given: dict[str, Any]) -> str:
    data = json.dumps(update, indent=1).encode()
    return attempt(
        lambda: ctr.apply_update(data, Path("records"), name="form.json", on=DAY, **given),
        application_text,
    )


def application_text(done: Application) -> str:
    """Return everything that an application says."""
    return (
        f"ok: {done.ok}\nwritten: {done.written}\n{findings_text(done.findings)}"
        f"{as_json(done.to_dict())}"
    )


_FOLDERS = {
    "task-force": "task-forces",
    "organization": "organizations",
    "help-channel": "channels",
    "law": "laws",
    "tombstone": "tombstones",
    "misprint": "misprints",
}


def _example_folders() -> Iterator[Entry]:
    """The cases of publishing and of rules, as the folder that an update is applied to.

    The rules are a sample, every fourth: all of them are seen as edition files, too.
    """
    update = form_of("example-agency", example())
    update["records"][0]["note"] = "The desk is open again."
    data = json.dumps(update, indent=1).encode()
    yield "apply/example", _applied_to(data, example(), [])
    for path in case_files("publishing", "*.json"):
        case = json.loads(path.read_text(encoding="utf-8"))
        told = _applied_to(data, example(), case["edits"])
        yield f"apply/{case_name(path).removesuffix('.json')}", told
    for path in case_files("rules/records", "*.json")[::4]:
        case = json.loads(path.read_text(encoding="utf-8"))
        told = _applied_to(data, patched(example(), case["patch"]), [])
        yield f"apply/rules/{path.stem}", told


def _applied_to(data: bytes, records: dict[str, Any], edits: list[dict[str, str]]) -> str:
    with scratch():
        folder = Path("records")
        _write_folder(folder, records)
        for edit in edits:
            _edit(folder, edit)
        return attempt(
            lambda: ctr.apply_update(data, folder, name="form.json", on=DAY, dry_run=True),
            lambda done: findings_text(done.findings) + done.diff(),
        )


def _write_folder(folder: Path, records: dict[str, Any]) -> None:
    """Write the fictional records as a records folder, with a law that is held."""
    law = {**records["records"]["example-law"], "id": "example-held-law"}
    held = {"reason": "Nobody read it.", "document": law}
    documents = [
        one for part in ("records", "tombstones", "misprints") for one in records[part].values()
    ]
    files = {f"{_FOLDERS[one['kind']]}/{one['id']}.json": one for one in documents}
    files["held/example-held-law.json"] = {"kind": "held", "id": law["id"], "record": held}
    kinds = {one["id"]: one["kind"] for one in documents} | {law["id"]: "held"}
    header = edition_document(records)
    keys = ("edition", "released", "review_by", "status", "statement")
    files["edition.json"] = {key: header[key] for key in keys}
    files["register.json"] = {"ids": dict(sorted(kinds.items()))}
    files["editions.json"] = {"released": {}, "withdrawn": {}}
    for name, document in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _edit(folder: Path, edit: dict[str, str]) -> None:
    path = folder / edit["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if "text" in edit:
        path.write_bytes(edit["text"].encode(edit.get("encoding", "utf-8")))
    elif "copy" in edit:
        path.write_bytes((folder / edit["copy"]).read_bytes())
    elif "find" in edit:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(edit["find"], edit["put"], 1), encoding="utf-8")
    else:
        path.unlink()


# --- by the command line -------------------------------------------------------------


def update_commands() -> Iterator[Entry]:
    """The updates of the cases as ``validate`` shows them, and as ``apply`` does.

    Every file as text; every sixth in the other formats, too. Of the updates of real
    partners, all as text and Markdown, every third in the other formats.
    """
    with scratch():
        shutil.copytree(CASES / "updates" / "files", "files")
        for number, path in enumerate(case_files("updates/files")):
            for form in REPORT_FORMS if number % 6 == 0 else ("text",):
                told = command("validate", f"files/{path.name}", "--format", form, "--on", ON)
                yield f"update-command/files/{path.name}/{form}", told
        for number, (name, (update, given)) in enumerate(real_updates().items()):
            write_json("form.json", update)
            for form in REPORT_FORMS if number % 3 == 0 else ("text", "markdown"):
                arguments = ("form.json", *_options(given), "--format", form, "--on", ON)
                yield f"update-command/real/{name}/{form}", command("validate", *arguments)
    yield from _apply_commands()


def _heard(what: str) -> dict[str, str]:
    """Return the confirmation of what is written RECORD/CONTACT=VALUE."""
    place, _, value = what.partition("=")
    record, _, contact = place.partition("/")
    return {
        "record": record,
        "contact": contact,
        "value": value,
        "role": "records clerk",
        "way": "telephone-on-record",
        "day": DAY.isoformat(),
    }


def _options(given: dict[str, Any]) -> list[str]:
    options = [
        option
        for heard in given.get("confirmed", ())
        for option in (
            "--confirm",
            f"{heard['record']}/{heard['contact']}={heard['value']}",
            *(heard[key] for key in ("role", "way", "day")),
        )
    ]
    return (
        [*options, "--submitted-by", given["submitted_by"]] if "submitted_by" in given else options
    )


def _apply_commands() -> Iterator[Entry]:
    with scratch():
        copied_records()
        for name in ("office-number", "careline-one-digit"):
            write_json("form.json", real_updates()[name][0])
            for form in REPORT_FORMS:
                told = command("apply", "form.json", "--dry-run", "--format", form, "--on", ON)
                yield f"update-command/apply/{name}/{form}", told
        told = command("apply", "form.json", "--records", "nowhere", "--on", ON)
        yield "update-command/apply/no-records", told
        for again in ("", "/again"):
            write_json("form.json", real_updates()["office-number"][0])
            told = command("apply", "form.json", "--on", ON) + files_text("records/updates")
            yield f"update-command/apply/written{again}", told
        Path("records/stray.txt").write_text("x", encoding="utf-8")
        for form in ("text", "json"):
            told = command("apply", "form.json", "--format", form, "--on", ON)
            yield f"update-command/apply/stray-file/{form}", told

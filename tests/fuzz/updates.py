"""Fuzz what reads a partner's file, with coverage as the guide (Atheris, libFuzzer).

::

    pip install -e '.[xlsx]' atheris
    python tests/fuzz/updates.py TARGET FOLDER [options of libFuzzer, such as -max_total_time=900]

TARGET is one of json, csv, xlsx, strict, line. FOLDER keeps the corpus; what
goes wrong is put in FOLDER/found, one file for each place in the code, and the
run goes on. What is found becomes a case in ``tests/cases``.

pytest does not collect this.
"""

from __future__ import annotations

import io
import json
import random
import sys
import traceback
import zipfile
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import atheris

with atheris.instrument_imports(include=["ct_trafficking_resources", "openpyxl"]):
    import openpyxl.reader.excel  # noqa: F401 - the package imports it when it is needed

    import ct_trafficking_resources as ctr
    from ct_trafficking_resources.checks import reports, strict_json
    from ct_trafficking_resources.edition.codec import encode
    from ct_trafficking_resources.updates import bulk, report as written, template
    from ct_trafficking_resources.updates.check import check_update

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parents[1] / "cases"
ON = date(2026, 11, 24)
DIRECTORY = ctr.load()
PARTNERS = ("ct-dcf", "pd-bridgeport", "love146")
LONGEST = 200_000
"""Bytes of a file of cases that are taken as a seed."""

ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e300, 10**19, "", " ", [], {}, [[]], [{}], {"": ""}, {"kind": []}),
    *("\ud800", "\u202e", "\u200b", "\x85", "\xa0", "e\u0301", "\uff11", "\u0661", "x\n", "\x1b"),
    *("+18883737889", "+18003737888", "tel:988", "988", "*67#", "+1900555", "203-576-TIPS"),
    *("https://a@b.example", "https://[::1]/", "https://[", "https://xn--a", "//a", "https://"),
    *("javascript:alert(1)", "https://a.example:99999/", "https://a.example/%", "a@b@c", "@"),
    *("2026-02-30", "0000-00-00", "9999-12-31", "Mon-Fri 9:00-25:00", "24/7", "=1+1", "<b>", "~1/"),
    *("help-channel", "organization", "e164", "url", "email", "voice", "ct-dcf", "pd-bridgeport"),
)


# --- what is called ---------------------------------------------------------------


def check(name: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        report = check_update(data, "ct-dcf", DIRECTORY, name=name, on=ON)
        assert report.ok or report.findings
        for form in reports.FORMS:
            reports.render(form, report.findings).encode()
        written.report_text(report).encode()
        written.report_markdown(report).encode()
        json.dumps(report.to_dict(), allow_nan=False).encode()

    return run


def strict(data: bytes) -> None:
    text = strict_json.read(data, "x.json")
    assert text.findings or json.loads(text.text) == text.document
    for finding in text.findings:
        str(finding).encode()


def line(data: bytes) -> None:
    for finding in bulk.check_line(data, on=ON):
        str(finding).encode()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "json": check("x.json"),
    "csv": check("x.csv"),
    "xlsx": check("x.xlsx"),
    "strict": strict,
    "line": line,
}


# --- what it is given ---------------------------------------------------------------


def seeds(target: str) -> list[bytes]:
    """Return forms as partners would fill them in, and the files of the cases."""
    form = target if target in {"csv", "xlsx"} else "json"
    files = sorted((CASES / "updates" / "files").glob(f"*.{form}"))
    drawn = [template.template(one, form, DIRECTORY) for one in PARTNERS]
    texts = [one.encode() if isinstance(one, str) else one for one in drawn]
    if form == "json":
        changes = {"role": "Records clerk", "submitted_on": "2026-11-24"}
        texts += [json.dumps({**json.loads(one), **changes}).encode() for one in texts]
        cases = sorted((CASES / "rules" / "update").glob("*.json"))
        texts += [one.read_bytes() for one in cases]
    if target == "line":
        texts = [json.dumps(json.loads(one)).encode() for one in texts]
        texts += [json.dumps(encode(one)).encode() for one in DIRECTORY]
    return texts + [one.read_bytes() for one in files if one.stat().st_size < LONGEST]


def mutate_bytes(data: bytes, size: int, seed: int) -> bytes:
    """Change bytes as libFuzzer does, or put something odd in."""
    chance = random.Random(seed)
    if chance.random() < 0.5 or not data:
        return bytes(atheris.Mutate(data, size))
    at = chance.randrange(len(data))
    odd = chance.choice(ODD)
    put = odd.encode("utf-8", "surrogatepass") if isinstance(odd, str) else json.dumps(odd).encode()
    return (data[:at] + put + data[at + chance.choice((0, 1, len(put))) :])[:size]


def mutate_json(data: bytes, size: int, seed: int) -> bytes:
    """Change the document and not its text, most of the time."""
    chance = random.Random(seed)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return mutate_bytes(data, size, seed)
    if chance.random() < 0.2 or not isinstance(document, dict):
        return mutate_bytes(data, size, seed)
    for _ in range(chance.randint(1, 3)):
        change(document, chance)
    try:
        return json.dumps(document).encode()[:size]
    except RecursionError:
        return data


def change(document: dict[str, Any], chance: random.Random) -> None:
    places: list[tuple[Any, Any]] = []
    waiting: list[Any] = [document]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else list(range(len(one)))
        places += [(one, key) for key in keys]
        waiting += [one[key] for key in keys if isinstance(one[key], (dict, list))]
    if not places:
        return
    parent, key = chance.choice(places)
    other, other_key = chance.choice(places)
    what = chance.randrange(6)
    if what == 0:
        del parent[key]
    elif what == 1:
        parent[key] = json.loads(json.dumps(other[other_key]))
    elif what == 2 and isinstance(parent, list):
        parent.append(json.loads(json.dumps(parent[key])))
    elif what == 3 and isinstance(parent[key], str):
        text = parent[key].encode("utf-8", "surrogatepass")
        changed = bytes(atheris.Mutate(text, len(text) + 8))
        parent[key] = changed.decode("utf-8", "surrogateescape")
    elif what == 4 and isinstance(parent, dict):
        parent[str(chance.choice(ODD))] = deepcopy(chance.choice(ODD))
    else:
        parent[key] = deepcopy(chance.choice(ODD))


def mutate_xlsx(data: bytes, size: int, seed: int) -> bytes:
    """Change one part of the workbook, most of the time, and zip it again."""
    chance = random.Random(seed)
    if chance.random() < 0.1:
        return mutate_bytes(data, size, seed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as before:
            parts = {one: before.read(one) for one in before.namelist()}
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not taken apart
        return mutate_bytes(data, size, seed)
    if not parts:
        return data
    name = chance.choice(sorted(parts))
    if chance.random() < 0.05:
        del parts[name]
    else:
        parts[name] = mutate_bytes(parts[name], len(parts[name]) + 200, seed)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for one, content in parts.items():
            after.writestr(one, content)
    return stream.getvalue()


# --- the run ------------------------------------------------------------------------


def watched(target: Callable[[bytes], None], folder: Path) -> Callable[[bytes], None]:
    """Return the target, which keeps what goes wrong and goes on."""
    seen: set[str] = set()

    def run(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 - there must be none
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
            if place not in seen:
                seen.add(place)
                (folder / place).write_bytes(data)
                (folder / f"{place}.txt").write_text(traceback.format_exc(), encoding="utf-8")
                print(f"FOUND {place}", flush=True)

    return run


def main() -> None:
    name, place, *options = sys.argv[1:]
    folder = Path(place)
    found, corpus = folder / "found", folder / name
    for one in (found, corpus):
        one.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(data)
    mutators = {"json": mutate_json, "line": mutate_json, "xlsx": mutate_xlsx}
    usual = [f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=2000", "-len_control=0"]
    arguments = [sys.argv[0], *usual, f"-artifact_prefix={found}/", *options, str(corpus)]
    target = watched(TARGETS[name], found)
    atheris.Setup(arguments, target, custom_mutator=mutators.get(name, mutate_bytes))
    atheris.Fuzz()


if __name__ == "__main__":
    main()

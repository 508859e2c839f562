"""What a developer's code sees: records, cards, exports, dates, comparisons, searches,
audits, locks, overrides, and edition files of one's own."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing
from ct_trafficking_resources.changes import Effect
from ct_trafficking_resources.checks.schemas import schema_path
from ct_trafficking_resources.exports import ExportFormat
from ct_trafficking_resources.freshness import FreshnessState

from .bench import (
    CASES,
    DAY,
    INPUTS,
    NEWEST,
    NUMBERS,
    as_json,
    attempt,
    case_files,
    case_name,
    edition,
    example,
    findings_text,
    load_own,
    patched,
    read_case,
    scratch,
    slug,
    write_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .bench import Entry

HOTLINE = "national-human-trafficking-hotline"
CARELINE = "ct-dcf-careline"
LANGUAGES = ("en", "es")
ZONE = ZoneInfo("America/New_York")
MOMENTS = tuple(
    dt.datetime(2026, month, day, hour, minute, tzinfo=ZONE)
    for month, day, hour, minute in (
        (7, 4, 12, 0),  # a holiday, a Saturday
        (11, 1, 1, 30),  # an hour that is there twice
        (11, 29, 12, 0),  # a Sunday
        (11, 30, 8, 59),  # a Monday
        (11, 30, 9, 0),
        (11, 30, 16, 59),
        (12, 2, 20, 0),
        (12, 4, 23, 59),
    )
)


def ids(records: Any) -> str:
    """Return the ids of records, a line each."""
    return "".join(f"{one.id}\n" for one in records)


# --- editions, records and contact points --------------------------------------------


def directories() -> Iterator[Entry]:
    """What an edition says of itself, and which records it has in which order."""
    for info in ctr.available_editions():
        parts = ("number", "released", "review_by", "status", "sha256", "withdrawn", "replaced_by")
        told = {key: getattr(info, key) for key in parts}
        yield f"directory/available/{info.number}", as_json({**told, "pin": info.pin})
    yield (
        "directory/default",
        attempt(ctr.load, lambda one: f"{one.pin}\n{one.day}\n{one.overrides}\n"),
    )
    for number in NUMBERS:
        yield f"directory/{number}/load", attempt(lambda number=number: ctr.load(number).pin)
        yield f"directory/{number}/header", _header(edition(number))
        for section in SECTIONS:
            yield f"directory/{number}/{section}", ids(getattr(edition(number), section))
        for one in edition(number).task_forces:
            yield f"directory/{number}/members/{one.id}", ids(edition(number).members(one.id))
        yield f"directory/{number}/withheld", _withheld(edition(number))
    yield from _days()


SECTIONS = (
    "task_forces",
    "organizations",
    "partners",
    "channels",
    "laws",
    "tombstones",
    "misprints",
)


def _header(directory: ctr.Directory) -> str:
    keys = ("edition", "released", "review_by", "status", "statement", "digest", "pin", "day")
    told = {key: getattr(directory, key) for key in (*keys, "overrides", "is_dated")}
    return as_json({**told, "records": len(directory), "repr": repr(directory)})


def _withheld(directory: ctr.Directory) -> str:
    told = {one.id: [stone.id for stone in directory.withheld(one.id)] for one in directory}
    return as_json({id: stones for id, stones in told.items() if stones})


def _days() -> Iterator[Entry]:
    """Values that begin or end on a day."""
    for number in NUMBERS:
        for day in (dt.date.min, DAY, dt.date.max):
            same = edition(number).as_of(day) is edition(number)
            yield f"directory/as-of/{number}/{day}", f"the same object: {same}\n"
    switch = dt.date(2027, 3, 1)
    document = fictional_document()
    channel = testing.channel_of(document, HOTLINE)
    old = next(one for one in channel["contacts"] if one["id"] == "chat")
    shown = "help.storrow-hollow.example/talk"
    new = {"id": "chat-new", "value": f"https://{shown}", "display": shown}
    channel["contacts"].append({**old, **new, "valid_from": str(switch)})
    old["valid_to"] = str(switch - dt.timedelta(days=1))
    voice = next(one for one in channel["contacts"] if one["id"] == "voice")
    voice["valid_to"] = "2027-05-31"
    with scratch():
        dated = load_own("own.json", write_json("own.json", document))
        for day in (DAY, switch - dt.timedelta(days=1), switch, dt.date(2027, 6, 1)):
            seen = dated.as_of(day)
            yield f"directory/as-of/dated/{day}", f"{seen.day}\n{ids(seen.hotline.contacts)}"
            card = attempt(lambda day=day: ctr.card(directory=dated, on=day).text())
            yield f"directory/as-of/dated/{day}/card", card
    for no_day in ("2027-07-01", None, 20270701):
        told = attempt(lambda no_day=no_day: edition(NEWEST).as_of(no_day))
        yield f"directory/as-of/{slug(no_day)}", told


def digests() -> Iterator[Entry]:
    """The digest of every record and of every contact point."""
    for number in NUMBERS:
        for record in edition(number):
            yield f"digest/{number}/{record.id}", record.digest
            for contact in getattr(record, "contacts", ()):
                yield f"digest/{number}/{record.id}/{contact.id}", contact.digest
    for one in (*edition(NEWEST).tombstones, *edition(NEWEST).misprints):
        yield f"digest/history/{one.id}", one.digest
    for record in fictional():
        yield f"digest/fictional/{record.id}", record.digest


def contacts() -> Iterator[Entry]:
    """What code reads from the contact points of a record, and when they are open."""
    places = [(number, edition(number)) for number in NUMBERS] + [("fictional", fictional())]
    for number, directory in places:
        for record in directory:
            told = "".join(map(_contact, getattr(record, "contacts", ())))
            if told:
                yield f"contact/{number}/{record.id}", told


def _contact(one: ctr.ContactPoint) -> str:
    is_open = ["?" if state is None else str(state) for state in map(one.is_open, MOMENTS)]
    keys = ("id", "mode", "kind", "value", "display", "uri", "languages")
    evidence = f"{one.evidence.level} {one.evidence.newest} {one.evidence.newest_dated}"
    return f"{[str(getattr(one, key)) for key in keys]} {evidence}\n  open: {' '.join(is_open)}\n"


# --- the fictional edition -----------------------------------------------------------


def fictional_document() -> dict[str, Any]:
    """Return the fictional edition of the package as a document."""
    return testing.fictional_document()


@cache
def fictional() -> ctr.Directory:
    """Return the fictional edition of the package."""
    return testing.fictional_directory()


@cache
def hostile() -> tuple[ctr.Directory, ...]:
    """Return fictional editions in which partners write what must never act."""
    return tuple(
        testing.fictional_directory(testing.with_text(fictional_document(), text))
        for text in testing.HOSTILE_TEXTS
    )


# --- cards ---------------------------------------------------------------------------

EXIT = "https://www.example.org/weather"
FORMS: dict[str, Callable[[ctr.Card], Any]] = {
    "text": lambda card: card.text(),
    "text-40": lambda card: card.text(width=40),
    "text-120": lambda card: card.text(width=120),
    "text-short": lambda card: card.text(style="short"),
    "text-line": lambda card: card.text(style="line"),
    "markdown": lambda card: card.markdown(),
    "html": lambda card: card.html(),
    "html-heading": lambda card: card.html(heading=4, exit_to=EXIT),
    "html-page": lambda card: card.html(page=True),
    "html-page-exit": lambda card: card.html(page=True, title="Bus times", exit_to=EXIT),
    "sms": lambda card: _sms(card.sms()),
    "poster": lambda card: card.poster(),
    "poster-a4-no-qr": lambda card: card.poster(size="a4", qr=False),
    "prompt": lambda card: card.prompt(),
    "dict": lambda card: as_json(card.to_dict()),
}
"""The forms of a card."""


def _sms(sms: Any) -> str:
    return f"{sms}\n{sms.encoding} {sms.places} {sms.parts}\n"


def cards() -> Iterator[Entry]:
    """Every card in every form, and what the options of a card do."""
    own = {NEWEST: edition(NEWEST), "fictional": fictional(), "overridden": overridden()}
    for name, directory in own.items():
        for audience, language in product(ctr.Audience, LANGUAGES):
            card = ctr.card(audience, language, directory)
            for form, render in FORMS.items():
                yield f"card/{name}/{audience}/{language}/{form}", attempt(lambda: render(card))  # noqa: B023 - called at once
            yield f"card/{name}/{audience}/{language}/parts", _parts(card)
    for number in NUMBERS[:-1]:  # they have no 911, so there is no card; if there is one, all of it
        for audience, language in product(ctr.Audience, LANGUAGES):
            told = attempt(lambda: ctr.card(audience, language, edition(number)).text())  # noqa: B023
            yield f"card/{number}/{audience}/{language}", told
    yield from _card_options()
    yield from _hostile_cards()


def _parts(card: ctr.Card) -> str:
    head = ("audience", "language", "edition", "pin", "status", "review_by", "on")
    told: dict[str, Any] = {key: getattr(card, key) for key in head}
    for part in ("always", "first", "more"):
        told[part] = [entry.channel.id for entry in getattr(card, part)]
    told["entries"] = {
        entry.channel.id: [one.id for one in entry.contacts] for entry in card.entries
    }
    return as_json({**told, "str": str(card) == card.text(), "digest": card.digest})


def _card_options() -> Iterator[Entry]:
    days = [dt.date(2026, 11, 23), DAY, dt.date(2027, 2, 21), dt.date(2027, 2, 22)]
    options: list[dict[str, Any]] = [
        *({"purpose": one} for one in ctr.Purpose),
        *({"mode": one} for one in ctr.Mode),
        *({"town": one} for one in ("Hartford", "hartford", "Bridgeport", "Storrow Hollow", "x")),
        *({"open_at": one} for one in MOMENTS),
        *({"on": one} for one in (*days, dt.date(2101, 1, 1))),
        {"purpose": "legal-help", "mode": "voice", "town": "New Haven", "open_at": MOMENTS[3]},
    ]
    for given in options:
        name = ",".join(f"{key}={slug(str(value)[:16])}" for key, value in given.items())
        told = "".join(
            f"== {audience} {language}\n"
            + attempt(lambda: ctr.card(audience, language, **given).text(style="short"))  # noqa: B023
            for audience, language in product(ctr.Audience, LANGUAGES)
        )
        yield f"card/options/{name}", told
        full = [ctr.card("public", language, **given) for language in LANGUAGES]
        yield f"card/options/{name}/public", "".join(one.text() + one.html() for one in full)


def _hostile_cards() -> Iterator[Entry]:
    for number, directory in enumerate(hostile()):
        for form, render in FORMS.items():
            if form in {"text-120", "html-heading", "html-page", "text-line"}:
                continue  # another form shows the same of it
            name = f"card/hostile/{number:02}/{form}"
            yield name, attempt(lambda: render(ctr.card("public", "en", directory)))  # noqa: B023


# --- exports -------------------------------------------------------------------------


def exports() -> Iterator[Entry]:
    """The directory in every format."""
    places = {number: edition(number) for number in NUMBERS}
    places |= {"fictional": fictional(), "overridden": overridden()}
    for (name, directory), format in product(places.items(), ExportFormat):
        yield f"export/{name}/{format}", ctr.export(format, directory)
    case = CASES / "exports" / "edition.json"
    with scratch():
        digest = write_json("edition.json", case.read_bytes())
        for format in ExportFormat:
            told = attempt(lambda: ctr.export(format, load_own("edition.json", digest)))  # noqa: B023
            yield f"export/cases/{format}", told
    for number, directory in enumerate(hostile()):
        for format in ExportFormat:
            name = f"export/hostile/{number:02}/{format}"
            yield name, attempt(lambda: ctr.export(format, directory))  # noqa: B023
    some = (CARELINE, "pd-bridgeport", HOTLINE)
    for format in ExportFormat:
        yield f"export/some/{format}", ctr.export(format, records=some)
        told = attempt(lambda: ctr.export(format, records=["cgs-54-222"]))  # noqa: B023
        yield f"export/law/{format}", told
        told = attempt(lambda: ctr.export(format, neutral_name="Weather"))  # noqa: B023
        yield f"export/neutral/{format}", told
    for name, given in {
        "some": {"records": some, "neutral_name": "Jamie"},
        "blank": {"neutral_name": "  "},
        "tips-only": {"records": ["fbi-tips"], "neutral_name": "Jamie"},
        "hostile": {"neutral_name": "J\r\nTEL:1;x,y\\z"},
    }.items():
        told = attempt(lambda: ctr.export("vcard", **given))  # noqa: B023
        yield f"export/neutral/vcard-{name}", told


# --- freshness and comparison --------------------------------------------------------


def freshness() -> Iterator[Entry]:
    """How old every value is, on the days on which that changes."""
    for number in NUMBERS:
        directory = edition(number)
        one = dt.timedelta(days=1)
        days = {
            directory.released - one,
            directory.released,
            directory.review_by - one,
            directory.review_by,
            directory.review_by + one,
            DAY,
            dt.date(2027, 5, 19),
            dt.date(2027, 6, 1),
            dt.date(2099, 1, 1),
        }
        for day in sorted(days):
            told = attempt(lambda: _freshness(ctr.check_freshness(day, directory)))  # noqa: B023
            yield f"freshness/{number}/{day}", told
    yield "freshness/fictional", _freshness(ctr.check_freshness(DAY, fictional()))
    moment = dt.datetime(2026, 11, 30, 23, 59, tzinfo=dt.UTC)
    yield "freshness/moment", str(ctr.check_freshness(moment).on)
    for no_day in ("2026-11-30", 5):
        told = attempt(lambda: ctr.check_freshness(no_day))  # noqa: B023
        yield f"freshness/no-day/{slug(no_day)}", told


def _freshness(report: ctr.FreshnessReport) -> str:
    states = {state: len(report.of(state)) for state in FreshnessState}
    least = {state: len(report.at_least(state)) for state in FreshnessState}
    values = "".join(f"{one}\n" for one in report.values)
    return f"{report.state} {states} {least}\n{values}{as_json(report.to_dict())}"


def comparisons() -> Iterator[Entry]:
    """What changed, for every ordered pair of editions."""
    for old, new in product(NUMBERS, repeat=2):
        comparison = ctr.compare(edition(old), edition(new))
        yield from _comparison(f"compare/{old}..{new}", comparison)
        told = attempt(lambda: ctr.compare(edition(old), edition(new)).only([HOTLINE]).text())  # noqa: B023
        yield f"compare/{old}..{new}/only-the-hotline", told
    changed = ctr.compare(edition(NEWEST), overridden())
    yield from _comparison(f"compare/{NEWEST}..overridden", changed)
    yield from _comparison("compare/fictional..shipped", ctr.compare(fictional(), edition(NEWEST)))


def _comparison(name: str, comparison: ctr.Comparison) -> Iterator[Entry]:
    yield f"{name}/text", comparison.text()
    yield f"{name}/markdown", comparison.markdown()
    yield f"{name}/dict", as_json(comparison.to_dict())
    seen = [comparison.changes.index(one) for one in comparison.seen]
    effects = {effect: len(comparison.of(effect)) for effect in Effect}
    yield f"{name}/effects", f"{[str(one) for one in effects.items()]}\n{seen}\n"


# --- search --------------------------------------------------------------------------

CRITERIA: dict[str, tuple[str, ...]] = {
    "audience": tuple(map(str, ctr.Audience)),
    "purpose": tuple(map(str, ctr.Purpose)),
    "mode": tuple(map(str, ctr.Mode)),
    "language": ("en", "es", "es-MX", "ES", "pl", "zh-Hant", "mul"),
    "town": ("Hartford", "Bridgeport", "Storrow Hollow"),
}


def searches() -> Iterator[Entry]:
    """What every criterion finds, alone and with every other one."""
    places = {number: edition(number) for number in NUMBERS} | {"fictional": fictional()}
    for name, directory in places.items():
        yield f"find/{name}/all", ids(directory.find())
        for key, value in ((key, value) for key, words in CRITERIA.items() for value in words):
            yield f"find/{name}/{key}={value}", _with_others(directory, key, value)
        for at in MOMENTS:
            told = ids(directory.find(open_at=at))
            yield f"find/{name}/open-at={slug(at.strftime('%m-%d %H.%M'))}", told
    cases = read_case("core/find.json")
    with scratch():
        document = edition_document(example())
        own = load_own("own.json", write_json("own.json", document))
        for case in cases:
            given = dict(case["find"])
            if "open_at" in given:
                given["open_at"] = dt.datetime.fromisoformat(given["open_at"])
            told = attempt(lambda: own.find(**given), ids)  # noqa: B023
            yield f"find/cases/{slug(case['why'])}", told


def _with_others(directory: ctr.Directory, key: str, value: str) -> str:
    lines = [f"alone: {' '.join(one.id for one in directory.find(**{key: value}))}\n"]
    later = list(CRITERIA)[list(CRITERIA).index(key) + 1 :]
    for other in later:
        for second in CRITERIA[other]:
            found = directory.find(**{key: value, other: second})
            lines.append(f"{other}={second}: {' '.join(one.id for one in found)}\n")
    return "".join(lines)


# --- texts ---------------------------------------------------------------------------


@cache
def texts() -> dict[str, str]:
    """Return the texts that are audited: the cases, and those that only the baseline has."""
    found = {
        case_name(path): path.read_text(encoding="utf-8")
        for path in case_files("audit")
        if path.suffix != ".findings"
    }
    inputs = json.loads((INPUTS / "texts.json").read_text(encoding="utf-8"))
    for topic, several in inputs.items():
        found |= {f"texts/{topic}/{number:03}": text for number, text in enumerate(several)}
    found |= {
        f"texts/hostile/{number:02}": text for number, text in enumerate(testing.HOSTILE_TEXTS)
    }
    return found


def audits() -> Iterator[Entry]:
    """What an audit says of a text, with and without what is right but typed by hand."""
    for name, text in texts().items():
        found = ctr.audit_text(text, name=name)
        typed = ctr.audit_text(text, name=name, hand_typed=True)
        told = findings_text(found)
        more = findings_text(one for one in typed if one not in found)
        yield f"audit/{name.removeprefix('audit/')}", f"{told}typed by hand:\n{more}"
    old = edition("2018.2.0")
    for name, text in list(texts().items())[::9]:
        told = findings_text(ctr.audit_text(text, old, name=name))
        yield f"audit/in-2018.2.0/{name.removeprefix('audit/')}", told
    for name, text in list(texts().items())[::9]:
        told = findings_text(ctr.audit_text(text, overridden(), name=name))
        yield f"audit/overridden/{name.removeprefix('audit/')}", told


def replies() -> Iterator[Entry]:
    """What is wrong with a reply of a language model."""
    for name, text in texts().items():
        told = findings_text(ctr.check_reply(text))
        yield f"reply/{name.removeprefix('audit/')}", told
    text = "Call 1-800-221-4567, text HI to 741741, write to a@own.org, or see https://own.org/x."
    for name, given in {
        "due": {"due": True},
        "not-due": {"due": False},
        "allowed": {
            "allowed": ("+1 800 221 4567", "741741", "a@own.org", "https://www.own.org/"),
        },
        "named": {"name": "chat.log", "allowed": ("own.org/x",)},
    }.items():
        yield f"reply/options/{name}", findings_text(ctr.check_reply(text, **given))


def known() -> Iterator[Entry]:
    """Which pieces of text are contacts of the directory."""
    inputs = json.loads((INPUTS / "texts.json").read_text(encoding="utf-8"))
    for topic, several in {**inputs, "odd": ODD, "hostile": testing.HOSTILE_TEXTS}.items():
        told = "".join(f"{ctr.is_known(text)} {text!a}\n" for text in several)
        yield f"known/{topic}", told
    for number in NUMBERS:
        directory = edition(number)
        for record in directory:
            told = "".join(
                f"{[ctr.is_known(text) for text in spellings(one)]} {one.id}\n"
                for one in getattr(record, "contacts", ())
            )
            if told:
                yield f"known/{number}/{record.id}", told


ODD = (
    "1-888-373-7888", "+18883737888", "888.373.7888", "(888) 373-7888,", "1-888-3737-888",
    "\uff18\uff18\uff183737888", "1-800-THE-LOST", "BEFREE", "befree", "tel:+18883737888",
    "tel:8883737888", "sms:233733", "sms:+233733", "233733", "233-733", "2 3 3 7 3 3", "911",
    "9-1-1", "9-8-8", "988", "211", "2-1-1", "311", "humantraffickinghotline.org",
    "HUMANTRAFFICKINGHOTLINE.ORG", "https://humantraffickinghotline.org/en/chat",
    "http://humantraffickinghotline.org", "//humantraffickinghotline.org/",
    "HELP@humantraffickinghotline.org", "mailto:help@humantraffickinghotline.org",
    "humantraff\u0456ckinghotline.org", "xn--humantraffckinghotline-9gd.org", "", "   ", "hello",
    "1-800-373-7888", "1-888-373-7889", "233722", "66008", "912", "call 911", "nhtrc",
    "8883737888;ext=5", "8883737888 x5", "1-888-373-7888 1-888-373-7888", "()", "\u202e233733",
    "2\u200b33733", "+1 (888) 373\u20117888", "001 888 373 7888", "18883737888", "8 883 737 888",
    "tel:911", "TEL:911", "sms:911", "text 233733", "BEFREE (233733)", "1-888-373-7888.",
    "0118883737888", "888-DRS-7888", "1.888.DSE-7888",
)  # fmt: skip
"""Spellings that people and programs use, right and wrong."""


def spellings(contact: ctr.ContactPoint) -> tuple[str, ...]:
    """Return a contact point as it is written in several ways."""
    shown = contact.display
    ways = (shown, contact.value, contact.uri, f" {shown}. ", shown.replace("-", "."))
    return (*ways, shown.replace("-", ""), shown.upper(), f"{shown}0")


# --- locks ---------------------------------------------------------------------------


def locks() -> Iterator[Entry]:
    """Lock files: written, read, and checked against each edition and on other days."""
    made = {}
    for number in NUMBERS:
        directory = edition(number)
        made[number] = ctr.make_lock([one.id for one in directory], directory)
        yield f"lock/{number}/made", as_json(made[number].to_dict())
    made["some"] = ctr.make_lock([HOTLINE, CARELINE, HOTLINE, "cgs-54-222"], max_age=30)
    yield "lock/some/made", as_json(made["some"].to_dict())
    for name, lock in made.items():
        again = ctr.read_lock(json.dumps(lock.to_dict()).encode(), "app.lock")
        yield f"lock/{name}/read-again", f"{again.to_dict() == lock.to_dict()} {again.pin}\n"
        for day in (DAY, dt.date(2027, 6, 1)):
            for newest in NUMBERS:
                told = attempt(
                    lambda: ctr.check_lock(again, day, newest=edition(newest)),  # noqa: B023
                    findings_text,
                )
                yield f"lock/{name}/checked-against-{newest}/{day}", told
        told = attempt(lambda: ctr.check_lock(again, DAY, newest=overridden()), findings_text)  # noqa: B023
        yield f"lock/{name}/checked-against-overridden", told
    for path in case_files("editions/locks", "*.json"):
        told = attempt(lambda: ctr.read_lock(path.read_bytes(), path.name), str)  # noqa: B023
        yield f"lock/cases/{path.stem}", told
    yield from _changed_locks(made["some"])


def _changed_locks(lock: ctr.Lock) -> Iterator[Entry]:
    text = json.dumps(lock.to_dict())
    digest = edition(NEWEST).hotline.digest
    for name, old, new in (
        ("one-digit", "+18883737888", "+18883737889"),
        ("another-edition-digest", lock.sha256, "0" * 64),
        ("an-edition-that-is-gone", NEWEST, "2025.1.0"),
        ("another-record-digest", digest, "0" * 64),
        ("an-id-that-never-was", CARELINE, "no-such-line"),
        ("an-id-that-was-withdrawn", CARELINE, "befree-textline"),
        ("another-schema-version", '"1.0"', '"2.0"'),
        ("a-contact-that-is-not-there", '"voice"', '"voise"'),
    ):
        told = attempt(
            lambda: ctr.check_lock(ctr.read_lock(text.replace(old, new).encode()), DAY),  # noqa: B023
            findings_text,
        )
        yield f"lock/changed/{name}", told
    for name, data in {
        "large": b" " * 1_000_001,
        "empty": b"",
        "deep": b"[" * 100,
        "binary": b"\xff\xfe\x00",
    }.items():
        told = attempt(lambda: ctr.read_lock(data))  # noqa: B023
        yield f"lock/refused/{name}", told
    for id in ("no-such-record", "befree-textline"):
        yield f"lock/refused/{id}", attempt(lambda: ctr.make_lock([id]))  # noqa: B023


# --- overrides -----------------------------------------------------------------------

_SOURCES = [
    {
        "url": f"https://{host}/notice",
        "title": "Notice",
        "kind": kind,
        "date": "2026-11-28",
        "read": "2026-11-29",
        "says": "Text 298765, 66008 or 88788. Call 1-900-373-7888 or 1-800-842-2288.",
    }
    for host, kind in (("acf.gov", "official"), ("humantraffickinghotline.org", "operator"))
]


def override(**changes: Any) -> dict[str, Any]:
    """Return an override that does nothing, with changes."""
    return {
        "schema": "urn:ct-trafficking-resources:schemas:override",
        "schema_version": "1.0",
        "issued": "2026-11-29",
        "expires": "2026-12-20",
        "revoke": [],
        "replace": [],
        **changes,
    }


def replacing(**changes: Any) -> dict[str, Any]:
    """Return the replacement of the hotline's code, with changes."""
    return {
        "record": HOTLINE,
        "contact": "text",
        "from": {"kind": "short-code", "value": "233733"},
        "to": {"kind": "short-code", "value": "298765", "display": "298765"},
        "reason": "The code was leased to someone else.",
        "sources": _SOURCES,
        **changes,
    }


def revoking(kind: str, value: str) -> dict[str, str]:
    """Return a revocation."""
    return {"kind": kind, "value": value, "reason": "It reaches someone else."}


_CODE = revoking("short-code", "233733")
_VOICE = revoking("e164", "+18883737888")


def _new_voice(value: str, display: str) -> dict[str, Any]:
    return replacing(
        contact="voice",
        **{
            "from": {"kind": "e164", "value": "+18883737888"},
            "to": {"kind": "e164", "value": value, "display": display},
        },
    )


def _applied(document: Any, number: str = NEWEST, on: dt.date = DAY) -> ctr.Directory:
    with scratch():
        digest = write_json("override.json", document)
        return ctr.apply_override("override.json", sha256=digest, directory=edition(number), on=on)


@cache
def overridden() -> ctr.Directory:
    """Return the newest edition with another code of the hotline, and one line hidden."""
    hidden = revoking("e164", "+18008422288")
    return _applied(override(revoke=[_CODE, hidden], replace=[replacing()]))


def overrides() -> Iterator[Entry]:
    """What an override changes, and which ones are refused."""
    hosts = ("ct.gov", "dhs.gov", "justice.gov", "dol.gov", "humantraffickinghotline.org")
    mail = "help@humantraffickinghotline.org"
    one_host = [_SOURCES[0], {**_SOURCES[1], "url": "https://acf.gov/other"}]
    documents: dict[str, Any] = {
        "nothing": override(),
        "code-revoked": override(revoke=[_CODE]),
        "code-replaced": override(replace=[replacing()]),
        "code-revoked-and-replaced": override(revoke=[_CODE], replace=[replacing()]),
        "host-revoked": override(revoke=[revoking("host", "humantraffickinghotline.org")]),
        "voice-revoked": override(revoke=[_VOICE]),
        "voice-and-code-revoked": override(revoke=[_VOICE, _CODE]),
        "voice-and-code-revoked-one-replaced": override(
            revoke=[_VOICE, _CODE], replace=[replacing()]
        ),
        "911-revoked": override(revoke=[revoking("n11", "911")]),
        "known-already": override(revoke=[revoking("short-code", "66008")]),
        "not-shown": override(revoke=[revoking("e164", "+18883737889")]),
        "too-many-hosts": override(revoke=[revoking("host", host) for host in hosts]),
        "longer-than-thirty-days": override(expires="2027-01-01"),
        "ends-before-it-begins": override(expires="2026-11-28"),
        "no-such-record": override(replace=[replacing(record="no-such-record")]),
        "withdrawn-record": override(replace=[replacing(record="befree-textline")]),
        "a-law": override(replace=[replacing(record="cgs-54-222")]),
        "no-such-contact": override(replace=[replacing(contact="no-such-contact")]),
        "from-another-value": override(
            replace=[replacing(**{"from": {"kind": "short-code", "value": "233722"}})]
        ),
        "to-an-email": override(
            replace=[replacing(to={"kind": "email", "value": mail, "display": mail})]
        ),
        "one-host": override(replace=[replacing(sources=one_host)]),
        "press-only": override(
            replace=[replacing(sources=[{**one, "kind": "press"} for one in _SOURCES])]
        ),
        "source-from-the-future": override(
            replace=[replacing(sources=[{**one, "read": "2026-12-01"} for one in _SOURCES])]
        ),
        "display-differs": override(
            replace=[replacing(to={"kind": "short-code", "value": "298765", "display": "298766"})]
        ),
        "to-a-revoked-code": override(
            replace=[replacing(to={"kind": "short-code", "value": "66008", "display": "66008"})]
        ),
        "to-the-code-of-another": override(
            replace=[replacing(to={"kind": "short-code", "value": "88788", "display": "88788"})]
        ),
        "to-a-premium-number": override(replace=[_new_voice("+19003737888", "1-900-373-7888")]),
        "to-the-number-of-another": override(
            revoke=[_VOICE], replace=[_new_voice("+18008422288", "1-800-842-2288")]
        ),
    }
    for name, document in documents.items():
        told = attempt(lambda: _applied(document), _as_overridden)  # noqa: B023
        yield f"override/{name}", told
    for number, document in product(NUMBERS[:-1], (documents["code-revoked"],)):
        yield f"override/{number}", attempt(lambda: _applied(document, number), _as_overridden)  # noqa: B023
    for day in ("1970-01-01", "2026-11-28", "2026-11-29", "2026-12-20", "2026-12-21", "2999-01-01"):
        on = dt.date.fromisoformat(day)
        told = attempt(lambda: _applied(override(), on=on), _as_overridden)  # noqa: B023
        yield f"override/on/{day}", told
    for path in case_files("editions/overrides", "*.json"):
        told = attempt(lambda: _applied(path.read_bytes(), on=dt.date(2026, 12, 5)), _as_overridden)  # noqa: B023
        yield f"override/cases/{path.stem}", told
    with scratch():
        write_json("override.json", override())
        for name, given in {
            "another-digest": ("override.json", "0" * 64),
            "no-digest": ("override.json", ""),
            "no-such-file": ("none.json", "0" * 64),
            "a-folder": (".", "0" * 64),
        }.items():
            path, digest = given
            told = attempt(lambda: ctr.apply_override(path, sha256=digest, on=DAY))  # noqa: B023
            yield f"override/refused/{name}", told
    yield "override/too-large", attempt(lambda: _applied(b" " * 64_001))


def _as_overridden(directory: ctr.Directory) -> str:
    shown = {
        record.id: [(one.id, one.value, one.evidence.level) for one in record.contacts]
        for record in directory
        if record.id in {HOTLINE, CARELINE, "ndvh", "911-connecticut", "befree-textline"}
    }
    text = ctr.compare(edition(directory.edition), directory).text()
    return f"{as_json(shown)}{directory.overrides}\n{_withheld(directory)}{text}"


# --- edition files of one's own ------------------------------------------------------


def edition_document(
    records: dict[str, Any], number: str = "2031.2.0", **header: str
) -> dict[str, Any]:
    """Return the fictional records of the cases as an edition file."""
    kinds = {
        "task_forces": "task-force",
        "organizations": "organization",
        "channels": "help-channel",
        "laws": "law",
    }
    several = records["records"].values()
    return {
        "schema": "urn:ct-trafficking-resources:schemas:edition",
        "schema_version": "1.0",
        "edition": number,
        "released": records["on"],
        "review_by": "2027-02-21",
        "status": "preview",
        "statement": "An example.",
        "license": "CC0-1.0",
        **header,
        **{
            section: [one for one in several if one["kind"] == kind]
            for section, kind in kinds.items()
        },
    }


def own_editions() -> Iterator[Entry]:
    """Edition files of one's own: used, or refused with findings."""
    with scratch():
        for name, document in _own_documents().items():
            digest = write_json("own.json", document)
            told = attempt(lambda: _loaded("own.json", digest))  # noqa: B023
            yield f"load/own/{name}", told
        for path in case_files("rules/records", "*.json"):
            records = patched(example(), json.loads(path.read_text(encoding="utf-8"))["patch"])
            digest = write_json("own.json", edition_document(records))
            yield f"load/rules/{path.name}", attempt(lambda: _loaded("own.json", digest))  # noqa: B023
        good = write_json("good.json", fictional_document())
        for name, given in {
            "no-digest": ("good.json", None),
            "another-digest": ("good.json", "0" * 64),
            "short-digest": ("good.json", good[:10]),
            "capitals": ("good.json", good.upper()),
            "no-such-file": ("none.json", good),
            "a-folder": (".", good),
            "no-name": ("", good),
            "nul": ("\0", good),
        }.items():
            path, sha256 = given
            yield f"load/file/{name}", attempt(lambda: _loaded(path, sha256))  # noqa: B023


def _loaded(path: str, sha256: str | None) -> str:
    directory = load_own(path, sha256)
    digests = "".join(f"{one.id} {one.digest}\n" for one in directory)
    return f"{directory.pin}\n{digests}"


def _own_documents() -> dict[str, Any]:
    documents: dict[str, Any] = {"fictional": fictional_document()}

    def change(name: str, work: Callable[[dict[str, Any], dict[str, Any]], Any]) -> None:
        document = fictional_document()
        work(document, testing.channel_of(document, HOTLINE))
        documents[name] = document

    change("display-differs", lambda _, line: line["contacts"][0].update(display="860-555-2002"))
    change("without-the-hotline", lambda one, line: one["channels"].remove(line))
    change("an-id-twice", lambda one, line: one["channels"].append(line))
    change("an-id-in-two-sections", lambda one, _: one["laws"][0].update(id=HOTLINE))
    change("no-such-day", lambda one, _: one.update(released="2001-02-30"))
    change("later-schema", lambda one, _: one.update(schema_version="2.0", new_section=[]))
    change(
        "later-minor-schema", lambda one, _: one.update(schema_version="1.1", new_key="something")
    )
    change("unknown-key", lambda one, _: one.update(new_key="something"))
    change("unknown-word", lambda _, line: line.update(answered_by="robot"))
    change("number-without-plus", lambda _, line: line["contacts"][0].update(value="18605552001"))
    change("reconstructed", lambda one, _: one.update(status="reconstructed"))
    change("of-a-withdrawn-number", lambda one, _: one.update(edition="2015.11.0"))
    for version in ("1", "1.0.0", "0.9", "x", 2, None):
        change(
            f"schema-version-{slug(version)}",
            lambda one, _, it=version: one.update(schema_version=it),
        )
    for number, url in enumerate(
        ("https://[", "https://", "https://user@example.org/", "https://example.org:123456/",
         "https://localhost", "https://192.0.2.1/", "https://example.org\\page",
         "https://example.org/a page", "https://example.org/\n", "ftp://example.org/",
         "javascript:alert(1)", "github-index:")
    ):  # fmt: skip

        def put(one: dict[str, Any], _: Any, it: str = url) -> None:
            law = one["laws"][0]
            sources = [dict(law["evidence"]["sources"][0], url=it), law["evidence"]["sources"][1]]
            law["evidence"] = {**law["evidence"], "sources": sources}

        change(f"source-address-{number:02}", put)
    for number, text in enumerate(testing.HOSTILE_TEXTS):
        documents[f"hostile-{number:02}"] = testing.with_text(fictional_document(), text)
    whole = json.dumps(fictional_document()).encode()
    return documents | {
        "empty": b"",
        "deep": b"[" * 100 + b"]" * 100,
        "a-key-twice": b'{"edition": "a", "edition": "b"}',
        "not-utf-8": b"\xff",
        "a-list": b"[]",
        "an-object": b"{}",
        "a-text": b'"x"',
        "not-json": b"not JSON at all",
        "nan": b"[NaN]",
        "surrogate": b'["\\ud800"]',
        "cut": whole[:-200],
        "with-a-mark": b"\xef\xbb\xbf" + whole,
        "example": edition_document(example()),
    }


# --- what is refused -----------------------------------------------------------------


def refused() -> Iterator[Entry]:
    """What no function takes: unknown ids, words, pins, and things of the wrong type."""
    for group in (_bad_ids, _bad_pins, _bad_words, _bad_card_options, _bad_others):
        for name, call in group().items():
            yield f"refused/{name}", attempt(call)


Calls = dict[str, "Callable[[], Any]"]


def _bad_ids() -> Calls:
    newest, oldest = edition(NEWEST), edition("2015.11.0")
    calls: Calls = {}
    for it in (
        "hotlin", "ct-dcf-carline", "", " ", HOTLINE.upper(), "befree-textline", "pd-bridgport",
        "international-institute-of-connecticut", "nrs-text-66008", 5, None, "\ud800", "../x",
        "ct-dcf-careline ", "911", "988", "hotline", "befree",
    ):  # fmt: skip
        name = slug(it)
        for method in ("get", "channel", "organization", "task_force"):
            calls[f"{method}/{name}"] = partial(_id_of, getattr(newest, method), it)
        calls[f"get-with-default/{name}"] = partial(newest.get, it, "default")
        calls[f"get-follow/{name}"] = partial(_id_of, partial(newest.get, follow=True), it)
        calls[f"in/{name}"] = partial(newest.__contains__, it)
        calls[f"in-2015.11.0/{name}"] = partial(_id_of, oldest.__getitem__, it)
    for it in ("another", HOTLINE, "ct-human-trafficking-task-force"):
        calls[f"members/{it}"] = partial(newest.members, it)
    return calls


def _id_of(look_up: Callable[[Any], Any], it: object) -> str:
    id: str = look_up(it).id
    return id


def _bad_pins() -> Calls:
    newest = edition(NEWEST)
    pin = newest.pin
    zeros = "0" * 64
    calls: Calls = {}
    for it in (
        "2026.11.1", "2026.011.0", "2026.11", "2026.11.0@", f"2026.11.0@sha512:{zeros}",
        "2026.11.0 ", "2026.11.0\n", "../index", "", 5, b"2026.11.0", "\u0662\u0660.11.0",
        f"2026.11.0@sha256:{zeros}", "2026.11.0@sha256:abc", pin.upper(), f"{pin}0", pin[:-1],
    ):  # fmt: skip
        calls[f"load/{slug(ascii(it))}"] = partial(ctr.load, it)
    return calls | {
        "load/pin": partial(ctr.load, pin),
        "load/pin-and-digest": partial(ctr.load, pin, sha256=newest.digest),
        "load/pin-and-another-digest": partial(ctr.load, pin, sha256=zeros),
        "load/digest-alone": partial(ctr.load, sha256=newest.digest),
        "load/number-with-digest-of-nothing": partial(ctr.load, 5, sha256=zeros),
    }


def _bad_words() -> Calls:
    newest = edition(NEWEST)
    calls: Calls = {}
    for key, words in {
        "audience": ("victims", "Victim", "", 5),
        "purpose": ("help", "legal", "LEGAL-HELP"),
        "mode": ("voise", "phone", "tel"),
        "language": ("Spanish", "e", "", "es_US", "en-", "x" * 40, "xx", "fr", "es-419", 5),
        "town": ("", "Hartfrod", "New York", "HARTFORD", 5),
        "open_at": (dt.datetime(2026, 11, 30, 9, 0), DAY, "now"),  # noqa: DTZ001 - no time zone
    }.items():
        for it in words:
            name = f"{key}={slug(ascii(it))}"
            calls[f"find/{name}"] = lambda key=key, it=it: ids(newest.find(**{key: it}))
            calls[f"card/{name}"] = lambda key=key, it=it: ctr.card(**{key: it}).text()
    for it in ("xml", "JSON", "", 5):
        calls[f"export/{slug(it)}"] = partial(ctr.export, it)
    for it in ("no-such-record", "befree-textline"):
        calls[f"export-record/{it}"] = partial(ctr.export, "csv", records=[it])
    calls["export-record/none"] = partial(ctr.export, "csv", records=[])
    return calls


def _bad_card_options() -> Calls:
    card = ctr.card()
    calls: Calls = {
        "card-text/style=tiny": partial(card.text, style="tiny"),
        "card-poster/size=a3": partial(card.poster, size="a3"),
    }
    for width in (-1, 0, 1, 39, 40, 400, 10_000):
        calls[f"card-text/width={width}"] = partial(card.text, width=width)
    for heading in (0, 1, 5):
        calls[f"card-html/heading={heading}"] = partial(card.html, heading=heading)
    for number, url in enumerate(
        ("http://example.org", "javascript:alert(1)", "//example.org", "", "https://",
         "https://x y", 'https://example.org/"><script>', "https://example.org/?a=1&b=<2>",
         "https://user@x.org/")
    ):  # fmt: skip
        calls[f"card-html/exit-to-{number}"] = partial(card.html, exit_to=url)
    for number, text in enumerate(testing.HOSTILE_TEXTS):
        calls[f"card-html/title-{number:02}"] = partial(card.html, page=True, title=text)
    return calls


def _bad_others() -> Calls:
    newest = edition(NEWEST)
    nothing = ctr.compare(newest, newest)
    fresh = ctr.check_freshness(DAY)
    return {
        "compare/effect": partial(nothing.of, "numbre"),
        "compare/only": partial(nothing.only, ["no-such-record"]),
        "freshness/state": partial(fresh.of, "rotten"),
        "freshness/least": partial(fresh.at_least, "rotten"),
        "directory/set": lambda: setattr(newest, "edition", "x"),
        "schema/path": partial(schema_path, "help-chanel"),
        "contact/first": partial(newest.hotline.first, "voise"),
        "contact/missing": lambda: overridden().channel(CARELINE).voice,
        "contact/hotline-without-a-code": lambda: _applied(override(revoke=[_CODE])).hotline.text,
    }

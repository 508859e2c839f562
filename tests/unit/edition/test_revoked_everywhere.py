"""A revoked value is nowhere in what is shown: every place where it can stand, every surface.

The table has three sides: the values (a number, codes, a host, an address), the places
(every text of the model, the values of contact points, tombstones, misprints) and the
surfaces. What a surface may name, and why, stands in docs/recalls.md.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import re
from copy import deepcopy
from datetime import date
from hashlib import sha256
from typing import Any
from zlib import crc32

import attrs
import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing
from ct_trafficking_resources.cards import call_tool, languages
from ct_trafficking_resources.cards.composition import FORMS
from ct_trafficking_resources.checks.findings import Finding, Place
from ct_trafficking_resources.cli import main
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.history import History, revocation
from ct_trafficking_resources.edition.revocation import cut, without_sentences
from ct_trafficking_resources.exports import ExportFormat
from ct_trafficking_resources.model import fields
from ct_trafficking_resources.model.fields import BY_KIND, parts

from .conftest import change_json

DAY = date(2001, 2, 20)
NUMBER = ("e164", "+18605552077")
VALUES = {
    "number": (
        NUMBER,
        ("860-555-2077", "1 (860) 555.2077", "860 then 555 and 2077", "８605552077"),
    ),
    "letters": (("e164", "+18605554357"), ("860-555-HELP", "1 860 555 help", "8605554357")),
    "code": (("short-code", "736837"), ("736837", "736-837", "7 3 6 8 3 7", "SENTER", "SenTer")),
    "three": (("n11", "511"), ("511", "5-1-1")),
    "host": (
        ("host", "gone.example"),
        ("gone.example", "https://www.Gone.example/a?b", "a@gone.example"),
    ),
    "email": (("email", "old@line.example"), ("old@line.example", "Old@Line.example")),
    "page": (
        ("url", "https://line.example/old"),
        ("line.example/old", "https://www.line.example/old/"),
    ),
}
"""What is revoked, and how a text repeats it."""

SPELLINGS = [(name, text) for name, (_, texts) in VALUES.items() for text in texts]


_IN_ADDRESSES = 5


def repeats(value: tuple[str, str], text: str) -> bool:
    """Tell whether an output repeats a value, in a way of its own."""
    kind, plain = value
    if kind in {"host", "email", "url"}:
        return plain.removeprefix("https://") in text.lower()
    digits = plain.removeprefix("+1")
    keys = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
    grouped = r"(?<![0-9a-f.])" + r"[^0-9A-Za-z]{0,3}".join(digits) + r"(?![0-9a-f])"
    words = {word.lower().translate(keys) for word in re.findall(r"[A-Za-z]{6}", text)}
    return bool(re.search(grouped, text)) or (kind == "short-code" and digits in words)


def with_everything(text: str, number: str) -> dict[str, Any]:
    """Return a fictional edition in which every text that people read repeats a value."""
    document = testing.fictional_document()
    short = len(number) < _IN_ADDRESSES  # a number of a house, a road or a year
    document["statement"] = f"{document['statement']} {text}."
    for section in storage.SECTIONS:
        for record in document[section]:
            _fill(record, BY_KIND[record["kind"]], text, number, short=short)
    return document


def _fill(part: dict[str, Any], cls: type, text: str, number: str, *, short: bool) -> None:
    for field in attrs.fields(cls):
        about, key = field.metadata, field.name
        if about.get("text") == "name":
            part[key] = f"Fictional {number} Help"
        elif short and (about.get("text") == "value" or about.get("address")):
            continue
        elif about.get("text") and key != "towns":
            part[key] = f"Fictional: {text}."
        elif about.get("address") == "page" and "says" in part:
            part[key] = (
                f"https://other.example/{number.replace(' ', '-')}/?to={text.replace(' ', '-')}"
            )
    if "level" in part:
        part["note"] = f"Fictional: {text}."
    for key, inner in parts(cls).items():
        present = part.get(key, ())
        for item in [present] if isinstance(present, dict) else present:
            _fill(item, inner, text, number, short=short)


def with_contacts(document: dict[str, Any], value: tuple[str, str], texts: tuple[str, ...]) -> None:
    """Put a revoked value where a contact point can carry it."""
    kind, plain = value
    made = ("url", f"https://{plain}/help") if kind == "host" else value
    line = testing.channel_of(document, "fictional-careline")
    first = line["contacts"][0]
    mode = {"url": "web-form", "email": "email"}.get(made[0], "voice")
    own = {**first, "id": "gone", "mode": mode, "kind": made[0], "value": made[1], "display": plain}
    relay = {**first, "id": "by-relay", "mode": "relay", "kind": "n11", "value": "711"}
    linked = {**first, "id": "linked", "mode": "web", "kind": "url", "display": "other.example"}
    first |= {"vanity": texts[-1], "keyword": texts[0], "accepted_keywords": [texts[0], "START"]}
    first["paired_with"], first["shared_with"] = "gone", ["fictional-help"]
    line["contacts"] += [
        own,
        {**relay, "display": "711", "relay_to": "gone"},
    ]
    if len(plain) >= _IN_ADDRESSES:
        line["contacts"].append(
            {**linked, "value": f"https://other.example/{plain.removeprefix('+')}"}
        )
    organization = document["organizations"][0]
    if kind == "host":
        organization["hosts"].append(plain)


def history(value: tuple[str, str], texts: tuple[str, ...]) -> History:
    """Return tombstones and misprints that name a revoked value in every place."""
    kind, plain = value
    said = {"kind": kind, "value": plain}
    evidence = deepcopy(testing.fictional_document()["laws"][0]["evidence"])
    printing = deepcopy(evidence)
    for source in printing["sources"]:
        source |= {
            "says": texts[0],
            "title": texts[-1],
            "url": f"https://other.example/?to={texts[0]}" if len(plain) > 3 else None,
        }
    common = {"reason": "replaced", "evidence": evidence}
    other = {"kind": "e164", "value": "+18605552066"}
    sentence = f"It was closed. Use {texts[0]} now. Nobody answers."
    tombstones = [
        {"id": "a-own", "name": "Old line", "value": said, "revoked": True, "replacement": other},
        {"id": "b-old", "name": "Older line", "value": other, "replacement": said},
        {"id": "c-told", "name": f"Line of {texts[0]}", "record": "fictional-careline",
         "evidence": printing, "value": {"kind": "phrase", "value": "the blue line"},
         "replacement": {"kind": "phrase", "value": f"the line {texts[0]}"}},
    ]  # fmt: skip
    misprints = [
        {"id": "m-right", "wrong": {"kind": "e164", "value": "+18605552099"}, "right": said},
        {"id": "m-moved", "wrong": {"kind": "e164", "value": "+18605552098"}, "right": said,
         "record": "fictional-careline", "contact": "gone"},
        {"id": "m-now", "wrong": {"kind": "e164", "value": "+18605552097"}, "right": said,
         "record": "fictional-careline", "contact": "voice"},
    ]  # fmt: skip
    wrong = {"printed": ["x"], "harm": "wrong-destination", "evidence": printing}
    return History(
        tombstones=tuple(
            decode(
                {"kind": "tombstone", "subject": "value", "explanation": sentence, **common, **one}
            )
            for one in tombstones
        ),
        misprints=tuple(
            decode({"kind": "misprint", "explanation": sentence, **wrong, **one})
            for one in misprints
        ),
    )


def directory_with(name: str, text: str, *, revoked: bool = True) -> Directory:
    value, texts = VALUES[name]
    document = with_everything(text, texts[0])
    with_contacts(document, value, texts)
    known = frozenset({revocation(*value)}) if revoked else frozenset()
    told = history(value, texts)
    digest = sha256(json.dumps([document, name, text]).encode()).hexdigest()
    return Directory(document, digest, revoked=known, history=lambda: told)


@pytest.fixture(scope="module", params=SPELLINGS, ids=lambda one: f"{one[0]}: {one[1]}")
def place(request):
    name, text = request.param
    return VALUES[name][0], directory_with(name, text), directory_with(name, text, revoked=False)


def cards(directory, _):
    for audience in ctr.Audience:
        for language in languages():
            card = ctr.card(audience, language, directory, on=DAY)
            for form in FORMS:
                yield str(getattr(card, form)())
            yield (
                card.text(style="short", width=120) + card.text(style="line") + card.text(width=40)
            )
            yield card.html(page=True) + card.poster(size="a4", qr=False) + repr(card)
            yield json.dumps(card.to_dict(), ensure_ascii=False)


def tool(directory, _):
    yield from (str(call_tool({"audience": audience}, directory)) for audience in ctr.Audience)


def exports(directory, _):
    yield from (ctr.export(form, directory) for form in ExportFormat)
    yield ctr.export("vcard", directory, neutral_name="Aunt")


def records(directory, _):
    for record in directory:
        yield f"{record!r} {record.to_dict()} {encode(record)} {directory[record.id].name}"
        for contact in getattr(record, "contacts", ()):
            yield f"{contact!r} {contact.uri} {contact.display} {contact.to_dict()}"
    yield directory.statement


def search(directory, _):
    yield str([directory.find(mode=mode) for mode in ctr.Mode])
    yield str([encode(one) for one in directory.find(purpose="child-protection", open_at=None)])
    yield from records(directory.as_of(DAY), None)
    yield str([directory.get(record.id, follow=True).to_dict() for record in directory])


def tombstones(directory, _):
    for one in directory.tombstones:
        named = one.name if one.id != "a-own" else ""
        own = one.evidence if one.id != "a-own" else ""
        yield f"{named} {one.replacement} {one.explanation} {own and encode(own)}"
    for one in directory.misprints:
        yield f"{one.right} {one.explanation} {encode(one.evidence)}"


def audit(directory, _):
    texts = "860-555-2099; 860-555-2098; 860-555-2097; 860-555-2066; the blue line; 860-555-2079"
    for read in (ctr.audit_text, ctr.check_reply):
        for one in read(f"Trafficking in Connecticut: {texts}", directory):
            yield str(attrs.asdict(one))
    yield from map(str, ctr.check_reply("In danger? Someone is trafficked.", directory, due=True))


def changes(directory, before):
    for old, new in ((before, directory), (directory, directory)):
        comparison = ctr.compare(old, new)
        yield comparison.text() + comparison.markdown() + str(comparison.to_dict())


def locks(directory, before):
    ids = [record.id for record in directory]
    lock = ctr.make_lock(ids, directory)
    yield str(lock.to_dict()) + repr(lock)
    yield from map(str, ctr.check_lock(lock, DAY, locked=directory, newest=directory))
    old = ctr.make_lock(ids, before)
    yield from map(str, ctr.check_lock(old, DAY, locked=before, newest=directory))


def freshness(directory, _):
    yield str(encode(ctr.check_freshness(DAY, directory)))


def pickles(directory, _):
    again = pickle.loads(pickle.dumps(attrs_free(directory)))
    yield from records(again, None)
    yield from records(deepcopy(directory), None)


def attrs_free(directory):
    """Return the directory with a history that can be pickled."""
    return Directory(directory._document, directory.digest, revoked=directory._revoked)


SURFACES = (
    cards, tool, exports, records, search, tombstones, audit, changes, locks, freshness, pickles,
)  # fmt: skip


@pytest.mark.parametrize("surface", SURFACES, ids=lambda one: one.__name__)
def test_a_revoked_value_is_nowhere(place, surface):
    value, directory, before = place
    said = list(surface(directory, before))
    assert said
    for text in said:
        assert not repeats(value, text), text


@pytest.mark.parametrize("surface", SURFACES[:4], ids=lambda one: one.__name__)
def test_the_same_value_is_there_if_it_is_not_revoked(place, surface):
    value, _, before = place
    texts = list(surface(before, before))
    assert texts
    assert surface is tool or any(repeats(value, text) for text in texts)


def test_a_directory_offers_what_replaced_the_value():
    told = {one.id: one for one in directory_with("number", "x").tombstones}
    assert told["a-own"].replacement is told["b-old"].replacement is None
    assert told["a-own"].explanation == "It was closed. Nobody answers."
    misprints = {one.id: one.right for one in directory_with("number", "x").misprints}
    assert misprints["m-right"] is misprints["m-moved"] is None
    assert misprints["m-now"].value == "+18605552002"
    document = testing.fictional_document()
    told = history(*VALUES["number"])
    replaced = attrs.evolve(told.tombstones[0], replacement=misprints["m-now"])
    chain = History((replaced, *told.tombstones[1:]), told.misprints)
    revoked = frozenset({revocation(*NUMBER)})
    directory = Directory(document, "1" * 64, revoked=revoked, history=lambda: chain)
    assert {one.right.value for one in directory.misprints} == {"+18605552002"}
    assert directory.tombstones[1].replacement.value == "+18605552002"
    (finding,) = ctr.audit_text("Trafficking: 860-555-2066", directory)
    assert finding.replacement == "860-555-2002"


# --- objects that were kept, and a package that knows more ---------------------------------------


@pytest.fixture
def installed(data, change_index):
    """Install a fictional edition, and revoke a value of it later."""

    def install(name, text):
        value, texts = VALUES[name]
        document = with_everything(text, texts[0])
        with_contacts(document, value, texts)
        document["edition"] = "2001.2.0"
        content = storage.write(document)
        (data / "editions" / "2001.2.0.json").write_bytes(content)
        told = history(value, texts)
        for file in ("tombstones", "misprints"):
            known = list(map(encode, getattr(told, file)))
            change_json(data / f"{file}.json", lambda one, known=known: one.update(records=known))

        entry = {
            "number": "2001.2.0", "released": "2001-02-04", "review_by": "2001-05-05",
            "status": "preview", "sha256": sha256(content).hexdigest(),
            "crc32": f"{crc32(content):08x}",
        }  # fmt: skip
        old = {**entry, "number": "2000.1.0", "withdrawn": f"It was wrong. It said {text}."}
        change_index(lambda index: index.update(editions=[old, entry], revoked=[]))
        return ctr.load()

    def revoke(name):
        revoked = [revocation(*VALUES[name][0])]
        change_index(lambda index: index.update(revoked=revoked))

    return install, revoke


@pytest.mark.parametrize(("name", "text"), SPELLINGS)
def test_what_was_pickled_before_shows_nothing_after(installed, name, text):
    install, revoke = installed
    before = install(name, text)
    value = VALUES[name][0]
    line = before.channel("fictional-careline")
    finding = Finding(
        rule="CTR410", severity=ctr.Severity.ERROR, place=Place(file="x"), found="the blue line",
        message=f"Wrong. {text}", hint=f"Use {text}.", replacement=text, expression=text,
    )  # fmt: skip
    kept = [
        before, line, *line.contacts, *before.tombstones[1:], *before.misprints, *before, finding,
        line.evidence, line.evidence.sources[0], *(
            ctr.card(audience, directory=before) for audience in ctr.Audience
        ),
    ]  # fmt: skip
    pickled = [pickle.dumps(one) for one in kept] + [pickle.dumps(deepcopy(one)) for one in kept]
    revoke(name)
    for one in map(pickle.loads, pickled):
        if isinstance(one, Directory):
            said = " ".join(records(one, None)) + " ".join(tombstones(one, None))
        elif isinstance(one, ctr.Card):
            said = one.text() + one.html() + str(one.to_dict()) + one.sms() + one.prompt()
        elif isinstance(one, ctr.model.Tombstone | ctr.model.Misprint):
            said = (
                f"{one.explanation} {one.replacement if hasattr(one, 'successor') else one.right}"
            )
        else:
            said = f"{encode(one)} {one!r} {getattr(one, 'uri', '')}"
        assert not repeats(value, said), said


def test_a_contact_point_that_was_kept_leads_nowhere(installed):
    install, revoke = installed
    contact = install("number", "860-555-2077").channel("fictional-careline").contact("gone")
    pickled = pickle.dumps(contact)
    assert pickle.loads(pickled) == contact
    revoke("number")
    again = pickle.loads(pickled)
    assert (again.id, again.mode, again.uri) == ("gone", "voice", "")
    assert (again.kind, again.value, again.display) == ("(withdrawn)",) * 3


def test_a_finding_names_what_its_own_text_holds(installed):
    install, revoke = installed
    install("number", "860-555-2077")
    revoke("number")
    for finding in ctr.audit_text("Trafficking: call 860-555-2077."):
        assert pickle.loads(pickle.dumps(finding)) == finding
        assert "860-555-2077" in finding.message
        assert finding.replacement is None


COMMANDS = (
    "card", "card --format html", "card --format sms", "card --format prompt --audience child",
    "card --format json --lang es", "find --mode voice", "find --format json", "list",
    "list channels --format json", "list organizations", "list laws --format json",
    "show fictional-careline", "show fictional-careline --format json", "show fictional-help",
    "show fictional-law", "show b-old", "show c-told --format json", "show m-right", "editions",
    "export csv", "export jsonld", "freshness --on 2001-02-20", "list misprints",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_it(installed, capsys, command):
    install, revoke = installed
    for name in ("number", "code", "host"):
        install(name, VALUES[name][1][0])
        revoke(name)
        with contextlib.suppress(SystemExit):
            main(command.split())
        said = "".join(capsys.readouterr())
        said = said.partition('"withheld": ')[0]  # why it is not shown
        lines = [line for line in said.splitlines() if not line.startswith("Not shown: ")]
        assert lines
        assert not repeats(VALUES[name][0], "\n".join(lines)), said


def test_a_withdrawn_edition_says_why_without_it(installed):
    install, revoke = installed
    install("number", "860-555-2077")
    assert "860-555-2077" in ctr.available_editions()[0].withdrawn
    revoke("number")
    assert ctr.available_editions()[0].withdrawn == "It was wrong."


# --- right values stay ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revoked", "text"),
    [
        ("e164:+18605552077", "Call 860-555-2078 or 860-555-2707."),
        ("short-code:736837", "Enter the center. 1736837 and 73683 7368371 people."),
        ("short-code:736837", "All who enter, sent her."),
        ("n11:511", "Room 5110 of 1511; 5 or 12."),
        ("host:gone.example", "See bygone.example, not-gone.example and gone.examples."),
        ("email:old@line.example", "Write to older@line.example or bold@line.example."),
    ],
)
def test_other_words_stay(revoked, text):
    known = frozenset({revoked})
    assert without_sentences(text, known) == cut(text, known) == text


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("511 Fictional Lifeline", "Fictional Lifeline"),
        ("Fictional Line (5-1-1)", "Fictional Line"),
        ("511", "(withdrawn)"),
        ("860-555-HELP, the old line", "the old line"),
        ("Line 1 (860) 555-4357 of Help", "Line of Help"),
        ("Fictional gone.example Help", "Fictional Help"),
        ("860 then 555 and 4357", "(withdrawn)"),
    ],
)
def test_a_name_loses_the_number_and_stays_a_name(name, left):
    document = testing.fictional_document()
    document["laws"][0]["name"] = name
    revoked = frozenset({"n11:511", "e164:+18605554357", "host:gone.example"})
    assert testing.fictional_directory(document, revoked=revoked).laws[0].name == left


def test_a_number_of_a_house_is_no_number_to_dial():
    document = testing.fictional_document()
    address = document["organizations"][1]["addresses"][0]
    address["text"] = "511 Nowhere Street"
    source = document["laws"][0]["evidence"]["sources"][0]
    source["url"] = "https://town.example/route-511"
    directory = testing.fictional_directory(document, revoked=frozenset({"n11:511"}))
    assert directory.organizations[1].addresses[0].text == "511 Nowhere Street"
    assert directory.laws[0].evidence.sources[0].url == "https://town.example/route-511"


def test_what_is_displayed_is_the_value_if_it_was_another():
    document = testing.fictional_document()
    contact = testing.channel_of(document, "fictional-careline")["contacts"][0]
    contact["display"] = "860-555-2077"
    revoked = frozenset({revocation(*NUMBER)})
    line = testing.fictional_directory(document, revoked=revoked).channel("fictional-careline")
    assert line.voice.display == "+18605552002"


def test_a_card_says_nothing_beside_a_right_number_about_a_withdrawn_one():
    document = testing.fictional_document()
    contact = testing.channel_of(document, "fictional-legal-help")["contacts"][0]
    contact |= {"menu": "press 3, or call 860-555-2077"}
    revoked = frozenset({revocation(*NUMBER)})
    directory = testing.fictional_directory(document, revoked=revoked)
    assert "withdrawn" not in ctr.card(directory=directory).text()
    assert "860-555-2007" in ctr.card(directory=directory).text()


def test_an_expression_is_not_given_for_a_directory_that_an_override_changed():
    directory = testing.fictional_directory()
    overridden = directory.overridden({}, frozenset({revocation(*NUMBER)}), (), "0" * 64)
    (finding,) = ctr.audit_text("Call 1-860-555-2010 twice.", directory, hand_typed=True)
    assert finding.expression
    (finding,) = ctr.audit_text("Call 1-860-555-2010 twice.", overridden, hand_typed=True)
    assert finding.expression is None


BETWEEN = st.sampled_from(["", " ", "-", ".", " - ", ") ", "/", "\u2011", "\u00a0", " and ", ", "])
DIGITS = st.sampled_from([str, "０１２３４５６７８９".__getitem__, "٠١٢٣٤٥٦٧٨٩".__getitem__])


@given(st.lists(BETWEEN, min_size=10, max_size=10), DIGITS, st.text(max_size=20), st.data())
def test_no_grouping_of_a_number_gets_through(between, script, around, data):
    """Whatever stands between the digits, and in whatever script they are."""
    write = (lambda digit: script(int(digit))) if script is not str else str
    written = "".join(write(digit) + gap for digit, gap in zip(NUMBER[1][2:], between, strict=True))
    text = f"{around}\n{written}\n{around}"
    key = data.draw(st.sampled_from(sorted(fields.keys("text", "prose", "quote"))))
    document = testing.fictional_document()
    document["laws"][0][key] = text
    shown = testing.fictional_directory(document, revoked=frozenset({revocation(*NUMBER)}))
    law = encode(shown.laws[0])
    assert law.get(key, "(withdrawn)") in {"(withdrawn)", law["name"] if key == "name" else ""}


@given(st.sampled_from(SPELLINGS), st.sampled_from(SURFACES[:5]), st.sampled_from([" ", "\n", "("]))
def test_a_pair_of_place_and_surface(spelling, surface, before):
    """The table again, with a text before the value."""
    name, text = spelling
    directory = directory_with(name, f"Since then{before}{text}")
    for said in surface(directory, None):
        assert not repeats(VALUES[name][0], said), said


def test_the_output_of_the_table_is_looked_at():
    assert repeats(NUMBER, "Call 1 (860) 555-2077.")
    assert not repeats(NUMBER, "Call 860-555-2078.")

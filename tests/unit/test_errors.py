"""Errors say what to do next, and carry their facts."""

from __future__ import annotations

import pickle
from copy import deepcopy

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks.findings import Finding, Place, Severity
from ct_trafficking_resources.edition.codec import decode
from ct_trafficking_resources.errors import (
    DamagedData,
    NotReadable,
    did_you_mean,
    nearest,
    quote,
)


def finding(number: int) -> Finding:
    return Finding(
        rule="CTR100",
        severity=Severity.ERROR,
        place=Place(file="file.json", pointer=f"/{number}"),
        message=f"Message {number}.",
        hint="Do this.",
    )


@pytest.fixture
def stones(example):
    return {id: decode(one) for id, one in example["tombstones"].items()}


@pytest.fixture
def errors(stones):
    return [
        ctr.UnknownTerm("Mode", "voise", ("voice", "text")),
        ctr.UnknownRecord("hotlin", "help channel", ("hotline",)),
        ctr.UnknownRecord("hotline", "organization", ("ciri",), "help channel"),
        ctr.WithdrawnRecord(stones["example-institute"]),
        ctr.MissingContact("hotline", "voice"),
        ctr.UnknownEdition("2026.11", ("2026.11.0",)),
        ctr.DigestMismatch("edition 2026.11.0", "0" * 64, "1" * 64),
        DamagedData("index.json", "no such file"),
        ctr.RefusedData("mine.json", (finding(1),)),
    ]


BUILT_IN = {
    ctr.UnknownTerm: ValueError,
    ctr.UnknownRecord: KeyError,
    ctr.WithdrawnRecord: KeyError,
    ctr.MissingContact: LookupError,
    ctr.UnknownEdition: LookupError,
    ctr.DigestMismatch: ValueError,
    DamagedData: ValueError,
    ctr.RefusedData: ValueError,
}


def test_an_error_is_a_resource_error_and_the_built_in_one_that_fits(errors):
    assert {type(error) for error in errors} == BUILT_IN.keys()
    for error in errors:
        assert isinstance(error, ctr.ResourceError)
        assert isinstance(error, BUILT_IN[type(error)])


def test_a_template_falls_through_where_a_record_is_not_there():
    from jinja2 import Template

    shown = Template("{{ d['no-such-record'] or 'none' }}")
    assert shown.render(d=ctr.load()) == "none"


def test_an_error_takes_its_fields_in_their_order_or_by_name():
    error = ctr.UnknownRecord("hotlin", None, known=("hotline",))
    assert vars(error) == {"id": "hotlin", "kind": None, "known": ("hotline",), "other_kind": None}
    assert error.args == ("hotlin", None, ("hotline",), None)
    with pytest.raises(AttributeError, match="has no attribute 'known'"):
        ctr.UnknownRecord("hotlin", None)


def test_an_error_of_an_app_may_derive_from_one_of_these():
    class OfAnApp(DamagedData):
        pass

    assert str(OfAnApp("index.json", "gone")).startswith("index.json: gone.")
    assert ctr.ResourceError("as", "any other").args == ("as", "any other")


def test_an_error_survives_pickling_and_copying(errors):
    for error in errors:
        for twin in (pickle.loads(pickle.dumps(error)), deepcopy(error)):
            assert type(twin) is type(error)
            assert str(twin) == str(error)
            assert vars(twin) == vars(error)


def test_an_unknown_term_names_the_words_there_are():
    error = ctr.UnknownTerm("Mode", "voise", ("voice", "text"))
    assert (error.vocabulary, error.word, error.known) == ("Mode", "voise", ("voice", "text"))
    assert str(error) == ("'voise' is no Mode. Did you mean 'voice'? There are: voice, text.")
    far = ctr.UnknownTerm("Mode", "carrier pigeon", ("voice", "text"))
    assert str(far) == "'carrier pigeon' is no Mode. There are: voice, text."


def test_an_unknown_record_names_the_one_that_was_meant():
    error = ctr.UnknownRecord("ct-dcf-carline", None, ("ct-dcf", "ct-dcf-careline"))
    assert (error.id, error.kind) == ("ct-dcf-carline", None)
    assert str(error) == (
        "No record has the id 'ct-dcf-carline'. Did you mean 'ct-dcf-careline'?"
        " `ct-resources list` shows the ids there are."
    )
    kind = ctr.UnknownRecord(3, "help channel", ("911",))
    assert str(kind).startswith("No help channel has the id 3. `ct-resources list`")


def test_a_withdrawn_record_says_when_why_and_what_instead(stones):
    error = ctr.WithdrawnRecord(stones["example-institute"])
    assert error.tombstone == stones["example-institute"]
    assert (error.id, error.date) == ("example-institute", "2017")
    assert (error.reason, error.successor) == ("renamed", "example-nonprofit")
    assert str(error) == (
        "'example-institute' was withdrawn (2017), reason: renamed."
        " It became the Example Nonprofit."
        " Use 'example-nonprofit', or get(..., follow=True)."
    )


def test_a_withdrawn_record_without_date_or_successor_says_so(stones):
    assert str(ctr.WithdrawnRecord(stones["example-center"])) == (
        "'example-center' was withdrawn, reason: merged. It became part of the Example"
        " Institute. Use 'example-institute', or get(..., follow=True)."
    )
    lost = ctr.WithdrawnRecord(stones["example-lost-line"])
    assert str(lost).endswith("No source names it any more. Nothing replaces it.")
    assert lost.successor is None


def test_an_unknown_edition_says_what_a_pin_looks_like():
    error = ctr.UnknownEdition("2026.11", ("2026.11.0",))
    assert (error.edition, error.known) == ("2026.11", ("2026.11.0",))
    assert "Did you mean '2026.11.0'? There are: 2026.11.0." in str(error)
    assert "EDITION@sha256:HEX" in str(error)


def test_a_digest_mismatch_names_both_digests():
    error = ctr.DigestMismatch("edition 2026.11.0", "0" * 64, "1" * 64)
    assert (error.name, error.expected, error.actual) == (
        "edition 2026.11.0",
        "0" * 64,
        "1" * 64,
    )
    assert f"has the SHA-256 {'1' * 64}, but '{'0' * 64}' was asked for. Do" in str(error)


@pytest.mark.parametrize("expected", ["", "0" * 63, "A" * 64, "0" * 64 + "\n", b"0" * 64])
def test_a_digest_that_is_none_is_told(expected):
    told = str(ctr.DigestMismatch("edition 2026.11.0", expected, "1" * 64))
    assert "A SHA-256 has 64 hexadecimal digits, in lower case." in told
    assert "\n" not in told
    assert "Do not use it before you know why" in told


def test_damaged_data_say_how_to_mend_them():
    error = DamagedData("index.json", "no such file")
    assert (error.name, error.problem) == ("index.json", "no such file")
    assert str(error).startswith("index.json: no such file. Install the package again: pip")


def test_refused_data_list_their_findings_and_say_when_the_list_is_cut():
    one = ctr.RefusedData("mine.json", (finding(1),))
    assert str(one) == (
        "mine.json was not used:\n  file.json /1: error CTR100: Message 1. Do this."
    )
    two = ctr.RefusedData("mine.json", (finding(1), finding(2)))
    assert str(two).splitlines()[1:] == [f"  {finding(1)}", f"  {finding(2)}"]
    eleven = ctr.RefusedData("mine.json", tuple(map(finding, range(11))))
    assert str(eleven).endswith("\n  and 1 more")
    ten = ctr.RefusedData("mine.json", tuple(map(finding, range(10))))
    assert str(ten).count("\n") == 10
    assert "more" not in str(ten)
    many = ctr.RefusedData("mine.json", tuple(map(finding, range(12))))
    assert str(many).endswith("Message 9. Do this.\n  and 2 more")
    assert len(many.findings) == 12


def test_a_missing_contact_says_what_to_do():
    assert "Load the newest edition of an up-to-date package, and show `contacts`" in str(
        ctr.MissingContact("hotline", "voice")
    )


# --- what a message repeats of what was given ------------------------------------


def test_a_long_value_is_clipped():
    assert quote("x" * 1_000_000) == '"' + "x" * 56 + "..."
    assert quote({"a": "x" * 100}).endswith("...")
    assert quote("short") == '"short"'
    assert quote(None) == "null"


@given(st.text())
def test_no_text_can_disturb_a_message(text):
    assert quote(text).isascii()
    assert quote(text).isprintable()


def test_the_word_that_was_meant_is_named():
    known = ("voice", "text", "web-form")
    assert nearest("Voise", known) == "voice"
    assert nearest("carrier pigeon", known) is None
    assert nearest(3, ("911", "3")) == "3"
    assert did_you_mean("webform", known) == " Did you mean 'web-form'?"
    assert did_you_mean("webform", ()) == ""


def test_only_the_beginning_of_a_long_word_is_looked_at():
    assert nearest("a" * 1_000_000, ("a" * 64,)) == "a" * 64


@given(st.text(max_size=80), st.lists(st.text(max_size=20)))
def test_what_is_suggested_is_known(word, known):
    assert nearest(word, known) in {*known, None}


def test_what_cannot_be_read_says_why_and_what_to_type():
    error = NotReadable("It has no area code.", "Write it with the area code.")
    assert (error.message, error.hint) == ("It has no area code.", "Write it with the area code.")
    assert isinstance(error, ValueError)

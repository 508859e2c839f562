"""What people type, in the form that is stored."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.phone import display
from ct_trafficking_resources.updates.form import (
    ABSENT,
    ANSWER,
    COUNT,
    DATE,
    FLAG,
    LIST,
    word_of,
    words_of,
)
from ct_trafficking_resources.updates.normalize import stored
from ct_trafficking_resources.vocabulary import Mode, Purpose


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (FLAG, "Yes", True),
        (FLAG, "x", True),
        (FLAG, "no", ABSENT),
        (ANSWER, "FALSE", False),
        (ANSWER, "true", True),
        (COUNT, "150", 150),
        (DATE, "11/3/2026", "2026-11-03"),
        (DATE, "2026-11", "2026-11"),
        (DATE, "Nov-15", "Nov-15"),
        (LIST, "en; es,\npt-BR,", ["en", "es", "pt-BR"]),
        (word_of(Mode), "Web Form", "web-form"),
        (word_of(Mode), "Telegraph", "Telegraph"),
        (words_of(Purpose), "Crime tips; Fishing", ["crime-tips", "Fishing"]),
    ],
)
def test_a_cell_is_read_as_people_write(form, text, value):
    assert form.read(text) == value


@pytest.mark.parametrize(("form", "text"), [(FLAG, "perhaps"), (COUNT, "1.5"), (COUNT, "1" * 10)])
def test_a_cell_that_cannot_be_read_says_what_to_write(form, text):
    with pytest.raises(NotReadable) as caught:
        form.read(text)
    assert caught.value.hint


def contact(**given):
    return {"id": "x", "mode": "voice", **given}


def test_a_contact_point_in_the_stored_form_is_left_alone():
    given = contact(kind="e164", value="+12035552368", display="203-555-2368")
    assert stored(given) == (given, {})


def test_a_short_number_in_the_stored_form_is_left_alone():
    given = contact(kind="n11", value="988", display="988")
    assert stored(given) == (given, {})


def test_how_it_is_shown_follows_from_the_number():
    document, changed = stored(contact(kind="e164", value="+12035552368"))
    assert document["display"] == "203-555-2368"
    assert changed == {}


@pytest.mark.parametrize("shown", ["(203) 555-2368", "1 203.555.2368", "+12035552368"])
def test_the_same_number_in_another_grouping_is_stored_as_we_write_it(shown):
    given = contact(kind="e164", value="+12035552368", display=shown)
    document, changed = stored(given)
    assert document == {**given, "display": "203-555-2368"}
    assert changed == {"display": (shown, "203-555-2368")}


def test_letters_and_extension_that_are_shown_may_be_known_from_the_number():
    typed = contact(value="203-555-TIPS x4", display="203-555-TIPS ext. 4")
    document, changed = stored(typed)
    assert document["display"] == "203-555-8477"
    assert changed["display"] == ("203-555-TIPS ext. 4", "203-555-8477")


@pytest.mark.parametrize(
    "shown",
    [
        *("call us", "call", "911 ", "", 5, "203-555-2369", "203-555-2368 x4", "203-555-CENT"),
        *("Do not call 203-555-2368", "203-555-2368 zero", "203-555-2368\uff19"),
        *("203-555-2368\u200b", "\u202e203-555-2368", "tel:203-555-2369", "203-555-2368, 911"),
    ],
)
def test_what_says_anything_else_is_left_to_the_rules(shown):
    document, changed = stored(contact(kind="e164", value="+12035552368", display=shown))
    assert document["display"] == shown
    assert changed == {}


@given(st.text(), st.sampled_from(["+12035552368", "911", "233733"]))
def test_what_is_shown_is_stored_as_typed_or_as_the_value_is_written(shown, value):
    document, changed = stored(contact(value=value, display=shown))
    right = display(document["kind"], value)
    assert document["display"] in {shown, right}
    assert changed == ({} if document["display"] == shown else {"display": (shown, right)})


def test_the_kind_that_is_given_stays_for_the_schema_to_judge():
    document, _ = stored(contact(kind="email", value="203-555-2368"))
    assert document["kind"] == "email"


def test_letters_and_extension_that_are_given_stay():
    given = contact(value="203-555-TIPS", vanity="203-555-TIPS", extension="4")
    document, _ = stored(given)
    assert (document["vanity"], document["extension"]) == ("203-555-TIPS", "4")
    document, _ = stored(contact(value="203-555-2368 x4", extension="4"))
    assert document["extension"] == "4"


def test_two_extensions_that_differ_are_refused():
    with pytest.raises(NotReadable, match="has the extension 4"):
        stored(contact(value="203-555-2368 x4", extension="5"))


@pytest.mark.parametrize("given", [{}, {"mode": 1, "value": "x"}, {"mode": "voice", "value": 1}])
def test_what_has_the_wrong_type_is_left_to_the_schema(given):
    assert stored(given) == (given, {})


def test_an_address_is_shown_without_its_scheme():
    document, changed = stored({"mode": "web", "value": "www.Example.org/a/"})
    assert document == {
        "kind": "url",
        "value": "https://www.example.org/a/",
        "display": "www.example.org/a",
        "mode": "web",
    }
    assert changed == {"value": ("www.Example.org/a/", "https://www.example.org/a/")}

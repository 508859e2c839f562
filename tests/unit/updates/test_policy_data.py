"""What a text must not say, word by word as it is met."""

from __future__ import annotations

import pytest

from ct_trafficking_resources.updates import text_rules
from ct_trafficking_resources.updates.text_rules import PROSE, TEXT_RULES, Text
from ct_trafficking_resources.web import SHORTENERS


def told(key: str, text: str, kind: str | None = None) -> list[str]:
    piece = Text("/x", key, kind, text)
    return [rule.id for rule, check in TEXT_RULES if check(piece)]


@pytest.mark.parametrize("key", sorted(PROSE))
def test_prose_is_looked_at_wherever_it_stands(key):
    assert told(key, "see <b>") == ["CTR314"]
    assert told(key, "=1") == ["CTR315"]
    assert told(key, "Dr. Smith") == ([] if key in {"says", "title"} else ["CTR317"])
    assert told(key, "\u0421\u0422") == []


@pytest.mark.parametrize("key", ["id", "value", "keyword"])
def test_elsewhere_no_prose_stands(key):
    assert told(key, "see**b") == told(key, "+1") == told(key, "Dr. Smith") == []
    assert told(key, "\u0421\u0422") == ["CTR313"]


@pytest.mark.parametrize("title", sorted(text_rules.TITLE_WORDS))
def test_a_title_stands_before_a_name(title):
    assert told("note", f"ask {title} Smith") == told("note", f"{title}. Smith") == ["CTR317"]
    assert told("note", f"ask {title} or call") == told("note", f"x{title} Smith") == []


@pytest.mark.parametrize("office", ["Bureau", "Division", "Services", "Unit"])
def test_an_office_is_no_name(office):
    assert told("note", f"Detective {office}") == []
    assert told("note", f"Detective {office}man") == ["CTR317"]


@pytest.mark.parametrize("host", sorted(SHORTENERS))
def test_a_service_that_forwards_is_known(host):
    for key, kind in (("value", "url"), ("url", None)):
        assert told(key, f"https://{host}/x", kind) == ["CTR328"]
        assert told(key, f"https://www.{host}/x", kind) == ["CTR328"]
        assert told(key, f"https://a{host}/x", kind) == []


@pytest.mark.parametrize("key", [*sorted(text_rules._REDIRECTS), "URL"])
def test_a_parameter_that_sends_on_is_known(key):
    assert told("value", f"https://a.example/?x=1&{key}=other.example", "url") == ["CTR327"]
    assert told("value", f"https://a.example/?x=1&{key}=home", "url") == []


@pytest.mark.parametrize("sign", ["\u3002", "\uff0e", "\uff61", ".", "%2e", "%252e"])
def test_a_dot_of_another_script_is_a_dot(sign):
    assert "CTR327" in told("value", f"https://a.example/?url=other{sign}example", "url")


@pytest.mark.parametrize(
    "rest",
    [
        "?x=https:other",
        "?x=//other",
        "?x=%2F%2Fother",
        "?x=%255C%255Cother",
        "?x=javascript:go",
        "/http://other",
        "/https:other",
        "/ftp:other",
        "/javascript:x",
        "/data:x",
        "/a//other",
        "/%252F%252Fother",
        "#//other",
        "#https:other",
    ],
)
def test_an_address_inside_an_address_is_seen(rest):
    assert "CTR327" in told("value", f"https://a.example{rest}", "url")


@pytest.mark.parametrize("rest", ["", "/", "/a/b", "#top", "#/route", "/a?b=c&d=", "/a#"])
def test_an_ordinary_address_leads_nowhere_else(rest):
    assert told("value", f"https://a.example{rest}", "url") == []


@pytest.mark.parametrize(
    "character", ["\x00", "\u200b", "\ud800", "\ue000", "\u0378", "\u2028", "\u2029"]
)
def test_what_cannot_be_seen_is_told(character):
    assert told("note", f"a{character}b") == ["CTR311"]


@pytest.mark.parametrize("start", list("=+@\t\r\uff1d\uff0b\uff20"))
def test_a_formula_is_told_by_its_start(start):
    assert "CTR315" in told("note", f"{start}a")


def test_a_dash_before_a_number_or_a_word_alone_is_no_formula():
    assert told("note", "-a") == ["CTR315"]
    assert told("note", "-1") == []


@pytest.mark.parametrize("digit", ["\u0663", "\uff12", "\u2461", "\u00b2", "\u2162", "\u3007"])
def test_an_odd_digit_is_told(digit):
    assert told("note", f"room {digit}") == ["CTR312"]


@pytest.mark.parametrize(
    "markup",
    ["<b", "</b", "<!", "<?", "&amp;", "&#1;", "&#x1F;", "](", "![", "`", "**", "a __b"],
)
def test_markup_is_told(markup):
    assert told("note", f"a {markup} c") == ["CTR314"]


@pytest.mark.parametrize("start", ["# a", "###### a", "> a", "* a"])
def test_markup_at_the_start_is_told(start):
    assert told("note", start) == ["CTR314"]


@pytest.mark.parametrize("text", ["a < b", "Q & A; b", "a_b", "#1 in town", "a & b;", "a * b"])
def test_ordinary_signs_are_no_markup(text):
    assert "CTR314" not in told("note", text)


@pytest.mark.parametrize("area", ["787", "939", "340", "671", "684", "670"])
def test_the_territories_are_at_home(area):
    assert told("value", f"+1{area}5552030", "e164") == ["CTR333"]


MEMBERSHIP = {"task_force": "example-task-force", "role": "lead", "status": "named-later"}


@pytest.mark.parametrize(
    ("record", "key", "value"),
    [
        (0, "former_names", [{"name": "Example Aid", "until": "1999"}]),
        (0, "type", "state-agency"),
        (0, "town", "Hartford"),
        (0, "planning_region", "Capitol"),
        (0, "parent", "example-agency"),
        (0, "parent_name", "Example Agency"),
        (0, "memberships", [MEMBERSHIP]),
        (1, "audiences", ["victim", "public"]),
        (1, "purposes", ["crisis-support"]),
        (1, "coverage", {"area": "state"}),
        (1, "answered_by", "law-enforcement"),
        (1, "tips_only", True),
        (1, "immigration_enforcement", True),
        (1, "rank", 1),
    ],
)
def test_what_the_curators_decide_is_not_changed_by_a_form(form, check, record, key, value):
    update = form("example-nonprofit")
    assert update["records"][record].get(key) != value
    update["records"][record][key] = value
    found = [one.place.pointer for one in check(update).findings if one.rule == "CTR310"]
    assert found == [f"/records/{record}/{key}"]


def messages(key: str, text: str, kind: str | None = None) -> list[str]:
    found = [check(Text("/x", key, kind, text)) for _, check in TEXT_RULES]
    return [one for one in found if one]


def test_what_cannot_be_seen_is_told_by_its_place():
    assert messages("note", "a\u200bb") == ["Character 2 cannot be seen: U+200B ZERO WIDTH SPACE."]


def test_what_stands_at_an_end_is_named():
    assert messages("note", " a") == ['There is a space at the beginning or end of " a".']
    assert messages("note", "a\n")[0].startswith("There is a line break at the beginning or end")


def test_a_port_may_stand_in_a_source_only():
    assert told("hosts", "a.example:8080") == ["CTR323"]
    assert told("value", "https://a.example:8080/", "url") == ["CTR323"]
    assert told("url", "https://a.example:8080/") == []


def test_a_host_that_is_a_number_is_told_in_a_mailbox_too():
    assert told("value", "a@127.0.0.1", "email") == ["CTR324"]
    assert told("value", "a@xn--a.example", "email") == ["CTR325"]


@pytest.mark.parametrize("text", ["127.0.0.1", "bit.ly", "xn--a", "a@b", "%0a"])
def test_prose_is_no_address(text):
    assert told("note", text) == []

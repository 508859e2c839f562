"""What is passed over without a look: nothing that an audit would find."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given, settings, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.audit.digits import (
    Digits,
    has_written_gaps,
    runs,
    squeezed,
    without_written_gaps,
)
from ct_trafficking_resources.audit.engine import kit_for
from ct_trafficking_resources.audit.names import whole_words
from ct_trafficking_resources.audit.pairs import Words, cost
from ct_trafficking_resources.audit.scanning import scan_stream
from ct_trafficking_resources.phone import near_miss, near_misses

DIRECTORY = ctr.load()
KIT = kit_for(DIRECTORY)
GAPS = (
    "", "", "", "-", " ", ".", "(", ")", "/", "\t", "\u00a0", "\u00b7", "\u2011", "\uff0d",
    "&nbsp;",    "&#8209;", "&#xa0;", "\\u00a0", "\\u2011", "\\xa0", "%20", " - ", "     ",
)  # fmt: skip
WRITTEN = {"&nbsp;", "&#8209;", "&#xa0;", "\\u00a0", "\\u2011", "\\xa0", "%20"}
NUMBERS = sorted({*KIT.known.all_numbers, *KIT.known.stored})
WORDS = (
    "traffick", "in Connecticut", "police", "Childhelp", "text to ", "text HELP at ", "sms:",
    "call", "tel:", "tel:+1", "](tel:", "1", "24", "eight eight eight", "1-800-THE-LOST",
    "1-888-DCF-HELP", "BeFree Textline", "befree", "operated by Polaris", "NHTRC", "OIIIA",
    "humantraffickinghotline.com", "before eight", ":+1911", "Hotline", "fax", "for help",
    "BEFREE", "&body=hello", "//", "'", '">', "</a>", '<a href="', "[call](", "Text HELP to ",
)  # fmt: skip
SCHEMES = (
    "tel:", "telprompt:", "callto:", "sms:", "smsto:", "mms:", "mmsto:", "facetime:",
    "facetime-audio:",
)  # fmt: skip
ODD = (*GAPS, "~", "%2D", "%20", "%E2%80%91", "*", "!", "=", "_", "+")
ADDRESSES = sorted(
    holder.contact.value for holder in KIT.known.holders if "." in holder.contact.value
)
PHRASES = tuple(phrase.words for phrase in KIT.names.phrases)
NAMES = KIT.names.of_channels
NEAR_CODES = tuple(sorted({near for code in KIT.known.codes for near in near_misses(code)}))


@st.composite
def written(draw, digits):
    """Digits with gaps between some of them."""
    gaps = draw(st.lists(st.sampled_from(GAPS), min_size=len(digits), max_size=len(digits)))
    return "".join(gap + digit for gap, digit in zip(gaps, digits, strict=True))


known = st.sampled_from(NUMBERS)
near = known.flatmap(lambda number: st.sampled_from(sorted(set(near_misses(number)))))
any_digits = st.text("0123456789", min_size=1, max_size=16)


@st.composite
def linked(draw):
    """A link to a number or code of any kind, however it is written."""
    number = draw(
        known | near | st.sampled_from([*KIT.known.all_codes, "911", "988", "211", "BEFREE"])
    )
    gaps = draw(st.lists(st.sampled_from(ODD), min_size=len(number), max_size=len(number)))
    start = draw(st.sampled_from(SCHEMES)) + draw(st.sampled_from(["", "//", "+1", "//+1", "%2B1"]))
    plain = draw(st.booleans())
    digits = number if plain else "".join(map("".join, zip(number, gaps, strict=True)))
    if draw(st.booleans()):
        digits = "".join(f"%{ord(one):02x}" for one in digits if one.isascii())
    return start + digits + draw(st.sampled_from(["", "&body=hello", "?body=x", ";x", "'"]))


@st.composite
def host_like(draw):
    """An address of ours, or one that is a letter away, with what may stand around it."""
    address = draw(st.sampled_from(ADDRESSES))
    place = draw(st.integers(0, len(address)))
    other = draw(st.sampled_from(["", "", "a", "-", ".", "rn", "0"]))
    around = draw(
        st.sampled_from(["{}", "https://{}", "www.{}", "x@{}", "{}.evil.com", "https://{}@x"])
    )
    changed = address[:place] + other + address[place + draw(st.integers(0, 1)) :]
    return around.format(draw(st.sampled_from([address, changed, changed.upper()])))


@st.composite
def spelt(draw):
    """A number with letters, or in words."""
    number = draw(known | near)
    if draw(st.booleans()):
        words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
        return draw(st.sampled_from([" ", "-", ", "])).join(words[int(one)] for one in number)
    keys = ("0", "1", "abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz")
    letters = "".join(draw(st.sampled_from(keys[int(one)])) for one in number[3:])
    cut = draw(st.integers(0, len(letters)))
    gap = draw(st.sampled_from(["", "-", " ", "."]))
    behind = draw(st.sampled_from(["", "s", "er"]))
    return f"{number[:3]}{gap}{letters[:cut]}{gap}{letters[cut:]}{behind}"


pieces = st.one_of(
    (known | near | any_digits).flatmap(written),
    st.sampled_from(["203-555-0147", "8605550147", "1 212 555 0147"]),
    st.sampled_from([*KIT.known.all_codes, *NEAR_CODES, "233-733", "233-734"]),
    linked(),
    host_like(),
    spelt(),
    spelt().map(str.upper),
    st.sampled_from([*WORDS, *PHRASES, *NAMES, *(name.upper() for name in NAMES)]),
)


texts = st.lists(st.tuples(pieces, st.sampled_from(["", " ", "\n", ", ", ": ", '"', " \u201c"])))


def scanned(text, encoding="utf-8"):
    return tuple(scan_stream(io.BytesIO(text.encode(encoding)), "<text>", DIRECTORY))


@settings(max_examples=400, deadline=None)
@given(texts.map(lambda parts: "".join(piece + behind for piece, behind in parts)))
@example("text 1 to 233734")
@example("sms://911")
@example("tel://911")
@example("sms:911&body=x")
@example("tel:+1888~3737888")
@example("tel:%2B1%38%38%38-373-7888")
@example("sms:BEFREE")
@example("tel:9~1~1")
@example("24/7 1-888-373-7889")
@example("Traffic\u212aing in Connecticut: interagency persons, NHTRC")
@example("1-800-37\u0969-7888")
@example("EIGHT \u017fEVEN SEVEN, three seven three, seven eight eight eight")
@example("eight\u2003\u00a0eight eight three seven three seven eight eight nine")
@example("Nat\u0131onal Runaway \u017fafel\u0130ne 1-212-555-0147")
@example("humantraffickinghotl\u0131ne.org")
@example("International Institute of Connecticut: 1-800-THE-LOSTpre\u017fs")
@example("text 233733\u017f")
@example("\u017fend HELP to 233734")
@example("sm\u017f:230733")
@example("at\u00a0humantrafficinghotline.org")
@example("Conn\u0130ct\u0131cut, traff\u0131cking, N\u0131ne")
@example("call 203-rrro311")
@example("call 203-5ROROR2 55")
@example("call Runaway Safeline\n203-555-0147")
@example("National Runaway\nSafeline 24: 212 555 0147")
def test_a_scan_says_what_an_audit_of_the_same_text_says(text):
    assert scanned(text) == ctr.audit_text(text)


@settings(deadline=None)
@given(near.flatmap(written), st.sampled_from(["", "x ", "1 ", "12, "]))
def test_no_number_that_is_close_to_a_known_one_is_passed_over(number, before):
    text = f"{before}{number}"
    assert scanned(text) == ctr.audit_text(text)


@given(st.binary(), st.binary(), st.binary())
def test_what_stands_in_a_text_stands_squeezed_in_the_squeezed_text(before, piece, behind):
    assert squeezed(piece) in squeezed(before + piece + behind)
    assert squeezed(before + piece) == squeezed(before) + squeezed(piece)


@given(st.sampled_from(GAPS), st.sampled_from(GAPS), st.text())
def test_a_gap_that_is_written_out_before_a_digit_is_seen(gap, other, around):
    data = f"{around}8{gap}{other}8{around}".encode()
    left = squeezed(data)
    if {gap, other} & WRITTEN:
        assert has_written_gaps(left)
        assert b"88" in squeezed(without_written_gaps(data))


letters = st.text("abehi1:", max_size=6).map(str.encode)


@given(st.lists(letters), st.text("abehi1:\n", max_size=40).map(str.encode))
@example([b"ab", b"abc", b""], b"xabc")
@example([b"abc", b"bab"], b"babc")
@example([], b"abc")
def test_all_words_of_a_text_are_found_together(words, text):
    assert Words(words).found(text) == {word for word in words if word in text}


@given(st.text("0123456789", min_size=4, max_size=11), st.sampled_from(NUMBERS), st.data())
def test_what_one_slip_makes_of_a_number_is_a_slip_away(digits, number, data):
    assert near_miss(number, number) is None
    assert all(near_miss(one, number) is not None for one in near_misses(number))
    place = data.draw(st.integers(0, 9))
    changed = number[:place] + digits[:2] + number[place + data.draw(st.integers(1, 3)) :]
    for one in (digits, changed):
        assert (near_miss(one, number) is not None) == (one in set(near_misses(number)))


def test_numbers_of_others_are_not_looked_at():
    for text in ("212-555-0147", "1234567890123", "2012-01-02 03:04:05", "10.0.0.255 10.0.0.1"):
        assert not KIT.prefilter.matters(text.encode())


@pytest.mark.parametrize(
    ("text", "is_relevant"),
    [
        ("text HELP to 233734", True),
        ("text HELP to 233-734", True),
        ("x = 233734", False),
        ("text HELP to 905551", False),
        ("x = 233733", True),
        ("x = 12337331", False),
        ("texts:\n233734 233-734", False),
        ("texts:\n" + "233734 " * 101, True),
    ],
)
def test_a_code_is_looked_at_where_it_is_known_or_sent_to(text, is_relevant):
    assert KIT.prefilter.matters(text.encode()) is is_relevant


def test_a_directory_without_values_has_nothing_to_look_for(monkeypatch):
    for name in ("all_numbers", "stored", "codes", "all_codes"):
        monkeypatch.setattr(KIT.known, name, frozenset())
    digits = Digits(KIT.known, KIT.names)
    found = runs(squeezed(b"text 233733 or 1-888-373-7888"))
    assert not digits.has_code(found, b"")
    assert not digits.has_number(found)


def test_rare_pairs_cost_less_than_common_ones_and_short_words_most():
    assert cost(b"jxqzjx") < cost(b"inetin") < cost(b"in")


def test_among_no_names_none_is_found():
    assert whole_words().search("Childhelp") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("Kent's ISle", ["Kent", "ISle"]), ("\u212aent i\u017fle", ["\u212aent", "i\u017fle"]),
     ("xkent kent-isle x-isle", []), ("kent\n road", ["kent\n road"])],
)  # fmt: skip
def test_whole_words_are_found_in_any_case(text, found):
    pattern = whole_words("Kent Road", "Kent", "isle")
    assert [match[0] for match in pattern.finditer(text)] == found

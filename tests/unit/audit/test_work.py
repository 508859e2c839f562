"""The work that a text makes grows with its length, whatever is in it.

Calls are counted, not seconds. What a regular expression does inside cannot be
counted, so their shape is checked: no repetition without bound within another.
A million characters would keep a quadratic search busy for the rest of the day.
"""

from __future__ import annotations

import io
import re
import sys
from importlib import import_module

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.audit.scanning import scan_stream

pytestmark = pytest.mark.once

PARSER = import_module("re._parser")
LENGTH = 6_000
MOST = 300
"""Calls for one character: links that begin every few characters cost most."""
HOSTILE = (
    "8", "8 ", "1-", "@", "x@humantraffickinghotline.org", "(", ")", "[", "[x](tel:", "<a ",
    ".", "a.", ".com", "https://", "tel:+1", "sms:", '"tel:1', "eight ", "text ", "text a to ",
    "text 233733 ", "8883737888 ", "1-800-373-7888 ", "National Human Trafficking Hotline ",
    "Polaris operates ", "text BEFREE ", "if you suspect abuse Childhelp ", "&#8209;", "8&#8209;",
    "233734 ", "233734,", "text 233734,", "x233733 ", "800abcdefg ", "888 the ", "\uff18",
    "8883737888\n", "sms 233733\n", "tel:+18883737888 ", "Childhelp 212 555 0147\n", "\u0668 ",
    "ct-resources: ignore ", "NHTRC ", '<a href="tel:1-888-373-7888" ', " ", "\n", "a-",
)  # fmt: skip
MODULES = (
    "addresses", "engine", "judges", "links", "names", "numbers", "policy", "prefilter",
)  # fmt: skip


def work(text):
    """Return how many calls it takes to audit a text."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        ctr.audit_text(text)
        tuple(scan_stream(io.BytesIO(text.encode()), "x"))
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_twice_the_work(piece):
    text = piece * (LENGTH // len(piece))
    work(piece)
    once = work(text)
    assert work(text + text) < 2.5 * once + 2000
    assert once < MOST * len(text)


@pytest.mark.parametrize("piece", ["8", "@", "(", ")"])
def test_a_million_of_one_character_is_read(piece):
    assert ctr.audit_text(piece * 1_000_000) == ()


def _patterns():
    for name in MODULES:
        module = import_module(f"ct_trafficking_resources.audit.{name}")
        for value in vars(module).values():
            for one in value if isinstance(value, tuple) else (value,):
                inner = one[0] if isinstance(one, tuple) and one else one
                if isinstance(inner, re.Pattern):
                    yield name, inner


def _unbounded_within(parsed, *, inside=False):
    for op, argument in parsed:
        if op in {PARSER.MAX_REPEAT, PARSER.MIN_REPEAT}:
            _, most, body = argument
            endless = most is PARSER.MAXREPEAT
            if (endless and inside) or _unbounded_within(body, inside=inside or endless):
                return True
        elif op is PARSER.SUBPATTERN:
            if _unbounded_within(argument[-1], inside=inside):
                return True
        elif op is PARSER.BRANCH and any(
            _unbounded_within(one, inside=inside) for one in argument[1]
        ):
            return True
    return False


@pytest.mark.parametrize(
    "pattern", [one for _, one in _patterns()], ids=[name for name, _ in _patterns()]
)
def test_no_repetition_without_bound_stands_within_another(pattern):
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    assert not _unbounded_within(PARSER.parse(text))


def test_the_check_of_patterns_sees_what_it_looks_for():
    assert _unbounded_within(PARSER.parse("(?:a+b)+"))
    assert not _unbounded_within(PARSER.parse("(?:a|b+)c{2,3}"))

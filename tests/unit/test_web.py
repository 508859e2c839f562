"""Hosts that can be taken for another host."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources import web
from ct_trafficking_resources.web import looks_like, skeleton

HOTLINE = "humantraffickinghotline.org"
HOSTS = sorted({host for one in ctr.load().organizations for host in one.hosts})


@pytest.mark.parametrize(
    "fake",
    [
        "humantrafficking\u04bbotline.org",  # Cyrillic shha
        "hum\u0430ntr\u0430ffickinghotline.org",  # Cyrillic a
        "humantraffickinghot1ine.org",
        "humantraffickinghotIine.org",
        "hurnantraffickinghotline.org",
        "humantrafficklnghotline.org",
        "humantraffickingh0tline.org",
        "h\u00fcmantraffickinghotline.org",
        "hu\u0301mantraffickinghotline.org",
        "\uff48umantraffickinghotline.org",  # full width
        "\U0001d407umantraffickinghotline.org",  # mathematical bold capital
        "\u1d34umantraffickinghotline.org",  # modifier capital
        "human\u200btraffickinghotline.org",
        "human\u00adtraffickinghotline.org",
        "human\ufe0ftraffickinghotline.org",
        "human\u20ddtraffickinghotline.org",  # enclosing circle
    ],
)
def test_a_fake_of_the_hotline_s_host_is_recognised(fake):
    assert looks_like(fake, HOTLINE)
    assert looks_like(HOTLINE, fake)


@pytest.mark.parametrize(
    ("one", "other"),
    [("vvindsorct.com", "windsorct.com"), ("clcf.ct.gov", "dcf.ct.gov"), ("dol.gov", "do1.gov")],
)
def test_pairs_of_letters_can_be_taken_for_one(one, other):
    assert looks_like(one, other)


@pytest.mark.parametrize(
    "other",
    [HOTLINE, "humantraffickinghotlines.org", "traffickinghotline.org", "polarisproject.org", ""],
)
def test_a_host_is_no_fake_of_itself_nor_of_one_that_looks_different(other):
    assert not looks_like(other, HOTLINE)


def test_no_two_hosts_of_the_data_can_be_taken_for_each_other():
    assert len({skeleton(host) for host in HOSTS}) == len(HOSTS)


@given(host=st.sampled_from([HOTLINE, *HOSTS]), data=st.data())
def test_a_letter_of_another_script_in_any_shipped_host_is_recognised(host, data):
    places = [i for i, letter in enumerate(host) if letter in web._LOOKS_LIKE]
    place = data.draw(st.sampled_from(places))
    letter = data.draw(st.sampled_from(web._LOOKS_LIKE[host[place]]))
    assert looks_like(host[:place] + letter + host[place + 1 :], host)


@given(st.text(max_size=30))
def test_a_skeleton_is_its_own_skeleton_and_shows_no_marks(text):
    seen = skeleton(text)
    assert skeleton(seen) == seen
    assert seen == seen.casefold()
    assert not {category(one) for one in seen} & {"Mn", "Me", "Cf"}


@given(st.text(max_size=30))
def test_capitals_make_no_difference(text):
    assert skeleton(text.upper().lower()) == skeleton(text.upper())


def test_the_table_maps_each_look_to_one_letter():
    looks = "".join(web._LOOKS_LIKE.values())
    assert len(set(looks)) == len(looks)
    assert not any(look.isascii() for look in looks)
    assert all(letter.isascii() and len(letter) == 1 for letter in web._LOOKS_LIKE)

"""Web and e-mail addresses: their parts, who registered them, and what looks like them."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources import web
from ct_trafficking_resources.web import (
    authority,
    bare,
    contact_host,
    display,
    domain_of,
    host_of,
    is_government,
    is_number,
    longest_label,
    looks_like,
    page_host,
    page_hosts,
    parents,
    poses_as,
    read_address,
    skeleton,
    unpunycoded,
)

HOTLINE = "humantraffickinghotline.org"
HOSTS = sorted({host for one in ctr.load().organizations for host in one.hosts})


TYPED = Path(__file__).parents[1] / "cases" / "updates" / "typed" / "addresses.json"


def typed_addresses():
    return json.loads(TYPED.read_text(encoding="utf-8"))


HOST = st.from_regex(r"[a-z]{1,8}(?:\.[a-z0-9-]{1,8}){0,2}\.[a-z]{2,5}", fullmatch=True)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/x", (None, "a.example", None)),
        ("a.example", (None, "a.example", None)),
        ("HTTPS://WWW.A.example:8443?x", (None, "www.a.example", ":8443")),
        ("https://a.example:", (None, "a.example", ":")),
        ("https://good.example@evil.example/", ("good.example", "evil.example", None)),
        ("https://a:b@c@evil.example:1#x", ("a:b@c", "evil.example", ":1")),
        ("https://@evil.example", ("", "evil.example", None)),
        ("https:\\\\evil.example\\@good.example", (None, "evil.example", None)),
        ("https://a.example/?at=x@y.example", (None, "a.example", None)),
        ("https://a.example#//b.example", (None, "a.example", None)),
        ("https://[::1]:80/", (None, "::1", ":80")),
        ("https://[::1", (None, "::1", ":1")),
        ("https://fe80::1/", (None, "fe80::1", ":1")),
        ("https://[v1.x]/", (None, "v1.x", None)),
        ("https://a.example:b:1/", (None, "a.example", ":1")),
        ("help@a.example", ("help", "a.example", None)),
        ("", (None, "", None)),
    ],
)
def test_an_address_is_read_as_browsers_read_it(address, expected):
    assert authority(address) == expected


@given(
    host=HOST,
    user=st.sampled_from(["", "x@", "www.a.example@", "a:b@", "@"]),
    www=st.sampled_from(["", "www.", "WWW."]),
    end=st.sampled_from(["", ".", ":443", ".:443"]),
    path=st.sampled_from(["", "/", "/a@b.c", "?q=x@y.z", "#a/b", "/www.", "\\x"]),
)
def test_the_host_of_an_address_is_where_a_browser_goes(host, user, www, end, path):
    assert host_of(f"https://{user}{www}{host}{end}{path}") == host
    assert host_of(f"{www}{host.upper()}{end}{path}") == host
    assert host_of(f"a@{host}") == host


@given(st.text(max_size=40))
def test_any_text_has_a_host_in_lower_case_and_no_port(text):
    user, host, port = authority(text)
    assert host == host.lower()
    assert port is None or port.startswith(":")
    assert not set("/?#\\@") & set(host)
    assert user is None or "@" in text
    assert isinstance(is_number(host), bool)
    assert isinstance(domain_of(host_of(text)), str)


def test_a_domain_that_is_called_www_keeps_its_name():
    assert host_of("https://www.com/") == "www.com"


def test_the_host_of_a_page_is_that_of_a_web_address():
    assert page_host("https://www.a.example/x") == "a.example"
    assert page_host("http://a.example:8080") == "a.example"
    assert page_host("github-index:12") is None
    assert page_host(None) is None
    pages = ["https://www.a.example/x", None, "http://A.example", "https://b.example"]
    assert page_hosts(pages) == {"a.example", "b.example"}


def test_the_host_of_a_contact_point():
    assert contact_host("url", "https://www.a.example/x") == "a.example"
    assert contact_host("email", "help@A.example") == "a.example"
    assert contact_host("e164", "+12035557300") is None


@pytest.mark.parametrize(
    ("address", "shown", "compared"),
    [
        ("https://www.a.example/Help/", "www.a.example/Help", "a.example/Help"),
        ("https://a.example", "a.example", "a.example"),
        ("https://a.example?x=/", "a.example?x=", "a.example?x="),
        ("http://A.example:80/x", "http://A.example:80/x", "a.example/x"),
        ("a.example/x", "a.example/x", "a.example/x"),
    ],
)
def test_an_address_is_shown_and_compared_without_its_scheme(address, shown, compared):
    assert display(address) == shown
    assert bare(address) == compared


@given(host=HOST, path=st.sampled_from(["", "/", "/a", "/a/", "?x=1", "#y"]))
def test_what_is_shown_of_an_address_is_the_same_address(host, path):
    address = f"https://{host}{path}"
    assert bare(display(address)) == bare(address) == bare(bare(address))


@pytest.mark.parametrize("case", typed_addresses(), ids=lambda case: ascii(case["typed"])[:30])
def test_an_address_gains_only_what_was_left_out(case):
    assert read_address(case["mode"], case["typed"]) == (case["kind"], case["value"])


@given(mode=st.sampled_from(["web", "email", "chat"]), text=st.text(max_size=40))
def test_an_address_is_read_once(mode, text):
    kind, value = read_address(mode, text)
    assert read_address(mode, value) == (kind, value)


@given(host=HOST, path=st.sampled_from(["", "/a/", "?x=1"]))
def test_what_is_shown_of_an_address_is_read_as_the_address(host, path):
    address = f"https://{host}{path}"
    assert bare(read_address("web", display(address))[1]) == bare(address)


def test_the_parents_of_a_host_are_the_domains_that_it_stands_below():
    assert list(parents("a.b.c.example")) == ["a.b.c.example", "b.c.example", "c.example"]
    assert list(parents("localhost")) == ["localhost"]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("example.org", "example.org"),
        ("a.b.example.org", "example.org"),
        ("portal.ct.gov", "ct.gov"),
        ("ci.milford.ct.us", "milford.ct.us"),
        ("police.example.us", "example.us"),
        ("www.example.co.uk", "example.co.uk"),
        ("a.example.org.uk", "example.org.uk"),
        ("a.example.de", "example.de"),
        ("a.example.com.au", "example.com.au"),
        ("a.example.edu.au", "example.edu.au"),
        ("a.example.gov.uk", "example.gov.uk"),
        ("a.example.net.au", "example.net.au"),
        ("a.example.ac.uk", "example.ac.uk"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_the_domain_is_what_someone_registered(host, expected):
    assert domain_of(host) == expected


@given(host=HOST, below=st.sampled_from(["www", "a.b", "police"]))
def test_what_stands_below_a_domain_has_the_same_domain(host, below):
    assert domain_of(f"{below}.{domain_of(host)}").endswith(domain_of(host))
    assert domain_of(domain_of(host)) == domain_of(host)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("ct.gov", True),
        ("portal.ct.gov", True),
        ("navy.mil", True),
        ("ci.milford.ct.us", True),
        ("milford.ct.us", True),
        ("example.us", False),
        ("police.example.us", False),
        ("ct.us", False),
        ("us", False),
        ("gov.example.org", False),
        ("ct.gov.example", False),
    ],
)
def test_a_government_is_told_by_its_domain(host, expected):
    assert is_government(host) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("192.0.2.1", True),
        ("0xC0000201", True),
        ("3221225985", True),
        ("0300.0.2.1", True),
        ("::1", True),
        ("2001:db8::1", True),
        ("a.example", False),
        ("1.example", False),
        ("a::b::c", False),
        ("", False),
    ],
)
def test_a_host_that_is_a_number_is_told(host, expected):
    assert is_number(host) is expected


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("xn--bcher-kva.example", "b\u00fccher.example"),
        ("xn--\u00e9.example", "xn--\u00e9.example"),
        ("xn--zzzzzzzzzzzz999999999.example", "xn--zzzzzzzzzzzz999999999.example"),
        ("plain.example", "plain.example"),
    ],
)
def test_hosts_are_shown_with_their_letters(host, shown):
    assert unpunycoded(host) == shown


def test_people_remember_the_longest_label_of_a_host():
    assert longest_label("www.ab.longest.example.org") == "longest"


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


@pytest.mark.parametrize(
    ("host", "poses"),
    [
        (f"{HOTLINE}.example.com", True),
        (f"en.{HOTLINE}.example.com", True),
        (f"en.{HOTLINE}", False),
        (HOTLINE, False),
        (f"my{HOTLINE}.example.com", False),
        ("example.com", False),
    ],
)
def test_a_host_that_begins_like_another_one_poses_as_it(host, poses):
    assert poses_as(host, HOTLINE) is poses


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

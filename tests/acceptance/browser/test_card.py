"""The HTML card in a real browser: for every reader, in every language."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import cards

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

READERS = pytest.mark.parametrize(
    ("audience", "language"),
    [(str(audience), language) for audience in ctr.Audience for language in cards.languages()],
)
LOOKS = (
    {"color_scheme": "dark"},
    {"color_scheme": "light", "forced_colors": "active"},
    {"color_scheme": "dark", "forced_colors": "active"},
)
# A small phone, and a window of 1280 by 1024 at 400 % and at 200 % zoom.
SIZES = ((320, 568), (320, 256), (640, 512))
AWAY = "https://www.weather.gov"


def drawn(audience: str, language: str) -> str:
    return ctr.card(audience, language).html(page=True, exit_to=AWAY)


@READERS
def test_axe_finds_nothing_in_any_look(
    audience: str, language: str, visit: Callable[..., Page], axe: Callable[..., list[str]]
):
    page = visit(drawn(audience, language))
    assert axe(page) == []
    for look in LOOKS:
        page.emulate_media(**look)
        assert axe(page, rule="color-contrast") == [], look


@READERS
def test_links_lead_to_what_they_show_and_are_named_by_it(
    audience: str, language: str, visit: Callable[..., Page]
):
    expected = sorted(
        (contact.uri, contact.display)
        for entry in ctr.card(audience, language).entries
        for contact in entry.contacts
    )
    page = visit(drawn(audience, language))
    links = page.locator("a:not(.ctr-exit a)").all()
    assert len(links) == len(expected)
    seen = []
    for link in links:
        label = link.inner_text()
        # The name as the browser gives it to a screen reader (WCAG 2.5.3).
        name = re.search(r'link "([^"]+)"', link.aria_snapshot())
        assert name, label
        assert name[1].startswith(f"{label}, ")
        seen.append((link.get_attribute("href"), label.partition(" ")[2]))
    for (uri, shown), (expected_uri, display) in zip(sorted(seen), expected, strict=True):
        assert uri == expected_uri
        assert shown.endswith(display)


@READERS
def test_the_hotline_and_911_can_be_called_and_written_to(
    audience: str, language: str, visit: Callable[..., Page]
):
    page = visit(drawn(audience, language))
    for uri, shown in {
        "tel:911": "911",
        "sms:911": "911",
        "tel:+18883737888": "1-888-373-7888",
        "sms:233733": "233733",
    }.items():
        link = page.locator(f'a[href="{uri}"]')
        assert shown in link.inner_text()
        assert link.is_visible()


@READERS
def test_the_card_is_whole_without_scripts(
    audience: str, language: str, visit: Callable[..., Page]
):
    html = drawn(audience, language)
    with_scripts = visit(html).locator("body").inner_text()
    without = visit(html, java_script_enabled=False)
    assert without.locator("body").inner_text() == with_scripts
    assert without.locator("script").count() == 0
    assert all(link.is_visible() for link in without.locator("a").all())


@READERS
def test_nothing_is_cut_off_or_scrolls_sideways(
    audience: str, language: str, visit: Callable[..., Page]
):
    page = visit(drawn(audience, language))
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_CUT_OFF, width) == []


_CUT_OFF = """width => [...document.querySelectorAll('main *')]
    .filter(one => one.getBoundingClientRect().right > width
        || one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
    .map(one => one.outerHTML)"""


@READERS
def test_text_at_twice_its_size_fits(audience: str, language: str, visit: Callable[..., Page]):
    page = visit(drawn(audience, language), viewport={"width": 640, "height": 800})
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@READERS
def test_no_number_is_broken_over_two_lines(
    audience: str, language: str, visit: Callable[..., Page]
):
    page = visit(drawn(audience, language), viewport={"width": 320, "height": 568})
    numbers = page.locator('a[href^="tel:"], a[href^="sms:"], .ctr-whole').all()
    lines = "one => { const all = document.createRange(); all.selectNodeContents(one);"
    lines += " return new Set([...all.getClientRects()].map(line => line.top)).size }"
    assert numbers
    assert [one.inner_text() for one in numbers if one.evaluate(lines) != 1] == []


@READERS
def test_the_keyboard_reaches_every_link_and_shows_where_it_is(
    audience: str, language: str, visit: Callable[..., Page]
):
    page = visit(drawn(audience, language), viewport={"width": 800, "height": 600})
    links = page.locator("a").all()
    for link in links:
        page.keyboard.press("Tab")
        assert link.evaluate("one => one === document.activeElement")
        style = link.evaluate(
            "one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).outlineWidth]"
        )
        assert style == ["solid", "3px"]
        assert is_on_top(link), link.inner_text()


def is_on_top(link: Locator) -> bool:
    """Tell whether nothing lies over the middle of a link (WCAG 2.4.11)."""
    on_top: bool = link.evaluate(
        """one => { const {x, y, width, height} = one.getBoundingClientRect();
            const top = document.elementFromPoint(x + width / 2, y + height / 2);
            return one === top || one.contains(top) }"""
    )
    return on_top


@pytest.mark.parametrize("language", cards.languages())
def test_the_exit_link_stays_in_sight_and_leads_away(language: str, visit: Callable[..., Page]):
    page = visit(drawn("victim", language), viewport={"width": 320, "height": 568})
    link = page.locator("a").first
    assert link.get_attribute("href") == AWAY
    assert link.get_attribute("rel") == "nofollow noreferrer"
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert is_on_top(link)
    # What scrolls below it must not shine through.
    paint = page.locator(".ctr-exit").evaluate("one => getComputedStyle(one).backgroundColor")
    assert paint == "rgb(255, 255, 255)"


@pytest.mark.parametrize("language", cards.languages())
def test_there_is_no_exit_link_unless_it_is_asked_for(
    language: str, visit: Callable[..., Page], axe: Callable[..., list[str]]
):
    page = visit(ctr.card("victim", language).html(page=True))
    assert page.locator(".ctr-exit").count() == 0
    assert axe(page) == []


@pytest.mark.parametrize("language", cards.languages())
def test_a_part_of_a_page_takes_its_place_below_the_headings_of_its_host(
    language: str, visit: Callable[..., Page], axe: Callable[..., list[str]]
):
    part = ctr.card("victim", language).html(heading=2)
    page = visit(
        '<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width">'
        f"<title>Host</title><style>{cards.stylesheet()}</style>"
        f"<main><h1>Host</h1>{part}</main></html>"
    )
    assert axe(page) == []
    levels = [
        int(tag[1])
        for tag in page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName)"
        )
    ]
    assert levels[:2] == [1, 2]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", cards.languages())
def test_a_line_that_the_law_asks_for_stands_large_and_before_the_hotline(
    language: str, visit: Callable[..., Page]
):
    page = visit(drawn("mandated-reporter", language))
    large = page.locator(".ctr-hotline a[href^='tel:+']").all()
    assert [one.get_attribute("href") for one in large] == ["tel:+18008422288", "tel:+18883737888"]

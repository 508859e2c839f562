"""The poster in a real browser: on paper, and as it is read from it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import cards

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

READERS = pytest.mark.parametrize(
    ("audience", "language"),
    [(str(audience), language) for audience in ctr.Audience for language in cards.languages()],
)
# Sheets in points, and the same in the pixels of a browser.
SHEETS = {"letter": ((612, 792), (816, 1056)), "a4": ((595.28, 841.89), (794, 1123))}
SIZES = pytest.mark.parametrize("size", SHEETS)
NOTICE = {
    "en": "This is not the notice required by C.G.S. 54-234a.",
    "es": "Este no es el aviso que pide la ley C.G.S. 54-234a.",
}
# What the audience must call first; the code leads there.
FIRST = {"mandated-reporter": ("tel:+18008422288", "1-800-842-2288")}
HOTLINE = ("tel:+18883737888", "1-888-373-7888")


@READERS
@SIZES
def test_it_prints_on_one_sheet_with_all_that_matters(
    audience: str, language: str, size: str, visit: Callable[..., Page]
):
    from pypdf import PdfReader

    page = visit(ctr.card(audience, language).poster(size=size))
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    sheet = printed.pages[0]
    assert (sheet.mediabox.width, sheet.mediabox.height) == pytest.approx(SHEETS[size][0], abs=1)
    said = " ".join(sheet.extract_text().split())
    for needed in ("911", "1-888-373-7888", "233733", NOTICE[language]):
        assert needed in said


@READERS
@SIZES
def test_it_has_room_left_for_a_wider_typeface(
    audience: str, language: str, size: str, visit: Callable[..., Page]
):
    width, height = SHEETS[size][1]
    page = visit(
        ctr.card(audience, language).poster(size=size), viewport={"width": width, "height": height}
    )
    page.emulate_media(media="print")
    needed = page.locator(".ctr-poster").evaluate(
        "one => { one.style.minHeight = 0; one.style.height = 'min-content';"
        " return [one.scrollWidth, one.scrollHeight] }"
    )
    assert needed[0] <= width
    assert needed[1] <= height - 16


@READERS
def test_the_code_to_scan_calls_the_number_beside_it(
    audience: str, language: str, visit: Callable[..., Page]
):
    uri, shown = FIRST.get(audience, HOTLINE)
    page = visit(ctr.card(audience, language).poster(), viewport={"width": 816, "height": 1056})
    assert scanned(page) == [uri] * 3
    assert shown in page.locator(".ctr-scan").inner_text()
    assert shown in (page.get_by_role("img").get_attribute("aria-label") or "")


def scanned(page: Page) -> list[str]:
    """Return what a telephone reads from the whole sheet: straight, aslant, and from afar."""
    import zxingcpp
    from PIL import Image

    seen = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    half = (seen.width // 2, seen.height // 2)
    pictures = (seen, seen.rotate(8, expand=True, fillcolor="white"), seen.resize(half))
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


@READERS
@SIZES
def test_the_numbers_are_large_and_the_first_is_the_largest(
    audience: str, language: str, size: str, visit: Callable[..., Page]
):
    width, height = SHEETS[size][1]
    page = visit(
        ctr.card(audience, language).poster(size=size), viewport={"width": width, "height": height}
    )
    page.emulate_media(media="print")
    points = "one => parseFloat(getComputedStyle(one).fontSize) * 72 / 96"
    largest = page.locator(".ctr-calls strong").first
    assert largest.inner_text() == FIRST.get(audience, HOTLINE)[1]
    assert largest.evaluate(points) >= 50
    for number in page.locator(".ctr-now strong, .ctr-text strong, .ctr-calls strong").all():
        assert number.evaluate(points) >= 24
        assert number.bounding_box()["height"] < 80  # pixels: one line
    body = page.locator(".ctr-poster :is(p, li, h1, h2)").all()
    assert min(one.evaluate(points) for one in body) >= 9.99


@READERS
def test_axe_finds_nothing_on_the_page_that_is_printed(
    audience: str, language: str, visit: Callable[..., Page], axe: Callable[..., list[str]]
):
    page = visit(ctr.card(audience, language).poster())
    assert axe(page) == []
    page.emulate_media(color_scheme="dark", forced_colors="active")
    assert axe(page, rule="color-contrast") == []
    assert FIRST.get(audience, HOTLINE)[0] in scanned(page)


@READERS
def test_it_can_be_looked_at_on_a_small_phone(
    audience: str, language: str, visit: Callable[..., Page]
):
    page = visit(ctr.card(audience, language).poster(), viewport={"width": 320, "height": 568})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("language", cards.languages())
def test_it_is_whole_without_scripts_and_without_the_code(
    language: str, visit: Callable[..., Page]
):
    page = visit(ctr.card("victim", language).poster(qr=False), java_script_enabled=False)
    assert page.locator("svg, script").count() == 0
    assert "1-888-373-7888" in page.locator(".ctr-calls").inner_text()
    assert NOTICE[language] in page.locator(".ctr-foot").inner_text()


@pytest.mark.parametrize("language", cards.languages())
def test_no_form_hangs_on_a_wall(language: str, visit: Callable[..., Page]):
    page = visit(ctr.card("public", language).poster())
    assert page.locator(".ctr-web-form").count() == 0
    assert page.locator(".ctr-chat").count() == 1

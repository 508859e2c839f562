"""The form as a page, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ct_trafficking_resources.checks import schemas, strict_json
from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.phone import read_number
from ct_trafficking_resources.updates.reading import read
from ct_trafficking_resources.updates.template import blank_update, template
from ct_trafficking_resources.web import read_address
from ct_trafficking_resources.words import read_hours

CASES = Path(__file__).parents[2] / "cases" / "updates"


@pytest.fixture
def asked():
    """Whatever the page asks the network for."""
    return []


@pytest.fixture
def form(chromium, tmp_path, asked):
    """Return a function that opens the form of an organization."""
    context = chromium.new_context(accept_downloads=True, reduced_motion="reduce")
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)

    def open_form(organization):
        file = tmp_path / "form.html"
        file.write_bytes(template(organization, "html"))
        page.goto(file.as_uri())
        return page

    yield open_form
    assert errors == []
    context.close()


def fill_head(page):
    page.fill("#you-role", "Records clerk")
    page.fill("#you-submitted_on", "2026-11-23")


def saved(page, tmp_path):
    with page.expect_download() as download:
        page.click("#save")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    return file


def problems(page):
    page.click("#save")
    return page.locator("#summary li").all_inner_texts()


def checked(file):
    """Return the document of a saved file, which must pass the schema as it is."""
    text = strict_json.read(file.read_bytes(), file.name)
    assert text.findings == ()
    assert schemas.check("update", text) == ()
    submission = read(file)
    assert submission.findings == ()
    assert submission.stored_forms == ()
    return submission.document


@pytest.mark.parametrize("organization", ["pd-bridgeport", "ct-dcf", "compass-connections"])
def test_an_untouched_form_saves_what_is_shown_today(form, tmp_path, organization):
    page = form(organization)
    fill_head(page)
    file = saved(page, tmp_path)
    assert file.name == f"{organization}-update-2026-11-23.json"
    head = {"role": "Records clerk", "submitted_on": "2026-11-23"}
    assert checked(file) == {**blank_update(organization), **head}


def test_the_page_asks_the_network_for_nothing(form, tmp_path, asked):
    page = form("pd-bridgeport")
    fill_head(page)
    saved(page, tmp_path)
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


def test_role_and_date_are_asked_for(form):
    page = form("pd-bridgeport")
    assert problems(page) == ["Role: Role is missing.", "Submitted on: Submitted on is missing."]
    assert page.evaluate("document.activeElement.id") == "summary"
    assert page.inner_text("#status") == "Nothing was saved."
    page.click("#summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "you-role"
    assert page.get_attribute("#you-role", "aria-invalid") == "true"


def test_a_number_is_stored_in_our_form(form, tmp_path):
    page = form("pd-bridgeport")
    fill_head(page)
    page.fill("#r0-c1-value", "(203) 555-2368 ext 4")
    document = checked(saved(page, tmp_path))
    contact = document["records"][0]["contacts"][1]
    assert (contact["value"], contact["display"], contact["extension"]) == (
        "+12035552368",
        "203-555-2368",
        "4",
    )
    assert (
        page.inner_text("#r0-c1-value-stored") == "Stored as +12035552368, shown as 203-555-2368."
    )


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("555-2368", "Write it with the area code"),
        ("203-555-0142", "reach nobody"),
        ("900-555-2368", "costs the caller"),
        ("*67 203-555-2368", "Write the number alone"),
        ("٢٠٣٥٥٥٢٣٦٨", "digits 0 to 9"),
        ("", "is missing"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(form, typed, message):
    page = form("pd-bridgeport")
    fill_head(page)
    page.fill("#r0-c1-value", typed)
    assert message in problems(page)[0]
    assert message in page.inner_text("#r0-c1-value-error")


def test_one_wrong_digit_is_pointed_at(form):
    page = form("ct-dcf")
    fill_head(page)
    page.fill("#r1-c0-value", "1-800-842-2289")
    page.click("#save")
    assert "differs by one digit from what we show today, 1-800-842-2288" in page.inner_text(
        "#r1-c0-value-warning"
    )


def test_a_number_that_no_cited_page_prints_is_pointed_at(form):
    page = form("pd-bridgeport")
    fill_head(page)
    page.fill("#r0-c1-value", "203-576-TALK")
    page.click("text=Add a source")
    source = page.locator("[data-part=source]")
    source.locator("[data-key=url]").fill("https://www.bridgeportct.gov/contact")
    for says, told in (
        ("Call 203-576-8522", "No source below has this number under What it says."),
        ("Call (203) 576-8255", ""),
        ("Call 203-576-Talk", ""),
    ):
        source.locator("[data-key=says]").fill(says)
        page.click("#save")
        assert page.inner_text("#r0-c1-value-warning") == told


def test_a_host_that_is_not_theirs_is_refused(form):
    page = form("pd-bridgeport")
    fill_head(page)
    page.fill("#r0-c3-value", "https://www.bridgeportct.gov@evil.example/")
    assert "without a user or a port" in problems(page)[0]
    page.fill("#r0-c3-value", "https://evil.example/")
    assert "not among the web hosts" in problems(page)[0]


def test_contacts_addresses_and_sources_come_and_go(form, tmp_path):
    page = form("pd-bridgeport")
    fill_head(page)
    page.click("[data-part=contact][data-index='0'] [data-remove]")
    page.click("text=Add a way to reach")
    box = page.locator("[data-part=contact]").last
    box.locator("[data-key=mode]").select_option("voice")
    box.locator("[data-key=value]").fill("203-576-TALK")
    box.locator("[data-key=hours]").fill("Mon-Fri 8:30 am - 4:30 pm; Sat 09:00-12:00")
    box.locator("[data-key=languages]").fill("en, es")
    box.locator("summary").click()
    box.get_by_label("victim-services").check()
    page.click("text=Add an address")
    page.locator("[data-part=address]").last.locator("[data-key=text]").fill("45 Lyon Terrace")
    page.click("text=Add a source")
    source = page.locator("[data-part=source]")
    source.locator("[data-key=url]").fill("https://www.bridgeportct.gov/contact")
    source.locator("[data-key=title]").fill("Contact us")
    source.locator("[data-key=kind]").select_option("operator")
    source.locator("[data-key=read]").fill("2026-11-20")
    document = checked(saved(page, tmp_path))
    record = document["records"][0]
    before = blank_update("pd-bridgeport")["records"][0]
    assert record["contacts"][:-1] == before["contacts"][1:]
    assert record["contacts"][-1] == {
        "id": "voice",
        "mode": "voice",
        "kind": "e164",
        "value": "+12035768255",
        "display": "203-576-8255",
        "vanity": "203-576-TALK",
        "purposes": ["victim-services"],
        "hours": read_hours("Mon-Fri 08:30-16:30; Sat 09:00-12:00"),
        "languages": ["en", "es"],
    }
    assert record["addresses"] == [*before["addresses"], {"text": "45 Lyon Terrace"}]
    assert document["sources"][0]["url"] == "https://www.bridgeportct.gov/contact"


def test_markup_and_invisible_characters_are_refused(form):
    page = form("pd-bridgeport")
    fill_head(page)
    page.fill("#r0-c0-label", "<b>Dispatch</b>")
    page.fill("#r0-c1-label", "Front\u202e desk")
    assert len(problems(page)) == 2


def test_text_of_a_record_cannot_end_the_script():
    from ct_trafficking_resources.updates.template import page as draw

    update = blank_update("pd-bridgeport")
    update["records"][0]["note"] = "</script><script>alert(1)</script><!--"
    drawn = draw(update).decode()
    assert drawn.count("</script>") == 2
    assert "alert(1)</script>" not in drawn


@pytest.mark.parametrize("state", ["fresh", "with problems", "with additions"])
def test_the_page_is_accessible(form, state):
    from axe_playwright_python.sync_playwright import Axe

    page = form("ct-dcf")
    if state == "with problems":
        page.fill("#r0-c0-value", "1")
        page.click("#save")
    if state == "with additions":
        for button in page.locator("[data-add]").all():
            button.click()
        for details in page.locator("details > summary").all():
            details.click()
    results = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [
        (one["id"], one["nodes"][0]["html"][:120]) for one in results.response["violations"]
    ] == []


def test_it_works_with_the_keyboard_alone(form, tmp_path):
    page = form("pd-bridgeport")
    page.focus("#you-role")
    page.keyboard.type("Records clerk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "you-submitted_on"
    page.keyboard.type("11232026")
    page.focus("#save")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "saved.json")
    assert checked(tmp_path / "saved.json")["submitted_on"] == "2026-11-23"


def test_it_fits_a_narrow_screen(form):
    page = form("pd-bridgeport")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_script_it_says_what_to_do(chromium, tmp_path):
    file = tmp_path / "form.html"
    file.write_bytes(template("pd-bridgeport", "html"))
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert "as a spreadsheet" in page.inner_text("noscript")
    context.close()


# --- the script and the library read alike ---------------------------------------


def typed_cases(name):
    return json.loads((CASES / "typed" / f"{name}.json").read_text(encoding="utf-8"))


def in_browser(page, call, *arguments):
    return page.evaluate(
        "([call, given]) => { try { return updateForm[call](...given) } catch { return null } }",
        [call, list(arguments)],
    )


def test_numbers_are_read_as_the_library_reads_them(form):
    page = form("pd-bridgeport")
    for case in typed_cases("numbers"):
        try:
            number = read_number(case["typed"])._asdict()
        except NotReadable:
            number = None
        assert in_browser(page, "readNumber", case["typed"]) == number, case["typed"]


def test_addresses_are_read_as_the_library_reads_them(form):
    page = form("pd-bridgeport")
    for case in typed_cases("addresses"):
        kind, value = read_address(case["mode"], case["typed"])
        fits = re.match(
            schemas.schema_registry().contents("urn:ct-trafficking-resources:schemas:common")[
                "$defs"
            ][kind]["pattern"],
            value,
        )
        read_there = in_browser(page, "readAddress", case["mode"], case["typed"])
        assert (read_there and (read_there["kind"], read_there["value"])) == (
            (kind, value) if fits else None
        ), case["typed"]


def test_hours_are_read_as_the_library_reads_them(form):
    page = form("pd-bridgeport")
    for case in typed_cases("hours"):
        assert in_browser(page, "readHours", case["typed"]) == case["hours"], case["typed"]

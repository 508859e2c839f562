"""What the package offers to the tests of apps."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing

pytest_plugins = ["pytester"]


def test_the_fictional_edition_can_be_loaded_as_a_file(tmp_path):
    document = testing.fictional_document()
    path = tmp_path / "edition.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    from hashlib import sha256

    directory = ctr.load(path, sha256=sha256(path.read_bytes()).hexdigest())
    assert directory.edition == "2001.2.0"
    assert ctr.card(directory=directory).entries == (
        ctr.card(directory=testing.fictional_directory()).entries
    )


def test_nobody_can_take_the_fictional_edition_for_a_real_one():
    document = testing.fictional_document()
    for record in (*document["channels"], *document["organizations"], *document["task_forces"]):
        assert record["name"].startswith("Fictional ")
        for contact in record.get("contacts", ()):
            value = contact["value"]
            assert value in {"911", "711", "555555", "555556"} or any(
                part in value for part in ("+1860555", "storrow-hollow.example")
            )


def test_a_change_of_one_document_is_not_seen_in_another():
    document = testing.fictional_document()
    testing.channel_of(document, "911-connecticut")["name"] = "changed"
    assert testing.fictional_directory().channel("911-connecticut").name != "changed"
    assert testing.fictional_directory(document).channel("911-connecticut").name == "changed"
    assert testing.fictional_directory(document).digest != testing.fictional_directory().digest


@pytest.mark.parametrize(
    "act",
    [
        lambda _: socket.socket().connect(("127.0.0.1", 9)),
        lambda tmp: (tmp / "file").write_text("x"),
        lambda tmp: os.open(tmp / "file", os.O_CREAT | os.O_WRONLY),
        lambda tmp: (tmp / "folder").mkdir(),
        lambda _: subprocess.run([sys.executable, "-V"], check=True),
        lambda _: os.environ["HOME"],
        lambda _: os.environ.get("HOME"),
        lambda _: os.getenv("HOME"),
        lambda _: "HOME" in os.environ,
    ],
)
def test_what_reaches_outside_fails(act, tmp_path):
    environment = os.environ
    with pytest.raises(testing.SideEffect), testing.no_side_effects():
        act(tmp_path)
    assert os.environ is environment
    assert list(tmp_path.iterdir()) == []


def test_what_is_swallowed_fails_at_the_end(tmp_path):
    def careless():
        with suppress(Exception):
            (tmp_path / "file").write_text("x")

    with pytest.raises(testing.SideEffect, match="open"), testing.no_side_effects():
        careless()


def test_reading_and_computing_do_not_fail():
    with testing.no_side_effects():
        assert Path(__file__).read_text(encoding="utf-8")
        os.close(os.open(__file__, os.O_RDONLY))


@pytest.mark.parametrize(
    ("event", "arguments", "heard"),
    [
        ("open", ("x", "r", os.O_RDONLY), False),
        ("open", ("x", None, os.O_RDONLY), False),
        ("open", ("x", None, None), False),
        ("open", ("__pycache__/x.pyc", "w", os.O_WRONLY), False),
        ("open", ("x", "r+", os.O_RDONLY), True),
        ("open", ("x", "a", None), True),
        ("open", ("x", None, os.O_RDWR), True),
        ("import", ("x",), False),
        ("os.mkdir", ("__pycache__", 511), False),
        ("os.mkdir", ("x", 511), True),
        ("socket.connect", (None, ("127.0.0.1", 9)), True),
    ],
)
def test_what_is_heard(event, arguments, heard):
    # The interpreter calls the hook untraced, so it is called here once more.
    expected = pytest.raises(testing.SideEffect, match=event) if heard else nullcontext()
    with expected, testing.no_side_effects():
        testing._hear(event, arguments)
    testing._hear(event, arguments)


def test_outside_of_it_nothing_is_watched(tmp_path):
    (tmp_path / "file").write_text("x")
    assert os.environ.get("PATH")


def test_rendering_has_no_side_effects(forms, audience, language):
    directory = testing.fictional_directory()
    with testing.no_side_effects():
        forms(ctr.card(audience, language, directory))
        forms(ctr.card(audience, language))


def test_rendering_has_none_in_a_fresh_process():
    code = """
from ct_trafficking_resources import testing
with testing.no_side_effects():
    import ct_trafficking_resources as ctr
    card = ctr.card("victim", "es")
    card.text(), card.markdown(), card.html(page=True), card.sms(), card.prompt()
    card.poster(qr=False), card.to_dict()
"""
    subprocess.run([sys.executable, "-I", "-B", "-c", code], check=True)


def test_the_fixtures_work_in_the_tests_of_an_app(pytester):
    pytester.makeconftest('pytest_plugins = ["ct_trafficking_resources.pytest_plugin"]')
    pytester.makepyfile(
        test_app="""
        import os
        import ct_trafficking_resources as ctr

        def test_card(fictional_directory, no_side_effects):
            assert "860-555-2001" in ctr.card(directory=fictional_directory).text()

        def test_careless(no_side_effects):
            os.environ["HOME"]
        """
    )
    # The careless test fails where it reads, and again at its end.
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1, errors=1)

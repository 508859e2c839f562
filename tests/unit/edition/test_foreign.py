"""An edition file from outside: checked first, then used."""

from __future__ import annotations

import json
import os
import tracemalloc
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.checks import strict_json
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.errors import NewerSchema

from .conftest import DATA, contact_of, small_document

HOTLINE = "national-human-trafficking-hotline"
ZEROS = "0" * 64


def test_a_copy_of_the_edition_is_the_edition(write_edition):
    content = (DATA / "editions" / "2026.11.0.json").read_bytes()
    path, digest = write_edition(content)
    for given_path in (path, str(path)):
        directory = ctr.load(given_path, sha256=digest)
        assert directory == ctr.load()
        assert directory.pin == ctr.load().pin


def test_a_file_needs_its_digest(write_edition):
    path, _ = write_edition(small_document())
    with pytest.raises(ctr.RefusedData, match="needs its digest"):
        ctr.load(path)


def test_a_file_with_another_digest_is_refused_before_it_is_read_as_json(write_edition):
    path, digest = write_edition(b"not JSON at all")
    with pytest.raises(ctr.DigestMismatch) as caught:
        ctr.load(path, sha256=ZEROS)
    assert caught.value.actual == digest


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path, why in (
        (tmp_path, "This is a folder, not a file"),
        (tmp_path / "none.json", "cannot be read: No such file"),
        ("", "cannot be read: No such file"),
        ("\0", "cannot be read: .*embedded null"),
        ("/dev/zero", "This is a device, not a file"),
    ):
        with pytest.raises(ctr.RefusedData, match=why):
            ctr.load(path, sha256=ZEROS)


def test_a_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ctr.RefusedData, match="This is a pipe"):
        ctr.load(pipe, sha256=ZEROS)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "own.json"
    path.write_bytes(b"{}")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    for opener in ("os.open", "os.fdopen"):
        with monkeypatch.context() as patch:
            patch.setattr(opener, refuse)
            with pytest.raises(ctr.RefusedData, match="cannot be read: Permission denied"):
                ctr.load(path, sha256=ZEROS)


def test_of_a_hundred_megabytes_only_the_limit_is_read(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    with pytest.raises(ctr.RefusedData, match="more than 4,000,000 bytes"):
        ctr.load(path, sha256=ZEROS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_file_of_exactly_the_limit_is_read(tmp_path):
    content = b" " * strict_json.Limits().size
    path = tmp_path / "large.json"
    path.write_bytes(content)
    with pytest.raises(ctr.RefusedData) as caught:
        ctr.load(path, sha256=sha256(content).hexdigest())
    assert "bytes" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"[" * 100 + b"]" * 100, "CTR003"),
        (b'{"edition": "a", "edition": "b"}', "CTR005"),
        (b"\xff", "CTR002"),
        (b"[]", "CTR100"),
        (b"{}", "CTR100"),
        (b'"x"', "CTR100"),
    ],
)
def test_what_is_no_edition_is_refused_with_its_findings(write_edition, content, rule):
    path, digest = write_edition(content)
    with pytest.raises(ctr.RefusedData) as caught:
        ctr.load(path, sha256=digest)
    assert {one.rule for one in caught.value.findings} == {rule}
    assert caught.value.findings[0].place.file == str(path)


def refusal(own_edition, change):
    with pytest.raises(ctr.RefusedData) as caught:
        own_edition(change)
    return caught.value.findings


def test_an_edition_that_breaks_a_rule_is_refused_with_the_place(own_edition):
    def change(document):
        contact_of(document, HOTLINE, "voice")["display"] = "1-800-373-7888"

    (finding,) = refusal(own_edition, change)
    assert finding.rule == "CTR211"
    assert finding.place.pointer == "/channels/1/contacts/0/display"
    assert (finding.place.line, finding.place.column > 1) == (1, True)


def test_an_edition_without_the_hotline_is_refused(own_edition):
    def change(document):
        document["channels"] = [one for one in document["channels"] if one["id"] != HOTLINE]

    assert "CTR231" in {one.rule for one in refusal(own_edition, change)}


def test_an_id_given_twice_is_refused(own_edition):
    def change(document):
        document["channels"].append(document["channels"][0])

    (finding,) = refusal(own_edition, change)
    assert (finding.rule, finding.place.pointer) == ("CTR203", "/channels/2/id")


def test_an_id_given_in_two_sections_is_refused(own_edition):
    def change(document):
        document["organizations"][0]["id"] = HOTLINE

    assert [one.rule for one in refusal(own_edition, change)] == ["CTR203"]


@pytest.mark.parametrize("day", ["2026-02-30", "2023-02-29", "2026-11-31"])
def test_a_day_that_no_calendar_has_is_refused(own_edition, day):
    (finding,) = refusal(own_edition, lambda document: document.update(released=day))
    assert finding.rule == "CTR107"
    assert finding.place.pointer == "/released"
    assert day in finding.message


def test_a_partial_date_that_is_no_day_is_refused(own_edition):
    def change(document):
        contact_of(document, HOTLINE, "voice")["evidence"]["sources"][0]["date"] = "2026-02-30"

    assert [one.rule for one in refusal(own_edition, change)] == ["CTR107"]


def test_a_later_major_schema_is_refused_with_both_versions(own_edition):
    with pytest.raises(NewerSchema) as caught:
        own_edition(lambda document: document.update(schema_version="2.0", new_section=[]))
    assert (caught.value.version, caught.value.known) == ("2.0", "1.0")


@pytest.mark.parametrize("version", ["1", "1.0.0", "0.9", "x", 2, None])
def test_a_schema_version_that_is_none_is_refused(own_edition, version):
    refusal(own_edition, lambda document: document.update(schema_version=version))


def test_words_and_keys_of_a_later_minor_schema_degrade(own_edition):
    def change(document):
        document["edition"] = "2026.10.0"  # it is not held to what the newest says
        document["schema_version"] = "1.1"
        document["new_key"] = "something"
        contact = contact_of(document, HOTLINE, "web")
        contact["mode"] = "signal"
        contact["new_key"] = 1
        document["channels"][1]["audiences"][-1] = "journalist"
        document["channels"][1]["answered_by"] = "robot"
        contact["evidence"]["level"] = "notarized"
        contact["evidence"]["sources"][0]["kind"] = "television"

    directory = own_edition(change)
    contact = directory.hotline.contact("web")
    assert (contact.mode, contact.evidence.level) == ("signal", "notarized")
    assert directory.hotline.answered_by == "robot"
    assert "journalist" in directory.hotline.audiences
    assert directory.find(audience="victim", mode="voice")


def test_a_value_of_a_kind_that_is_not_known_has_no_link(own_edition):
    def change(document):
        document["edition"] = "2026.10.0"  # it is not held to what the newest says
        document["schema_version"] = "1.1"
        form = contact_of(document, HOTLINE, "web")
        form |= {"kind": "handle", "value": "javascript:x", "display": "javascript:x"}

    directory = own_edition(change)
    contact = directory.hotline.contact("web")
    assert (contact.kind, contact.uri) == ("handle", "")
    lock = ctr.make_lock([HOTLINE], directory)
    assert "web" not in dict(lock.uses[0].values)
    read = ctr.read_lock(json.dumps(lock.to_dict()).encode())
    assert read == lock
    findings = ctr.check_lock(read, directory.released, locked=directory, newest=directory)
    assert "error" not in {one.severity for one in findings}


def test_the_same_words_in_a_schema_of_ours_are_refused(own_edition):
    findings = refusal(
        own_edition, lambda document: document["channels"][1].update(answered_by="robot")
    )
    assert findings[0].rule == "CTR100"


@pytest.mark.parametrize(
    "url",
    [
        "https://[",
        "https://[::1]/",
        "https://",
        "https:///page",
        "https://user@example.org/",
        "https://example.org:/",
        "https://example.org:123456/",
        "https://example_org/",
        "https://-example.org/",
        "https://localhost",
        "https://192.0.2.1/",
        "https://example.org\\page",
        "https://example.org/a page",
        "https://example.org/\n",
        "ftp://example.org/",
        "github-index:",
        "github-index:1x",
    ],
)
def test_the_address_of_a_source_is_a_web_address(own_edition, url):
    def change(document):
        contact_of(document, HOTLINE, "web")["evidence"]["sources"][0]["url"] = url

    [finding] = refusal(own_edition, change)
    assert (finding.rule, finding.place.pointer.rpartition("/")[2]) == ("CTR100", "url")


def test_what_no_minor_schema_may_change_is_refused(own_edition):
    def change(document):
        document["schema_version"] = "1.9"
        contact_of(document, HOTLINE, "voice")["value"] = "18883737888"

    refusal(own_edition, change)


def test_a_reconstructed_file_from_outside_warns(own_edition):
    with pytest.warns(ctr.WithdrawnEditionWarning, match=r"Use 2026\.11\.0 instead") as caught:
        own_edition(lambda document: document.update(edition="2019.1.0", status="reconstructed"))
    assert "history" in str(caught[0].message)


def test_a_file_of_a_withdrawn_edition_warns(change_index, own_edition):
    change_index(lambda index: index["editions"][0].update(number="2024.1.0"))
    with pytest.warns(ctr.WithdrawnEditionWarning, match="launch of the task force"):
        own_edition(lambda document: document.update(edition="2024.1.0"))


WORDS = [
    ("channels", 1, "answered_by"),
    ("channels", 1, "contacts", 0, "mode"),
    ("channels", 1, "contacts", 0, "kind"),
    ("channels", 1, "contacts", 0, "evidence", "level"),
    ("channels", 1, "contacts", 0, "evidence", "confidence"),
    ("channels", 1, "contacts", 0, "evidence", "sources", 0, "kind"),
    ("channels", 1, "coverage", "area"),
    ("channels", 1, "audiences", 0),
    ("channels", 1, "purposes", 0),
    ("organizations", 0, "type"),
]
REFUSING = {"CTR202", "CTR205", "CTR223", "CTR231", "CTR344"}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(WORDS), st.from_regex(r"[a-z][a-z-]{2,12}", fullmatch=True))
def test_an_unknown_word_anywhere_never_crashes(write_edition, path, word):
    document = small_document()
    document["schema_version"] = "1.99"
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = word
    file, digest = write_edition(document)
    try:
        directory = ctr.load(file, sha256=digest)
    except ctr.RefusedData as refused:
        assert {one.rule for one in refused.findings} <= REFUSING  # noqa: PT017 - which rules may refuse it
    else:
        tuple(directory)
        directory.find(audience="victim", language="es")
        ctr.check_freshness(directory.released, directory)
        ctr.compare(ctr.load(), directory).text()


CONTENT = storage.write(small_document())
SUMMARY = CONTENT.index(b'"summary":"') + len(b'"summary":"')


def dialed(directory):
    return {
        (record.id, one.id, one.value, one.display)
        for record in directory
        for one in getattr(record, "contacts", ())
    }


def loaded(write_edition, content):
    """Load a file; give None if it is refused or warned of."""
    file, digest = write_edition(content)
    try:
        return ctr.load(file, sha256=digest)
    except (ctr.RefusedData, NewerSchema, ctr.WithdrawnEditionWarning):
        return None


def test_a_file_in_which_words_differ_is_accepted_and_a_digit_is_not(write_edition):
    before = loaded(write_edition, CONTENT)
    words = loaded(write_edition, CONTENT[:SUMMARY] + b"Of old: " + CONTENT[SUMMARY:])
    assert [one.id for one in words] == [one.id for one in before]
    assert sum(one not in tuple(before) for one in words) == 1
    assert dialed(words) == dialed(before)
    assert loaded(write_edition, CONTENT.replace(b'"+18883737888"', b'"+18883737889"')) is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, len(CONTENT)), st.integers(0, 40), st.binary(max_size=8))
@example(SUMMARY, 0, b"A")
@example(SUMMARY, 1, b"")
@example(0, 0, b"")
def test_a_cut_or_changed_file_is_refused_or_the_same_with_every_rule_kept(
    write_edition, start, length, new
):
    directory = loaded(write_edition, CONTENT[:start] + new + CONTENT[start + length :])
    assert directory is not None or length or new
    if directory is not None:
        assert dialed(directory) == dialed(loaded(write_edition, CONTENT))

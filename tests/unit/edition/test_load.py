"""Loading, pins, and what must never get into the cache."""

from __future__ import annotations

import copy
import json
import pickle
import shutil
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from zlib import crc32

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition import loading, storage
from ct_trafficking_resources.errors import DamagedData, ExpiredOverride, ImpossibleDay, NewerSchema

from .conftest import change_json, forget

PIN = ctr.load().pin
ZEROS = "0" * 64


def count_reads(monkeypatch):
    read, names = storage.read, []

    def counting(*parts, folder=None):
        names.append("/".join(parts))
        return read(*parts, folder=folder)

    monkeypatch.setattr(storage, "read", counting)
    return names


def test_the_default_is_the_newest_edition_that_is_not_withdrawn():
    assert ctr.load().edition == "2026.11.0"


@pytest.mark.usefixtures("data")
def test_the_default_load_opens_the_index_and_one_edition(monkeypatch):
    names = count_reads(monkeypatch)
    assert ctr.load().hotline.voice.value == "+18883737888"
    assert names == ["index.json", "editions/2026.11.0.json"]


def test_ten_more_editions_do_not_make_the_default_load_open_more(data, change_index, monkeypatch):
    def more(index):
        for count in range(10):
            entry = {**index["editions"][0], "number": f"2020.1.{count}"}
            shutil.copy(data / "editions/2015.11.0.json", data / f"editions/2020.1.{count}.json")
            index["editions"].insert(0, entry)

    change_index(more)
    names = count_reads(monkeypatch)
    ctr.load()
    assert names == ["index.json", "editions/2026.11.0.json"]
    assert len(ctr.available_editions()) == 13


@pytest.mark.usefixtures("data")
def test_a_pinned_load_opens_the_same_two_files_and_hashes_once(monkeypatch):
    names = count_reads(monkeypatch)
    directory = ctr.load(PIN)
    assert ctr.load(PIN) is directory is ctr.load()
    assert names == ["index.json", "editions/2026.11.0.json"]


def test_a_pin_after_a_default_load_hashes_the_bytes_that_were_used(data):
    directory = ctr.load()
    (data / "editions/2026.11.0.json").write_bytes(b"something else")
    assert ctr.load(PIN) is directory


def test_a_pin_and_a_digest_beside_it_must_both_match():
    number, _, digest = PIN.partition("@sha256:")
    assert ctr.load(number, sha256=digest) is ctr.load(PIN, sha256=digest)
    assert ctr.load(sha256=digest) is ctr.load()
    with pytest.raises(ctr.DigestMismatch) as caught:
        ctr.load(PIN, sha256=ZEROS)
    assert (caught.value.expected, caught.value.actual) == (ZEROS, digest)


@pytest.mark.parametrize(
    "selector",
    [
        "2026.11.1",
        "2026.011.0",
        "2026.11.0@",
        "2026.11.0@sha512:" + ZEROS,
        "2026.11.0 ",
        "2026.11.0\n",
        "../index",
        "",
        5,
        b"2026.11.0",
        "٢٠٢٦.11.0",
    ],
)
def test_an_edition_that_is_not_there_is_refused_with_those_there_are(selector):
    with pytest.raises(ctr.UnknownEdition) as caught:
        ctr.load(selector)
    assert caught.value.known == ("2015.11.0", "2018.2.0", "2026.11.0")
    assert "2026.11.0" in str(caught.value)


def test_something_that_is_no_selector_with_a_digest_is_refused():
    with pytest.raises(ctr.UnknownEdition):
        ctr.load(5, sha256=ZEROS)


@pytest.mark.parametrize("pin", [f"2026.11.0@sha256:{ZEROS}", "2026.11.0@sha256:abc"])
@pytest.mark.usefixtures("data")
def test_a_wrong_digest_is_refused_and_nothing_is_kept(pin):
    with pytest.raises(ctr.DigestMismatch) as caught:
        ctr.load(pin)
    assert "before you know why" in str(caught.value)
    assert loading._held == {}
    assert ctr.load().pin == PIN


def damaged(data):
    path = data / "editions/2026.11.0.json"
    return path, path.read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-100],
        lambda content: content + b"\n",
        lambda content: content.replace(b"+18883737888", b"+18003737888"),
        lambda content: b"",
    ],
    ids=["truncated", "extended", "one digit", "empty"],
)
def test_damage_on_disk_never_becomes_another_number(data, damage):
    path, content = damaged(data)
    path.write_bytes(damage(content))
    with pytest.raises(DamagedData, match="not those that were shipped"):
        ctr.load()
    with pytest.raises(ctr.DigestMismatch):
        ctr.load(PIN)
    assert loading._held == {}
    path.write_bytes(content)
    assert ctr.load(PIN).hotline.voice.value == "+18883737888"


def test_a_missing_edition_file_is_told_as_damage(data):
    (data / "editions/2026.11.0.json").unlink()
    with pytest.raises(DamagedData, match="force-reinstall"):
        ctr.load()


def with_entry(index, **changes):
    index["editions"][-1] |= changes


def test_an_index_with_a_false_digest_is_found_out_by_the_pin(change_index):
    change_index(lambda index: with_entry(index, sha256=ZEROS))
    with pytest.raises(DamagedData, match="another SHA-256"):
        ctr.load(PIN)
    with pytest.raises(ctr.DigestMismatch):
        ctr.load(f"2026.11.0@sha256:{ZEROS}")


@pytest.mark.usefixtures("data")
def test_a_pin_needs_no_checksum_beside_its_digest(change_index):
    change_index(lambda index: with_entry(index, crc32="00000000"))
    with pytest.raises(DamagedData):
        ctr.load()
    assert ctr.load(PIN).pin == PIN


def test_an_index_that_names_the_bytes_of_another_edition_is_found_out(data, change_index):
    old = data / "editions/2015.11.0.json"
    shutil.copy(old, data / "editions/2026.11.0.json")
    content = old.read_bytes()
    change_index(lambda index: with_entry(index, crc32=f"{crc32(content):08x}"))
    with pytest.raises(DamagedData, match=r"holds edition '2015\.11\.0'"):
        ctr.load()


@pytest.mark.parametrize(
    "content",
    [b"[]", b"not JSON", b'{\n"edition":"2026.11.0"\n}\n', b"{\n:[\n", b'{\n"a":[\n{"kind":"x\n]}'],
)
def test_an_edition_that_is_none_is_told_as_damage(data, change_index, content):
    (data / "editions/2026.11.0.json").write_bytes(content)
    change_index(lambda index: with_entry(index, crc32=f"{crc32(content):08x}"))
    with pytest.raises(DamagedData, match="not an edition"):
        ctr.load()
    assert loading._held == {}


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"not JSON", b'{"schema_version":"x","editions":[],"revoked":[]}'],
)
def test_an_index_that_is_none_is_told_as_damage(data, content):
    (data / "index.json").write_bytes(content)
    with pytest.raises(DamagedData, match=r"index\.json"):
        ctr.load()


def test_a_missing_index_is_told_as_damage(data):
    (data / "index.json").unlink()
    with pytest.raises(DamagedData):
        ctr.available_editions()


def test_an_index_in_which_everything_is_withdrawn_has_no_default(change_index):
    change_index(lambda index: with_entry(index, withdrawn="All is wrong."))
    with pytest.raises(DamagedData, match="every edition is withdrawn"):
        ctr.load()


def test_an_index_of_a_later_schema_is_refused_with_both_versions(change_index):
    change_index(lambda index: index.update(schema_version="2.0"))
    with pytest.raises(NewerSchema) as caught:
        ctr.load()
    assert (caught.value.version, caught.value.known) == ("2.0", "1.0")
    assert "pip install -U" in str(caught.value)


def test_an_index_of_a_later_minor_schema_is_read(change_index):
    change_index(lambda index: index.update(schema_version="1.7", new_key=True))
    assert ctr.load().edition == "2026.11.0"


@pytest.mark.usefixtures("data")
def test_threads_get_one_object():
    for _ in range(5):
        forget()
        selectors = [None, PIN, "2026.11.0"] * 8
        with ThreadPoolExecutor(12) as pool:
            directories = set(map(id, pool.map(ctr.load, selectors)))
        assert len(directories) == 1


@pytest.mark.usefixtures("data")
def test_threads_that_verify_the_same_edition_agree():
    ctr.load()
    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(lambda _: ctr.load(PIN).pin, range(24))) == {PIN}


def test_a_thread_that_lost_the_race_still_has_its_digest_checked(data, monkeypatch):
    first = loading._Held(loading._entries()["2026.11.0"], damaged(data)[1], ())

    class Raced(dict):
        def setdefault(self, key, value):
            return super().setdefault(key, first)

    monkeypatch.setattr(loading, "_held", Raced())
    assert ctr.load(PIN) is first.directory


def test_a_withdrawn_edition_warns_with_reason_and_replacement():
    with pytest.warns(ctr.WithdrawnEditionWarning) as caught:
        ctr.load("2015.11.0")
    told = caught[0].message
    assert (told.edition, told.replaced_by) == ("2015.11.0", "2026.11.0")
    assert "History" in told.reason
    assert str(told).endswith("Use 2026.11.0 instead.")
    assert caught[0].filename == __file__


def test_a_withdrawal_without_replacement_is_told_without_one():
    told = ctr.WithdrawnEditionWarning("2026.11.0", "It is wrong.", None)
    assert str(told) == "Edition 2026.11.0 was withdrawn: It is wrong."


def test_a_withdrawn_edition_warns_each_time_and_is_one_object():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert ctr.load("2018.2.0") is ctr.load("2018.2.0")
    assert len(caught) == 2


def test_an_edition_that_is_not_withdrawn_does_not_import_warnings_for_it():
    code = (
        "import sys; import ct_trafficking_resources as c; before = set(sys.modules);"
        "c.load(); print('zoneinfo' in sys.modules, 'hashlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_index_is_what_available_editions_tells():
    known = ctr.available_editions()
    assert [one.number for one in known] == ["2015.11.0", "2018.2.0", "2026.11.0"]
    assert [one.status for one in known] == ["reconstructed", "reconstructed", "preview"]
    for one in known:
        content = storage.read("editions", f"{one.number}.json")
        assert one.sha256 == sha256(content).hexdigest()
        assert one.pin == f"{one.number}@sha256:{one.sha256}"
    assert known[-1].withdrawn is None
    assert {one.replaced_by for one in known[:-1]} == {"2026.11.0"}


@pytest.mark.filterwarnings("ignore::ct_trafficking_resources.errors.WithdrawnEditionWarning")
@pytest.mark.parametrize("number", ["2015.11.0", "2018.2.0", "2026.11.0"])
def test_every_edition_pickles_and_copies_to_an_equal_one(number):
    directory = ctr.load(number)
    assert pickle.loads(pickle.dumps(directory)) == directory == copy.deepcopy(directory)
    assert hash(pickle.loads(pickle.dumps(directory))) == hash(directory)


def test_errors_and_warnings_pickle():
    for error in (
        NewerSchema("a", "2.0", "1.0"),
        ctr.WithdrawnEditionWarning("a", "b", None),
        ImpossibleDay(ctr.load().released, "a", ctr.load().released),
        ExpiredOverride("a", *[ctr.load().released] * 3),
    ):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_the_layout_of_the_shipped_files_is_json(data):
    shipped = (path for path in data.rglob("*.json") if "schemas" not in path.parts)
    for path in shipped:
        before = path.read_bytes()
        assert change_json(path, lambda _: None).read_bytes() == before
        json.loads(before)

"""Many records, one a line: the same findings however they are spread, in constant memory."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from copy import deepcopy
from datetime import date

import pytest

from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.updates import bulk
from ct_trafficking_resources.updates.bulk import check_line, check_lines

ON = date(2026, 11, 24)


def line(document, **options) -> bytes:
    return json.dumps(document, **options).encode() + b"\n"


def found(findings):
    return [(one.rule, one.place.pointer) for one in findings]


@pytest.fixture
def police(example):
    return example["records"]["example-police"]


def test_every_present_record_is_right(sample):
    for record in sample:
        findings = check_line(line(encode(record)), on=ON)
        assert [one for one in findings if one.severity == "error"] == []


@pytest.mark.parametrize("options", [{}, {"separators": (",", ":")}, {"ensure_ascii": False}])
def test_a_line_is_the_same_however_it_is_written(police, options):
    assert check_line(line(police, **options), on=ON) == ()
    assert check_line(line(police).replace(b": ", b" :  "), on=ON) == ()
    assert check_line(line(police).rstrip(b"\n") + b"\r\n", on=ON) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"summary": "x" * 900}, [("CTR100", "/summary")]),
        ({"colour": "red"}, [("CTR100", "/colour")]),
        ({"name": "<b>x</b>"}, [("CTR314", "/name")]),
        ({"name": "=1+1"}, [("CTR315", "/name")]),
        ({"name": "Det. Jones"}, [("CTR317", "/name")]),
        ({"name": "Pol\u0456ce"}, [("CTR313", "/name")]),
        ({"name": "e\u0301"}, [("CTR218", "/name")]),
        ({"summary": "\u202ex", "colour": 1}, [("CTR311", "/summary"), ("CTR100", "/colour")]),
        ({"hosts": ["xn--a.example"]}, [("CTR325", "/hosts/0")]),
    ],
)
def test_a_line_that_is_wrong_gets_its_findings(police, change, expected):
    findings = check_line(line({**police, **change}), 7, "many.jsonl", on=ON)
    assert set(expected) <= set(found(findings))
    assert {rule for rule, _ in found(findings)} - {rule for rule, _ in expected} <= {"CTR217"}
    for one in findings:
        assert (one.place.file, one.place.line) == ("many.jsonl", 7)
        assert one.place.column >= 1


def test_rules_that_need_one_record_are_asked(police):
    wrong = deepcopy(police)
    wrong["contacts"][0]["display"] = "203-555-2031"
    assert found(check_line(line(wrong), on=ON)) == [("CTR211", "/contacts/0/display")]


def test_rules_that_compare_records_are_not(police):
    assert check_line(line({**police, "parent": "nobody-knows"}), on=ON) == ()


def test_a_day_that_there_is_not_is_found(police):
    wrong = deepcopy(police)
    wrong["contacts"][0]["evidence"]["sources"][0]["read"] = "2026-02-30"
    assert [one.rule for one in check_line(line(wrong), on=ON)] == ["CTR107"]


def test_the_schema_alone_can_be_asked(police):
    wrong = {**police, "name": "<b>", "colour": 1}
    assert found(check_line(line(wrong), schema_only=True)) == [
        ("CTR100", "/colour"),
        ("CTR100", "/name"),
    ]
    assert check_line(line({**police, "name": "Det. Jones"}), schema_only=True) == ()


def test_an_update_is_checked_too(form):
    update = form()
    assert check_line(line(update), on=ON) == ()
    update["role"] = "Detective Jones"
    assert found(check_line(line(update), on=ON)) == [("CTR317", "/role")]
    update["edition"] = 5
    assert "CTR100" in {one.rule for one in check_line(line(update), on=ON)}


@pytest.mark.parametrize(
    "document", [5, [], {}, {"kind": "tombstone"}, {"kind": 5}, {"schema": "urn:other"}]
)
def test_a_line_that_is_neither_record_nor_update_is_told_so(document):
    assert found(check_line(line(document))) == [("CTR371", "")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"{", "CTR004"),
        (b"\xff\xfe{\x00}\x00", "CTR002"),
        (b'\xef\xbb\xbf{"kind":"law"}', "CTR002"),
        (b'{"kind":"law","kind":"law"}', "CTR005"),
        (b'{"kind":"law","id":NaN}', "CTR006"),
        (b'{"kind":"law","id":1e400}', "CTR006"),
        (b'{"kind":"law","id":' + b"9" * 5000 + b"}", "CTR006"),
        (b'{"kind":"law","id":"\\ud800"}', "CTR007"),
        (b"[" * 100_000, "CTR003"),
        (b'{"a":' * 100_000, "CTR003"),
    ],
)
def test_a_hostile_line_is_a_finding(data, rule):
    assert rule in {one.rule for one in check_line(data)}


def test_an_empty_line_is_passed_over():
    assert check_line(b"\n") == check_line(b" \r\n") == check_line(b"") == ()


def test_a_key_that_stands_twice_is_found_in_a_record_that_fits(police):
    twice = line(police).replace(b'"id": "example-police"', b'"id": "x", "id": "example-police"', 1)
    assert [one.rule for one in check_line(twice, on=ON)] == ["CTR005"]


# --- streams --------------------------------------------------------------------------


def stream(*documents) -> io.BytesIO:
    return io.BytesIO(b"".join(map(line, documents)))


def test_lines_keep_their_order_and_numbers(police):
    wrong = {**police, "colour": "red"}
    many = io.BytesIO(line(police) + b"\n  \n" + line(wrong) + line(police))
    lines = list(check_lines(many, "many.jsonl", on=ON))
    assert [one.number for one in lines] == [1, 4, 5]
    assert [len(one.findings) for one in lines] == [0, 1, 0]
    assert lines[1].findings[0].place.line == 4
    assert lines[0].size == len(line(police))


def test_the_last_line_needs_no_line_break(police):
    (one,) = check_lines(io.BytesIO(line(police).rstrip()), on=ON)
    assert one.findings == ()


def test_an_empty_file_has_no_lines():
    assert list(check_lines(io.BytesIO(b""))) == []


def test_a_line_that_is_too_long_is_refused_without_being_read_whole(police, monkeypatch):
    monkeypatch.setattr(bulk, "_LINE", 10_000)
    reads = []

    class Watched(io.BytesIO):
        def readline(self, size=-1):
            piece = super().readline(size)
            reads.append(len(piece))
            return piece

    many = Watched(b'{"a":"' + b"x" * 1_000_000 + b'"}\n' + line(police))
    first, second = check_lines(many, on=ON)
    assert [(one.rule, one.place.line) for one in first.findings] == [("CTR001", 1)]
    assert "The line has more than 10,000 bytes" in first.findings[0].message
    assert (second.number, second.findings) == (2, ())
    assert max(reads) == 10_001


def test_of_long_lines_few_are_in_memory_at_once():
    seen = 0

    class Watched(io.BytesIO):
        def readline(self, size=-1):
            nonlocal seen
            seen += 1
            return super().readline(size)

    many = Watched((b'"' + b"x" * 400_000 + b'"\n') * 20)
    checked = check_lines(many)
    assert next(checked).findings
    assert seen == 3
    assert len(list(checked)) == 19


def test_many_processes_find_what_one_finds(police):
    documents = [{**police, "summary": "x" * (795 + number % 10)} for number in range(1200)]
    data = b"".join(map(line, documents))
    alone = list(check_lines(io.BytesIO(data), on=ON))
    assert list(check_lines(io.BytesIO(data), jobs=2, on=ON)) == alone
    assert len(alone) == 1200


def test_a_line_and_what_was_found_in_it_can_be_sent_elsewhere(police):
    checked = list(check_lines(stream({**police, "colour": "red"}), on=ON))
    assert pickle.loads(pickle.dumps(checked)) == checked
    assert pickle.loads(pickle.dumps(check_line)) is check_line


MEMORY = """
import io, resource, sys
from ct_trafficking_resources.updates.bulk import check_lines
record = sys.stdin.buffer.read()
class Endless(io.RawIOBase):
    left = int(sys.argv[1])
    def readable(self): return True
    def readline(self, size=-1):
        self.left -= 1
        return record if self.left >= 0 else b""
for one in check_lines(Endless()): pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_memory_does_not_grow_with_the_number_of_lines(police):
    def peak(count: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(count)],
            input=line(police),
            capture_output=True,
            check=True,
        )
        return int(done.stdout)

    few, many = peak(300), peak(3000)
    assert many - few < len(line(police)) * 2700 / 1024 / 2  # kB; half of what was read


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_a_terminal_shows_how_far_it_is(police, tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_bytes(line(police) * 600)
    terminal, end = os.openpty()
    command = [sys.executable, "-m", "ct_trafficking_resources", "validate", str(path)]
    printed = tmp_path / "printed"
    shown = b""
    with printed.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=end) as process:
        os.close(end)
        # While it runs: a terminal that nobody reads is full at some time, and all wait for ever.
        with suppress(OSError):  # so Linux says that the other end is closed
            while piece := os.read(terminal, 10_000):
                shown += piece
    os.close(terminal)
    assert process.returncode == 0
    assert b"Checking" in shown
    assert b"100%" in shown
    assert b"Checking" not in printed.read_bytes()

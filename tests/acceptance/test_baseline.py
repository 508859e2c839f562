"""What can be seen of the library is what was seen before, or was meant to change."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import baseline


# `.ci/run` checks the whole baseline in a step of its own.
@pytest.mark.slow
@pytest.mark.parametrize("group", baseline.groups())
def test_a_group_of_entries_is_what_is_expected(group):
    expected, _ = baseline.expected_digests()
    now = baseline.present([group])
    found = baseline.differences(expected, now, [group])
    assert now
    assert not found, f"\n{baseline.told(found)}\nmeant? then: baseline.py accept"


def test_the_changes_fit_the_baseline_and_have_reasons():
    expected, problems = baseline.expected_digests()
    assert problems == []
    assert {baseline.group_of(one) for one in expected} <= set(baseline.groups())


def test_the_baseline_is_sorted_and_short():
    text = baseline.BASELINE.read_text(encoding="utf-8")
    made = json.loads(text)
    assert list(made) == sorted(made)
    assert {len(digest) for digest in made.values()} == {16}


# --- the checker itself --------------------------------------------------------------


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A baseline of two entries, in files of its own, and what is seen now."""
    import observed

    seen = {"one/a": "alpha", "one/b/c": b"beta"}
    monkeypatch.setattr(baseline, "BASELINE", tmp_path / "baseline.json")
    monkeypatch.setattr(baseline, "CHANGES", tmp_path / "baseline-changes.json")
    monkeypatch.setattr(observed, "GROUPS", {"one": lambda: iter(seen.items())})
    assert baseline.main(["make"]) == 0
    return seen


def test_what_did_not_change_passes(small, capsys):
    assert baseline.main(["check"]) == 0
    assert capsys.readouterr().out.endswith("2 entries, 0 differ.\n")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda seen: seen.update({"one/a": "other"}), "1 changed:\n  one/a\n"),
        (lambda seen: seen.pop("one/b/c"), "1 missing:\n  one/b/c\n"),
        (lambda seen: seen.update({"one/d": ""}), "1 new:\n  one/d\n"),
    ],
)
def test_a_difference_fails_and_is_named(small, capsys, change, told):
    change(small)
    assert baseline.main(["check"]) == 1
    assert told in capsys.readouterr().out
    assert baseline.main(["accept", "one/*", "--why", "It is meant."]) == 0
    assert baseline.main(["check"]) == 0


def test_only_what_fits_the_pattern_is_accepted(small, capsys):
    small.update({"one/a": "other", "one/b/c": "other"})
    assert baseline.main(["accept", "one/b/*", "--why", "It is meant."]) == 0
    capsys.readouterr()
    assert baseline.main(["check"]) == 1
    assert "1 changed:\n  one/a\n" in capsys.readouterr().out


def test_an_entry_can_change_twice_and_back(small):
    before = baseline.BASELINE.read_bytes()
    for content in ("second", "third", "alpha"):
        small["one/a"] = content
        assert baseline.main(["accept", "one/a", "--why", f"Now it is {content}."]) == 0
        assert baseline.main(["check"]) == 0
    assert len(json.loads(baseline.CHANGES.read_text(encoding="utf-8"))) == 3
    assert baseline.BASELINE.read_bytes() == before


def test_a_change_says_old_new_and_why(small):
    old = baseline.digest_of("alpha")
    small["one/a"] = "other"
    baseline.main(["accept", "one/?", "--why", "It is meant."])
    (change,) = json.loads(baseline.CHANGES.read_text(encoding="utf-8"))
    entries = {"one/a": {"old": old, "new": baseline.digest_of("other")}}
    assert change == {"pattern": "one/?", "why": "It is meant.", "entries": entries}


@pytest.mark.parametrize("broken", [{"old": "0" * 16}, {"old": None}])
def test_an_old_digest_that_does_not_match_fails(small, capsys, broken):
    small["one/a"] = "other"
    baseline.main(["accept", "one/a", "--why", "It is meant."])
    changes = json.loads(baseline.CHANGES.read_text(encoding="utf-8"))
    changes[0]["entries"]["one/a"] |= broken
    baseline.CHANGES.write_text(json.dumps(changes), encoding="utf-8")
    capsys.readouterr()
    assert baseline.main(["check"]) == 1
    assert "change 1, one/a: it says the old digest is" in capsys.readouterr().out
    assert baseline.main(["accept", "one/*", "--why", "Later."]) == 2


def test_a_change_without_a_reason_is_not_accepted(small):
    small["one/a"] = "other"
    assert baseline.main(["accept", "one/a", "--why", " "]) == 2
    assert baseline.applied({}, [{"why": "", "entries": {}}]) == ({}, ["change 1 has no reason"])


def test_what_does_not_differ_is_not_accepted(small):
    assert baseline.main(["accept", "one/*", "--why", "It is meant."]) == 1
    assert not baseline.CHANGES.exists()


def test_a_baseline_is_made_once(small):
    before = baseline.BASELINE.read_bytes()
    small["one/a"] = "other"
    assert baseline.main(["make"]) == 2
    assert baseline.BASELINE.read_bytes() == before


def test_the_entries_of_a_group_that_is_gone_are_told(small, capsys, monkeypatch):
    import observed

    monkeypatch.setattr(observed, "GROUPS", {"two": lambda: iter(())})
    assert baseline.main(["check"]) == 1
    assert "there is no group one any more" in capsys.readouterr().out


def test_a_name_stands_for_one_entry_of_its_group(monkeypatch):
    import observed

    for entries in ([("one/a", ""), ("one/a", "")], [("two/a", "")]):
        monkeypatch.setattr(observed, "GROUPS", {"one": lambda it=entries: iter(it)})
        with pytest.raises(ValueError, match="is given twice, or is not of the group"):
            baseline.present(["one"])


def test_every_entry_is_written_as_a_file(small, tmp_path):
    assert baseline.main(["write", str(tmp_path / "texts")]) == 0
    assert (tmp_path / "texts/one/a.txt").read_bytes() == b"alpha"
    assert (tmp_path / "texts/one/b/c.txt").read_bytes() == b"beta"

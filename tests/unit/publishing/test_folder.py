"""Several files are replaced as one: all of them, or none, whatever happens."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from ct_trafficking_resources.publishing import folder as records_folder
from ct_trafficking_resources.publishing.folder import (
    ChangedMeanwhile,
    read,
    replace_file,
    replace_files,
)

OLD = {"records/a": "old a", "records/b/c": "old c", "other/d": "old d"}
NEW = {"records/a": "new a", "records/b/c": "new c", "other/d": "new d", "other/e/f": "new f"}


def lay(root: Path) -> None:
    for name, text in OLD.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def replace(root: Path) -> None:
    replace_files(
        read(root / "records"), {root / name: text.encode() for name, text in NEW.items()}
    )


def state(root: Path) -> dict[str, str]:
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }


def leave(root: Path, *names: str) -> None:
    """Leave what a run leaves that was killed when the journal was there."""
    listed = []
    for name in names:
        target = root / "records" / name
        new = NEW[target.resolve().relative_to(root.resolve()).as_posix()].encode()
        target.with_name(f".{target.name}.new").write_bytes(new)
        was = sha256(target.read_bytes()).hexdigest()
        listed.append([name, was, sha256(new).hexdigest()])
    (root / "records/.journal").write_text(json.dumps(listed), encoding="utf-8")


@pytest.fixture
def root(tmp_path):
    lay(tmp_path)
    return tmp_path


def test_files_in_several_folders_are_replaced(root):
    (root / "records/a").chmod(0o600)
    replace(root)
    assert state(root) == NEW
    assert (root / "records/a").stat().st_mode & 0o777 == 0o600


# --- killed at any moment ---------------------------------------------------------------

KILLER = """
import json, os, shutil, signal, sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from test_folder import NEW, OLD, lay, read, replace, state

root = Path(sys.argv[2])
os.fsync = lambda _: None  # a killed process loses nothing of what it gave to the system

def killed(work, last):
    seen, started = 0, False
    def watch(event, arguments):
        nonlocal seen, started
        # the state of the folder is read before, and again by whoever sets it right
        started |= event in ("os.mkdir", "os.remove", "os.rename")
        started |= event == "open" and str(arguments[0]).endswith((".journal", ".new"))
        if started and event.split(".")[0] in ("open", "os"):
            seen += 1
            if seen == last:
                os.kill(os.getpid(), signal.SIGKILL)
    child = os.fork()
    if not child:
        sys.addaudithook(watch)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0

def name_of(state):
    return {str(OLD): "old", str(NEW): "new"}.get(str(dict(sorted(state.items()))), "mixed")

OLD, NEW = dict(sorted(OLD.items())), dict(sorted(NEW.items()))
told = []
step, going = 0, True
while going:
    step += 1
    again = 0
    while True:
        shutil.rmtree(root)
        lay(root)
        going = killed(lambda: replace(root), step)
        found = name_of(state(root))
        again += 1
        interrupted = killed(lambda: read(root / "records"), again)
        read(root / "records")
        told.append((found, name_of(state(root))))
        if not interrupted or step % 3:
            break
print(json.dumps(told))
"""


@pytest.mark.once
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_a_kill_at_any_step_and_another_while_it_is_set_right_leave_all_or_nothing(tmp_path):
    (tmp_path / "root").mkdir()
    arguments = [str(Path(__file__).parent), str(tmp_path / "root")]
    done = subprocess.run(
        [sys.executable, "-c", KILLER, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = [tuple(one) for one in json.loads(done.stdout)]
    assert len(told) > 100
    assert {left for _, left in told} == {"old", "new"}
    assert ("mixed", "old") in told
    assert ("mixed", "new") in told


# --- what fails ---------------------------------------------------------------------------


@pytest.mark.parametrize("files_before", range(len(NEW) + 1))
def test_a_disk_that_is_full_leaves_the_old_files(root, monkeypatch, files_before):
    real, written = records_folder._write, []

    def write(draft, content, target):
        if len(written) == files_before:
            draft.parent.mkdir(exist_ok=True)
            draft.write_bytes(content[:2])
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(target)
        real(draft, content, target)

    monkeypatch.setattr(records_folder, "_write", write)
    with pytest.raises(OSError, match="No space left"):
        replace(root)
    assert state(root) == OLD


def test_a_rename_that_fails_is_made_up_for_by_the_next_run(root, monkeypatch):
    real = Path.replace

    def rename(self, target):
        if target.name == "c":
            raise OSError(errno.EACCES, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", rename)
    with pytest.raises(OSError, match="Permission denied"):
        replace(root)
    assert (root / "records/.journal").exists()
    monkeypatch.undo()
    read(root / "records")
    assert state(root) == NEW


def test_files_that_change_meanwhile_are_not_overwritten(root):
    folder = read(root / "records")
    (root / "records/a").write_text("of someone else", encoding="utf-8")
    with pytest.raises(ChangedMeanwhile, match="Nothing was written"):
        replace_files(folder, {root / "other/d": b"new"})
    assert state(root) == {**OLD, "records/a": "of someone else"}


def test_a_folder_that_moved_since_the_kill_is_set_right_where_it_stands(root, tmp_path):
    new = root / "elsewhere"
    leave(root, "a", "../other/d")
    new.mkdir()
    for name in ("records", "other"):
        (root / name).rename(new / name)
    read(new / "records")
    assert state(new) == {**OLD, "records/a": "new a", "other/d": "new d"}


def test_a_system_without_locks_writes_all_the_same(root, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    replace(root)
    assert state(root) == NEW


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_what_cannot_be_synced_is_written_all_the_same(root, monkeypatch, number):
    def broken(_):
        raise OSError(number, "Invalid argument")

    monkeypatch.setattr(os, "fsync", broken)
    replace(root)
    assert state(root) == NEW


def test_a_folder_that_cannot_be_opened_is_not_synced(root, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)

    real = os.open

    def refused(path, *arguments, **by_name):
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *arguments, **by_name)

    monkeypatch.setattr(records_folder.os, "open", refused)
    replace(root)
    monkeypatch.undo()
    assert state(root) == NEW


def test_a_folder_that_nobody_may_write_is_left_alone(root):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (root / "other").chmod(0o500)
    try:
        with pytest.raises(OSError, match="denied"):
            replace(root)
    finally:
        (root / "other").chmod(0o700)
    assert state(root) == OLD


# --- a journal that is not what a run left ------------------------------------------------


@pytest.mark.parametrize("name", [".journal", ".journal.new"])
@pytest.mark.parametrize(
    "listed",
    [
        '[["../../x", null, "%s"]]',
        '[["/etc/hosts", null, "%s"]]',
        '[["inward/../../../x", null, "%s"]]',
        '[["link/x", null, "%s"]]',
        '[["b", null, "%s"]]',
        '[["a", null]]',
        '["a"]',
        '{"a": 1}',
        "3",
        '[["a\\u0000", null, "%s"]]',
        "[" * 100_000,
    ],
)
def test_a_journal_that_no_run_left_is_refused_and_nothing_is_touched(root, listed, name):
    root = root / "deeper"
    lay(root)
    outside = root.parent / ".x.new"
    outside.write_text("new", encoding="utf-8")
    (root / "records" / "link").symlink_to(root.parent)
    text = listed % sha256(b"new").hexdigest() if "%s" in listed else listed
    (root / "records" / name).write_text(text, encoding="utf-8")
    before = state(root.parent)
    with pytest.raises(OSError, match="Delete it") as refused:
        read(root / "records")
    assert refused.value.filename == str(root / "records" / name)
    assert state(root.parent) == before


@pytest.mark.parametrize("text", ["", "[", '[["a", null'])
def test_a_plan_that_was_not_written_to_its_end_is_taken_away(root, text):
    (root / "records/.journal.new").write_text(text, encoding="utf-8")
    assert not read(root / "records").finished
    assert state(root) == OLD


@pytest.mark.parametrize("name", [".journal", ".journal.new"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_a_journal_that_is_no_file_is_not_waited_for(root, make, name):
    make(root / "records" / name)
    with pytest.raises(OSError, match="Delete it"):
        read(root / "records")


def test_what_a_killed_run_left_is_finished(root):
    leave(root, "a", "../other/d")
    assert read(root / "records").finished
    assert state(root) == {**OLD, "records/a": "new a", "other/d": "new d"}


def test_what_was_changed_since_is_not_written_over(root):
    """Somebody got the files back from version control, and went on with their work."""
    leave(root, "a", "../other/d")
    (root / "other/d").write_text("newest d", encoding="utf-8")
    before = state(root)
    with pytest.raises(OSError, match="it was changed since") as refused:
        read(root / "records")
    assert refused.value.filename == str(root / "records/.journal")
    assert state(root) == before


def test_a_new_file_that_is_not_what_was_to_be_written_is_not_used(root):
    leave(root, "a", "../other/d")
    (root / "other/.d.new").write_text("of someone else", encoding="utf-8")
    before = state(root)
    with pytest.raises(OSError, match="it was changed since"):
        read(root / "records")
    assert state(root) == before


def test_a_new_file_that_is_gone_is_missed(root):
    leave(root, "a", "../other/d")
    (root / "other/.d.new").unlink()
    with pytest.raises(OSError, match="it was changed since"):
        read(root / "records")


@pytest.mark.parametrize("target", ["../outside", "/dev/zero", "records/b", "link/outside"])
def test_nothing_outside_the_folder_of_the_records_is_written(root, target):
    root = root / "deeper"
    lay(root)
    (root / "link").symlink_to(root.parent)
    before = state(root)
    with pytest.raises(OSError, match=r"Only files below|no file that can be replaced"):
        replace_files(read(root / "records"), {root / "records/a": b"new", root / target: b"new"})
    assert state(root) == before


# --- one file -----------------------------------------------------------------------------


def test_a_device_is_written_to(tmp_path):
    replace_file(Path("/dev/null"), b"text")
    with pytest.raises(OSError, match="No space left"):
        replace_file(Path("/dev/full"), b"text")


def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Nobody reads this pipe"):
        replace_file(pipe, b"text")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    replace_file(pipe, b"text")
    assert os.read(reader, 10) == b"text"
    os.close(reader)

"""Several files are replaced as one: all of them, or none, whatever happens."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ct_trafficking_resources.publishing import folder as records_folder
from ct_trafficking_resources.publishing.folder import ChangedMeanwhile, read, replace_files

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
    (root / "records/.journal").write_text('["a", "../other/d"]', encoding="utf-8")
    (root / "records/.a.new").write_text("new a", encoding="utf-8")
    (root / "other/.d.new").write_text("new d", encoding="utf-8")
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

    def refused(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

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

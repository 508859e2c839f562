"""Files and trees: which are looked at, how they are read, what is silenced."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

import ct_trafficking_resources as ctr
import sample_data
from ct_trafficking_resources.audit import baseline, policy, sources, trees
from ct_trafficking_resources.audit.engine import kit_for
from ct_trafficking_resources.audit.scanning import scan, scan_stream
from ct_trafficking_resources.checks import reports
from ct_trafficking_resources.errors import RefusedData

WRONG = "1-800-373-7888"


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def scanned(folder, **options):
    return sorted(
        os.path.relpath(one.place.file, folder).replace(os.sep, "/")
        for one in scan([folder], **options)
    )


# --- which files -------------------------------------------------------------


def test_what_git_ignores_is_passed_over(tmp_path):
    write(
        tmp_path,
        {
            ".git/HEAD": "ref",
            ".git/hooks/x": WRONG,
            ".git/info/exclude": "excluded.txt\n",
            ".gitignore": "build/\n*.log\n!keep.log\n",
            "a.txt": WRONG,
            "excluded.txt": WRONG,
            "build/b.txt": WRONG,
            "x.log": WRONG,
            "keep.log": WRONG,
            "sub/.gitignore": "/local.txt\n!x.log\n",
            "sub/local.txt": WRONG,
            "sub/x.log": WRONG,
            "sub/deep/local.txt": WRONG,
        },
    )
    assert scanned(tmp_path) == ["a.txt", "keep.log", "sub/deep/local.txt", "sub/x.log"]


def test_the_rules_of_folders_above_hold_in_a_folder_below(tmp_path):
    write(
        tmp_path,
        {
            ".git/HEAD": "ref",
            ".gitignore": "*.log\n",
            "sub/.gitignore": "*.tmp\n",
            "sub/in/x.log": WRONG,
            "sub/in/x.tmp": WRONG,
            "sub/in/x.txt": WRONG,
        },
    )
    assert scanned(tmp_path / "sub" / "in") == ["x.txt"]


def test_without_a_repository_only_what_is_below_counts(tmp_path):
    write(tmp_path, {".gitignore": "*.txt\n", "sub/x.txt": WRONG})
    assert scanned(tmp_path / "sub") == ["x.txt"]


def test_a_file_that_is_named_is_looked_at_even_if_git_ignores_it(tmp_path):
    write(tmp_path, {".git/HEAD": "ref", ".gitignore": "*\n", "x.txt": WRONG})
    assert [one.rule for one in scan([tmp_path / "x.txt"])] == ["CTR410"]


@pytest.mark.parametrize("named", ["site", "site/deep"])
def test_a_folder_that_is_named_is_looked_at_even_if_git_ignores_it(tmp_path, named):
    write(
        tmp_path,
        {
            ".git/HEAD": "ref",
            ".gitignore": "site/\n",
            "site/.gitignore": "*.log\n",
            "site/deep/x.txt": WRONG,
            "site/x.log": WRONG,
        },
    )
    assert [Path(one).name for one in scanned(tmp_path / named)] == ["x.txt"]
    assert scanned(tmp_path) == []


# --- what git tracks ---------------------------------------------------------


def git(folder, *arguments):
    subprocess.run(
        [
            shutil.which("git"),
            "-C",
            str(folder),
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            *arguments,
        ],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(tmp_path):
    """A repository in which files are tracked although a rule ignores them."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")

    def make(*options, version="2"):
        top = tmp_path / "top"
        write(
            top,
            {
                ".gitignore": "built/\n*.log\n",
                "a.txt": WRONG,
                "b.log": WRONG,
                "built/deep/c.txt": WRONG,
                "built/other/d.txt": WRONG,
                f"built/{'long' * 40}/e.txt": WRONG,
                "other.log": WRONG,
            },
        )
        git(tmp_path, "init", "-q", *options, str(top))
        git(top, "add", "-f", ".gitignore", "a.txt", "b.log", "built/deep", f"built/{'long' * 40}")
        git(top, "update-index", "--index-version", version)
        write(top, {"built/deep/new.txt": WRONG})
        return top

    return make


TRACKED = ["a.txt", "b.log", "built/deep/c.txt", f"built/{'long' * 40}/e.txt"]


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)])
def test_what_git_tracks_is_looked_at_even_if_a_rule_ignores_it(repository, version, options):
    top = repository(*options, version=version)
    assert scanned(top) == TRACKED
    git(top, "add", "--intent-to-add", "-f", "other.log")  # an entry with more flags
    assert scanned(top) == [*TRACKED, "other.log"]


def test_an_index_that_goes_on_in_a_shared_one_is_read_whole(repository):
    top = repository()
    git(top, "update-index", "--split-index")
    git(top, "add", "-f", "other.log")
    assert scanned(top) == [*TRACKED, "other.log"]


def test_a_work_tree_of_its_own_has_its_own_index_and_rules(repository, tmp_path):
    top, tree = repository(), tmp_path / "tree"
    git(top, "commit", "-q", "-m", "x")
    git(top, "worktree", "add", "-q", str(tree))
    write(tree, {"built/new.txt": WRONG})
    assert [one for one in scanned(tree) if "long" not in one] == TRACKED[:3]


def test_a_repository_in_a_repository_has_its_own_index(repository, tmp_path):
    top = repository()
    write(top, {"inner/x.log": WRONG, "inner/y.log": WRONG})
    git(tmp_path, "init", "-q", str(top / "inner"))
    git(top / "inner", "add", "-f", "x.log")
    assert scanned(top) == [*TRACKED, "inner/x.log"]


def test_a_part_of_a_repository_is_scanned_like_the_whole(repository):
    top = repository()
    write(top, {"sub/x.log": WRONG, "sub/y.log": WRONG})
    git(top, "add", "-f", "sub/x.log")
    assert scanned(top / "sub") == ["x.log"]


def test_an_index_that_is_damaged_is_no_traceback(repository):
    top = repository(version="4")
    index = top / ".git" / "index"
    whole = index.read_bytes()
    for end in range(len(whole)):
        assert set(trees._names(whole[:end], 20)) <= set(trees._names(whole, 20))
    for content in (b"", b"DIRC", b"xxxx" + whole[4:], whole[:7] + b"\x05" + whole[8:]):
        index.write_bytes(content)
        assert scanned(top) == ["a.txt"]
    index.unlink()
    os.mkfifo(index)
    assert scanned(top) == ["a.txt"]


@given(st.binary(max_size=300), st.sampled_from([2, 3, 4]))
def test_any_bytes_are_read_as_an_index(data, version):
    head = trees._HEAD.pack(b"DIRC", version, 1_000)
    assert len(list(trees._names(head + data, 20))) < 300


def test_rules_that_are_no_file_are_passed_over(tmp_path):
    write(tmp_path, {"x.txt": WRONG})
    os.mkfifo(tmp_path / ".gitignore")
    assert scanned(tmp_path) == ["x.txt"]


def test_links_are_not_followed(tmp_path):
    outside = tmp_path / "outside"
    write(outside, {"secret.txt": WRONG})
    tree = tmp_path / "tree"
    write(tree, {"a.txt": "nothing"})
    (tree / "file").symlink_to(outside / "secret.txt")
    (tree / "folder").symlink_to(outside)
    (tree / "loop").symlink_to(tree)
    assert scanned(tree) == []


def test_files_come_in_a_stable_order(tmp_path):
    write(tmp_path, dict.fromkeys(("b/x", "a", "c", "b/a", "a.d/x"), ""))
    names = [Path(name).relative_to(tmp_path) for name in trees.files(str(tmp_path))]
    assert [name.as_posix() for name in names] == ["a", "c", "a.d/x", "b/a", "b/x"]


def test_pipes_in_a_tree_are_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert scanned(tmp_path) == []


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(scan([tmp_path / "nothing"]))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_a_finding(tmp_path):
    write(tmp_path, {"x.txt": WRONG})
    (tmp_path / "x.txt").chmod(0)
    assert [one.rule for one in scan([tmp_path])] == ["CTR471"]


def test_a_file_that_goes_away_is_a_finding(tmp_path):
    write(tmp_path, {"x.txt": WRONG})
    (finding,) = scan([tmp_path], progress=lambda name: Path(name).unlink())
    assert finding.rule == "CTR471"
    assert "No such file" in finding.message


def test_a_folder_that_goes_away_is_a_finding_and_the_rest_is_read(tmp_path):
    write(tmp_path, {"a/x.txt": WRONG, "b/x.txt": WRONG, "c/x.txt": WRONG})

    def progress(name):
        if Path(name).parent.name == "a":
            (tmp_path / "b" / "x.txt").unlink()
            (tmp_path / "b").rmdir()

    found = [(one.rule, Path(one.place.file)) for one in scan([tmp_path], progress=progress)]
    assert found == [
        ("CTR410", tmp_path / "a" / "x.txt"),
        ("CTR471", tmp_path / "b"),
        ("CTR410", tmp_path / "c" / "x.txt"),
    ]


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(tmp_path, monkeypatch):
    write(tmp_path, {"x.txt": "before\n"})
    measured = os.fstat

    def growing(descriptor):
        status = measured(descriptor)
        write(tmp_path, {"x.txt": f"before\n{WRONG}"})
        return status

    with monkeypatch.context() as changed:
        changed.setattr(os, "fstat", growing)
        (finding,) = scan([tmp_path / "x.txt"])
    assert finding.found == WRONG


def test_a_gitignore_that_cannot_be_read_ignores_nothing(tmp_path):
    write(tmp_path, {"x.txt": WRONG, ".gitignore/inner": ""})
    assert scanned(tmp_path) == ["x.txt"]


# --- how they are read ---------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252", "latin-1"]
)
def test_text_is_read_in_its_encoding(tmp_path, encoding):
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    write(tmp_path, {"x.txt": f"{mark}\u00e9\n  {WRONG}".encode(encoding)})
    (finding,) = scan([tmp_path])
    assert str(finding.place).endswith("x.txt:2:3")


def test_binary_files_are_passed_over(tmp_path):
    write(
        tmp_path, {"x.bin": b"\0" + WRONG.encode(), "y.bin": b"a" * 5000 + b"\0" + WRONG.encode()}
    )
    assert scanned(tmp_path) == []


@pytest.fixture
def small_windows(monkeypatch):
    monkeypatch.setattr(policy, "WINDOW", 3000)
    monkeypatch.setattr(policy, "OVERLAP", 700)


@pytest.mark.usefixtures("small_windows")
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 1500), min_size=1, max_size=12),
    st.sampled_from([" ", "\n", "\u00e9", "ab \n"]),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_a_long_file_says_the_same_in_windows(tmp_path_factory, gaps, filling, encoding):
    text = "".join(filling * gap + f" {WRONG} " for gap in gaps) + filling * 3000
    path = tmp_path_factory.mktemp("long") / "x.txt"
    path.write_bytes(text.encode(encoding))
    assert tuple(scan([path])) == ctr.audit_text(text, name=str(path))


@pytest.mark.usefixtures("small_windows")
def test_a_comment_between_two_windows_is_said_once(tmp_path):
    write(tmp_path, {"x.txt": "\n".join(["# ct-resources: ignore"] * 800)})
    lines = [one.place.line for one in scan([tmp_path])]
    assert lines == list(range(1, 801))


@pytest.mark.usefixtures("small_windows")
def test_a_long_binary_file_is_passed_over(tmp_path):
    write(tmp_path, {"x.bin": b"\0" * 9000})
    assert scanned(tmp_path) == []


@pytest.mark.usefixtures("small_windows")
def test_bytes_that_are_no_text_do_not_stop_a_long_file(tmp_path):
    write(tmp_path, {"x.txt": b"\xff" * 9000 + WRONG.encode()})
    assert scanned(tmp_path) == ["x.txt"]


def test_memory_is_bounded_by_the_window(tmp_path, monkeypatch):
    monkeypatch.setattr(policy, "WINDOW", 1 << 16)
    path = tmp_path / "long.txt"
    path.write_bytes((b"x" * 79 + b"\n") * (1 << 16))
    kit_for(ctr.load())
    tracemalloc.start()
    try:
        assert tuple(scan([path])) == ()
        assert tracemalloc.get_traced_memory()[1] < 40 * policy.WINDOW < path.stat().st_size
    finally:
        tracemalloc.stop()


def test_a_stream_is_read_like_a_file():
    (finding,) = scan_stream(io.BytesIO(f"\n{WRONG}".encode()), "<stdin>")
    assert str(finding.place) == "<stdin>:2:1"
    assert tuple(scan_stream(io.BytesIO(b""), "<stdin>")) == ()


def test_the_parts_of_a_file_share_what_lies_between_them():
    windows = list(sources.windows(io.BytesIO(b""), b"abc", "utf-8"))
    assert windows == [sources.Window("abc", 1, 1, 0, 3)]


# --- what is silenced ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (f"{WRONG} # ct-resources: ignore a test of the old number", []),
        (f"<!-- ct-resources: ignore shown as a mistake -->\n{WRONG}", []),
        (f"    # ct-resources: ignore shown as a mistake\n{WRONG}\n{WRONG}", ["CTR410"]),
        (f"x = '{WRONG}'  # ct-resources: ignore[CTR410] seen in public", []),
        (f"x = '{WRONG}'  # ct-resources: ignore[CTR413, CTR420] seen in public", ["CTR410"]),
        (f"{WRONG} # ct-resources: ignore", ["CTR410", "CTR470"]),
        (f"{WRONG} /* ct-resources: ignore */", ["CTR410", "CTR470"]),
        (f"<!-- ct-resources: ignore -->\n{WRONG}", ["CTR470", "CTR410"]),
        ("# ct-resources: ignore", ["CTR470"]),
        (f"{WRONG}\n# ct-resources: ignore what follows\nfine", ["CTR410"]),
    ],
)
def test_a_comment_with_a_reason_silences_its_line_or_the_next(tmp_path, text, rules):
    write(tmp_path, {"x.txt": text})
    assert [one.rule for one in scan([tmp_path])] == rules


def test_a_baseline_is_an_earlier_report(tmp_path):
    write(tmp_path, {"x.txt": f"{WRONG}\n{WRONG}\n"})
    before = baseline.read(reports.json_text(tuple(scan([tmp_path]))).encode(), "b.json")
    assert list(baseline.new(scan([tmp_path]), before)) == []
    write(tmp_path, {"x.txt": f"\n\n{WRONG}\n{WRONG}\n{WRONG}\n1-888-373-7889"})
    new = list(baseline.new(scan([tmp_path]), before))
    assert [(one.rule, one.place.line) for one in new] == [("CTR410", 5), ("CTR413", 6)]


@pytest.mark.parametrize("data", [b"{", b"[]", b"{}", b'{"findings": [1]}', b'{"findings": 1}'])
def test_what_is_no_report_is_refused_as_a_baseline(data):
    with pytest.raises(RefusedData, match=r"b\.json"):
        baseline.read(data, "b.json")


# --- the command --------------------------------------------------------------------


def run(*arguments, stdin=b""):
    return subprocess.run(
        [*sample_data.COMMAND, "scan", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
    )


def test_the_command_says_by_its_status_whether_there_are_findings(tmp_path):
    write(
        tmp_path,
        {"wrong.txt": WRONG, "right.txt": "1-888-373-7888", "note.txt": "tel:1-888-373-7888"},
    )
    assert run(tmp_path / "wrong.txt").returncode == 1
    assert run(tmp_path / "right.txt").returncode == 0
    assert run(tmp_path / "note.txt").returncode == 0
    assert run(tmp_path / "note.txt", "--fail-on", "note").returncode == 1
    assert run(tmp_path / "right.txt", "--hand-typed", "--fail-on", "note").returncode == 1
    missing = run(tmp_path / "nothing.txt")
    assert missing.returncode == 2
    assert b"Traceback" not in missing.stderr


@pytest.mark.parametrize("form", reports.FORMS)
def test_the_command_speaks_every_form(tmp_path, form):
    write(tmp_path, {"wrong.txt": WRONG})
    result = run(tmp_path, "--format", form)
    assert result.returncode == 1
    assert b"CTR410" in result.stdout
    if form in {"json", "sarif"}:
        json.loads(result.stdout)


def test_the_command_reads_standard_input():
    result = run("-", stdin=WRONG.encode())
    assert result.returncode == 1
    assert result.stdout.startswith(b"<stdin>:1:1: error CTR410")


def test_the_command_takes_a_baseline(tmp_path):
    write(tmp_path, {"wrong.txt": WRONG})
    report = run(tmp_path, "--format", "json").stdout
    baseline_file = tmp_path / "baseline.json"
    baseline_file.write_bytes(report)
    assert run(tmp_path / "wrong.txt", "--baseline", baseline_file).returncode == 0
    baseline_file.write_bytes(b"[]")
    assert run(tmp_path, "--baseline", baseline_file).returncode == 2


def test_the_command_shows_its_progress_on_a_terminal(tmp_path, monkeypatch, capsys):
    from ct_trafficking_resources.cli import main

    write(tmp_path, {"a.txt": "", "b.txt": ""})
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit) as status:
        main(["scan", str(tmp_path)])
    assert status.value.code == 0
    assert "1 files" in capsys.readouterr().err


def test_the_command_reads_its_own_standard_input():
    from click.testing import CliRunner

    from ct_trafficking_resources.cli.scan import scan_command as command

    done = CliRunner().invoke(command, ["-"], input=WRONG, standalone_mode=False)
    assert done.return_value == 1
    assert "<stdin>" in done.output

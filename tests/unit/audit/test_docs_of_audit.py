"""What is written about the audit is so."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from ct_trafficking_resources.checks.rules import all_rules
from ct_trafficking_resources.cli import main

ROOT = Path(__file__).parents[3]


def test_the_table_of_rules_is_made_from_the_rules():
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    page = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    assert page == generate["audit_page"]()
    assert re.findall(r"^\| (CTR\d+) ", page, re.MULTILINE) == [
        rule.id for rule in all_rules("CTR4")
    ]


def test_the_hooks_run_commands_that_there_are():
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^  entry: (.+)$", text, re.MULTILINE)
    assert entries
    for program, command, *options in map(str.split, entries):
        assert program == "ct-resources"
        with pytest.raises(SystemExit) as stopped:
            main([command, *options, "--help"])
        assert stopped.value.code == 0


def test_a_file_that_is_named_like_an_option_is_a_file(tmp_path, monkeypatch):
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (ends,) = re.findall(r"^  entry: ct-resources scan\n  args: (\[.*\])", text, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    for name in ("--fail-on", "-x", "--help"):
        Path(name).write_text("1-800-373-7888", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["scan", *json.loads(ends), "--fail-on", "-x", "--help"])
    assert stopped.value.code == 1


def test_the_action_takes_only_what_it_names_by_commit_and_digest():
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    uses = re.findall(r"uses: (\S+)", action)
    assert uses
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one) for one in uses)
    assert "install --require-hashes" in action
    assert "install --no-deps --no-index" in action
    text = (ROOT / "action-requirements.txt").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    digest = r"\s+--hash=sha256:[0-9a-f]{64}"
    assert all(re.fullmatch(rf"[\w-]+==[\w.]+(?:{digest})+", line.strip()) for line in lines)
    pinned = dict(line.split()[0].split("==") for line in lines)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = project["project"]["dependencies"] + project["build-system"]["requires"]
    for requirement in map(Requirement, needed):
        assert pinned[requirement.name] in requirement.specifier


def _scan_step():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    script = text.rpartition("      run: |\n")[2]
    return "".join(line[8:] for line in script.splitlines(keepends=True))


@pytest.mark.skipif(shutil.which("bash") is None, reason="the action runs in bash")
@pytest.mark.parametrize(
    ("paths", "status"), [("wrong\n", 1), ("right\nsp ace", 0), ("none", 2), ("--help", 2)]
)
def test_the_action_annotates_summarizes_and_fails(tmp_path, paths, status):
    (tmp_path / "attr.py").write_text("1 / 0", encoding="utf-8")  # what is scanned is not run
    for folder, text in {"wrong": "1-800-373-7888", "right": "", "sp ace": "; rm -rf x"}.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(text, encoding="utf-8")
    binaries = tmp_path / "temp" / "ct-resources" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    environment = {
        **os.environ,
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PATHS": paths,
        "FAIL_ON": "warning",
        "BASELINE": "",
        "SARIF": str(tmp_path / "report.sarif"),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    done = subprocess.run(
        ["/bin/bash", "-eo", "pipefail", "-c", _scan_step()],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert done.stdout.startswith("::error file=wrong/x.txt,line=1") == (status == 1)
    if status < 2:
        assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("## Audit")
        assert '"2.1.0"' in (tmp_path / "report.sarif").read_text(encoding="utf-8")

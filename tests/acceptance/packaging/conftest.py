"""What is built from a copy of the tree, and clean environments to use it in."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[3]
MADE_ELSEWHERE = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist")


class Built(NamedTuple):
    """The distributions.

    Attributes:
        wheel: Built from the tree.
        sdist: Built from the tree.
        wheel_of_sdist: Built from the sdist, unpacked.
    """

    wheel: Path
    sdist: Path
    wheel_of_sdist: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the sdist and the wheels; without network, by the hatchling that is here."""
    if find_spec("build") is None or find_spec("hatchling") is None:
        pytest.skip("build or hatchling is not installed (extra test)")
    folder = tmp_path_factory.mktemp("dist")
    tree = folder / "tree"
    shutil.copytree(ROOT, tree, ignore=MADE_ELSEWHERE)
    # Hatchling asks the ignore file what does not belong into a distribution.
    shutil.copy(ROOT / ".gitignore", tree)
    (wheel,) = _build(tree, "wheel", folder / "direct")
    (sdist,) = _build(tree, "sdist", folder / "direct")
    shutil.unpack_archive(sdist, folder / "unpacked")
    (unpacked,) = (folder / "unpacked").iterdir()
    (wheel_of_sdist,) = _build(unpacked, "wheel", folder / "of-sdist")
    return Built(wheel, sdist, wheel_of_sdist)


def _build(tree: Path, kind: str, out: Path) -> list[Path]:
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "-o", out, tree],
        check=True,
        capture_output=True,
    )
    return sorted(out.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


class Environment(NamedTuple):
    """A virtual environment in which the tree is out of reach."""

    folder: Path

    @property
    def python_path(self) -> Path:
        return _scripts(self.folder) / "python"

    def run(self, *command: str | Path) -> str:
        """Run a command of the environment in an empty folder; return what it printed."""
        empty = self.folder / "empty"
        empty.mkdir(exist_ok=True)
        program, *arguments = map(str, command)
        result = subprocess.run(
            [str(_scripts(self.folder) / program), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=empty,
            env={"PYTHONUTF8": "1", "PATH": ""},
        )
        assert result.returncode == 0, result.stdout + result.stderr
        assert not list(empty.iterdir())
        return result.stdout

    def python(self, code: str) -> str:
        return self.run("python", "-I", "-c", code)


def _scripts(folder: Path) -> Path:
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


def environment(folder: Path, *on_the_path: Path) -> Environment:
    """Make an environment that has the dependencies, but not the editable install."""
    venv.create(folder, with_pip=False)
    paths = sysconfig.get_paths("venv", {"base": folder, "platbase": folder})
    # A folder named in a .pth file is searched; the .pth files in it are not read, so
    # the tree stays out of reach.
    dependencies = [one for one in sys.path if Path(one).name in {"site-packages", "dist-packages"}]
    lines = [*map(str, on_the_path), *dependencies]
    Path(paths["purelib"], "path.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Environment(folder)


def install(wheel: Path, folder: Path) -> Environment:
    """Install a wheel into a clean environment."""
    made = environment(folder)
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", made.python_path, "install", "--quiet"),
            *("--no-deps", "--no-index", "--disable-pip-version-check", wheel),
        ],
        check=True,
        capture_output=True,
    )
    return made


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Return an environment with the wheel."""
    return install(built.wheel, tmp_path_factory.mktemp("installed"))


@pytest.fixture(
    scope="session", params=["wheel", "wheel of the sdist", "editable install", "zip on the path"]
)
def any_way(
    request: pytest.FixtureRequest, built: Built, tmp_path_factory: pytest.TempPathFactory
) -> Environment:
    """Return an environment with the package, installed in one of the ways there are."""
    folder = tmp_path_factory.mktemp(request.param.replace(" ", "-"))
    match request.param:
        case "wheel":
            return install(built.wheel, folder)
        case "wheel of the sdist":
            return install(built.wheel_of_sdist, folder)
        case "editable install":
            return environment(folder, ROOT / "src")  # what an editable install does
        case _:
            return environment(folder, built.wheel)  # a wheel is a zip

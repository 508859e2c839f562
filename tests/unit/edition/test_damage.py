"""A damaged file of the package is told as damage; it is never another answer."""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources import cards
from ct_trafficking_resources.cards.phrases import card_languages
from ct_trafficking_resources.checks import schemas
from ct_trafficking_resources.cli import main
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.errors import DamagedData
from ct_trafficking_resources.updates.template import template
from sample_data import SAMPLE, forget_everything

from .conftest import ROOT

PACKAGE = Path(storage._PACKAGE)
USES = {
    "data/index.json": lambda: ctr.load().pin,
    "data/editions/2026.11.0.json": lambda: ctr.card().text(),
    "data/editions/2018.2.0.json": lambda: ctr.load("2018.2.0").digest,
    "data/tombstones.json": lambda: str(ctr.load().tombstones),
    "data/misprints.json": lambda: str(ctr.audit_text("Text 714714")),
    "data/checksums.json": lambda: ctr.card(language="es").text(),
    "cards/catalogues/en.json": lambda: ctr.card().text(),
    "cards/catalogues/es.json": lambda: ctr.card(language="es").text(),
    "cards/styles/card.css": cards.stylesheet,
    "cards/styles/poster.css": lambda: cards.stylesheet("poster"),
    "data/update-form/form.js": lambda: template("pd-bridgeport", "html"),
    "data/update-form/form.css": lambda: template("pd-bridgeport", "html"),
    "data/schemas/common.schema.json": lambda: str(ctr.check_update(b"{}").findings),
    "data/schemas/update.schema.json": lambda: str(ctr.check_update(b"{}").findings),
    "data/schemas/lock.schema.json": lambda: schemas.schema_text("lock"),
}
"""Files, each with something that needs it."""


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """The files of an installed wheel, on the sample, to be damaged."""
    package = tmp_path / "package"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("*.py", "__pycache__", "data"))
    shutil.copytree(SAMPLE, package / "data")
    shutil.copytree(ROOT / "schemas", package / "data/schemas")
    shutil.copytree(PACKAGE / "data/update-form", package / "data/update-form")
    (package / "data/README.md").unlink()
    released = {*(package / "data").glob("*"), *(package / "data/editions").glob("*")}
    parts = [path for path in sorted({*package.rglob("*.*")} - released) if path.is_file()]
    checksums = {
        path.relative_to(package).as_posix(): storage.checksum(path.read_bytes()) for path in parts
    }
    (package / "data/checksums.json").write_bytes(storage.write_guarded({"files": checksums}))
    monkeypatch.setattr(storage, "_PACKAGE", str(package))
    monkeypatch.setattr(storage, "_DATA", str(package / "data"))
    forget_everything()
    yield package
    monkeypatch.undo()
    forget_everything()


def flipped(content):
    """Yield a file with a bit of one byte changed, at places all over it."""
    for place in range(0, len(content), max(1, len(content) // 7)):
        for bit in (1, 32, 128):
            yield content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


def damaged(content):
    yield from flipped(content)
    lines = content.splitlines(keepends=True)
    yield b""
    yield content[:-1]
    yield content[1:]
    yield content[: len(content) // 2]
    yield content * 2
    yield content + b"\n"
    yield b"".join(reversed(lines))
    yield b"\xff" + content[1:]
    yield content.replace(b":", b": ", 1)
    yield b"[" * 100_000
    yield b"\0" * len(content)


@pytest.mark.filterwarnings("ignore::ct_trafficking_resources.WithdrawnEditionWarning")
@pytest.mark.parametrize("name", USES)
def test_a_damaged_file_is_told_as_damage(wheel, name):
    use, path = USES[name], wheel / name
    right, content = use(), path.read_bytes()
    shown = name if name.startswith("data/") else f"/{name}"
    for damage in damaged(content):
        path.write_bytes(damage)
        forget_everything()
        with pytest.raises(DamagedData, match="force-reinstall") as caught:
            use()
        assert caught.value.name in shown
    path.unlink()
    for _ in ("it is gone", "it is a folder"):
        forget_everything()
        with pytest.raises(DamagedData, match="cannot be read"):
            use()
        path.mkdir(exist_ok=True)
    path.rmdir()
    path.write_bytes(content)
    forget_everything()
    assert use() == right


@pytest.mark.filterwarnings("ignore::ct_trafficking_resources.WithdrawnEditionWarning")
def test_what_does_not_need_a_damaged_file_is_as_it_was(wheel):
    right = ctr.card().text()
    for name in ("cards/catalogues/es.json", "data/schemas/lock.schema.json"):
        (wheel / name).unlink()
    forget_everything()
    assert ctr.card().text() == right
    assert card_languages() == ("en", "es")
    assert "lock" in schemas.schema_names()


def test_a_file_that_the_list_does_not_name_is_not_there(wheel):
    shutil.copy(wheel / "cards/catalogues/es.json", wheel / "cards/catalogues/pt.json")
    with pytest.raises(ctr.UnknownTerm):
        ctr.card(language="pt")
    with pytest.raises(OSError, match="nothing"):
        cards.stylesheet("nothing")
    with pytest.raises(ctr.UnknownTerm):
        schemas.schema_text("nothing")


def test_a_path_to_a_schema_is_given_only_if_it_is_whole(wheel):
    with schemas.schema_path("lock") as path:
        assert path.name == "lock.schema.json"
    (wheel / "data/schemas/lock.schema.json").write_bytes(b"{}")
    with pytest.raises(DamagedData):
        schemas.schema_path("lock")


@pytest.mark.once  # a checkout has no list of checksums
def test_a_checkout_has_no_list(wheel):
    shutil.rmtree(wheel / "data/schemas")
    (wheel / "data/checksums.json").unlink()
    forget_everything()
    (wheel / "cards/styles/card.css").write_bytes(b"changed")
    assert cards.stylesheet() == "changed"
    assert card_languages() == ("en", "es")
    with schemas.schema_path("lock") as path:
        assert path.parent == ROOT / "schemas"


def verify(capsys):
    forget_everything()
    with pytest.raises(SystemExit) as end:
        main(["verify"])
    return end.value.code, *capsys.readouterr()


@pytest.mark.once  # a checkout has no list of checksums
def test_verify_looks_at_every_file_and_says_at_how_many(wheel, capsys):
    files = [path for path in sorted(wheel.rglob("*.*")) if path.is_file()]
    code, out, err = verify(capsys)
    assert (code, out) == (0, "Package: no findings.\n")
    assert f"Looked at {len(files)} files of data and 0 of code." in err
    assert "No checksums, as in any checkout: code." in err
    for path in files:
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        code, out, _ = verify(capsys)
        assert (code, "CTR501" in out) == (1, True)
        assert path.name.removesuffix(".json") in out
        path.write_bytes(content)
    assert verify(capsys)[0] == 0


@pytest.mark.once  # a checkout has no list of checksums
def test_verify_in_a_checkout_says_what_it_did_not_look_at(capsys):
    code, _, err = verify(capsys)
    assert code == 0
    assert "Looked at 6 files of data and 0 of code." in err
    assert "No checksums, as in any checkout: catalogues, styles, forms, schemas, code." in err


class Installed:
    """A module, as the list of an installer names it."""

    suffix = ".py"

    def __init__(self, content, hash):
        self.content, self.hash = content, hash

    def __str__(self):
        return "module.py"

    def read_binary(self):
        if self.content is None:
            raise FileNotFoundError("module.py")
        return self.content


def test_verify_compares_the_code_with_the_list_of_the_installer(monkeypatch, capsys):
    right = metadata.FileHash("sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")  # of nothing
    files = []
    monkeypatch.setattr(metadata, "files", lambda _: files)
    for content, hash in ((b"", right), (b" ", right), (b"", None), (None, right)):
        files[:] = [Installed(content, hash)]
        code, out, err = verify(capsys)
        is_right = (content, hash) == (b"", right)
        assert (code, "module.py" in out) == ((0, False) if is_right else (1, True))
        assert "and 1 of code" in err


def test_verify_works_where_nothing_was_installed(monkeypatch, capsys):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", missing)
    assert verify(capsys)[0] == 0

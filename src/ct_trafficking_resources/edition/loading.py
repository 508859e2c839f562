"""The editions that come with the package, and how to load one.

The index says which editions there are, how their bytes must look, which are
withdrawn, and which values must never be shown. A default load reads the index
and one edition. What is kept for later calls has passed its check: a CRC-32 for
an edition asked for by number, SHA-256 for a pin.
"""

from __future__ import annotations

from functools import cache
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.directory import Directory
from ct_trafficking_resources.edition.history import INDEX, index
from ct_trafficking_resources.errors import (
    DamagedData,
    DigestMismatch,
    UnknownEdition,
    WithdrawnEditionWarning,
)

if TYPE_CHECKING:
    from typing import TypeGuard

    from ct_trafficking_resources.model import EditionInfo


def load(
    edition: str | PathLike[str] | None = None,
    *,
    sha256: str | None = None,
) -> Directory:
    """Return one edition of the data as a directory.

    The default is the newest edition that is not withdrawn. The data come from
    the installed package, or from a file that you name; nothing is read from a
    network. An edition of the package is checked against the CRC-32 in the
    index, and with a pin against its SHA-256, so that a damaged file never
    becomes a different number. Call `load` again instead of keeping its result
    for weeks: some editions have values that begin or end on a day, and each
    call returns the edition as of today in Connecticut. A second call takes
    microseconds.

    Args:
        edition: The number of an edition, such as ``"2026.11.0"``; a pin,
            ``"2026.11.0@sha256:<64 hexadecimal digits>"``; or, with *sha256*,
            the path of your own edition file, which is checked against the
            schema, the rules, and what the newest edition says of the same
            records. None for the newest edition.
        sha256: The SHA-256 of the edition file, as 64 lowercase hexadecimal
            digits. Required for your own file.

    Returns:
        The directory. It is frozen, and the same object for the same edition.

    Raises:
        UnknownEdition: The package has no such edition. The message lists those
            it has.
        DigestMismatch: The file has another SHA-256 than you gave.
        DamagedData: A file of the package is damaged. Reinstall the package.
        NewerSchema: The file is written for a later version of the library.
        RefusedData: Your own file does not pass the checks.

    Warns:
        WithdrawnEditionWarning: The edition was withdrawn. Do not show it.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> directory = ctr.load()
        >>> directory.hotline.voice.uri
        'tel:+18883737888'
        >>> ctr.load(directory.pin) is directory
        True
    """
    if isinstance(edition, PathLike) or _is_path(edition, sha256):
        from ct_trafficking_resources.edition.foreign import load_file

        directory = load_file(fspath(edition), sha256, _open(_newest(), ()).directory)
        is_dated = directory.is_dated
    else:
        held = _open(*_parse(edition, sha256))
        directory, is_dated = held.directory, held.is_dated
    if is_dated:
        directory = _as_of_today(directory)
    withdrawn = _reason(_entries().get(directory.edition, {}))
    if withdrawn is not None or directory.status == "reconstructed":
        _warn(directory.edition, withdrawn)
    return directory


def available_editions() -> tuple[EditionInfo, ...]:
    """Return the editions in the installed package, oldest first.

    The facts come from the index of the package. No edition file is read.

    Returns:
        For each edition its number, the days it was released and is due for
        review, its status, its SHA-256, and why it was withdrawn if it was.

    Raises:
        DamagedData: The index is damaged. Reinstall the package.

    Example:
        >>> import ct_trafficking_resources as ctr
        >>> oldest = ctr.available_editions()[0]
        >>> oldest.number, oldest.status
        ('2015.11.0', 'reconstructed')
    """
    from datetime import date

    from ct_trafficking_resources.model import EditionInfo

    return tuple(
        EditionInfo(
            number=entry["number"],
            released=date.fromisoformat(entry["released"]),
            review_by=date.fromisoformat(entry["review_by"]),
            status=entry["status"],
            sha256=entry["sha256"],
            withdrawn=_reason(entry),
            replaced_by=entry.get("replaced_by"),
        )
        for entry in _entries().values()
    )


def _reason(entry: dict[str, Any]) -> str | None:
    """Return why an edition was withdrawn, or None if it was not."""
    reason: str | None = entry.get("withdrawn")
    if reason is None:
        return None
    from ct_trafficking_resources.edition.revocation import without_sentences

    return without_sentences(reason, _revoked())


def _is_path(edition: object, sha256: str | None) -> TypeGuard[str]:
    """Tell whether a string names a file: it is no edition number, and a digest is given."""
    if not isinstance(edition, str) or sha256 is None:
        return False
    return not edition.partition("@")[0].replace(".", "").isdecimal()


def _parse(edition: object, sha256: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the number of an edition, and the digests that its bytes must have."""
    given = () if sha256 is None else (sha256,)
    if edition is None:
        return _newest(), given
    number, at, digest = edition.partition("@") if isinstance(edition, str) else ("", "", "")
    kind, _, pinned = digest.partition(":")
    if number not in _entries() or (at and (kind != "sha256" or not pinned)):
        raise UnknownEdition(edition, tuple(_entries()))
    return number, (pinned, *given) if at else given


class _Held:
    """An edition that was loaded, with its bytes until someone asks for their SHA-256.

    Attributes:
        directory: The edition.
        is_dated: A value of it begins or ends on a day.
    """

    __slots__ = ("_data", "_sha256", "directory", "is_dated")

    def __init__(self, entry: dict[str, Any], data: bytes, expected: tuple[str, ...]) -> None:
        name = f"editions/{entry['number']}.json"
        self._data: bytes | None = data
        self._sha256 = ""
        for one in expected:
            self.verify(entry, one)
        try:
            document = storage.skim(data)
            found = document["edition"]
            self.directory = Directory(document, entry["sha256"], revoked=_revoked())
        except (ValueError, LookupError, TypeError) as error:
            raise DamagedData(name, f"this is not an edition ({error!r})") from error
        if found != entry["number"]:
            raise DamagedData(name, f"the file holds edition {found!r}")
        self.is_dated = storage.is_dated(data)

    def verify(self, entry: dict[str, Any], expected: str) -> None:
        """Compare the SHA-256 of the very bytes that are used with the expected one.

        They are hashed once and dropped.

        Raises:
            DigestMismatch: They differ.
            DamagedData: The index names another SHA-256 than the bytes have.
        """
        data = self._data
        if data is not None:
            from hashlib import sha256

            self._sha256 = sha256(data).hexdigest()
            self._data = None
        if self._sha256 != expected:
            raise DigestMismatch(f"edition {entry['number']}", expected, self._sha256)
        if self._sha256 != entry["sha256"]:
            raise DamagedData(INDEX, f"it has another SHA-256 for {entry['number']}")


_held: dict[str, _Held] = {}
_on_a_day: dict[tuple[str, str], Directory] = {}


def _open(number: str, expected: tuple[str, ...]) -> _Held:
    """Return an edition that passed its check; two threads get the same one."""
    held = _held.get(number)
    if held is None:
        entry = _entries()[number]
        crc = None if expected else entry["crc32"]  # its SHA-256 is compared
        held = _Held(entry, storage.intact(f"editions/{number}.json", crc), expected)
        held = _held.setdefault(number, held)
    for one in expected:
        held.verify(_entries()[number], one)
    return held


def _as_of_today(directory: Directory) -> Directory:
    """Return an edition with dated values as of today, the same object all day."""
    from ct_trafficking_resources.clock import today

    day = today()
    for other in [key for key in _on_a_day if key[1] != str(day)]:
        _on_a_day.pop(other, None)
    return _on_a_day.setdefault((directory.digest, str(day)), directory.as_of(day))


def _warn(edition: str, reason: str | None) -> None:
    import warnings

    replaced_by = _entries().get(edition, {}).get("replaced_by") or _newest()
    reason = reason or "It is history, reconstructed from dated sources, and not for showing."
    warnings.warn(WithdrawnEditionWarning(edition, reason, replaced_by), stacklevel=3)


@cache
def _newest() -> str:
    newest = [number for number, entry in _entries().items() if "withdrawn" not in entry][-1:]
    if not newest:
        raise DamagedData(INDEX, "every edition is withdrawn")
    return newest[0]


def _revoked() -> frozenset[str]:
    return index().revoked


def _entries() -> dict[str, dict[str, Any]]:
    return index().editions

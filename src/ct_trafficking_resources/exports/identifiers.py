"""UUIDs that follow from our ids, so that every export names a record alike."""

from __future__ import annotations

from hashlib import sha1

_NAMESPACE = bytes.fromhex("c356314b239758d6849e22d8e1275c7c")
"""The version 5 UUID of the URL ``urn:ct-trafficking-resources``. Never changes."""


def uuid_of(path: str) -> str:
    """Return the UUID of a record or of a part of one.

    It is version 5 of RFC 9562 in the namespace of this project, worked out here
    because the standard library's takes six times as long and an export needs a
    thousand.

    Args:
        path: Id of the record, then the part, such as ``ct-211/phone/voice``.
    """
    name = _NAMESPACE + path.encode("utf-8", "backslashreplace")
    digits = sha1(name, usedforsecurity=False).hexdigest()
    variant = f"{int(digits[16], 16) & 0x3 | 0x8:x}"
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def uuid_urn(path: str) -> str:
    """Return the UUID of a record as a URN."""
    return f"urn:uuid:{uuid_of(path)}"

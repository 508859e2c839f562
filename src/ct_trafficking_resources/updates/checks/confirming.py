"""What is said where a person must ask before a value may go in."""

from __future__ import annotations

CALL = (
    "Ask the partner by a way that you knew before this update came, never by the new value,"
    " and never by a test call to a crisis line. If it is right, check again with"
)


def how_to_confirm(record: str, what: str, value: str = "VALUE") -> str:
    """Return the hint that says how a value is confirmed.

    Args:
        record: Id of the record.
        what: Id of the contact point, ``hosts`` or ``first``.
        value: What stands for the value; never the value itself, which is to be
            typed as it was heard.
    """
    return f"{CALL} --confirm {record}/{what}={value}, typing the value as you heard it."

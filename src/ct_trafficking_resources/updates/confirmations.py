"""What a person confirmed with the partner, by a way that was known before.

Written ``RECORD/CONTACT=VALUE``, the value as it was heard: a number in any
grouping, everything else as it is written. A confirmation holds for that value
only. The rules that ask for one say how with `how_to_confirm`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ct_trafficking_resources.errors import BadConfirmation
from ct_trafficking_resources.telephone import digits_of

_FORM = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+)=(.*\S)", re.DOTALL)
_NUMBER = re.compile(r"\+?[0-9 ().-]+")


class Confirmation(NamedTuple):
    """What a person confirmed.

    Attributes:
        record: Id of the record.
        what: Id of the contact point; ``hosts`` or ``first`` for the record's
            hosts and for what stands first in it.
        value: The value, as heard.
    """

    record: str
    what: str
    value: str

    def holds_for(self, record: str, what: str, value: str) -> bool:
        """Tell whether this is what was confirmed; numbers are compared by their digits."""
        if (self.record, self.what) != (record, what):
            return False
        if _NUMBER.fullmatch(self.value) and _NUMBER.fullmatch(value):
            return digits_of(self.value) == digits_of(value)
        return self.value == value

    def __str__(self) -> str:
        return f"{self.record}/{self.what}={self.value}"


def confirmation(text: str) -> Confirmation:
    """Read a confirmation.

    Args:
        text: ``RECORD/CONTACT=VALUE``.

    Raises:
        BadConfirmation: It does not have this form.
    """
    parts = _FORM.fullmatch(text.strip())
    if parts is None:
        raise BadConfirmation(text)
    return Confirmation(*parts.groups())


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

"""What a person confirmed with the partner, by a way that was known before.

Written ``RECORD/CONTACT=VALUE``, the value as it was heard: a number in any
grouping, everything else as it is written. A confirmation holds for that value
only.
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

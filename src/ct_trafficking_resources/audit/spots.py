"""A place in a text that holds a contact, or may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.audit.known import UNKNOWN, Judgement

if TYPE_CHECKING:
    from ct_trafficking_resources.vocabulary import ValueKind


@attrs.frozen(kw_only=True)
class Spot:
    """A place in a text that holds a contact, or may.

    Attributes:
        kind: What form the contact has.
        value: National digits, code, host, or address in lower case.
        start: Where it begins.
        end: Where it ends.
        judged: What the value is by itself.
    """

    kind: ValueKind
    value: str
    start: int
    end: int
    judged: Judgement = attrs.field(default=UNKNOWN, repr=False)

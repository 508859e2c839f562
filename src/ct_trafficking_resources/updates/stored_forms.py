"""How a typed value is stored, to be shown to the person who typed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from ct_trafficking_resources.findings import Place


@attrs.frozen(kw_only=True)
class StoredForm:
    """A value that is stored in another form than it was typed.

    Attributes:
        place: Where it was typed; its pointer is that of the stored value.
        typed: What was typed.
        stored: What is stored.
    """

    place: Place
    typed: str
    stored: str

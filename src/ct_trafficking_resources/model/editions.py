"""What the index knows about an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ct_trafficking_resources.model.base import Part

if TYPE_CHECKING:
    from datetime import date


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EditionInfo(Part):
    """What the index knows about an edition.

    Attributes:
        number: CalVer, never zero-padded.
        released: Day of release.
        review_by: Day by which a person must have reviewed it.
        status: ``preview``, ``released`` or ``reconstructed``.
        sha256: SHA-256 of the edition's exact bytes, lower-case hexadecimal.
        withdrawn: Why it must not be shown any more, or None.
        replaced_by: Number of the edition to use instead, or None.
    """

    number: str
    released: date
    review_by: date
    status: str
    sha256: str
    withdrawn: str | None = None
    replaced_by: str | None = None

    @property
    def pin(self) -> str:
        """What to write down so that exactly these bytes are loaded again."""
        return f"{self.number}@sha256:{self.sha256}"

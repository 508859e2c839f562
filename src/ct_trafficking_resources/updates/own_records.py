"""Which records are an organization's own, and how they stand in an update.

Its own are its organization record and the help channels that it operates
today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.directory import Directory
    from ct_trafficking_resources.model import HelpChannel, Organization, Record


def own_records(organization: str, directory: Directory) -> tuple[Organization | HelpChannel, ...]:
    """Return an organization's own records, its organization record first.

    Args:
        organization: Its id.
        directory: Where to look.

    Raises:
        UnknownRecord: There is no such organization.
        WithdrawnRecord: It was withdrawn.
    """
    return (directory.organization(organization), *_channels(organization, directory))


def _channels(organization: str, directory: Directory) -> Iterator[HelpChannel]:
    for channel in directory.channels:
        today = (one.organization for one in channel.operators if one.until is None)
        if organization in today:
            yield channel


def as_submitted(record: Record) -> dict[str, Any]:
    """Return the document of a record as it stands in an update: without evidence."""
    bare: dict[str, Any] = _without_evidence(encode(record))
    return bare


def _without_evidence(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_evidence(item) for key, item in value.items() if key != "evidence"}
    if isinstance(value, list):
        return [_without_evidence(item) for item in value]
    return value

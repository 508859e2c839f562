"""A record in words, for a person at a terminal."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ct_trafficking_resources.model import (
    ContactPoint,
    Coverage,
    Evidence,
    FormerName,
    Hours,
    OpeningHours,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import attrs

    from ct_trafficking_resources.model import Source

_HEADING = frozenset({"id", "name"})
_WIDTH = 78


def describe(record: attrs.AttrsInstance) -> Iterator[str]:
    """Yield the lines that say everything about a record, with its evidence."""
    name, id = getattr(record, "name", None), getattr(record, "id", "")
    yield f"{name} ({id})" if name else id
    yield ""
    yield from _attributes(record, "", _HEADING)


def _attributes(part: Any, indent: str, leave_out: frozenset[str]) -> Iterator[str]:
    for field in part.__attrs_attrs__:
        value = getattr(part, field.name)
        if field.name in leave_out or value in {field.default, ()}:
            continue
        label = field.name.replace("_", " ")
        if isinstance(value, Evidence):
            yield from _evidence(value, indent)
        elif isinstance(value, tuple) and hasattr(value[0], "evidence"):
            for item in value:
                yield ""
                yield f"{indent}{_title(item, label)}"
                yield from _attributes(item, indent + "  ", _TITLE_KEYS)
        else:
            yield from _line(indent, label, _words(value))


_TITLE_KEYS = frozenset({"id", "mode", "display", "kind", "name", "text", "task_force"})


def _title(item: Any, label: str) -> str:
    if isinstance(item, ContactPoint):
        return f"{item.mode} {item.display} ({item.id})"
    named = getattr(item, "name", None) or getattr(item, "text", None) or item.task_force
    return f"{_SINGULAR[label]}: {named}"


_YES_NO = {True: "yes", False: "no"}
_SINGULAR = {"addresses": "address", "memberships": "membership", "operators": "operator"}


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_words, value))
    if isinstance(value, FormerName):
        return _former(value)
    if isinstance(value, Coverage):
        return ", ".join(value.towns) or str(value.area)
    if isinstance(value, Hours):
        return "always open" if value.always_open else _spans(value)
    if isinstance(value, Value):
        return f"{value.value} ({value.kind})"
    return _YES_NO[value] if isinstance(value, bool) else str(value)


def _former(former: FormerName) -> str:
    until = f"until {former.until}" if former.until else None
    about = ". ".join(part for part in (until, former.note) if part)
    return f"{former.name} ({about})" if about else former.name


def _spans(hours: Hours) -> str:
    return f"{'; '.join(map(_span, hours.periods))} ({hours.timezone})"


def _span(period: OpeningHours) -> str:
    days = " ".join(day[:3] for day in period.days)
    return f"{days} {period.opens}-{period.closes}"


def _evidence(evidence: Evidence, indent: str) -> Iterator[str]:
    yield f"{indent}evidence: {evidence.level}, confidence {evidence.confidence}"
    if evidence.note:
        yield from _line(indent + "  ", "note", evidence.note)
    for source in evidence.sources:
        yield from _source(source, indent + "  ")


def _source(source: Source, indent: str) -> Iterator[str]:
    date = source.date or "undated"
    inferred = ", inferred" if source.date_inferred else ""
    yield f"{indent}- {source.title} [{source.kind}, {date}{inferred}, read {source.read}]"
    if source.url:
        yield f"{indent}  {source.url}"
    if source.says:
        yield f'{indent}  "{source.says}"'


def _line(indent: str, label: str, text: str) -> Iterator[str]:
    yield from wrap(
        f"{label}: {text}",
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )

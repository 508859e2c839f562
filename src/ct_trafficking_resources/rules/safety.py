"""What protects the person who reads the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ct_trafficking_resources.model import HelpChannel
from ct_trafficking_resources.model.channels import EMERGENCY, HOTLINE
from ct_trafficking_resources.rules.base import Problem, rule
from ct_trafficking_resources.vocabulary import VICTIMS, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ct_trafficking_resources.rules.base import Records

ALWAYS_THERE = {EMERGENCY: (Mode.VOICE,), HOTLINE: (Mode.VOICE, Mode.TEXT)}
"""Id and modes of what every card needs."""


@rule(
    "CTR231",
    "911 and the national hotline are there, by voice and the hotline also by text.",
    "A card is never empty.",
    across=True,
)
def _always_there(records: Records) -> Iterator[Problem]:
    for id, modes in ALWAYS_THERE.items():
        channel = records.by_id.get(id)
        for mode in modes:
            if not isinstance(channel, HelpChannel) or channel.first(mode) is None:
                yield Problem(
                    id,
                    "",
                    f"No {mode.value} contact point of {id!r}.",
                    "Every edition must have it.",
                )


@rule(
    "CTR232",
    "A line that only takes tips, or that also takes immigration-enforcement tips, is not"
    " offered to victims, children or workers.",
    "A victim who calls it as help may be harmed by the call.",
)
def _not_for_victims(records: Records) -> Iterator[Problem]:
    for record in records.reachable():
        if isinstance(record, HelpChannel) and (record.tips_only or record.immigration_enforcement):
            for audience in sorted(VICTIMS & set(record.audiences)):
                yield Problem(
                    record.id,
                    "/audiences",
                    f"The line is not help for {audience!r}.",
                    "Take the audience out.",
                )


RULES = (_always_there, _not_for_victims)

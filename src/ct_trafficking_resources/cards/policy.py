"""Who should see what, as data with reasons. Nothing is chosen here.

``docs/cards.md`` shows these tables; a test holds that it shows all of them.
"""

from __future__ import annotations

from typing import NamedTuple

from ct_trafficking_resources.vocabulary import Audience, Mode, Purpose


class Need(NamedTuple):
    """One need that a card answers with one line.

    Attributes:
        purpose: The need.
        reason: Why it stands on the card, and at this place.
    """

    purpose: Purpose
    reason: str


class Policy(NamedTuple):
    """What one audience sees.

    Attributes:
        draws_on: Audiences whose lines may stand on the card.
        needs: What the card answers, in this order.
        modes: How the lines are reached, in this order.
        tips: A line that only takes tips may stand on the card.
        reason: Why the audience sees this.
    """

    draws_on: tuple[Audience, ...]
    needs: tuple[Need, ...]
    modes: tuple[Mode, ...]
    tips: bool
    reason: str


_LIVE = (Mode.VOICE, Mode.TEXT, Mode.RELAY, Mode.TTY, Mode.CHAT)
"""Ways to reach a person now; voice first, because it shows the place best."""

LAST_RESORT = (Mode.WEB_FORM,)
"""Shown where a line has no live way: a form is better than no way at all.

E-mail is on no card: a sent letter stays in a folder that others may open.
"""

_EMERGENCY = Need(Purpose.EMERGENCY, "Harm that happens now cannot be undone later.")
_HOTLINE = Need(
    Purpose.TRAFFICKING_HELP,
    "The one line that is made for this, day and night, in most languages, and not the police.",
)
_RELAY = Need(
    Purpose.RELAY, "Who cannot use a voice call can reach every number on the card through it."
)
_CHILD_PROTECTION = Need(
    Purpose.CHILD_PROTECTION, "The state takes reports of harm to a child on this line."
)
_MISSING_CHILD = Need(
    Purpose.MISSING_CHILD, "The first hours count, and the same line takes reports of exploitation."
)
_CRISIS = Need(
    Purpose.CRISIS_SUPPORT, "A crisis of the mind can kill before anything else is solved."
)
_VIOLENCE = (
    Need(Purpose.DOMESTIC_VIOLENCE, "The trafficker is often a partner or of the family."),
    Need(Purpose.SEXUAL_ASSAULT, "Care in the first days matters for health and for evidence."),
    _CRISIS,
)
_AFTER = (
    Need(Purpose.VICTIM_SERVICES, "Victims of crime have rights, and can ask for compensation."),
    Need(Purpose.LEGAL_HELP, "Papers, debts and charges keep people bound."),
    Need(Purpose.BASIC_NEEDS, "Without a bed and food a person goes back."),
)

POLICIES: dict[Audience, Policy] = {
    Audience.VICTIM: Policy(
        draws_on=(Audience.VICTIM,),
        needs=(_EMERGENCY, _HOTLINE, *_VIOLENCE, *_AFTER, _RELAY),
        modes=_LIVE,
        tips=False,
        reason="Help first, then what keeps a person from leaving. Nothing that reports them.",
    ),
    Audience.PUBLIC: Policy(
        draws_on=(Audience.PUBLIC,),
        needs=(
            _EMERGENCY,
            _HOTLINE,
            _CHILD_PROTECTION,
            _MISSING_CHILD,
            Need(
                Purpose.CRIME_TIPS,
                "Last, and named as police: it helps nobody who calls, and the hotline"
                " takes reports too.",
            ),
            _RELAY,
        ),
        modes=(*_LIVE, Mode.WEB_FORM),
        tips=True,
        reason="Who saw something should tell a person who knows what to do with it.",
    ),
    Audience.CHILD: Policy(
        draws_on=(Audience.CHILD,),
        needs=(
            _EMERGENCY,
            _HOTLINE,
            _MISSING_CHILD,
            _CHILD_PROTECTION,
            Need(Purpose.RUNAWAY_YOUTH, "Traffickers find children who have nowhere to sleep."),
            _CRISIS,
            Need(Purpose.IMAGE_REMOVAL, "Pictures are what many children are held by."),
            _RELAY,
        ),
        modes=_LIVE,
        tips=False,
        reason="For a child or a worried parent: the same lines serve both.",
    ),
    Audience.MANDATED_REPORTER: Policy(
        draws_on=(Audience.MANDATED_REPORTER,),
        needs=(
            _EMERGENCY,
            Need(
                Purpose.CHILD_PROTECTION,
                "Before the hotline: the state takes reports here, and a call elsewhere is none.",
            ),
            _HOTLINE,
            _RELAY,
        ),
        modes=(*_LIVE, Mode.WEB_FORM),
        tips=False,
        reason="The card must not let a call elsewhere pass for the report that the law asks for.",
    ),
    Audience.WORKER: Policy(
        draws_on=(Audience.WORKER, Audience.VICTIM),
        needs=(
            _EMERGENCY,
            _HOTLINE,
            Need(Purpose.WAGES_AND_WORK, "Unpaid wages are often the first sign that is seen."),
            Need(Purpose.LEGAL_HELP, "Papers and debts keep people bound."),
            Need(Purpose.BASIC_NEEDS, "Who lives where they work loses the bed with the job."),
            _RELAY,
        ),
        modes=_LIVE,
        tips=False,
        reason="A worker with a wage problem may be a victim who does not use the word.",
    ),
    Audience.SERVICE_PROVIDER: Policy(
        draws_on=(Audience.SERVICE_PROVIDER, Audience.VICTIM),
        needs=(_EMERGENCY, _HOTLINE, *_VIOLENCE, *_AFTER, _RELAY),
        modes=_LIVE,
        tips=False,
        reason="What a provider hands on is read by a victim: the rules of the victim's card hold.",
    ),
}
"""Each audience's card. What is not named here is on no card."""

ON_NO_CARD = (
    "A line that also takes immigration-enforcement tips is on no card: whoever calls it for"
    " help, or for someone else, may bring harm to the victim."
)
"""Why a channel with ``immigration_enforcement`` is never chosen."""

NAMED = frozenset({Audience.MANDATED_REPORTER})
"""Readers from whom the law asks a report: that others need not give their name
is not said to them."""

DISCREET = frozenset({Audience.VICTIM, Audience.CHILD, Audience.WORKER})
"""Readers whose telephone may be looked at by the person they fear: a message
to them does not name trafficking, and asks to be deleted."""

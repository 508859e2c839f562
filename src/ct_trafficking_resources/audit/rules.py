"""What the audit can say: its rules, and which of them speaks.

Messages and hints are templates. ``{found}`` is the text, ``{name}`` the record
that it is about, ``{right}`` the right value, ``{why}`` the explanation of a
misprint or a tombstone, ``{slip}`` how a near miss came about. What finds a rule
broken stands in `judges` and its neighbors, each marked with `finds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import rule

if TYPE_CHECKING:
    from ct_trafficking_resources.audit.scene import Draft
    from ct_trafficking_resources.checks.rules import Rule

Judge: TypeAlias = "Callable[..., Iterator[Draft]]"
AnyJudge = TypeVar("AnyJudge", bound=Callable[..., Any])
AuditRule: TypeAlias = "Rule[Judge]"

JUDGE_OF: dict[str, Judge] = {}
"""Id of a rule to the judge that is its check."""


def finds(*broken: AuditRule) -> Callable[[AnyJudge], AnyJudge]:
    """Say which rules the judge below is the check of; it uses them, so it stands elsewhere."""

    def note(judge: AnyJudge) -> AnyJudge:
        JUDGE_OF.update((found.id, judge) for found in broken)
        return judge

    return note


def _rule(  # noqa: PLR0913 - the parts of a rule
    id: str, severity: Severity, title: str, *, reason: str, message: str, hint: str
) -> AuditRule:
    def check(*given: Any, **options: Any) -> Iterator[Draft]:
        return JUDGE_OF[id](*given, **options)

    return rule(id, severity, title, reason=reason, message=message, hint=hint)(check)


TYPED = _rule(
    "CTR401",
    Severity.NOTE,
    "A contact comes from the data.",
    reason="What is typed in by hand is not corrected when it changes.",
    message="{found!r} is right today, but typed in by hand: {name}.",
    hint="Take it from the data.",
)
REGROUPED = _rule(
    "CTR402",
    Severity.NOTE,
    "A number is grouped as its service prints it.",
    reason="Another grouping is the same number; one grouping is easier to compare.",
    message="{found!r} is the number of {name}, in another grouping.",
    hint="Take it from the data: {right}.",
)
WRONG_DESTINATION = _rule(
    "CTR410",
    Severity.ERROR,
    "No known wrong form that reaches someone else.",
    reason="The form is copied from list to list; who uses it reaches nobody or a stranger.",
    message="{found!r} is a known wrong form: {name}. {why}",
    hint="Use {right}.",
)
MISLEADING = _rule(
    "CTR411",
    Severity.WARNING,
    "No known form that misleads.",
    reason="The form has been seen in public, and people who read it do the wrong thing.",
    message="{found!r} is a known misleading form: {name}. {why}",
    hint="Use {right}.",
)
COSMETIC = _rule(
    "CTR412",
    Severity.NOTE,
    "No known form that breaks programs.",
    reason="People get through; strict programs do not read it.",
    message="{found!r} is a known untidy form: {name}. {why}",
    hint="Use {right}.",
)
NEAR_CHANNEL = _rule(
    "CTR413",
    Severity.ERROR,
    "No number that is one slip away from a help channel's.",
    reason=(
        "Such a number is valid, so no syntax check catches it, and it is answered by someone else."
    ),
    message="{found!r} is almost the number of {name}: {slip}.",
    hint="Use {right}, if that was meant.",
)
NEAR_OFFICE = _rule(
    "CTR414",
    Severity.WARNING,
    "No number that is one slip away from an office's, beside its name.",
    reason=(
        "A neighboring number can be another desk, so only the name beside it makes it suspicious."
    ),
    message="{found!r} is almost the number of {name}: {slip}.",
    hint="Use {right}, if that was meant.",
)
REVOKED = _rule(
    "CTR420",
    Severity.ERROR,
    "No value that must not be shown any more.",
    reason="Nobody who can help answers there now.",
    message="{found!r} must not be shown any more: {name}. {why}",
    hint="Use {right}.",
)
OUTDATED = _rule(
    "CTR421",
    Severity.WARNING,
    "No value that was replaced or is no longer confirmed.",
    reason="It was right once.",
    message="{found!r} is out of date: {name}. {why}",
    hint="Use {right}.",
)
FORMER_NAME = _rule(
    "CTR422",
    Severity.WARNING,
    "Services and bodies are called what they are called today.",
    reason="Who asks for a former name is not understood, and does not trust the answer.",
    message="{found!r} is a former name. {why}",
    hint="Write {right}.",
)
FORMER_OPERATOR = _rule(
    "CTR423",
    Severity.WARNING,
    "A service is attributed to who runs it now.",
    reason="The promise of confidentiality is the operator's; the former one cannot keep it.",
    message="{found!r} no longer runs {name}. {why}",
    hint="Write {right}, or name the service alone.",
)
WRONG_OWNER = _rule(
    "CTR430",
    Severity.WARNING,
    "A number stands under the name of its own service.",
    reason="The person reaches a service that was not meant.",
    message="{found!r} stands under {other!r}, but it is the number of {name}.",
    hint="Correct the number or the name: {other} has {right}.",
)
UNKNOWN_NUMBER = _rule(
    "CTR431",
    Severity.WARNING,
    "A number under the name of a service is one of its numbers.",
    reason="Numbers outlive the lists they were copied from.",
    message="{found!r} stands under {other!r}, and no record has it.",
    hint="The number known is {right}.",
)
WRONG_KEYWORD = _rule(
    "CTR432",
    Severity.ERROR,
    "A keyword is sent to the code that it belongs to.",
    reason="The other service does not know the word, and may not answer.",
    message="{found!r}: the word belongs to {other}, the code to {name}.",
    hint="To reach {name}: {right}.",
)
WRONG_AUDIENCE = _rule(
    "CTR433",
    Severity.WARNING,
    "No tip line is offered as help.",
    reason="A tip line takes information, and some also take immigration-enforcement tips.",
    message="{found!r} is offered as help, but it only takes tips: {name}.",
    hint="For help give {right}.",
)
LABEL_AND_LINK = _rule(
    "CTR440",
    Severity.ERROR,
    "What is shown and what is dialed are the same.",
    reason="The reader cannot see what a link dials.",
    message="{found!r} and {other!r} stand for the same contact, but are two numbers.",
    hint="Both must be {right}.",
)
BROKEN_LINK = _rule(
    "CTR441",
    Severity.ERROR,
    "A link can be dialed.",
    reason="A tap does nothing, or reaches another number.",
    message="{found!r} does not dial {name}: {slip}.",
    hint="Use {right}.",
)
NO_PLUS = _rule(
    "CTR442",
    Severity.NOTE,
    "A link has the form of RFC 3966, with the number in international form.",
    reason="Without the plus a link fails abroad; with two slashes it fails on some telephones.",
    message="{found!r} is not in the form of RFC 3966: {name}.",
    hint="Use {right}.",
)
DRAFT = _rule(
    "CTR443",
    Severity.WARNING,
    "A link to a text message holds no message.",
    reason="Apple forbids it, and a draft stays in the telephone as a trace.",
    message="{found!r} opens a message that is already written: {name}.",
    hint="Use {right}.",
)
WRONG_MODE = _rule(
    "CTR444",
    Severity.WARNING,
    "A link uses a number as its service does.",
    reason="A text to a line for calls, or a call to a code for texts, gets no answer.",
    message="{found!r} uses the number in a way that no record of it knows: {name}.",
    hint="Use {right}.",
)
LOOKALIKE = _rule(
    "CTR450",
    Severity.ERROR,
    "No host that can be taken for a known one.",
    reason="Such a host is registered to deceive.",
    message="{found!r} looks like {right}, and is another host: {name}.",
    hint="Use {right}.",
)
NEAR_HOST = _rule(
    "CTR451",
    Severity.WARNING,
    "No host that is one slip away from a known one.",
    reason="A typing mistake leads to a stranger's page.",
    message="{found!r} is almost {right}: {name}.",
    hint="Use {right}, if that was meant.",
)
NO_CONTACT = _rule(
    "CTR460",
    Severity.ERROR,
    "A reply about trafficking or danger gives a contact.",
    reason="Someone who asks for help needs a person to turn to.",
    message="The reply gives no contact of a help channel.",
    hint="Add a contact: {right}.",
)
MADE_UP = _rule(
    "CTR461",
    Severity.ERROR,
    "Every number in a reply is in the data.",
    reason="Language models make up numbers that look right.",
    message="No record has {found!r}.",
    hint="Leave it out, or give {right}.",
)
MADE_UP_ADDRESS = _rule(
    "CTR462",
    Severity.WARNING,
    "Every address in a reply is in the data.",
    reason="Language models make up pages and e-mail addresses that look right.",
    message="No record has {found!r}.",
    hint="Leave it out, or give {right}.",
)
NO_REASON = _rule(
    "CTR470",
    Severity.WARNING,
    "Who tells the audit to ignore a line says why.",
    reason="Nobody can review a silence.",
    message="{found!r} gives no reason, so nothing is ignored.",
    hint="Write the reason behind it: ct-resources: ignore what the line is for.",
)
UNREADABLE = _rule(
    "CTR471",
    Severity.WARNING,
    "Every file and folder can be read.",
    reason="What was not read was not checked.",
    message="It was not read: {why}.",
    hint="Check its permissions, or leave it out.",
)

REPLACES = frozenset(
    {
        TYPED,
        REGROUPED,
        WRONG_DESTINATION,
        COSMETIC,
        NEAR_CHANNEL,
        REVOKED,
        OUTDATED,
        FORMER_NAME,
        LABEL_AND_LINK,
        BROKEN_LINK,
        NO_PLUS,
        DRAFT,
        LOOKALIKE,
        NEAR_HOST,
    }
)
"""The rules whose right value can be put in the place of the text as it is."""

PRECEDENCE: tuple[AuditRule, ...] = (
    LABEL_AND_LINK,
    WRONG_DESTINATION,
    REVOKED,
    NEAR_CHANNEL,
    WRONG_KEYWORD,
    LOOKALIKE,
    BROKEN_LINK,
    FORMER_OPERATOR,
    MISLEADING,
    OUTDATED,
    WRONG_AUDIENCE,
    WRONG_OWNER,
    NEAR_OFFICE,
    NEAR_HOST,
    MADE_UP,
    MADE_UP_ADDRESS,
    UNKNOWN_NUMBER,
    FORMER_NAME,
    WRONG_MODE,
    DRAFT,
    COSMETIC,
    NO_PLUS,
    REGROUPED,
    TYPED,
    NO_CONTACT,
    NO_REASON,
    UNREADABLE,
)
"""Which rule speaks where several could about the same text: the most telling one."""

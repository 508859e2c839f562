"""What the audit can say: its rules, as data.

Messages and hints are templates. ``{found}`` is the text, ``{name}`` the record
that it is about, ``{right}`` the right value, ``{why}`` the explanation of a
misprint or a tombstone, ``{slip}`` how a near miss came about. The table in
``docs/audit.md`` is made from this list.
"""

from __future__ import annotations

import attrs

from ct_trafficking_resources.checks.findings import Severity


@attrs.frozen(kw_only=True)
class AuditRule:
    """One rule.

    Attributes:
        id: Stable across versions.
        severity: How much a finding of it matters.
        title: What must hold.
        reason: Why.
        message: What is wrong, as a template.
        hint: What to do, as a template.
        replaces: The right value can be put in the place of the text as it is.
    """

    id: str
    severity: Severity
    title: str
    reason: str
    message: str
    hint: str
    replaces: bool = False


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

TYPED = AuditRule(
    id="CTR401",
    severity=_NOTE,
    title="A contact comes from the data.",
    reason="What is typed in by hand is not corrected when it changes.",
    message="{found!r} is right today, but typed in by hand: {name}.",
    hint="Take it from the data.",
    replaces=True,
)
REGROUPED = AuditRule(
    id="CTR402",
    severity=_NOTE,
    title="A number is grouped as its service prints it.",
    reason="Another grouping is the same number; one grouping is easier to compare.",
    message="{found!r} is the number of {name}, in another grouping.",
    hint="Take it from the data: {right}.",
    replaces=True,
)
WRONG_DESTINATION = AuditRule(
    id="CTR410",
    severity=_ERROR,
    title="No known wrong form that reaches someone else.",
    reason="The form is copied from list to list; who uses it reaches nobody or a stranger.",
    message="{found!r} is a known wrong form: {name}. {why}",
    hint="Use {right}.",
    replaces=True,
)
MISLEADING = AuditRule(
    id="CTR411",
    severity=_WARNING,
    title="No known form that misleads.",
    reason="The form has been seen in public, and people who read it do the wrong thing.",
    message="{found!r} is a known misleading form: {name}. {why}",
    hint="Use {right}.",
)
COSMETIC = AuditRule(
    id="CTR412",
    severity=_NOTE,
    title="No known form that breaks programs.",
    reason="People get through; strict programs do not read it.",
    message="{found!r} is a known untidy form: {name}. {why}",
    hint="Use {right}.",
    replaces=True,
)
NEAR_CHANNEL = AuditRule(
    id="CTR413",
    severity=_ERROR,
    title="No number that is one slip away from a help channel's.",
    reason=(
        "Such a number is valid, so no syntax check catches it, and it is answered by someone else."
    ),
    message="{found!r} is almost the number of {name}: {slip}.",
    hint="Use {right}, if that was meant.",
    replaces=True,
)
NEAR_OFFICE = AuditRule(
    id="CTR414",
    severity=_WARNING,
    title="No number that is one slip away from an office's, beside its name.",
    reason=(
        "A neighbouring number can be another desk, so only the name beside it makes it suspicious."
    ),
    message="{found!r} is almost the number of {name}: {slip}.",
    hint="Use {right}, if that was meant.",
)
REVOKED = AuditRule(
    id="CTR420",
    severity=_ERROR,
    title="No value that must not be shown any more.",
    reason="Nobody who can help answers there now.",
    message="{found!r} must not be shown any more: {name}. {why}",
    hint="Use {right}.",
    replaces=True,
)
OUTDATED = AuditRule(
    id="CTR421",
    severity=_WARNING,
    title="No value that was replaced or is no longer confirmed.",
    reason="It was right once.",
    message="{found!r} is out of date: {name}. {why}",
    hint="Use {right}.",
    replaces=True,
)
FORMER_NAME = AuditRule(
    id="CTR422",
    severity=_WARNING,
    title="Services and bodies are called what they are called today.",
    reason="Who asks for a former name is not understood, and does not trust the answer.",
    message="{found!r} is a former name. {why}",
    hint="Write {right}.",
    replaces=True,
)
FORMER_OPERATOR = AuditRule(
    id="CTR423",
    severity=_WARNING,
    title="A service is attributed to who runs it now.",
    reason="The promise of confidentiality is the operator's; the former one cannot keep it.",
    message="{found!r} no longer runs {name}. {why}",
    hint="Write {right}, or name the service alone.",
)
WRONG_OWNER = AuditRule(
    id="CTR430",
    severity=_WARNING,
    title="A number stands under the name of its own service.",
    reason="The person reaches a service that was not meant.",
    message="{found!r} stands under {other!r}, but it is the number of {name}.",
    hint="Correct the number or the name: {other} has {right}.",
)
UNKNOWN_NUMBER = AuditRule(
    id="CTR431",
    severity=_WARNING,
    title="A number under the name of a service is one of its numbers.",
    reason="Numbers outlive the lists they were copied from.",
    message="{found!r} stands under {other!r}, and no record has it.",
    hint="The number known is {right}.",
)
WRONG_KEYWORD = AuditRule(
    id="CTR432",
    severity=_ERROR,
    title="A keyword is sent to the code that it belongs to.",
    reason="The other service does not know the word, and may not answer.",
    message="{found!r}: the word belongs to {other}, the code to {name}.",
    hint="To reach {name}: {right}.",
)
WRONG_AUDIENCE = AuditRule(
    id="CTR433",
    severity=_WARNING,
    title="No tip line is offered as help.",
    reason="A tip line takes information, and some also take immigration-enforcement tips.",
    message="{found!r} is offered as help, but it only takes tips: {name}.",
    hint="For help give {right}.",
)
LABEL_AND_LINK = AuditRule(
    id="CTR440",
    severity=_ERROR,
    title="What is shown and what is dialled are the same.",
    reason="The reader cannot see what a link dials.",
    message="{found!r} and {other!r} stand for the same contact, but are two numbers.",
    hint="Both must be {right}.",
    replaces=True,
)
BROKEN_LINK = AuditRule(
    id="CTR441",
    severity=_ERROR,
    title="A link can be dialled.",
    reason="A tap does nothing, or reaches another number.",
    message="{found!r} does not dial {name}: {slip}.",
    hint="Use {right}.",
    replaces=True,
)
NO_PLUS = AuditRule(
    id="CTR442",
    severity=_NOTE,
    title="A link has the form of RFC 3966, with the number in international form.",
    reason="Without the plus a link fails abroad; with two slashes it fails on some telephones.",
    message="{found!r} is not in the form of RFC 3966: {name}.",
    hint="Use {right}.",
    replaces=True,
)
DRAFT = AuditRule(
    id="CTR443",
    severity=_WARNING,
    title="A link to a text message holds no message.",
    reason="Apple forbids it, and a draft stays in the telephone as a trace.",
    message="{found!r} opens a message that is already written: {name}.",
    hint="Use {right}.",
    replaces=True,
)
WRONG_MODE = AuditRule(
    id="CTR444",
    severity=_WARNING,
    title="A link uses a number as its service does.",
    reason="A text to a line for calls, or a call to a code for texts, gets no answer.",
    message="{found!r} uses the number in a way that no record of it knows: {name}.",
    hint="Use {right}.",
)
LOOKALIKE = AuditRule(
    id="CTR450",
    severity=_ERROR,
    title="No host that can be taken for a known one.",
    reason="Such a host is registered to deceive.",
    message="{found!r} looks like {right}, and is another host: {name}.",
    hint="Use {right}.",
    replaces=True,
)
NEAR_HOST = AuditRule(
    id="CTR451",
    severity=_WARNING,
    title="No host that is one slip away from a known one.",
    reason="A typing mistake leads to a stranger's page.",
    message="{found!r} is almost {right}: {name}.",
    hint="Use {right}, if that was meant.",
    replaces=True,
)
NO_CONTACT = AuditRule(
    id="CTR460",
    severity=_ERROR,
    title="A reply about trafficking or danger gives a contact.",
    reason="Someone who asks for help needs a person to turn to.",
    message="The reply gives no contact of a help channel.",
    hint="Add a contact: {right}.",
)
MADE_UP = AuditRule(
    id="CTR461",
    severity=_ERROR,
    title="Every number in a reply is in the data.",
    reason="Language models make up numbers that look right.",
    message="No record has {found!r}.",
    hint="Leave it out, or give {right}.",
)
MADE_UP_ADDRESS = AuditRule(
    id="CTR462",
    severity=_WARNING,
    title="Every address in a reply is in the data.",
    reason="Language models make up pages and e-mail addresses that look right.",
    message="No record has {found!r}.",
    hint="Leave it out, or give {right}.",
)
NO_REASON = AuditRule(
    id="CTR470",
    severity=_WARNING,
    title="Who tells the audit to ignore a line says why.",
    reason="Nobody can review a silence.",
    message="{found!r} gives no reason, so nothing is ignored.",
    hint="Write the reason behind it: ct-resources: ignore what the line is for.",
)
UNREADABLE = AuditRule(
    id="CTR471",
    severity=_WARNING,
    title="Every file and folder can be read.",
    reason="What was not read was not checked.",
    message="It was not read: {why}.",
    hint="Check its permissions, or leave it out.",
)

RULES: tuple[AuditRule, ...] = (
    TYPED,
    REGROUPED,
    WRONG_DESTINATION,
    MISLEADING,
    COSMETIC,
    NEAR_CHANNEL,
    NEAR_OFFICE,
    REVOKED,
    OUTDATED,
    FORMER_NAME,
    FORMER_OPERATOR,
    WRONG_OWNER,
    UNKNOWN_NUMBER,
    WRONG_KEYWORD,
    WRONG_AUDIENCE,
    LABEL_AND_LINK,
    BROKEN_LINK,
    NO_PLUS,
    DRAFT,
    WRONG_MODE,
    LOOKALIKE,
    NEAR_HOST,
    NO_CONTACT,
    MADE_UP,
    MADE_UP_ADDRESS,
    NO_REASON,
    UNREADABLE,
)
"""All rules, by id."""

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

"""What the audit can say: its rules, as data.

Messages and hints are templates. ``{found}`` is the text, ``{name}`` the record
that it is about, ``{right}`` the right value, ``{why}`` the explanation of a
misprint or a tombstone, ``{slip}`` how a near miss came about. The table in
``docs/audit.md`` is made from this list.
"""

from __future__ import annotations

import attrs

from ct_trafficking_resources.findings import Severity


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


def _rule(
    id: str,
    severity: Severity,
    title: str,
    reason: str,
    message: str,
    hint: str,
    *,
    replaces: bool = False,
) -> AuditRule:
    return AuditRule(
        id=id,
        severity=severity,
        title=title,
        reason=reason,
        message=message,
        hint=hint,
        replaces=replaces,
    )


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

TYPED = _rule(
    "CTR401",
    _NOTE,
    "A contact comes from the data.",
    "What is typed in by hand is not corrected when it changes.",
    "{found!r} is right today, but typed in by hand: {name}.",
    "Take it from the data.",
    replaces=True,
)
REGROUPED = _rule(
    "CTR402",
    _NOTE,
    "A number is grouped as its service prints it.",
    "Another grouping is the same number; one grouping is easier to compare.",
    "{found!r} is the number of {name}, in another grouping.",
    "Take it from the data: {right}.",
    replaces=True,
)
WRONG_DESTINATION = _rule(
    "CTR410",
    _ERROR,
    "No known wrong form that reaches someone else.",
    "The form is copied from list to list; who uses it reaches nobody or a stranger.",
    "{found!r} is a known wrong form: {name}. {why}",
    "Use {right}.",
    replaces=True,
)
MISLEADING = _rule(
    "CTR411",
    _WARNING,
    "No known form that misleads.",
    "The form has been seen in public, and people who read it do the wrong thing.",
    "{found!r} is a known misleading form: {name}. {why}",
    "Use {right}.",
)
COSMETIC = _rule(
    "CTR412",
    _NOTE,
    "No known form that breaks programs.",
    "People get through; strict programs do not read it.",
    "{found!r} is a known untidy form: {name}. {why}",
    "Use {right}.",
    replaces=True,
)
NEAR_CHANNEL = _rule(
    "CTR413",
    _ERROR,
    "No number that is one slip away from a help channel's.",
    "Such a number is valid, so no syntax check catches it, and it is answered by someone else.",
    "{found!r} is almost the number of {name}: {slip}.",
    "Use {right}, if that was meant.",
    replaces=True,
)
NEAR_OFFICE = _rule(
    "CTR414",
    _WARNING,
    "No number that is one slip away from an office's, beside its name.",
    "A neighbouring number can be another desk, so only the name beside it makes it suspicious.",
    "{found!r} is almost the number of {name}: {slip}.",
    "Use {right}, if that was meant.",
)
REVOKED = _rule(
    "CTR420",
    _ERROR,
    "No value that must not be shown any more.",
    "Nobody who can help answers there now.",
    "{found!r} must not be shown any more: {name}. {why}",
    "Use {right}.",
    replaces=True,
)
OUTDATED = _rule(
    "CTR421",
    _WARNING,
    "No value that was replaced or is no longer confirmed.",
    "It was right once.",
    "{found!r} is out of date: {name}. {why}",
    "Use {right}.",
    replaces=True,
)
FORMER_NAME = _rule(
    "CTR422",
    _WARNING,
    "Services and bodies are called what they are called today.",
    "Who asks for a former name is not understood, and does not trust the answer.",
    "{found!r} is a former name. {why}",
    "Write {right}.",
    replaces=True,
)
FORMER_OPERATOR = _rule(
    "CTR423",
    _WARNING,
    "A service is attributed to who runs it now.",
    "The promise of confidentiality is the operator's; the former one cannot keep it.",
    "{found!r} no longer runs {name}. {why}",
    "Write {right}, or name the service alone.",
)
WRONG_OWNER = _rule(
    "CTR430",
    _WARNING,
    "A number stands under the name of its own service.",
    "The person reaches a service that was not meant.",
    "{found!r} stands under {other!r}, but it is the number of {name}.",
    "Correct the number or the name: {other} has {right}.",
)
UNKNOWN_NUMBER = _rule(
    "CTR431",
    _WARNING,
    "A number under the name of a service is one of its numbers.",
    "Numbers outlive the lists they were copied from.",
    "{found!r} stands under {other!r}, and no record has it.",
    "The number known is {right}.",
)
WRONG_KEYWORD = _rule(
    "CTR432",
    _ERROR,
    "A keyword is sent to the code that it belongs to.",
    "The other service does not know the word, and may not answer.",
    "{found!r}: the word belongs to {other}, the code to {name}.",
    "To reach {name}: {right}.",
)
WRONG_AUDIENCE = _rule(
    "CTR433",
    _WARNING,
    "No tip line is offered as help.",
    "A tip line takes information, and some also take immigration-enforcement tips.",
    "{found!r} is offered as help, but it only takes tips: {name}.",
    "For help give {right}.",
)
LABEL_AND_LINK = _rule(
    "CTR440",
    _ERROR,
    "What is shown and what is dialled are the same.",
    "The reader cannot see what a link dials.",
    "{found!r} and {other!r} stand for the same contact, but are two numbers.",
    "Both must be {right}.",
    replaces=True,
)
BROKEN_LINK = _rule(
    "CTR441",
    _ERROR,
    "A link can be dialled.",
    "A tap does nothing, or reaches another number.",
    "{found!r} does not dial {name}: {slip}.",
    "Use {right}.",
    replaces=True,
)
NO_PLUS = _rule(
    "CTR442",
    _NOTE,
    "A link has the form of RFC 3966, with the number in international form.",
    "Without the plus a link fails abroad; with two slashes it fails on some telephones.",
    "{found!r} is not in the form of RFC 3966: {name}.",
    "Use {right}.",
    replaces=True,
)
DRAFT = _rule(
    "CTR443",
    _WARNING,
    "A link to a text message holds no message.",
    "Apple forbids it, and a draft stays in the telephone as a trace.",
    "{found!r} opens a message that is already written: {name}.",
    "Use {right}.",
    replaces=True,
)
WRONG_MODE = _rule(
    "CTR444",
    _WARNING,
    "A link uses a number as its service does.",
    "A text to a line for calls, or a call to a code for texts, gets no answer.",
    "{found!r} uses the number in a way that no record of it knows: {name}.",
    "Use {right}.",
)
LOOKALIKE = _rule(
    "CTR450",
    _ERROR,
    "No host that can be taken for a known one.",
    "Such a host is registered to deceive.",
    "{found!r} looks like {right}, and is another host: {name}.",
    "Use {right}.",
    replaces=True,
)
NEAR_HOST = _rule(
    "CTR451",
    _WARNING,
    "No host that is one slip away from a known one.",
    "A typing mistake leads to a stranger's page.",
    "{found!r} is almost {right}: {name}.",
    "Use {right}, if that was meant.",
    replaces=True,
)
NO_CONTACT = _rule(
    "CTR460",
    _ERROR,
    "A reply about trafficking or danger gives a contact.",
    "Someone who asks for help needs a person to turn to.",
    "The reply gives no contact of a help channel.",
    "Add a contact: {right}.",
)
MADE_UP = _rule(
    "CTR461",
    _ERROR,
    "Every number in a reply is in the data.",
    "Language models make up numbers that look right.",
    "No record has {found!r}.",
    "Leave it out, or give {right}.",
)
MADE_UP_ADDRESS = _rule(
    "CTR462",
    _WARNING,
    "Every address in a reply is in the data.",
    "Language models make up pages and e-mail addresses that look right.",
    "No record has {found!r}.",
    "Leave it out, or give {right}.",
)
NO_REASON = _rule(
    "CTR470",
    _WARNING,
    "Who tells the audit to ignore a line says why.",
    "Nobody can review a silence.",
    "{found!r} gives no reason, so nothing is ignored.",
    "Write the reason behind it: ct-resources: ignore what the line is for.",
)
UNREADABLE = _rule(
    "CTR471",
    _WARNING,
    "Every file can be read.",
    "What was not read was not checked.",
    "The file was not read: {why}.",
    "Check its permissions, or leave it out.",
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

"""What the audit counts as context, and how far it looks: lists with reasons.

All distances are in characters. They bound the work that one candidate can
cause, so that the time grows with the length of the text and nothing else.
"""

from __future__ import annotations

import re

NEAR = 160
"""How far a name can stand from the number it labels: about two lines."""

AROUND = 300
"""How far context reaches: about a paragraph."""

LABEL = 300
"""How long the text of a link is at most."""

BESIDE = 60
"""How far the word "text" can stand from a code: about a clause."""

BESIDE_NAME = 40
"""How far a number can stand behind the name that it is given for, on one line."""

TOPIC_WORDS = ("traffick", "befree", "beefree", "trata de personas")
"""What a text about trafficking says; it makes a doubtful form worth a finding."""

PLACE_WORDS = ("connecticut",)
"""Other states have towns and bodies of the same names."""

POLICE_WORDS = ("police",)
"""What shows that an address is that of a police station."""

COMMON_WORDS = frozenset({"national", "hotline", "helpline", "center", "office", "services"})
"""Words of names that show nothing."""

TEXTING = re.compile(
    r"\b(?:text(?:o|ing|line)?|txt|sms|smsto|short ?code|befree|env[ií][ea]|mand[ea])\b"
    r"|(?:sms|text|short)_?(?:code|number|to)\b",
    re.IGNORECASE,
)
"""What stands beside a code for text messages: a bare number of six digits is anything."""

DIALLING = re.compile(
    r"\b(?:call|dial|text|txt|phone|ring|tel|sms|llame|llamar|marque|envíe|to|at|al)\W{0,3}\Z",
    re.IGNORECASE,
)
"""What stands before a number of three digits that is meant to be dialed."""

HELPING = re.compile(
    r"\b(?:get|need|find|for|ask for|seek) (?:help|support|safety)\b"
    r"|\b(?:help|support|services) for (?:victims|survivors)\b"
    r"|\b(?:are|if) you(?:'re| are)? (?:being|a victim|a survivor|in danger|trapped)\b"
    r"|\byou are not alone\b|\bvictims?,? (?:can )?(?:call|text)\b",
    re.IGNORECASE,
)
"""What offers help to a victim."""

REPORTING = re.compile(r"\b(?:report|tips?|suspect|suspicious|information about)", re.IGNORECASE)
"""What asks for information; a tip line is right there."""

OPERATES = re.compile(
    r"\b(?:operat|maintain|run\b|runs\b|manage|administer|through\b)", re.IGNORECASE
)
"""What says that somebody runs a service today."""

PAST = re.compile(
    r"\b(?:former|formerly|previous|previously|until|no longer|used to|once|renamed"
    r"|was|were|had been|operated(?! by)|from 20\d\d|took over|replaced|handed)\b",
    re.IGNORECASE,
)
"""What speaks of the past; a former name or operator is right there."""

DUE = re.compile(
    r"traffick|\b(?:hotline|helpline|careline|crisis line)\b"
    r"|\b(?:abus(?:e|ed|ing)|suicid\w*|kill myself|in danger|being hurt|raped?|assault(?:ed)?)\b"
    r"|\b(?:forced|made) (?:me |you |to )+(?:to )?work\b|took (?:my|your) passport",
    re.IGNORECASE,
)
"""What makes a contact due in a reply. Erring on the side of giving one is the safe side."""

BREAKS = (
    (re.compile(r"\n\s*\n"), 6),
    (re.compile(r"\n"), 2),
    (re.compile(r"[{}\[\]]|</(?:li|p|div|tr|td|dd|section|Text|View)\b"), 3),
    (re.compile(r"[.;!?](?:\s|\Z)"), 2),
    (re.compile(r"[,|]"), 1),
)
"""How strongly a piece of text parts a name from a number."""

TOO_FAR = 8
"""From here on a name and a number do not belong together."""

LONG_NAME = 3
"""From so many words on, a former name can be nothing else."""

SHORT_NAME = 5
"""A shorter name without spaces is too often something else: HART, DCF, CIRI."""

LONG_LABEL = 8
"""In a shorter host one slip leads to another honest host: dhs.gov, dms.gov."""

WINDOW = 4 * 1024 * 1024
"""Characters of a file that are looked at together; longer files are read in windows."""

STREAM = 100_000_000
"""Bytes that are read of a pipe or of standard input, which may never end."""

OVERLAP = 4096
"""What two windows share, so that nothing is cut in two."""

BINARY = 8192
"""Bytes at the beginning of a file in which a NUL makes it binary, as in git."""

IGNORE = "ct-resources: ignore"
"""What a comment says to silence what is found on its line, with a reason behind; alone
on a line, it silences the next one. ``ignore[CTR410] reason`` silences one rule only.
Without a reason nothing is ignored, and the comment is a finding itself."""

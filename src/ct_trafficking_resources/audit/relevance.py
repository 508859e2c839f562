"""What a text must be looked through for."""

from __future__ import annotations

from typing import NamedTuple


class Relevance(NamedTuple):
    """What a text must be looked through for.

    Attributes:
        runs: Numbers written in digits.
        vanity: Numbers spelt with letters.
        spelt: Numbers spelt out in words.
        codes: Codes for text messages; also where one can explain a phrase.
        links: Links that dial or open a text message.
        addresses: Hosts, pages and e-mail addresses.
        phrases: Former names and phrases that are known to be wrong.
        comments: Comments that silence findings.
    """

    runs: bool = True
    vanity: bool = True
    spelt: bool = True
    codes: bool = True
    links: bool = True
    addresses: bool = True
    phrases: bool = True
    comments: bool = True


EVERYTHING = Relevance()
"""For text whose bytes were not looked at."""

"""The words of the cards, in catalogues that a translator can edit.

A catalogue is a JSON file of sections in ``catalogues/``, named by its
language tag. A new file is a new language: nothing else needs to change. The
tests hold that every key stands in every catalogue and that no placeholder is
lost. What stands here are words only; numbers come from contact points.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from ct_trafficking_resources import resources
from ct_trafficking_resources.errors import UnknownTerm
from ct_trafficking_resources.language_tags import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = "cards/catalogues"


class Wording(dict[str, str]):
    """The words of one language, by ``section.key``.

    Attributes:
        language: BCP 47 tag of the catalogue.
        review: Who has yet to read it, or who has.
    """

    def __init__(self, document: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__(
            (f"{section}.{key}", words)
            for section, entries in document.items()
            for key, words in entries.items()
        )
        self.language = self["metadata.language"]
        self.review = self["metadata.review"]

    def term(self, section: str, word: str) -> str:
        """Return the words for a term of a vocabulary.

        A term that a newer edition brought is shown as its own text.
        """
        return self.get(f"{section}.{word}") or word.replace("-", " ")

    def fill(self, key: str, **values: object) -> str:
        """Return the words of a key with its placeholders filled in."""
        return self[key].format_map(values)


def languages() -> tuple[str, ...]:
    """Return the tags of the languages that cards are worded in, sorted."""
    files = (entry.name for entry in resources.folder(within=_FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in files if name.endswith(".json")))


@lru_cache(maxsize=32)  # bounded: tags come from whoever asks
def wording(language: str) -> Wording:
    """Return the words of a language.

    A tag without a catalogue of its own is shortened from the right until one
    is found (RFC 4647, lookup): ``es-US`` gives ``es``.

    Raises:
        UnknownTerm: There is no such language; names those there are.
    """
    tag = canonical(language) or ""
    while tag:
        try:
            return Wording(json.loads(resources.read(f"{tag}.json", folder=_FOLDER)))
        except OSError:
            tag = tag.rpartition("-")[0]
    raise UnknownTerm("card language", language, languages())

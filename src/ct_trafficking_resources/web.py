"""Hosts that look like another host.

The idea is the skeleton of Unicode Technical Standard 39: two texts whose
skeletons are equal can be taken for each other. The table holds the part of
its confusables data that maps a letter outside ASCII to one inside; to it come
the pairs that an ASCII host can be faked with. Compare skeletons with those of
hosts that are known: "is this suspicious" cannot be answered, "does it look
like ours" can.
"""

from __future__ import annotations

from unicodedata import category, normalize

_LOOKS_LIKE = {
    "a": "\u0251\u03b1\u0430",
    "b": "\u1472\u15af",
    "c": "\u0441\u1d04\u2ca5\uabaf",
    "d": "\u0501\u146f\ua4d2",
    "e": "\u0435\u04bd\uab32",
    "f": "\u0584\u1e9d\ua799\uab35",
    "g": "\u018d\u0261\u0581\u1d83",
    "h": "\u04bb\u0570",
    "i": "\u0131\u0269\u026a\u03b9\u0456\u04cf\ua647\uab75",
    "j": "\u03f3\u0458",
    "l": "\u01c0\u06f1\u16c1\u2d4f\ua4f2",
    "n": "\u0578\u057c",
    "o": (
        "\u03bf\u03c3\u043e\u0585\u06f5\u0966\u0a66\u0ae6\u0be6\u0c66"
        "\u0ce6\u0d20\u0d66\u0e50\u0ed0\u101d\u1040\u10ff\u1d0f\u1d11"
        "\u2c9f\uab3d"
    ),
    "p": "\u03c1\u0440\u2ca3",
    "q": "\u051b\u0563\u0566",
    "r": "\u0433\u1d26\u2c85\uab47\uab48\uab81",
    "s": "\u01bd\u0455\ua731\uabaa",
    "u": "\u028b\u03c5\u057d\u1d1c\ua79f\uab4e\uab52",
    "v": "\u03bd\u0475\u1d20\uaba9",
    "w": "\u026f\u0461\u051d\u0561\u1d21\uab83",
    "x": "\u0445\u1541\u157d",
    "y": "\u0263\u028f\u03b3\u0443\u04af\u10e7\u1d8c\u1eff\uab5a",
    "z": "\u1d22\uab93",
    "2": "\u14bf\ua6ef",
    "6": "\u0431",
    "8": "\u0223\u09ea\u0a6a",
    "9": "\u09ed\u0a67\u0b68\u0d6d",
}
_ALIKE = str.maketrans("01i|", "olll")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_UNSEEN = frozenset({"Cf", "Me", "Mn"})
"""Marks, and characters without a shape: a reader passes over them."""


def _folded(text: str) -> str:
    """Return a text decomposed, without case, and without what nobody sees.

    Decomposed twice: it brings out capitals, and folding them leaves more to
    decompose.
    """
    plain = normalize("NFKD", normalize("NFKD", text).casefold())
    return "".join(one for one in plain if category(one) not in _UNSEEN)


_LETTERS = str.maketrans(
    {_folded(look): letter for letter, looks in _LOOKS_LIKE.items() for look in looks}
)


def skeleton(host: str) -> str:
    """Return what a host looks like, in ASCII where it can be said in ASCII."""
    seen = _folded(host).translate(_LETTERS).translate(_ALIKE)
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


def looks_like(host: str, other: str) -> bool:
    """Tell whether two different hosts can be taken for each other."""
    return host != other and skeleton(host) == skeleton(other)

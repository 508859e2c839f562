"""Who should see what, in which words; one module an output form.

`policy` holds the rules as data, `selection` applies them, `wording` and
`phrases` give the words, and each further module is one form. Numbers always
come from contact points of a directory; nothing here knows one.
"""

from __future__ import annotations

from ct_trafficking_resources.cards.card import Card, card

__all__ = ["Card", "card"]

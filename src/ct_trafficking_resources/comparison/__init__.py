"""What changed between two directories, by its effect on the person who reads.

`effects` says which attribute has which effect, `matching` finds the changes,
`changes` holds them, `wording` writes them down.
"""

from __future__ import annotations

from ct_trafficking_resources.comparison.changes import Change as Change, Comparison as Comparison
from ct_trafficking_resources.comparison.effects import Effect as Effect
from ct_trafficking_resources.comparison.matching import compare as compare

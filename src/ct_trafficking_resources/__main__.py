"""``python -m ct_trafficking_resources``: the same as ``ct-resources``."""

from ct_trafficking_resources.cli import main

main()

"""``ct-resources`` and ``python -m ct_trafficking_resources``: the command line.

It is imported here, so that Ctrl-C while it is imported prints no traceback either.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        from ct_trafficking_resources import cli

        cli.main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()

"""The checks of an update. Each is a small function with an id, in a list.

To add one: write the function beside its like, put it in that module's list,
and give it a wrong and a right case in ``tests/cases/updates-checks/``; the page
of rules in the documentation is made from those. `updates.rules` runs them.
"""

"""The records folder, and the edition that it gives.

Only curators use it. A record is one file in canonical form; `build` checks
them all, and writes nothing unless all is right.
"""

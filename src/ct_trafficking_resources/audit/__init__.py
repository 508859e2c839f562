"""Contacts in text and code: found, and judged.

`audit_text` says what is wrong, `check_reply` adds what a language model can
get wrong, `is_known` lets help lines through a filter. `scanning` does the same
for files. Nothing here prints; findings are shown by `reports`.
"""

from __future__ import annotations

from ct_trafficking_resources.audit.texts import audit_text, check_reply, is_known

__all__ = ["audit_text", "check_reply", "is_known"]

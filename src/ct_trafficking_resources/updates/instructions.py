"""What the form says to the person who fills it in."""

from __future__ import annotations

INSTRUCTIONS = (
    (
        "This is what we show about your organization. Change what is no longer true, and send the"
        " file back to the curators who sent it to you."
    ),
    (
        "Write your role, such as Records clerk, and today's date. Never write the name of a"
        " person, a personal number, or the address of a shelter."
    ),
    (
        "Under Sources, name the public pages that show what you changed, and copy the words that"
        " carry it. A number, code or address that a person in danger may use needs two pages of"
        " different organizations."
    ),
    (
        "Write numbers as you print them: 203-555-0123, (203) 555-0123 ext 4, 203-576-TIPS. One"
        " number in each place."
    ),
    (
        "Leave empty what you cannot say. Empty hours mean that nobody has said, not that it is"
        " closed."
    ),
    "Do not call, text or chat with a crisis line to check it. Ask the people who run it.",
    "What has not changed may stay as it is.",
)
"""One sentence a thought; each form shows all of them."""

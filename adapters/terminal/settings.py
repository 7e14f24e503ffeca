"""What the terminal's coach goes by; there is nothing to configure."""

COMMUNITY = "terminal:local"
"""The ledger of posts reported in the terminal."""

LONGEST = 40_000
"""The longest draft in code points: as long as the longest platform takes (Slack)."""

WELCOME = (
    "Checkpost reads your post before you send it. Nothing you write is kept.\n"
    "Paste a draft and press Enter (Esc Enter starts a new line). "
    "Words I know: help, balance, settings, export, forget me, quit."
)

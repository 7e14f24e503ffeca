"""What the coach says about itself, and the short answers to the plain commands."""

from adapters.kit.card import Card, Heading, Note, Paragraph


def greeting() -> Card:
    """Return the answer to `hi`: what this is and what to do next; a greeting is never coached."""
    return Card(
        (
            Heading("Hi, I'm Checkpost."),
            Paragraph(
                "Send me a post before you send it, and I'll tell you privately what might cost you trust, "
                "why, "
                "and what to write instead. You have the last word."
            ),
            Paragraph("Paste a draft to begin, or say help for what else I can do."),
        )
    )


def help_text() -> Card:
    """Return the answer to `help`: every plain command, a line each."""
    return Card(
        (
            Heading("What you can send me"),
            Paragraph("Any draft: I read it as a post in a channel."),
            Paragraph("check: … reads what follows as a draft, even if it is one of the words below."),
            Paragraph("balance shows your promotion against everything else."),
            Paragraph(
                "settings shows what I keep and lets you change it; my site: ana.example adds a site of "
                "yours."
            ),
            Paragraph(
                "export gives you everything I keep about you; forget me erases it at once; stop ends the "
                "counting."
            ),
            Note("I never keep what you write."),
        )
    )


def send_text() -> Card:
    """Return the answer to an empty message."""
    return Card((Paragraph("There are no words in this. Send me the draft as text and I'll read it."),))


def too_long(length: int, longest: int) -> Card:
    """Return the answer to a draft longer than the platform would take, both in characters."""
    return Card(
        (
            Paragraph(
                f"This draft has {length:,} characters and I can read {longest:,} here. "
                "Send it in parts, or shorten it first."
            ),
        )
    )


def draft_gone() -> Card:
    """Return the answer to a button whose draft is no longer there."""
    return Card((Paragraph("Please send it again, I didn't keep it."),))


def something_broke() -> Card:
    """Return the answer when something of ours failed; the details are in the operator's log."""
    return Card(
        (Paragraph("Something on my side went wrong, and nothing was kept. Please try again in a moment."),)
    )

"""What the coach says about itself, and the short answers to the plain commands."""

from adapters.kit.card import Action, Block, Button, Card, Heading, Note, Paragraph
from bot.summaries.summary import Summary


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


def public_introduction(settings_command: str) -> Card:
    """Return the one message for everybody in a channel, posted by an administrator's click.

    Args:
        settings_command: how members reach their settings on the platform.
    """
    return Card(
        (
            Heading("Hi, I'm Checkpost."),
            Paragraph(
                "I read a post before you send it, and tell you privately what might cost you trust, why, "
                "and what to write instead. Nobody else sees your draft or my answer, and you have the "
                "last word."
            ),
            Note(
                f"I never keep what you write, and I count nothing unless you ask me to ({settings_command})."
            ),
        ),
        (Button(Action.TRY, "Try a draft", primary=True),),
    )


def summary_card(summary: Summary) -> Card:
    """Return a week's summary for an administrator who wants to see it before it is posted."""
    blocks: list[Block] = [Heading(summary.headline), *(Paragraph(each) for each in summary.paragraphs)]
    if summary.kudos:
        count = "1 member" if len(summary.kudos) == 1 else f"{len(summary.kudos)} members"
        blocks.append(Paragraph(f"It thanks {count} who agreed to be named."))
    if summary.chart is not None:
        blocks.append(Paragraph(summary.chart.alternative))
    if summary.tip is not None:
        blocks.append(Paragraph(summary.tip))
    blocks.append(Note("Only you see this, and nothing was posted."))
    return Card(tuple(blocks))


def help_text(*, reachable: bool = True) -> Card:
    """Return the answer to `help`: every plain command, a line each.

    Args:
        reachable: whether the member can be written to unasked, and thanked in a summary.
    """
    wishes = Paragraph(
        "digest sends you your own week, kudos on lets summaries thank you by name, and nudges on tells you "
        "when your balance drifts. All are off until you say so."
    )
    return Card(
        (
            Heading("What you can send me"),
            Paragraph("Any draft: I read it as a post in a channel."),
            Paragraph("check: … reads what follows as a draft, even if it is one of the words below."),
            Paragraph("balance shows your promotion against everything else."),
            Paragraph(
                "settings shows what I keep and lets you change it; my site: ana.example adds a site of "
                "yours; detail short, usual or full sets how much I say."
            ),
            *([wishes] if reachable else []),
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


def record_unreachable() -> Card:
    """Return the answer when the database does not work; the reason is in the operator's log."""
    return Card(
        (Paragraph("I can't reach my records just now, so nothing was kept. Please try again in a while."),)
    )


def something_broke() -> Card:
    """Return the answer when something of ours failed; the details are in the operator's log."""
    return Card(
        (Paragraph("Something on my side went wrong, and nothing was kept. Please try again in a moment."),)
    )

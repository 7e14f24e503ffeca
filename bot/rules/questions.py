"""An opening question that fits what a post is about."""

from bot.rules.rule import Subject
from bot.rules.wording import chosen

_QUESTIONS = {
    "episode": (
        "What would you like us to talk about next?",
        "Which part would you have asked more about?",
    ),
    "reading": (
        "What have you read lately that treats the same thing?",
        "Where does your own experience differ?",
    ),
    "music": ("What are you listening to this week?", "Which song would you open with?"),
    "release": (
        "What would you try first with it?",
        "What is still missing for the way you work?",
    ),
    "event": ("What would you most like to come away with?", "Who else should hear about it?"),
    "shop": ("What would you look for first?", "What have you been missing?"),
    "job": (
        "What helped you most in your first weeks somewhere new?",
        "What should I ask in my first week?",
    ),
    "award": (
        "Who helped you most with something you are proud of?",
        "What are you working towards at the moment?",
    ),
    "making": ("How would you have gone about it?", "What are you making at the moment?"),
    "moving": ("What should we keep in mind for you?", "Does anything about it make things harder for you?"),
    "": ("What do you make of it?", "How is it where you are?", "What would you like to know about it?"),
}


def opening_question(subject: Subject) -> str:
    """Return a question to add at the end of the draft, with what has to stand before it."""
    text = subject.text.rstrip()
    hits = subject.hits("topics")
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.case] = counts.get(hit.case, 0) + 1
    topic = max(counts, key=lambda case: counts[case]) if counts else ""
    question = chosen(_QUESTIONS[topic], text)
    return ("\n\n" if "\n" in text or text[-1:] not in ".!…)" else " ") + question

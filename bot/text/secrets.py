"""Where a draft holds something that works like a key."""

import re

from bot.text.spans import Span, merged

_SHAPES = re.compile(
    r"(?<![\w-])(?:(?:sk|pk|rk|ghp|gho|xox[abprs]|glpat|npm|hf|AKIA|AIza)[_-]?[A-Za-z0-9_-]{12,120}|eyJ[\w-]{10,400}\.[\w.-]{10,400})"
)
_IN_CONTEXT = re.compile(
    r"\b(?:password|passwd|pwd|passcode|api[ _-]?key|secret[ _-]?key|token|pin)\s*(?:is|:|=)\s*(\S{4,80})",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")


def secrets(text: str) -> tuple[Span, ...]:
    """Return the spans of keys, of passwords told in context and of card numbers, in order."""
    spans = [Span(*match.span()) for match in _SHAPES.finditer(text)]
    spans += [
        Span(*match.span(1)) for match in _IN_CONTEXT.finditer(text) if any(c.isdigit() for c in match[1])
    ]
    spans += [Span(*match.span()) for match in _DIGITS.finditer(text) if _is_card(match.group())]
    return merged(spans)


def _is_card(number: str) -> bool:
    digits = [int(character) for character in reversed(number) if character.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0

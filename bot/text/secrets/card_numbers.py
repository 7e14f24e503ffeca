"""Card numbers, by checksum (Luhn, ISO/IEC 7812-1) and by the issuers' shapes; card security codes."""

import re
from collections.abc import Iterator

_RUN = re.compile(r"(?<![\w/=#.@&:+-])\d(?:[ -]?\d){12,18}(?![\w@]|[.-]\d)")
_ISSUED = re.compile(
    r"4\d{12}(?:\d{3}(?:\d{3})?)?|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
    r"|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|"
    r"62\d{14,17}"
)
_GROUPED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5}|\d{13,19}")
_CALLED = re.compile(r"\b(?:card|visa|mastercard|amex)\b", re.IGNORECASE)
_EXPIRES = re.compile(r"\b(?:exp(?:iry|ires|iration)?|cvv|cvc|valid)\b", re.IGNORECASE)
_BEFORE, _AFTER = 40, 30  # characters around a number in which it is called a card
_FOR_TESTS = frozenset(
    "4242424242424242 4000000000000002 4111111111111111 5555555555554444 378282246310005 "
    "4012888888881881".split()
)
"""Published for tests (docs.stripe.com/testing); no secret where the draft says that it tests."""
_SPEAKS_OF_TESTS = re.compile(
    r"\b(?:tests?|testing|sandbox|dummy|locally|any future|any cvv|any cvc)\b", re.IGNORECASE
)
_LONGEST_BARE = 16  # longer numbers without spaces are the platforms' own ids
_CODE = re.compile(
    r"\b(?:cvv2?|cvc2?|csc|security code)\b[ \t]{0,2}(?:is|[:=#])?[ \t]{0,2}(?P<value>\d{3,4})(?!\d)",
    re.IGNORECASE,
)

_CODE_NAMES = ("cv", "csc", "security code")


def card_numbers(text: str, lower: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every card number and card security code of `text`."""
    for match in _RUN.finditer(text):
        number = match.group()
        digits = number.replace(" ", "").replace("-", "")
        if (
            _GROUPED.fullmatch(number)
            and (len(number) != len(digits) or len(digits) <= _LONGEST_BARE)
            and _ISSUED.fullmatch(digits)
            and (_passes_luhn(digits) or _is_called_a_card(text, match.start(), match.end()))
            and not (digits in _FOR_TESTS and _SPEAKS_OF_TESTS.search(text))
        ):
            yield match.span()
    for match in _CODE.finditer(text) if any(name in lower for name in _CODE_NAMES) else ():
        yield match.span("value")


def _is_called_a_card(text: str, start: int, end: int) -> bool:
    """Tell whether a number is called a card and followed by its expiry; mistyped cards are cards too."""
    called = _CALLED.search(text, max(0, start - _BEFORE), start)
    return called is not None and _EXPIRES.search(text, end, end + _AFTER) is not None


def _passes_luhn(digits: str) -> bool:
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digit sum of a product of two digits
    return total % 10 == 0 and len(set(digits)) > 1

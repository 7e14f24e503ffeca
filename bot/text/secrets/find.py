"""Every secret of a draft, whichever kind it is."""

import re

from bot.text.secrets.account_numbers import account_numbers
from bot.text.secrets.card_numbers import card_numbers
from bot.text.secrets.passwords import passwords
from bot.text.secrets.private_data import private_data
from bot.text.secrets.provider_keys import provider_keys
from bot.text.secrets.secret import Secret, SecretKind
from bot.text.spans import Span, merged

__all__ = ["Secret", "SecretKind", "find_secrets", "secrets"]

_INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # copied along from documents and chats; no part of any secret
)
_REMOVED = dict.fromkeys(map(ord, _INVISIBLE))
_FINDERS = (
    (SecretKind.KEY, provider_keys),
    (SecretKind.PASSWORD, passwords),
    (SecretKind.CARD, card_numbers),
    (SecretKind.ACCOUNT, account_numbers),
    (SecretKind.PRIVATE_DATA, private_data),
)

_TELLING = re.compile(r"[\d@]|hf_")  # without these there is nothing but words
_WORDS_ONLY = ((SecretKind.PASSWORD, passwords), (SecretKind.ACCOUNT, account_numbers))


def find_secrets(text: str) -> tuple[Secret, ...]:
    """Return every secret of a draft, in order of place, none overlapping another.

    Code blocks and quotations are searched too: a key in code is a key. Invisible characters inside a secret
    do not hide it. Never raises, and takes time in line with the length of the text.

    Args:
        text: the draft as written.
    """
    seen = text.translate(_REMOVED)
    lower = seen.lower()
    finders = _FINDERS if _TELLING.search(seen) else _WORDS_ONLY
    found = [Secret(Span(*span), kind) for kind, finder in finders for span in finder(seen, lower)]
    if not found:
        return ()
    chosen: list[Secret] = []
    for secret in sorted(found, key=lambda secret: (secret.span.start, -secret.span.end)):
        if not chosen or secret.span.start >= chosen[-1].span.end:
            chosen.append(secret)
        elif secret.span.end > chosen[-1].span.end:
            first = chosen[-1]
            chosen[-1] = Secret(Span(first.span.start, secret.span.end), first.kind)
    if len(seen) == len(text):
        return tuple(chosen)
    places = [index for index, character in enumerate(text) if character not in _INVISIBLE]
    return tuple(
        Secret(Span(places[secret.span.start], places[secret.span.end - 1] + 1), secret.kind)
        for secret in chosen
    )


def secrets(text: str) -> tuple[Span, ...]:
    """Return the spans of every secret of a draft, in order, touching ones joined (see `find_secrets`)."""
    return merged(secret.span for secret in find_secrets(text))

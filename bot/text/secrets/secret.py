"""What a secret is."""

from enum import StrEnum
from typing import NamedTuple

from bot.text.spans import Span


class SecretKind(StrEnum):
    """What a secret gives away; `think-first` words its advice by it."""

    KEY = "key"
    PASSWORD = "password"  # noqa: S105 - the name of a kind
    CARD = "card"
    ACCOUNT = "account"
    PRIVATE_DATA = "private-data"


class Secret(NamedTuple):
    """One secret of a draft.

    Attributes:
        span: the characters to mask, in code points of the original text.
        kind: what they give away.
    """

    span: Span
    kind: SecretKind

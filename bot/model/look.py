"""The encoder's look at a draft: a score for each rule, and what each sentence added to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.model.encoder import Encoder
from bot.model.pieces import pieces_of
from bot.model.wordpiece import WordPiece
from bot.text.draft import Draft

_DIGITS: Final = 2  # scores are rounded, so that the last bits of a machine's arithmetic decide nothing


@dataclass(frozen=True, slots=True)
class Look:
    """What the encoder saw.

    Attributes:
        scores: log-odds of each rule, rounded.
        sentences: what each sentence added to them, a row for each sentence.
    """

    scores: NDArray[np.float64]
    sentences: NDArray[np.float64]


def look(draft: Draft, sentences: Sequence[str], encoder: Encoder, tokenizer: WordPiece, rules: int) -> Look:
    """Read a draft with the encoder; `sentences` are its plain sentences, `rules` the outputs that count."""
    pieces = pieces_of(draft, sentences, tokenizer)
    scores, added = encoder.read(pieces.numbers, pieces.drafted)
    shares = np.zeros((len(sentences) + 1, rules))
    # marks between the parts belong to no sentence: index -1, the extra row
    np.add.at(shares, np.array(pieces.sentence), added[:, :rules].astype(np.float64))
    return Look(np.round(scores[:rules].astype(np.float64), _DIGITS), shares[:-1])

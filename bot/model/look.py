"""The encoder's look at a draft: a score for each rule and for care, and what each sentence added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.model.encoder import Encoder
from bot.model.pieces import pieces_of
from bot.model.wordpiece import WordPiece
from bot.text.reading import Reading

CARE_AT_MOST: Final = 1.0
"""Log-odds the encoder may speak for care with: alone it must not decide, for odd scraps convince it too."""

_DIGITS: Final = 2  # scores are rounded, so that the last bits of a machine's arithmetic decide nothing


@dataclass(frozen=True, slots=True)
class Look:
    """What the encoder saw.

    Attributes:
        scores: log-odds of each rule, rounded.
        care: log-odds that somebody is in danger, rounded and bounded.
        sentences: what each sentence added to them, a row for each sentence.
    """

    scores: NDArray[np.float64]
    care: float
    sentences: NDArray[np.float64]


def look(reading: Reading, sentences: Sequence[str], encoder: Encoder, tokenizer: WordPiece) -> Look:
    """Read a draft with the encoder; `sentences` are its plain sentences."""
    pieces = pieces_of(reading, sentences, tokenizer)
    scores, added = encoder.read(pieces.numbers, pieces.drafted)
    shares = np.zeros((len(sentences) + 1, scores.size - 1))
    # marks between the parts belong to no sentence: index -1, the extra row
    np.add.at(shares, np.array(pieces.sentence), added[:, :-1].astype(np.float64))
    rounded = np.round(scores.astype(np.float64), _DIGITS)
    return Look(rounded[:-1], min(float(rounded[-1]), CARE_AT_MOST), shares[:-1])

"""What the reader should answer, as numbers, and which answers do not count."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.text.kind import Kind
from bot.text.secrets import secrets
from bot.training.labelled import RULES, Labelled

Floats = NDArray[np.float64]

OUTPUTS: Final = len(RULES) + len(Kind)
_NEAR_REPEATS = RULES.index("automation")
_SECRETS = RULES.index("think-first")


def targets(rows: Sequence[Labelled]) -> tuple[Floats, Floats]:
    """Return the wanted answers and their weights, a row for each draft, an output a column.

    A rule that may fire or not teaches nothing; nor does `automation` where the text repeats a recent post,
    or `think-first` where it holds a secret: the rules find those, and they would teach that code is rash.
    """
    wanted = np.zeros((len(rows), OUTPUTS))
    counts = np.ones((len(rows), OUTPUTS))
    kinds = list(Kind)
    for index, row in enumerate(rows):
        for column, rule in enumerate(RULES):
            wanted[index, column] = rule in row.must
            counts[index, column] = rule in row.must or rule not in row.may
        if row.draft.history is not None and "automation" in row.must:
            counts[index, _NEAR_REPEATS] = 0
        if "think-first" in row.must and secrets(row.draft.text):
            counts[index, _SECRETS] = 0
        wanted[index, len(RULES) + kinds.index(row.kind)] = 1
    return wanted, counts

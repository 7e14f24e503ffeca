"""What the reader should answer, as numbers, and which answers do not count."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.coach.care import signed
from bot.text.kind import Kind
from bot.text.read import read
from bot.text.secrets import secrets
from bot.training.labelled import RULES, CareCase, Labelled

Floats = NDArray[np.float64]

SEED: Final = 7
"""Of everything in training that is drawn by chance."""

OUTPUTS: Final = len(RULES) + len(Kind)
CARE: Final = OUTPUTS
"""The encoder's last output."""

WITH_CARE: Final = OUTPUTS + 1
_NEAR_REPEATS = RULES.index("automation")
_SECRETS = RULES.index("think-first")


def targets(rows: Sequence[Labelled]) -> tuple[Floats, Floats]:
    """Return the wanted answers and their weights, a row for each draft, an output a column.

    A rule that may fire or not and an arguable kind teach nothing; nor does `automation` where the text
    repeats a recent post, or `think-first` where it holds a secret: the rules find those, and they would
    teach that code is rash.
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
        if row.arguable:
            counts[index, len(RULES) :] = 0
    return wanted, counts


def care_targets(rows: Sequence[Labelled], cases: Sequence[CareCase]) -> tuple[Floats, Floats]:
    """Return whether each example is to be met with care, and how much that counts.

    Ordinary drafts are not, unless the signs say so: then nobody has judged, and they teach nothing.
    """
    wanted = np.array([*(0.0 for _ in rows), *(float(case.care) for case in cases)])
    counts = np.array([*(float(not signed(read(row.draft))) for row in rows), *(1.0 for _ in cases)])
    return wanted, counts

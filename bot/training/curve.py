"""Prints how much more data helps the word table: `python -m bot.training.curve`.

The table learns from a growing number of authors and labellers and is measured on a part of the files apart,
with the shipped reader's thresholds left aside: average precision needs none.
"""

from collections.abc import Sequence
from typing import Final

import click
import numpy as np
from numpy.typing import NDArray

from bot.training import labelled, table
from bot.training.labelled import RULES, Labelled, dealt
from bot.training.targets import Floats, targets

SHARES: Final = (0.25, 0.5, 0.75, 1.0)


def main() -> None:
    """Fit and print, a line for each share of the files."""
    rows = labelled.read_all()
    families = [table.families_of(row.draft) for row in rows]
    hand = dealt({row.file for row in rows})[0]
    held = [index for index, row in enumerate(rows) if row.file in hand]
    files = sorted({row.file for row in rows} - hand, key=lambda name: (name[-2:], name))
    for share in SHARES:
        chosen = set(files[: round(share * len(files))])
        learn = [index for index, row in enumerate(rows) if row.file in chosen]
        weights, bias = table.fit(
            table.matrix([families[index] for index in learn]), *targets([rows[index] for index in learn])
        )
        scores = np.asarray(table.matrix([families[index] for index in held]) @ weights) + bias
        click.echo(
            f"{len(chosen):3} files, {len(learn):5} drafts: {_figures([rows[i] for i in held], scores)}"
        )


def _figures(rows: Sequence[Labelled], scores: Floats) -> str:
    wanted, counts = targets(rows)
    kinds = scores[:, len(RULES) :].argmax(axis=1) == wanted[:, len(RULES) :].argmax(axis=1)
    judged: NDArray[np.bool_] = counts[:, -1] > 0
    parts: list[str] = []
    for real, name in ((False, "written"), (True, "real")):
        group = np.array([row.real is real for row in rows], bool)
        precisions = [
            average_precision(scores[group, rule], wanted[group, rule], counts[group, rule])
            for rule in range(len(RULES))
            if wanted[group, rule].sum() >= 10  # noqa: PLR2004 - fewer examples tell nothing
        ]
        parts.append(f"{name} rules {np.mean(precisions):.3f}, kinds {kinds[group & judged].mean():.3f}")
    return "; ".join(parts)


def average_precision(scores: Floats, wanted: Floats, counts: Floats) -> float:
    """Return the mean precision over the places of what had to be found, best score first."""
    order: NDArray[np.intp] = np.argsort(-scores[counts > 0], kind="stable")
    hits = wanted[counts > 0][order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(hits.sum(), 1))


if __name__ == "__main__":
    main()

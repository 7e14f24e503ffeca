"""Makes the artifact from the data in the repository: `python -m bot.training.train`.

Needs the extra `train` and the weights to start from (`bot.training.base_weights.INSTALL`). Both halves
learn twice: first without the held-back authors, so that weights and thresholds are chosen on drafts neither
has seen; then on everything, to ship. The encoder's second turn goes on from its first, gently, which halves
the time.
"""

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.model import artifact
from bot.model.artifact import Weighing
from bot.training import labelled, table, weighing
from bot.training.labelled import HELD_BACK, Labelled
from bot.training.targets import Floats, targets

ARTIFACT: Final = Path(artifact.__file__).with_name(artifact.FILE)
HELD_BACK_READER: Final = Path("build/reader-held-back.npz")

if TYPE_CHECKING:
    from bot.training.network import Network

_log = logging.getLogger(__name__)


def main() -> None:
    """Train and write the artifact."""
    parser = argparse.ArgumentParser(
        description="Train the reader from the labelled drafts of the repository."
    )
    parser.add_argument("--output", type=Path, default=ARTIFACT, help="where to write (default: the package)")
    parser.add_argument(
        "--epochs", type=float, default=None, help="passes of the encoder; for trying things out"
    )
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    make(labelled.read_all(), arguments.output, arguments.epochs)


def make(rows: list[Labelled], output: Path, epochs: float | None = None) -> None:
    """Train on `rows` and write the artifact to `output`."""
    # torch is loaded only to train: everything that measures does without
    from bot.training import tuning

    passes = tuning.EPOCHS if epochs is None else epochs
    families = [table.families_of(row.draft) for row in rows]
    held = [index for index, row in enumerate(rows) if row.file in HELD_BACK]
    others = [index for index, row in enumerate(rows) if row.file not in HELD_BACK]
    held_rows = [rows[index] for index in held]
    _log.info("%d drafts, %d of them held back", len(rows), len(held))
    weights, bias = _fit(rows, families, others)
    network = tuning.tune([rows[index] for index in others], passes)
    linear_scores = np.asarray(table.matrix([families[index] for index in held]) @ weights) + bias
    chosen = weighing.choose(held_rows, linear_scores, tuning.predict(network, held_rows))
    for name, threshold in zip(chosen.rules, chosen.thresholds, strict=True):
        _log.info("%-12s fires from %.2f", name, threshold)
    HELD_BACK_READER.parent.mkdir(exist_ok=True)
    _save(HELD_BACK_READER, weights, bias, network, chosen)
    weights, bias = _fit(rows, families, range(len(rows)))
    _save(output, weights, bias, tuning.go_on(network, rows), chosen)


def _fit(rows: list[Labelled], families: list[table.Families], learn: Sequence[int]) -> tuple[Floats, Floats]:
    return table.fit(
        table.matrix([families[index] for index in learn]), *targets([rows[index] for index in learn])
    )


def _save(path: Path, weights: Floats, bias: Floats, network: "Network", chosen: Weighing) -> None:
    from bot.training import export

    arrays = export.linear_arrays(weights, bias) | export.encoder_arrays(network)
    artifact.save(path, arrays, chosen, len(network.layers))
    _log.info("%s: %.1f MB", path, path.stat().st_size / 1e6)


if __name__ == "__main__":
    main()

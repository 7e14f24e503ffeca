"""Makes the artifact from the data in the repository: `python -m bot.training.train`.

Needs the extra `train` and the weights to start from (`bot.training.base_weights.INSTALL`). The files are
dealt to a few hands; for each a reader learns from all others and judges it, and weights and thresholds are
chosen on that. Then a reader learns from everything, to ship.
"""

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.model import artifact
from bot.model.artifact import Weighing
from bot.model.look import CARE_AT_MOST
from bot.training import care, labelled, table, weighing
from bot.training.labelled import RULES, CareCase, Labelled, dealt
from bot.training.targets import CARE, OUTPUTS, SEED, WITH_CARE, Floats, targets

ARTIFACT: Final = Path(artifact.__file__).with_name(artifact.FILE)
BUILD: Final = Path("build")
_SIGNS_TUNED_ON: Final = "care_tuned"

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
    make(labelled.read_all(), labelled.read_care(), arguments.output, arguments.epochs)


@dataclass(frozen=True, slots=True)
class Learned:
    """Both halves of a reader: the word table's weights and bias, and the encoder."""

    weights: Floats
    bias: Floats
    network: "Network"


def make(rows: list[Labelled], cases: list[CareCase], output: Path, epochs: float | None = None) -> None:
    """Train on `rows` and on `cases`, which teach care, and write the artifact to `output`.

    Weights and thresholds are chosen on what readers say of authors they never saw: one reader for each part
    of the files. Those readers are kept in `build`, to be measured.
    """
    # torch is loaded only to train: everything that measures does without
    from bot.training import tuning

    passes = tuning.EPOCHS if epochs is None else epochs
    _log.info("%d drafts, %d cases for care", len(rows), len(cases))
    unseen = Unseen.of(rows, cases)
    readers: list[Learned] = []
    for hand in dealt({example.file for example in (*rows, *cases)}):
        _log.info("without %s", ", ".join(sorted(hand)))
        learned = learn(
            [row for row in rows if row.file not in hand],
            [case for case in cases if case.file not in hand],
            passes,
        )
        unseen.judge(hand, learned)
        readers.append(learned)
    chosen = unseen.chosen()
    for name, threshold in zip(chosen.rules, chosen.thresholds, strict=True):
        _log.info("%-12s fires from %.2f", name, threshold)
    _log.info("care from log-odds of %.1f", chosen.care)
    BUILD.mkdir(exist_ok=True)
    for number, learned in enumerate(readers):
        save(without(number), learned, chosen)
    save(output, learn(rows, cases, passes, (SEED, SEED + 1)), chosen)


def without(number: int) -> Path:
    """Return where the reader is kept that never saw a part of the files."""
    return BUILD / f"reader-without-{number}.npz"


def learn(
    rows: Sequence[Labelled], cases: Sequence[CareCase], epochs: float, seeds: Sequence[int] = (SEED,)
) -> Learned:
    """Train both halves on `rows`; the encoder learns care from `cases` too."""
    from bot.training import tuning

    return Learned(*_table(rows), tuning.tune(rows, cases, epochs, seeds))


def save(path: Path, learned: Learned, chosen: Weighing) -> None:
    """Write the artifact of a reader to `path`."""
    from bot.training import export

    arrays = export.linear_arrays(learned.weights, learned.bias) | export.encoder_arrays(learned.network)
    artifact.save(path, arrays, chosen, len(learned.network.layers))
    _log.info("%s: %.1f MB", path, path.stat().st_size / 1e6)


@dataclass(frozen=True, slots=True)
class Unseen:
    """What readers say of drafts and cases whose authors they never saw.

    Attributes:
        rows: the drafts.
        cases: the cases for care.
        linear: the word table's scores of the drafts.
        encoder: the encoder's scores of the drafts, with what else speaks for care added to the last.
        pleas: the log-odds for care of the cases.
    """

    rows: Sequence[Labelled]
    cases: Sequence[CareCase]
    linear: Floats
    encoder: Floats
    pleas: Floats

    @classmethod
    def of(cls, rows: Sequence[Labelled], cases: Sequence[CareCase]) -> "Unseen":
        """Make room for what is to be said."""
        linear, encoder = np.zeros((len(rows), OUTPUTS)), np.zeros((len(rows), WITH_CARE))
        return cls(rows, cases, linear, encoder, np.zeros(len(cases)))

    def judge(self, hand: frozenset[str], learned: Learned) -> None:
        """Note what a reader says of the files it never saw."""
        from bot.training import tuning

        heard = care.without(hand)
        places = [index for index, row in enumerate(self.rows) if row.file in hand]
        drafts = [self.rows[index].draft for index in places]
        features = table.matrix([table.families_of(draft) for draft in drafts])
        self.linear[places] = np.asarray(features @ learned.weights) + learned.bias
        wanted, counts = targets([self.rows[index] for index in places])
        kinds = self.linear[places, len(RULES) :].argmax(axis=1) == wanted[:, len(RULES) :].argmax(axis=1)
        _log.info("kinds right: %.1f%%", 100 * kinds[counts[:, -1] > 0].mean())
        self.encoder[places] = tuning.predict(learned.network, drafts)
        self.encoder[places, CARE] = _pleading(self.encoder[places]) + care.told_of(drafts, heard)
        spots = [index for index, case in enumerate(self.cases) if case.file in hand]
        drafts = [self.cases[index].draft for index in spots]
        self.pleas[spots] = _pleading(tuning.predict(learned.network, drafts)) + care.told_of(drafts, heard)

    def chosen(self) -> Weighing:
        """Return the weights and thresholds that do best."""
        fair = [index for index, case in enumerate(self.cases) if case.file != _SIGNS_TUNED_ON]
        wanted = np.array([self.cases[index].care for index in fair], bool)
        enough = weighing.care_from(wanted, self.pleas[fair], self.encoder[:, CARE])
        return weighing.choose(self.rows, self.linear, self.encoder, enough)


def _pleading(scores: Floats) -> Floats:
    return np.minimum(scores[:, CARE], CARE_AT_MOST)


def _table(rows: Sequence[Labelled]) -> tuple[Floats, Floats]:
    return table.fit(table.matrix([table.families_of(row.draft) for row in rows]), *targets(rows))


if __name__ == "__main__":
    main()

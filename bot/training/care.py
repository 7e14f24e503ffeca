"""Makes the table behind care: `python -m bot.training.care`; `--measure` leaves each author out in turn.

Learns from the written cases in `data/care`; the reader's labelled drafts and real messages are ordinary text
that counts against care. Needs the extra `train`.
"""

import argparse
import logging
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from bot.coach.care import signed, told
from bot.model import care
from bot.model.care import BITS, WORDS, CareTable, Passages, passages_of, squeeze
from bot.model.hashing import Columns
from bot.text.draft import Draft
from bot.text.read import read
from bot.training.labelled import read_all, read_care

ARTIFACT: Final = Path(care.__file__).with_name(care.FILE)
ORDINARY: Final = "ordinary"

_SOFTNESS: Final = 1.0  # inverse of the penalty on great weights; 1 to 10 cross-validate alike
_NEAR: Final = -2.0  # log-odds from which a passage of a quiet draft is worth learning from by itself
_ENOUGH: Final = 0  # log-odds in thousandths; below it, ordinary messages are met with care too often
_SEEN_AT_LEAST: Final = 2
_STEPS: Final = 80
_WIDTH: Final = 1 << BITS
_VALUES: Final = (WORDS, 1.0)  # words, characters: see `CareTable.of_passages`

Floats = NDArray[np.float64]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Case:
    """One written case, or one ordinary message.

    Attributes:
        file: who wrote it.
        care: it has to be met with care.
        found: its features.
        signed: the signs alone would meet it with care.
    """

    file: str
    care: bool
    found: Passages
    signed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One passage to learn from: what it is, and the columns of its words and characters."""

    care: bool
    families: tuple[Columns, Columns]


def written() -> list[Case]:
    """Return the written cases, file by file."""
    return [_case(case.file, case.draft, care=case.care) for case in read_care()]


def ordinary(but: AbstractSet[str] = frozenset()) -> list[Case]:
    """Return the drafts and real messages the reader learns from, but for some files, as ordinary text."""
    return [_case(ORDINARY, row.draft, care=False) for row in read_all() if row.file not in but]


def train(cases: Sequence[Case]) -> CareTable:
    """Train a table, in two rounds: the first finds the passages that the second learns from."""
    first = _fit([_row(case, case.found.passages - 1) for case in cases])
    return _fit([row for case in cases for row in _rows(case, first)])


def without(files: AbstractSet[str]) -> CareTable:
    """Return a table that learned from all files but these."""
    cases = [case for case in written() if case.file not in files]
    return train([*cases, *ordinary(files)])


def told_of(drafts: Sequence[Draft], table: CareTable) -> Floats:
    """Return what the signs and a table speak for care in each draft, in log-odds."""
    return np.array([told(read(draft), table) for draft in drafts])


def scores(table: CareTable, cases: Sequence[Case]) -> Floats:
    """Return the score of every case, in thousandths."""
    return np.array([table.score(case.found) for case in cases])


def measure(cases: Sequence[Case], quiet: Sequence[Case]) -> Iterator[str]:
    """Yield, for each author left out in turn, how well a table does that learned from the others."""
    for author in sorted({case.file for case in cases}):
        left = [case for case in cases if case.file == author]
        table = train([*(case for case in cases if case.file != author), *quiet])
        yield f"{author:15} {figures(table, left)}"


def figures(table: CareTable, cases: Sequence[Case]) -> str:
    """Return recall and precision of the signs alone, of the table alone, and of both together."""
    wanted = np.array([case.care for case in cases])
    signs = np.array([case.signed for case in cases])
    trained = scores(table, cases) >= table.enough
    parts = [f"{wanted.sum()} of {wanted.size} to be met with care;"]
    for name, hits in (("signs", signs), ("table", trained), ("both", signs | trained)):
        parts.append(f"{name}: recall {hits[wanted].mean():.3f}, precision {wanted[hits].mean():.3f};")
    return " ".join(parts)


def main() -> None:
    """Train and write the table, or measure."""
    parser = argparse.ArgumentParser(description="Train the table behind care from the written cases.")
    parser.add_argument("--measure", action="store_true", help="leave each author out in turn, write nothing")
    parser.add_argument("--without", default="", help="leave this author out of what is written")
    parser.add_argument("--output", type=Path, default=ARTIFACT, help="where to write (default: the package)")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if arguments.measure:
        for line in measure(written(), ordinary()):
            _log.info(line)
        return
    table = without({arguments.without})
    care.save(arguments.output, table)
    _log.info("%s: %.0f kB", arguments.output, arguments.output.stat().st_size / 1e3)


def _case(file: str, draft: Draft, *, care: bool) -> Case:
    reading = read(draft)
    return Case(file, care, passages_of(reading), signed(reading))


def _rows(case: Case, first: CareTable) -> Iterator[Row]:
    """Yield what to learn from one case: a plea's strongest passage; of quiet drafts, what comes near one."""
    whole = case.found.passages - 1
    if case.care:
        yield _row(case, int(first.of_passages(case.found).argmax()))
        return
    yield _row(case, whole)
    found = first.of_passages(case.found)[:-1] * first.unit + first.bias
    yield from (_row(case, int(place)) for place in np.flatnonzero(found >= _NEAR))


def _row(case: Case, place: int) -> Row:
    return Row(case.care, case.found.columns_of(place))


def _fit(rows: Sequence[Row]) -> CareTable:
    """Fit a logistic regression in which rare features may weigh more than common ones."""
    table = _matrix(rows)
    seen_in = np.bincount(table.indices, minlength=_WIDTH)
    used = np.flatnonzero(seen_in >= _SEEN_AT_LEAST)
    rarity = np.log((1 + len(rows)) / (1 + seen_in[used])) + 1
    narrow = (table[:, used] @ sparse.diags(rarity)).tocsr()
    turned = narrow.T.tocsr()
    wanted = np.array([row.care for row in rows], np.float64)

    def loss(point: Floats) -> tuple[float, Floats]:
        found = narrow @ point[:-1] + point[-1]
        error = 1 / (1 + np.exp(-found)) - wanted
        slope = np.append(turned @ error + point[:-1] / _SOFTNESS, error.sum())
        surprise = float((np.logaddexp(0, found) - wanted * found).sum())
        return surprise + 0.5 * float(point[:-1] @ point[:-1]) / _SOFTNESS, slope

    options = {"maxiter": _STEPS, "maxcor": 8, "ftol": 1e-6}
    point = minimize(loss, np.zeros(used.size + 1), jac=True, method="L-BFGS-B", options=options).x
    weights = np.zeros(_WIDTH)
    weights[used] = point[:-1] * rarity
    return squeeze(weights, float(point[-1]), _ENOUGH)


def _matrix(rows: Sequence[Row]) -> sparse.csr_matrix:
    """Return the features of all rows, valued as `CareTable.of_passages` values them."""
    parts = [(value, found) for row in rows for value, found in zip(_VALUES, row.families, strict=True)]
    data = [np.full(found.size, value / np.sqrt(max(found.size, 1))) for value, found in parts]
    ends = np.cumsum([0, *(sum(found.size for found in row.families) for row in rows)])
    columns = np.concatenate([found for _, found in parts])
    built = sparse.csr_matrix((np.concatenate(data), columns, ends), shape=(len(rows), _WIDTH))
    built.sum_duplicates()
    return built


if __name__ == "__main__":
    main()

"""Lexicons of phrases in small text files, and finding them in a draft.

A lexicon file has sections, `[case weight]`, and one phrase a line:

    [threat 0.95]
    unfollow* (everyone|everybody) .. follow* back
    ^ final warning

Lines that start with `;` are remarks.

| in a phrase | means |
| --- | --- |
| `word` | the word; an apostrophe in it may be missing in the draft |
| `word*` | any word that starts so |
| `(a|b c)` | one of these; `[a|b]` may be missing; they nest |
| `_` | any one word |
| `..`, `...`, `....` | up to 2, 5, 10 words between |
| `#` | a number |
| `^` first, `$` last | the start, the end of the sentence |
| `?` and other marks | that mark |

Words are found outside code, quotations, links and mentions, within one sentence, in any case.
A phrase is only tried in sentences that hold one of its words, so that a long lexicon costs little.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from bot.text.passages import Passages
from bot.text.phrase import compile_phrase, phrase_cues
from bot.text.spans import Span

_SECTION = re.compile(r"\[([\w-]+) ([\d.]+)\]")


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One line of a lexicon.

    Attributes:
        source: the line as written.
        case: the section it stands in; it chooses the words of a message.
        weight: between 0 and 1, how surely the phrase alone means what its section says.
        cues: words, or starts of words followed by `*`, one of which every match holds.
    """

    source: str
    case: str
    weight: float
    cues: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a draft.

    Attributes:
        span: where it stands.
        case: the section of the lexicon.
        weight: between 0 and 1, how surely it means what its section says.
        points: a reader would point exactly there; otherwise it only helps to choose a sentence.
    """

    span: Span
    case: str
    weight: float
    points: bool = True


class Lexicon:
    """The phrases of one file, looked up by their cues."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_cue: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            for cue in phrase.cues:
                self._by_cue.setdefault(cue, []).append(phrase)

    def hits(self, passages: Passages) -> tuple[Hit, ...]:
        """Return every phrase of the lexicon found in a draft, in order, each at most once a sentence."""
        found: list[Hit] = []
        for phrase, indexes in self._candidates(passages).items():
            for index in sorted(indexes):
                span = _search(phrase.source, passages.prose, passages.spans[index])
                if span:
                    found.append(Hit(span, phrase.case, phrase.weight))
        return tuple(sorted(found, key=lambda hit: hit.span))

    def _candidates(self, passages: Passages) -> dict[Phrase, set[int]]:
        """Return the phrases that may stand in a draft, with the passages that hold one of their cues."""
        candidates: dict[Phrase, set[int]] = {}
        for cue in sorted(self._by_cue.keys() & passages.places.keys()):
            for phrase in self._by_cue[cue]:
                candidates.setdefault(phrase, set()).update(passages.places[cue])
        return candidates


@cache
def load_lexicon(package: str, name: str) -> Lexicon:
    """Load the lexicon file `name` that lies in `package`.

    Raises:
        ValueError: a line is no phrase, or stands before the first section; the message names file and line.
    """
    content = files(package).joinpath(name).read_text(encoding="utf-8")
    return Lexicon(parse_lexicon(content, name))


def parse_lexicon(content: str, name: str) -> Iterator[Phrase]:
    """Read the lines of a lexicon file; `name` is for errors.

    Raises:
        ValueError: see `load_lexicon`.
    """
    case, weight = "", 0.0
    for number, line in enumerate(content.splitlines(), start=1):
        source = line.strip()
        if not source or source.startswith(";"):
            continue
        section = _SECTION.fullmatch(source)
        if section:
            case, weight = section[1], float(section[2])
            continue
        cues = phrase_cues(source)
        if not case or not cues:
            raise ValueError(
                f"{name}, line {number}: {source!r} has no section or no plain word to look it up by"
            )
        yield Phrase(source, case, weight, cues)


def _search(source: str, prose: str, passage: Span) -> Span | None:
    pattern, anchored = _compiled(source)
    match = (pattern.match if anchored else pattern.search)(prose, passage.start, passage.end)
    return Span(*match.span("phrase")) if match else None


@lru_cache(maxsize=8192)
def _compiled(source: str) -> tuple[re.Pattern[str], bool]:
    """Return a phrase as a pattern, and whether it has to start its sentence."""
    return compile_phrase(source)

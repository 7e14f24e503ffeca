"""Signs in words, kept in a text file that anybody can extend, and what they add up to in a draft.

A file of signs has named groups of words, and sections of phrases:

    <wish> = want to|going to|thinking about
    [sign plan 0.6]
    i .. <wish> ... (die|kill myself)

| section | its phrases |
| --- | --- |
| `[idiom]` | are taken out before anything else is looked for |
| `[sign NAME WEIGHT]` | add the weight, once a draft |
| `[sign NAME WEIGHT with OTHER]` | count only where OTHER was found too |
| `[grave NAME WEIGHT]` | likewise, and nothing speaks against them |
| `[damp NAME WEIGHT]` | take the weight off what is not grave |
| `[damp NAME WEIGHT near]` | likewise, but only in or beside a sentence that holds a sign |

| in a phrase | means |
| --- | --- |
| `word`, `word*` | the word; any word that starts so (without apostrophes: `dont`) |
| `(a|b c)`, `<group>` | one of these |
| `[a|b]` | one of these may stand here |
| `..`, `....` | up to 2, up to 6 words between, none of which says no |
| `^`, `$` | the start, the end of a sentence |

Words are compared in lower case, without apostrophes, with common misspellings and short forms put right.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_GROUP = re.compile(r"<([\w-]+)> = (.+)")
_SECTION = re.compile(r"\[(idiom|sign|grave|damp)(?: ([\w-]+) ([\d.]+))?( near)?(?: with ([\w-]+))?\]")
_TOKEN = re.compile(r"[()\[\]|]|[^\s()\[\]|]+")
_REFERENCE = re.compile(r"<([\w-]+)>")
_WORD = re.compile(r"\w+")
_GAPS = {"..": 2, "....": 6}
_NEGATIONS = "not|dont|never|didnt|wont|cant|no|isnt|wasnt|wouldnt"
_WORD_ENDS = "(?![^ ])"
_BRACKETS = {"(": "(?:", "[": "(?:", ")": f"){_WORD_ENDS}", "]": f"{_WORD_ENDS})?", "|": "|"}
_PLACES = {"^": "^", "$": " $"}
_STEM = 4  # letters by which words with `*` are looked up


@dataclass(frozen=True, slots=True)
class Section:
    """What the phrases of one section mean.

    Attributes:
        role: `idiom`, `sign`, `grave` or `damp`.
        name: what the section is about; it counts once a draft.
        weight: how much it adds, or takes off.
        near: it only takes off in or beside a sentence that holds a sign.
        beside: the name of a section without which it does not count.
    """

    role: str
    name: str
    weight: float
    near: bool
    beside: str | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase.

    Attributes:
        section: where it stands.
        source: the phrase as written, groups put in.
        needed: for every part of the phrase that has to be there, the words one of which is.
    """

    section: Section
    source: str
    needed: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases, looked up by a word that each of them needs."""

    by_word: dict[str, tuple[Phrase, ...]]

    def found(self, words: Sequence[str]) -> frozenset[Section]:
        """Return the sections of which a phrase stands in one sentence, idioms taken out."""
        present = _with_stems(words)
        phrases = self._tried(present)
        if not phrases:
            return frozenset()
        sentence = f" {' '.join(words)} "
        plain = sentence
        for phrase in phrases:
            if phrase.section.role == "idiom":
                plain = _pattern(phrase.source).sub(" _", plain)
        if plain != sentence:
            present = _with_stems(plain.split())
        sections: set[Section] = set()
        for phrase in phrases:
            section = phrase.section
            if section in sections or section.role == "idiom":
                continue
            if not any(part.isdisjoint(present) for part in phrase.needed) and _pattern(phrase.source).search(
                plain
            ):
                sections.add(section)
        return frozenset(sections)

    def _tried(self, present: frozenset[str]) -> list[Phrase]:
        """Return the phrases all of whose parts may be there."""
        tried: dict[int, Phrase] = {}
        for word in self.by_word.keys() & present:
            for phrase in self.by_word[word]:
                if id(phrase) not in tried and not any(part.isdisjoint(present) for part in phrase.needed):
                    tried[id(phrase)] = phrase
        return list(tried.values())


@dataclass(frozen=True, slots=True)
class Signs:
    """One file of signs.

    Attributes:
        telling: the idioms and the signs.
        besides: what speaks against them, or for them only together with another.
        words: every word of every phrase.
        marks: what is no word but speaks against a sign, such as a laughing face.
    """

    telling: Phrases
    besides: Phrases
    words: frozenset[str]
    marks: dict[str, Section]


@cache
def load_signs(package: str, name: str) -> Signs:
    """Load the file of signs `name` that lies in `package`.

    Raises:
        ValueError: a line is no phrase; the message names the file and the line.
    """
    return parse_signs(files(package).joinpath(name).read_text(encoding="utf-8"), name)


def parse_signs(content: str, name: str) -> Signs:
    """Read a file of signs; `name` is for errors.

    Raises:
        ValueError: see `load_signs`.
    """
    phrases: list[Phrase] = []
    marks: dict[str, Section] = {}
    for section, source, place in _lines(content, name):
        if not any(character.isalnum() for character in source) or source.startswith("/"):
            marks[source] = section
            continue
        needed = _needed(source)
        if not needed:
            raise ValueError(f"{place}: {source!r} has no word that has to be there, or a bracket too many")
        phrases.append(Phrase(section, source, needed))
    telling = _phrases(phrase for phrase in phrases if not _waits(phrase.section))
    besides = _phrases(phrase for phrase in phrases if _waits(phrase.section))
    words = frozenset(word for phrase in phrases for word in _WORD.findall(phrase.source))
    return Signs(telling, besides, words, marks)


def _waits(section: Section) -> bool:
    """Tell whether a section only matters once a sign is found."""
    return section.role == "damp" or section.beside is not None


def _phrases(phrases: Iterable[Phrase]) -> Phrases:
    """Return the phrases by that part of each which is rarest among them."""
    listed = tuple(phrases)
    commonness = Counter(word for phrase in listed for part in phrase.needed for word in part)
    by_word: dict[str, list[Phrase]] = {}
    for phrase in listed:
        rarest = min(phrase.needed, key=lambda part: (max(commonness[word] for word in part), len(part)))
        for word in rarest:
            by_word.setdefault(word, []).append(phrase)
    return Phrases({word: tuple(tried) for word, tried in by_word.items()})


def _lines(content: str, name: str) -> Iterator[tuple[Section, str, str]]:
    """Yield every phrase with its section and its place, groups put in."""
    groups: dict[str, str] = {}
    section: Section | None = None
    for number, line in enumerate(content.splitlines(), start=1):
        source = line.strip()
        place = f"{name}, line {number}"
        if not source or source.startswith("#"):
            continue
        if group := _GROUP.fullmatch(source):
            groups[group[1]] = group[2]
        elif header := _SECTION.fullmatch(source):
            section = Section(header[1], header[2] or "", float(header[3] or 0), bool(header[4]), header[5])
        elif section is None:
            raise ValueError(f"{place}: {source!r} stands before the first section")
        else:
            yield section, _with_groups(source, groups, place), place


def _with_groups(source: str, groups: dict[str, str], place: str) -> str:
    def words(reference: re.Match[str]) -> str:
        if reference[1] not in groups:
            raise ValueError(f"{place}: there is no group <{reference[1]}>")
        return f"({groups[reference[1]]})"

    return _REFERENCE.sub(words, source)


def _needed(source: str) -> tuple[frozenset[str], ...]:
    """Return, for each part of a phrase that has to be there, the words by which to know it may be."""
    needed: list[frozenset[str]] = []
    choices: list[list[str]] = []
    depth = 0
    optional = False
    for piece in _TOKEN.findall(source):
        if piece in "([":
            if depth == 0:
                choices, optional = [[]], piece == "["
            depth += 1
        elif piece in ")]":
            depth -= 1
            if depth == 0 and not optional and all(choices):
                needed.append(frozenset(_telling(choice) for choice in choices))
        elif piece == "|":
            choices.extend([[]] if depth == 1 else [])
        elif piece not in _GAPS and piece not in _PLACES:
            if depth == 0:
                needed.append(frozenset({_telling([piece])}))
            elif depth == 1:
                choices[-1].append(piece)
    return () if depth else tuple(needed)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Return what finds a phrase where words stand between single spaces; made when first tried."""
    parts: list[str] = []
    depth = 0
    for piece in _TOKEN.findall(source):
        if piece in _BRACKETS:
            depth += (piece in "([") - (piece in ")]")
            parts.append(_BRACKETS[piece])
        elif piece in _GAPS:
            parts.append(rf"(?: (?!(?:{_NEGATIONS}) )[^ ]+){{0,{_GAPS[piece]}}}?")
        elif piece in _PLACES:
            parts.append(_PLACES[piece])
        else:
            word = re.escape(piece.rstrip("*")) + ("[^ ]*" if piece.endswith("*") else "")
            parts.append(f" {word}" if depth else f" {word}{_WORD_ENDS}")
    return re.compile("".join(parts))


def _telling(choice: Sequence[str]) -> str:
    """Return the word of a choice by which a sentence is known to be worth a try."""
    word = max(choice, key=len)
    return word[:_STEM] + "*" if word.endswith("*") else word


def _with_stems(words: Iterable[str]) -> frozenset[str]:
    """Return the words, and the starts by which words with `*` are looked up."""
    present = set(words)
    return frozenset(present | {word[:_STEM] + "*" for word in present if len(word) >= _STEM})

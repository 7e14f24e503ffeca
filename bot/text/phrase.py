"""One phrase of a lexicon: what its line means, as a pattern and as words to look it up by.

The notation is explained in bot/text/lexicon.py. Patterns made here cannot backtrack far: every
repetition is bounded, and what separates words can never be part of one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

STEM = 4  # letters by which words with `*` are looked up

_PARTS = re.compile(r"[()\[\]|]|[^\s()\[\]|]+")
_BETWEEN = r"[^\w\n]{1,6}"
_PUNCTUATED = r"[^\w\n]{0,6}"
_GAPS = {"..": 2, "...": 5, "....": 10}
_NUMBER = r"[$£€]?\d[\d.,]{0,12}[kKmM%]?(?!\w)"
_ANY_WORD = r"\w[\w']{0,40}(?!\w)"


# The words that stand in nearly every draft; a phrase is looked up by others where it has them.
_COMMON = frozenset(
    "i you the to a an my me in on of for and is it be that this we your so are with at but not have "
    "all just if u i'm im was will can do what when as or from by our us they he she her his him them "
    "their get got no one up out more about how who now like has had been would could there here some "
    "any know think make want see go good new time day people i'll don't dont it's its that's you're".split()
)
_COST_OF_COMMON = 25


@dataclass(frozen=True, slots=True)
class _Group:
    """Alternatives, each a sequence of words, marks and groups."""

    choices: tuple[tuple["str | _Group", ...], ...]
    optional: bool


_Item = str | _Group


def compile_phrase(source: str) -> tuple[re.Pattern[str], bool]:
    """Return a phrase as a pattern with the group `phrase`, and whether it has to start its sentence.

    Raises:
        ValueError: brackets do not match.
    """
    items = _parse(source)
    anchored = items[0] == "^"
    ending = items[-1] == "$"
    body = _sequence(items[anchored : len(items) - ending], separated=False)
    lead = r"[^\w]*" if anchored else r"(?<!\w)"
    tail = r"[^\w]*$" if ending else ""
    return re.compile(f"{lead}(?P<phrase>{body}){tail}", re.IGNORECASE), anchored


def phrase_cues(source: str) -> frozenset[str]:
    """Return words (or first letters and `*`) one of which every match holds; empty where there are none.

    Raises:
        ValueError: brackets do not match.
    """
    choices = [cues for item in _parse(source) if (cues := _item_cues(item))]
    return min(choices, key=_cost, default=frozenset())


def _cost(cues: frozenset[str]) -> int:
    """Return how often a phrase looked up by these words would be tried in vain."""
    return sum(_COST_OF_COMMON if cue in _COMMON else 1 for cue in cues)


def _parse(source: str) -> tuple[_Item, ...]:
    parts = _PARTS.findall(source)
    choices, rest = _choices(parts, 0, closing="")
    if rest != len(parts) or len(choices) != 1:
        raise ValueError(f"brackets do not match in {source!r}")
    return choices[0]


def _choices(parts: Sequence[str], position: int, closing: str) -> tuple[tuple[tuple[_Item, ...], ...], int]:
    """Read alternatives up to the bracket that closes them; return them and where the rest starts."""
    choices: list[list[_Item]] = [[]]
    while position < len(parts):
        part = parts[position]
        position += 1
        if part in ("(", "["):
            inner, position = _choices(parts, position, ")" if part == "(" else "]")
            choices[-1].append(_Group(inner, optional=part == "["))
        elif part == "|":
            choices.append([])
        elif part == closing:
            break
        elif part in (")", "]"):
            raise ValueError(f"{part!r} closes nothing")
        else:
            choices[-1].append(part)
    else:
        if closing:
            raise ValueError(f"{closing!r} is missing")
    if not all(choices):
        raise ValueError("an alternative is empty")
    return tuple(tuple(choice) for choice in choices), position


def _sequence(items: Sequence[_Item], *, separated: bool) -> str:
    """Return a sequence as a pattern; `separated`: something stands before it."""
    pattern = ""
    gap = ""
    for item in items:
        if isinstance(item, str) and item in _GAPS:
            gap = rf"(?:[^\w\n]{{1,40}}\w{{1,40}}){{0,{_GAPS[item]}}}?"
            continue
        if isinstance(item, _Group) and item.optional and not separated:
            pattern += f"(?:{_alternatives(item, separated=False)}{_BETWEEN})?"
            continue
        piece = _item(item, separated=separated)
        pattern += gap + piece
        separated, gap = True, ""
    return pattern


def _item(item: _Item, *, separated: bool) -> str:
    if isinstance(item, _Group):
        return f"(?:{_alternatives(item, separated=separated)})" + ("?" if item.optional else "")
    is_word = item in ("_", "#") or item[0].isalnum()
    before = (_BETWEEN if is_word else _PUNCTUATED) if separated else ""
    return before + _word(item)


def _alternatives(group: _Group, *, separated: bool) -> str:
    return "|".join(_sequence(choice, separated=separated) for choice in group.choices)


def _word(word: str) -> str:
    if word == "_":
        return _ANY_WORD
    if word == "#":
        return _NUMBER
    if not word[0].isalnum():
        return re.escape(word)
    stem = re.escape(_stem(word)).replace("'", "'?")
    return stem + (r"[\w']{0,24}(?!\w)" if _is_stem(word) else r"(?!\w)")


def _is_stem(word: str) -> bool:
    """Tell whether a word stands for all that start so; in `f***` the stars are letters."""
    return word.endswith("*") and not word.endswith("**")


def _stem(word: str) -> str:
    return word[:-1] if _is_stem(word) else word


def _item_cues(item: _Item) -> frozenset[str]:
    """Return the words to look one item up by; empty where it has none or may be missing."""
    if isinstance(item, str):
        first = re.match(r"[^\W_][\w']*", item)
        if not first or (_is_stem(item) and len(_stem(item)) < STEM):
            return frozenset()
        word = first.group().lower()
        if _is_stem(item):
            return frozenset({word[:STEM] + "*"})
        return frozenset({word, word.replace("'", "")})
    if item.optional:
        return frozenset()
    cues: set[str] = set()
    for choice in item.choices:
        own = next((found for part in choice if (found := _item_cues(part))), frozenset[str]())
        if not own:
            return frozenset()
        cues |= own
    return frozenset(cues)

"""Which language a draft is in, cheaply: by script, then by the words that betray a language.

English is what the engine was built for, in all its dialects; a text is taken for another language
only where that language's own words clearly outnumber the English ones.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import name

from bot.text.reading import Language

UNDETERMINED = Language("und", read=True)
ENGLISH = Language("en", read=True)

_SCRIPTS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "HEBREW": "he",
    "ARABIC": "ar",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "ETHIOPIC": "am",
}
_UKRAINIAN = frozenset("іїєґ")
_SAMPLE = 600  # words read; enough to tell, however long the draft
_FOREIGN_LETTERS = 6  # fewer letters of another script are a name or a joke
_COUNTED = 2
_ENOUGH_WORDS = 4
_ENOUGH_FOREIGN = 3
_FOREIGN_SHARE = 0.2
_ENGLISH_SHARE = 0.12
_OUTNUMBERS = 1.5


def identify(written: Sequence[str]) -> Language:
    """Return the language of the running words of a draft; `und` where they are too few to tell."""
    words = [word.lower() for word in written[:_SAMPLE]]
    if script := _foreign_script(words):
        return Language(script, read=False)
    alphabetic = [word for word in words if word[0].isalpha()]
    if len(alphabetic) < _ENOUGH_WORDS:
        return UNDETERMINED
    english = sum(map(_function_words()["en"].__contains__, alphabetic))
    best, hits = _best_foreign(alphabetic)
    if hits >= max(_OUTNUMBERS * english, _FOREIGN_SHARE * len(alphabetic)):
        return Language(best, read=False)
    return ENGLISH if english >= max(1, _ENGLISH_SHARE * len(alphabetic)) else UNDETERMINED


def _best_foreign(words: Sequence[str]) -> tuple[str, int]:
    """Return the other language with most hits, each distinct word counted at most twice; a few are none."""
    spoken_in = _foreign_words()
    scores: dict[str, int] = {}
    counts: dict[str, int] = {}
    for word in filter(spoken_in.__contains__, words):
        if counts.get(word, 0) < _COUNTED:
            counts[word] = counts.get(word, 0) + 1
            for code in spoken_in[word]:
                scores[code] = scores.get(code, 0) + 1
    if max(scores.values(), default=0) < _ENOUGH_FOREIGN:
        return UNDETERMINED.code, 0
    best = max(_function_words(), key=lambda code: scores.get(code, 0))
    return best, scores.get(best, 0)


def _foreign_script(words: Sequence[str]) -> str | None:
    """Return the language of the script most letters are written in; None for Latin letters."""
    counts: dict[str, int] = {}
    spelled = "".join(words)
    if spelled.isascii():
        return None
    letters = [character for character in spelled if character.isalpha()]
    for character in letters:
        script = _script(character)
        if script:
            counts[script] = counts.get(script, 0) + 1
    if not counts:
        return None
    best = max(counts, key=lambda code: counts[code])
    if sum(counts.values()) < max(_FOREIGN_LETTERS, len(letters) / 2):
        return None
    if best == "zh" and "ja" in counts:
        return "ja"
    if best == "ru" and not _UKRAINIAN.isdisjoint(letters):
        return "uk"
    return best


@lru_cache(maxsize=4096)
def _script(character: str) -> str | None:
    """Return the language that a letter's script stands for; None for Latin and rare scripts."""
    return None if character < "Ͱ" else _SCRIPTS.get(name(character, "").split(" ")[0])


@cache
def _function_words() -> dict[str, frozenset[str]]:
    """Load the word lists; English words are taken out of the others."""
    lists: dict[str, frozenset[str]] = {}
    content = files("bot.text").joinpath("function_words.txt").read_text(encoding="utf-8")
    for line in content.splitlines():
        code, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            lists[code] = frozenset(words.split()) - lists.get("en", frozenset())
    return lists


@cache
def _foreign_words() -> dict[str, tuple[str, ...]]:
    """Return for each function word of other languages the languages it belongs to."""
    spoken_in: dict[str, tuple[str, ...]] = {}
    for code, words in _function_words().items():
        if code != "en":
            for word in words:
                spoken_in[word] = (*spoken_in.get(word, ()), code)
    return spoken_in

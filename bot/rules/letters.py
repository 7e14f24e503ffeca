"""When a single letter or digit stands for a word: told from the words around it."""

from dataclasses import dataclass

_PRONOUNS = frozenset("i u you we they he she it who wat what how hw there ppl people these those".split())
_VERBS = frozenset(
    "do be b go get gt c see hav have hv make mke say tell help hlp know kno knw find work wrk play use try "
    "talk tlk meet come take give giv let leave keep stop stp put think read learn lrn watch listen start "
    "ask buy bring send call join swap lose win eat pay run wait w8 sit sleep hear add ad delete follow flw "
    "unfollow".split()
)
_OBJECTS = frozenset(
    "u you me us him her them dem the da d my ur your our his their this dis that dat it every1 evry1 "
    "everyone any1 all a an no sum some work wrk free real sure now nw ever l8 late much many bed mum".split()
)
_BEFORE_TO = frozenset(
    "want wnt need going goin gna got gt have hav used try tryin trying able like luv love time nice glad "
    "hard up due back bk next nxt come cum go listen listn talk tlk me u it how hw wat what where supposed "
    "ready free easy here happy said sed told close plan new nu belong".split()
)
_UNITS = frozenset(
    "am pm km kg g mg ml cm mm m gb mb tb ghz mhz fps hours hour hrs mins minutes days weeks months "
    "years people times x percent points eggs cups cats dogs kids players stars of and or more".split()
)
_ASKED = frozenset(
    "do does did is are r u am can cn would wud dont dnt hav i it they we no that's thats".split()
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a letter stands for a word: after one of `before` or before one of `after`, with exceptions."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    never_before: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()
    anywhere: bool = False
    between: bool = False  # words stand on both sides


_PLACES = {
    "u": _Place(
        anywhere=True, never_after=frozenset("vitamin size type class plan option hepatitis".split())
    ),
    "r": _Place(
        _PRONOUNS | {"here", "guys"},
        frozenset("u you we they ther there these those the my ur so not nt jst all nice gud good".split()),
    ),
    "y": _Place(frozenset("know kno knw idk that's is thats n".split()), _ASKED),
    "n": _Place(anywhere=True, between=True, never_after=frozenset({"rock"})),
    "c": _Place(frozenset("u i 2 to can cn l8r will il".split()), frozenset({"u", "ya"})),
    "d": _Place(anywhere=True, between=True, never_after=frozenset("vitamin d plan i".split())),
    "b": _Place(frozenset("2 to wil will il ul cud wud cnt gna gonna must shud".split())),
    "m": _Place(frozenset({"i", "n"}), never_before=_UNITS),
    "v": _Place(frozenset("n y if r".split()), frozenset("nice gud good hv r cn tired".split())),
    "2": _Place(_BEFORE_TO, _VERBS, never_before=_UNITS),
    "4": _Place(
        after=_OBJECTS | frozenset("ppl people info sale de rent 2nite 2day 2moro tmrw salads hrs".split()),
        never_before=_UNITS,
    ),
    "k": _Place(anywhere=True),
    "w": _Place(anywhere=True),
}


def stands_for_word(letter: str, before: str, after: str) -> bool:
    """Tell whether a letter or digit stands for a word.

    Args:
        letter: in lower case.
        before: the word before it in lower case; empty at the start.
        after: the word after it; empty at the end.
    """
    place = _PLACES.get(letter)
    if place is None or before in place.never_after or after in place.never_before:
        return False
    if place.between and not (before[-1:].isalpha() and len(after) > 1 and after[0].isalnum()):
        return False
    return place.anywhere or before in place.before or after in place.after

"""The scorer: what may fire is neither right nor wrong."""

from bot.text.draft import Draft
from bot.text.kind import Kind
from bot.text.spans import Span
from bot.training.labelled import Labelled
from bot.training.scoring import Answer, annotated, score


def row(text, must=(), may=(), spans=None, *, arguable=False):
    return Labelled(
        id="x",
        file="f",
        real=False,
        draft=Draft(text),
        kind=Kind.NEUTRAL,
        arguable=arguable,
        must=frozenset(must),
        may=frozenset(may),
        spans=spans or {},
    )


def test_hits_misses_alarms_and_what_is_arguable():
    rows = [row("a", ["bait"]), row("b", ["bait"]), row("c"), row("d", may=["bait"])]
    fired = Answer(Kind.NEUTRAL, {"bait": (Span(0, 1),)}, warned=True)
    result = score(rows, [fired, Answer(Kind.PROMOTION, {}, warned=False), fired, fired])
    count = result.rules["bait"]
    assert (count.hits, count.misses, count.alarms) == (1, 1, 1)
    assert (result.clean, result.quiet, result.kinds) == (1, 0, 3)


def test_evidence_has_to_touch_the_annotated_words():
    labelled = row("you fool, hello", ["criticism"], spans={"criticism": ("fool",)})
    assert annotated(labelled, "criticism") == [Span(4, 8)]
    hit = Answer(Kind.NEUTRAL, {"criticism": (Span(0, 9),)}, warned=True)
    miss = Answer(Kind.NEUTRAL, {"criticism": (Span(10, 15),)}, warned=True)
    assert score([labelled], [hit]).pointed == 1
    assert score([labelled], [miss]).pointed == 0


def test_a_kind_that_careful_readers_differ_about_is_neither_right_nor_wrong():
    rows = [row("a"), row("b", arguable=True)]
    result = score(rows, [Answer(Kind.NEUTRAL, {}, warned=False)] * 2)
    assert (result.kinds, result.judged) == (1, 1)

"""The chart can be read by everybody, everywhere."""

import struct
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from adapters.kit.chart_image import png
from adapters.kit.chart_plan import ABOVE, BAND, GROUND, HEIGHT, INK, SMALL, WIDTH, WITHIN, plan
from bot.summaries.chart import Bar, Chart

bars = st.builds(Bar, st.sampled_from(["W01", "W53"]), st.none() | st.integers(0, 100))
charts = st.builds(Chart, st.lists(bars, min_size=1, max_size=8).map(tuple), st.just(5.0), st.just(10.0))
EIGHT = Chart(tuple(Bar(f"W{40 + n}", p) for n, p in enumerate([8, 12, None, 5, 0, 33, 9, 100])), 5, 10)


def luminance(colour: tuple[int, int, int]) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    parts = [value / 255 for value in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: tuple[int, int, int], second: tuple[int, int, int]) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_words_stand_out_from_their_ground_and_bars_from_theirs():
    assert contrast(INK, GROUND) >= 7
    assert contrast(INK, BAND) >= 7
    for bar in (WITHIN, ABOVE):
        assert contrast(bar, GROUND) >= 3
        assert contrast(bar, BAND) >= 3


def test_the_picture_brings_its_own_ground_so_that_no_window_shows_through():
    assert any((box.left, box.right, box.colour) == (2, WIDTH - 2, GROUND) for box in plan(EIGHT).boxes)


def test_on_a_phone_letters_are_still_twelve_pixels_high():
    assert min(label.size for label in plan(EIGHT).labels) == SMALL
    assert SMALL * 390 / WIDTH >= 12


def test_nothing_is_said_by_colour_alone():
    drawing = plan(EIGHT)
    words = [label.text for label in drawing.labels]
    assert all(f"{bar.percent}%" in words for bar in EIGHT.bars if bar.percent is not None)
    assert "none" in words
    above = [box for box in drawing.boxes if box.colour == ABOVE]
    caps = [box for box in drawing.boxes if box.colour == INK and box.bottom < HEIGHT - 70]
    assert len(above) == len(caps) == 3


@given(charts)
def test_everything_stays_inside_and_words_do_not_run_into_each_other(chart):
    drawing = plan(chart)
    for box in drawing.boxes:
        assert 0 <= box.left < box.right <= WIDTH
        assert 0 <= box.top < box.bottom <= HEIGHT
    for label in drawing.labels:
        assert label.size / 2 <= label.y <= HEIGHT - label.size / 2
    weeks = [label.x for label in drawing.labels if label.text.startswith("W")]
    assert all(later - earlier >= 3 * SMALL * 0.7 for earlier, later in pairwise(weeks))


def test_the_picture_is_a_small_png_and_always_the_same():
    content = png(EIGHT)
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (WIDTH, HEIGHT)
    assert len(content) < 20_000
    assert content == png(EIGHT)

"""Where every line, bar and word of the weekly chart goes; pure, so that it can be tested without eyes.

The picture brings its own light ground and dark ink, so it reads the same in a dark and in a light
window; its letters are large enough for a phone, which shows it at half its size. Blue and vermilion
are told apart by everybody (Okabe and Ito, "Color Universal Design", 2008), and nothing is said by
colour alone: every bar carries its figure, and one above the aim a dark cap. The words
keep to letters that Pillow's own font has.
"""

from dataclasses import dataclass

from bot.summaries.chart import Chart

WIDTH, HEIGHT = 800, 440
SMALL, LARGE = 26, 32
"""Heights of letters in pixels: on a phone 400 pixels wide they are 13 and 16."""

GROUND = (250, 250, 247)
INK = (33, 37, 41)
FRAME = (134, 142, 150)
BAND = (205, 222, 214)
WITHIN = (0, 114, 178)
ABOVE = (190, 75, 0)

_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 760, 120, 370
_GAP = 0.36
_CAP = 6
_HEADROOM = 1.15
_LEAST_TOP = 20.0  # percent: a chart of small shares does not exaggerate them

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle: left, top, right and bottom in pixels."""

    left: int
    top: int
    right: int
    bottom: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Label:
    """Words around a point.

    Attributes:
        x: the middle of the words, in pixels from the left; their start where `start` is set.
        y: their middle, in pixels from the top.
        text: the words.
        size: the height of the letters in pixels.
        colour: their ink.
        start: whether they begin at `x`.
    """

    x: int
    y: int
    text: str
    size: int = SMALL
    colour: Colour = INK
    start: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawing: boxes first to last, then words."""

    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]


def plan(chart: Chart) -> Plan:
    """Return where everything goes."""
    highest = max((bar.percent or 0 for bar in chart.bars), default=0)
    top = max(_LEAST_TOP, _HEADROOM * max(highest, chart.upper))

    def height(percent: float) -> int:
        return round(_BOTTOM - (_BOTTOM - _TOP) * percent / top)

    boxes = [
        Box(0, 0, WIDTH, HEIGHT, FRAME),
        Box(2, 2, WIDTH - 2, HEIGHT - 2, GROUND),
        Box(_LEFT, height(chart.upper), _RIGHT, height(chart.lower), BAND),
    ]
    labels = [
        Label(_LEFT, 36, chart.title, LARGE, start=True),
        Label(
            _LEFT, 76, f"shaded: the aim, {chart.lower:g} to {chart.upper:g}%; capped: above it", start=True
        ),
    ]
    step = (_RIGHT - _LEFT) / max(1, len(chart.bars))
    for index, bar in enumerate(chart.bars):
        middle = _LEFT + step * (index + 0.5)
        x = round(middle)
        labels.append(Label(x, _BOTTOM + 34, bar.label))
        if bar.percent is None:
            labels.append(Label(x, _BOTTOM - 20, "none"))
            continue
        above = bar.percent > chart.upper
        half = step * (1 - _GAP) / 2
        peak = min(height(bar.percent), _BOTTOM - 2)
        left, right = round(middle - half), round(middle + half)
        boxes.append(Box(left, peak, right, _BOTTOM, ABOVE if above else WITHIN))
        if above:
            boxes.append(Box(left - _CAP, peak - 1, right + _CAP, peak + _CAP, INK))
        labels.append(Label(x, peak - 18, f"{bar.percent}%"))
    boxes.append(Box(_LEFT, _BOTTOM, _RIGHT, _BOTTOM + 2, INK))
    return Plan(tuple(boxes), tuple(labels))

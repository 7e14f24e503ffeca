"""Draws a planned chart as a PNG; the thin edge between the plan and the bytes."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from adapters.kit.chart_plan import GROUND, HEIGHT, WIDTH, plan
from bot.summaries.chart import Chart

NAME = "weeks.png"


def png(chart: Chart) -> bytes:
    """Return the chart as a PNG of a few kilobytes, always the same for the same figures."""
    drawing = plan(chart)
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(image)
    for box in drawing.boxes:
        pen.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=box.colour)
    for label in drawing.labels:
        anchor = "lm" if label.start else "mm"
        pen.text((label.x, label.y), label.text, label.colour, _font(label.size), anchor=anchor)
    with io.BytesIO() as file:
        image.quantize(64).save(file, "PNG", optimize=True)
        return file.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)

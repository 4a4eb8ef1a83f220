"""The PNG is a sound file of its declared size that a chat can show, small, and drawn beside the loop."""

from __future__ import annotations

import asyncio
from io import BytesIO

import pytest
from hypothesis import given
from PIL import Image, ImageColor

from bot.charts import aside, png
from bot.charts.inks import LIGHT, Ink
from bot.charts.layout import lay_out
from bot.charts.shapes import Area, Box
from bot.chat.card import Chart
from tests.bot.charts import charts
from tests.bot.charts.october import EARLY, MIDMONTH, MISSED, october
from tests.bot.charts.oddities import ODD
from tests.examples import examples

OCTOBERS = [october(MIDMONTH), october(EARLY), october(MISSED)]


def opened(file: bytes) -> Image.Image:
    image = Image.open(BytesIO(file), formats=["PNG"])
    image.load()
    return image.convert("RGB")


def is_near(image: Image.Image, x: float, y: float, ink: Ink) -> bool:
    seen = image.getpixel((round(x), round(y)))
    assert isinstance(seen, tuple)
    return all(abs(a - b) <= 4 for a, b in zip(seen, ImageColor.getrgb(LIGHT[ink]), strict=False))


@examples(8)
@given(charts.anything)
def test_any_chart_decodes_with_its_declared_size(chart: Chart) -> None:
    picture = lay_out(chart)
    assert opened(png.paint(picture)).size == png.size_of(picture)


@pytest.mark.parametrize("name", ODD)
def test_an_odd_chart_is_drawn_on_white_paper(name: str) -> None:
    image = opened(png.draw(ODD[name]))
    assert image.size == png.size_of(lay_out(ODD[name]))
    assert all(image.getpixel((x, y)) == (255, 255, 255) for x in (0, image.width - 1) for y in (0, image.height - 1))


@pytest.mark.parametrize("chart", OCTOBERS)
def test_a_month_is_drawn_1080_pixels_wide_in_less_than_100_kilobytes(chart: Chart) -> None:
    file = png.draw(chart)
    assert opened(file).width == 1080
    assert len(file) < 100_000


def test_a_picture_of_twelve_panels_is_narrower_and_still_less_than_100_kilobytes() -> None:
    file = png.draw(ODD["six"])
    assert 540 <= opened(file).width < 1080
    assert len(file) < 100_000


@pytest.mark.parametrize("chart", OCTOBERS)
def test_boxes_have_the_colour_they_were_laid_out_with(chart: Chart) -> None:
    picture = lay_out(chart)
    image = opened(png.draw(chart))
    cells = [shape for shape in picture.shapes if isinstance(shape, Box) and shape.fill == "good" and shape.width > 99]
    assert len(cells) == 3
    for cell in cells:
        assert is_near(image, cell.x + 12, cell.y + cell.height / 2, "good")


def test_what_is_accepted_is_full_and_what_awaits_is_striped() -> None:
    picture = lay_out(october(MIDMONTH))
    image = opened(png.draw(october(MIDMONTH)))
    accepted = next(shape for shape in picture.shapes if isinstance(shape, Area) and shape.fill == "accepted")
    full = accepted.bounds()
    for x in range(round(full.left + full.right) // 2, round(full.right) - 8):
        assert is_near(image, x, full.bottom - 12, "accepted")
    row = [image.getpixel((x, round(full.top) - 8)) for x in range(round(full.right) - 70, round(full.right) - 8)]
    colours = {ImageColor.getrgb(LIGHT[ink]) for ink in ("stripe", "awaiting")}
    assert all(any(isinstance(seen, tuple) and seen[:3] == colour for seen in row) for colour in colours)


def test_letters_that_no_font_here_has_are_left_out_rather_than_framed() -> None:
    plain = Chart("Leads", "")
    assert png.draw(Chart("Leads \U0010fffd", "")) == png.draw(plain)
    assert png.draw(Chart("Leads שלום", "")) != png.draw(plain)


async def test_drawn_beside_the_loop_it_is_the_same_file() -> None:
    drawn = await asyncio.gather(*(aside.draw_png(chart) for chart in OCTOBERS))
    assert drawn == [png.draw(chart) for chart in OCTOBERS]

"""The SVG is sound whatever people wrote, says what it shows, and follows its page's light or dark."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from bot.charts.inks import DARK, INKS, LIGHT
from bot.charts.lettering import clean
from bot.charts.svg import STYLESHEET, draw, draw_inline
from bot.chat.card import Chart
from tests.bot.charts import charts
from tests.bot.charts.october import MIDMONTH, october
from tests.bot.charts.oddities import ODD
from tests.examples import examples

SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {"svg", "title", "desc", "style", "defs", "pattern", "path", "rect", "polyline", "polygon", "text"}
NUMBER = re.compile(r"-?\d+(\.\d+)?( -?\d+(\.\d+)?)*")


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text.encode())


def names_in(root: ET.Element) -> set[str]:
    return {element.tag.removeprefix(SVG) for element in root.iter()}


@examples(20)
@given(charts.anything)
def test_any_chart_gives_well_formed_svg_of_nothing_but_drawing(chart: Chart) -> None:
    for text in (draw(chart), draw_inline(chart)):
        root = parsed(text)
        assert names_in(root) <= KNOWN
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


def test_what_people_wrote_arrives_as_they_wrote_it() -> None:
    shown = " ".join("".join(element.itertext()) for element in parsed(draw(ODD["hostile"])).iter(f"{SVG}text"))
    assert "<script>alert('🎯" in shown
    assert "<!channel>" in shown
    assert "שלום 商談 レポート {name}" in shown


@pytest.mark.parametrize("name", ODD)
def test_a_screen_reader_finds_a_picture_with_a_title_and_all_its_facts(name: str) -> None:
    root = parsed(draw_inline(ODD[name]))
    title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None
    assert title.text
    assert words is not None
    assert words.text == (clean(ODD[name].alt) or title.text)
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == words.get("id")


def test_inside_a_page_nothing_needs_a_style_that_a_strict_policy_refuses() -> None:
    text = draw_inline(october(MIDMONTH))
    assert "<style" not in text
    assert "style=" not in text


def test_every_shape_has_a_light_colour_of_its_own_and_a_rule_for_both() -> None:
    rules = set(re.findall(r"\.kept-chart \.([\w-]+)\{", STYLESHEET))
    for element in parsed(draw_inline(ODD["six"])).iter():
        for kind in (element.get("class") or "").split():
            if kind != "kept-chart":
                assert kind in rules
        if element.get("class") != "kept-chart" and element.get("class"):
            assert {element.get("fill"), element.get("stroke")} & set(LIGHT.values())


def test_the_stylesheet_has_each_colour_for_light_and_dark_and_lets_a_page_set_its_own() -> None:
    for ink in INKS:
        name = ink.replace(" ", "-")
        assert f".kept-chart .f-{name}{{fill:var(--kept-{name},light-dark({LIGHT[ink]},{DARK[ink]}))}}" in STYLESHEET
        assert f".kept-chart .s-{name}{{stroke:var(--kept-{name},light-dark({LIGHT[ink]},{DARK[ink]}))}}" in STYLESHEET


def test_a_file_of_its_own_brings_its_paper_and_its_style() -> None:
    root = parsed(draw(october(MIDMONTH)))
    style = root.find(f"{SVG}style")
    assert style is not None
    assert style.text == f":root{{color-scheme:light dark}}{STYLESHEET}"
    paper = root.find(f"{SVG}rect")
    assert paper is not None
    assert [paper.get("width"), paper.get("height")] == (root.get("viewBox") or "").split()[2:]


def test_words_keep_to_their_room_in_whatever_letters_the_reader_has() -> None:
    for element in parsed(draw(october(MIDMONTH))).iter(f"{SVG}text"):
        assert float(element.get("textLength") or 0) > 0


@examples(12)
@given(charts.plausible)
def test_every_place_is_a_plain_number(chart: Chart) -> None:
    for element in parsed(draw_inline(chart)).iter():
        for name in ("x", "y", "width", "height", "rx", "font-size", "textLength", "stroke-width"):
            assert NUMBER.fullmatch(element.get(name, "0")), element.attrib


def test_two_charts_on_one_page_do_not_share_their_names() -> None:
    one, other = (parsed(draw_inline(ODD[name])) for name in ("a day", "a year"))
    ids = [{element.get("id") for element in root.iter() if element.get("id")} for root in (one, other)]
    assert len(ids[0]) == 3
    assert ids[0].isdisjoint(ids[1])

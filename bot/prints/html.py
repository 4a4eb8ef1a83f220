"""A paper as a page: headings that make an outline, lists, light and dark, and rules for a printer.

The page stands by itself, without script and without anything fetched from elsewhere, so that it can
be sent as a file and kept.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.charts import svg
from bot.chat.card import Chart, Fact, Note, Span, Strong, Table, Text
from bot.chat.plain import moment_of, printable, spans_of
from bot.documents.prose import Passage
from bot.prints.paper import Paper

_HERE = Path(__file__).parent / "templates"
_LOADER = FileSystemLoader(_HERE)


def draw(paper: Paper) -> str:
    """Write a paper as one HTML page. The same paper is the same text."""
    made = f"{moment_of(paper.made_at, paper.zone)} ({paper.zone})"
    return _environment().get_template("paper.html").render(paper=paper, zone=paper.zone, made=made, style=style())


@cache
def style() -> str:
    """The page's style, as it stands in it: the letters', and the pictures' own."""
    return (_HERE / "paper.css").read_text(encoding="utf-8") + svg.STYLESHEET


@cache
def policy() -> str:
    """What a browser may do with the page: show it in this very style, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@cache
def _environment() -> Environment:
    made = Environment(loader=_LOADER, autoescape=True, undefined=StrictUndefined, auto_reload=False)
    made.trim_blocks = made.lstrip_blocks = True
    made.tests["passage"] = lambda section: isinstance(section, Passage)
    made.tests["text"] = lambda block: isinstance(block, Text | Note | Fact)
    made.tests["chart"] = lambda block: isinstance(block, Chart)
    made.tests["table"] = lambda block: isinstance(block, Table)
    made.filters["drawn"] = lambda chart: Markup(svg.draw_inline(chart))  # noqa: S704 -- every word in it is escaped
    made.filters["parts"] = _parts
    made.filters["words"] = spans_of
    made.filters["printable"] = printable
    return made


def _parts(block: Text | Note | Fact, zone: str) -> list[tuple[bool, str]]:
    """The words of a paragraph, each stretch with whether it carries the sentence."""
    spans: tuple[Span, ...] = (Strong(f"{block.label}: "), *block.value) if isinstance(block, Fact) else block.spans
    return [(isinstance(span, Strong), spans_of((span,), zone)) for span in spans]

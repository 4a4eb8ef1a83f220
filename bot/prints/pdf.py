"""A paper as PDF: A4, one column, headings that make an outline, pictures with their words.

The letters are those of the charts: Inter, and for what Inter lacks the faces that stand in for it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, TableCellFillMode, XPos, YPos
from fpdf.fonts import FontFace

from bot.charts import png, typefaces
from bot.charts.layout import lay_out
from bot.chat.card import Block, Card, Chart, Fact, Note, Span, Spans, Strong, Table, Text
from bot.chat.plain import moment_of, printable, spans_of
from bot.documents.prose import Passage
from bot.prints.paper import Paper

_MARGIN, _WIDTH, _PICTURE = 20, 170, 118
_INK, _SOFT, _RULE = (28, 32, 40), (96, 103, 115), (214, 219, 226)
_LINE = 5.4
_SMALLEST = 0.6
"""How far a picture is made smaller rather than begin a new page and leave most of the last one empty."""


def draw(paper: Paper) -> bytes:
    """Print a paper as a PDF file. The same paper is the same bytes.

    It computes for most of a second: in an event loop, call it in a thread.
    """
    pdf = _Sheet(paper)
    pdf.add_page()
    pdf.heading(paper.title, 18)
    for line in paper.lead:
        _run(pdf, (line,), paper.zone, 10, _SOFT)
    for section in paper.sections:
        if isinstance(section, Passage):
            _passage(pdf, section)
        else:
            _section(pdf, section, paper.zone)
    if lacking := {mark for font in pdf.fonts.values() for mark in getattr(font, "missing_glyphs", ())}:
        _run(pdf, (_left_out(len(lacking)),), paper.zone, 8.5, _SOFT)
    return bytes(pdf.output())


def _left_out(lacking: int) -> str:
    """Say that something is missing: a paper that is signed must not lack a word in silence."""
    what = "A letter is" if lacking == 1 else f"{lacking:,} letters are"
    return f"{what} left out on this paper, for which no font is here. The page made of it shows every word."


class _Sheet(FPDF):
    """A4 with the house's letters, and a foot that says what it is, when it was made, and the page."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(format="A4")
        self._paper = paper
        self.add_font("Inter", "", typefaces.shipped(bold=False))
        self.add_font("Inter", "B", typefaces.shipped(bold=True))
        for face in typefaces.stand_ins():
            self.add_font(Path(face).stem, "", face)
        self.set_fallback_fonts([Path(face).stem for face in typefaces.stand_ins()], exact_match=False)
        self.set_margin(_MARGIN)
        self.set_auto_page_break(auto=True, margin=24)
        self.set_title(printable(paper.title))
        self.set_lang("en")
        self.set_creator("Kept")
        self.set_creation_date(paper.made_at)

    def footer(self) -> None:
        """Say what this sheet is of: a page that was taken out of its pile is still known."""
        self.set_y(-16)
        self.face(7.5, colour=_SOFT)
        made = (
            f"{printable(self._paper.title)} · {moment_of(self._paper.made_at, self._paper.zone)} ({self._paper.zone})"
        )
        self.cell(_WIDTH - 20, 4, made, align=Align.L)
        self.cell(20, 4, f"{self.page_no()} of {{nb}}", align=Align.R)

    def face(self, size: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK) -> None:
        """Choose letters and their colour."""
        self.set_font("Inter", "B" if bold else "", size)
        self.set_text_color(*colour)

    def heading(self, words: str, size: float) -> None:
        """A heading with its entry in the outline; it stays with at least some of what follows."""
        self.keep_together(size * 0.5 + 3 * _LINE)
        self.start_section(printable(words), level=0 if size > 14 else 1)
        self.face(size, bold=True)
        self.multi_cell(_WIDTH, size * 0.5, printable(words), align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def point(self, words: str) -> None:
        """A sentence of a list, behind its dot."""
        self.keep_together(_LINE)
        self.face(10)
        self.set_x(self.l_margin + 1)
        self.cell(4, _LINE, "•")
        self.multi_cell(_WIDTH - 5, _LINE, words, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(0.6)

    def keep_together(self, height: float) -> None:
        """Begin a new page where what comes next would be torn apart."""
        if self.will_page_break(height):
            self.add_page()


def _section(pdf: _Sheet, card: Card, zone: str) -> None:
    pdf.ln(4)
    first = next(iter(card.blocks), None)
    if isinstance(first, Chart):
        pdf.keep_together(min(_height_of(first), pdf.eph) * _SMALLEST + 6 * _LINE)
    pdf.heading(card.title, 12)
    for block in card.blocks:
        _block(pdf, block, zone)


def _passage(pdf: _Sheet, passage: Passage) -> None:
    pdf.ln(4)
    pdf.keep_together(9 * _LINE)
    pdf.heading(passage.heading, 12)
    for clause in passage.clauses:
        if clause.about:
            pdf.keep_together(3 * _LINE)
            _run(pdf, (Strong(clause.about),), "UTC", 10)
        for line in clause.lines:
            pdf.point(printable(line))
        pdf.ln(1.6)


def _block(pdf: _Sheet, block: Block, zone: str) -> None:
    match block:
        case Text():
            _run(pdf, block.spans, zone, 10)
        case Note():
            _run(pdf, block.spans, zone, 8.5, _SOFT)
        case Fact():
            _run(pdf, (Strong(f"{block.label}: "), *block.value), zone, 10)
        case Table():
            _table(pdf, block, zone)
        case Chart():
            _picture(pdf, block)


def _run(pdf: _Sheet, spans: Spans, zone: str, size: float, colour: tuple[int, int, int] = _INK) -> None:
    for span in spans:
        pdf.face(size, bold=isinstance(span, Strong), colour=colour)
        words = _words(span, zone)
        # A stretch that begins at a line's end would be broken within its first word.
        left = pdf.w - pdf.r_margin - 2 * pdf.c_margin - pdf.get_x()
        if pdf.get_x() > pdf.l_margin and pdf.get_string_width(words.split(" ", 1)[0]) > left:
            pdf.ln(_LINE * size / 10)
        pdf.write(_LINE * size / 10, words)
    pdf.ln(_LINE * size / 10 + 1.6)


def _words(span: Span, zone: str) -> str:
    return spans_of((span,), zone)


def _table(pdf: _Sheet, table: Table, zone: str) -> None:
    pdf.keep_together(4 * _LINE)
    if table.caption:
        _run(pdf, (Strong(table.caption),), zone, 9)
    pdf.face(9)
    pdf.set_draw_color(*_RULE)
    aligned = tuple(Align.R if index in table.numeric else Align.L for index in range(len(table.columns)))
    with pdf.table(
        width=_WIDTH,
        line_height=_LINE,
        padding=(0.8, 1.6),
        text_align=aligned,
        borders_layout="HORIZONTAL_LINES",
        cell_fill_mode=TableCellFillMode.NONE,
        headings_style=FontFace(emphasis="BOLD", color=_INK),
        col_widths=_shares(table, zone),
    ) as grid:
        grid.row([printable(column) for column in table.columns])
        for row in table.rows:
            grid.row([printable(spans_of(cell, zone)) or " " for cell in row])
    pdf.ln(3)


def _shares(table: Table, zone: str) -> tuple[int, ...]:
    """How wide the columns are to one another: by their longest word or line, within reason."""
    widths = []
    for index, column in enumerate(table.columns):
        cells = [spans_of(row[index], zone) for row in table.rows]
        longest = max((len(text) for text in (column, *cells)), default=1)
        widths.append(min(max(longest + 2, 8), 48))  # bold letters and the room beside them
    return tuple(widths)


def _picture(pdf: _Sheet, chart: Chart) -> None:
    height = min(_height_of(chart), pdf.eph)
    room = pdf.eph + pdf.t_margin - pdf.get_y() - 3
    if height * _SMALLEST <= room < height:
        height = room
    pdf.keep_together(height)
    picture = BytesIO(png.draw(chart))
    pdf.image(picture, w=_PICTURE, h=height, alt_text=printable(chart.alt), keep_aspect_ratio=True)
    pdf.ln(3)


def _height_of(chart: Chart) -> float:
    """How high its picture stands, in millimetres."""
    wide, high = png.size_of(lay_out(chart))
    return _PICTURE * high / wide

"""Cards on paper: every word of them arrives, in order, and the same paper is the same file."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2

from bot.cards import reports
from bot.chat.card import Button, Card, Fact, Moment, Note, Strong, Table, Text
from bot.prints import Paper
from bot.prints.pdf import draw
from tests.bot.cards.october import FRIDAY, report

NOON = datetime(2026, 10, 16, 16, tzinfo=UTC)


def paper(*sections: Card, title: str = "Company X, October") -> Paper:
    return Paper(title, sections, NOON, "America/New_York")


def words_of(pdf: bytes) -> str:
    """All text of a PDF as a reader's programme finds it, lines joined."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_every_block_of_a_card_is_printed_and_its_buttons_are_not() -> None:
    card = Card(
        "Agreed on Friday",
        "",
        (
            Text(("Marketing owes ", Strong("100 leads"), " by ", Moment(NOON, "day and time", "UTC"), ".")),
            Fact("Sponsor", ("Morgan",)),
            Table(("Promise", "Due"), ((("Leads",), ("100",)), (("Reports",), ("4",))), "Where it stands", (1,)),
            Note(("Printed from the record.",)),
        ),
        (Button("Sign", "agreement sign A-1"),),
    )
    words = words_of(draw(paper(card)))
    for expected in (
        "Company X, October",
        "Agreed on Friday",
        "Marketing owes 100 leads by Fri 16 Oct 12:00.",
        "Sponsor: Morgan",
        "Where it stands Promise Due Leads 100 Reports 4",
        "Printed from the record.",
        "1 of 1",
    ):
        assert expected in words
    assert "Sign" not in words


def test_what_people_wrote_is_printed_as_they_wrote_it() -> None:
    told = "**Ω & <b>Łódź</b>** =1+1 \u202edleif\u202c"
    words = words_of(draw(paper(Card("Lead", "", (Text((told,)), Fact("Name", (told,)))), title=told)))
    assert words.count("**Ω & <b>Łódź</b>** =1+1 dleif") >= 3


def test_no_word_is_broken_where_bold_letters_begin() -> None:
    lines = tuple(Text((f"{'word ' * 17}{'i' * length} ", Strong("Wednesday"), ".")) for length in range(30))
    words = words_of(draw(paper(Card("Agreed", "", lines))))
    assert words.count("Wednesday.") == len(lines)


def test_a_letter_that_no_font_has_is_said_to_be_left_out() -> None:
    assert "left out" not in words_of(draw(paper(Card("Łódź", "", (Text(("Ωδή",)),)))))
    words = words_of(draw(paper(Card("Agreed", "", (Text(("A lead called \U00013000\U00013001.",)),)))))
    assert "2 letters are left out on this paper" in words


def test_the_same_paper_is_the_same_file() -> None:
    card = reports.weekly(report(), now=FRIDAY)
    assert draw(paper(card)) == draw(paper(card))


def test_a_long_table_goes_on_over_the_page_under_its_headings() -> None:
    rows = tuple(((f"Lead {number}",), (str(number),)) for number in range(120))
    pdf = draw(paper(Card("Leads", "", (Table(("Name", "Number"), rows, "", (1,)),))))
    document = pypdfium2.PdfDocument(pdf)
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert len(pages) > 2
    assert all("Name Number" in page for page in pages)
    assert all(f"Lead {number} {number}" in " ".join(pages) for number in range(120))


def test_a_picture_stands_on_one_page_with_its_heading() -> None:
    filler = Card("Before", "", tuple(Text((f"Line {number}",)) for number in range(25)))
    document = pypdfium2.PdfDocument(draw(paper(filler, reports.weekly(report(), now=FRIDAY))))
    second = document[1].get_textpage().get_text_range()
    assert "Report 3 of 4" in second
    assert any(thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for thing in document[1].get_objects())

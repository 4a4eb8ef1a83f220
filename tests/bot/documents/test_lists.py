"""Lists as people have them: whatever wrote them, the same rows come out, and what is wrong is told row by row."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.lists import MOST_ROWS, read_file, read_text
from slacore.errors import Refusal

CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), max_size=20).map(str.strip)
NAMES = CELLS.filter(bool)


@given(
    rows=st.lists(st.tuples(NAMES, CELLS), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_what_a_program_wrote_comes_out_as_it_went_in(
    rows: list[tuple[str, str]], delimiter: str, encoding: str
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerow(["Name", "Content", "Reference", "Stage", "Priority"])
    writer.writerows([name, content, f"R{place}", "stage", "high"] for place, (name, content) in enumerate(rows))
    found = read_file(written.getvalue().encode(encoding))
    assert not found.faults
    assert [(each.name, each.content) for each in found.listed] == rows


@pytest.mark.parametrize(("encoding", "name"), [("cp1252", "Zoë – Łukasz".replace("Ł", "L")), ("latin-1", "Zoë Ümit")])
def test_western_letters_of_old_programs(encoding: str, name: str) -> None:
    assert read_file(f"name,ref\n{name},1\n".encode(encoding)).listed[0].name == name


def test_a_byte_that_no_letter_has_is_told_where_it_stands() -> None:
    found = read_file(b"name,ref\nAnn,1\nB\x81b\xe9,2\n")
    assert [(fault.row, fault.what) for fault in found.faults] == [(3, "its name holds signs that cannot be shown")]
    assert len(found.rows) == 1


def test_columns_in_any_order_and_unknown_ones_are_passed_over() -> None:
    found = read_file(b"Score,Shoe size,E-mail,Lead\n7,44,a@b.example,Ann\n")
    assert (found.listed[0].name, found.listed[0].score) == ("Ann", 7)


def test_without_headings_the_columns_are_name_reference_link() -> None:
    found = read_file(b"Ann,CRM-7,https://crm.example/7\nBob,CRM-8\n")
    assert [(each.name, each.ref, each.link) for each in found.listed] == [
        ("Ann", "CRM-7", "https://crm.example/7"),
        ("Bob", "CRM-8", ""),
    ]


def test_a_pasted_line_is_a_name_a_reference_a_link_and_an_owner() -> None:
    found = read_text("Ann Lee (CRM-7) https://crm.example/7 @tom; Bob (the builder) Ray\n<https://a.example|A> Cem")
    assert [(each.name, each.ref, each.link, each.owner) for each in found.listed] == [
        ("Ann Lee", "CRM-7", "https://crm.example/7", "@tom"),
        ("Bob (the builder) Ray", "", "", ""),
        ("Cem", "", "https://a.example", ""),
    ]


def test_too_many_rows_are_refused() -> None:
    content = b"name\n" + b"Ann\n" * MOST_ROWS
    assert len(read_file(content).rows) == MOST_ROWS
    with pytest.raises(Refusal, match="more than 50,000 rows"):
        read_file(content + b"Bob\n")


@given(st.binary(max_size=300))
def test_no_bytes_break_it(content: bytes) -> None:
    try:
        found = read_file(content)
    except Refusal:
        return
    assert found.rows or found.faults

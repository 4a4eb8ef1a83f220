"""A list of things as people have it: pasted lines, or a table that a spreadsheet or a CRM wrote.

Nothing of it is believed to be clean. What cannot be read is told row by row, with the row's number
as a spreadsheet shows it; whoever asked decides whether the good rows are taken alone. Cells are
text and stay text: what looks like a formula is somebody's name for a lead.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from slacore.errors import Refusal
from slacore.items import Listed

MOST_ROWS = 50_000
MOST_BYTES = 25_000_000
ENDINGS = ("csv", "tsv", "txt")
"""How the names of files end that a list may come in."""
_LONGEST = {
    "name": 200,
    "ref": 200,
    "link": 2_000,
    "campaign": 100,
    "content": 200,
    "stage": 60,
    "priority": 60,
    "owner": 100,
}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "lead", "contact", "title", "item", "full name"),
    "ref": ("ref", "reference", "id", "key", "number", "case"),
    "link": ("link", "url", "address"),
    "campaign": ("campaign",),
    "content": ("content", "asset"),
    "stage": ("stage", "status", "life cycle stage", "lifecycle stage"),
    "score": ("score",),
    "priority": ("priority",),
    "owner": ("owner", "assigned to", "assignee"),
}
_IN_ORDER = ("name", "ref", "link")
"""What the columns of a table without headings are taken for."""
_KNOWN = {spelling: column for column, spellings in _COLUMNS.items() for spelling in spellings}
_LINK = re.compile(r"<?(https?://[^\s<>|]+)(?:\|[^>]*)?>?")
_REF = re.compile(r"\(([^()]{1,200})\)\s*$")
_OWNER = re.compile(r"\s(<?@[^\s<>]{1,80}>?)\s*$")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a list: the row as a spreadsheet counts it, and what is wrong there."""

    row: int
    what: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was read: the good rows with their numbers, in order, and everything that is wrong with the others."""

    rows: tuple[tuple[int, Listed], ...]
    faults: tuple[Fault, ...] = ()

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What the good rows say."""
        return tuple(listed for _, listed in self.rows)

    @property
    def bad(self) -> int:
        """How many rows have something wrong."""
        return len({fault.row for fault in self.faults})


def read_text(text: str) -> ReadList:
    """Read pasted lines: one thing a line, or several divided by `;`; with headings it is read as a table.

    A line is a name, then its reference in brackets, a link, and whose it is to be, where there are any:
    `Ann Lee (CRM-7) https://crm.example/7 @tom`. Cells divided by tabs are name, reference, link.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refusal("The list is empty.", "Write one name a line, or divide them with a semicolon.", field="items")
    if len(lines) > 1 and (_headings(lines[0]) or "\t" in lines[0]):
        return _table(text)
    parts = [part for line in lines for part in line.split(";") if part.strip()]
    return _checked((row, _line(part)) for row, part in enumerate(parts, 1))


def read_file(content: bytes) -> ReadList:
    """Read a table that a program wrote: UTF-8 or UTF-16 with or without a mark, else Windows' Latin letters.

    Columns are told by their headings, divided by comma, semicolon or tab. Raises Refusal for what is
    no table at all, is too large, or holds more than 50,000 rows.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(
            f"The file has {len(content):,} bytes; I read up to {MOST_BYTES:,}.", "Split it in two.", field="items"
        )
    text = decoded(content)
    if not text.strip():
        raise Refusal("The file is empty.", "Export the list again, with headings.", field="items")
    return _table(text)


def decoded(content: bytes) -> str:
    """Text from bytes of unknown encoding, by its mark, its zeros, or what fits.

    Raises Refusal for what no program writes as text: a picture, a workbook, a zipped file.
    """
    if content[:4] in (b"PK\x03\x04", b"\x89PNG", b"%PDF") or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refusal("That file is no text.", "Save the sheet as CSV, and send that.", field="items")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace")
    sample = content[:2_000]
    if sample.count(0) * 4 > len(sample):
        return content.decode("utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be", "replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _headings(line: str) -> tuple[str, ...] | None:
    """The columns that a line's cells name, "" for one that is not known; None where it is no heading at all."""
    for delimiter in ",;\t":
        cells = next(csv.reader([line], delimiter=delimiter), [])
        found = tuple(_KNOWN.get(_UNSEEN.sub("", cell).strip().casefold().replace("_", " "), "") for cell in cells)
        if ("name" in found or "ref" in found) and (len(cells) > 1 or found[0]):
            return found
    return None


def _table(text: str) -> ReadList:
    first = next((line for line in text.splitlines() if line.strip()), "")
    columns = _headings(first)
    delimiter = max("\t;,", key=lambda each: len(next(csv.reader([first], delimiter=each), [])))
    if columns is not None and len(set(filter(None, columns))) < len([each for each in columns if each]):
        raise Refusal("Two columns have the same heading.", "Name each column once.", field="items")
    return _checked(_rows(text, delimiter, columns))


def _rows(text: str, delimiter: str, columns: Sequence[str] | None) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each row with its number: cells by column, or what is wrong with it."""
    csv.field_size_limit(100_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    row, headings_to_come = 0, columns is not None
    while True:
        row += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield row, f"it cannot be read as a row ({error})"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if headings_to_come:
            headings_to_come = False
            continue
        names = columns if columns is not None else _IN_ORDER
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            yield row, f"it has {len(cells)} cells where the table has {len(names)} columns"
            continue
        yield row, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}


def _line(text: str) -> dict[str, str]:
    """A pasted line as cells: its link and the reference in brackets are taken off the name."""
    cells: dict[str, str] = {}
    if found := _OWNER.search(text):
        cells["owner"] = found[1]
        text = text[: found.start()]
    if found := _LINK.search(text):
        cells["link"] = found[1]
        text = f"{text[: found.start()]} {text[found.end() :]}"
    text = text.strip(" ,\t")
    if found := _REF.search(text):
        cells["ref"] = found[1].strip()
        text = text[: found.start()].strip(" ,\t")
    return {"name": " ".join(text.split()), **cells} if text else cells


def _checked(rows: Iterator[tuple[int, dict[str, str] | str]]) -> ReadList:
    good: list[tuple[int, Listed]] = []
    faults: list[Fault] = []
    references: dict[str, int] = {}
    for count, (row, cells) in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Refusal(f"The list has more than {MOST_ROWS:,} rows.", "Split it in two.", field="items")
        wrong = [cells] if isinstance(cells, str) else [*_faults(cells)]
        if not isinstance(cells, str) and (reference := cells.get("ref", "")):
            earlier = references.setdefault(reference.casefold(), row)
            if earlier != row:
                wrong.append(f"the reference {reference[:40]!r} stands in row {earlier} too")
        if wrong:
            faults += [Fault(row, what) for what in wrong]
        elif not isinstance(cells, str):
            score = cells.pop("score", None)
            good.append((row, Listed(**cells, score=None if score is None else int(score))))
    if not good and not faults:
        raise Refusal("The list has headings and no rows.", "Send one with rows.", field="items")
    return ReadList(tuple(good), tuple(faults))


def _faults(cells: Mapping[str, str]) -> Iterator[str]:
    if not cells.get("name") and not cells.get("ref"):
        yield "it has neither a name nor a reference"
    for column, most in _LONGEST.items():
        text = cells.get(column, "")
        if len(text) > most:
            yield f"its {column} has {len(text):,} characters; there is room for {most:,}"
        if _UNSEEN.search(text) or "\ufffd" in text:
            yield f"its {column} holds signs that cannot be shown"
    if (link := cells.get("link")) and not _LINK.fullmatch(link):
        yield f"its link {link[:40]!r} is no web address"
    if (score := cells.get("score")) is not None and not _WHOLE.fullmatch(score):
        yield f"its score {score[:20]!r} is no whole number"

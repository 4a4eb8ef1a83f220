"""What was agreed can be printed, whole, for those who sign with a pen."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2

from bot.chat.card import File
from bot.desk.files import Files
from bot.documents import read
from bot.store import agreements
from slacore.agreements import Terms
from tests.world import WORKSPACE, World


async def test_the_whole_text_comes_as_a_file_to_print(world: World) -> None:
    shown = await world.direct("josh").says("josh", "agreement show A-1")
    assert shown.card is not None
    file = next(block for block in shown.card.blocks if isinstance(block, File) and block.name.endswith(".pdf"))
    with await Files(world.house.database, world.clock).open(WORKSPACE, file) as made:
        printed = pypdfium2.PdfDocument(made.read())
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in printed).split())
    for part in ("100 qualified leads", "Josh", "Amy", "Joan", "Works at a company of 20 people or more", "Versions"):
        assert part in words


async def test_the_same_text_comes_as_a_page_with_headings_and_lists_and_no_script(world: World) -> None:
    page = await _file(world, "A-1-version-1.html")
    for part in (
        "<h1>Company X",
        '<h2 id="s1">What it is for</h2>',
        "<h3>Qualified leads</h3>",
        "<li>Marketing owes Sales 100 qualified leads a month, due last Friday 17:00</li>",
        "<h2 id=",
        "Signed by Joan Baker on Mon 28 Sep 2026",
    ):
        assert part in page
    assert "<script" not in page
    assert 'lang="en"' in page


async def test_the_same_text_comes_as_a_file_to_change_that_reads_as_what_was_agreed(world: World) -> None:
    said = await _file(world, "A-1-version-1.yaml")
    agreed = await _agreed(world)
    assert read(said)[1] == agreed


async def _file(world: World, name: str) -> str:
    shown = await world.direct("josh").says("josh", "agreement show A-1")
    assert shown.card is not None
    file = next(block for block in shown.card.blocks if isinstance(block, File) and block.name == name)
    with await Files(world.house.database, world.clock).open(WORKSPACE, file) as made:
        return made.read().decode()


async def _agreed(world: World) -> Terms:
    kept = await world.house.database.read(WORKSPACE, agreements.everything)
    return replace(kept[0].latest.terms, signatures=())

"""What was agreed can be printed, whole, for those who sign with a pen."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2

from bot.chat.card import File
from bot.chat.talk import Attachment, Person, Place, Utterance
from bot.desk.exports.files import Files
from bot.documents import read
from bot.store import agreements
from slacore.agreements import Terms
from tests.world import WORKSPACE, World, private


async def test_the_whole_text_comes_as_a_file_to_print(world: World) -> None:
    await world.direct("josh").says("josh", "agreement file A-1")
    given = world.direct("josh").hears("A-1 · Company X", "version 1", "Hand the changed file back")
    file = next(block for block in given.message.card.blocks if isinstance(block, File) and block.kind.endswith("pdf"))
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
    await world.direct("josh").says(
        "josh", next(each.says for each in shown.card.buttons if each.label.startswith("Page"))
    )
    given = world.direct("josh").hears("A-1 · Company X")
    file = next(block for block in given.message.card.blocks if isinstance(block, File) and block.name == name)
    with await Files(world.house.database, world.clock).open(WORKSPACE, file) as made:
        return made.read().decode()


async def _agreed(world: World) -> Terms:
    kept = await world.house.database.read(WORKSPACE, agreements.everything)
    return replace(kept[0].latest.terms, signatures=())


async def test_a_changed_file_of_an_agreement_becomes_the_draft_of_its_next_version(world: World) -> None:
    text = await _file(world, "A-1-version-1.yaml")
    place = Place(WORKSPACE, "web", "direct", "josh", "josh")

    async def hand_back(changed: str) -> str:
        file = Attachment("ours.yaml", "application/yaml", changed.encode())
        asked = Utterance(f"f{next(world.deliveries)}", Person(WORKSPACE, "web", "josh", "josh"), place,
                          world.clock.now(), text="agreement file A-1", files=(file,))  # fmt: skip
        return private(await world.ask(asked))

    assert "that day has begun" in await hand_back(text.replace("target: 100", "target: 110"))
    later = text.replace("effective_on: 2026-10-01", "effective_on: 2026-12-01")
    assert "says what is agreed already" in await hand_back(later)
    said = await hand_back(later.replace("target: 100", "target: 90").replace("25, 50, 75, 100", "20, 45, 70, 90"))
    assert "X-1 · draft" in said
    assert "Qualified leads: 90 instead of 100 a month, from 1 December 2026." in said
    again = await hand_back(later.replace("target: 100", "target: 80").replace("25, 50, 75, 100", "20, 40, 60, 80"))
    assert "X-1 · draft" in again
    assert "80 instead of 100 a month" in again
    assert "Worth a second thought" not in again
    bare = "\n".join(line for line in later.splitlines() if not line.startswith("    consequence: make-good"))
    said = await hand_back(bare)
    assert "A miss of 'Qualified leads' brings nothing." in said
    assert "nobody who acts" not in said, "that stood in the version before"

"""What was agreed can be printed, whole, for those who sign with a pen."""

from __future__ import annotations

import pypdfium2

from bot.chat.card import File
from bot.desk.files import Files
from tests.world import WORKSPACE, World


async def test_the_whole_text_comes_as_a_file_to_print(world: World) -> None:
    shown = await world.direct("josh").says("josh", "agreement show A-1")
    assert shown.card is not None
    file = next(block for block in shown.card.blocks if isinstance(block, File))
    with await Files(world.house.database, world.clock).open(WORKSPACE, file) as made:
        printed = pypdfium2.PdfDocument(made.read())
    words = " ".join(" ".join(page.get_textpage().get_text_range() for page in printed).split())
    for part in ("100 qualified leads", "Josh", "Amy", "Joan", "Works at a company of 20 people or more", "Versions"):
        assert part in words

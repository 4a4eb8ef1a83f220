"""What a review has before it: money, the target worked out again, misses with what came of them, last steps."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from bot.chat.card import Chart, File, Table
from bot.desk.exports.files import Files
from slacore.items import Listed
from tests.beginnings import Worlds
from tests.leads import company_x_with_leads, hands_over
from tests.world import WORKSPACE, World, private

REVIEW = """
review:
  slots: first Thursday 10:00
  participants: [josh, amy, joan]
  quorum: 2
"""
LEADS = 20


async def _tom_gets_twenty_leads(world: World) -> None:
    await hands_over(world, *(Listed(f"Lead {number}", owner="tom") for number in range(1, LEADS + 1)))


@pytest.fixture
async def room(worlds: Worlds, tmp_path: Path) -> World:
    """Company X with a review, and twenty leads of October that Tom follows up."""
    file = company_x_with_leads(tmp_path)
    text = file.read_text(encoding="utf-8")
    file.write_text(text + ("" if "\nreview:" in text else REVIEW), encoding="utf-8")
    return await worlds.begin(file, "Mon 05 Oct 2026 10:00", then=_tom_gets_twenty_leads)


async def says(world: World, member: str, words: str) -> str:
    reply = await world.direct(member).says(member, words)
    assert not reply.refused, private(reply)
    return private(reply)


async def pack(world: World) -> str:
    told = await says(world, "josh", "review")
    world.everyone_heard_all()
    return told


async def test_the_pack_says_what_to_type_where_no_money_is_on_record(room: World) -> None:
    await room.sleep_until("Wed 04 Nov 2026 12:00")
    told = await pack(room)
    assert "No sale of October is on record. Say outcome L-… won for $100" in told
    assert "Nothing from before Thu 1 Oct is on record" in told
    assert "needed for" not in told  # nothing is known of how many close
    assert "$0" not in told


async def test_the_target_is_worked_out_again_on_what_closed_and_a_button_drafts_the_amendment(room: World) -> None:
    await says(room, "tom", "outcome L-1..9 won for $100")
    await says(room, "tom", "outcome L-10 won for $150")
    await says(room, "tom", "outcome L-11..20 lost")
    await says(room, "amy", "sold $400")
    await room.sleep_until("Wed 04 Nov 2026 12:00")
    young = await pack(room)
    assert "96 qualified leads a month are needed" in young
    assert "The price is the mean of 10 sales" in young
    assert "10 of the 20 qualified leads of October that came by name, immature until Tue 1 Dec" in young
    assert "Plan with these" in young
    assert "Propose" not in young
    await says(room, "tom", "retract L-1 outcome because it was cancelled")
    await says(room, "tom", "outcome L-1 lost")
    await room.sleep_until("Tue 01 Dec 2026 12:00")
    assert "112 qualified leads a month are needed for the $5,000 quota; today 100 are promised." in await pack(room)
    card = (await room.direct("josh").says("josh", "review")).card
    assert card is not None
    button = next(each for each in card.buttons if each.label == "Propose 112")
    draft = await says(room, "josh", button.says)
    assert "112 instead of 100 a month" in draft
    assert "close rate 45 % instead of 50 %" in draft
    again = await pack(room)
    assert "Show X-1" in again
    assert "Propose 112" not in again


async def test_a_miss_is_told_with_its_reason_its_dispute_and_how_that_ended(room: World) -> None:
    await room.sleep_until("Mon 02 Nov 2026 12:00")
    history = await says(room, "josh", "review")
    key = next(word for line in history.splitlines() if "Qualified leads, October" in line for word in line.split()[:1])
    await says(room, "josh", f"why {key} because the webinar fell out")
    await says(room, "josh", f"dispute {key} because ten came on Saturday")
    assert "ten came on Saturday”, open." in await pack(room)
    await says(room, "amy", "answer D-1 stands because Saturday is too late")
    await says(room, "morgan", "answer D-1 stands because the date is the date")
    assert "What makes it good is still to be chosen; Morgan has to say." in await pack(room)
    await says(room, "morgan", f"choose {key} recovery plan")
    assert "Chosen: recovery plan, by Morgan, " in await pack(room)
    await says(room, "josh", "recovery step P-1 call the oldest again owner Nina by 4 Nov")
    await says(room, "josh", "recovery agree P-1")
    await says(room, "amy", "recovery agree P-1")
    told = await pack(room)
    assert f"{key} Qualified leads, October: 80 qualified leads short, stands. Why: “the webinar fell out”." in told
    assert "D-1 by Marketing: “ten came on Saturday”; it stands, said Morgan: “the date is the date”." in told
    assert "Recovery plan P-1: 0 of 1 step done in time." in told
    step = next(word for word in (await says(room, "nina", "mine")).split() if word.startswith("O-"))
    await says(room, "nina", f"done {step} called them all")
    assert "Recovery plan P-1: 1 of 1 step done in time." in await pack(room)
    await room.sleep_until("Wed 02 Dec 2026 12:00")
    made_good = (
        f"Marketing made good Qualified leads ({key}, 80 qualified leads short, a loss of $4,000) by its plan P-1"
    )
    assert f"Best recovery of November: {made_good}, every step in time." in await pack(room)


async def test_single_misses_of_one_promise_of_which_nothing_was_said_are_told_together(room: World) -> None:
    await room.sleep_until("Mon 02 Nov 2026 12:00")
    assert "Lead status reports: 4 times missed, stands (B-" in await pack(room)


async def test_the_last_periods_stand_side_by_side_in_a_picture_and_in_words(room: World) -> None:
    await room.sleep_until("Wed 02 Dec 2026 12:00")
    card = (await room.direct("josh").says("josh", "review")).card
    assert card is not None
    pictures = [block for block in card.blocks if isinstance(block, Chart) and block.pasts]
    assert [panel.title for panel in pictures[0].pasts][:1] == ["Qualified leads"]
    assert "Qualified leads: Oct 20 (missed), Nov 0 (missed)." in pictures[0].alt
    tables = [block for block in card.blocks if isinstance(block, Table) and block.caption == "How it went"]
    assert tables[0].columns == ("Promise", "October 2026", "November 2026")
    room.everyone_heard_all()


async def test_it_is_a_page_and_a_paper_that_say_the_same(room: World) -> None:
    await says(room, "amy", "sold $400 note <script>alert(1)</script>")
    await says(room, "amy", "review unhappy because <img src=x> half of them never pick up")
    await room.sleep_until("Thu 05 Nov 2026 10:00")
    await says(room, "josh", "review here")
    card = (await room.direct("josh").says("josh", "review")).card
    assert card is not None
    page, paper = [block for block in card.blocks if isinstance(block, File)]
    files = Files(room.house.database, room.clock)
    with await files.open(WORKSPACE, page) as made:
        read = made.read().decode()
    with await files.open(WORKSPACE, paper) as made:
        printed = " ".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(made.read()))
    assert "<img" not in read
    assert "<svg" in read
    for part in ("Money of Qualified leads", "What was missed", "Sales says:", "half of them never pick up", "$400"):
        assert part in read, part
        assert part in " ".join(printed.split()), part
    room.everyone_heard_all()


async def test_what_was_held_apart_is_told_with_how_it_ended(room: World) -> None:
    handed = await room.channel().says("josh", "handoff 10 leads to sales")
    assert not handed.refused
    await room.channel().says("amy", "dispute H-2 3 because duplicate")
    await room.channel().says("amy", "dispute H-2 1 because out of area")
    room.everyone_heard_all()
    await says(room, "josh", "review")
    told = await pack_of(room)
    assert ["D-2, H-2", "1 qualified lead", "Amy: “out of area”", "open"] in told
    assert ["D-1, H-2", "3 qualified leads", "Amy: “duplicate”", "open"] in told
    accepted = await room.channel().says("amy", "accept H-2")
    assert not accepted.refused, private(accepted)
    assert ["D-1, H-2", "3 qualified leads", "Amy: “duplicate”", "withdrawn by Amy"] in await pack_of(room)


async def pack_of(world: World) -> list[list[str]]:
    """The pack, a line a list of cells."""
    lines = (await says(world, "josh", "review V-1")).splitlines()
    world.everyone_heard_all()
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines]

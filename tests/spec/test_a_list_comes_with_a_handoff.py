"""A handoff may come with a list: in words, pasted, or as a file; what cannot be read changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.plain import text_of
from bot.chat.talk import Attachment, Person, Reply, Utterance
from tests.beginnings import Worlds
from tests.world import NEW_YORK, WORKSPACE, World, private

ANSWERING = Path(__file__).with_name("answering.yaml")
PASTED = "Ann Lee (CRM-7)\nBob Ray https://crm.example/8 @tom"


@pytest.fixture
async def sales(worlds: Worlds) -> AsyncIterator[World]:
    """Marketing and sales on Monday morning."""
    opened = await worlds.begin(ANSWERING, "Mon 05 Oct 2026 09:00")
    yield opened
    opened.everyone_else_heard_nothing()


async def sends(world: World, words: str, content: bytes, name: str = "leads.csv") -> Reply:
    """Josh says words in the channel with a file attached."""
    room = world.channel()
    person = Person(WORKSPACE, "web", "josh", "josh")
    file = Attachment(name, "text/csv", content)
    delivery = f"f{next(world.deliveries)}"
    return await world.ask(Utterance(delivery, person, room.place, world.clock.now(), text=words, files=(file,)))


async def presses(world: World, reply: Reply, label: str) -> Reply:
    """Josh presses a button of a private answer."""
    assert reply.card is not None
    button = next(each for each in reply.card.buttons if each.label.startswith(label))
    return await world.channel().says("josh", button.says)


async def item(world: World, key: str) -> str:
    return private(await world.channel().says("amy", f"item {key}"))


async def test_a_file_that_a_program_wrote_is_read_by_its_headings(sales: World) -> None:
    content = "Lead;Reference;URL;Owner;Score\nZoë Łuk;CRM-7;https://crm.example/7;Tom;40\n=1+1;CRM-8;;;\n"
    await sends(sales, "handoff 2 leads to sales", content.encode("utf-16"))
    sales.channel().hears("H-1", "2 leads")
    sales.direct("tom").hears("1 waiting", "L-1 Zoë Łuk")
    page = await item(sales, "L-1")
    assert "Zoë Łuk" in page
    assert "Tom has it" in page
    assert "Stage: score 40" in page
    assert "L-2 · =1+1" in await item(sales, "L-2"), "what looks like a formula stays text"


async def test_pasted_lines_are_a_list(sales: World) -> None:
    await sales.channel().says(
        "josh", "handoff 2 leads to sales items Ann Lee (CRM-7)\nBob Ray https://crm.example/8 @tom"
    )
    sales.channel().hears("2 leads")
    sales.direct("tom").hears("1 waiting", "L-2 Bob Ray")
    assert "Tom has it" in await item(sales, "L-2")
    assert "Reference: CRM-7" in await item(sales, "L-1")


async def test_a_bad_row_changes_nothing_unless_the_good_ones_are_taken_alone(sales: World) -> None:
    content = b"name,ref,score,owner\nAnn,1,7,\n,,8,\nBob,1,x,\nCem,3,,Josh\nDia,4,5,Tom\n"
    reply = await sends(sales, "handoff 5 leads to sales note from the fair", content)
    said = private(reply)
    assert "3 rows of 5 cannot be read; nothing was logged" in said
    assert "3  it has neither a name nor a reference" in said
    assert "4  the reference '1' stands in row 2 too" in said
    assert "4  its score 'x' is no whole number" in said
    assert "5  its owner 'Josh' is nobody of Sales" in said
    sales.channel().hears_nothing()

    await presses(sales, reply, "Only the 2 good")
    sales.channel().hears("H-1", "2 leads", "from the fair")
    sales.direct("tom").hears("1 waiting", "L-2 Dia")
    assert "Dia" in await item(sales, "L-2")
    again = await presses(sales, reply, "Only the 2 good")
    assert "handed over with H-1 already" in private(again) or "logged the same" in private(again)


async def test_another_number_than_was_said_is_asked_about(sales: World) -> None:
    reply = await sends(sales, "handoff 3 leads to sales", b"name\nAnn\nBob\n")
    assert "You said 3, and the list has 2; nothing was logged" in private(reply)
    await presses(sales, reply, "Log all 2")
    sales.channel().hears("H-1", "2 leads")


async def test_what_is_no_list_is_refused(sales: World) -> None:
    for content, why in (
        (b"PK\x03\x04...", "That file is no text."),
        (b"  \n", "The file is empty."),
        (b"name,ref\n", "headings and no rows"),
        (b"name,name\nA,B\n", "Two columns have the same heading."),
    ):
        assert why in private(await sends(sales, "handoff 3 leads to sales", content))
    sales.channel().hears_nothing()


async def test_a_long_list_is_written_down_part_by_part_and_told_as_it_goes(sales: World) -> None:
    content = b"name,ref\n" + b"".join(b"Lead %d,R%d\n" % (number, number) for number in range(1, 2_502))
    await sends(sales, "handoff 2501 leads to sales", content)
    sales.channel().hears("H-1", "2,501 leads")
    sales.direct("josh").hears("H-1 · 0 of 2,501 leads written down")
    await sales.travelling.settle()
    message = next(each for each in sales.wire.messages if each.ref.place.id == "josh")
    assert "all 2,501 leads written down" in text_of(message.card, NEW_YORK)
    assert sum(each.ref.place.id == "josh" for each in sales.wire.messages) == 1, "edited in place"
    sales.everyone_heard_all()
    assert "Lead 2501" in await item(sales, "L-2501")
    assert "There is no L-2502." in await item(sales, "L-2502")

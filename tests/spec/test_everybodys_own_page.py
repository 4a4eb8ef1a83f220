"""A page of one's own: what needs me, what I am owed, where promises stand, what comes, what is held, my settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.cards.homes import Page, home, sections
from bot.cards.lines import Overview
from bot.chat.card import Card, Table
from bot.chat.plain import text_of
from bot.desk import homes
from bot.desk.sitting import sit
from bot.slack.homes import home_view
from bot.slack.ports import Section
from bot.slack.render import Look
from bot.store.tx import Tx
from tests.slack.fake_slack import words_in
from tests.slack.rules import view_problems
from tests.world import NEW_YORK, WORKSPACE, World, private

TITLES = ["Needs you", "You are owed", "Where the promises stand", "The next seven days", "Settings"]


async def page_of(world: World, member: str) -> Page:
    async def look(tx: Tx) -> Page:
        return await homes.page_of(await sit(tx, world.clock.now(), member, "web"), member)

    return await world.house.database.read(WORKSPACE, look)


def drawn(world: World, page: Page) -> tuple[list[str], str]:
    """The headings of Slack's home, and all its words; it is one that Slack takes."""
    found = sections(page, world.clock.now(), NEW_YORK)
    view = home_view([Section(each.title, (each.card,)) for each in found], Look(reader=page.member))
    assert view_problems(view) == []
    headings = [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]
    return headings, words_in(view["blocks"])


def rows(card: Card) -> int:
    return sum(len(block.rows) for block in card.blocks if isinstance(block, Table))


async def test_a_page_has_its_sections_in_their_order_and_the_card_says_the_same(world: World) -> None:
    await world.channel().says("josh", "handoff 25 qualified leads to sales")
    world.everyone_heard_all()
    page = await page_of(world, "amy")
    headings, words = drawn(world, page)
    assert headings == TITLES
    for said in ("Accept", "H-1", "nothing late", "on pace", "09:00, on days that have something for you"):
        assert said in words
    card = (await world.direct("amy").says("amy", "home")).card
    assert card is not None
    assert [each for each in TITLES if each in text_of(card, NEW_YORK)] == TITLES
    labels = [button.label for button in card.buttons]
    assert len(labels) == len(set(labels))
    assert {"Refresh", "Quiet hours…", "Help"} <= set(labels)


async def test_whoever_has_nothing_reads_so_in_a_sentence_each(world: World) -> None:
    page = replace(await page_of(world, "omar"), owes=(), gets=(), promises=())
    page = replace(page, heard=replace(page.heard, agreements=()))
    headings, words = drawn(world, page)
    assert headings == TITLES
    for said in (
        "Nothing needs you this week.",
        "Nobody owes you anything now.",
        "You have no part in an agreement yet; the owner of a party adds you.",
        "Nothing is due in the next seven days.",
    ):
        assert said in words
    assert "more" not in words


async def test_a_page_of_three_hundred_things_shows_the_first_and_counts_the_rest(world: World) -> None:
    page = await page_of(world, "amy")
    duty = page.owes[0]
    many = tuple(
        replace(duty, obligation=replace(duty.obligation, number=number, due_at=world.clock.now() + timedelta(hours=1)))
        for number in range(300)
    )
    lots: tuple[Overview, ...] = (page.promises[0],) * 300
    page = replace(page, owes=many, gets=tuple(replace(each) for each in many), promises=lots)
    headings, words = drawn(world, page)
    assert headings == TITLES, "nothing pushes the settings out"
    for said in ("300 things this week, ", "+290 more this week.", "300 things, ", "+294 more, due later."):
        assert said in words
    assert "+288 more, none of them worse off." in words
    assert all(rows(each.card) <= 12 for each in sections(page, world.clock.now(), NEW_YORK))
    assert len(home(page, world.clock.now(), NEW_YORK).buttons) < 25


async def test_what_waits_for_my_name_needs_me_until_i_have_signed(world: World) -> None:
    await world.direct("josh").says("josh", "agreement amend leads target 105 from 1 Nov")
    await world.direct("josh").says("josh", "agreement propose A-1")
    world.everyone_heard_all()
    said = await world.direct("amy").says("amy", "home")
    assert "To sign: X-1: Company X" in private(said)
    assert said.card is not None
    assert said.card.buttons[0].says == "agreement show X-1"
    await world.direct("amy").says("amy", "agreement sign X-1")
    world.everyone_heard_all()
    assert "To sign" not in private(await world.direct("amy").says("amy", "home"))


async def test_what_is_held_back_has_a_section_while_something_is(world: World) -> None:
    await world.direct("amy").says("amy", "quiet 15:00-09:30")
    await world.travel_to("Fri 09 Oct 2026 16:00")
    world.everyone_heard_all()
    headings, words = drawn(world, await page_of(world, "amy"))
    assert headings == [*TITLES[:4], "Held back", TITLES[4]]
    assert "for the end of your quiet hours." in words
    assert "15:00–09:30, your time." in words

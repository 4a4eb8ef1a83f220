"""What customers trip over: noted by anybody when it happens, found again, and told to service with the report."""

from __future__ import annotations

from tests.world import World, private


async def _noted(world: World) -> None:
    await world.channel().says("amy", "friction price was unclear at checkout tag price, checkout")
    await world.channel().says("priya", "friction no invoice for two weeks tag Invoice")
    await world.channel().says("josh", "friction the price page shows old prices tag price")


async def test_an_entry_is_confirmed_in_private_as_it_was_understood(world: World) -> None:
    reply = await world.channel().says("amy", "friction price was unclear at checkout tag Price, checkout, price")
    assert "Noted as no. 1: “price was unclear at checkout”" in private(reply)
    assert "tagged price and checkout" in private(reply)
    assert "goes to Service with the next customer friction report" in private(reply)


async def test_the_same_words_at_once_are_taken_for_a_slip(world: World) -> None:
    await world.channel().says("amy", "friction price was unclear tag price")
    again = await world.channel().says("amy", "friction price was unclear tag price")
    assert again.refused
    assert "You noted the same a moment ago: no. 1." in private(again)
    assert not (await world.channel().says("priya", "friction price was unclear tag price")).refused


async def test_entries_are_found_by_words_tags_and_parts_of_words_whatever_their_capitals(world: World) -> None:
    await _noted(world)
    found = private(await world.channel().says("tom", "search PRICE"))
    assert "2 entries" in found
    assert found.index("no. 3") < found.index("no. 1")
    assert "no. 2" in private(await world.channel().says("tom", "search friction voic"))
    assert "nothing found" in private(await world.channel().says("tom", "search friction price invoice"))
    assert "nothing found" in private(await world.channel().says("tom", "search friction 100%"))


async def test_definitions_are_shown_with_criteria_and_version_and_are_searched_too(world: World) -> None:
    shown = private(await world.channel().says("tom", 'define "Qualified Leads"'))
    assert "A person at a company we can serve, who asked to hear from sales." in shown
    assert "2. Asked for a talk, a trial or a price in the last 30 days." in shown
    assert "(A-1) has it in version 1, from Thu 1 Oct on" in shown
    unknown = await world.channel().says("tom", "define lead")
    assert unknown.refused
    assert [button.says for button in unknown.card.buttons] == ['define "qualified lead"']  # type: ignore[union-attr]
    assert "1 word is defined here" in private(await world.channel().says("tom", "define"))
    await _noted(world)
    both = private(await world.channel().says("tom", "search price"))
    assert "2 entries, 1 definition" in both
    assert "definition" not in private(await world.channel().says("tom", "search friction price"))


async def test_what_was_noted_by_mistake_is_withdrawn_by_whoever_noted_it(world: World) -> None:
    await _noted(world)
    assert (await world.channel().says("tom", "friction withdraw 2")).refused
    assert "Withdrawn: no. 2" in private(await world.channel().says("priya", "friction withdraw 2"))
    assert (await world.channel().says("priya", "friction withdraw 2")).refused
    assert "nothing found" in private(await world.channel().says("tom", "search invoice"))
    assert (await world.channel().says("amy", "friction withdraw 99")).refused


async def test_its_owner_sees_the_report_a_working_day_before_and_sends_it(world: World) -> None:
    await _noted(world)
    await world.travel_to("Thu 29 Oct 2026 11:59")
    world.everyone_heard_all()
    await world.travel_to("Thu 29 Oct 2026 12:00")
    draft = world.direct("amy").hears("Draft · Customer friction report · Fri 30 Oct", "3 entries since Thu 1 Oct")
    draft.says("Most about: price 2, checkout 1, invoice 1", "no. 1", "“price was unclear at checkout”")
    draft.says("You owe it Fri 30 Oct 12:00; sending it to #company-x-service keeps it.").offers("Send it now")
    world.everyone_else_heard_nothing()
    await world.direct("amy").presses("amy", "Send it now")
    told = world.channel("#company-x-service").hears("Customer friction report · Fri 30 Oct", "3 entries")
    told.says("Amy", "price was unclear", "Priya", "no invoice", "Sent by Amy.")
    world.everyone_else_heard_nothing()
    status = private(await world.direct("amy").says("amy", "status friction-report"))
    assert "1 of 1 kept" in status


async def test_what_comes_after_the_report_waits_for_the_next_one(world: World) -> None:
    await _noted(world)
    await world.travel_to("Fri 30 Oct 2026 09:00")
    await world.direct("amy").says("amy", "friction report now")
    world.everyone_heard_all()
    await world.channel().says("tom", "friction nobody answers after five tag support")
    assert "No customer friction report is owed now" in private(
        await world.direct("amy").says("amy", "friction report now")
    )
    await world.travel_to("Mon 02 Nov 2026 09:30")
    world.everyone_heard_all()
    drafted = private(await world.direct("amy").says("amy", "friction report"))
    assert "1 entry since Fri 30 Oct" in drafted
    assert "price" not in drafted
    assert (await world.direct("amy").says("amy", "friction withdraw 1")).refused


async def test_only_its_owner_or_a_deputy_sends_it_and_everybody_may_look(world: World) -> None:
    await _noted(world)
    assert (await world.channel().says("josh", "friction report now")).refused
    looked = await world.channel().says("josh", "friction report")
    assert "Amy owes it" in private(looked)
    assert not looked.card.buttons  # type: ignore[union-attr]


async def test_while_its_owner_is_away_the_deputy_sees_it(world: World) -> None:
    await _noted(world)
    await world.direct("amy").says("amy", "away 28-30 Oct to @Priya Raman")
    await world.travel_to("Thu 29 Oct 2026 11:59")
    world.everyone_heard_all()
    await world.travel_to("Thu 29 Oct 2026 12:00")
    world.direct("priya").hears("Draft · Customer friction report", "Amy owes it").offers("Send it now")
    world.everyone_else_heard_nothing()


async def test_an_empty_month_has_a_report_that_says_so(world: World) -> None:
    await world.travel_to("Fri 30 Oct 2026 09:00")
    await world.direct("amy").says("amy", "friction report now")
    world.everyone_heard_all()
    told = world.in_place(world.channel("#company-x-service").place)
    assert "0 entries" in told[-1].card.summary

"""Times by priority, calendars, ladders, consequences and words are changed in a short form, and signed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.card import Form
from bot.chat.talk import Reply
from bot.store import amendments
from tests.beginnings import Worlds
from tests.world import WORKSPACE, World, private

HARBOR = Path(__file__).parents[2] / "agreements" / "external-customer.yaml"
CHANNEL = "#harbor-books"


async def _digests_are_off(opened: World) -> None:
    for member in ("joan", "lena", "theo", "sam"):
        await opened.direct(member).says(member, "digest off")
    opened.everyone_heard_all()


@pytest.fixture
async def shop(worlds: Worlds) -> World:
    """Joan's service answers Lena's cases by priority, and owes her a credit where the shop is down."""
    return await worlds.begin(HARBOR, "Mon 23 Nov 2026 10:00", then=_digests_are_off)


async def joan(world: World, words: str) -> Reply:
    return await world.direct("joan").says("joan", words)


async def form(world: World, words: str) -> Form:
    opened = (await joan(world, words)).form
    assert opened is not None
    return opened


def shown(opened: Form) -> dict[str, str]:
    return {field.name: field.value for field in opened.fields}


async def _signed(world: World, draft: str = "X-1") -> None:
    await joan(world, f"agreement propose {draft}")
    for member in ("joan", "lena"):
        await world.direct(member).says(member, f"agreement sign {draft}")
    world.everyone_heard_all()


async def test_a_time_by_priority_is_one_sentence_to_those_who_sign_and_counts_from_its_day(shop: World) -> None:
    said = private(await joan(shop, "agreement change A-1 answers priority urgent 30wm because the shop grows"))
    assert (
        "Urgent cases: first answer within 30 working minutes instead of 1 working hour, from 1 December 2026." in said
    )
    assert "normal" not in said.casefold()
    await joan(shop, "agreement propose X-1")
    shop.direct("lena").hears("Urgent cases: first answer within 30 working minutes instead of 1 working hour")
    for member in ("joan", "lena"):
        await shop.direct(member).says(member, "agreement sign X-1")
    await shop.travel_to("Mon 30 Nov 2026 16:50")
    shop.everyone_heard_all()
    await shop.channel(CHANNEL).says("lena", "raise Payments fail priority urgent")
    shop.channel(CHANNEL).hears("answer due Tue 1 Dec 09:50")
    await shop.travel_to("Tue 01 Dec 2026 09:10")
    await shop.channel(CHANNEL).says("lena", "raise Cart is empty priority urgent")
    shop.channel(CHANNEL).hears("L-2 Cart is empty", "answer due Tue 1 Dec 09:40")
    item = private(await shop.channel(CHANNEL).says("sam", "item L-1"))
    assert "Tue 1 Dec 09:50" in item


async def test_a_promise_s_form_shows_what_is_agreed_and_what_comes_back_empty_is_taken_out(shop: World) -> None:
    opened = await form(shop, "agreement change A-1 answers …")
    values = shown(opened)
    assert values["priorities"] == "urgent 1wh, high 4wh, normal 8wh"
    assert (values["first_response"], values["resolution"], values["consequence"]) == ("8wh", "10wd", "mend")
    assert values["calendar"] == "office"
    said = private(await shop.direct("joan").fills("joan", opened, priorities="urgent 1wh, high 2wh", resolution=""))
    for line in (
        "High cases: first answer within 2 working hours instead of 4 working hours",
        "Normal cases: first answer within 8 working hours, as all others, instead of 8 working hours",
        "First answers: settled within is dropped (was 10 working days)",
    ):
        assert line in said
    reply = await shop.direct("joan").fills("joan", opened, first_response="")
    assert reply.refused
    assert "X-1 · draft" in private(await joan(shop, "agreement show X-1"))


async def test_what_cannot_stand_is_said_beside_its_field_and_nothing_is_drafted(shop: World) -> None:
    for words, field, said in (
        ("agreement change A-1 answers …", "priorities", "urgent soon"),
        ("agreement change A-1 answers …", "share", "most"),
        ("agreement calendar A-1 office …", "hours", "Mon-Fri nine to five"),
        ("agreement calendar A-1 office …", "holidays", "XX"),
        ("agreement calendar A-1 office …", "closed_days", "the day after"),
        ("agreement ladder A-1 default …", "steps", "1wd after: boss"),
        ("agreement consequence A-1 credit …", "tiers", "much"),
        ("agreement consequence A-1 credit …", "cap", "150 %"),
        ("agreement consequence A-1 credit …", "claim", "5 moons"),
        ("agreement consequence A-1 credit …", "decider", ""),
    ):
        opened = await form(shop, words)
        values = {field: said} if said else {"options": "", field: ""}
        reply = await shop.direct("joan").fills("joan", opened, **values)
        assert set(reply.errors) == {field if said else "options"}, (words, field, private(reply))
    assert "Nothing of A-1 is drafted" in private(await joan(shop, "agreement propose A-1"))


async def test_a_calendar_changes_by_day_or_as_a_whole_and_open_duties_keep_theirs(shop: World) -> None:
    said = private(
        await joan(shop, "agreement calendar office closed 1 Dec Stocktaking; 24 Dec half day 31 Dec 09:00-12:00")
    )
    for line in (
        "Calendar office is closed on 1 December 2026, Stocktaking.",
        "Calendar office is closed on 24 December 2026.",
        "Calendar office is open 09:00-12:00 on 31 December 2026 instead of as usual.",
    ):
        assert line in said
    opened = await form(shop, "agreement calendar X-1 office …")
    assert shown(opened)["closed_days"] == "2026-12-01 Stocktaking\n2026-12-24 Closed"
    said = private(
        await shop.direct("joan").fills(
            "joan", opened, hours="Mon-Thu 09:00-17:00\nFri 09:00-13:00", holidays="US-NY", half_days=""
        )
    )
    assert "Calendar office is open Mon-Thu 09:00-17:00, Fri 09:00-13:00 instead of Mon-Fri 09:00-17:00." in said
    assert "Calendar office is closed on the public holidays of US-NY instead of those of US." in said
    assert "31 December" not in said
    assert "24 December" not in private(await joan(shop, "agreement calendar X-1 office as usual 24 Dec"))
    await _signed(shop)
    await shop.travel_to("Mon 30 Nov 2026 16:30")
    shop.everyone_heard_all()
    await shop.channel(CHANNEL).says("lena", "raise Payments fail priority urgent")
    shop.channel(CHANNEL).hears("answer due Tue 1 Dec 09:30")
    await shop.travel_to("Tue 01 Dec 2026 09:10")
    await shop.channel(CHANNEL).says("lena", "raise Cart is empty priority urgent")
    shop.channel(CHANNEL).hears("L-2 Cart is empty", "answer due Wed 2 Dec 10:00")


async def test_a_tier_is_changed_alone_and_a_new_consequence_is_told_in_full(shop: World) -> None:
    said = private(await joan(shop, "agreement consequence A-1 credit tier 99.5 %: 30 %; 99 %: none cap 40 %"))
    for line in (
        "Consequence credit: a credit of 30 % instead of 25 % where less than 99.5 % is attained.",
        "Consequence credit: no longer a credit of 50 % where less than 99 % is attained.",
        "Consequence credit: no more than 40 % of the charge is credited in a period instead of 50 %.",
    ):
        assert line in said
    opened = await form(shop, "agreement consequence X-1 credit …")
    assert shown(opened)["tiers"] == "99.9 %: 10 %\n99.5 %: 30 %"
    assert shown(opened)["decider"] == "Joan Baker"
    said = private(
        await joan(shop, "agreement consequence X-1 makeup options recovery plan plan within 2wd decider Lena")
    )
    assert (
        "New consequence makeup: recovery plan; Lena Fischer decides; a recovery plan is due within 2 working days."
        in said
    )
    words = "agreement consequence X-1 mend options recovery plan, carry-over applies one of them otherwise carry-over"
    said = private(await joan(shop, words))
    assert "Consequence mend: what applies is one of them." in said
    assert "Consequence mend: without a plan in that time, this follows: carry-over." in said
    said = private(await joan(shop, "agreement change X-1 answers consequence makeup"))
    assert "First answers: consequence makeup instead of mend" in said


async def test_a_ladder_is_changed_step_by_step(shop: World) -> None:
    said = private(await joan(shop, "agreement ladder default step 3wd after: manager, sponsor; 2wd after: nobody"))
    assert "Ladder default: 3 working days after it was due the owner's manager and the sponsor hear, too." in said
    assert (
        "Ladder default: 2 working days after it was due nobody hears any more (until now the owner's manager)." in said
    )
    steps = shown(await form(shop, "agreement ladder X-1 default …"))["steps"]
    assert steps.splitlines() == [
        "2wd before: owner if at risk",
        "due: owner",
        "1wd after: owner, contact, counterparty, channel",
        "3wd after: manager, sponsor",
        "5wd after: sponsor",
    ]


async def test_a_word_is_defined_by_saying_so_and_means_it_once_it_is_signed(shop: World) -> None:
    said = private(await joan(shop, "define outage as Nobody can buy a book criteria Two probes fail; For a minute"))
    assert "New word: “outage”, means “Nobody can buy a book”, criteria “Two probes fail”, “For a minute”." in said
    assert "“outage” is not defined here." in private(await joan(shop, "define outage"))
    await _signed(shop)
    await shop.travel_to("Tue 01 Dec 2026 10:00")
    assert "Nobody can buy a book." in private(await joan(shop, "define outage"))
    opened = await form(shop, "define outage …")
    assert shown(opened)["criteria"] == "Two probes fail\nFor a minute"
    said = private(await shop.direct("joan").fills("joan", opened, means="Nobody can pay"))
    assert "“outage” means “Nobody can pay” instead of “Nobody can buy a book”." in said
    assert "is for" not in private(await shop.direct("theo").says("theo", "define outage"))


async def test_the_card_of_what_can_be_changed_has_a_button_for_each_part(shop: World) -> None:
    card = (await joan(shop, "agreement change A-1")).card
    assert card is not None
    labels = [button.label for button in card.buttons]
    for part in ("First answers…", "Calendar office…", "Ladder default…", "Consequence credit…", "All of it, by file…"):
        assert part in labels


async def test_what_something_needs_is_not_dropped(shop: World) -> None:
    said = private(await joan(shop, "agreement drop A-1 mend"))
    assert "The consequence mend is needed still: Time to restore, First answers, Satisfaction." in said
    await joan(shop, "agreement consequence A-1 spare options notice")
    assert "New consequence" not in private(await joan(shop, "agreement drop X-1 spare"))


async def test_a_slip_of_the_pen_makes_no_new_part_and_only_their_side_changes_a_draft(shop: World) -> None:
    assert "did you mean office?" in private(await joan(shop, "agreement calendar A-1 ofice closed 24 Dec"))
    deputy = await shop.direct("sam").says("sam", "agreement calendar A-1 office closed 24 Dec")
    assert "X-1 · draft" in private(deputy)
    other = await shop.direct("morgan").says("morgan", "agreement calendar X-1 office closed 28 Dec")
    assert other.refused
    assert "That side changes it" in private(other)
    member = await shop.direct("theo").says("theo", "agreement calendar A-1 office closed 28 Dec")
    assert "X-2 · draft" in private(member)  # Theo stands in for Lena, whose side drafts for itself
    assert "that day has begun" in private(
        await joan(shop, "agreement ladder default step due: owner from 23 Nov 2026")
    )


async def test_a_form_that_was_opened_before_somebody_else_changed_it_is_noticed(shop: World) -> None:
    card = (await joan(shop, "agreement change A-1")).card
    assert card is not None
    button = next(each for each in card.buttons if each.label == "Consequence credit…")
    opened = replace(await form(shop, button.says), version=button.version)
    await shop.direct("sam").says("sam", "agreement consequence A-1 credit cap 40 %")
    reply = await shop.direct("joan").fills("joan", opened, cap="30 %")
    assert "A-1 has changed since that card was made." in private(reply)
    assert "40 %" in private(await joan(shop, "agreement show X-1"))


async def test_what_is_too_long_for_a_field_is_left_out_of_the_form_and_not_lost(shop: World) -> None:
    for month in (1, 2):
        days = "; ".join(f"2027-{month:02}-{day:02} {'Stocktaking in the big house ' * 2}" for day in range(1, 29))
        await joan(shop, f"agreement calendar A-1 office closed {days}")
    opened = await form(shop, "agreement calendar X-1 office …")
    assert "closed_days" not in shown(opened)
    await shop.direct("joan").fills("joan", opened, holidays="US-NY")
    draft = await shop.house.database.read(WORKSPACE, lambda tx: amendments.find(tx, 1))
    assert len(draft.terms.calendars["office"].closed) == 56
    assert str(draft.terms.calendars["office"].holidays) == "US-NY"

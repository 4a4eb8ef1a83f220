"""Where units come from: each campaign stands beside its own goal, in `status` and in the report."""

from __future__ import annotations

from tests.world import World, private


async def test_status_sets_each_campaign_beside_its_goal(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads from campaign autumn-webinar")
    await world.channel().says("josh", "handoff 8 leads from campaign Pricing guide")
    await world.channel().says("nina", "handoff 3 leads from campaign Open house")
    await world.channel().says("omar", "handoff 4 leads")
    said = private(await world.channel().says("josh", "status C-1"))
    expected = "Autumn webinar 25 of 45, Pricing guide 8 of 35, Boston trade fair 0 of 20, Open house 3, no campaign 4"
    assert f"Qualified leads by campaign: {expected}" in said
    world.everyone_heard_all()


async def test_what_is_taken_back_leaves_its_campaign_too(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads from campaign autumn-webinar")
    await world.channel().says("amy", "dispute H-1 5 because duplicate")
    assert "Autumn webinar 20 of 45" in private(await world.channel().says("josh", "status C-1"))
    await world.channel().says("josh", "correct H-1 to 12 because miscounted")
    assert "Autumn webinar 12 of 45" in private(await world.channel().says("josh", "status C-1"))
    world.everyone_heard_all()


async def test_the_weekly_report_tells_campaigns(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads from campaign trade-fair")
    world.everyone_heard_all()
    await world.travel_to("Fri 02 Oct 2026 16:00")
    world.channel().hears("Qualified leads by campaign: Autumn webinar 0 of 45", "Boston trade fair 25 of 20")
    world.everyone_heard_all()

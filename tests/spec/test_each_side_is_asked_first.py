"""Before anything is proposed each side says in private what it needs; the answers are laid open together."""

from __future__ import annotations

from bot.store import audit
from tests.world import WORKSPACE, World, private

ANSWER = "agreement need X-1 leads that answer the phone quantity 80 a month"


async def asked(world: World, by: str = "") -> str:
    """Josh drafts for marketing and sales, and asks each side."""
    josh = world.direct("josh")
    await josh.says("josh", "agreement new sales-and-marketing named Partner leads as marketing")
    await josh.says("josh", "agreement party X-1 marketing deputy Nina")
    await josh.says("josh", "agreement party X-1 sales owner @amy deputy Priya")
    return private(await josh.says("josh", f"agreement ask X-1{by}"))


async def test_an_answer_is_its_own_side_s_until_all_have_answered(world: World) -> None:
    said = await asked(world)
    assert "X-1 · 2 sides were asked what they need" in said
    assert "Josh Lindqvist for Marketing and Amy Chen for Sales were asked in private." in said
    question = world.direct("amy").hears("X-1 · what do you need from Marketing?", "Josh drafts “Partner leads”")
    question.says("Nobody reads your answer before every side has answered, or before", "Tue 6 Oct 17:00")
    question.offers("Answer…", "We need nothing")
    world.direct("josh").hears("X-1 · what do you need from Sales?")

    kept = private(await world.direct("amy").says("amy", ANSWER))
    assert "X-1 · your answer is kept" in kept
    assert "Sales needs: “leads that answer the phone”" in kept
    world.direct("amy").hears("your answer is kept", "How much: 80 a month")
    for reader in ("josh", "nina"):
        shown = private(await world.direct(reader).says(reader, "agreement show X-1"))
        assert "Marketing not yet, Sales has answered; laid open together, at the latest Tue 6 Oct 17:00" in shown
        assert "answer the phone" not in shown
    entries = await world.house.database.read(WORKSPACE, lambda tx: audit.about(tx, "X-1"))
    assert "answer the phone" not in str(entries)

    open_now = private(await world.direct("josh").says("josh", "agreement need X-1 feedback within a week"))
    for part in ("X-1 · what each side needs", "leads that answer the phone", "80 a month", "feedback within a week"):
        assert part in open_now
    world.direct("amy").hears(
        "X-1 · what each side needs", "Marketing", "feedback within a week", "Sales", "80 a month"
    )
    for _ in range(2):
        world.direct("josh").hears("X-1 · what each side needs", "feedback within a week")
    shown = private(await world.direct("josh").says("josh", "agreement show X-1"))
    assert "leads that answer the phone" in shown
    late = await world.direct("amy").says("amy", "agreement need X-1 something else")
    assert late.refused
    assert "laid open already" in private(late)


async def test_whoever_says_nothing_is_reminded_once_and_the_deadline_lays_open_what_there_is(world: World) -> None:
    await asked(world)
    world.everyone_heard_all()
    await world.direct("priya").says("priya", ANSWER)
    world.direct("amy").hears("your answer is kept", "leads that answer the phone")
    await world.travel_to("Mon 05 Oct 2026 12:00")
    world.direct("josh").hears("what do you need from Sales?", "Still to answer")
    reminders = [each for each in world.wire.messages if "Still to answer" in each.card.summary + str(each.card.blocks)]
    assert [each.ref.place.id for each in reminders] == ["josh"]
    await world.travel_to("Tue 06 Oct 2026 17:30")
    opened = [each for each in world.wire.messages if "what each side needs" in each.card.title]
    assert {each.ref.place.id for each in opened} == {"amy", "josh"}
    shown = private(await world.direct("josh").says("josh", "agreement show X-1"))
    assert "said nothing" in shown
    assert "leads that answer the phone" in shown
    world.everyone_heard_all()


async def test_an_answer_can_be_said_anew_and_none_is_an_answer(world: World) -> None:
    await asked(world, by=" by 9 Oct 2026")
    amy = world.direct("amy")
    await amy.says("amy", ANSWER)
    await amy.says("amy", "agreement need X-1 fewer, but better ones")
    open_now = private(await world.direct("josh").presses("josh", "We need nothing"))
    assert "fewer, but better ones" in open_now
    assert "80 a month" not in open_now
    assert "nothing" in open_now
    world.everyone_heard_all()


async def test_only_those_who_were_asked_answer_and_only_the_drafter_asks(world: World) -> None:
    said = await asked(world)
    world.everyone_heard_all()
    for who, words, told in (
        ("tom", ANSWER, "You were not asked"),
        ("amy", "agreement ask X-1", "X-1 was drafted by Josh Lindqvist"),
        ("josh", "agreement ask X-1", "has asked each side already"),
    ):
        reply = await world.direct(who).says(who, words)
        assert reply.refused, said
        assert told in private(reply)


async def test_a_side_that_nobody_can_reach_is_named_to_the_drafter(world: World) -> None:
    josh = world.direct("josh")
    await josh.says("josh", "agreement new support named Help desk as support")
    nobody = await josh.says("josh", "agreement ask X-1 by Sat 3 Oct 2026")
    assert nobody.refused
    assert "is no working day" in private(nobody)
    reply = await josh.says("josh", "agreement ask X-1")
    assert "Customer could not be asked: nobody there is named who has an account." in private(reply)
    world.direct("josh").hears("what do you need from Customer?")
    await josh.says("josh", "agreement withdraw X-1")
    gone = await josh.says("josh", "agreement need X-1 peace")
    assert gone.refused
    assert "X-1 is withdrawn by now" in private(gone)
    await world.travel_to("Wed 07 Oct 2026 09:00")
    assert not [each for each in world.wire.messages if "Still to answer" in str(each.card.blocks)]
    world.everyone_heard_all()

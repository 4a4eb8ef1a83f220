"""connect: a one-time code from one platform, said on the other, and both are one person from then on."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.chat.talk import Person, Platform, Reply
from bot.store import audit, identities, outbox, requests
from bot.store.fences import mine
from bot.store.tables import connect_codes
from bot.store.tx import Tx
from tests.world import WORKSPACE, World, private


def code_in(reply: Reply) -> str:
    found = re.search(r"connect ([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})", private(reply))
    assert found, private(reply)
    return found[1]


async def a_code_of(world: World, member: str = "josh") -> str:
    return code_in(await world.direct(member).says(member, "connect"))


async def says(world: World, user: str, words: str, platform: Platform = "teams") -> str:
    return private(await world.direct(user, platform).says(user, words))


async def test_a_stranger_with_the_code_is_the_person_who_made_it(world: World) -> None:
    assert "I do not know you yet" in await says(world, "0d8b", "mine")
    code = await a_code_of(world)
    answer = await says(world, "0d8b", f"connect {code}")
    assert "Josh Lindqvist, you are one person in Microsoft Teams and the browser" in answer
    assert "Microsoft Teams: 0d8b" in answer
    world.direct("josh").hears("0d8b in Microsoft Teams is you from now on", "08:30").offers("That was not me")
    await says(world, "0d8b", "handoff 25 leads to sales")
    world.channel().hears("H-1", "Logged by Josh")


async def test_what_is_said_on_either_side_counts_the_same_and_history_keeps_who_said_it(world: World) -> None:
    await world.channel().says("josh", "handoff 25 leads to sales")
    world.channel().hears("H-1")
    await says(world, "0d8b", f"connect {await a_code_of(world)}")
    world.everyone_heard_all()
    await says(world, "0d8b", "undo")
    world.channel().hears("H-1", "Undone by Josh")
    record = await world.house.database.read(WORKSPACE, lambda tx: audit.about(tx, "H-1"))
    assert {(each.actor, each.via) for each in record} >= {("josh", "web"), ("josh", "teams")}


async def test_the_record_says_who_connected_what_and_when(world: World) -> None:
    await says(world, "0d8b", f"connect {await a_code_of(world)}")
    world.everyone_heard_all()
    (line,) = [each for each in await _record(world, "josh") if each.what == "Connected"]
    assert (line.actor, line.via, line.at) == ("josh", "teams", world.clock.now())
    assert line.after == {"platform": "teams", "user": "0d8b", "with": "web:josh"}


async def test_a_code_serves_once_and_only_for_ten_minutes(world: World) -> None:
    code = await a_code_of(world)
    await says(world, "0d8b", f"connect {code}")
    world.everyone_heard_all()
    assert "used already" in await says(world, "0e9c", f"connect {code}")
    late = await a_code_of(world, "amy")
    world.clock.advance(timedelta(minutes=10))
    assert "has run out" in await says(world, "0e9c", f"connect {late}")
    assert "I do not know you yet" in await says(world, "0e9c", "mine")


async def test_the_owner_can_only_use_it_on_another_platform(world: World) -> None:
    code = await a_code_of(world)
    assert "Say it on the other platform" in private(await world.direct("josh").says("josh", f"connect {code}"))
    assert "Say it on the other platform" in private(await world.direct("omar").says("omar", f"connect {code}"))
    await says(world, "0d8b", f"connect {code}")
    world.everyone_heard_all()
    assert "connected already" in await says(world, "0d8b", f"connect {await a_code_of(world)}")


async def test_look_alikes_blanks_and_case_do_not_matter(world: World) -> None:
    code = (await a_code_of(world)).replace("0", "o").replace("1", "l").replace("-", " ").lower()
    assert "one person" in await says(world, "0d8b", f"connect {code}")
    world.everyone_heard_all()


async def test_wrong_codes_are_few(world: World) -> None:
    right = await a_code_of(world)
    for _ in range(5):
        assert "no such code" in await says(world, "0d8b", "connect AAAA-AAAA-AAAA-AAAA")
    assert "take none from you for a while" in await says(world, "0d8b", f"connect {right}")
    assert "one person" in await says(world, "0e9c", f"connect {right}")
    world.everyone_heard_all()
    world.clock.advance(timedelta(minutes=10))
    assert "one person" in await says(world, "0d8b", f"connect {await a_code_of(world, 'amy')}")
    world.everyone_heard_all()


async def test_a_code_is_over_after_five_guesses_at_its_rest_by_whomever(world: World) -> None:
    right = await a_code_of(world)
    wrong = right[:5] + ("2" if right[5] != "2" else "3") + right[6:]
    for number in range(5):
        assert "no such code" in await says(world, f"guesser-{number}", f"connect {wrong}")
    assert "no such code" in await says(world, "0d8b", f"connect {right}")


async def test_a_fresh_code_takes_the_place_of_the_one_before(world: World) -> None:
    first, second = await a_code_of(world), await a_code_of(world)
    assert "no such code" in await says(world, "0d8b", f"connect {first}")
    assert "one person" in await says(world, "0d8b", f"connect {second}")
    world.everyone_heard_all()


async def test_a_code_is_kept_nowhere(world: World) -> None:
    room = world.direct("josh")
    first = await room.says("josh", "connect", delivery="the-same")
    again = await room.says("josh", "connect", delivery="the-same")
    code = code_in(first)
    assert "did not keep it" in private(again)

    async def look(tx: Tx) -> str:
        rows = await tx.rows(select(connect_codes).where(mine(connect_codes)))
        letters = await outbox.shown(tx, "web:direct:josh")
        return f"{rows} {await requests.find(tx, 'web', 'the-same')} {letters} {await audit.about(tx, 'josh')}"

    kept = await world.house.database.read(WORKSPACE, look)
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert first.card is not None
    assert code not in first.card.summary + first.card.title, "a notification shows it to whoever looks at the screen"


async def test_of_two_people_with_one_code_at_once_one_wins(world: World) -> None:
    code = await a_code_of(world)
    answers = await asyncio.gather(
        *(world.direct(f"user-{number}", "teams").says(f"user-{number}", f"connect {code}") for number in range(8))
    )
    texts = [private(each) for each in answers]
    assert sum("one person" in text for text in texts) == 1
    assert sum("used already" in text for text in texts) == 7
    world.everyone_heard_all()


async def test_two_people_whom_agreements_name_stay_two(world: World) -> None:
    code = await a_code_of(world)
    await _is_also(world, "amy", "teams", "amy-in-teams")
    answer = await says(world, "amy-in-teams", f"connect {code}")
    assert "I change nothing that was signed" in answer
    assert "Only Marketing hands over" in await says(world, "amy-in-teams", "handoff 25 leads to sales")


async def test_that_was_not_me_takes_the_other_side_away(world: World) -> None:
    await says(world, "mallory", f"connect {await a_code_of(world)}")
    told = world.direct("josh").hears("mallory in Microsoft Teams is you")
    reply = await world.direct("josh").presses("josh", "That was not me", on=told)
    assert "no longer connected with Microsoft Teams" in private(reply)
    assert "I do not know you yet" in await says(world, "mallory", "mine")
    assert (await _record(world, "josh"))[0].what == "Disconnected"


async def test_one_side_cannot_take_itself_away_nor_what_a_file_says(world: World) -> None:
    assert "not connected with Slack" in private(await world.direct("josh").says("josh", "disconnect slack"))
    await says(world, "0d8b", f"connect {await a_code_of(world)}")
    world.everyone_heard_all()
    assert "You are speaking from Microsoft Teams" in await says(world, "0d8b", "disconnect teams")


async def test_somebody_with_an_account_here_already_is_not_given_a_second(world: World) -> None:
    await says(world, "0d8b", f"connect {await a_code_of(world)}")
    world.everyone_heard_all()
    assert "known here under another account" in await says(world, "0e9c", f"connect {await a_code_of(world)}")


async def test_a_code_of_another_company_connects_nobody(world: World) -> None:
    code = await a_code_of(world)
    room = world.direct("0d8b", "teams")
    utterance = replace(
        room._utterance("0d8b", "", text=f"connect {code}"), person=Person("company-y", "teams", "0d8b")
    )
    assert "another company" in private(
        await world.ask(replace(utterance, place=replace(room.place, workspace="company-y")))
    )
    assert "I do not know you yet" in await says(world, "0d8b", "mine")


async def test_no_code_is_wrong_in_a_form_too(world: World) -> None:
    room = world.direct("0d8b", "teams")
    reply = await world.ask(room._utterance("0d8b", "", verb="connect", arguments={"code": "nonsense"}, via="form"))
    assert "no such code" in reply.errors["code"]


async def _record(world: World, subject: str) -> list[audit.Line]:
    return list(await world.house.database.read(WORKSPACE, lambda tx: audit.about(tx, subject)))


async def _is_also(world: World, member: str, platform: str, user: str) -> None:
    await world.house.database.write(WORKSPACE, lambda tx: identities.give(tx, platform, user, member))

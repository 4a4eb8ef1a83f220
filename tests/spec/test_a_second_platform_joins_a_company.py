"""An administrator's code joins a second platform to a company, before that one holds anything."""

from __future__ import annotations

import asyncio
import itertools
import re
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.talk import Person, Place, Platform, Reply, Utterance
from bot.store import administrators, audit, joins, workspaces
from bot.store.tx import Tx
from tests.world import COMPANY_X, WORKSPACE, World, private

TENANT = "teams-tenant"


@dataclass
class Side:
    """One platform's workspace, and somebody in it."""

    world: World
    workspace: str
    platform: Platform
    user: str
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def says(self, words: str) -> Reply:
        person = Person(self.workspace, self.platform, self.user, self.user)
        place = Place(self.workspace, self.platform, "direct", self.user)
        delivery = f"{self.user} {next(self.numbers)}"
        return await self.world.ask(Utterance(delivery, person, place, self.world.clock.now(), text=words))

    async def installed(self, *, by: bool = True) -> Side:
        async def job(tx: Tx) -> None:
            if await workspaces.name_of(tx) is None:
                await workspaces.begin(tx, self.workspace)
            if by:
                await administrators.appoint(tx, self.platform, self.user)

        await self.world.house.database.write(self.workspace, job)
        return self


async def a_company_code(world: World) -> str:
    admin = await Side(world, WORKSPACE, "web", "amy").installed()
    reply = await admin.says("connect company")
    found = re.search(r"connect ([0-9A-Z-]{19})", private(reply))
    assert found, private(reply)
    return found[1]


async def joined_to(world: World, workspace: str) -> str:
    return await world.house.database.read(workspace, joins.joined_to)


async def test_an_empty_tenant_becomes_part_of_the_company_and_both_records_say_so(world: World) -> None:
    code = await a_company_code(world)
    tenant = await Side(world, TENANT, "teams", "ada").installed()
    assert "This is Company X in Microsoft Teams now" in private(await tenant.says(f"connect {code}"))
    assert await world.house.database.everywhere(joins.everywhere) == {TENANT: WORKSPACE}
    here = await world.house.database.read(WORKSPACE, lambda tx: audit.about(tx, "teams"))
    there = await world.house.database.read(TENANT, lambda tx: audit.about(tx, "teams"))
    assert [(each.what, each.actor) for each in here] == [("LetIn", "amy")]
    assert [(each.what, each.after) for each in there] == [("Joined", {"company": WORKSPACE, "by": "teams:ada"})]


async def test_the_same_code_again_changes_nothing_and_serves_nobody_else(world: World) -> None:
    code = await a_company_code(world)
    tenant = await Side(world, TENANT, "teams", "ada").installed()
    await tenant.says(f"connect {code}")
    assert "This is Company X" in private(await tenant.says(f"connect {code}"))
    other = await Side(world, "another-tenant", "teams", "eve").installed()
    assert "used already" in private(await other.says(f"connect {code}"))
    assert await joined_to(world, "another-tenant") == ""


async def test_what_holds_data_is_not_joined(world: World) -> None:
    code = await a_company_code(world)
    await world.house.apply(TENANT, "Company Y", [COMPANY_X])
    tenant = await Side(world, TENANT, "teams", "ada").installed()
    assert "two records cannot become one" in private(await tenant.says(f"connect {code}"))
    assert await joined_to(world, TENANT) == ""
    fresh = await Side(world, "another-tenant", "teams", "eve").installed()
    assert "This is Company X" in private(await fresh.says(f"connect {code}")), "what was refused spent nothing"


async def test_only_administrators_give_and_take_such_a_code(world: World) -> None:
    nobody = Side(world, WORKSPACE, "web", "josh")
    assert "Only an administrator" in private(await nobody.says("connect company"))
    code = await a_company_code(world)
    await Side(world, TENANT, "teams", "ada").installed()
    assert "Only an administrator" in private(await Side(world, TENANT, "teams", "bob").says(f"connect {code}"))


async def test_codes_that_are_wrong_or_run_out_join_nothing(world: World) -> None:
    code = await a_company_code(world)
    tenant = await Side(world, TENANT, "teams", "ada").installed()
    assert "no such code" in private(await tenant.says("connect AAAA-AAAA-AAAA-AAAA"))
    world.clock.advance(timedelta(minutes=10))
    assert "run out" in private(await tenant.says(f"connect {code}"))
    assert await joined_to(world, TENANT) == ""


async def test_a_company_does_not_join_itself(world: World) -> None:
    code = await a_company_code(world)
    amy = Side(world, WORKSPACE, "web", "amy", itertools.count(100))
    assert "this place is part of it already" in private(await amy.says(f"connect {code}"))


async def test_of_two_tenants_with_one_code_at_once_one_gets_in(world: World) -> None:
    code = await a_company_code(world)
    tenants = [await Side(world, f"tenant-{number}", "teams", f"ada-{number}").installed() for number in range(4)]
    answers = [private(each) for each in await asyncio.gather(*(each.says(f"connect {code}") for each in tenants))]
    assert sum("This is Company X" in text for text in answers) == 1
    assert sum("used already" in text for text in answers) == 3
    assert len(await world.house.database.everywhere(joins.everywhere)) == 1


async def test_two_that_would_join_each_other_at_once_make_no_circle(world: World) -> None:
    sides = [await Side(world, name, "teams", f"admin-{name}").installed() for name in ("one", "two")]
    codes = []
    for side in sides:
        found = re.search(r"connect ([0-9A-Z-]{19})", private(await side.says("connect company")))
        assert found
        codes.append(found[1])
    await asyncio.gather(sides[0].says(f"connect {codes[1]}"), sides[1].says(f"connect {codes[0]}"))
    assert len(await world.house.database.everywhere(joins.everywhere)) <= 1


async def test_one_that_was_joined_to_cannot_go_on_to_a_third(world: World) -> None:
    code = await a_company_code(world)
    first = await Side(world, "first", "teams", "ada").installed()
    found = re.search(r"connect ([0-9A-Z-]{19})", private(await first.says("connect company")))
    assert found
    await (await Side(world, "second", "slack", "bea").installed()).says(f"connect {found[1]}")
    assert "cannot itself join a third" in private(await first.says(f"connect {code}"))

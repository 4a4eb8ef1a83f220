"""A Slack workspace that became part of another company is heard and spoken to as that one; its tokens stay put."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.slack.installations import Installation
from bot.slack.joins import REMEMBERED_FOR, JoinedInstallations


@dataclass
class Shelf:
    """Installs in memory."""

    installs: dict[str, Installation] = field(default_factory=dict)
    renewed: list[tuple[str, str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    async def of_team(self, team: str, enterprise: str) -> Installation | None:
        return self.installs.get(team)

    async def of_workspace(self, workspace: str) -> Installation | None:
        return next((each for each in self.installs.values() if each.workspace == workspace), None)

    async def renew(self, stale: Installation) -> None:
        self.renewed.append((stale.workspace, stale.team))

    async def break_off(self, team: str, enterprise: str, why: str) -> None:
        self.broken.append(team)


def an_install(workspace: str, team: str) -> Installation:
    return Installation(workspace, team, "U0KEPT", "B0", f"xoxb-{team}")


@dataclass
class Place:
    shelf: Shelf = field(default_factory=Shelf)
    joins: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    asked: int = 0

    def door(self) -> JoinedInstallations:
        async def who() -> dict[str, str]:
            self.asked += 1
            return dict(self.joins)

        return JoinedInstallations(self.shelf, who, lambda: self.seconds)


async def test_an_install_that_stands_alone_is_its_own() -> None:
    place = Place(Shelf({"T1": an_install("slack-t1", "T1")}))
    door = place.door()
    assert await door.of_team("T1", "") == an_install("slack-t1", "T1")
    assert await door.of_workspace("slack-t1") == an_install("slack-t1", "T1")
    assert await door.of_team("T2", "") is None
    assert await door.of_workspace("elsewhere") is None


async def test_one_that_joined_is_heard_as_and_speaks_for_the_company() -> None:
    place = Place(Shelf({"T1": an_install("slack-t1", "T1")}), {"slack-t1": "teams-tenant"})
    door = place.door()
    heard, speaks = await door.of_team("T1", ""), await door.of_workspace("teams-tenant")
    assert heard is not None
    assert speaks is not None
    assert heard.workspace == speaks.workspace == "teams-tenant"
    assert speaks.token == "xoxb-T1"


async def test_its_token_is_renewed_where_it_is_kept() -> None:
    place = Place(Shelf({"T1": an_install("slack-t1", "T1")}), {"slack-t1": "teams-tenant"})
    door = place.door()
    found = await door.of_workspace("teams-tenant")
    assert found is not None
    await door.renew(found)
    await door.break_off("T1", "", "revoked")
    assert place.shelf.renewed == [("slack-t1", "T1")]
    assert place.shelf.broken == ["T1"]


async def test_who_joined_is_asked_at_most_twice_a_minute_and_at_once_when_somebody_did() -> None:
    place = Place(Shelf({"T1": an_install("slack-t1", "T1")}))
    door = place.door()
    for _ in range(3):
        await door.of_team("T1", "")
    assert place.asked == 1
    place.joins["slack-t1"] = "teams-tenant"
    door.forget()
    found = await door.of_team("T1", "")
    assert found is not None
    assert found.workspace == "teams-tenant"
    place.seconds += REMEMBERED_FOR + 1
    await door.of_team("T1", "")
    assert place.asked == 3

"""Who may add Kept to a Slack, how its tokens are kept, renewed once, and forgotten."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import jsonschema
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Place
from bot.clock import MovableClock
from bot.settings import Slack
from bot.slack.calls import client, open_session
from bot.slack.door import Door
from bot.slack.installations import Installation
from bot.slack.installs import InstallsInStore
from bot.slack.manifests import BY_EMAIL, READ_BACK, SCOPES, manifest
from bot.slack.plugs import open_door
from bot.slack.seals import KeyRing, Unopenable, new_key
from bot.store import slack_installs
from bot.store.database import Database
from bot.store.migrate import upgrade
from slacore.errors import Refusal
from tests.slack.fake_slack import FakeSlack
from tests.slack.fake_workspaces import Team
from tests.slack.stage import STARTS

SCHEMAS = Path(__file__).parent / "schemas"
RING = KeyRing.read(new_key("a"))


@dataclass
class Shop:
    slack: FakeSlack
    clock: MovableClock
    database: Database
    door: Door
    url: URL
    chosen: Slack
    session: aiohttp.ClientSession

    def installs(self, ring: KeyRing = RING) -> InstallsInStore:
        return InstallsInStore(
            self.database,
            self.clock,
            ring,
            client(self.slack.api_url, self.session),
            client_id="1.2",
            client_secret="s",
        )

    async def add(self, code: str = "code") -> tuple[int, str]:
        """An administrator adds the app: the way out, Slack's word, and the way back."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as browser:
            state = await self.state(browser)
            async with browser.get(self.url / "slack/oauth_redirect" % {"code": code, "state": state}) as page:
                return page.status, await page.text()

    async def state(self, browser: aiohttp.ClientSession) -> str:
        async with browser.get(self.url / "slack/install") as page:
            address = re.search(r'href="([^"]+)"', await page.text())
            assert address is not None
            return URL(address[1].replace("&amp;", "&")).query["state"]


@asynccontextmanager
async def shop(tmp_path: Path, *, ring: KeyRing = RING) -> AsyncIterator[Shop]:
    url = f"sqlite:///{tmp_path}/kept.db"
    await asyncio.to_thread(upgrade, url)
    clock = MovableClock(STARTS)
    database = await Database.open(url, clock)
    key = f"a:{__import__('base64').b64encode(ring.keys[0][1]).decode()}"

    async def nobody(_: Any) -> Any:
        raise AssertionError

    async with FakeSlack(clock.now) as slack, open_session() as session:
        slack.teams["T2"] = Team("T2", "Company Y", "xoxb-2")
        slack.codes |= {"code": {"team": "T1"}, "code-2": {"team": "T2"}}
        chosen = Slack(
            client_id="1.2", client_secret="s", signing_secret="shh", keys=key, api_url=slack.api_url, hooks_url=""
        )
        door = open_door(chosen, public_url="", database=database, clock=clock, session=session, ask=nobody)
        app = web.Application()
        door.add_routes(app)
        async with TestServer(app) as server:
            yield Shop(slack, clock, database, door, server.make_url("/"), chosen, session)
        await door.close()
        await database.close()


@pytest.mark.parametrize("socket", [True, False])
@pytest.mark.parametrize("schema", ["manifest.schema.1.0.0.json", "manifest.schema.2.0.0.json"])
def test_the_manifest_is_valid_by_slacks_own_schema(socket: bool, schema: str) -> None:
    made = manifest(
        public_url="https://kept.example.com", socket=socket, many=not socket, read_back=True, by_email=True
    )
    jsonschema.validate(made, json.loads((SCHEMAS / schema).read_text()))
    assert json.loads(json.dumps(made)) == made


def test_the_manifest_asks_for_the_least_and_says_what_for() -> None:
    made = manifest(public_url="https://kept.example.com/")
    assert made["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    assert not {*READ_BACK, *BY_EMAIL} & {*SCOPES}
    assert all(reason for reason in SCOPES.values())
    assert all(command["should_escape"] for command in made["features"]["slash_commands"])
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://kept.example.com/slack/events"
    assert "request_url" not in str(manifest(socket=True))


def test_a_token_that_cannot_be_renewed_does_not_run_out() -> None:
    assert not manifest(public_url="https://kept.example.com")["settings"]["token_rotation_enabled"]
    assert manifest(public_url="https://kept.example.com", many=True)["settings"]["token_rotation_enabled"]


def test_the_guide_says_of_every_scope_what_it_is_for() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "install-slack.md").read_text(encoding="utf-8").replace("`", "")
    for scope, reason in SCOPES.items():
        assert f"| {scope} | {reason} |" in guide
    assert all(scope in guide for scope in {*READ_BACK, *BY_EMAIL})


async def test_an_administrator_adds_it_and_the_token_is_sealed(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        status, page = await on.add()
        assert status == 200
        assert "Company X" in page
        assert "slack-t1" in page
        (row,) = await on.database.everywhere(slack_installs.everywhere)
        assert "xoxb" not in str(row)
        installed = await on.installs().of_team("T1", "")
        assert installed is not None
        assert (installed.workspace, installed.token, installed.bot_user) == ("slack-t1", "xoxb-1", "U0KEPT")
        assert b"xoxb-1" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())  # noqa: ASYNC240


async def test_a_link_from_somebody_elses_browser_installs_nothing(tmp_path: Path) -> None:
    async with shop(tmp_path) as on, aiohttp.ClientSession() as mine, aiohttp.ClientSession() as theirs:
        state = await on.state(mine)
        for query in (
            {"code": "code", "state": state},
            {"code": "code", "state": ""},
            {"code": "code", "state": "9" * 11 + ".x"},
            {"code": "code"},
            {"error": "access_denied", "state": state},
        ):
            async with theirs.get(on.url / "slack/oauth_redirect" % query) as page:
                assert page.status == 400
        junk = {"Cookie": "kept-install=\udcff"}
        async with theirs.get(
            on.url / "slack/oauth_redirect" % {"code": "c", "state": f"{'9' * 11}.\u00fc"}, headers=junk
        ) as page:
            assert page.status == 400
        assert await on.database.everywhere(slack_installs.everywhere) == ()


async def test_setting_out_and_coming_back_must_not_take_long(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as browser:
            state = await on.state(browser)
            on.clock.advance(timedelta(minutes=11))
            async with browser.get(on.url / "slack/oauth_redirect" % {"code": "code", "state": state}) as page:
                assert page.status == 400


async def test_a_whole_organisation_is_no_workspace(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        on.slack.teams["E1"] = Team(id="E1", token="xoxb-e")
        on.slack.codes["org"] = {"team": "E1"}
        status, page = await on.add("org")
        assert (status, "choose a workspace on Slack" in page) == (400, True)
        assert await on.database.everywhere(slack_installs.everywhere) == ()


async def test_a_code_that_slack_does_not_know_installs_nothing(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        status, page = await on.add("stolen")
        assert (status, "Nothing was installed" in page) == (400, True)
        on.slack.faults["oauth.v2.access"].append("500")
        assert (await on.add())[0] == 502


async def test_two_companies_stay_apart_and_one_stays_itself(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        await on.add()
        await on.add("code-2")
        on.slack.codes["again"] = {"team": "T1"}
        await on.add("again")
        rows = await on.database.everywhere(slack_installs.everywhere)
        assert [(row.workspace, row.team) for row in rows] == [("slack-t1", "T1"), ("slack-t2", "T2")]


async def test_a_token_copied_into_another_companys_row_does_not_open(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        await on.add()
        await on.add("code-2")
        first, second = await on.database.everywhere(slack_installs.everywhere)

        async def copy(tx: Any) -> None:
            slack_installs.sealed_anew(tx, second.team, first.token, first.refresh_token)

        await on.database.write(second.workspace, copy)
        robbed = await on.installs().of_team("T2", "")
        assert robbed is not None
        assert robbed.token == ""
        assert "does not open" in robbed.broken


async def test_five_who_notice_a_token_running_out_renew_it_once(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        await on.add()
        on.clock.advance(timedelta(hours=11, minutes=59, seconds=30))
        stores = [on.installs(), on.installs()]
        found = await asyncio.gather(*(store.of_team("T1", "") for store in stores for _ in range(5)))
        assert on.slack.refreshes == ["refresh-xoxb-1"]
        later = await asyncio.gather(*(store.of_team("T1", "") for store in stores))
        assert {each.token for each in later if each} == {"xoxb-1+"}
        assert {each.token for each in found if each} <= {"xoxb-1", "xoxb-1+"}


async def test_a_renewal_that_fails_is_tried_again_and_one_refused_is_the_end(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        await on.add()
        on.clock.advance(timedelta(hours=11))
        on.slack.faults["oauth.v2.access"].append("500")
        store = on.installs()
        before = await store.of_team("T1", "")
        assert before is not None
        assert before.token == "xoxb-1"
        on.clock.advance(timedelta(seconds=31))
        on.slack.faults["oauth.v2.access"].append("bad_client_secret")
        with pytest.raises(DeliveryFailed):
            await store.renew(before)
        on.clock.advance(timedelta(seconds=31))
        await store.renew(before)
        after = await store.of_team("T1", "")
        assert after is not None
        assert after.token == "xoxb-1+"
        on.slack.teams["T1"].token = "xoxb-other"
        await store.renew(after)
        ended = await store.of_team("T1", "")
        assert ended is not None
        assert "could not be renewed: invalid_refresh_token" in ended.broken


async def test_an_uninstall_forgets_the_tokens_and_installing_again_mends_it(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        await on.add()
        store = on.installs()
        await store.break_off("T1", "", "uninstalled")
        (row,) = await on.database.everywhere(slack_installs.everywhere)
        assert (row.token, row.refresh_token, row.broken) == ("", "", "uninstalled")
        on.slack.codes["again"] = {"team": "T1"}
        await on.add("again")
        mended = await on.installs().of_team("T1", "")
        assert mended is not None
        assert (mended.broken, mended.token) == ("", "xoxb-1")


async def test_tokens_are_sealed_anew_with_a_new_key(tmp_path: Path) -> None:
    newer = KeyRing((("b", b"b" * 32), *RING.keys))
    async with shop(tmp_path) as on:
        await on.add()
        assert await on.installs(newer).rotate() == 1
        assert await on.installs(newer).rotate() == 0
        alone = on.installs(KeyRing(newer.keys[:1]))
        installed = await alone.of_team("T1", "")
        assert installed is not None
        assert (installed.token, installed.broken) == ("xoxb-1", "")


async def test_whoever_installed_it_is_welcomed_through_the_outbox(tmp_path: Path) -> None:
    async with shop(tmp_path) as on:
        await on.add()
        place = Place("slack-t1", "slack", "direct", "U0AMY")
        from bot.store import outbox

        said = await on.database.read("slack-t1", lambda tx: outbox.of_series(tx, "welcome slack U0AMY"))
        assert [letter.place for letter in said] == [place]


def test_an_installation_never_prints_its_token() -> None:
    assert "xoxb" not in repr(Installation("w", "T1", "U", "B", "xoxb-1"))
    assert "b" * 10 not in repr(KeyRing((("b", b"b" * 32),)))


@pytest.mark.parametrize("written", ["", "a", "a:", "a:eA==", ":" + "A" * 43 + "=", "a b:" + "A" * 43 + "=", "a:ü"])
def test_keys_that_are_none_stop_the_start(written: str) -> None:
    with pytest.raises(Refusal, match="KEPT_KEYS"):
        KeyRing.read(written)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(), st.text(), st.text(), st.text())
def test_what_is_sealed_opens_only_in_its_own_place(
    text: str, workspace: str, column: str, elsewhere: str, other: str
) -> None:
    sealed = RING.seal(text, workspace.encode("utf-8", "replace").decode(), "token")
    assert RING.open(sealed, workspace.encode("utf-8", "replace").decode(), "token") == text
    place = (elsewhere.encode("utf-8", "replace").decode(), other.encode("utf-8", "replace").decode())
    if place != (workspace.encode("utf-8", "replace").decode(), "token"):
        with pytest.raises(Unopenable):
            RING.open(sealed, *place)

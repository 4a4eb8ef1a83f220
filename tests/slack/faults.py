"""The outbox through a Slack of which three answers in ten are bad: what was lost, and what was said twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta

from bot.chat.card import Card
from bot.chat.talk import Place
from bot.clock import MovableClock
from bot.desk.messages.relevance import still_relevant
from bot.jobs.deliver import Deliverer
from bot.slack.calls import client, open_session
from bot.slack.installations import TokenFromEnvironment
from bot.slack.outbound import SlackMessenger
from bot.slack.ports import Ports
from bot.store import outbox, workspaces
from bot.store.database import Database
from bot.store.migrate import upgrade
from bot.store.outbox import Letter, Saying
from bot.store.tx import Tx
from tests.files import opened
from tests.slack.fake_slack import FakeSlack, words_in
from tests.slack.fake_workspaces import Fault
from tests.slack.stage import STARTS, HouseInMemory, InboxInMemory, ShelfInMemory, picture

FAULTS: tuple[Fault, ...] = ("429", "500", "502 after", "drop before", "drop after", "nonsense after", "fatal_error")
CHANNELS = 20


async def deliver_through_faults(
    url: str, workspace: str, *, read_back: bool, messages: int = 400, share: float = 0.3
) -> tuple[int, int, int, int]:
    """Say receipts in twenty channels; how many were lost, doubled, doubled unmarked, of how many."""
    await asyncio.to_thread(upgrade, url)
    clock, chance = MovableClock(STARTS), random.Random(20261016)
    database = await Database.open(url, clock)
    async with FakeSlack(clock.now, rate=1) as slack, open_session() as session:
        if not read_back:
            slack.teams["T1"].scopes.discard("channels:history")
        for number in range(CHANNELS):
            slack.add_channel(f"C{number}")
        slack.chance = lambda method: (
            chance.choice(FAULTS) if chance.random() < share and "auth" not in method else None
        )
        house = HouseInMemory()
        web = client(slack.api_url, session)
        ports = Ports(
            ask=house.ask, welcome=house.welcome, members=house.members, changed=house.changed, home=house.home,
            draw=picture, files=opened, installations=TokenFromEnvironment(workspace, "xoxb-1", web),
            shelf=ShelfInMemory(), inbox=InboxInMemory(), clock=clock,
        )  # fmt: skip
        messenger = SlackMessenger(ports, web, session, "shh")

        async def no_other_way(tx: Tx, letter: Letter) -> None:
            raise AssertionError(letter.why)

        deliverer = Deliverer(database, {"slack": messenger}, clock, relevance=still_relevant, reroute=no_other_way)

        async def write(tx: Tx) -> None:
            await workspaces.begin(tx, workspace)
            for number in range(messages):
                place = Place(workspace, "slack", "channel", f"C{number % CHANNELS}")
                card = Card(f"H-{number} · 25 leads", f"H-{number}", ref=f"H-{number}")
                await outbox.say(tx, Saying(f"receipt:{number}", place, card, "receipt"))

        await database.write(workspace, write)
        for _ in range(3_000):
            await deliverer.run_once()
            if await deliverer.next_at() is None:
                break
            clock.advance(timedelta(seconds=2))
        said = [message for channel in slack.channels.values() for message in channel.messages]
    await database.close()
    counted = Counter(message["text"] for message in said)
    repeats = {text for text, count in counted.items() if count > 1}
    marked = {message["text"] for message in said if "Possible repeat" in words_in(message["blocks"])}
    return messages - len(counted), len(repeats), len(repeats - marked), messages

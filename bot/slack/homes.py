"""The App Home: what somebody owes and is owed, on one page: drawn as it is opened, and as things change."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.card import Card, Chart
from bot.chat.errands import Errands
from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Person, Place
from bot.slack import limits
from bot.slack.calls import call
from bot.slack.installations import Installation
from bot.slack.looks import Drawing, drawing
from bot.slack.pictures import Pictures, has_pictures
from bot.slack.ports import Ports, Section
from bot.slack.render import Block, Look, draw
from bot.slack.spans import characters, clean

log = logging.getLogger(__name__)

MOST_TEXT = 24_000
"""Characters of a home. Slack names no limit; pages twice as long as a message have been taken."""
_CARD_BLOCKS = 12
LOOKED_WITHIN = 900.0
"""Seconds after its opening for which a home follows what changes: Slack does not say when it is closed."""
_MOST_LOOKING = 1_000


class Homes:
    """Publishes homes. One a process."""

    def __init__(self, ports: Ports, web: AsyncWebClient, pictures: Pictures, errands: Errands) -> None:
        """Ask the house through `ports`, publish through `web`, with what `pictures` uploads meanwhile."""
        self._ports = ports
        self._web = web
        self._pictures = pictures
        self._errands = errands
        self._looking: OrderedDict[tuple[str, str], tuple[float, Installation]] = OrderedDict()
        self._drawing: dict[tuple[str, str], bool] = {}

    def refresh(self, person: Person) -> None:
        """Draw somebody's home anew, if he has opened it lately: something that concerns him has changed.

        Several changes at once are one drawing, and none that comes meanwhile is missed.
        """
        looking = (person.workspace, person.user)
        opened = self._looking.get(looking)
        if opened is None:
            return
        if asyncio.get_running_loop().time() - opened[0] > LOOKED_WITHIN:
            del self._looking[looking]
            return
        if looking in self._drawing:
            self._drawing[looking] = True
            return
        self._drawing[looking] = False
        self._errands.begin(self._follow(person, opened[1]), "a home that is looked at")

    def told(self, place: Place) -> None:
        """Something was said somewhere: to whoever it was said to, or in a channel to all who may look at it."""
        for workspace, user in tuple(self._looking):
            if workspace == place.workspace and (place.kind == "channel" or user == place.id):
                self.refresh(Person(workspace, "slack", user))

    async def _follow(self, person: Person, installation: Installation) -> None:
        looking = (person.workspace, person.user)
        try:
            await self._publish_whole(person, installation)
            while self._drawing[looking]:
                self._drawing[looking] = False
                await self._publish_whole(person, installation)
        finally:
            del self._drawing[looking]

    async def opened(self, person: Person, installation: Installation) -> None:
        """Somebody opened his home: draw it, and again as long as he may be looking at it."""
        looking = (person.workspace, person.user)
        self._looking[looking] = (asyncio.get_running_loop().time(), installation)
        self._looking.move_to_end(looking)
        if len(self._looking) > _MOST_LOOKING:
            self._looking.popitem(last=False)
        await self.publish(person, installation)

    async def publish(self, person: Person, installation: Installation) -> None:
        """Draw somebody's home and show it. What fails is logged: it is drawn again at the next opening."""
        sections, by = await self._drawing_of(person, installation)
        # In words at once, for a home is looked at as it opens; then with its pictures, as far as Slack takes them.
        shown = await self._shown(person, home_view(sections, by.look), installation)
        if shown and any(has_pictures(card) for section in sections for card in section.cards):
            self._errands.begin(self._illustrate(person, sections, by, installation), "the pictures of a home")

    async def _publish_whole(self, person: Person, installation: Installation) -> None:
        """Show a home that is there already anew, pictures and all, so that none vanishes for a moment."""
        sections, by = await self._drawing_of(person, installation)
        if not await self._illustrate(person, sections, by, installation):
            await self._shown(person, home_view(sections, by.look), installation)

    async def _drawing_of(self, person: Person, installation: Installation) -> tuple[Sequence[Section], Drawing]:
        sections = await self._ports.home(person)
        by: Drawing = await drawing(self._ports, installation.workspace, user=person.user)
        home_view(sections, by.look)  # what its buttons cannot carry is laid aside as it is drawn
        await by.keep()
        return sections, by

    async def _illustrate(
        self, person: Person, sections: Sequence[Section], by: Drawing, installation: Installation
    ) -> bool:
        """Show a home with its pictures; whether there were any, and Slack took them."""
        pictures: dict[Chart, str] = {}
        for card in (card for section in sections for card in section.cards):
            pictures |= await self._pictures.if_any(card, installation)
        if not pictures:
            return False
        return await self._shown(person, home_view(sections, replace(by.look, pictures=pictures)), installation)

    async def _shown(self, person: Person, view: dict[str, Any], installation: Installation) -> bool:
        try:
            await call(self._web, "views.publish", {"user_id": person.user, "view": view}, token=installation.token)
        except DeliveryFailed as failed:
            log.warning("a home was not shown: %s", failed)
            return False
        return True


def home_view(sections: Sequence[Section], look: Look) -> dict[str, Any]:
    """A home of sections. Each card is cut for itself, so that a long one does not push the others out."""
    blocks: list[Block] = []
    left = MOST_TEXT
    for number, section in enumerate(sections):
        if not section.cards:
            continue
        heading = limits.fitted(clean(section.title).strip() or "Kept", 150)
        drawn: list[Block] = [{"type": "header", "text": {"type": "plain_text", "text": heading, "emoji": False}}]
        if number:
            drawn.insert(0, {"type": "divider"})
        for at, card in enumerate(section.cards):
            drawn += _card(card, look, f"{number}-{at}", most=_CARD_BLOCKS)
        room = limits.VIEW_BLOCKS - len(blocks) - 1
        size = characters(drawn)
        if len(drawn) > room or size > left:
            blocks.append(_more())
            break
        blocks += drawn
        left -= size
    return {"type": "home", "blocks": blocks or [_nothing()]}


def _card(card: Card, look: Look, mark: str, *, most: int) -> list[Block]:
    # A chart's own words are long, and the lines below it say the same.
    seen = tuple(block for block in card.blocks if not isinstance(block, Chart) or block in look.pictures)
    drawn = draw(replace(card, blocks=seen), look, most_blocks=most).blocks
    # Several cards share a page, and Slack wants every block's name once.
    return [{**block, "block_id": f"{mark}-{block['block_id']}"} if "block_id" in block else block for block in drawn]


def _more() -> Block:
    said = "There is more than fits here: type /sla mine, /sla owed or /sla status."
    return {"type": "context", "elements": [{"type": "plain_text", "text": said, "emoji": False}]}


def _nothing() -> Block:
    said = "There is nothing here for you yet. Your team's owner adds you to an agreement."
    return {"type": "section", "text": {"type": "plain_text", "text": said, "emoji": False}}

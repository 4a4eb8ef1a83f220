"""The App Home: what somebody owes and is owed, on one page that is drawn anew whenever it is opened."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.card import Card
from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Person
from bot.slack import limits
from bot.slack.calls import call
from bot.slack.installations import Installation
from bot.slack.looks import Drawing, drawing
from bot.slack.ports import Ports, Section
from bot.slack.render import Block, Look, draw
from bot.slack.spans import characters, clean

log = logging.getLogger(__name__)

MOST_TEXT = 24_000
"""Characters of a home. Slack names no limit; pages twice as long as a message have been taken."""
_CARD_BLOCKS = 12


class Homes:
    """Publishes homes. One a process."""

    def __init__(self, ports: Ports, web: AsyncWebClient) -> None:
        """Ask the house through `ports`, publish through `web`."""
        self._ports = ports
        self._web = web

    async def publish(self, person: Person, installation: Installation) -> None:
        """Draw somebody's home and show it. What fails is logged: it is drawn again at the next opening."""
        sections = await self._ports.home(person)
        by: Drawing = await drawing(self._ports, installation.workspace, user=person.user)
        view = home_view(sections, by.look)
        await by.keep()
        try:
            await call(self._web, "views.publish", {"user_id": person.user, "view": view}, token=installation.token)
        except DeliveryFailed as failed:
            log.warning("a home was not shown: %s", failed)


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
    drawn = draw(card, look, most_blocks=most).blocks
    # Several cards share a page, and Slack wants every block's name once.
    return [{**block, "block_id": f"{mark}-{block['block_id']}"} if "block_id" in block else block for block in drawn]


def _more() -> Block:
    said = "There is more than fits here: type /sla mine, /sla owed or /sla status."
    return {"type": "context", "elements": [{"type": "plain_text", "text": said, "emoji": False}]}


def _nothing() -> Block:
    said = "There is nothing here for you yet. Your team's owner adds you to an agreement."
    return {"type": "section", "text": {"type": "plain_text", "text": said, "emoji": False}}

"""Files that cards come with: offered in one's own chat, and put into one's own OneDrive once that is agreed to.

Teams lets a bot give nobody a file unasked. The offer names the file and its size; whoever it was
made for says yes, Teams answers with an address that takes exactly this file, and it is made anew
and put there. Neither promises anything: where one fails, the button on the card offers it again.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
import os
from collections.abc import Collection
from typing import Any, BinaryIO

import aiohttp

from bot.chat.card import Card, File, Text
from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Place
from bot.chat.wire import card_from_wire
from bot.store.database import DatabaseGone
from bot.teams.activities import Activity, text_at, value_of
from bot.teams.connector import Connector
from bot.teams.downloads import allows
from bot.teams.outbound import TeamsMessenger
from bot.teams.ports import Ports
from bot.teams.render import Look, attachment, draw
from slacore.errors import Refusal

log = logging.getLogger(__name__)

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
_PART = 32 * 320 * 1024
"""Bytes put at once; OneDrive wants multiples of 320 KiB."""
_PUT_WITHIN = 60.0
_GONE = "That file is from too long ago; ask for it again."


class Handing:
    """Hands files over. One a process."""

    def __init__(
        self,
        ports: Ports,
        connector: Connector,
        messenger: TeamsMessenger,
        session: aiohttp.ClientSession,
        hosts: Collection[str],
        secret: str,
    ) -> None:
        """Put files at `hosts` alone; `secret` marks offers, so that nobody can accept one that was not made."""
        self._ports = ports
        self._connector = connector
        self._messenger = messenger
        self._session = session
        self._hosts = frozenset(hosts)
        self._secret = hashlib.sha256(f"files {secret}".encode()).digest()

    async def offer(self, activity: Activity, workspace: str, key: str) -> str:
        """Offer whoever pressed a file in their own chat; the line that they see meanwhile."""
        file = await self._file(workspace, key)
        if file is None:
            return _GONE
        if not await self._may_take(activity, workspace, file):
            return "That file was made for somebody else; ask for one of your own."
        try:
            with await self._ports.files(workspace, file) as made:
                size = os.fstat(made.fileno()).st_size
        except Refusal as refusal:
            return str(refusal)
        context = {"kept": key, "mark": self._mark(workspace, activity.user, key)}
        content = {"description": file.alt, "sizeInBytes": size, "acceptContext": context, "declineContext": context}
        place = Place(workspace, "teams", "direct", activity.user, activity.user_name)
        try:
            await self._messenger.offer(place, {"contentType": CONSENT, "name": file.name, "content": content})
        except DeliveryFailed as failed:
            log.info("a file was not offered: %s", failed)
            return f"Teams did not let me offer {file.name}; press again in a minute."
        return f"{file.name}: I have offered it in your chat with me."

    async def settle(self, activity: Activity, workspace: str) -> None:
        """Deal with the answer to an offer: the file is put where Teams said, or it is not."""
        context = value_of(activity, "context")
        key = text_at(context, "kept")
        mark = self._mark(workspace, activity.user, key)
        marked = hmac.compare_digest(text_at(context, "mark").encode(), mark.encode())
        file = await self._file(workspace, key) if marked else None
        if file is None:
            log.info("an answer to an offer that was not made")
            return
        if text_at(activity.body.get("value"), "action") != "accept":
            await self._say(activity, Card(f"Not saved: {file.name}", f"{file.name} was not saved."))
            return
        try:
            await self._put(workspace, file, value_of(activity, "uploadInfo", "uploadUrl"))
        except (Refusal, aiohttp.ClientError, TimeoutError, OSError, DatabaseGone) as error:
            log.warning("%s was not saved: %s", file.name, error)
            title = f"{file.name} could not be saved"
            await self._say(
                activity, Card(title, f"{title}.", (Text(("Press its button once more.",)),), tone="warning")
            )
            return
        where = value_of(activity, "uploadInfo")
        info = {"uniqueId": text_at(where, "uniqueId"), "fileType": text_at(where, "fileType")}
        given = {"contentType": INFO, "contentUrl": text_at(where, "contentUrl"), "name": file.name, "content": info}
        await self._replace(activity, f"{file.name} is saved.", given)

    async def _put(self, workspace: str, file: File, url: object) -> None:
        """Put a file at an address, part by part. Raises Refusal for an address that is none of Teams'."""
        if not isinstance(url, str) or not allows(self._hosts, url):
            raise Refusal("That is no address of Teams.", "Nothing was put there.")
        with await self._ports.files(workspace, file) as made:
            size, begins = os.fstat(made.fileno()).st_size, 0
            while begins < size:
                part = await asyncio.to_thread(_read, made)
                ends = begins + len(part)
                headers = {"Content-Range": f"bytes {begins}-{ends - 1}/{size}"}
                within = aiohttp.ClientTimeout(total=_PUT_WITHIN)
                async with self._session.put(
                    url, data=part, headers=headers, timeout=within, allow_redirects=False
                ) as answer:
                    if answer.status not in {200, 201, 202}:
                        raise Refusal(f"OneDrive answered {answer.status}.", "Try it again.")
                begins = ends

    async def _may_take(self, activity: Activity, workspace: str, file: File) -> bool:
        """Whether a file was made for whoever presses, or stands in front of everybody in a channel."""
        member = await self._ports.member(workspace, activity.user)
        if member and file.holds and file.holds[-1] == member:
            return True
        card = await self._ports.shown(workspace, f"{activity.conversation} {activity.reply_to}")
        return not activity.personal and card is not None and file in card.blocks

    async def _file(self, workspace: str, key: str) -> File | None:
        kept = await self._ports.memory.laid_aside(workspace, key) if key else None
        if kept is None:
            return None
        try:
            (found,) = card_from_wire(json.loads(kept)).blocks
        except (ValueError, KeyError, TypeError):
            return None
        return found if isinstance(found, File) else None

    async def _say(self, activity: Activity, card: Card) -> None:
        await self._replace(activity, card.summary, attachment(draw(card, Look()).card))

    async def _replace(self, activity: Activity, summary: str, attached: dict[str, Any]) -> None:
        """Put something in the place of the offer, so that it is not answered twice."""
        said = {"type": "message", "from": {"id": activity.bot}, "summary": summary, "attachments": [attached]}
        message = {**said, "conversation": {"id": activity.conversation}}
        try:
            if activity.reply_to:
                await self._connector.update(activity.service_url, activity.conversation, activity.reply_to, message)
            else:
                await self._connector.post(activity.service_url, activity.conversation, message)
        except DeliveryFailed as failed:
            log.info("what became of a file was not shown: %s", failed)

    def _mark(self, workspace: str, user: str, key: str) -> str:
        return hmac.new(self._secret, f"{workspace} {user} {key}".encode(), hashlib.sha256).hexdigest()


def _read(made: BinaryIO) -> bytes:
    return made.read(_PART)

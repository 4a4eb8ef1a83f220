"""How the outbox speaks on Slack: one call a message, and an honest word about what became of it."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.card import Card, File
from bot.chat.messenger import CannotLook, DeliveryFailed, MessageRef
from bot.chat.talk import Place, Platform
from bot.slack.attachments import Attachments
from bot.slack.calls import GONE, STALE, TOO_MUCH, Refused, call, call_with_form
from bot.slack.installations import Installation
from bot.slack.looks import Drawing, drawing
from bot.slack.pictures import Pictures
from bot.slack.ports import Ports, Uninstalled
from bot.slack.render import Drawn, bare, draw
from bot.slack.uploads import Uploads

log = logging.getLogger(__name__)

EVENT_TYPE = "kept_delivery"
LOOKS_BACK = timedelta(days=1)
"""How far back a message of unknown fate is looked for; it is looked up minutes after it was said."""
_PAGE, _PAGES = 200, 15
_OPENED_ANEW_IN = 1.0
_PICTURE_TRIES, _PICTURE_READY_WITHIN = 2, 3.0
_NOT_TO_BE_READ = frozenset({"missing_scope", "not_allowed_token_type", "method_not_supported_for_channel_type"})


def _nobody_looks(place: Place) -> None:
    del place


class SlackMessenger:
    """Says cards on Slack. Made by the composition root, used by the delivery, closed with the door.

    `marking` is the secret under which our messages are marked, so that no other app's message can
    pass for one of them when we look back.
    """

    platform: Platform = "slack"

    def __init__(self, ports: Ports, web: AsyncWebClient, session: aiohttp.ClientSession, marking: str) -> None:
        """Speak through `web`, as the install of each message's company."""
        self._ports = ports
        self._web = web
        uploads = Uploads(web, session)
        self.pictures = Pictures(uploads, ports.draw)
        self._attachments = Attachments(uploads, ports.files)
        self._marking = hashlib.sha256(b"kept marks its messages " + marking.encode()).digest()
        self._directs: dict[tuple[str, str], str] = {}
        self._pictureless: dict[str, int] = {}
        self.told: Callable[[Place], None] = _nobody_looks
        """Called with where something was said, or has changed."""

    async def post(
        self,
        place: Place,
        card: Card,
        *,
        delivery_id: str,
        ref: str,
        alerts: bool = False,  # noqa: ARG002 -- the port
    ) -> MessageRef:
        """Say `card` in `place`. Raises DeliveryFailed."""
        installation = await self._installation(place.workspace)
        known = (installation.team, place.id) in self._directs
        channel = await self._channel(place, installation)
        body: dict[str, Any] = {
            "channel": channel,
            "metadata": self._mark(place.workspace, channel, delivery_id),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if place.thread:
            body["thread_ts"] = _ts(place.thread)
        shown = await self._attachments.show(card, installation, channel, _ts(place.thread), delivery_id)
        try:
            answer = await self._say("chat.postMessage", body, place, card, installation, delivery_id, ref, shown)
        except Refused as refused:
            if refused.code == "channel_not_found" and self._directs.pop((installation.team, place.id), "") and known:
                # A workspace that moved into an organisation has other ids for the same conversations.
                raise DeliveryFailed(str(refused), "not sent", _OPENED_ANEW_IN) from refused
            raise
        self.told(place)
        return _ref(place, answer, channel)

    async def edit(self, message: MessageRef, card: Card, *, delivery_id: str) -> MessageRef:
        """Replace what a message says, in place. Raises DeliveryFailed."""
        installation = await self._installation(message.place.workspace)
        channel, _, ts = message.id.partition("/")
        mark = self._mark(message.place.workspace, channel, delivery_id)
        body = {"channel": channel, "ts": ts, "metadata": mark}
        answer = await self._say("chat.update", body, message.place, card, installation, delivery_id, card.ref)
        self.told(message.place)
        return _ref(message.place, answer, channel)

    async def find(self, place: Place, delivery_id: str) -> MessageRef | None:
        """Look a message of unknown fate up where it would stand. Raises CannotLook, DeliveryFailed."""
        installation = await self._installation(place.workspace)
        channel = await self._channel(place, installation)
        oldest = (self._ports.clock.now() - LOOKS_BACK).timestamp()
        query: dict[str, Any] = {
            "channel": channel,
            "limit": _PAGE,
            "include_all_metadata": True,
            "oldest": f"{oldest:.6f}",
        }
        method = "conversations.history"
        if place.thread:
            method = "conversations.replies"
            query["ts"] = _ts(place.thread)
        for _ in range(_PAGES):
            answer = await self._read(method, query, installation)
            for message in answer.get("messages") or ():
                if self._is(message, place.workspace, channel, delivery_id, installation):
                    return MessageRef(place, f"{channel}/{message['ts']}")
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
            query["cursor"] = cursor
        raise CannotLook(f"{channel} said more than {_PAGE * _PAGES} messages in a day")

    async def _say(
        self,
        method: str,
        body: Mapping[str, Any],
        place: Place,
        card: Card,
        installation: Installation,
        delivery_id: str,
        ref: str,
        files: frozenset[File] = frozenset(),
    ) -> dict[str, Any]:
        tries = self._pictureless.get(delivery_id, 0)
        pictures = await self.pictures.of(card, installation) if tries < _PICTURE_TRIES else {}
        user = place.id if place.kind == "direct" else ""
        drawn_by = await drawing(self._ports, place.workspace, user=user, pictures=pictures, files=files)
        drawn = draw(card, drawn_by.look, ref=ref)
        try:
            answer = await self._call(method, body, drawn, drawn_by, installation)
        except Refused as refused:
            if refused.code not in TOO_MUCH:
                raise
            if pictures:
                # A file that was just uploaded cannot be shown for a moment.
                self._pictureless[delivery_id] = tries + 1
                raise DeliveryFailed(str(refused), "not sent", _PICTURE_READY_WITHIN) from refused
            log.warning("%s was refused as drawn (%s); it is said more plainly", delivery_id, refused.code)
            answer = await self._call(method, body, bare(card, drawn_by.look), drawn_by, installation)
        self._pictureless.pop(delivery_id, None)
        return answer

    async def _call(
        self, method: str, body: Mapping[str, Any], drawn: Drawn, drawn_by: Drawing, installation: Installation
    ) -> dict[str, Any]:
        await drawn_by.keep()
        said = {**body, "text": drawn.text, "blocks": drawn.blocks}
        return await self._guarded(method, said, installation)

    async def _read(self, method: str, query: Mapping[str, Any], installation: Installation) -> dict[str, Any]:
        try:
            return await call_with_form(self._web, method, query, token=installation.token)
        except Refused as refused:
            if refused.code in _NOT_TO_BE_READ:
                raise CannotLook(f"{method}: {refused.code}") from refused
            await self._note(refused, installation)
            raise

    async def _guarded(self, method: str, body: Mapping[str, Any], installation: Installation) -> dict[str, Any]:
        try:
            return await call(self._web, method, body, token=installation.token)
        except Refused as refused:
            await self._note(refused, installation)
            raise

    async def _note(self, refused: Refused, installation: Installation) -> None:
        """A token that ran out is renewed before the message goes again; one that was revoked is remembered as such."""
        if refused.code == STALE:
            await self._ports.installations.renew(installation)
            renewed = await self._ports.installations.of_workspace(installation.workspace)
            if renewed is not None and renewed.broken:
                await self._ports.changed(Uninstalled(installation.workspace, renewed.broken))
        elif refused.code in GONE:
            await self._ports.installations.break_off(installation.team, installation.enterprise, refused.code)
            await self._ports.changed(Uninstalled(installation.workspace, str(refused)))

    async def _installation(self, workspace: str) -> Installation:
        installation = await self._ports.installations.of_workspace(workspace)
        if installation is None:
            raise DeliveryFailed("Kept is not installed in this company's Slack", "impossible")
        if installation.broken:
            raise DeliveryFailed(f"Kept cannot speak in this Slack any more: {installation.broken}", "impossible")
        return installation

    async def _channel(self, place: Place, installation: Installation) -> str:
        """The conversation to speak in; a person's is opened first, once."""
        if place.kind == "channel":
            return place.id
        key = (installation.team, place.id)
        if key not in self._directs:
            try:
                answer = await self._guarded("conversations.open", {"users": place.id}, installation)
            except Refused:
                raise
            except DeliveryFailed as failed:
                # Opening says nothing, so nothing was said.
                raise DeliveryFailed(str(failed), "not sent", failed.retry_after) from failed
            channel = (answer.get("channel") or {}).get("id")
            if not isinstance(channel, str) or not channel:
                raise DeliveryFailed("Slack opened no conversation", "not sent")
            self._directs[key] = channel
        return self._directs[key]

    def _mark(self, workspace: str, channel: str, delivery_id: str) -> dict[str, Any]:
        """What a message carries unseen: which delivery it is, and proof that we say so."""
        signature = hmac.new(self._marking, f"{workspace} {channel} {delivery_id}".encode(), hashlib.sha256)
        payload = {"delivery": delivery_id, "signature": signature.hexdigest()}
        return {"event_type": EVENT_TYPE, "event_payload": payload}

    def _is(
        self, message: Mapping[str, Any], workspace: str, channel: str, delivery_id: str, installation: Installation
    ) -> bool:
        marked = message.get("metadata") or {}
        if marked.get("event_type") != EVENT_TYPE:
            return False
        ours = not installation.bot_id or message.get("bot_id") == installation.bot_id
        carried, expected = marked.get("event_payload") or {}, self._mark(workspace, channel, delivery_id)
        return ours and carried == expected["event_payload"]


def _ref(place: Place, answer: Mapping[str, Any], channel: str) -> MessageRef:
    ts = answer.get("ts")
    if not isinstance(ts, str) or not ts:
        raise DeliveryFailed("Slack did not say which message it made", "unknown")
    return MessageRef(place, f"{answer.get('channel') or channel}/{ts}")


def _ts(reference: str) -> str:
    """The time stamp in a message's reference, which is how Slack names a thread."""
    return reference.rpartition("/")[2]

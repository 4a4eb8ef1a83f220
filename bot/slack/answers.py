"""Answers that only the asker sees: beside the conversation, in a modal, or by direct message.

A private answer tries its ways in order: the address that came with the request (five uses in
thirty minutes), then beside the conversation, then the asker's own messages with the bot.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.card import Button, Card, Form
from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Utterance
from bot.slack import limits, modals
from bot.slack.addresses import lies_below
from bot.slack.calls import TOO_MUCH, Refused, call, call_with_form
from bot.slack.hearing import Heard, text_at
from bot.slack.looks import Drawing, drawing
from bot.slack.pictures import Pictures
from bot.slack.ports import Ports
from bot.slack.render import Drawn, bare, draw

log = logging.getLogger(__name__)

_PICKED = re.compile(r"<#([CG][A-Z0-9]{1,30})>")
_OVER = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "not_found"})
"""The click is too long ago, or its modal was closed."""
_MOST_SAID = 1_000
"""Bytes of an error that are read."""


class Answers:
    """Shows private answers. One a process."""

    def __init__(
        self,
        ports: Ports,
        web: AsyncWebClient,
        session: aiohttp.ClientSession,
        response_host: str,
        pictures: Pictures,
    ) -> None:
        """Call Slack through `web`; post to response addresses of `response_host` ("" for any) through `session`."""
        self._ports = ports
        self._web = web
        self._session = session
        self._host = response_host
        self._pictures = pictures

    async def with_names(self, heard: Heard) -> Heard:
        """A form's channels by name as well: Slack's picker tells their ids alone. What it will not tell stays so."""
        named = dict(heard.utterance.arguments)
        for argument, value in heard.utterance.arguments.items():
            if picked := _PICKED.fullmatch(value):
                try:
                    fields = {"channel": picked[1]}
                    found = await call_with_form(
                        self._web, "conversations.info", fields, token=heard.installation.token
                    )
                except DeliveryFailed as failed:
                    log.info("a channel's name is not known: %s", failed)
                    continue
                if name := text_at(found, "channel", "name"):
                    named[argument] = f"<#{picked[1]}|{name}>"
        return replace(heard, utterance=replace(heard.utterance, arguments=named))

    async def drawn(self, heard: Heard, card: Card) -> Drawn:
        """A card as the asker alone sees it."""
        by = await self._by(heard)
        drawn = draw(card, by.look)
        await by.keep()
        return drawn

    async def show(self, heard: Heard, card: Card) -> None:
        """Show a card to the asker alone, by the first way that works: with its pictures, in words, or plainly."""
        by = await self._by(heard)
        pictures = await self._pictures.if_any(card, heard.installation)
        ways = [draw(card, replace(by.look, pictures=pictures))] if pictures else []
        for attempt in (*ways, draw(card, by.look), bare(card, by.look)):
            await by.keep()
            try:
                await self._by_first_way(heard, attempt)
            except Refused as refused:
                if refused.code not in TOO_MUCH:
                    log.warning("nobody saw the answer to %s: %s", heard.utterance.delivery, refused)
                    return
                log.warning("the answer to %s is said more plainly: %s", heard.utterance.delivery, refused)
            except DeliveryFailed as failed:
                log.warning("nobody saw the answer to %s: %s", heard.utterance.delivery, failed)
                return
            else:
                return

    async def open_waiting(self, heard: Heard, title: str = "Kept") -> str:
        """Open a modal at once, to be filled; its id, or "" where the click is too long ago."""
        if heard.view:
            return heard.view
        return await self._open(heard, modals.waiting_view(title))

    async def open_form(self, heard: Heard, form: Form, errors: Mapping[str, str], view: str = "") -> None:
        """Show a form: in the modal that was opened for it, else in a new one, else as an offer to open it."""
        by = await self._by(heard)
        notes = _notes(heard, form)
        drawn = modals.form_view(form, notes, by.look, errors, attach=heard.installation.reads_files)
        await by.keep()
        if not await self._put(heard, drawn, view):
            await self.show(heard, _offer(heard.utterance, form))

    async def open_card(self, heard: Heard, card: Card, view: str = "", *, start: int = 0) -> None:
        """Show a card in a modal, from piece `start` on; where none can be opened, beside the conversation."""
        by = await self._by(heard)
        drawn = modals.card_view(card, by.look, start=start)
        await by.keep()
        if not await self._put(heard, drawn, view):
            await self.show(heard, card)

    async def form_drawn(self, heard: Heard, form: Form, errors: Mapping[str, str]) -> dict[str, Any]:
        """A form as the view that answers a submission."""
        by = await self._by(heard)
        notes = _notes(heard, form)
        drawn = modals.form_view(form, notes, by.look, errors, attach=heard.installation.reads_files)
        await by.keep()
        return drawn

    async def card_drawn(self, heard: Heard, card: Card) -> dict[str, Any]:
        """A card as the view that answers a submission."""
        by = await self._by(heard)
        drawn = modals.card_view(card, by.look)
        await by.keep()
        return drawn

    async def _put(self, heard: Heard, view: dict[str, Any], view_id: str) -> bool:
        if view_id:
            return await self._view("views.update", {"view_id": view_id, "view": view}, heard) != ""
        return await self._open(heard, view) != ""

    async def _open(self, heard: Heard, view: dict[str, Any]) -> str:
        if not heard.trigger:
            return ""
        return await self._view("views.open", {"trigger_id": heard.trigger, "view": view}, heard)

    async def _view(self, method: str, body: Mapping[str, Any], heard: Heard) -> str:
        try:
            answer = await call(self._web, method, body, token=heard.installation.token)
        except DeliveryFailed as failed:
            if not (isinstance(failed, Refused) and failed.code in _OVER):
                log.warning("%s for %s: %s", method, heard.utterance.delivery, failed)
            return ""
        view = answer.get("view")
        return str(view.get("id", "")) if isinstance(view, dict) else ""

    async def _by(self, heard: Heard) -> Drawing:
        return await drawing(self._ports, heard.installation.workspace, user=heard.user)

    async def _by_first_way(self, heard: Heard, drawn: Drawn) -> None:
        if heard.response_url and await self._respond(heard.response_url, drawn):
            return
        said = {"text": drawn.text, "blocks": drawn.blocks}
        token = heard.installation.token
        if heard.channel and heard.utterance.place.kind == "channel":
            body: dict[str, Any] = {"channel": heard.channel, "user": heard.user, **said}
            if heard.thread:
                body["thread_ts"] = heard.thread
            try:
                await call(self._web, "chat.postEphemeral", body, token=token)
            except Refused as refused:
                if refused.code in TOO_MUCH:
                    raise
                log.info("not beside the conversation (%s), so by direct message", refused.code)
            else:
                return
        answer = await call(self._web, "conversations.open", {"users": heard.user}, token=token)
        body = {"channel": (answer.get("channel") or {}).get("id", ""), **said}
        if heard.thread and heard.utterance.place.kind == "direct":
            body["thread_ts"] = heard.thread
        await call(self._web, "chat.postMessage", body | {"unfurl_links": False, "unfurl_media": False}, token=token)

    async def _respond(self, url: str, drawn: Drawn) -> bool:
        """Answer at the request's own address; False where it is spent or gone. Raises Refused for what was drawn."""
        if not lies_below(url, self._host):
            log.warning("an answer was asked for at an address that is not Slack's")
            return False
        body = {"response_type": "ephemeral", "replace_original": False, "text": drawn.text, "blocks": drawn.blocks}
        try:
            async with self._session.post(url, json=body, allow_redirects=False) as response:
                if response.status == 200:
                    return True
                said = (await response.content.read(_MOST_SAID)).decode("utf-8", "replace")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.info("no answer at the request's own address: %s", error)
            return False
        code = next((code for code in TOO_MUCH if code in said), "")
        if code:
            raise Refused("response_url", code)
        log.info("the request's own address is spent: %s %s", response.status, said)
        return False


def _notes(heard: Heard, form: Form) -> modals.Notes:
    message = heard.utterance.message
    return modals.notes_of(form, place=heard.channel, thread=heard.thread, message=message, files=heard.files)


def _offer(utterance: Utterance, form: Form) -> Card:
    """A form that could not be opened, because a modal can be opened for three seconds only."""
    says = utterance.text.rstrip("… .") if utterance.text else form.verb
    return Card(
        title=form.title or "One thing is missing.",
        summary="The form could not be opened in time.",
        buttons=(Button("Open the form", limits.fitted(says, 3_900) + " …", "primary", utterance.version),),
    )

"""What is asked on Slack: heard, answered by the house, and shown to whoever asked.

The order is always the same: hear, let the house write it down, then acknowledge; so nothing that
Slack was told is in hand can be lost. A request that takes the house too long is written into the
inbox first, acknowledged, and answered when the answer is there.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse

from bot.chat.card import Card, Note
from bot.chat.errands import Errands
from bot.chat.presses import Forged, Say, Turn
from bot.chat.talk import Reply
from bot.chat.wire import card_from_wire
from bot.slack import hearing, modals
from bot.slack.answers import Answers
from bot.slack.downloads import Downloads, NotFetched
from bot.slack.events import Events
from bot.slack.hearing import Heard, text_at
from bot.slack.installations import Installation
from bot.slack.pictures import has_pictures
from bot.slack.ports import Ports, Waiting
from bot.slack.presses import read

log = logging.getLogger(__name__)

PATIENCE = 1.8
"""Seconds the house is given before a request goes into the inbox; Slack itself waits three."""
_LEAST = 0.3
LEFT_BEHIND_AFTER = timedelta(minutes=2)
"""An inbox row this old belongs to a process that is gone."""

_STILL_AT_IT = "Still at it; the answer follows here."


class Inbound:
    """Answers Slack's requests. One a process; `Listening` plugs it into Slack's library."""

    def __init__(
        self,
        ports: Ports,
        answers: Answers,
        events: Events,
        errands: Errands,
        downloads: Downloads,
        *,
        patience: float = PATIENCE,
    ) -> None:
        """Ask the house behind `ports`, show answers through `answers`, fetch what is attached with `downloads`."""
        self._ports = ports
        self._answers = answers
        self._events = events
        self._errands = errands
        self._downloads = downloads
        self._patience = patience

    async def command(self, ack: AsyncAck, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """A slash command; its private answer travels with the acknowledgement."""
        heard = hearing.command(body, _installation(context), self._ports.clock.now())
        view = self._open_early(heard)
        reply = await self._in_time(heard)
        if reply is None:
            return await ack(text=_STILL_AT_IT, response_type="ephemeral")
        if reply.form is not None:
            await self._answers.open_form(heard, reply.form, reply.errors, await view)
        elif reply.card is not None and await view:
            await self._answers.open_card(heard, reply.card, await view)
        elif reply.card is not None and has_pictures(reply.card):
            # Drawing and uploading may take longer than Slack waits; what was only looked at may be asked again.
            self._show(heard, reply.card)
        elif reply.card is not None:
            drawn = await self._answers.drawn(heard, reply.card)
            return await ack(text=drawn.text, blocks=drawn.blocks, response_type="ephemeral")
        elif await view:
            await self._answers.open_card(heard, _done(), await view)
        return await ack()

    async def action(self, ack: AsyncAck, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """A button."""
        installation = _installation(context)
        for action in body.get("actions") or ():
            value = text_at(action, "value")
            if not value:
                continue  # a link, or a picker in a form that is not sent yet
            try:
                pressed = read(value)
            except Forged:
                log.warning("a button carried what none of ours does: %r", value[:80])
                self._show(hearing.press(body, action, Say(), installation, self._ports.clock.now()), _outdated())
                continue
            if isinstance(pressed, Turn):
                await self._turn(body, action, pressed, installation)
            else:
                await self._press(body, action, pressed, installation)
        return await ack()

    async def view(self, ack: AsyncAck, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """A form, filled in: what is wrong is said beside the field, and nothing typed is lost."""
        installation = _installation(context)
        if text_at(body, "view", "callback_id") != modals.FILLED:
            return await ack()
        shown = modals.inputs_of(body.get("view"))
        notes = await self._notes(body, installation)
        if notes is None:
            heard = hearing.submission(body, modals.Notes("", ()), installation, self._ports.clock.now())
            return await ack(response_action="update", view=await self._answers.card_drawn(heard, _outdated()))
        began = asyncio.get_running_loop().time()
        heard = hearing.submission(body, notes, installation, self._ports.clock.now())
        heard = await self._answers.with_names(heard)
        try:
            heard = await self._with_files(heard)
        except NotFetched as why:
            errors = modals.errors_by_block(notes, {heard.files_field: str(why)}, shown)
            return await ack(response_action="errors", errors=errors)
        reply = await self._in_time(heard, since=began)
        if reply is None:
            return await ack(response_action="update", view=modals.waiting_view("Kept"))
        if reply.errors and shown:
            return await ack(response_action="errors", errors=modals.errors_by_block(notes, reply.errors, shown))
        if reply.form is not None:
            view = await self._answers.form_drawn(heard, reply.form, reply.errors)
            return await ack(response_action="update", view=view)
        if reply.refused and reply.card is not None and shown:
            errors = modals.errors_by_block(notes, {"": reply.card.summary or reply.card.title}, shown)
            return await ack(response_action="errors", errors=errors)
        if reply.card is not None:
            self._show(heard, reply.card)
        return await ack(response_action="clear")

    async def shortcut(self, ack: AsyncAck, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """The shortcut "Log as handoff": a form, opened at once and then filled."""
        heard = hearing.shortcut(body, _installation(context), self._ports.clock.now())
        view = self._open_early(heard)
        reply = await self._in_time(heard)
        if reply is not None and reply.form is None and text_at(body, "message", "text"):
            # The message's words meant nothing: the form is opened empty.
            plain = replace(heard.utterance, text="handoff …", delivery=f"{heard.utterance.delivery} plain")
            heard = replace(heard, utterance=plain)
            reply = await self._in_time(heard)
        if reply is not None:
            self._errands.begin(self._reply_in(heard, reply, view), "the answer to a shortcut")
        return await ack()

    async def event(self, ack: AsyncAck, body: Mapping[str, Any], context: AsyncBoltContext) -> BoltResponse:
        """Something that happened: words to the bot, a home that was opened, a channel or a person that changed."""
        kind = text_at(body, "event", "type")
        if kind in {"app_mention", "message"}:
            heard = hearing.message(body, _installation(context), self._ports.clock.now())
            if heard is not None:
                reply = await self._asked_with_files(heard)
                if reply is None:
                    return BoltResponse(status=503, body="")  # Slack sends an event again
                self._errands.begin(self._reply(heard, reply, ""), "a private answer")
            return await ack()
        try:
            await self._events.happened(kind, body, context.get("installation"))
        except Exception:
            log.exception("%s was not written down; Slack sends it again", kind)
            return BoltResponse(status=503, body="")
        return await ack()

    async def answer_left_behind(self) -> None:
        """Answer what a process that died had acknowledged and not answered."""
        now = self._ports.clock.now()
        for waiting in await self._ports.inbox.left_behind():
            if now - waiting.asked_at < LEFT_BEHIND_AFTER:
                continue
            installation = await self._ports.installations.of_workspace(waiting.utterance.person.workspace)
            if installation is None:
                await self._ports.inbox.take_out(waiting.utterance.person.workspace, waiting.utterance.delivery)
                continue
            place = waiting.utterance.place
            channel = place.id if place.kind == "channel" else ""
            heard = Heard(waiting.utterance, installation, channel=channel, response_url=waiting.response_url)
            await self._late(heard, asyncio.ensure_future(self._asked(heard)))

    def _open_early(self, heard: Heard) -> asyncio.Future[str]:
        """Open a modal before the house has said what belongs in it: a click opens one for three seconds only."""
        if not heard.expects_form or not heard.trigger:
            none = asyncio.get_running_loop().create_future()
            none.set_result("")
            return none
        return self._errands.begin(self._answers.open_waiting(heard, "Log a handoff"), "opening a form")

    async def _press(
        self, body: Mapping[str, Any], action: Mapping[str, Any], pressed: Say, installation: Installation
    ) -> None:
        if pressed.kept:
            says = await self._ports.shelf.get(installation.workspace, pressed.kept)
            pressed = replace(pressed, says=says or "", kept="")
        heard = hearing.press(body, action, pressed, installation, self._ports.clock.now())
        if not pressed.says:
            self._show(heard, _outdated())
            return
        view = self._open_early(heard)
        reply = await self._in_time(heard)
        if reply is not None:
            self._errands.begin(self._reply_in(heard, reply, view), "the answer to a button")

    async def _turn(
        self, body: Mapping[str, Any], action: Mapping[str, Any], turn: Turn, installation: Installation
    ) -> None:
        heard = hearing.press(body, action, Say(), installation, self._ports.clock.now())
        kept = await self._ports.shelf.get(installation.workspace, turn.kept)
        try:
            card = None if kept is None else card_from_wire(json.loads(kept))
        except (ValueError, KeyError, TypeError):
            card = None
        if card is None:
            self._show(heard, _outdated())
            return
        await self._answers.open_card(heard, card, heard.view, start=turn.start)

    async def _reply_in(self, heard: Heard, reply: Reply, view: asyncio.Future[str]) -> None:
        await self._reply(heard, reply, heard.view or await view)

    async def _reply(self, heard: Heard, reply: Reply, view: str) -> None:
        """Show an answer where its asker looks: in the modal that is open, in a new one, or beside the conversation."""
        if reply.form is not None:
            await self._answers.open_form(heard, reply.form, reply.errors, view)
        elif reply.card is not None and (view or (heard.trigger and not heard.channel)):
            await self._answers.open_card(heard, reply.card, view)
        elif reply.card is not None:
            await self._answers.show(heard, reply.card)
        elif view:
            await self._answers.open_card(heard, _done(), view)

    def _show(self, heard: Heard, card: Card) -> None:
        self._errands.begin(self._answers.show(heard, card), "a private answer")

    async def _notes(self, body: Mapping[str, Any], installation: Installation) -> modals.Notes | None:
        metadata = text_at(body, "view", "private_metadata")
        key = modals.kept_key(metadata)
        kept = await self._ports.shelf.get(installation.workspace, key) if key else metadata
        return modals.read_notes(kept or "")

    async def _in_time(self, heard: Heard, since: float | None = None) -> Reply | None:
        """The house's answer; None where it takes too long and was put into the inbox, to be shown when it is there.

        What fetching files took, `since` a moment of the loop's, is off the time that there is.
        """
        spent = 0.0 if since is None else asyncio.get_running_loop().time() - since
        asking = asyncio.ensure_future(self._asked(heard))
        await asyncio.wait({asking}, timeout=max(_LEAST, self._patience - spent))
        if asking.done():
            return asking.result() or _sorry()
        waiting = Waiting(heard.utterance, heard.response_url, heard.utterance.at)
        keeping = asyncio.ensure_future(self._ports.inbox.put(waiting))
        await asyncio.wait({asking, keeping}, return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            self._errands.begin(self._let_go(heard, keeping), "letting a request go")
            return asking.result() or _sorry()
        if keeping.exception() is not None:
            log.error("a request could not be put into the inbox", exc_info=keeping.exception())
            return await asking or _sorry()  # without the inbox nothing is acknowledged before it is done
        self._errands.begin(self._late(heard, asking), "a late answer")
        return None

    async def _let_go(self, heard: Heard, keeping: asyncio.Future[None]) -> None:
        await asyncio.wait({keeping})
        await self._ports.inbox.take_out(heard.installation.workspace, heard.utterance.delivery)

    async def _late(self, heard: Heard, asking: asyncio.Future[Reply | None]) -> None:
        reply = await asking
        if reply is None:
            return  # it stays in the inbox, and is asked again
        # By now no click opens anything: a form is offered, not opened.
        await self._reply(replace(heard, trigger="", view=""), reply, "")
        await self._ports.inbox.take_out(heard.installation.workspace, heard.utterance.delivery)

    async def _asked_with_files(self, heard: Heard) -> Reply | None:
        """Ask the house with what was attached; where that cannot be had, nothing is asked, and why is said."""
        try:
            heard = await self._with_files(heard)
        except NotFetched as why:
            card = Card(f"{why}", f"{why} Nothing was changed.", (Note(("Paste the list instead, or say it alone.",)),))
            return Reply(card=replace(card, tone="warning"), refused=True)
        return await self._asked(heard)

    async def _with_files(self, heard: Heard) -> Heard:
        """A request with what was attached to it. Raises NotFetched."""
        if not heard.files:
            return heard
        files = await self._downloads.of(heard.files, heard.installation)
        return replace(heard, utterance=replace(heard.utterance, files=files))

    async def _asked(self, heard: Heard) -> Reply | None:
        """Ask the house; None where it broke, with its delivery id in the log."""
        try:
            reply = await self._ports.ask(heard.utterance)
        except Exception:
            log.exception("a request failed: %s", heard.utterance.delivery)
            return None
        if reply.form is None and not reply.refused:
            self._events.touched(heard.utterance.person)
        return reply


def _installation(context: AsyncBoltContext) -> Installation:
    installation = context["installation"]
    if not isinstance(installation, Installation):
        msg = "a request went on without an install"
        raise TypeError(msg)
    return installation


def _done() -> Card:
    return Card("Done.", "Done.", tone="good")


def _outdated() -> Card:
    said = "That button is from another time: I cannot tell any more what it stood for. Type the command instead."
    return Card(said, said, tone="warning")


def _sorry() -> Reply:
    said = "Something went wrong on our side, and nothing was changed. Please try once more in a minute."
    return Reply(card=Card(said, said, tone="bad"), refused=True)

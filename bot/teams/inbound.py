"""What is asked in Teams: heard, answered by the house, and shown to whoever asked.

The order is always the same: judge, hear, let the house write it down, then acknowledge, so that
nothing which Teams was told is in hand can be lost. A request that takes the house too long is
written into the inbox first, acknowledged, and answered when the answer is there. A private answer
goes through the outbox into the asker's own chat, never into a channel.

Nothing that Teams sends is answered with a 5xx: it would deliver nothing more for hours.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.chat.card import Card
from bot.chat.errands import Errands
from bot.chat.messenger import DeliveryFailed
from bot.chat.presses import Forged, Say, Turn
from bot.chat.talk import Place, Reply
from bot.chat.wire import card_from_wire
from bot.store.database import DatabaseGone
from bot.teams import hearing
from bot.teams.activities import Activity, Nonsense, mentioned, read, text_at, value_of
from bot.teams.answers import BUSY, NEXT_STEP, Answered, Answers
from bot.teams.connector import Connector
from bot.teams.dialogs import dialog
from bot.teams.downloads import Downloads
from bot.teams.handing import Handing
from bot.teams.installs import Installs
from bot.teams.ports import Ports, Waiting
from bot.teams.presses import REFRESH, Fill, Take
from bot.teams.presses import read as read_press
from slacore.errors import Refusal

log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds the house is given before a request goes into the inbox; Teams itself waits ten to fifteen."""
LEFT_BEHIND_AFTER = timedelta(minutes=2)
"""An inbox row this old belongs to a process that is gone."""

Value = dict[str, Any] | None


class Inbound:
    """Answers what Teams sends, once it is known to be Teams'. One a process."""

    def __init__(
        self,
        ports: Ports,
        connector: Connector,
        answers: Answers,
        installs: Installs,
        downloads: Downloads,
        handing: Handing,
        *,
        patience: float = PATIENCE,
    ) -> None:
        """Ask the house behind `ports`."""
        self._ports = ports
        self._connector = connector
        self._answers = answers
        self._installs = installs
        self._downloads = downloads
        self._handing = handing
        self._patience = patience
        self._errands = Errands()
        self._invokes: Mapping[str, Callable[[Activity, str], Awaitable[Value]]] = {
            "adaptiveCard/action": self._execute,
            "task/fetch": self._fetch,
            "task/submit": self._submit,
            "composeExtension/fetchTask": self._log,
            "composeExtension/submitAction": self._submit,
            "fileConsent/invoke": self._consent,
        }

    async def receive(self, activity: Activity, workspace: str) -> tuple[int, Value]:
        """Deal with an activity of a known company: the status and the body of the answer."""
        invoked = activity.type == "invoke"
        try:
            if activity.conversation:
                await self._ports.memory.seen(workspace, activity.room, activity.known)
            if invoked:
                return await self._invoke(activity, workspace)
            if activity.type == "message":
                await self._patiently(activity, workspace, self._message(activity, workspace))
            elif activity.type in {"conversationUpdate", "installationUpdate"}:
                await self._installs.changed(activity, workspace)
        except DatabaseGone:
            log.exception("%s of Teams came while the database was away", activity.type)
            # Refused, not acknowledged: whoever asked sees that it did not get through.
            return (200, BUSY) if invoked else (429, None)
        except Exception:
            log.exception("%s %s of Teams met an error", activity.type, activity.name)
            if activity.type == "message":
                await self._apologise(activity, workspace)
            return 200, (BUSY if activity.name == "adaptiveCard/action" else {}) if invoked else None
        return 200, None

    async def answer_left_behind(self) -> None:
        """Answer what a process that died had acknowledged and not answered."""
        for waiting in await self._ports.memory.in_hand():
            if self._ports.clock.now() - waiting.asked_at < LEFT_BEHIND_AFTER:
                continue
            try:
                await self._message(read(dict(waiting.activity)), waiting.workspace)
            except Nonsense:
                log.warning("the inbox holds what cannot be read: %s", waiting.delivery)
            await self._ports.memory.take_out(waiting.workspace, waiting.delivery)

    async def close(self) -> None:
        """Finish what is under way."""
        await self._errands.close()

    async def _message(self, activity: Activity, workspace: str) -> None:
        """Words, or a button of a client that only knows Submit."""
        if not activity.user or activity.account == activity.bot:
            return
        value = activity.body.get("value")
        if isinstance(value, Mapping) and value:
            answered = await self._press(activity, workspace, value)
            await self._answers.send(activity, workspace, answered)
            return
        if not activity.personal and not _addressed(activity):
            return
        text = await hearing.words_of(activity, lambda account: self._user_of(activity, workspace, account))
        try:
            files = await self._downloads.of(activity)
        except Refusal as refused:
            await self._answers.send(activity, workspace, Answered(note=str(refused)))
            return
        utterance = replace(hearing.said(activity, workspace, text, self._ports.clock.now()), files=files)
        await self._answers.send(activity, workspace, Answered(await self._ports.ask(utterance), utterance))

    async def _invoke(self, activity: Activity, workspace: str) -> tuple[int, Value]:
        handle = self._invokes.get(activity.name)
        if handle is None:
            log.info("Teams asked for %r, which Kept does not do", activity.name[:80])
            return 501, None
        if not activity.user:
            return 200, {}
        return 200, await handle(activity, workspace)

    async def _execute(self, activity: Activity, workspace: str) -> Value:
        """A button of a card, or a card that is drawn anew because somebody looks at it."""
        action = value_of(activity, "action")
        verb = text_at(action, "verb")
        automatic = text_at(activity.body.get("value"), "trigger") == "automatic"
        if verb == REFRESH or automatic:
            return await self._answers.current(activity, workspace)
        answered = await self._press(activity, workspace, value_of(activity, "action", "data"))
        return await self._answers.in_place(activity, workspace, answered)

    async def _press(self, activity: Activity, workspace: str, data: object) -> Answered:
        try:
            press = read_press(data)
        except Forged as forged:
            log.info("a press that no button of ours carries: %s", forged)
            return Answered(note="This button is from another version of me.")
        match press:
            case Turn():
                kept = await self._ports.memory.laid_aside(workspace, press.kept)
                card = _card(kept)
                return Answered(note=_GONE) if card is None else Answered(card=card, start=press.start)
            case Take():
                return Answered(note=await self._handing.offer(activity, workspace, press.kept))
            case Fill():
                utterance = hearing.filled(activity, workspace, press, self._ports.clock.now())
                return Answered(await self._ports.ask(utterance), utterance, form=True)
            case Say():
                command = press.says or await self._ports.memory.laid_aside(workspace, press.kept) or ""
                if not command:
                    return Answered(note=_GONE)
                now = self._ports.clock.now()
                utterance = hearing.pressed(activity, workspace, command, press.version, now)
                again = isinstance(data, Mapping) and data.get("again") is True
                return Answered(await self._ports.ask(utterance), utterance, again=again)

    async def _fetch(self, activity: Activity, workspace: str) -> Value:
        """A button that opens a dialog."""
        data = value_of(activity, "data")
        answered = await self._press(activity, workspace, data if data is not None else value_of(activity))
        return await self._task(activity, workspace, answered)

    async def _log(self, activity: Activity, workspace: str) -> Value:
        """The message extension "Log handoff"."""
        utterance = hearing.logged(activity, workspace, self._ports.clock.now())
        return await self._task(activity, workspace, Answered(await self._ports.ask(utterance), utterance))

    async def _submit(self, activity: Activity, workspace: str) -> Value:
        """A dialog, sent off: closed when all is well, kept open with what is wrong beside its field."""
        data = value_of(activity, "data")
        answered = await self._press(activity, workspace, data)
        if answered.reply is not None and answered.reply == Reply():
            return {}
        return await self._task(activity, workspace, answered)

    async def _consent(self, activity: Activity, workspace: str) -> Value:
        """An offered file was agreed to or declined; putting it where it goes may take its time."""
        self._errands.begin(self._handing.settle(activity, workspace), "handing a file over")
        return {}

    async def _task(self, activity: Activity, workspace: str, answered: Answered) -> Value:
        reply = answered.reply
        if reply is not None and reply.form is not None:
            command = answered.utterance.text if answered.utterance is not None else ""
            return {"task": dialog(reply.form, command=command, errors=reply.errors)}
        return {"task": await self._answers.dialog(workspace, activity, answered)}

    async def _user_of(self, activity: Activity, workspace: str, account: str) -> str:
        """The stable id of somebody who is mentioned: remembered, or asked of the conversation's roster."""
        known = await self._ports.memory.user_of(workspace, account)
        if known is not None:
            return known.user
        if not account.startswith("29:"):
            return account
        try:
            found = await self._connector.account(activity.service_url, activity.conversation, account)
        except DeliveryFailed as failed:
            log.info("a mentioned account could not be looked up: %s", failed)
            return account
        return text_at(found, "aadObjectId") or text_at(found, "objectId") or account

    async def _patiently(self, activity: Activity, workspace: str, work: Awaitable[None]) -> None:
        """Do the work before acknowledging; where it takes too long, keep the request and go on behind."""
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({task}, timeout=self._patience)
        if done:
            task.result()
            return
        now = self._ports.clock.now()
        kept = json.loads(json.dumps(activity.body))
        try:
            await self._ports.memory.take_in(Waiting(workspace, activity.delivery, kept, now))
        finally:
            self._errands.begin(self._finish(task, activity, workspace), "a late answer")

    async def _finish(self, task: asyncio.Future[None], activity: Activity, workspace: str) -> None:
        try:
            await task
            await self._ports.memory.take_out(workspace, activity.delivery)
        except Exception:
            log.exception("a request that took long met an error; it stays in the inbox")

    async def _apologise(self, activity: Activity, workspace: str) -> None:
        place = Place(workspace, "teams", "direct", activity.user)
        said = "Something broke on my side, and I wrote it down."
        try:
            await self._ports.say(place, Card(said, f"{said} {NEXT_STEP}"), f"teams sorry {activity.delivery}")
        except Exception:
            log.exception("even that could not be said")


_GONE = "That is from too long ago; I no longer have the rest of it."


def _card(kept: str | None) -> Card | None:
    if kept is None:
        return None
    try:
        return card_from_wire(json.loads(kept))
    except (ValueError, KeyError, TypeError):
        return None


def _addressed(activity: Activity) -> bool:
    """Whether words in front of several people are meant for Kept: it is mentioned; in a group chat, always.

    Teams hands a bot nothing of a group chat or channel that does not mention it, unless it was
    granted to read along; so what is not meant for it is left alone.
    """
    if activity.kind == "groupChat" or any(account == activity.bot for _, account, _ in mentioned(activity)):
        return True
    name = text_at(activity.body, "recipient", "name")
    return bool(name) and f"<at>{name}</at>".lower() in text_at(activity.body, "text").lower()

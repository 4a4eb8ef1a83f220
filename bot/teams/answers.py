"""What the asker sees: at once where Teams takes an answer in place, else in their own chat with Kept."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from bot.chat.card import Button, Card, Form, Text
from bot.chat.messenger import DeliveryFailed, Messenger
from bot.chat.named import named_in
from bot.chat.talk import Place, Reply, Utterance
from bot.teams import limits
from bot.teams.activities import Activity
from bot.teams.connector import Connector
from bot.teams.dialogs import form_card
from bot.teams.looks import Looks
from bot.teams.ports import Ports
from bot.teams.render import CONTENT_TYPE, attachment, draw, summary_of
from bot.teams.spans import Element

log = logging.getLogger(__name__)

MESSAGE = "application/vnd.microsoft.activity.message"
NEXT_STEP = "Try it once more in a minute."
_DONE = "Done."
_WAITS = "Not now: I have told you when to go on."
_HEADLINE = 60
"""Characters that a dialog's own line holds."""


def toast(text: str) -> dict[str, Any]:
    """A line that is shown for a moment to whoever pressed."""
    return {"statusCode": 200, "type": MESSAGE, "value": limits.fitted(text, limits.TOAST)}


BUSY = toast(f"I cannot do that right now. {NEXT_STEP}")


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a press: the house's reply, or a card from the shelf from piece `start` on, or a plain `note`.

    `again` says that the button draws its own card anew; `form` that the press sent a form off.
    """

    reply: Reply | None = None
    utterance: Utterance | None = None
    card: Card | None = None
    start: int = 0
    note: str = ""
    again: bool = False
    form: bool = False


class Answers:
    """Shows answers. One a process."""

    def __init__(self, ports: Ports, looks: Looks, connector: Connector, messenger: Messenger) -> None:
        """Put what cannot be shown at once into the outbox behind `ports`; a secret goes through `messenger` alone."""
        self._ports = ports
        self._looks = looks
        self._connector = connector
        self._messenger = messenger

    async def send(self, activity: Activity, workspace: str, answered: Answered) -> None:
        """Put an answer into the asker's own chat, once for each request."""
        if activity.personal and await self._asked_at_once(activity, answered):
            return
        if answered.reply is not None and await self._in_confidence(activity, workspace, answered.reply):
            return
        card = self._said(answered)
        if card is not None:
            await self._into_own_chat(activity, workspace, card)

    async def _asked_at_once(self, activity: Activity, answered: Answered) -> bool:
        """Put a form right into the chat. It promises nothing yet, so where that fails, a button asks for it."""
        form = answered.reply.form if answered.reply is not None else None
        if form is None:
            return False
        command = answered.utterance.text if answered.utterance is not None else ""
        card = form_card(form, command=command, errors=answered.reply.errors if answered.reply else {})
        said = {"type": "message", "from": {"id": activity.bot}, "summary": form.title}
        message = {**said, "conversation": {"id": activity.conversation}, "attachments": [attachment(card)]}
        try:
            await self._connector.post(activity.service_url, activity.conversation, message)
        except DeliveryFailed as failed:
            log.info("a form was not shown: %s", failed)
            return False
        return True

    async def in_place(self, activity: Activity, workspace: str, answered: Answered) -> dict[str, Any]:
        """What `Action.Execute` is answered with: a card in the pressed one's place, or a line and a private message.

        A card takes the place of the pressed one where that says the same anew, or was a form that
        nobody else sees; otherwise the pressed card would be lost for whoever pressed.
        """
        reply = answered.reply
        if answered.card is not None:
            return _replaced(await self._drawn(activity, workspace, answered.card, answered.start))
        if answered.note:
            return toast(answered.note)
        if reply is None:
            return toast(_DONE)
        if reply.form is not None:
            command = answered.utterance.text if answered.utterance is not None else ""
            if answered.form:
                return _replaced(form_card(reply.form, command=command, errors=reply.errors))
            await self._into_own_chat(activity, workspace, as_opener(reply.form, command))
            return toast(f"{reply.form.title}: I have asked in your chat with me.")
        if reply.card is None:
            if answered.form:
                return _replaced(await self._drawn(activity, workspace, Card(_DONE, _DONE, tone="good")))
            return toast(_WAITS if reply.refused else _DONE)
        if (answered.again and activity.personal) or answered.form:
            return _replaced(await self._drawn(activity, workspace, reply.card))
        if await self._in_confidence(activity, workspace, reply):
            return toast("I have answered in your chat with me.")
        if not _is_short(reply.card):
            await self._into_own_chat(activity, workspace, reply.card)
        return toast(summary_of(reply.card))

    async def current(self, activity: Activity, workspace: str) -> dict[str, Any]:
        """A message as it is now, for whoever looks at it: only the buttons that are theirs."""
        message = f"{activity.conversation} {activity.reply_to}"
        card = await self._ports.shown(workspace, message) if activity.reply_to else None
        if card is None:
            return {"statusCode": 200, "type": MESSAGE, "value": ""}
        return _replaced(await self._drawn(activity, workspace, card))

    async def dialog(self, workspace: str, activity: Activity, answered: Answered) -> dict[str, Any]:
        """What a dialog shows after it was sent off, or instead of being opened."""
        card = self._said(answered)
        if card is None:
            return {"type": "message", "value": _DONE}
        drawn = await self._drawn(activity, workspace, card)
        headline = card.title if len(card.title) <= _HEADLINE else "Kept"  # the card itself says it whole
        value = {"title": headline, "height": "medium", "width": "medium"}
        return {"type": "continue", "value": {**value, "card": attachment(drawn)}}

    def _said(self, answered: Answered) -> Card | None:
        if answered.note:
            return Card(answered.note, answered.note)
        if answered.card is not None:
            return answered.card
        reply = answered.reply
        if reply is not None and reply.form is not None:
            return as_opener(reply.form, answered.utterance.text if answered.utterance is not None else "")
        return None if reply is None else reply.card

    async def _in_confidence(self, activity: Activity, workspace: str, reply: Reply) -> bool:
        """Show a card that holds a secret in the asker's own chat, past the outbox, which would keep it.

        Where that fails, what the same request hears again is said instead.
        """
        if reply.card is None or reply.again is None:
            return False
        place = Place(workspace, "teams", "direct", activity.user, activity.user_name)
        try:
            await self._messenger.post(place, reply.card, delivery_id=activity.delivery, ref="")
        except DeliveryFailed as failed:
            log.warning("a secret was not shown: %s", failed)
            await self._into_own_chat(activity, workspace, reply.again)
        return True

    async def _into_own_chat(self, activity: Activity, workspace: str, card: Card) -> None:
        place = Place(workspace, "teams", "direct", activity.user, activity.user_name)
        await self._ports.say(place, card, f"teams answer {activity.delivery}")

    async def _drawn(self, activity: Activity, workspace: str, card: Card, start: int = 0) -> Element:
        way = await self._ports.memory.way(workspace, activity.user, activity.conversation, named_in(card))
        by = self._looks.of(workspace, card, way, shared=not activity.personal)
        drawn = draw(card, by.look, start=start, ref=card.ref)
        await by.keep()
        return drawn.card


def as_opener(form: Form, command: str) -> Card:
    """A form where no dialog can be opened by itself: what is missing, and the button that opens it."""
    missing = [field.label for field in form.fields if field.required and not field.value]
    wrong = [field.error for field in form.fields if field.error]
    said = f"I need: {', '.join(missing)}." if missing else "Look it over and send it."
    says = f"{(command or form.verb).rstrip('. …')} …"
    return Card(
        title=form.title,
        summary=f"{form.title}: {said}",
        blocks=(*(Text((each,)) for each in wrong), Text((said,))),
        buttons=(Button(f"{form.submit}…", says, "primary", form.version),),
    )


def _is_short(card: Card) -> bool:
    """Whether its one sentence is all that a card says."""
    return not card.buttons and len(card.blocks) <= 1 and len(summary_of(card)) <= limits.TOAST


def _replaced(card: Element) -> dict[str, Any]:
    return {"statusCode": 200, "type": CONTENT_TYPE, "value": card}

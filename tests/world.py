"""The world that behaviour is told in: the real house over a real database, a clock that is moved by hand,
and a wire that remembers every word. A word that nobody expected fails the test.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat.card import Button, Card, Form
from bot.chat.messenger import DeliveryFailed, MessageRef
from bot.chat.plain import text_of
from bot.chat.talk import Person, Place, Platform, Reply, Utterance
from bot.clock import MovableClock
from bot.house import House
from bot.jobs.travel import Travel

NEW_YORK = "America/New_York"
WORKSPACE = "company-x"
COMPANY_X = Path(__file__).parent / "company-x.yaml"
"""Company X with three promises; the shipped file goes on from there."""
UTC = ZoneInfo("UTC")


@dataclass(slots=True)
class Message:
    """One message as the platform now shows it; `versions` counts its edits."""

    ref: MessageRef
    card: Card
    delivery_id: str
    versions: int = 1
    heard: int = 0


@dataclass(slots=True)
class Wire:
    """A platform that works: it keeps what it is sent, by delivery id, and can be told to break."""

    platform: Platform = "web"
    messages: list[Message] = field(default_factory=list)
    failing: dict[str, DeliveryFailed] = field(default_factory=dict)

    async def post(self, place: Place, card: Card, *, delivery_id: str, ref: str, alerts: bool = False) -> MessageRef:
        self._maybe_fail(place)
        message = Message(MessageRef(place, f"m{len(self.messages) + 1}"), card, delivery_id)
        self.messages.append(message)
        return message.ref

    async def edit(self, message: MessageRef, card: Card, *, delivery_id: str) -> MessageRef:
        self._maybe_fail(message.place)
        found = next(each for each in self.messages if each.ref.id == message.id)
        found.card, found.versions = card, found.versions + 1
        return found.ref

    async def find(self, place: Place, delivery_id: str) -> MessageRef | None:
        return next((each.ref for each in self.messages if each.delivery_id == delivery_id), None)

    def _maybe_fail(self, place: Place) -> None:
        if place.id in self.failing:
            raise self.failing[place.id]


@dataclass(slots=True)
class Heard:
    """A message that was expected and came; what it says can be looked at."""

    world: World
    message: Message

    @property
    def text(self) -> str:
        """The whole card as plain text, moments in New York."""
        return text_of(self.message.card, NEW_YORK)

    def says(self, *parts: str) -> Heard:
        """Every part stands in it, in this order."""
        at = 0
        for part in parts:
            found = self.text.find(part, at)
            assert found >= 0, f"{part!r} is not in, or not in this order in:\n{self.text}"
            at = found + len(part)
        return self

    def offers(self, *labels: str) -> Heard:
        """These buttons and no others, in this order."""
        assert [button.label for button in self.message.card.buttons] == list(labels), self.text
        return self

    def button(self, label: str) -> Button:
        """A button by its label."""
        return next(each for each in self.message.card.buttons if each.label.startswith(label))


@dataclass(slots=True)
class Room:
    """A channel, or somebody's conversation with the bot, as a test speaks and listens there."""

    world: World
    place: Place

    async def says(self, member: str, words: str, *, delivery: str = "") -> Reply:
        """Somebody says words here; the answer that only he sees."""
        return await self.world.ask(self._utterance(member, delivery, text=words))

    async def fills(self, member: str, form: Form, **values: str) -> Reply:
        """Somebody fills in a form he was given, and submits it."""
        given = {each.name: each.value for each in form.fields if each.value} | dict(form.settled) | values
        utterance = self._utterance(member, "", verb=form.verb, arguments=given, via="form", version=form.version)
        return await self.world.ask(utterance)

    async def presses(self, member: str, label: str, *, on: Heard | None = None) -> Reply:
        """Somebody presses a button of the newest message here that has it."""
        found = on.message if on else next(
            each for each in reversed(self.world.in_place(self.place))
            if any(button.label.startswith(label) for button in each.card.buttons)
        )  # fmt: skip
        button = next(each for each in found.card.buttons if each.label.startswith(label))
        utterance = self._utterance(
            member, "", text=button.says, via="button", version=button.version, message=found.ref.id
        )
        return await self.world.ask(utterance)

    def hears(self, *parts: str) -> Heard:
        """The oldest message (or edit) here that no test has looked at yet; it says these parts in order."""
        unheard = [each for each in self.world.in_place(self.place) if each.heard < each.versions]
        assert unheard, f"nothing new was said in {self.place.id}"
        message = unheard[0]
        message.heard = message.versions
        return Heard(self.world, message).says(*parts)

    def hears_nothing(self) -> None:
        """Nothing new was said here."""
        unheard = [each for each in self.world.in_place(self.place) if each.heard < each.versions]
        assert not unheard, f"unexpected in {self.place.id}:\n" + "\n\n".join(
            text_of(each.card, NEW_YORK) for each in unheard
        )

    def _utterance(self, member: str, delivery: str, **parts: object) -> Utterance:
        world = self.world
        person = Person(WORKSPACE, self.place.platform, member, member)
        return Utterance(delivery or f"d{next(world.deliveries)}", person, self.place, world.clock.now(), **parts)  # type: ignore[arg-type]


@dataclass(slots=True)
class World:
    """Company X, or any agreement, with time in a test's hand."""

    house: House
    clock: MovableClock
    wire: Wire
    travelling: Travel
    deliveries: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    async def open(cls, url: str, at: datetime) -> World:
        """Open a house whose words go to a wire that remembers."""
        clock, wire = MovableClock(at), Wire()
        there: tuple[Platform, ...] = ("slack", "teams")
        others = {platform: Wire(platform, wire.messages, wire.failing) for platform in there}
        house = await House.open(url, clock, lambda _: {"web": wire, **others})
        return cls(house, clock, wire, Travel(house.database, lambda: WORKSPACE, clock, house.deliverer))

    async def close(self) -> None:
        await self.house.close()

    async def agrees(self, file: Path = COMPANY_X) -> None:
        """An agreement is applied from its file, and what it opens is opened."""
        await self.house.apply(WORKSPACE, "Company X", [file])
        await self.travelling.settle()

    def channel(self, name: str = "#smarketing") -> Room:
        return Room(self, Place(WORKSPACE, "web", "channel", name.removeprefix("#"), name))

    def direct(self, member: str, platform: Platform = "web") -> Room:
        """Somebody's own conversation with the bot; `member` is the user id there."""
        return Room(self, Place(WORKSPACE, platform, "direct", member, member))

    async def ask(self, utterance: Utterance) -> Reply:
        reply = await self.house.answering.answer(utterance)
        await self.house.deliverer.run_once()
        return reply

    async def travel_to(self, text: str, zone: str = NEW_YORK) -> None:
        """Go on to a moment such as "Fri 16 Oct 2026 17:00", stopping at everything on the way."""
        await self.travelling.advance_to(moment(text, zone))

    async def sleep_until(self, text: str, zone: str = NEW_YORK) -> None:
        """The bot is down until a moment; then one tick."""
        self.clock.set(moment(text, zone))
        await self.travelling.settle()

    def in_place(self, place: Place) -> list[Message]:
        return [
            each for each in self.wire.messages if (each.ref.place.kind, each.ref.place.id) == (place.kind, place.id)
        ]

    def everyone_heard_all(self) -> None:
        """Mark everything said so far as looked at: the test is about what comes."""
        for message in self.wire.messages:
            message.heard = message.versions

    def everyone_else_heard_nothing(self) -> None:
        """No word was said that this test has not looked at."""
        rest = [each for each in self.wire.messages if each.heard < each.versions]
        assert not rest, "unexpected:\n" + "\n\n".join(
            f"to {each.ref.place.id}:\n{text_of(each.card, NEW_YORK)}" for each in rest
        )


def moment(text: str, zone: str = NEW_YORK) -> datetime:
    """Read "Fri 16 Oct 2026 17:00" in a zone; the weekday must be right."""
    local = datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=ZoneInfo(zone))
    assert local.strftime("%a") == text[:3], f"{text} is a {local:%A}"
    return local.astimezone(UTC)


def private(reply: Reply) -> str:
    """What a private answer says, as plain text."""
    return "" if reply.card is None else text_of(reply.card, NEW_YORK)

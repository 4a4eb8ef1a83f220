"""The guided tour's hands: it does what a step says, through the same doors as anybody."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.chat.talk import Reply, Utterance
from bot.web.asides import Asides, OpenForm
from bot.web.inbound import Inbound, words_of
from bot.web.pages import see_other
from bot.web.ports import Ports
from bot.web.tour import Progress, begin, beginnings, read
from bot.web.travels import Travels
from bot.web.visits import Visit, visit_to
from slacore.errors import Refusal


class Guide:
    """Takes a visitor through `ports.tour`. Lives as long as the app."""

    def __init__(self, ports: Ports, inbound: Inbound, asides: Asides, travels: Travels) -> None:
        """Act through `inbound` and `travels`, as the page itself does."""
        self._ports = ports
        self._inbound = inbound
        self._asides = asides
        self._travels = travels

    async def start(self, request: web.Request) -> web.Response:
        """Begin in a fresh month, where the house can give one: at the first step, or at the part that is asked for."""
        if not self._ports.tour:
            problem, step = "This rehearsal has no tour.", "Walk in on your own."
            raise Refusal(problem, step)
        return await self._begin(self._asked(await request.post()))

    async def next(self, request: web.Request) -> web.Response:
        """Do the next step and show what came of it."""
        shown_from = str((await request.post()).get("from", ""))
        return await self._show((await self._progress(request)).onward, shown_from)

    async def skip(self, request: web.Request) -> web.Response:
        """Do all that is left, and show the end."""
        return await self._show(await self._on_to(len(self._ports.tour), await self._progress(request)))

    async def jump(self, request: web.Request) -> web.Response:
        """Show the beginning of another part: what lies between is done on the way, and what lies behind anew."""
        posted = await request.post()
        progress, asked = read(str(posted.get("tour", "")), self._ports.tour), self._asked(posted)
        if progress is None or asked <= progress.done:
            return await self._begin(asked)
        return await self._show(await self._on_to(asked, progress))

    async def _begin(self, at: int) -> web.Response:
        if self._ports.start_over is not None:
            await self._ports.start_over()
            self._asides.forget()
            self._ports.bell.ring_in_a_new_epoch()
        return await self._show(await self._on_to(at, begin()))

    async def _on_to(self, number: int, progress: Progress) -> Progress:
        """Do every step before one; the progress that shows it."""
        while progress.done < number - 1:
            progress = progress.onward
            await self._do(progress)
        return progress.onward

    def _asked(self, posted: Mapping[str, object]) -> int:
        """The step that is to be shown: the first one of a part, or of the tour where none is named."""
        written = str(posted.get("to", ""))
        return next((first for first, _ in beginnings(self._ports.parts) if str(first) == written), 1)

    async def _progress(self, request: web.Request) -> Progress:
        progress = read(str((await request.post()).get("tour", "")), self._ports.tour)
        if progress is None or progress.done >= len(self._ports.tour):
            problem, step = "The tour has no step after this one.", "Start it again from the first page."
            raise Refusal(problem, step)
        return progress

    async def _show(self, progress: Progress, shown_from: str = "") -> web.Response:
        """Do a step and show what is new since; a step that only looks shows what the one before it made."""
        since = await self._ports.messages.latest()
        here, reply = await self._do(progress)
        if self._ports.tour[progress.done - 1].only_looks and shown_from.isdecimal():
            since = int(shown_from)
        shown: dict[str, str | int] = {"from": since}
        if reply.refused != self._ports.tour[progress.done - 1].is_refused:
            shown["astray"] = 1
        if reply.form is not None:
            shown["form"] = progress.delivery
            self._asides.open(here.member.member_id, OpenForm(progress.delivery, reply.form, errors=reply.errors))
        return see_other(here.address("", **shown))

    async def _do(self, progress: Progress) -> tuple[Visit, Reply]:
        """Do one step: what happens on the way, the way, and what its person says; the answer to that."""
        step = self._ports.tour[progress.done - 1]
        here = await visit_to(self._ports, step.as_person, step.place, progress)
        for number, other in enumerate(step.meanwhile):
            there = await visit_to(self._ports, other.as_person, other.place, progress)
            delivery = f"{progress.delivery}-{number}"
            await self._travels.go(other.at, delivery=f"way-{delivery}", zone=here.member.zone)
            await self._say(there, other.says, delivery)
        if step.travel_to is not None:
            await self._travels.go(step.travel_to, delivery=f"way-{progress.delivery}", zone=here.member.zone)
        reply = await self._say(here, step.says, progress.delivery) if step.says else Reply()
        await self._ports.delivered()
        return here, reply

    async def _say(self, here: Visit, says: str, delivery: str) -> Reply:
        utterance = Utterance(delivery, here.person, here.place, self._ports.clock.now(), words_of(says))
        reply = await self._ports.ask(utterance)
        if reply.card is not None:
            await self._inbound.keep(here, utterance, reply.card, asked=says, refused=reply.refused)
        return reply

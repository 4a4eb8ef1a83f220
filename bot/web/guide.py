"""The guided tour's hands: it does what a step says, through the same doors as anybody."""

from __future__ import annotations

from aiohttp import web

from bot.chat.talk import Utterance
from bot.web.asides import Asides
from bot.web.inbound import Inbound, words_of
from bot.web.pages import see_other
from bot.web.ports import Ports
from bot.web.tour import Progress, begin, read
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

    async def start(self, _: web.Request) -> web.Response:
        """Begin at the first step, in a fresh month where the house can give one."""
        if not self._ports.tour:
            problem, step = "This rehearsal has no tour.", "Walk in on your own."
            raise Refusal(problem, step)
        if self._ports.start_over is not None:
            await self._ports.start_over()
            self._asides.forget()
            self._ports.bell.ring_in_a_new_epoch()
        return await self._show(begin().onward)

    async def next(self, request: web.Request) -> web.Response:
        """Do the next step and show what came of it."""
        return await self._show((await self._progress(request)).onward)

    async def skip(self, request: web.Request) -> web.Response:
        """Do all that is left, and show the end."""
        progress = await self._progress(request)
        while progress.done < len(self._ports.tour) - 1:
            progress = progress.onward
            await self._do(progress)
        return await self._show(progress.onward)

    async def _progress(self, request: web.Request) -> Progress:
        progress = read(str((await request.post()).get("tour", "")), self._ports.tour)
        if progress is None or progress.done >= len(self._ports.tour):
            problem, step = "The tour has no step after this one.", "Start it again from the first page."
            raise Refusal(problem, step)
        return progress

    async def _show(self, progress: Progress) -> web.Response:
        since = await self._ports.messages.latest()
        here, astray = await self._do(progress)
        shown: dict[str, str | int] = {"from": since, "astray": 1} if astray else {"from": since}
        return see_other(here.address("", **shown))

    async def _do(self, progress: Progress) -> tuple[Visit, bool]:
        """Do one step as its person; whether the answer was a refusal."""
        step = self._ports.tour[progress.done - 1]
        here = await visit_to(self._ports, step.as_person, step.place, progress)
        refused = False
        if step.travel_to is not None:
            await self._travels.go(step.travel_to, delivery=progress.delivery, zone=here.member.zone)
        if step.says:
            utterance = Utterance(
                delivery=progress.delivery,
                person=here.person,
                place=here.place,
                at=self._ports.clock.now(),
                text=words_of(step.says),
            )
            reply = await self._ports.ask(utterance)
            if reply.card is not None:
                await self._inbound.keep(here, utterance, reply.card, asked=step.says, refused=reply.refused)
            refused = reply.refused
        await self._ports.delivered()
        return here, refused

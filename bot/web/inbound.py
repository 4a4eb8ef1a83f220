"""A posted form becomes an Utterance; the answer becomes a private line, a form, or nothing.

Works the same with the page's script, which asks for JSON and puts the answer in place, and
without, where the browser is sent back to the room.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web
from multidict import MultiDictProxy

from bot.chat.card import Card, Form
from bot.chat.legible import legible
from bot.chat.talk import Attachment, Reply, Utterance
from bot.web.asides import Aside, Asides, OpenForm
from bot.web.forms import FIELD, SETTLED
from bot.web.pages import Pages, see_other, wants_json
from bot.web.ports import Ports
from bot.web.travels import BYS, By, Travels
from bot.web.visits import Visit, visit
from slacore.errors import Refusal

_DELIVERY = re.compile(r"[A-Za-z0-9-]{8,64}")
_ADDRESSED = re.compile(r"\s*(?:/sla\b|@kept\b[,:]?)\s*", re.IGNORECASE)
_HANDOFF = re.compile(r"\s*/handoff\b", re.IGNORECASE)
_LOCAL_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?")

Posted = MultiDictProxy[str | bytes | bytearray | web.FileField]


def words_of(text: str) -> str:
    """What was asked, without the way it was addressed.

    `/sla status`, `@Kept status` and `status` are the same words; `/handoff 25 leads` says
    `handoff 25 leads`; `/sla` alone asks for help, as it does in Slack.
    """
    if handing := _HANDOFF.match(text):
        return f"handoff{text[handing.end() :]}".strip()
    addressed = _ADDRESSED.match(text)
    return (text[addressed.end() :].strip() or "help") if addressed else text.strip()


class Inbound:
    """Answers what a page posts. Lives as long as the app."""

    def __init__(self, ports: Ports, pages: Pages, asides: Asides, travels: Travels) -> None:
        """Ask the house behind `ports`."""
        self._ports = ports
        self._pages = pages
        self._asides = asides
        self._travels = travels

    async def say(self, request: web.Request) -> web.Response:
        """Words typed into the box."""
        here, posted = await visit(request, self._ports), await request.post()
        typed = _text(posted, "text")
        if not typed.strip():
            return await self._done(request, here)
        utterance = replace(self._utterance(here, posted), text=words_of(typed), files=_files(posted, "list"))
        return await self._ask(request, here, utterance, asked=typed.strip())

    async def press(self, request: web.Request) -> web.Response:
        """A button: a command that nobody had to type."""
        here, posted = await visit(request, self._ports), await request.post()
        says = _text(posted, "says")
        utterance = replace(
            self._utterance(here, posted),
            text=says,
            via="button",
            version=_version(posted),
            message=_text(posted, "message"),
        )
        return await self._ask(request, here, utterance, asked=says)

    async def form(self, request: web.Request) -> web.Response:
        """A form, filled in."""
        here, posted = await visit(request, self._ports), await request.post()
        values = {
            name.removeprefix(FIELD): _LOCAL_MOMENT.sub(r"\1 \2", legible(value))
            for name, value in posted.items()
            if name.startswith(FIELD) and isinstance(value, str)
        }
        settled = {
            name.removeprefix(SETTLED): legible(value)
            for name, value in posted.items()
            if name.startswith(SETTLED) and isinstance(value, str)
        }
        utterance = replace(
            self._utterance(here, posted),
            verb=_text(posted, "verb"),
            arguments=settled | {name: value for name, value in values.items() if value},
            via="form",
            version=_version(posted),
            files=tuple(
                each for name in dict.fromkeys(posted) if name.startswith(FIELD) for each in _files(posted, name)
            ),
        )
        form_id = _text(posted, "form")
        opened = self._asides.form(here.member.member_id, form_id)
        reply = await self._ports.ask(utterance)
        if reply.errors and reply.form is None and opened is not None:
            reply = replace(reply, form=opened.form)
        if reply.form is None:
            self._asides.close(here.member.member_id, form_id)
        return await self._answer(request, here, utterance, reply, asked="", values=values)

    async def dismiss(self, request: web.Request) -> web.Response:
        """Take a private line away."""
        here = await visit(request, self._ports)
        self._asides.dismiss(here.member.member_id, here.place, _text(await request.post(), "aside"))
        return await self._done(request, here)

    async def clock(self, request: web.Request) -> web.Response:
        """Move the rehearsal's clock."""
        here, posted = await visit(request, self._ports), await request.post()
        by = _text(posted, "by")
        if by not in BYS:
            problem, step = "The clock does not know that move.", "Choose one of its buttons."
            raise Refusal(problem, step)
        delivery = self._utterance(here, posted).delivery
        chosen: By = by  # type: ignore[assignment]  # one of BYS, which are By's
        await self._travels.move(chosen, delivery=delivery, zone=here.member.zone)
        await self._ports.delivered()
        return await self._done(request, here)

    async def completions(self, request: web.Request) -> web.Response:
        """Ways to go on typing, as JSON."""
        here = await visit(request, self._ports)
        typed = request.query.get("text", "")[:500]
        ways = await self._ports.complete(here.person, here.place, typed)
        return web.json_response([{"insert": way.insert, "label": way.label, "hint": way.hint} for way in ways])

    def _utterance(self, here: Visit, posted: Posted) -> Utterance:
        """The request without its words. Raises Refusal where the page gave it no id of its own."""
        delivery = _text(posted, "delivery")
        if not _DELIVERY.fullmatch(delivery):
            problem, step = "That request carried no id, so it could be carried out twice.", "Load the page anew."
            raise Refusal(problem, step)
        return Utterance(
            delivery=f"web-{here.member.member_id}-{delivery}",
            person=here.person,
            place=here.place,
            at=self._ports.clock.now(),
        )

    async def _ask(self, request: web.Request, here: Visit, utterance: Utterance, asked: str) -> web.Response:
        reply = await self._ports.ask(utterance)
        return await self._answer(request, here, utterance, reply, asked=asked)

    async def _answer(
        self,
        request: web.Request,
        here: Visit,
        utterance: Utterance,
        reply: Reply,
        *,
        asked: str,
        values: Mapping[str, str] | None = None,
    ) -> web.Response:
        line = opened = None
        if reply.card is not None:
            line = await self.keep(here, utterance, reply.card, asked=asked, refused=reply.refused)
        if reply.form is not None:
            opened = self._open(here, utterance, reply.form, values or {}, reply.errors)
        elif reply.errors:
            line = await self.keep(here, utterance, _sentences(reply.errors), asked=asked, refused=True)
        if reply == Reply():
            await self._ports.delivered()
        return await self._done(request, here, line, opened)

    async def keep(self, here: Visit, utterance: Utterance, card: Card, *, asked: str, refused: bool) -> Aside:
        """Keep a private answer where the asker stands."""
        after = await self._ports.messages.latest()
        line = Aside(utterance.delivery, asked, card, refused, self._ports.clock.now(), after)
        self._asides.keep(here.member.member_id, here.place, line)
        return line

    def _open(
        self, here: Visit, utterance: Utterance, form: Form, values: Mapping[str, str], errors: Mapping[str, str]
    ) -> OpenForm:
        opened = OpenForm(utterance.delivery.rsplit("-", 1)[-1], form, values, errors)
        self._asides.open(here.member.member_id, opened)
        return opened

    async def _done(
        self, request: web.Request, here: Visit, line: Aside | None = None, opened: OpenForm | None = None
    ) -> web.Response:
        if wants_json(request):
            return web.json_response(
                {
                    "line": self._pages.aside(line, here) if line else "",
                    "form": self._pages.form(opened, here) if opened else "",
                }
            )
        to = here.address(form=opened.id) if opened else here.address()
        return see_other(f"{to}#a-{line.id}" if line else to)


def _text(posted: Posted, name: str) -> str:
    value = posted.get(name, "")
    return str(legible(value)) if isinstance(value, str) else ""


def _files(posted: Posted, name: str) -> tuple[Attachment, ...]:
    """What was attached; a field for a file in which none was chosen comes with an empty name."""
    found = posted.getall(name, [])
    return tuple(
        Attachment(each.filename, each.content_type, each.file.read())
        for each in found
        if isinstance(each, web.FileField) and each.filename
    )


def _version(posted: Posted) -> int | None:
    written = _text(posted, "version")
    return int(written) if written.isdecimal() and written.isascii() and len(written) < 16 else None


def _sentences(errors: Mapping[str, str]) -> Card:
    """What was wrong with a form that is no longer open."""
    return Card(title=" ".join(errors.values()), summary=" ".join(errors.values()), tone="warning")

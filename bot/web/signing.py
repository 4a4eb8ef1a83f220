"""The page behind a link to sign by: the whole text for somebody without an account, and his answer.

Nothing but the link says who somebody is, so the page shows one proposal and takes one answer.
Looking at it changes nothing: mail programs and chat platforms open links before people do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.cards.capacities import beyond
from bot.cards.papers import Paper
from bot.chat.legible import legible
from bot.clock import Clock
from bot.desk.agreements import links
from bot.desk.drafts import papers
from bot.desk.sitting import CLOCK, Sitting, sit
from bot.documents.prose import passages
from bot.store.database import Database, DatabaseGone
from bot.store.links import Link
from bot.store.tx import Tx
from bot.web import moments
from bot.web.guard import HEADERS, NO_FORM
from slacore.amendments import Amendment
from slacore.errors import Refusal

_HERE = Path(__file__).parent
_PAGE = "/sign/{workspace}/{token}"
_LONGEST = 200
_STYLES = ("rehearsal.css", "paper.css")


@dataclass(frozen=True, slots=True)
class SigningPorts:
    """What the page is connected to; `delivered` sends what an answer gave rise to."""

    database: Database
    clock: Clock
    delivered: Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was posted: yes or no, the name or the reason with it, and which state of the draft it is about."""

    declines: bool
    words: str
    revision: int
    despite: str


def signing_routes(ports: SigningPorts) -> list[web.RouteDef]:
    """The page, its answer, and its style."""
    page = _Pages(ports)
    return [
        web.get("/sign/style/{name}", page.style),
        web.get(_PAGE, page.guarded(page.look)),
        web.post(_PAGE, page.guarded(page.answer)),
    ]


Handler = Callable[[web.Request], Awaitable[web.Response]]


class _Pages:
    def __init__(self, ports: SigningPorts) -> None:
        self._ports = ports
        self._styles = {name: (_HERE / "static" / name).read_bytes() for name in _STYLES}
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, auto_reload=False
        )
        marks = {name: hashlib.sha256(body).hexdigest()[:12] for name, body in self._styles.items()}
        self._templates.globals["styles"] = [f"/sign/style/{name}?v={marks[name]}" for name in _STYLES]

    async def style(self, request: web.Request) -> web.Response:
        body = self._styles.get(request.match_info["name"])
        if body is None:
            raise web.HTTPNotFound
        return web.Response(body=body, content_type="text/css", headers={"Cache-Control": "max-age=86400"})

    def guarded(self, handler: Handler) -> Handler:
        """Say what cannot be as a page, and let nobody keep, frame or pass on what is shown."""

        async def answered(request: web.Request) -> web.Response:
            try:
                response = await handler(request)
            except Refusal as refusal:
                response = self._draw("signed.html", 404, problem=refusal.problem, next_step=refusal.next_step)
            except DatabaseGone:
                problem, step = "The record cannot be reached just now.", "Try the same link again in a minute."
                response = self._draw("signed.html", 503, problem=problem, next_step=step)
            response.headers.update({**HEADERS, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
            return response

        return answered

    async def look(self, request: web.Request) -> web.Response:
        workspace, token = _address(request)

        async def read(tx: Tx) -> tuple[Paper, Link]:
            draft, link = await links.open_(await self._sit(tx), token)
            return await papers.paper_of(await self._sit(tx), draft), link

        paper, link = await self._ports.database.read(workspace, read)
        return self._page(paper, link)

    async def answer(self, request: web.Request) -> web.Response:
        workspace, token = _address(request)
        answer = await _posted(request)

        async def write(tx: Tx) -> tuple[Amendment, Link, str]:
            sitting = await self._sit(tx)
            draft, link = await links.open_(sitting, token)
            if wrong := _lacks(answer, draft.terms.name_of(link.member)):
                return draft, link, wrong
            declines = answer.words if answer.declines else None
            if not answer.declines and not answer.despite and await self._wants_reason(sitting, draft):
                return draft, link, "Say why you sign although there are not the hours for it, or decline."
            done = await links.answer(sitting, token, answer.revision, declines=declines, despite=answer.despite)
            return done, link, ""

        draft, link, wrong = await self._ports.database.write(workspace, write)
        if wrong:
            paper = await self._ports.database.read(workspace, lambda tx: self._paper(tx, draft))
            return self._page(paper, link, wrong=wrong, status=422)
        await self._ports.delivered()
        return self._draw("signed.html", 200, problem=_thanks(draft), next_step=_next(draft))

    async def _wants_reason(self, sitting: Sitting, draft: Amendment) -> bool:
        paper = await papers.paper_of(sitting, draft)
        return bool(paper.beyond) and not paper.overridden

    async def _paper(self, tx: Tx, draft: Amendment) -> Paper:
        return await papers.paper_of(await self._sit(tx), draft)

    async def _sit(self, tx: Tx) -> Sitting:
        return await sit(tx, self._ports.clock.now(), CLOCK, links.VIA)

    def _page(self, paper: Paper, link: Link, *, wrong: str = "", status: int = 200) -> web.Response:
        draft, terms = paper.draft, paper.draft.terms
        return self._draw(
            "sign.html",
            status,
            key=draft.key,
            name=terms.name,
            reader=terms.name_of(link.member),
            sides=" and ".join(party.name for party in terms.parties if party.signs == link.member),
            asked_by=terms.name_of(link.made_by),
            until=moments.write(link.expires_at, terms.zone, "day"),
            changes=paper.gist,
            because=draft.because,
            beyond=[
                f"{each.commitment.name}, of {each.party.name}: {' '.join(beyond(each.capacity))}"
                for each in paper.beyond
            ],
            wants_reason=bool(paper.beyond) and not paper.overridden,
            remarks=[(terms.name_of(each.member), each.text) for each in paper.remarks],
            signed=[
                f"{terms.name_of(each.member)} for {terms.party(each.party).name}, "
                + moments.write(each.signed_at, terms.zone, "day")
                for each in terms.signatures
            ],
            passages=passages(terms),
            revision=draft.revision,
            wrong=wrong,
        )

    def _draw(self, template: str, status: int, **context: object) -> web.Response:
        text = self._templates.get_template(template).render(**context)
        return web.Response(text=text, content_type="text/html", status=status)


def _address(request: web.Request) -> tuple[str, str]:
    workspace, token = request.match_info["workspace"], request.match_info["token"]
    if max(len(workspace), len(token)) > _LONGEST or legible(workspace + token) != workspace + token:
        raise Refusal("This link leads nowhere.", "Check that you have all of it, or ask for a new one.")
    return workspace, token


async def _posted(request: web.Request) -> _Answer:
    try:
        posted = await request.post()
    except NO_FORM as error:
        raise Refusal("That was no answer.", "Load the page again.") from error
    does, revision = posted.get("does"), posted.get("revision")
    declines = does == "decline"
    words = posted.get("reason" if declines else "name")
    if does not in ("sign", "decline") or not isinstance(revision, str) or not revision.isdecimal():
        raise Refusal("That was no answer.", "Load the page again.")
    return _Answer(declines, _line(words), int(revision[:15]), _line(posted.get("despite")))


def _line(words: object) -> str:
    return " ".join(legible(words).split())[:500] if isinstance(words, str) else ""


def _lacks(answer: _Answer, name: str) -> str:
    """What an answer lacks to be meant: a reason to decline, one's own name to sign."""
    if answer.declines:
        return "" if answer.words else "Say why you decline, so that the others can answer it."
    same = answer.words.casefold() == " ".join(name.split()).casefold()
    return "" if same else f"Type your name as it stands here, {name}, to sign."


def _thanks(draft: Amendment) -> str:
    match draft.state:
        case "declined":
            return f"You have declined {draft.key}."
        case "signed":
            return f"You have signed {draft.key}, as the last one."
        case _:
            return f"You have signed {draft.key}."


def _next(draft: Amendment) -> str:
    if draft.state == "declined":
        return "Everybody concerned hears your reason. Nothing comes of this proposal; what is in force stays."
    if draft.state == "signed":
        return "It counts from its first day on. This link is used up; you can close the page."
    names = ", ".join(draft.terms.name_of(party.signs) for party in draft.terms.unsigned())
    return f"It waits for {names} now, and counts for nothing before. This link is used up; you can close the page."

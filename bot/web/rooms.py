"""The pages a person loads: the first one, and a room with its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.chat.said import Said
from bot.chat.talk import Place
from bot.web import moments
from bot.web.asides import Aside, Asides
from bot.web.faces import face
from bot.web.links import person_link, person_links, read_here, room_links
from bot.web.pages import THEMES, Pages, see_other
from bot.web.ports import Ports
from bot.web.tour import DIRECT, Progress, TourStep, beginnings, minutes_of
from bot.web.travels import Travels
from bot.web.visits import NotHere, Visit, address, visit

PAGE = 40
"""Messages on a page of the timeline; earlier ones are a click away."""
HINT = "Try help, status or mine, or ask in your own words."


@dataclass(frozen=True, slots=True)
class _Item:
    html: str
    day: str
    day_label: str


class Rooms:
    """Answers the addresses that only look. Lives as long as the app."""

    def __init__(self, ports: Ports, pages: Pages, asides: Asides, travels: Travels) -> None:
        """Show what `ports` and `asides` hold."""
        self._ports = ports
        self._pages = pages
        self._asides = asides
        self._travels = travels

    async def front(self, request: web.Request) -> web.Response:
        """What this is, the way in, and who is here."""
        ports = self._ports
        cast, channels = await ports.cast(), await ports.channels()
        start = channels[0].id if channels else DIRECT
        return self._pages.page(
            request,
            "front.html",
            company=ports.company,
            people=[person_link(member, address(member.member_id, start)) for member in cast],
            clock=await face(ports.clock, cast[0].zone, self._travels.going_to) if cast else None,
            tour_steps=len(ports.tour) if cast else 0,
            tour_minutes=minutes_of(ports.tour),
            tour_parts=beginnings(ports.parts),
            used=await ports.messages.latest() > 0,
            can_start_over=ports.start_over is not None,
        )

    async def door(self, request: web.Request) -> web.StreamResponse:
        """`/rehearsal` and `/rehearsal/amy`: on to a room."""
        cast, channels = await self._ports.cast(), await self._ports.channels()
        name = request.match_info.get("person", "")
        member = next((member for member in cast if name in {"", member.member_id}), None)
        if member is None:
            raise NotHere("Nobody of that name plays in this rehearsal.", "Choose somebody from the cast.")
        return see_other(address(member.member_id, channels[0].id if channels else DIRECT))

    async def asset(self, request: web.Request) -> web.Response:
        """A style sheet, script or picture of the pages; its address changes when it does."""
        asset = self._pages.assets.get(request.match_info["name"])
        if asset is None:
            raise NotHere("There is no such file.", "Go to the first page.")
        kept = "public, max-age=31536000, immutable" if request.query.get("v") == asset.mark else "no-cache"
        return web.Response(body=asset.body, content_type=asset.kind, charset="utf-8", headers={"Cache-Control": kept})

    async def choose_theme(self, request: web.Request) -> web.Response:
        """Remember light or dark in this browser; the one thing a cookie is used for."""
        posted = await request.post()
        chosen, back = str(posted.get("theme", "")), str(posted.get("back", ""))
        here = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
        response = see_other(here)
        response.set_cookie(
            "theme", chosen if chosen in THEMES else "auto", max_age=31536000, samesite="Lax", httponly=False
        )
        return response

    async def room(self, request: web.Request) -> web.Response:
        """A room as one person sees it."""
        ports, here = self._ports, await visit(request, self._ports)
        before = _number(request.query.get("before", ""))
        since = _number(request.query.get("from", ""))
        # The cursor is taken first: what arrives while the page is drawn is pushed, at worst twice.
        after = await ports.messages.latest()
        said = await ports.messages.list(here.place, before=before, limit=PAGE + 1)
        older = len(said) > PAGE
        said = said[-PAGE:]
        if before is None:
            await read_here(here, ports)
        rooms, people = await room_links(here, ports), await person_links(here, ports)
        open_form = self._asides.form(here.member.member_id, request.query.get("form", ""))
        return self._pages.page(
            request,
            "room.html",
            company=ports.company,
            you=here.member,
            place=here.name,
            slug=here.slug,
            played=here.played,
            topic=here.channel.topic if here.channel else f"{here.member.name}’s own conversation",
            rooms=rooms,
            people=people,
            unread_elsewhere=sum(room.unread for room in rooms) + sum(person.unread for person in people),
            clock=await face(ports.clock, here.member.zone, self._travels.going_to),
            timeline=self._timeline(here, said, since, whole=before is None),
            older=here.address(before=said[0].id) if older else "",
            newer=here.address() if before is not None else "",
            empty=_empty(here),
            thread=await self._thread(here, request.query.get("thread", "")),
            form=self._pages.form(open_form, here) if open_form else "",
            tour=_tour(here.tour, ports, here, since=since, astray="astray" in request.query),
            tour_steps=len(ports.tour),
            can_start_over=ports.start_over is not None,
            hint=HINT,
            might_say=here.member.might_say,
            says=here.address("say"),
            moves=here.address("clock"),
            completions=here.address("completions"),
            events=here.address("events"),
            here=here.address(),
            after=f"{ports.bell.epoch}-{after}",
        )

    def _timeline(self, here: Visit, said: Sequence[Said], since: int | None, *, whole: bool) -> list[_Item]:
        """Messages and private lines in the order they were said, under the days they were said on."""
        entries: list[tuple[tuple[int, int], Said | Aside]] = [((message.id, 0), message) for message in said]
        first = said[0].id if said else 0
        lines = self._asides.lines(here.member.member_id, here.place)
        entries += [
            ((line.after, number + 1), line) for number, line in enumerate(lines) if whole and line.after >= first - 1
        ]
        items, day_before = [], ""
        for _, entry in sorted(entries, key=lambda item: item[0]):
            day = moments.on_date(entry.said_at, here.member.zone)
            html = (
                self._pages.entry(entry, here, fresh=since is not None and entry.revision > since)
                if isinstance(entry, Said)
                else self._pages.aside(entry, here, fresh=_of_this_step(entry, here.tour))
            )
            label = "" if day.isoformat() == day_before else moments.long_day(day)
            items.append(_Item(html, day.isoformat(), label))
            day_before = day.isoformat()
        return items

    async def _thread(self, here: Visit, written: str) -> dict[str, object] | None:
        number = _number(written)
        root = None if number is None else await self._ports.messages.get(number)
        if root is None or (root.place.kind, root.place.id) != (here.place.kind, here.place.id):
            return None
        under = Place(
            here.place.workspace, here.place.platform, here.place.kind, here.place.id, here.place.name, str(root.id)
        )
        replies = await self._ports.messages.list(under, limit=200)
        return {
            "id": root.id,
            "close": here.address(),
            "root": self._pages.entry(root, here, heads_thread=True),
            "replies": [self._pages.entry(reply, here) for reply in replies],
        }


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and written.isascii() and len(written) < 16 else None


def _empty(here: Visit) -> str:
    if here.channel is None:
        return "Kept has not written to you yet. What concerns only you will be said here."
    return f"Nothing has been said in {here.name} yet. Hand something over, or move the clock on."


def _of_this_step(line: Aside, tour: Progress | None) -> bool:
    return tour is not None and line.id == tour.delivery


def _tour(
    done: Progress | None, ports: Ports, here: Visit, *, since: int | None, astray: bool
) -> dict[str, object] | None:
    if done is None:
        return None
    script = ports.tour
    step = script[done.done - 1]
    parts = beginnings(ports.parts)
    return {
        "parts": parts,
        "part": max((first, name) for first, name in parts if first <= done.done),
        "progress": str(done),
        "number": done.done,
        "steps": len(script),
        "title": step.title,
        "narration": step.narration,
        "since": "" if since is None else since,
        "astray": astray,
        "upcoming": _upcoming(script[done.done], here) if done.done < len(script) else "",
        "leave": address(here.member.member_id, here.slug),
    }


def _upcoming(step: TourStep, here: Visit) -> str:
    """What pressing Next will do, said before it is done."""
    names = {member.member_id: member.name for member in here.cast}
    parts = []
    if step.travel_to is not None:
        parts.append(f"time passes until {moments.write(step.travel_to, here.member.zone)}")
    for person in dict.fromkeys(other.as_person for other in step.meanwhile):
        said = ", ".join(f"“{other.says}”" for other in step.meanwhile if other.as_person == person)
        parts.append(f"on the way {names.get(person)} types {said}")
    if step.says:
        parts.append(f"then {names.get(step.as_person)} types “{step.says}”")
    if step.only_looks:
        rooms = {channel.id: channel.shown for channel in here.channels}
        where = "in private" if step.place == DIRECT else f"in {rooms.get(step.place, step.place)}"
        parts.append(f"a look at what {names.get(step.as_person)} sees {where}")
    return f"{'; '.join(parts).removeprefix('then ')}."

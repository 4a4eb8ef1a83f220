"""Templates, and the pieces of a page that are drawn alone: a message, a private line, a form, an error."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.charts.svg import STYLESHEET
from bot.chat.card import Option
from bot.chat.said import Said
from bot.web import forms, moments, render
from bot.web.asides import Aside, OpenForm
from bot.web.faces import Face
from bot.web.ports import Ports
from bot.web.visits import Visit, reader

_HERE = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages refer to: what it holds, of which kind, and a mark that changes with it."""

    body: bytes
    kind: str
    mark: str


def new_delivery() -> str:
    """A fresh id for a request that a page may make."""
    return secrets.token_hex(9)


def theme(request: web.Request) -> str:
    """Whether this browser chose light, dark, or what its system says."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else "auto"


class Pages:
    """Draws the door's HTML. Lives as long as the app; templates and files are read once."""

    def __init__(self, ports: Ports, token: str) -> None:
        """Draw for the house behind `ports`; put `token` into every form."""
        self._ports = ports
        self._token = token
        self.assets = {
            path.name: Asset(path.read_bytes(), _TYPES[path.suffix], hashlib.sha256(path.read_bytes()).hexdigest()[:12])
            for path in sorted((_HERE / "static").iterdir())
        }
        charts = STYLESHEET.encode()
        self.assets["charts.css"] = Asset(charts, "text/css", hashlib.sha256(charts).hexdigest()[:12])
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["asset"] = lambda name: f"/static/{name}?v={self.assets[name].mark}"
        self._parts = self._templates.get_template("parts.html").module

    def draw(self, template: str, **context: object) -> Markup:
        """A template, filled in; it also finds the token, and a fresh delivery id for its forms."""
        filled = self._templates.get_template(template).render(
            token=self._token, delivery=new_delivery(), parts=self._parts, **context
        )
        return Markup(filled)  # noqa: S704  # autoescaped by the template engine

    def page(self, request: web.Request, template: str, status: int = 200, **context: object) -> web.Response:
        """A whole page."""
        text = self.draw(template, theme=theme(request), **context)
        return web.Response(text=text, content_type="text/html", status=status)

    def error(self, request: web.Request, status: int, problem: str, next_step: str) -> web.Response:
        """What went wrong and what to do now: for a script as words, for a person as a page."""
        if wants_json(request):
            return web.json_response({"problem": problem, "next_step": next_step}, status=status)
        # A refused request goes back to its room; a page that does not exist goes to the first one.
        room = request.path.rsplit("/", 1)[0] if request.method == "POST" and "person" in request.match_info else "/"
        label = "To the first page" if room == "/" else "Back to the room"
        return self.page(
            request, "error.html", status, problem=problem, next_step=next_step, back=room, back_label=label
        )

    def entry(self, said: Said, visit: Visit, *, fresh: bool = False, heads_thread: bool = False) -> Markup:
        """A message on the timeline, its moments, names and buttons as the visitor has them.

        At the head of its thread it is shown a second time, under another id and without buttons.
        """
        seen_by, zone, card = reader(visit, self._ports), visit.member.zone, said.card
        day = moments.on_date(said.said_at, zone)
        return self.draw(
            "entry.html",
            said=said,
            fresh=fresh,
            entry_id=f"{'t' if heads_thread else 'm'}{said.id}",
            title=render.words(card.title),
            summary=render.plain(card.summary),
            ref="" if not said.ref or said.ref in card.title else render.plain(said.ref),
            blocks=render.blocks(
                card, seen_by, self._ports.draw, lambda at: visit.address("file", message=said.id, at=at)
            ),
            buttons="" if heads_thread else render.buttons(card, seen_by, self._pressing(visit), message=str(said.id)),
            said_at=render.moment(said.said_at, seen_by, "time"),
            edited_at=said.edited_at and render.moment(said.edited_at, seen_by, _shown(said.edited_at, day, zone)),
            thread=visit.address(thread=said.id),
            day=day.isoformat(),
            day_label=moments.long_day(day),
        )

    def aside(self, aside: Aside, visit: Visit, *, fresh: bool = False) -> Markup:
        """A private line on the timeline, with the words it answers."""
        seen_by, card = reader(visit, self._ports), aside.card
        day = moments.on_date(aside.said_at, visit.member.zone)
        return self.draw(
            "aside.html",
            aside=aside,
            fresh=fresh,
            title=render.words(card.title),
            summary=render.plain(card.summary),
            asked=render.words(_cut(aside.asked)) if aside.asked else "",
            blocks=render.blocks(card, seen_by, self._ports.draw),
            buttons=render.buttons(card, seen_by, self._pressing(visit)),
            said_at=render.moment(aside.said_at, seen_by, "time"),
            dismiss=visit.address("dismiss"),
            day=day.isoformat(),
            day_label=moments.long_day(day),
        )

    def form(self, open_form: OpenForm, visit: Visit) -> Markup:
        """An open form, with what was typed so far and what was wrong with it."""
        form, errors = open_form.form, open_form.errors
        named = {field.name for field in form.fields}
        return self.draw(
            "form.html",
            open=open_form,
            action=visit.address("form"),
            cancel=visit.address(),
            version="" if form.version is None else form.version,
            title=render.words(form.title),
            intro=render.spans(form.intro, reader(visit, self._ports)),
            submit=render.words(form.submit),
            stray=" ".join(sentence for name, sentence in errors.items() if name not in named),
            fields=forms.fields(
                form,
                form_id=f"f{open_form.id}",
                people=[Option(member.name, f"@{member.member_id}") for member in visit.cast],
                values=open_form.values,
                errors=errors,
            ),
        )

    def face(self, clock: Face) -> Markup:
        """The clock's face alone, for a page that is open while time passes."""
        drawn: Markup = self._parts.face(clock)  # type: ignore[attr-defined]  # a macro of the template
        return drawn

    def _pressing(self, visit: Visit) -> render.Pressing:
        return render.Pressing(visit.address("press"), self._token, new_delivery)


def see_other(to: str) -> web.Response:
    """Send the browser on to a page of ours, which it loads anew."""
    return web.Response(status=303, headers={"Location": to})


def wants_json(request: web.Request) -> bool:
    """Whether our script asks, which puts the answer into the page by itself."""
    return "application/json" in request.headers.get("Accept", "")


def _cut(asked: str, most: int = 300) -> str:
    return asked if len(asked) <= most else f"{asked[:most]}… (+{len(asked) - most} more characters)"


def _shown(edited_at: datetime, said_on: date, zone: str) -> moments.Shows:
    return "time" if moments.on_date(edited_at, zone) == said_on else "day and time"

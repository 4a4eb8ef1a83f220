"""A stage set for looking at the room: Company X played by a few lines of pretence.

`python -m tests.bot.web.demo [port]` serves it. Nothing here counts anything properly; it is there
so that the pages can be looked at before, and apart from, the house behind them.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.charts.svg import draw_inline
from bot.chat.card import (
    Button,
    Card,
    Chart,
    Fact,
    Field,
    Form,
    GoalPoint,
    Mention,
    Moment,
    Note,
    Option,
    Strong,
    Table,
    Text,
    VolumePanel,
)
from bot.chat.talk import Person, Place, Reply, Utterance
from bot.commands.completion import Completion
from bot.web.company_x import COMPANY_X
from bot.web.ports import Ports
from bot.web.rehearsal import rehearsal_routes
from tests.bot.web.memory import NEW_YORK, SMARKETING, STARTS, House, direct

COMMANDS = (
    ("handoff 25 qualified leads to sales", "handoff", "hand something over"),
    ("accept H-1", "accept", "take what was handed over"),
    ("dispute H-1", "dispute", "say that the record is wrong"),
    ("status", "status", "where every promise stands"),
    ("mine", "mine", "what I owe, and what I am owed"),
    ("history", "history", "who said what, when"),
    ("help", "help", "everything that can be asked"),
)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(NEW_YORK)).astimezone(UTC)


class Pretence(House):
    """Company X's October, by rote."""

    def __init__(self) -> None:
        super().__init__(tour=COMPANY_X, can_start_over=True)
        self.handed: dict[str, tuple[int, str]] = {}
        self._plan()

    def _plan(self) -> None:
        self.clock.falls_due = [
            (at(10, 8, 16), self._preview),
            *((at(10, day, 16), self._report) for day in (9, 16, 23, 30)),
            (at(10, 14, 17), lambda: self._nudge("josh", "Checkpoint 50 is at risk: 25 of 50 qualified leads")),
            (at(10, 16, 17), lambda: self._nudge("josh", "Missed: checkpoint 50, 25 of 50 qualified leads")),
            (at(10, 20, 9), lambda: self._nudge("amy", "Josh is behind: 25 of 50 qualified leads")),
            (at(10, 30, 17), lambda: self._nudge("morgan", "Missed: October, 75 of 100 qualified leads")),
            (at(11, 3, 17), self._breach),
        ]

    async def start_over(self) -> None:
        await super().start_over()
        self.handed.clear()
        self._plan()

    @property
    def accepted(self) -> int:
        return sum(number for number, state in self.handed.values() if state == "accepted")

    async def complete(self, person: Person, place: Place, text: str) -> Sequence[Completion]:
        return [
            Completion(whole, label, hint)
            for whole, label, hint in COMMANDS
            if label.startswith(text.split(" ", maxsplit=1)[0])
        ]

    async def ask(self, utterance: Utterance) -> Reply:
        if utterance.via == "form":
            if not utterance.arguments.get("because"):
                return Reply(errors={"because": "A dispute needs a reason: what is wrong with these leads?"})
            return await self._settle(utterance.arguments["key"], f"disputed: {utterance.arguments['because']}")
        text = utterance.text
        if handed := re.search(r"(\d+)", text) if text.startswith("handoff") or text[:1].isdigit() else None:
            if utterance.person.user not in {"josh", "nina"}:
                return self._refuse("Only marketing hands leads to sales.", "Ask Josh, or be Josh.")
            return await self._hand_over(int(handed[1]), utterance)
        if match := re.fullmatch(r"accept (H-\d+)", text):
            return await self._settle(match[1], "accepted")
        if match := re.fullmatch(r"dispute (H-\d+)(?: because (.*))?", text):
            if match[2]:
                return await self._settle(match[1], f"disputed: {match[2]}")
            return Reply(form=_dispute_form(match[1]))
        if text in {"status", "mine", "history"}:
            return Reply(card=self._status())
        if text == "help":
            return Reply(card=_help())
        if text == "wide":
            return Reply(card=_hostile())
        if text == "crash":
            msg = "the demo was asked to"
            raise RuntimeError(msg)
        return self._refuse(
            f"I do not know “{text[:60]}”.", "Did you mean handoff?", "handoff 25 qualified leads to sales"
        )

    def _refuse(self, problem: str, step: str, offer: str = "help") -> Reply:
        card = Card(problem, f"{problem} {step}", (Text((step,)),), (Button(offer, offer),), "warning")
        return Reply(card=card, refused=True)

    def _receipt(self, key: str) -> Card:
        quantity, state = self.handed[key]
        waits = state == "awaiting"
        return Card(
            title=f"{key} · Marketing → Sales · {quantity} qualified leads",
            summary=f"{key}: {quantity} qualified leads, {state}",
            blocks=(
                Text(("Logged by ", Mention("josh", "Josh"), ", ", Moment(self.clock.now(), "day", NEW_YORK), ".")),
                Fact("State", (Strong(state),)),
                Fact("October", (Strong(str(self.accepted)), " accepted of ", Strong("100"), " due Fri 30 Oct 17:00")),
                *(
                    (
                        Note(
                            (
                                "Waiting for ",
                                Mention("amy", "Amy", calls=True),
                                "; accepted ",
                                Moment(self.clock.now() + timedelta(days=2)),
                                " if nobody objects.",
                            )
                        ),
                    )
                    if waits
                    else ()
                ),
            ),
            buttons=(
                Button(f"Accept all {quantity}", f"accept {key}", "primary", 1, ("amy", "priya", "tom")),
                Button("Accept some…", f"dispute {key}", "plain", 1, ("amy", "priya", "tom")),
                Button("Dispute…", f"dispute {key}", "danger", 1, ("amy", "priya", "tom")),
            )
            if waits
            else (),
            tone="good" if state == "accepted" else "warning" if state.startswith("disputed") else "plain",
            ref=key,
        )

    async def _hand_over(self, quantity: int, utterance: Utterance) -> Reply:
        key = f"H-{len(self.handed) + 1}"
        self.handed[key] = (quantity, "awaiting")
        await self.messenger.post(
            SMARKETING, self._receipt(key), delivery_id=f"receipt-{key}-{utterance.delivery}", ref=key
        )
        return Reply()

    async def _settle(self, key: str, state: str) -> Reply:
        if key not in self.handed:
            return self._refuse(f"There is no {key}.", "Look at the receipts in #smarketing.")
        self.handed[key] = (self.handed[key][0], state)
        for said in await self.messages.list(SMARKETING):
            if said.ref == key:
                await self.changes(said, self._receipt(key))
        return Reply()

    async def _preview(self) -> None:
        card = Card(
            "Tomorrow’s report, for you first",
            "Your report is ready to approve.",
            (
                Text(
                    ("Report 1 of 4 goes to #smarketing ", Moment(at(10, 9, 16)), ". Add a note, or send it as it is.")
                ),
            ),
            (Button("Approve", "done O-1", "primary"), Button("Add a note…", "dispute H-1")),
        )
        await self.says(direct("amy"), card, "O-1")

    async def _report(self) -> None:
        now = self.clock.now()
        chart = Chart("Leads, October", f"{self.accepted} of 100 accepted", (self._panel(now),))
        table = Table(
            ("Promise", "Due by now", "Actual", "State"),
            (
                (
                    (Strong("Qualified leads"),),
                    ("25",),
                    (str(self.accepted),),
                    ("on pace" if self.accepted >= 25 else "behind",),
                ),
                ((Strong("Weekly reports"),), ("1",), ("1",), ("kept",)),
            ),
            numeric=(1, 2),
        )
        card = Card(
            "Weekly report · Marketing and Sales",
            f"{self.accepted} of 100 leads accepted",
            (
                chart,
                table,
                Text(("From here: ", Strong("15 leads a week"), " reach the target.")),
                Note(("Approved by Amy.",)),
            ),
            tone="good",
            ref="R-1",
        )
        said = await self.says(SMARKETING, card)
        thread = replace(SMARKETING, thread=str(said.id))
        await self.says(
            thread,
            Card(
                "Amy’s note", "Webinar leads were the best so far.", (Text(("Webinar leads were the best so far.",)),)
            ),
        )

    def _panel(self, now: datetime) -> VolumePanel:
        goal = tuple(GoalPoint(at(10, day, 17), 25 * number) for number, day in enumerate((9, 16, 23, 30), 1))
        days = ((at(10, 6, 12).date(), 25), (at(10, 9, 12).date(), self.accepted))
        return VolumePanel(
            "Qualified leads",
            "leads",
            NEW_YORK,
            STARTS,
            at(11, 1, 0),
            at(10, 30, 17),
            now,
            100,
            days,
            days,
            goal,
            (80, 110),
            "on pace",
        )

    async def _nudge(self, member: str, title: str) -> None:
        card = Card(
            title,
            title,
            (
                Note(
                    (
                        "You own this promise (C-1). If nothing changes, ",
                        Mention("amy", "Amy"),
                        " is told ",
                        Moment(self.clock.now() + timedelta(days=3)),
                        ".",
                    )
                ),
            ),
            (
                Button("I have it", "ack O-3", "primary"),
                Button("Log handoff", "handoff 25 qualified leads to sales"),
                Button("Snooze to Mon", "snooze O-3 until Mon 09:00"),
            ),
            "bad" if "Missed" in title else "warning",
        )
        await self.says(direct(member), card, "O-3")

    async def _breach(self) -> None:
        card = Card(
            "Missed: Leads, October",
            "75 of 100",
            (
                Text((Strong("75 of 100"), " accepted by ", Moment(at(10, 30, 17)), ".")),
                Fact("Agreed consequence", ("recovery plan in 3 working days, or 25 leads carried",)),
                Fact("Waiting for", (Mention("morgan", "Morgan Reyes"),)),
            ),
            tone="bad",
            ref="B-1",
        )
        await self.says(SMARKETING, card, "B-1")

    def _status(self) -> Card:
        return Card(
            "October so far",
            f"{self.accepted} of 100",
            (
                Table(
                    ("Promise", "Attained", "Target", "Standing"),
                    (
                        (("Qualified leads",), (str(self.accepted),), ("100",), (Strong("on pace"),)),
                        (("Weekly reports",), ("1",), ("4",), ("on pace",)),
                    ),
                    "What marketing and sales owe one another",
                    (1, 2),
                ),
                Note(("Next checkpoint ", Moment(at(10, 16, 17)), ".")),
            ),
            (Button("Share in #smarketing", "share"),),
        )

    def ports(self) -> Ports:
        return replace(super().ports(), draw=draw_inline)


def _dispute_form(key: str) -> Form:
    return Form(
        title=f"Dispute {key}",
        verb="dispute",
        intro=("What is disputed is held apart until it is settled. The clock goes on.",),
        fields=(
            Field("quantity", "How many", "whole number", "16", "All of them, unless you say fewer."),
            Field(
                "because",
                "Reason",
                "choice",
                hint="From the list that both sides agreed.",
                options=(
                    Option("Duplicate", "duplicate"),
                    Option("Out of area", "out of area"),
                    Option("Fake", "fake"),
                ),
            ),
            Field("who", "Who looks into it", "person", required=False),
            Field("until", "By when", "moment", required=False),
            Field("note", "What you saw", "long text", required=False, hint="Both sides can read it."),
        ),
        submit="Dispute",
        settled=(("key", key),),
        version=1,
    )


def _help() -> Card:
    rows = tuple(((Strong(label),), (whole,), (hint,)) for whole, label, hint in COMMANDS)
    return Card("What you can ask", "Help", (Table(("Ask", "For instance", "What it does"), rows),))


def _hostile() -> Card:
    return Card(
        "<script>alert(1)</script> \u202egnihtemos\u202c and שלום",
        "hostile",
        (
            Text(("<!channel> @everyone *bold* [a](javascript:x) " + "W" * 300,)),
            Table(
                tuple(f"column {n}" for n in range(12)),
                (tuple((f"{n * 1234567}",) for n in range(12)),),
                "Wide",
                tuple(range(12)),
            ),
        ),
        tone="bad",
    )


def application(house: House | None = None) -> web.Application:
    house = house or Pretence()
    app = web.Application()
    app.add_routes(rehearsal_routes(house.ports()))

    async def let_go(_: web.Application) -> None:
        house.bell.close()

    app.on_shutdown.append(let_go)
    return app


if __name__ == "__main__":
    asyncio.set_event_loop(asyncio.new_event_loop())
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]) if len(sys.argv) > 1 else 8099)

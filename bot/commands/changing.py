"""Which draft a change goes into, by the key that somebody named, and what its forms ask of when and why."""

from __future__ import annotations

from datetime import date

from bot.commands import blanks
from bot.commands.arguments import DateArg, KeyArg, TextArg
from bot.commands.command import Argument, Arguments
from bot.commands.context import Context
from bot.commands.versions import require_current
from bot.desk.drafts import drafting, parts
from slacore.amendments import Amendment
from slacore.periods import PeriodRule


async def key_in(context: Context, arguments: Arguments) -> str:
    """The draft or agreement that is meant: the one that is named, the only one there is, or that of the channel."""
    return await blanks.key_in(context.sitting, arguments) or context.agreement().key


async def drafted(context: Context, arguments: Arguments, key: str, period: PeriodRule = drafting.MONTH) -> Amendment:
    """The draft that a change goes into, if the speaker may change it as it is."""
    now = await parts.now_in(context.sitting, key)
    require_current(context.utterance, now.revision, key, f"agreement change {key}")
    on, why = arguments.maybe("from", date), arguments.maybe("reason", str) or ""
    return await parts.to_change(context.sitting, key, on, why, period)


def when_and_why(known: Arguments) -> tuple[Argument, ...]:
    """Of an agreement a form asks from when and why, too; a draft has said so already."""
    return () if (known.maybe("key", str) or "").startswith("X") else (FROM, BECAUSE)


def line(name: str, label: str, hint: str, *after: str, long: bool = False) -> Argument:
    """A line of a part that may be left out, behind its keyword."""
    return Argument(
        name, TextArg(rest=False, long=long, most=4_000), label, hint, required=False, after=after or (name,)
    )


BECAUSE = Argument("reason", TextArg(long=True, most=500), "Because", after=("because",), required=False)
FROM = Argument(
    "from",
    DateArg(toward="future"),
    "From",
    "The first day it counts; left out, as the next month or period begins",
    after=("from",),
    required=False,
)
KEY = Argument("key", KeyArg("XA"), "Draft or agreement", required=False)
WHO = "owners of the parties, their deputies, the sponsor; of a draft, its side"

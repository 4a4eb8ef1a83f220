"""What an owner says about what he owes: done, ack, snooze."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.cards import confirmations, exports
from bot.cards.words import moment_text
from bot.chat.attachments import ENDINGS
from bot.chat.card import Card
from bot.chat.talk import Reply
from bot.commands.arguments import Evidence, EvidenceArg, FileArg, KeyArg, MomentArg
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import ANSWERED_ELSEWHERE, Context
from bot.desk import obligations as desk
from bot.desk.duties import duties
from bot.desk.duties import evidence as desk_evidence
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.store import handoffs, items
from bot.store import obligations as kept
from slacore.keys import number_of
from slacore.obligations import Obligation
from slacore.owers import wanted_for
from slacore.sweep import next_step_at


async def done(context: Context, arguments: Arguments) -> Reply:
    """`done O-77 [link or text]`."""
    obligation = await _find(context, arguments)
    said = arguments.maybe("evidence", Evidence)
    words = said.text if said else ""
    changed, withheld = await desk.done(context.sitting, obligation, words, context.utterance.files)
    duty = await duties.duty_of(context.sitting, changed)
    return Reply(card=confirmations.done(duty, context.sitting.now, withheld=withheld))


async def asked_of(sitting: Sitting, known: Arguments) -> tuple[Argument, ...]:
    """What the form of `done` asks for: what the agreement wants to show it, and nothing else."""
    if "key" not in known:
        return (KEY, WORDS, FILES)
    obligation = await kept.find(sitting.tx, number_of(known.one("key", str)))
    match wanted_for(obligation, sitting.terms(obligation.agreement, obligation.version)):
        case "none":
            return (KEY,)
        case "link":
            return (KEY, replace(WORDS, label="Link", hint="The address of what shows it: https://…", required=True))
        case "text":
            return (KEY, replace(WORDS, label="What was done", hint="A few words that show it", required=True))
        case "file":
            return (KEY, replace(FILES, required=True), replace(WORDS, label="A few words with it"))
        case _:
            return (KEY, WORDS, FILES)


async def evidence(context: Context, arguments: Arguments) -> Reply:
    """`evidence O-77`, `evidence L-3`: in words here; files come by direct message."""
    card, has_files = await _shown(context, arguments.one("key", str))
    if not has_files:
        return Reply(card=card)
    asked = context.utterance
    word = Word("note", f"evidence:{asked.person.platform}:{asked.delivery}", fresh=True)
    await saying.to_asker(context.sitting, asked.person, card, word)
    return ANSWERED_ELSEWHERE if asked.place.kind == "direct" else Reply(card=exports.on_its_way("What shows it"))


async def _shown(context: Context, key: str) -> tuple[Card, bool]:
    """What shows a delivery, or what came along as something was raised; and whether there are files."""
    if key.startswith("O"):
        obligation = await kept.find(context.sitting.tx, number_of(key))
        context.require_spoken_of(obligation.agreement)
        return await desk_evidence.show(context.sitting, obligation)
    number = number_of(key)
    if key.startswith("L"):
        number = (await items.find(context.sitting.tx, number)).handed.handoff
    handoff = await handoffs.find(context.sitting.tx, number)
    context.require_spoken_of(handoff.agreement)
    return await desk_evidence.show_raised(context.sitting, handoff)


async def ack(context: Context, arguments: Arguments) -> Reply:
    """`ack O-77`."""
    obligation = await _find(context, arguments)
    changed = await desk.acknowledge(context.sitting, obligation)
    return Reply(card=confirmations.acknowledged(await duties.duty_of(context.sitting, changed), context.sitting.now))


async def snooze(context: Context, arguments: Arguments) -> Reply:
    """`snooze O-77 until 15:00`."""
    obligation = await _find(context, arguments)
    until = arguments.one("until", datetime)
    terms = context.sitting.terms(obligation.agreement, obligation.version)
    upcoming = next_step_at(obligation, terms)
    shown = moment_text(upcoming[0], context.sitting.now, context.zone) if upcoming else ""
    changed = await desk.snooze(context.sitting, obligation, until, shown)
    return Reply(card=confirmations.snoozed(await duties.duty_of(context.sitting, changed), until, context.sitting.now))


async def _find(context: Context, arguments: Arguments) -> Obligation:
    key = arguments.one("key", str)
    return await kept.find(context.sitting.tx, number_of(key))


KEY = Argument("key", KeyArg("O"), "What you owe")
WORDS = Argument("evidence", EvidenceArg(), "Link or words", required=False)
FILES = Argument(
    "file",
    FileArg(ENDINGS),
    "File",
    "Attached: a PDF, a picture, a document, a table, a mail, text or a zip, up to 5 MB.",
    required=False,
)

COMMANDS = (
    Command(
        verb="done",
        summary="Say that something you owe is delivered, with what the agreement wants to show it",
        who="the owner",
        run=done,
        writes=True,
        asks=asked_of,
        arguments=(KEY, WORDS, FILES),
        examples=("done O-77", "done O-77 https://intranet.example/friction-october"),
    ),
    Command(
        verb="evidence",
        summary="See what shows a delivery, or what came with something raised; files come to your direct messages",
        who="both sides of a promise",
        run=evidence,
        writes=True,
        arguments=(Argument("key", KeyArg("OHL"), "What was owed, or raised"),),
        examples=("evidence O-77", "evidence L-3"),
    ),
    Command(
        verb="ack",
        summary="Say that you have it: nobody further is told for a working day",
        who="whoever was told",
        run=ack,
        writes=True,
        arguments=(KEY,),
        examples=("ack O-77",),
    ),
    Command(
        verb="snooze",
        summary="Put a reminder off, at most twice and not past the next step",
        who="the owner",
        run=snooze,
        writes=True,
        arguments=(KEY, Argument("until", MomentArg(), "Until", after=("until",))),
        examples=("snooze O-77 until 15:00", "snooze O-77 until tomorrow 09:00"),
    ),
)

"""The things that a handoff lists one by one: in its words, in a file, or in a list that was read before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.cards import lists as cards
from bot.chat.talk import Reply
from bot.commands.command import Arguments
from bot.commands.context import Context
from bot.commands.owners import owned
from bot.commands.speech import say
from bot.desk.handoffs import lists as desk
from bot.documents.lists import ReadList, read_file, read_text
from slacore.agreements import Candidate
from slacore.errors import Refusal
from slacore.items import Listed


@dataclass(frozen=True, slots=True)
class Lists:
    """What a handoff lists; `number` where it was laid aside before, `answer` where it cannot be taken as it is."""

    listed: tuple[Listed, ...] = ()
    number: int | None = None
    answer: Reply | None = None


async def listed_with(context: Context, arguments: Arguments, quantity: int, candidate: Candidate) -> Lists:
    """Read the list that comes with a handoff, if one does, and hold it against the number that was said.

    A bad row, or another number, changes nothing: the answer says what is wrong, with a button that
    takes what can be taken.
    """
    number = arguments.maybe("list", int)
    if number is not None:
        listed = await desk.take(context.sitting, number)
        found = ReadList(tuple(enumerate(listed, 1)))
    elif (read := _read(context, arguments)) is not None:
        found = owned(read, context.vocabulary, candidate.version.terms.party(candidate.commitment.receiver))
        found = replace(found, rows=tuple((row, _campaigned(each, context)) for row, each in found.rows))
    else:
        return Lists()
    if not found.faults and len(found.rows) == quantity:
        return Lists(found.listed, number)
    again = await _again(context, arguments, found, number) if found.rows else ""
    if found.faults:
        faults = [(fault.row, fault.what) for fault in found.faults]
        return Lists(answer=Reply(card=cards.faulty(len(found.rows), faults, again), refused=True))
    return Lists(answer=Reply(card=cards.miscounted(quantity, len(found.rows), again), refused=True))


async def said_with(context: Context, arguments: Arguments, found: Lists) -> str:
    """The handoff as words that can be said again, its file laid aside where it came with one."""
    if not context.utterance.files:
        return context.said
    return await _again(context, arguments, ReadList(tuple(enumerate(found.listed, 1))), found.number)


async def _again(context: Context, arguments: Arguments, found: ReadList, number: int | None) -> str:
    """The same handoff with the good rows, which are laid aside."""
    if number is None:
        number = await desk.lay_aside(context.sitting, found.listed)
    kept = {name: value for name, value in arguments.items() if name != "items"}
    return say(context.asked.command, {**kept, "quantity": len(found.rows), "list": number}, context.vocabulary)


def _read(context: Context, arguments: Arguments) -> ReadList | None:
    files, written = context.utterance.files, arguments.maybe("items", str)
    if len(files) > 1 or (files and written):
        raise Refusal("Several lists came at once.", "Send one.", field="items")
    if files:
        return read_file(files[0].content)
    return None if written is None else read_text(written)


def _campaigned(listed: Listed, context: Context) -> Listed:
    """A row with its campaign as the agreement calls it, where it is a known one."""
    known = context.vocabulary.campaigns.find(listed.campaign) if listed.campaign else ()
    return replace(listed, campaign=known[0].key or known[0].name) if len(known) == 1 else listed

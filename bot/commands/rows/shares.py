"""Saying aloud what was answered in private: share, and the button that says it."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import shares as cards
from bot.cards.words import span_in_words
from bot.chat.talk import Place, Reply
from bot.commands.arguments import ChannelArg, ChannelName, TextArg
from bot.commands.command import Argument, Arguments, Asked, Command, CommandTable
from bot.commands.context import ANSWERED_ELSEWHERE, Context
from bot.commands.encodings import understand
from bot.desk.messages import shares as desk
from bot.desk.messages.shares import Spot
from bot.desk.people import people
from slacore.errors import Refusal

_MOST_OFFERED = 4


async def share(context: Context, arguments: Arguments) -> Reply:
    """`share`, `share status C-1`, `share in #smarketing status C-1`."""
    person, place = context.utterance.person, context.utterance.place
    words = arguments.maybe("what", str) or await desk.looked_at(context.sitting, person, place)
    if not words:
        raise Refusal(
            "I have not answered you anything here that could be shared, or it is too long ago.",
            f"Say what to share, such as `share {_shareable(context.table)[0]}`.",
        )
    spot = _where(context, arguments.maybe("channel", ChannelName), words)
    asked = _asked(context, words)
    there = Place(place.workspace, spot.channel.platform, "channel", spot.channel.id, spot.channel.name)
    aloud = replace(
        context,
        utterance=replace(context.utterance, place=there, via="typed", version=None),
        agreements=people.agreements_heard_in(context.sitting, there),
        asked=asked,
        aloud=True,
    )
    if (before := await desk.shared_before(context.sitting, person, spot, words)) is not None:
        ago = span_in_words(context.sitting.now - before)
        raise Refusal(f"You shared the same in {spot.channel.name} {ago} ago.", "It stands there; nothing is missing.")
    reply = await asked.command.run(aloud, asked.arguments)
    if reply.card is None or reply.refused:
        return reply
    await desk.share(context.sitting, context.utterance, spot, reply.card, words)
    here = (place.platform, place.id) == spot.place
    return ANSWERED_ELSEWHERE if here else Reply(card=cards.told(spot.channel.name))


def offered(context: Context, reply: Reply) -> Reply:
    """A private answer with the button that shares it: in this channel, or in the one that its agreement has."""
    found = _spots(context)
    if reply.card is None or reply.refused or len(found) != 1:
        return reply
    button = cards.offer(found[0].channel.name, context.said)
    return replace(reply, card=replace(reply.card, buttons=(*reply.card.buttons, button)))


def _spots(context: Context) -> tuple[Spot, ...]:
    """Where something said here could be shared: in the channel itself, or in those of the agreements spoken of."""
    place, found = context.utterance.place, desk.spots(context.agreements)
    if place.kind == "direct":
        return found
    return tuple(each for each in found if each.place == (place.platform, place.id))


def _where(context: Context, named: ChannelName | None, words: str) -> Spot:
    if named is not None:
        # Words in one channel may be meant for another, so all of the speaker's own count.
        concerned = people.agreements_of(context.sitting, context.member)
        known = desk.spots((*context.agreements, *concerned))
        for each in known:
            if named.fits(each.channel.id, each.channel.name, each.channel.as_agreed.name):
                return each
        names = ", ".join(each.channel.name for each in known)
        raise Refusal(
            f"No agreement of yours speaks in {named.name}.", f"There is {names}." if names else "Ask for one."
        )
    found = _spots(context)
    if not found:
        raise Refusal("No agreement of yours speaks in a channel.", "Copy it by hand, or have a channel agreed.")
    if len(found) > 1:
        offers = tuple((each.channel.name, cards.words_in(each.channel.name, words)) for each in found[:_MOST_OFFERED])
        raise Refusal("That could go into several channels.", "Say into which one.", offers=offers)
    return found[0]


def _asked(context: Context, words: str) -> Asked:
    """The command that is shared; refuses what is not for others' eyes, and what lacks something."""
    words_alone = replace(context.utterance, text=words, verb="", arguments={})
    asked = understand(words_alone, context.table, context.vocabulary)
    if not asked.command.shares:
        shareable = ", ".join(_shareable(context.table))
        raise Refusal(f"What {asked.command.verb} answers is not for sharing.", f"What can be shared: {shareable}.")
    if isinstance(asked, Asked) and asked.writes:
        raise Refusal(f"What {asked.command.verb} changes is not for sharing.", "Share what it is now.")
    if not isinstance(asked, Asked):
        raise Refusal(f"{asked.command.verb} lacks something, so there is nothing to share yet.", "Say it in full.")
    return asked


def _shareable(table: CommandTable) -> list[str]:
    return [command.verb for command in table if command.shares]


COMMANDS = (
    Command(
        verb="share",
        summary="Say in the channel what was just answered only to you",
        who="everybody",
        run=share,
        writes=True,
        arguments=(
            Argument("channel", ChannelArg(), "Channel", after=("in",), required=False),
            Argument("what", TextArg(most=1_000), "What", hint="A command, such as status C-1", required=False),
        ),
        examples=("share", "share status C-1", "share in #smarketing status marketing"),
    ),
)

"""The one way in: an utterance becomes a command, is answered once, and is remembered by its delivery.

Every door calls `Answering.answer`. The request's id is written in the transaction of its effect,
so the same delivery, however often it arrives, has one effect and one answer.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from math import ceil
from zoneinfo import ZoneInfo

from bot.cards import refusals
from bot.chat import wire
from bot.chat.talk import Person, Place, Reply, Utterance
from bot.clock import Clock
from bot.commands import named
from bot.commands.arguments import KeyArg
from bot.commands.command import Arguments, Asked, Command, CommandTable, Incomplete
from bot.commands.completion import Completion, complete
from bot.commands.context import Context, vocabulary_for, where_spoken_of
from bot.commands.encodings import understand
from bot.commands.forms import form_for
from bot.commands.limits import Limit, Wait
from bot.commands.rows import connections
from bot.commands.rows.shares import offered
from bot.commands.vocabulary import UnitName, Vocabulary
from bot.commands.words import clean, cut
from bot.desk.duties import duties
from bot.desk.messages import echoes, shares
from bot.desk.people import people
from bot.desk.people.connecting import Elsewhere
from bot.desk.people.joining import join
from bot.desk.sitting import Sitting, sit
from bot.store import agreements, commitments, identities, requests
from bot.store import people as kept_people
from bot.store.database import Database, DatabaseGone
from bot.store.transaction import Need
from bot.store.tx import Tx
from slacore.agreements import Agreement, means
from slacore.commitments import Volume
from slacore.errors import Refusal
from slacore.raises import unit_of

Slot = tuple[str, tuple[str, ...]]
"""Workspace and agreements: what names are indexed for, whoever speaks."""
_VERB_WITHIN = 60
"""Characters from the beginning that are looked at for a verb; the longest has a third of that."""
MOST_VOCABULARIES = 2_000
"""How many are remembered; beyond that all are made anew as they are asked for."""


UNREACHABLE = Refusal("My database does not answer, so nothing was written down.", "Say it again in a minute.")

logger = logging.getLogger(__name__)


class Answering:
    """Answers utterances against one database and one command table."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        table: CommandTable,
        public_url: str = "",
        limit: Limit | None = None,
    ) -> None:
        """Take what answering needs; nothing is read yet. `public_url` is where a browser reaches us, if anywhere."""
        self._limit = limit
        self.public_url = public_url
        self._database = database
        self._clock = clock
        self._table = table
        self._vocabularies: dict[Slot, tuple[tuple[Agreement, ...], Vocabulary]] = {}

    async def answer(self, utterance: Utterance) -> Reply:
        """Answer one utterance. A refusal is an answer too: it changed nothing, and is not remembered."""
        command = self._command_of(utterance)
        if self._limit is not None and (wait := self._limit.wait(utterance.person, utterance.at)) is not None:
            return _too_much(utterance, command, wait, self._limit)
        try:
            looked = None
            if command is not None and not command.writes:
                looked = await self._look(utterance, command)
            return looked or await self._written(utterance, command)
        except Refusal as refusal:
            if utterance.via == "form" and command is not None and _can_be_mended(command, refusal.field):
                return Reply(errors={refusal.field: str(refusal)}, refused=True)
            return Reply(card=refusals.refusal(refusal), refused=True)
        except DatabaseGone as error:
            logger.error("a request could not be answered: %s", error)
            return Reply(card=refusals.refusal(UNREACHABLE), refused=True)

    async def _written(self, utterance: Utterance, command: Command | None) -> Reply:
        """Answer what may change something; a code of another company is looked for beyond this one's wall."""
        person = utterance.person
        try:
            return await self._database.write(
                person.workspace, lambda tx: self._once(tx, utterance, command), _needs(utterance)
            )
        except Elsewhere as code:
            return connections.joined(utterance, await join(self._database, self._clock.now(), person, code.written))

    async def complete(self, person: Person, place: Place, text: str) -> Sequence[Completion]:
        """Ways to go on typing, for the doors that have a box of their own."""

        async def look(tx: Tx) -> Sequence[Completion]:
            utterance = Utterance("", person, place, self._clock.now())
            sitting, vocabulary = await self._at_the_desk(tx, utterance, None)
            at_hand = await duties.keys_at_hand(sitting, sitting.actor)
            return complete(text, self._table, vocabulary, at_hand)

        try:
            return await self._database.read(person.workspace, look)
        except Refusal:
            return ()

    def _command_of(self, utterance: Utterance) -> Command | None:
        """The command an utterance names, as far as its first words tell."""
        if utterance.verb:
            return self._table.find(utterance.verb)
        try:
            said = clean(utterance.text).lstrip().removeprefix("/")[:_VERB_WITHIN]
            found = self._table.verb_at(cut(said))
        except Refusal:
            return None
        return found[0] if found else None

    async def _look(self, utterance: Utterance, command: Command) -> Reply | None:
        """Answer a request that changes nothing; what may be shared is remembered, so that `share` can mean it.

        None where the words begin like one, and ask in the end for something that changes things.
        """
        shown: list[str] = []

        async def look(tx: Tx) -> Reply | None:
            context = await self._heard(tx, utterance, command)
            if isinstance(context, Reply):
                return context
            if context.asked.writes:
                return None
            reply = await context.asked.command.run(context, context.asked.arguments)
            if not _may_be_shared(context, reply):
                return reply
            shown[:] = [context.said]
            return offered(context, reply)

        person, place = utterance.person, utterance.place
        reply = await self._database.read(person.workspace, look)
        if shown:
            await self._database.write(
                person.workspace, lambda tx: shares.looked(tx, person, place, shown[0], self._clock.now())
            )
        return reply

    async def _once(self, tx: Tx, utterance: Utterance, command: Command | None) -> Reply:
        """Answer a request that may change something: once, whatever its platform does."""
        platform, delivery = utterance.person.platform, utterance.delivery
        if (answered := await requests.find(tx, platform, delivery)) is not None:
            return wire.reply_from_wire(dict(answered))
        reply = await self._run(tx, utterance, command)
        kept = reply if reply.again is None else Reply(card=reply.again)
        await requests.keep(tx, platform, delivery, wire.reply_to_wire(kept), utterance.at)
        return reply

    async def _run(self, tx: Tx, utterance: Utterance, command: Command | None) -> Reply:
        context = await self._heard(tx, utterance, command)
        if isinstance(context, Reply):
            return context
        reply = await context.asked.command.run(context, context.asked.arguments)
        if context.asked.command.writes or not _may_be_shared(context, reply):
            return reply
        await shares.looked(tx, utterance.person, utterance.place, context.said, self._clock.now())
        return offered(context, reply)

    async def _heard(self, tx: Tx, utterance: Utterance, command: Command | None) -> Context | Reply:
        """A request with all that answering it takes; the form, where something is missing."""
        sitting, vocabulary = await self._at_the_desk(tx, utterance, command)
        heard = people.agreements_heard_in(sitting, utterance.place)
        meant = echoes.words_of(utterance.text)
        words = utterance if meant == utterance.text else replace(utterance, text=meant)
        try:
            asked = understand(words, self._table, vocabulary)
        except Refusal as refusal:
            asked = await self._put_otherwise(sitting, words, heard, vocabulary, refusal)
        if isinstance(asked, Incomplete):
            asked = await _with_its_duty(sitting, asked, meant)
            at_hand = await duties.keys_at_hand(sitting, sitting.actor)
            asks = await asked.command.asks(sitting, asked.known) if asked.command.asks else None
            if asked.command.fills is not None and not asked.errors:
                filled = await asked.command.fills(sitting, asked.known)
                asked = replace(asked, known=Arguments({**filled, **asked.known}))
            form = form_for(asked, vocabulary, keys=at_hand, version=utterance.version, asked=asks)
            return Reply(form=form, errors=dict(asked.errors))
        zone, url = vocabulary.zone.key, self.public_url
        return Context(sitting, utterance, heard, vocabulary, zone, asked, self._table, public_url=url)

    async def _put_otherwise(
        self,
        sitting: Sitting,
        said: Utterance,
        heard: tuple[Agreement, ...],
        vocabulary: Vocabulary,
        refusal: Refusal,
    ) -> Asked | Incomplete:
        """What could not be understood, with keys in the place of names; or told in a place that speaks of it not.

        What was guessed from a name changes nothing before its form is sent.
        """
        if said.verb or not said.text.strip():
            raise refusal
        names = (name for each in vocabulary.people.entries for name in each.names)
        spoken = await named.spoken_of(sitting, [each.slug for each in heard], names)
        found: list[tuple[str, Asked | Incomplete]] = []
        for text in named.by_keys(clean(said.text), spoken):
            with suppress(Refusal):
                found.append((text, understand(replace(said, text=text), self._table, vocabulary)))
        if len(found) > 1:
            raise Refusal(
                "Several go by that name.",
                "Say which one you mean.",
                offers=tuple((text, text) for text, _ in found[:4]),
            )
        if found:
            asked = found[0][1]
            by_a_guess = isinstance(asked, Asked) and asked.writes
            return Incomplete(asked.command, asked.arguments) if by_a_guess and isinstance(asked, Asked) else asked
        elsewhere = people.agreements_of(sitting, sitting.actor)
        if said.place.kind == "channel" and {each.slug for each in elsewhere} - {each.slug for each in heard}:
            zone = await kept_people.zone_of(sitting.tx, sitting.actor)
            with suppress(Refusal):
                meant = understand(said, self._table, await self._vocabulary(sitting, elsewhere, zone))
                if meant.command is self._table.spoken:
                    where = [
                        each
                        for each in elsewhere
                        if _counts(each, (meant.arguments if isinstance(meant, Asked) else meant.known).get("unit"))
                    ]
                    refusal = Refusal(f"That is not spoken of in {said.place.name}.", where_spoken_of(where))
        raise refusal

    async def _at_the_desk(self, tx: Tx, utterance: Utterance, command: Command | None) -> tuple[Sitting, Vocabulary]:
        member = await _speaker(tx, utterance, command)
        sitting = await sit(tx, self._clock.now(), member, utterance.person.platform)
        heard = people.agreements_heard_in(sitting, utterance.place)
        zone = await kept_people.zone_of(tx, member)
        spoken_of = heard or people.agreements_of(sitting, member)
        return sitting, await self._vocabulary(sitting, spoken_of, zone)

    async def _vocabulary(self, sitting: Sitting, spoken_of: tuple[Agreement, ...], zone: str) -> Vocabulary:
        """The words that mean something here: indexed once for those agreements, until one of them changes."""
        slot = (sitting.workspace, tuple(each.slug for each in spoken_of))
        known = self._vocabularies.get(slot)
        if known is None or known[0] is not sitting.agreements:
            if len(self._vocabularies) >= MOST_VOCABULARIES:
                self._vocabularies.clear()
            keys = await commitments.keys(sitting.tx)
            known = (sitting.agreements, vocabulary_for(sitting, spoken_of, zone, keys))
            self._vocabularies[slot] = known
        return known[1].of(sitting.actor, sitting.now, ZoneInfo(zone))


async def _speaker(tx: Tx, utterance: Utterance, command: Command | None) -> str:
    """Who speaks; "" for somebody whom nobody knows yet and who asks what a stranger may."""
    if command is not None and command.strangers:
        return await identities.member(tx, utterance.person.platform, utterance.person.user) or ""
    return await people.member_of(tx, utterance.person)


def _too_much(utterance: Utterance, command: Command | None, wait: Wait, limit: Limit) -> Reply:
    """Say once when to go on; what was filled into a form stays in it."""
    seconds = max(1, ceil((wait.until - utterance.at).total_seconds()))
    refusal = Refusal(
        f"That was more than {limit.a_minute} requests within a minute, and the others want to be heard too.",
        f"Go on in {seconds} second{'' if seconds == 1 else 's'}; what you asked until then is not written down.",
    )
    if utterance.via == "form" and command is not None:
        field = next((each.name for each in command.arguments if _can_be_mended(command, each.name)), "")
        if field:
            return Reply(errors={field: str(refusal)}, refused=True)
    if wait.said:
        return Reply(refused=True)
    wait.said = True
    return Reply(card=refusals.refusal(refusal), refused=True)


def _counts(agreement: Agreement, unit: object) -> bool:
    """Whether an agreement counts what was named."""
    name = unit.name if isinstance(unit, UnitName) else ""
    units = (unit_of(each) for each in agreement.latest.terms.commitments if isinstance(each.promise, Volume))
    return any(each is not None and means(each, name) for each in units)


async def _with_its_duty(sitting: Sitting, asked: Incomplete, said: str) -> Incomplete:
    """What is said to be done, with the thing owed whose name was said instead of its key."""
    key = asked.command.argument("key")
    if key is None or "key" in asked.known or not isinstance(key.kind, KeyArg) or key.kind.letters != "O":
        return asked
    found = await named.duty_meant(sitting, said)
    return replace(asked, known=Arguments({**asked.known, "key": found})) if found else asked


def _may_be_shared(context: Context, reply: Reply) -> bool:
    return context.asked.command.shares and reply.card is not None and not reply.refused


def _can_be_mended(command: Command, name: str) -> bool:
    """Whether a form of this command asks for what was wrong; the key that a form is about is settled."""
    return any(each.name == name and not isinstance(each.kind, KeyArg) for each in command.arguments)


def _needs(utterance: Utterance) -> Sequence[Need]:
    """The rows that answering will ask for by key, read for a whole batch at once."""
    return (
        agreements.NEED,
        requests.need(utterance.person.platform, utterance.delivery),
        identities.need(utterance.person.platform, utterance.person.user),
        echoes.need(utterance),
    )

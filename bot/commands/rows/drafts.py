"""Drafting an agreement in short forms: begun from a template, changed step by step, or handed back as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from bot.cards import drafts as cards
from bot.cards.exports import on_its_way
from bot.chat.card import Option
from bot.chat.talk import Place, Reply
from bot.commands import blanks
from bot.commands.arguments import ChannelArg, ChoiceArg, DateArg, FileArg, KeyArg, PartArg, TextArg
from bot.commands.arguments.channels import ChannelName
from bot.commands.blanks import party_in
from bot.commands.changing import KEY, WHO, drafted, key_in
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import ANSWERED_ELSEWHERE, Context
from bot.commands.rows.agreements import answer_with
from bot.commands.speech import say
from bot.commands.versions import require_current
from bot.commands.vocabulary import Vocabulary
from bot.desk.agreements import beginning, deputies
from bot.desk.drafts import papers, parts, rewriting
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.reviews import prints
from bot.documents import Faults
from bot.documents.starters import STARTERS
from bot.files import FileError
from slacore.agreements import Agreement, Channel, Terms
from slacore.amendments import Amendment, may_change
from slacore.errors import Refusal

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class StarterArg(ChoiceArg):
    """A template, by its short name; a form shows what people call it."""

    choices: tuple[str, ...] = tuple(STARTERS)
    wording: ClassVar[str] = "a template"

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:  # noqa: ARG002
        """All of them."""
        return tuple(Option(each.name, each.slug) for each in STARTERS.values())


async def begin(context: Context, arguments: Arguments) -> Reply:
    """`agreement new support named Help desk`."""
    zone = arguments.maybe("zone", str) or ""
    await beginning.require_founder(context.sitting, context.utterance.person, zone)
    wanted = beginning.Wanted(
        template=arguments.one("template", str),
        name=arguments.one("name", str),
        side=arguments.maybe("side", str) or "",
        objective=arguments.maybe("objective", str) or "",
        on=arguments.maybe("from", date),
        place=_place(context, arguments.maybe("channel", ChannelName)),
        zone=zone,
    )
    try:
        draft = await beginning.begin(context.sitting, wanted)
    except Refusal as refusal:
        if refusal.field != "side":
            raise
        sides = STARTERS[wanted.template].parties
        offers = tuple(
            (f"As {each}", say(context.asked.command, {**arguments, "side": each}, context.vocabulary))
            for each in sides
        )
        raise Refusal(refusal.problem, refusal.next_step, offers=offers, field="side") from refusal
    return await answer_with(context, draft, whole=False)


async def party(context: Context, arguments: Arguments) -> Reply:
    """`agreement party X-7 sales owner @amy deputy @priya`."""
    key = await key_in(context, arguments)
    draft = await drafted(context, arguments, key)
    meant = party_in(draft.terms, arguments.one("party", str))
    said = {name: arguments.maybe(name, str) or "" for name in ("owner", "deputy", "members", "contact", "signatory")}
    called = arguments.maybe("called", str) or ""
    changed = await rewriting.seat(context.sitting, draft, meant.slug, called, rewriting.Seats(**said))
    return await answer_with(context, await parts.changed(context.sitting, key, changed), whole=False)


async def deputy(context: Context, arguments: Arguments) -> Reply:
    """`agreement deputy X-7 of sales is @priya`; `… is nobody`; with neither, its owner is asked."""
    draft = await papers.find(context.sitting, blanks.number_in(arguments))
    require_current(context.utterance, draft.revision, draft.key, f"agreement show {draft.key}")
    side, said = party_in(draft.terms, arguments.one("party", str)), arguments.maybe("deputy", str)
    if said:
        changed = await deputies.name(context.sitting, draft, side, said)
        if may_change(changed, context.member):
            return await answer_with(context, changed, whole=False)
        return Reply(card=cards.stands_in(changed.terms, changed.key, changed.terms.party(side.slug), context.member))
    if context.member == side.owner:
        return Reply(card=cards.stand_in(draft.terms, draft.key, side, draft.drafted_by))
    await deputies.ask(context.sitting, draft, side)
    return Reply(card=cards.asked_who_stands_in(draft.terms, draft.key, side))


async def outline(context: Context, arguments: Arguments) -> Reply:
    """`agreement outline X-7 sponsor @morgan from 1 Dec review first Thursday 10:00`."""
    key = await key_in(context, arguments)
    draft = await drafted(context, arguments, key)
    words = {each: arguments.maybe(each, str) or "" for each in ("name", "objective", "services", "exclusions")}
    binding, channel = arguments.maybe("binding", str), arguments.maybe("channel", ChannelName)
    place = _place(context, channel) if channel is not None else None
    said = rewriting.Outline(
        name=words["name"],
        objective=words["objective"],
        services=words["services"],
        exclusions=words["exclusions"],
        until=arguments.maybe("until", date),
        sponsor=arguments.maybe("sponsor", str) or "",
        review=arguments.maybe("review", str) or "",
        binding=None if binding is None else binding == "yes",
        channel=_channel(draft.terms, place) if place is not None else None,
        zone=arguments.maybe("zone", str) or "",
    )
    changed = await rewriting.outline(context.sitting, draft, said)
    return await answer_with(context, await parts.changed(context.sitting, key, changed), whole=False)


async def redraft(context: Context, arguments: Arguments) -> Reply:
    """`agreement redraft X-7`: once nothing came of it."""
    draft = await papers.find(context.sitting, blanks.number_in(arguments))
    return await answer_with(context, await beginning.again(context.sitting, draft), whole=False)


async def file(context: Context, arguments: Arguments) -> Reply:
    """`agreement file X-7`, `agreement file A-1`: as files; a changed one that comes along becomes the draft."""
    key = arguments.one("key", str)
    draft = await papers.find(context.sitting, blanks.number_in(arguments)) if key.startswith("X") else None
    sent = [each for each in context.utterance.files if each.name.lower().endswith(ENDINGS)]
    text = arguments.maybe("text", str)
    if not sent and text is None:
        return await _send(context, draft or context.sitting.agreement(key))
    handed = sent[0].content if sent else text or ""
    try:
        if draft is None:
            changed = await rewriting.amend(context.sitting, context.sitting.agreement(key), handed)
        else:
            theirs = await parts.to_change(context.sitting, key)
            changed = await parts.changed(
                context.sitting, key, await rewriting.hand_back(context.sitting, theirs, handed)
            )
    except Faults as faults:
        return Reply(card=cards.faulty(key, tuple(map(str, faults.errors))), refused=True)
    except FileError as error:
        return Reply(card=cards.faulty(key, (str(error),)), refused=True)
    return await answer_with(context, changed, whole=False)


async def _send(context: Context, found: Amendment | Agreement) -> Reply:
    """Put the files into the asker's own conversation, where a platform can give them."""
    terms, version = (found.terms, 0) if isinstance(found, Amendment) else (found.latest.terms, found.latest.number)
    made = prints.to_read(found.key, terms.name, context.member, version)
    asked = context.utterance
    word = Word("note", f"agreement file:{asked.person.platform}:{asked.delivery}", fresh=True)
    card = cards.files(found.key, terms.name, version, made)
    await saying.to_asker(context.sitting, asked.person, card, word)
    return ANSWERED_ELSEWHERE if asked.place.kind == "direct" else Reply(card=on_its_way(f"{found.key} as files"))


def _place(context: Context, channel: ChannelName | None) -> Place:
    """Where it is to be talked about: the channel that was named, else the one it was asked in."""
    if channel is None:
        return context.utterance.place
    platform, workspace = context.utterance.person.platform, context.sitting.workspace
    if platform != "web" and not channel.id:
        raise Refusal(
            f"I cannot tell which channel {channel.name} is.",
            "Choose it in the form, or say this in that channel.",
            field="channel",
        )
    id_ = channel.id or channel.name.removeprefix("#")
    return Place(workspace, platform, "channel", id_, channel.name if channel.name != id_ else f"#{id_}")


def _channel(terms: Terms, place: Place) -> Channel:
    """A place as the draft's channel; one that it has already stays as it is."""
    found = next((each for each in terms.channels if (each.platform, each.id) == (place.platform, place.id)), None)
    return found or beginning.channel_of(place)


def line(name: str, label: str, hint: str, *after: str, most: int = 200) -> Argument:
    """A line that may be left empty, behind its own name unless `after` says otherwise."""
    return Argument(name, TextArg(rest=False, most=most), label, hint, required=False, after=after or (name,))


DRAFT = Argument("key", KeyArg("X"), "Draft")
NAME = Argument("name", TextArg(rest=False, most=80), "Name", "What people will call it", after=("named",))
OBJECTIVE = Argument(
    "objective",
    TextArg(rest=False, long=True, most=500),
    "Objective",
    "Why it exists, in a sentence",
    required=False,
    after=("objective",),
)
ZONE = line("zone", "Time zone", "The one its dates are local to, such as Europe/Berlin; left out, yours")
CHANNEL = Argument("channel", ChannelArg(), "Channel", "Where the parties talk", required=False, after=("in",))
FIRST_DAY = Argument(
    "from",
    DateArg(toward="future"),
    "First day",
    "When it is to begin; left out, with the next month",
    required=False,
    after=("from",),
)
SIDE = "whoever drafted it, and that side"
_A_PERSON = "By name, @mention or both; somebody without an account signs by a link"


def _sides() -> str:
    """The parties of every template, by the template's short name."""
    return "; ".join(f"of {each.slug}: {', '.join(each.parties)}" for each in STARTERS.values())


COMMANDS = (
    Command(
        verb="agreement new",
        summary="Begin an agreement from a template; it stays a draft of yours until you propose it",
        who="everybody; the first one: whoever added me here",
        run=begin,
        writes=True,
        strangers=True,
        title="Begin an agreement",
        submit="Draft it",
        arguments=(
            Argument("template", StarterArg(), "Start from", "All of it can be changed afterwards"),
            NAME,
            line("side", "Your own side", f"{_sides()}. You become its owner", "as"),
            OBJECTIVE,
            FIRST_DAY,
            CHANNEL,
            ZONE,
        ),
        examples=(
            "agreement new sales-and-marketing named Leads 2027 as marketing",
            "agreement new support named Help desk as support from 1 Dec",
        ),
    ),
    Command(
        verb="agreement party",
        summary="Say who is who in a party: owner, deputy, members, contact, signatory",
        who=WHO,
        run=party,
        writes=True,
        fills=blanks.party_today,
        title="Who is who",
        arguments=(
            KEY,
            Argument("party", PartArg(), "Party"),
            line("called", "What it is called", "As people call it"),
            line("owner", "Owner, who answers for it", _A_PERSON),
            line(
                "deputy",
                "Deputy, while the owner is away",
                "nobody: there is none; left empty, it stays as it is, and a draft asks for it",
            ),
            line("members", "Members, who speak for it too", "Names, with commas between", most=1_000),
            line("contact", "Point of contact", "Who hears of an issue first; left empty, the owner"),
            line("signatory", "Who signs for it", "Left empty, the owner"),
        ),
        examples=("agreement party X-7 sales owner @amy deputy @priya", "agreement party X-7 customer called Acme"),
    ),
    Command(
        verb="agreement deputy",
        summary="Say who stands in for the owner of a party of a draft, or nobody; left out, its owner is asked",
        who="whoever drafted it, and that side; the owner of that party",
        run=deputy,
        writes=True,
        title="Who stands in",
        submit="Keep it",
        arguments=(
            DRAFT,
            Argument("party", PartArg(), "Party", after=("of",)),
            line("deputy", "Deputy", f"{_A_PERSON}; or nobody", "is"),
        ),
        examples=("agreement deputy X-7 of sales is @priya", "agreement deputy X-7 of sales is nobody"),
    ),
    Command(
        verb="agreement outline",
        summary="Change what concerns all of it: name, objective, services, days, review, sponsor, channel",
        who=WHO,
        run=outline,
        writes=True,
        fills=blanks.outline_today,
        title="The outline",
        arguments=(
            KEY,
            replace(NAME, required=False),
            OBJECTIVE,
            Argument(
                "services",
                TextArg(rest=False, long=True),
                "What is provided",
                "A line each",
                required=False,
                after=("services",),
            ),
            Argument(
                "exclusions",
                TextArg(rest=False, long=True),
                "What is not",
                "A line each",
                required=False,
                after=("exclusions",),
            ),
            replace(FIRST_DAY, hint="When it is to begin"),
            Argument(
                "until",
                DateArg(toward="future"),
                "Last day",
                "Left empty, until it is ended",
                required=False,
                after=("until",),
            ),
            line("sponsor", "Sponsor, whom both sides answer to", _A_PERSON),
            ZONE,
            line("review", "Review", "When both sides meet, such as first Thursday 10:00"),
            Argument("binding", ChoiceArg(("yes", "no")), "Legally binding", required=False, after=("binding",)),
            CHANNEL,
        ),
        examples=(
            "agreement outline X-7 sponsor @morgan from 1 Dec",
            "agreement outline X-7 review first Thursday 10:00 binding yes",
        ),
    ),
    Command(
        verb="agreement redraft",
        summary="Begin anew from a draft that was declined, withdrawn or not signed in time",
        who=SIDE,
        run=redraft,
        writes=True,
        arguments=(DRAFT,),
        examples=("agreement redraft X-7",),
    ),
    Command(
        verb="agreement file",
        summary="Get a draft or an agreement as page, PDF and file, or hand a changed file back to become the draft",
        who="everybody; a changed one is handed back by those who draft",
        run=file,
        writes=True,
        title="Hand a file back",
        submit="Take it",
        arguments=(
            Argument("key", KeyArg("XA"), "Draft or agreement"),
            Argument("file", FileArg(ENDINGS), "The changed file", "YAML, as you got it from here.", required=False),
            Argument(
                "text",
                TextArg(long=True, most=4_000),
                "Or its text",
                "Pasted whole; every fault is told with its line",
                required=False,
                after=("text",),
            ),
        ),
        examples=("agreement file X-7", "agreement file A-1"),
    ),
)

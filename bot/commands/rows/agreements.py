"""The life of an agreement: shown, amended, proposed, signed, declined, commented on, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from urllib.parse import quote

from bot.cards import drafts
from bot.cards import papers as cards
from bot.chat.talk import Reply
from bot.commands.arguments import (
    ChoiceArg,
    CommitmentArg,
    DateArg,
    KeyArg,
    MoneyArg,
    PartyArg,
    PercentArg,
    TextArg,
)
from bot.commands.changing import BECAUSE, FROM
from bot.commands.command import Argument, Arguments, Command
from bot.commands.context import Context
from bot.commands.versions import require_current
from bot.commands.vocabulary import CommitmentName, PartyName
from bot.desk.agreements import links, signing
from bot.desk.drafts import drafting, papers
from bot.desk.reviews import prints
from bot.documents.figures import FIGURES
from bot.documents.scalars import write_share
from bot.store import amendments, commitments
from slacore.agreements import Agreement, Terms
from slacore.amendments import Amendment
from slacore.commitments import Commitment
from slacore.errors import Refusal
from slacore.keys import number_of
from slacore.money import Money


async def show(context: Context, arguments: Arguments) -> Reply:
    """`agreement show A-1`, `agreement show X-3`: the whole text, who signed when, and the versions there were."""
    key = arguments.maybe("key", str)
    if key is not None and key.startswith("X"):
        draft = await papers.find(context.sitting, number_of(key))
        return await answer_with(context, draft)
    agreement = _agreement(context, key)
    return Reply(card=await prints.whole(context.sitting, agreement))


async def propose(context: Context, arguments: Arguments) -> Reply:
    """`agreement propose A-1`, `agreement propose X-3`."""
    draft = await _to_propose(context, arguments.maybe("key", str))
    require_current(context.utterance, draft.revision, draft.key, f"agreement propose {draft.key}")
    return await answer_with(context, await signing.propose(context.sitting, draft), whole=False)


async def sign(context: Context, arguments: Arguments) -> Reply:
    """`agreement sign A-1`, `agreement sign X-3`: for the party that the speaker signs for."""
    draft = await _proposal(context, arguments.maybe("key", str), "sign")
    require_current(context.utterance, draft.revision, draft.key, f"agreement sign {draft.key}")
    signed, number = await signing.sign(context.sitting, draft, arguments.maybe("despite", str) or "")
    if number is None:
        return await answer_with(context, signed, whole=False)
    shown = await papers.paper_of(context.sitting, signed)
    return Reply(card=cards.in_force(shown, number, context.sitting.now))


async def decline(context: Context, arguments: Arguments) -> Reply:
    """`agreement decline X-3 because …`."""
    draft = await _proposal(context, arguments.maybe("key", str), "decline")
    declined = await signing.decline(context.sitting, draft, arguments.one("reason", str))
    return await answer_with(context, declined, whole=False)


async def comment(context: Context, arguments: Arguments) -> Reply:
    """`agreement comment X-3 can sales take so many in December?`."""
    draft = await _proposal(context, arguments.maybe("key", str), "comment")
    return await answer_with(
        context, await signing.comment(context.sitting, draft, arguments.one("text", str)), whole=False
    )


async def amend(context: Context, arguments: Arguments) -> Reply:
    """`agreement amend A-1 leads target 105 from 1 Dec because close rate was 48 %`."""
    agreement, commitment = await _promise(context, arguments)
    key = arguments.maybe("key", str)
    if key is not None and key != agreement.key:
        raise Refusal(
            f"{commitment.name} is a promise of {agreement.key}, not of {key}.",
            f"Say `agreement amend {agreement.key} …`.",
            field="promise",
        )
    changes = _changes(arguments)
    on, why = arguments.maybe("from", date), arguments.maybe("reason", str) or ""
    return await answer_with(
        context, await drafting.amend(context.sitting, agreement, commitment, changes, on, why), whole=False
    )


async def withdraw(context: Context, arguments: Arguments) -> Reply:
    """`agreement withdraw X-3`."""
    draft = await papers.find(context.sitting, number_of(arguments.one("key", str)))
    return await answer_with(context, await drafting.withdraw(context.sitting, draft), whole=False)


async def end(context: Context, arguments: Arguments) -> Reply:
    """`agreement end A-1 on 31 Dec because the teams merge`: a draft that everybody signs."""
    agreement = _agreement(context, arguments.maybe("key", str))
    draft = await drafting.end(context.sitting, agreement, arguments.one("on", date), arguments.one("reason", str))
    return await answer_with(context, draft, whole=False)


async def link(context: Context, arguments: Arguments) -> Reply:
    """`agreement link X-3 for Acme`: an address by which somebody without an account can sign."""
    if not context.public_url:
        raise Refusal(
            "I have no address that a browser could reach, so a link would lead nowhere.",
            "Whoever runs me can set `public_url`; or write the signature into the agreement's file and apply it.",
        )
    draft = await papers.find(context.sitting, number_of(arguments.one("key", str)))
    party = arguments.one("party", PartyName)
    token, made = await links.make(context.sitting, draft, party.key)
    address = f"{context.public_url}/sign/{quote(context.sitting.workspace, safe='')}/{token}"
    shown = cards.link(draft, made.member, address, made.expires_at)
    return Reply(card=shown, again=cards.link_told(draft, made.member))


async def answer_with(context: Context, draft: Amendment, *, whole: bool = True) -> Reply:
    """Show a draft to whoever asked, with what he can do about it."""
    shown = await papers.paper_of(context.sitting, draft)
    if draft.state == "draft" and not draft.based_on and draft.version is None:
        return Reply(card=drafts.draft(shown, context.sitting.now, reader=context.member, whole=whole))
    return Reply(card=cards.paper(shown, context.sitting.now, reader=context.member, whole=whole))


def _agreement(context: Context, key: str | None) -> Agreement:
    return context.sitting.agreement(key) if key else context.agreement()


async def _to_propose(context: Context, key: str | None) -> Amendment:
    """The draft somebody means: by its key, the speaker's own of the agreement, or the file that waits unsigned."""
    if key is not None and key.startswith("X"):
        return await papers.find(context.sitting, number_of(key))
    agreement = _agreement(context, key)
    found = [each for each in await papers.proposals_of(context.sitting, agreement.slug) if each.state == "draft"]
    own = [each for each in found if each.drafted_by == context.member] or found
    if len(own) == 1:
        return own[0]
    if own:
        raise _which(own, "propose")
    if agreement.latest.terms.unsigned():
        return await drafting.of_version(context.sitting, agreement)
    raise Refusal(
        f"Nothing of {agreement.key} is drafted.",
        f"Draft a change first: `agreement amend {agreement.key} …`.",
        field="key",
    )


async def _proposal(context: Context, key: str | None, doing: str) -> Amendment:
    """The proposal somebody means: by its key, or the only one that is open."""
    if key is not None and key.startswith("X"):
        return await papers.find(context.sitting, number_of(key))
    agreement = _agreement(context, key)
    drafts = await papers.proposals_of(context.sitting, agreement.slug)
    found = [each for each in drafts if each.state == "proposed"]
    if len(found) == 1:
        return found[0]
    if found:
        raise _which(found, doing)
    last = await amendments.of_agreement(context.sitting.tx, agreement.slug)
    if last and last[-1].state not in ("draft", "signed"):
        return await papers.find(context.sitting, last[-1].number)  # its own refusal says what became of it
    if agreement.latest.terms.unsigned() or drafts:
        raise Refusal(
            f"{agreement.key} was not proposed yet.",
            "It is signed once it was proposed.",
            offers=((f"Propose {agreement.key}", f"agreement propose {agreement.key}"),),
            field="key",
        )
    raise Refusal(
        f"Nothing of {agreement.key} waits for a signature; everybody has signed it.",
        "Nothing is left to do.",
        offers=((f"Show {agreement.key}", f"agreement show {agreement.key}"),),
        field="key",
    )


def _which(found: list[Amendment], doing: str) -> Refusal:
    offers = tuple((f"{doing.capitalize()} {each.key}", f"agreement {doing} {each.key}") for each in found[:5])
    return Refusal("There are several drafts.", "Say which one.", offers=offers, field="key")


async def _promise(context: Context, arguments: Arguments) -> tuple[Agreement, Commitment]:
    """The promise that is named, in the newest version of its agreement."""
    named = arguments.one("promise", CommitmentName)
    keys = await commitments.keys(context.sitting.tx)
    slugs = next((slugs for slugs, key in keys.items() if key == named.key), None)
    if slugs is None:
        raise Refusal(f"There is no {named.key}.", "Say `agreement` to see the promises.", field="promise")
    agreement = context.sitting.agreement(slugs[0])
    terms: Terms = agreement.latest.terms
    return agreement, terms.commitment(slugs[1])


def _changes(arguments: Arguments) -> Mapping[str, str]:
    """The figures as somebody gave them, by name; those of the sum behind a target may come along."""
    changes = {arguments.one("figure", str): arguments.one("value", str)}
    if (marks := arguments.maybe("checkpoints", str)) is not None:
        changes["checkpoints"] = marks
    if (close := arguments.maybe("close", Fraction)) is not None:
        changes["close rate"] = write_share(close)
    if (sale := arguments.maybe("sale", Money)) is not None:
        changes["average sale"] = str(sale)
    return changes


KEY = Argument("key", KeyArg("AX"), "Agreement or draft", required=False)
DRAFT = Argument("key", KeyArg("X"), "Draft")
WHY = replace(BECAUSE, required=True)
FIGURE = (
    Argument("promise", CommitmentArg(), "Promise"),
    Argument("figure", ChoiceArg(tuple(FIGURES)), "Figure"),
    Argument("value", TextArg(rest=False, most=200), "New value", "Such as 105, 48 %, 4wh or last Friday 17:00"),
    Argument(
        "checkpoints",
        TextArg(rest=False, most=200),
        "Checkpoints",
        "Such as 27, 53, 79, 105; left out, they move along with the target",
        after=("with checkpoints",),
        required=False,
    ),
    Argument("close", PercentArg(), "Close rate", after=("with close rate",), required=False),
    Argument("sale", MoneyArg(), "Average sale", after=("with average sale",), required=False),
)

COMMANDS = (
    Command(
        verb="agreement show",
        summary="Read the whole text of an agreement or a draft, who signed when, and all its versions",
        who="everybody",
        run=show,
        arguments=(KEY,),
        examples=("agreement show", "agreement show A-1", "agreement show X-3"),
    ),
    Command(
        verb="agreement amend",
        summary="Draft a change of a figure; nothing counts before everybody has signed it",
        who="owners of the parties, their deputies, the sponsor",
        run=amend,
        writes=True,
        title="Amend an agreement",
        submit="Draft it",
        arguments=(Argument("key", KeyArg("A"), "Agreement", required=False), *FIGURE, FROM, BECAUSE),
        examples=(
            "agreement amend A-1 leads target 105 from 1 Dec because close rate was 48 %",
            "agreement amend leads silence 3wd",
        ),
    ),
    Command(
        verb="agreement propose",
        summary="Put a draft before every party's signatory",
        who="the side that drafted it",
        run=propose,
        writes=True,
        arguments=(KEY,),
        examples=("agreement propose A-1", "agreement propose X-3"),
    ),
    Command(
        verb="agreement sign",
        summary="Sign a proposal for your party; where it is beyond capacity, say why all the same",
        who="signatories",
        run=sign,
        writes=True,
        submit="Sign it",
        arguments=(
            KEY,
            Argument("despite", TextArg(long=True, most=500), "Why all the same", after=("despite",), required=False),
        ),
        examples=("agreement sign A-1", "agreement sign X-3 despite we hire two reps in November"),
    ),
    Command(
        verb="agreement decline",
        summary="Decline a proposal, with your reason",
        who="signatories",
        run=decline,
        writes=True,
        submit="Decline it",
        arguments=(KEY, WHY),
        examples=("agreement decline X-3 because December is too short",),
    ),
    Command(
        verb="agreement comment",
        summary="Say something about a proposal to everybody concerned",
        who="everybody with a part in it",
        run=comment,
        writes=True,
        submit="Say it",
        arguments=(KEY, Argument("text", TextArg(long=True), "Comment")),
        examples=("agreement comment X-3 can sales take so many in December?",),
    ),
    Command(
        verb="agreement link",
        summary="Get a link by which a signatory without an account can sign, once",
        who="owners of the parties, their deputies, the sponsor",
        run=link,
        writes=True,
        submit="Make the link",
        arguments=(DRAFT, Argument("party", PartyArg(), "For", after=("for",))),
        examples=("agreement link X-3 for sales",),
    ),
    Command(
        verb="agreement withdraw",
        summary="Take back what your side has drafted",
        who="the side that drafted it",
        run=withdraw,
        writes=True,
        arguments=(DRAFT,),
        examples=("agreement withdraw X-3",),
    ),
    Command(
        verb="agreement end",
        summary="Draft the end of an agreement on a last day, to be signed by everybody",
        who="owners of the parties, their deputies, the sponsor",
        run=end,
        writes=True,
        title="End an agreement",
        submit="Draft it",
        arguments=(
            Argument("key", KeyArg("A"), "Agreement", required=False),
            Argument("on", DateArg(toward="future"), "Last day", after=("on",)),
            WHY,
        ),
        examples=("agreement end A-1 on 31 Dec because the teams merge",),
    ),
)

"""What every member owes himself: his confirmation, who has not yet, and what becomes of it when he leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.cards import rolls as cards
from bot.chat.card import Card
from bot.desk.duties.duties import duty_of
from bot.desk.messages import saying
from bot.desk.messages.saying import Word
from bot.desk.sitting import Sitting
from bot.desk.standings.standings import members_standing_of
from bot.store import obligations, schedules
from slacore.agreements import Agreement, Terms
from slacore.commitments import Commitment, Deliverable
from slacore.evidence import looks_like_a_secret
from slacore.obligations import Obligation
from slacore.owers import is_members_own, wanted_for
from slacore.periods import Period

KIND = "members"


@dataclass(frozen=True, slots=True)
class Kept:
    """What may be kept of the words beside a confirmation; `withheld` says that some were not."""

    words: str
    withheld: bool
    files: tuple[str, ...] = ()


def kept_of(obligation: Obligation, terms: Terms, words: str, files: Sequence[str] = ()) -> Kept:
    """What may be written down: nothing where the promise wants nothing, and never what may be a member's password."""
    if wanted_for(obligation, terms) == "none":
        return Kept("", withheld=bool(words or files))
    if is_members_own(obligation, terms) and looks_like_a_secret(words):
        return Kept("", withheld=True, files=tuple(files))
    return Kept(words, withheld=False, files=tuple(files))


async def count_again(sitting: Sitting, obligation: Obligation) -> None:
    """Something became of a member's duty: the party's own is looked at where that may decide it."""
    terms = sitting.terms(obligation.agreement, obligation.version)
    commitment = terms.commitment(obligation.commitment)
    period = commitment.period.containing(obligation.period_starts_on)
    standing = await members_standing_of(sitting, terms, commitment, period)
    if standing.due_at <= sitting.now or standing.state != "on pace":
        await obligations.touch(
            sitting.tx, obligation.agreement, obligation.commitment, "period", period.first_on.isoformat(), sitting.now
        )


def may_see_names(terms: Terms, commitment: Commitment, member: str) -> bool:
    """Who may know who has not: whoever answers for the promise, the party's owner, and his manager."""
    party = terms.party(commitment.giver)
    return bool(member) and member in {commitment.owner, party.owner, party.manager}


async def who_has_not(sitting: Sitting, terms: Terms, commitment: Commitment, period: Period) -> tuple[str, ...]:
    """The members who have not done what is asked of each in a period, by name."""
    found = await obligations.of_period(sitting.tx, terms.slug, commitment.slug, period.first_on)
    waiting = {each.owner for each in found if each.kind == "slot" and not each.settled}
    return tuple(sorted(waiting, key=terms.name_of))


async def begin(sitting: Sitting, agreement: Agreement) -> None:
    """A new version was applied: when it takes effect, those whom it no longer names are let off."""
    terms = agreement.latest.terms
    first = Period(terms.effective_on, terms.effective_on, "")
    await schedules.put(sitting.tx, KIND, agreement.slug, first.starts_at(terms.zone))


async def look(sitting: Sitting, slug: str) -> None:
    """The version's first day has come, or its last signature: who is of the party no more owes nothing."""
    await schedules.end(sitting.tx, KIND, slug)
    agreement = sitting.agreement(slug)
    version = agreement.in_force(sitting.today(agreement.latest.terms.zone))
    if version is None:
        return
    gone: dict[str, list[Obligation]] = {}
    for commitment in version.terms.commitments:
        promise = commitment.promise
        if isinstance(promise, Deliverable) and promise.by_every_member:
            members = version.terms.party(commitment.giver).people
            for each in await obligations.open_of_promise(sitting.tx, slug, commitment.slug):
                if each.owner not in members:
                    gone.setdefault(each.owner, []).append(each)
    for member, owed in gone.items():
        await let_off(sitting, member, owed)


async def left(sitting: Sitting, member: str) -> None:
    """Somebody left the company: what only he could do is owed no more."""
    owed = await obligations.open_of_owner(sitting.tx, member)
    own = [each for each in owed if is_members_own(each, sitting.terms(each.agreement, each.version))]
    if own:
        await let_off(sitting, member, own)


async def let_off(sitting: Sitting, member: str, owed: list[Obligation]) -> None:
    """Withdraw a member's own duties; he is told, where he can be, and whoever answers for his party."""
    duties = []
    for each in owed:
        withdrawn = replace(each, state="withdrawn", look_again_at=None, revision=each.revision + 1)
        await obligations.save(sitting.tx, each, withdrawn)
        await sitting.record("Withdrawn", each.key, {"state": each.state}, {"reason": "left the party"})
        await count_again(sitting, withdrawn)
        duties.append(await duty_of(sitting, withdrawn))
    terms = duties[0].terms
    presence = await sitting.presence()
    if member not in presence.gone:
        await _tell(sitting, terms, member, member, cards.let_off(duties, sitting.now))
    for owner in dict.fromkeys(duty.commitment.owner for duty in duties):
        if owner != member:
            theirs = [duty for duty in duties if duty.commitment.owner == owner]
            await _tell(sitting, terms, owner, member, cards.member_left(theirs, sitting.now))


async def _tell(sitting: Sitting, terms: Terms, to: str, about: str, card: Card) -> None:
    word = Word("note", f"let-off:{about}:{to}:{sitting.now.isoformat()}", fresh=True)
    await saying.to_person(sitting, terms, to, card, word)

"""One person on two platforms: a one-time code said on the other one merges the two.

What was said and done stays under the name it was done by; from then on both speak as one member.
A code lives ten minutes, serves once, and is kept as a salted digest only. A wrong code is
counted, so what is declined is an answer and not an exception: it has to be written down.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import connections as cards
from bot.chat.talk import Person, Place
from bot.desk.sitting import Sitting
from bot.store import administrators, codes, identities, outbox, people
from bot.store.codes import Code, Purpose
from bot.store.outbox import Saying
from slacore.errors import Refusal

LIVES = timedelta(minutes=10)
TRIES = 5
"""Wrong codes within `LIVES` after which somebody has to wait, and wrong tries that end a code."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: nothing that is read as something else."""
_READ_AS = str.maketrans("OIL", "011")
_NAME, _SECRET = 4, 12
_BITS = re.compile(f"[{_ALPHABET}]{{{_NAME + _SECRET}}}")
_PLATFORMS: Mapping[str, str] = {"slack": "Slack", "teams": "Microsoft Teams", "web": "the browser"}


class Elsewhere(Exception):
    """This company made no code of that name. Carries the code as it was said."""

    def __init__(self, written: str) -> None:
        """Keep what was said."""
        super().__init__("a code of another company, or of none")
        self.written = written


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that was just made, in full: it is shown once and known to nobody after."""

    written: str
    until: datetime


def said_as_code(text: str) -> str:
    """A code as it is compared: without blanks and dashes, look-alikes read as what they are meant to be."""
    return re.sub(r"[\s‐‑–—-]", "", text).upper().translate(_READ_AS)


async def invite(sitting: Sitting, person: Person) -> Invitation:
    """Make the speaker's code for another platform, in place of one he made before."""
    return await _made(sitting, "person", sitting.actor, person)


async def invite_company(sitting: Sitting, person: Person | None) -> Invitation:
    """Make a code that lets another platform's empty workspace become part of this company.

    `person` is None for whoever works at the machine itself. Refuses everybody else who is no administrator.
    """
    if person is not None and not await administrators.is_one(sitting.tx, person.platform, person.user):
        raise Refusal(
            "Only an administrator can let another platform into this company.",
            "Ask whoever added me here, or whoever runs me to type `kept connect` there.",
        )
    return await _made(sitting, "company", sitting.actor, person)


async def redeem(sitting: Sitting, person: Person, text: str) -> cards.Connected | Refusal:
    """Make a platform's user the person who made the code. Says why not where it cannot be; raises Elsewhere."""
    written = said_as_code(text)
    if (wait := await must_wait(sitting, person)) is not None:
        return wait
    found = await codes.find(sitting.tx, written[:_NAME]) if _BITS.fullmatch(written) else None
    if found is None:
        raise Elsewhere(text)
    if not fits(found, written):
        if found.wrong < TRIES:
            codes.missed(sitting.tx, found)
        return await wrong(sitting, person)
    if found.purpose == "company":
        return Refusal(
            "That is this company's own code, and this place is part of it already.",
            "Say it on the platform that is to join.",
        )
    if (declined := spent(found, sitting.now)) is not None:
        return declined
    return await _merge(sitting, person, found)


async def disconnect(sitting: Sitting, person: Person, platform: str) -> cards.Connected:
    """The speaker is no longer known on a platform. Refuses the one he speaks from, and what a file says."""
    if platform == person.platform:
        raise Refusal(
            f"You are speaking from {named(platform)}.", f"Say `disconnect {platform}` on the other platform."
        )
    had = [user for on, user in await identities.of_person(sitting.tx, sitting.actor) if on == platform]
    if not had:
        raise Refusal(f"You are not connected with {named(platform)}.", "Say `connect` to connect.", field="platform")
    for agreement in sitting.agreements:
        terms = agreement.latest.terms
        listed = {pair for each in terms.people if each.id == sitting.actor for pair in each.identities}
        if any((platform, user) in listed for user in had):
            raise Refusal(
                f"Your account in {named(platform)} stands in the file of {terms.name}.",
                "Ask whoever keeps that file to take it out.",
            )
    await identities.take_away(sitting.tx, platform, sitting.actor)
    await sitting.record("Disconnected", sitting.actor, {"platform": platform, "users": had}, None)
    return await whoami(sitting)


async def whoami(sitting: Sitting) -> cards.Connected:
    """The speaker, and where he is known."""
    known = await people.find(sitting.tx, sitting.actor)
    name = known.name if known is not None else sitting.actor
    there = await identities.of_person(sitting.tx, sitting.actor)
    return cards.Connected(name, sitting.actor, tuple((named(platform), user) for platform, user in there))


def named(platform: str) -> str:
    """What people call a platform."""
    return _PLATFORMS.get(platform, platform)


def fits(code: Code, written: str) -> bool:
    """Whether what was said is this code; it takes the same time whatever was said."""
    return hmac.compare_digest(code.digest, _digest(code.salt, written)) and code.wrong < TRIES


def spent(code: Code, now: datetime) -> Refusal | None:
    """Why a code that fits serves no more; None while it does."""
    if code.used_at is not None:
        return Refusal("That code has been used already; each serves once.", "Say `connect` for a fresh one.")
    if now >= code.expires_at:
        minutes = LIVES // timedelta(minutes=1)
        return Refusal(
            f"That code has run out; each lives {minutes} minutes.", "Say `connect` where I know you for a fresh one."
        )
    return None


async def must_wait(sitting: Sitting, person: Person) -> Refusal | None:
    """Why somebody who said too many wrong codes may try none for a while; None for everybody else."""
    tries, since = await codes.wrong_tries(sitting.tx, person.platform, person.user)
    if since is None or tries < TRIES or sitting.now >= since + LIVES:
        return None
    left = -(-(since + LIVES - sitting.now) // timedelta(minutes=1))
    return Refusal(
        f"That was {tries} wrong codes, so I take none from you for a while.",
        f"Try again in {left} minute{'' if left == 1 else 's'}, with a fresh code.",
    )


async def wrong(sitting: Sitting, person: Person) -> Refusal:
    """Count a wrong code, and say that it is one."""
    tries, since = await codes.wrong_tries(sitting.tx, person.platform, person.user)
    if since is None or sitting.now >= since + LIVES:
        codes.count_wrong(sitting.tx, person.platform, person.user, 1, sitting.now, new=since is None)
    else:
        codes.count_wrong(sitting.tx, person.platform, person.user, tries + 1, since, new=False)
    await sitting.record("WrongCode", f"{person.platform}:{person.user}", None, None)
    return Refusal("I know no such code.", "Say `connect` where I know you, and here the code that you get.")


async def _made(sitting: Sitting, purpose: Purpose, whose: str, person: Person | None) -> Invitation:
    await codes.forget(sitting.tx, sitting.now - LIVES)
    name = _chance(_NAME)
    while await codes.find(sitting.tx, name) is not None:
        name = _chance(_NAME)
    written, salt, until = name + _chance(_SECRET), secrets.token_hex(16), sitting.now + LIVES
    await codes.put(
        sitting.tx,
        Code(
            workspace=sitting.workspace,
            name=name,
            purpose=purpose,
            salt=salt,
            digest=_digest(salt, written),
            person=whose,
            platform=person.platform if person is not None else "",
            user=person.user if person is not None else "",
            made_at=sitting.now,
            expires_at=until,
        ),
    )
    await sitting.record("CodeMade", whose, None, {"for": purpose})
    return Invitation("-".join(written[at : at + 4] for at in range(0, len(written), 4)), until)


async def _merge(sitting: Sitting, person: Person, code: Code) -> cards.Connected | Refusal:
    if person.platform == code.platform:
        return Refusal(
            f"That code was made in {named(code.platform)}, and this is {named(code.platform)}.",
            "Say it on the other platform.",
        )
    before = sitting.actor
    if before == code.person:
        return Refusal("You are connected already: I know you as one person on both.", "Nothing is left to do.")
    known = await people.find(sitting.tx, code.person)
    who = known.name if known is not None else code.person
    if before and (agreement := _agreement_with(sitting, before)):
        return Refusal(
            f"{agreement} names you here under another name than there, and I change nothing that was signed.",
            "Ask whoever keeps its file to name you once, with your ids on both platforms.",
        )
    there = dict(await identities.of_person(sitting.tx, code.person))
    if person.platform in there:
        return Refusal(
            f"{who} is known here under another account.",
            f"Say `disconnect {person.platform}` in {named(code.platform)} first.",
        )
    codes.use(sitting.tx, code, f"{person.platform}:{person.user}")
    await identities.give(sitting.tx, person.platform, person.user, code.person)
    if before and not await identities.of_person(sitting.tx, before):
        await people.let_go(sitting.tx, before)
    sitting.actor = code.person
    sitting.forget_presence()
    after = {"platform": person.platform, "user": person.user, "with": f"{code.platform}:{code.user}"}
    await sitting.record("Connected", code.person, {"member": before} if before else None, after)
    await _tell_the_other_side(sitting, person, code)
    return await whoami(sitting)


def _agreement_with(sitting: Sitting, member: str) -> str:
    """The agreement that names somebody, if one does; "" otherwise."""
    names = (each.latest.terms for each in sitting.agreements)
    return next((terms.name for terms in names if any(each.id == member for each in terms.people)), "")


async def _tell_the_other_side(sitting: Sitting, person: Person, code: Code) -> None:
    """Whoever made the code hears what came of it, where he made it: it may not have been he who said it."""
    place = Place(sitting.workspace, code.platform, "direct", code.user)  # type: ignore[arg-type]  # kept as it was said
    zone = await people.zone_of(sitting.tx, code.person)
    card = cards.connected_elsewhere(person.name, named(person.platform), person.platform, sitting.now, zone=zone)
    key = f"connected:{code.name}:{code.made_at.isoformat()}"
    await outbox.say(
        sitting.tx,
        Saying(dedupe_key=key, place=place, card=card, kind="note", series=key, person=code.person, level=2),
    )


def _digest(salt: str, written: str) -> str:
    return hmac.new(bytes.fromhex(salt), written.encode(), hashlib.sha256).hexdigest()


def _chance(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))

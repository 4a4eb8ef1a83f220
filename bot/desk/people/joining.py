"""A second platform joins a company: an administrator's code, said where nothing has been agreed yet.

Two workspaces are written, one after the other, since no transaction sees both. First the code is
spent for the workspace that wants in, then that workspace points to the company. Where the second
is not reached, saying the code again goes on from there.
"""

from __future__ import annotations

import logging
from datetime import datetime

from bot.chat.talk import Person
from bot.desk.people import connecting
from bot.desk.people.connecting import said_as_code
from bot.desk.sitting import Sitting, sit
from bot.store import administrators, codes, joins, workspaces
from bot.store.codes import Code
from bot.store.database import Database
from bot.store.tx import Tx
from slacore.errors import Refusal

log = logging.getLogger(__name__)


class Joined:
    """A workspace has become part of a company, which is called `company`."""

    def __init__(self, company: str) -> None:
        """Keep what it is called."""
        self.company = company


async def join(database: Database, now: datetime, person: Person, text: str) -> Joined | Refusal:
    """Let the speaker's workspace join whichever company made the code. Says why not where it cannot be."""
    written = said_as_code(text)
    code = await _find(database, written)
    if code is None:
        return await database.write(person.workspace, lambda tx: _wrong(tx, now, person))
    if code.purpose == "person":
        return Refusal(
            "That code was made in another company, which this place is no part of.",
            "An administrator there says `connect company` first, if the two are one.",
        )
    if (declined := await database.read(person.workspace, lambda tx: _may_leave(tx, person))) is not None:
        return declined
    taken = await database.write(code.workspace, lambda tx: _let_in(tx, now, code.name, person))
    if isinstance(taken, Refusal):
        return taken
    return await database.write(person.workspace, lambda tx: _go_in(tx, now, code.workspace, taken, person))


async def _find(database: Database, written: str) -> Code | None:
    """The code of any other company that fits what was said."""
    found = await database.everywhere(lambda view: codes.named(view, written[:4]))
    return next((each for each in found if connecting.fits(each, written)), None)


async def _wrong(tx: Tx, now: datetime, person: Person) -> Refusal:
    await workspaces.begin(tx)
    return await connecting.wrong(await sit(tx, now, "", person.platform), person)


async def _may_leave(tx: Tx, person: Person) -> Refusal | None:
    """Why this workspace cannot become part of another; None where it can."""
    if await joins.joined_to(tx):
        return None  # seen to by `_go_in`: the same code again is no mistake
    if await joins.holds_data(tx):
        return Refusal(
            "Something has been agreed here already, and two records cannot become one.",
            "Connect before the first agreement is applied; or go on with each on its own.",
        )
    if await codes.somebody_joined(tx):
        return Refusal(
            "Another platform has joined this one, so it cannot itself join a third.",
            "Say `connect company` here, and the code on the platform that is to join.",
        )
    known = await administrators.everybody(tx)
    if known and (person.platform, person.user) not in known:
        return Refusal(
            "Only an administrator can make this place part of another company.",
            "Ask whoever added me here to say it.",
        )
    return None


async def _let_in(tx: Tx, now: datetime, name: str, person: Person) -> str | Refusal:
    """Spend the company's code for a workspace; what the company is called."""
    code = await codes.find(tx, name)
    if code is None:
        return Refusal("That code has run out.", "Ask for a fresh one.")
    sitting = await sit(tx, now, code.person, person.platform)
    if code.used_by != person.workspace:
        if (declined := connecting.spent(code, now)) is not None:
            return declined
        if await joins.joined_to(tx):
            return Refusal("That company has itself become part of another.", "Ask for a code there.")
        codes.use(tx, code, person.workspace)
        after = {"workspace": person.workspace, "by": f"{person.platform}:{person.user}"}
        await sitting.record("LetIn", person.platform, None, after)
    return await workspaces.name_of(tx) or tx.workspace


async def _go_in(tx: Tx, now: datetime, to: str, company: str, person: Person) -> Joined | Refusal:
    """Point this workspace to the company, unless something happened here meanwhile."""
    already = await joins.joined_to(tx)
    if already == to:
        return Joined(company)
    if already:
        return Refusal("This place is part of another company already.", "Nothing more can be joined here.")
    if (declined := await _may_leave(tx, person)) is not None:
        return declined
    sitting: Sitting = await sit(tx, now, "", person.platform)
    joins.join(tx, to)
    await sitting.record("Joined", person.platform, None, {"company": to, "by": f"{person.platform}:{person.user}"})
    log.info("%s has joined %s", tx.workspace, to)
    return Joined(company)

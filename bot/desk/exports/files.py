"""Files that cards come with, made when somebody takes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from bot.chat.card import File
from bot.clock import Clock
from bot.desk.duties import evidence
from bot.desk.exports import exports
from bot.desk.reviews import prints
from bot.desk.sitting import Sitting, sit
from bot.store.database import Database
from bot.store.tx import Tx

Write = Callable[[Sitting, Sequence[str], BinaryIO], Awaitable[None]]

_WRITERS: Mapping[str, Write] = {
    evidence.EVIDENCE: evidence.write,
    evidence.RAISED: evidence.write_raised,
    exports.EXPORT: exports.write,
    prints.AGREEMENT: prints.write_agreement,
    prints.PAGE: prints.write_page,
    prints.FILE: prints.write_file,
    prints.REVIEW: prints.write_review,
    prints.REVIEW_PAGE: prints.write_review_page,
    prints.MEETING: prints.write_meeting,
}


class Files:
    """Makes the files that cards name. One a house; every door has it as a port."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read in `database`; nothing is written there."""
        self._database = database
        self._clock = clock

    async def open(self, workspace: str, file: File) -> BinaryIO:
        """Make a file and open it at its beginning; it is gone once closed. Raises Refusal, DatabaseGone.

        It is made on behalf of whom it was made for, who is named last in what it `holds`: what he
        may not see any more, he does not get.
        """
        sort, *holds = file.holds
        into = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 -- whoever takes the file closes it

        async def job(tx: Tx) -> None:
            into.seek(0)
            into.truncate()  # a read that was lost begins anew
            await _WRITERS[sort](await sit(tx, self._clock.now(), holds[-1], "file"), holds, into)

        try:
            await self._database.read(workspace, job)
        except BaseException:
            into.close()
            raise
        into.seek(0)
        return into

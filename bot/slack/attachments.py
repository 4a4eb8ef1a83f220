"""Files that a card comes with: made, uploaded, and shown in the conversation just before the card itself.

A file cannot be part of a message with blocks and a mark of its own; so it goes first, and the
card that speaks of it follows. Should the card fail, it alone goes again, as long as this process
remembers; after that the files may come twice, and never not at all.
"""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import BinaryIO

from bot.chat.card import Card, File
from bot.chat.messenger import DeliveryFailed
from bot.slack.calls import WAIT_BY_DEFAULT, Refused
from bot.slack.installations import Installation
from bot.slack.uploads import Uploads
from slacore.errors import Refusal

log = logging.getLogger(__name__)

_REMEMBERED = 256


class Attachments:
    """Shows files. One a process."""

    def __init__(self, uploads: Uploads, files: Callable[[str, File], Awaitable[BinaryIO]]) -> None:
        """Upload with `uploads` what `files` opens."""
        self._uploads = uploads
        self._files = files
        self._shown: OrderedDict[str, frozenset[File]] = OrderedDict()

    async def show(
        self, card: Card, installation: Installation, channel: str, thread: str, delivery_id: str
    ) -> frozenset[File]:
        """Show a card's files in a conversation, once a delivery; which ones. Raises DeliveryFailed (not sent)."""
        wanted = tuple(dict.fromkeys(block for block in card.blocks if isinstance(block, File)))
        if not wanted:
            return frozenset()
        if delivery_id not in self._shown:
            self._shown[delivery_id] = await self._show(wanted, installation, channel, thread)
            if len(self._shown) > _REMEMBERED:
                self._shown.popitem(last=False)
        return self._shown[delivery_id]

    async def _show(
        self, wanted: tuple[File, ...], installation: Installation, channel: str, thread: str
    ) -> frozenset[File]:
        try:
            sent: dict[str, File] = {}
            for file in wanted:
                with await self._files(installation.workspace, file) as made:
                    length = os.fstat(made.fileno()).st_size
                    sent[await self._uploads.send(file.name, made, length, installation.token)] = file
            titles = {identifier: file.name for identifier, file in sent.items()}
            await self._uploads.complete(titles, installation.token, channel=channel, thread=thread)
        except Refusal as refusal:
            log.warning("a file is not made any more: %s", refusal)
            return frozenset()
        except Refused as refused:
            if refused.outcome != "impossible":
                raise DeliveryFailed(str(refused), "not sent", refused.retry_after or WAIT_BY_DEFAULT) from refused
            log.warning("files go out in words alone: %s", refused)
            return frozenset()
        except DeliveryFailed as failed:
            # The card itself was not tried yet, so it may simply go again, with its files.
            raise DeliveryFailed(str(failed), "not sent", WAIT_BY_DEFAULT) from failed
        return frozenset(wanted)

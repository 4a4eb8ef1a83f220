"""Charts as pictures in a message: drawn, uploaded, and named by their file.

An uploaded picture is seen only where a message names its file; without the scope the chart's
words stand for it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from io import BytesIO

from bot.chat.card import Card, Chart
from bot.chat.messenger import DeliveryFailed
from bot.slack.calls import WAIT_BY_DEFAULT, Refused
from bot.slack.installations import Installation
from bot.slack.spans import clean
from bot.slack.uploads import Uploads

log = logging.getLogger(__name__)

_REMEMBERED = 256
"""Files remembered by what they show, so that a message tried again does not upload its picture again."""


def has_pictures(card: Card) -> bool:
    """Whether a card has anything to draw."""
    return any(isinstance(block, Chart) for block in card.blocks)


class Pictures:
    """Uploads charts. One a process."""

    def __init__(self, uploads: Uploads, draw: Callable[[Chart], Awaitable[bytes]]) -> None:
        """Draw with `draw`, send with `uploads`."""
        self._uploads = uploads
        self._draw = draw
        self._files: dict[tuple[str, str], str] = {}

    async def of(self, card: Card, installation: Installation) -> dict[Chart, str]:
        """The files that show a card's charts; without those Slack would not take. Raises DeliveryFailed (not sent)."""
        charts = [block for block in card.blocks if isinstance(block, Chart)]
        files: dict[Chart, str] = {}
        for chart in charts:
            try:
                files[chart] = await self._file(chart, installation)
            except Refused as refused:
                if refused.outcome == "not sent":
                    raise
                log.warning("a chart goes out in words alone: %s", refused)
            except DeliveryFailed as failed:
                # The message itself was not tried yet, so it may simply go again.
                raise DeliveryFailed(str(failed), "not sent", WAIT_BY_DEFAULT) from failed
        return files

    async def if_any(self, card: Card, installation: Installation) -> dict[Chart, str]:
        """The same for what would rather be said in words than late: nothing, where Slack takes no picture now."""
        if not has_pictures(card):
            return {}
        try:
            return await self.of(card, installation)
        except DeliveryFailed as failed:
            log.info("a chart is shown in words alone: %s", failed)
            return {}

    async def _file(self, chart: Chart, installation: Installation) -> str:
        picture = await self._draw(chart)
        key = (installation.team, hashlib.sha256(picture).hexdigest())
        if key not in self._files:
            file = await self._upload(chart, picture, installation.token)
            if len(self._files) >= _REMEMBERED:
                del self._files[next(iter(self._files))]
            self._files[key] = file
        return self._files[key]

    async def _upload(self, chart: Chart, picture: bytes, token: str) -> str:
        alt = clean(chart.alt) or clean(chart.title) or "Chart"
        file = await self._uploads.send("chart.png", BytesIO(picture), len(picture), token, alt=alt)
        await self._uploads.complete({file: clean(chart.title) or "Chart"}, token)
        return file

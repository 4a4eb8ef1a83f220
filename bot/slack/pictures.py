"""Charts as pictures in a message: drawn, uploaded, and named by their file.

Slack's third way of uploading: ask for an address, send the bytes there, say that they are whole.
Nothing appears anywhere by that; the picture is seen where a message names its file. So a failed
upload is never a message of unknown fate, and without the scope the chart's words stand for it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from io import BytesIO

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.card import Card, Chart
from bot.chat.messenger import DeliveryFailed
from bot.slack import limits
from bot.slack.calls import WAIT_BY_DEFAULT, Refused, call, call_with_form
from bot.slack.installations import Installation
from bot.slack.spans import clean

log = logging.getLogger(__name__)

_REMEMBERED = 256
"""Files remembered by what they show, so that a message tried again does not upload its picture again."""


class Pictures:
    """Uploads charts. One a process."""

    def __init__(
        self, web: AsyncWebClient, session: aiohttp.ClientSession, draw: Callable[[Chart], Awaitable[bytes]]
    ) -> None:
        """Draw with `draw`, call with `web`, send bytes through `session`."""
        self._web = web
        self._session = session
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
        alt = limits.fitted(clean(chart.alt) or clean(chart.title) or "Chart", 1_000)
        wanted = {"filename": "chart.png", "length": len(picture), "alt_txt": alt}
        # This method takes no JSON.
        begun = await call_with_form(self._web, "files.getUploadURLExternal", wanted, token=token)
        address, file = str(begun.get("upload_url", "")), str(begun.get("file_id", ""))
        try:
            async with self._session.post(address, data=BytesIO(picture)) as response:
                if response.status != 200:
                    raise DeliveryFailed(f"Slack took no picture: {response.status}", "not sent", WAIT_BY_DEFAULT)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise DeliveryFailed(f"Slack took no picture: {error}", "not sent", WAIT_BY_DEFAULT) from error
        title = limits.fitted(clean(chart.title) or "Chart", 200)
        await call(self._web, "files.completeUploadExternal", {"files": [{"id": file, "title": title}]}, token=token)
        return file

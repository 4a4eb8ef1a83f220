"""Bytes sent to Slack, by its third way of uploading: ask for an address, send them there, say that they are whole.

Nothing appears anywhere before the last step; and then only where that step names a conversation.
So a failed upload is never a message of unknown fate.
"""

from __future__ import annotations

from typing import BinaryIO

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messenger import DeliveryFailed
from bot.slack import limits
from bot.slack.calls import WAIT_BY_DEFAULT, call, call_with_form
from bot.slack.spans import clean

SENT_WITHIN = aiohttp.ClientTimeout(total=120, sock_connect=4)
"""Seconds for the bytes themselves, which may be many."""


class Uploads:
    """Sends bytes. One a process."""

    def __init__(self, web: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        """Call with `web`, send bytes through `session`."""
        self._web = web
        self._session = session

    async def send(self, name: str, content: BinaryIO, length: int, token: str, *, alt: str = "") -> str:
        """Send the bytes of one file; its id. Raises Refused, DeliveryFailed."""
        wanted: dict[str, str | int] = {"filename": name, "length": length}
        if alt:
            wanted["alt_txt"] = limits.fitted(clean(alt), limits.FILE_ALT)
        # This method takes no JSON.
        begun = await call_with_form(self._web, "files.getUploadURLExternal", wanted, token=token)
        address, file = str(begun.get("upload_url", "")), str(begun.get("file_id", ""))
        headers = {"Content-Length": str(length), "Content-Type": "application/octet-stream"}
        try:
            async with self._session.post(address, data=content, headers=headers, timeout=SENT_WITHIN) as response:
                if response.status != 200:
                    raise DeliveryFailed(f"Slack took no file: {response.status}", "not sent", WAIT_BY_DEFAULT)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise DeliveryFailed(f"Slack took no file: {error}", "not sent", WAIT_BY_DEFAULT) from error
        return file

    async def complete(self, titles: dict[str, str], token: str, *, channel: str = "", thread: str = "") -> None:
        """Say that files (by id, with their titles) are whole; with `channel` they appear there, in one message."""
        named = [
            {"id": file, "title": limits.fitted(clean(title), limits.FILE_TITLE)} for file, title in titles.items()
        ]
        body: dict[str, object] = {"files": named}
        body |= {"channel_id": channel} if channel else {}
        body |= {"thread_ts": thread} if channel and thread else {}
        await call(self._web, "files.completeUploadExternal", body, token=token)

"""Files that come with a message, fetched with the install's token, which goes to Slack's own host and nowhere else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.attachments import MOST_FILES
from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Attachment
from bot.slack.addresses import lies_below
from bot.slack.calls import call_with_form
from bot.slack.hearing import text_at
from bot.slack.installations import Installation

log = logging.getLogger(__name__)

MOST_BYTES = 5_000_000
"""What is fetched of one file: more is not here within the time that Slack waits."""
_FETCHED_WITHIN = aiohttp.ClientTimeout(total=2.0, sock_connect=1.0)
"""Seconds; Slack waits three for its answer."""
_CHUNK = 64 * 1024


class NotFetched(Exception):
    """A file could not be fetched; the words say which and why, as its sender reads them."""


class Downloads:
    """Fetches files. One a process."""

    def __init__(self, web: AsyncWebClient, session: aiohttp.ClientSession, files_url: str) -> None:
        """Ask about files with `web`, fetch through `session` what lies at `files_url` and below ("" for anywhere)."""
        self._web = web
        self._session = session
        self._files_url = files_url

    async def of(self, files: Sequence[Mapping[str, Any]], installation: Installation) -> tuple[Attachment, ...]:
        """The files of a message or a form, fetched side by side. Raises NotFetched."""
        if len(files) > MOST_FILES:
            raise NotFetched(f"{len(files)} files came at once; I take up to {MOST_FILES}.")
        return tuple(await asyncio.gather(*[self._fetch(file, installation) for file in files]))

    async def _described(self, file: Mapping[str, Any], installation: Installation) -> Mapping[str, Any]:
        """A file with its name and address, which Slack leaves out of what another company attached."""
        if text_at(file, "file_access") != "check_file_info":
            return file
        try:
            fields = {"file": text_at(file, "id")}
            found = await call_with_form(self._web, "files.info", fields, token=installation.token)
        except DeliveryFailed as failed:
            raise NotFetched("Slack does not tell me about a file of another company; paste what is in it.") from failed
        described = found.get("file")
        return described if isinstance(described, dict) else file

    async def _fetch(self, file: Mapping[str, Any], installation: Installation) -> Attachment:
        file = await self._described(file, installation)
        name = text_at(file, "name") or text_at(file, "title") or "your file"
        address = text_at(file, "url_private_download") or text_at(file, "url_private")
        if not lies_below(address, self._files_url):
            log.warning("a file was to be fetched from an address that is not Slack's")
            raise NotFetched(f"I cannot reach {name}: it does not lie at Slack.")
        headers = {"Authorization": f"Bearer {installation.token}"}
        try:
            async with self._session.get(
                address, headers=headers, timeout=_FETCHED_WITHIN, allow_redirects=False
            ) as response:
                # Without the scope Slack shows a page to sign in at, as if nothing were wrong.
                if response.status in {401, 403} or response.content_type == "text/html":
                    raise NotFetched(
                        f"I may not read {name}: whoever added me here has not allowed files (files:read)."
                    )
                if response.status != 200:
                    raise NotFetched(f"Slack did not hand me {name} ({response.status}); attach it once more.")
                content = bytearray()
                async for part in response.content.iter_chunked(_CHUNK):
                    content += part
                    if len(content) > MOST_BYTES:
                        raise NotFetched(f"{name} has more than the {MOST_BYTES:,} bytes that I read here.")
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.info("a file was not fetched: %s", error)
            raise NotFetched(f"Slack did not hand me {name} in time.") from error
        return Attachment(name, text_at(file, "mimetype"), bytes(content))

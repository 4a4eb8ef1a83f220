"""Files that come with words in a personal chat: fetched from where Teams keeps them, and only from there.

Of a file Teams sends an address that needs no token, and ours never goes along. Elsewhere than at the
deployment's own list of addresses nothing is fetched, wherever an activity or a redirect points. A
picture that was pasted into the message lies at the connector itself, and is fetched as it wants it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from urllib.parse import urljoin, urlsplit

import aiohttp

from bot.chat.attachments import MOST_FILES
from bot.chat.messenger import DeliveryFailed
from bot.chat.talk import Attachment
from bot.documents.lists import MOST_BYTES
from bot.teams.activities import Activity, text_at
from bot.teams.connector import origin_of
from slacore.errors import Refusal

log = logging.getLogger(__name__)

DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"
ANSWER_WITHIN = 20.0
_HOPS = 3
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
"""How a picture begins, and how its name is to end."""
Picture = Callable[[str, int], Awaitable[bytes]]
"""Fetches a picture that is part of a message, with our token, which Teams wants for it: address, and at most."""
_AGAIN = "Send it once more, or paste its lines."


def allows(hosts: Collection[str], url: str) -> bool:
    """Whether an address is on a list of origins; `https://*.example.com` stands for every host below it."""
    origin = origin_of(url)
    if not origin:
        return False
    parts = urlsplit(origin)
    for each in hosts:
        scheme, _, host = each.rstrip("/").partition("://")
        if host.startswith("*."):
            if parts.scheme == scheme and parts.netloc.endswith(host[1:]):
                return True
        elif origin == origin_of(each):
            return True
    return False


def _pasted(attachment: object) -> str:
    """The address of a picture that was pasted into a message, "" for any other attachment."""
    kind = text_at(attachment, "contentType") if isinstance(attachment, Mapping) else ""
    return text_at(attachment, "contentUrl") if kind.startswith("image/") and isinstance(attachment, Mapping) else ""


class Downloads:
    """Fetches files. One a process."""

    def __init__(self, session: aiohttp.ClientSession, hosts: Collection[str], picture: Picture) -> None:
        """Fetch through `session` from `hosts` alone (see `allows`); what was put into a message, with `picture`."""
        self._session = session
        self._hosts = frozenset(hosts)
        self._picture = picture

    async def of(self, activity: Activity) -> tuple[Attachment, ...]:
        """The files that came with a message, fetched. Refuses what cannot be had."""
        attached = activity.body.get("attachments")
        sent = attached if isinstance(attached, list) else []
        found = [each for each in sent if text_at(each, "contentType") == DOWNLOAD]
        pasted = [url for each in sent if (url := _pasted(each))]
        if len(found) + len(pasted) > MOST_FILES:
            raise Refusal(f"{len(found) + len(pasted)} files came at once.", f"Send up to {MOST_FILES}.")
        files = [
            await self._fetched(
                text_at(each, "name"), text_at(each, "content", "downloadUrl"), text_at(each, "content", "fileType")
            )
            for each in found
        ]
        return (*files, *[await self._shown(url, number) for number, url in enumerate(pasted, 1)])

    async def _shown(self, url: str, number: int) -> Attachment:
        """A picture that was pasted into a message: it has no name, and is told by how it begins."""
        try:
            content = await self._picture(url, MOST_BYTES)
        except DeliveryFailed as failed:
            log.info("a picture could not be fetched: %s", failed)
            raise Refusal("I could not fetch the picture that is in your message.", "Send it as a file.") from failed
        ending = next((kind for beginning, kind in _PICTURES.items() if content.startswith(beginning)), "")
        if not ending or len(content) > MOST_BYTES:
            raise Refusal("I cannot read the picture that is in your message.", "Send it as a file.")
        return Attachment(f"picture-{number}.{ending}", ending, content)

    async def _fetched(self, name: str, url: str, kind: str) -> Attachment:
        shown = " ".join(name.split())[:80] or "your file"
        for _ in range(_HOPS):
            if not allows(self._hosts, url):
                log.warning("a file was to be fetched from %s, which is no address of Teams", origin_of(url)[:120])
                raise Refusal(f"I fetch no file from where {shown} lies.", "Send it in this chat, or paste its lines.")
            try:
                async with self._session.get(
                    url, timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN), allow_redirects=False
                ) as answer:
                    if answer.status in {301, 302, 303, 307, 308}:
                        url = urljoin(url, answer.headers.get("Location", ""))
                        continue
                    if answer.status != 200:
                        raise Refusal(f"Teams did not let me have {shown} ({answer.status}).", _AGAIN)
                    return Attachment(name, kind, await self._read(answer, shown))
            except (aiohttp.ClientError, TimeoutError) as error:
                log.info("a file could not be fetched: %s", type(error).__name__)
                raise Refusal(f"I could not fetch {shown}.", _AGAIN) from error
        raise Refusal(f"I could not fetch {shown}: I was sent from place to place.", _AGAIN)

    async def _read(self, answer: aiohttp.ClientResponse, shown: str) -> bytes:
        parts, size = [], 0
        async for part in answer.content.iter_chunked(256 * 1024):
            size += len(part)
            if size > MOST_BYTES:
                raise Refusal(f"{shown} has more than {MOST_BYTES:,} bytes, which is more than I read.", "Split it.")
            parts.append(part)
        return b"".join(parts)

"""The bell that wakes open pages when there is something new to see."""

from __future__ import annotations

import asyncio


class Bell:
    """Tells every open page of this process to look again.

    It carries no news: a page that wakes asks the store what changed since it last looked, so a
    ring that is missed, or one too many, costs nothing. Lives as long as the app; `close` lets
    every waiting page go, so that the server can stop at once.
    """

    def __init__(self) -> None:
        """Hang silent, in the first epoch."""
        self._rung = asyncio.Event()
        self._epoch = 0
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether the app is stopping and pages should let go."""
        return self._closed

    @property
    def epoch(self) -> int:
        """How often the room was cleared; a page of an earlier epoch has to load anew."""
        return self._epoch

    def ring(self) -> None:
        """Wake everyone who listens now."""
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    def ring_in_a_new_epoch(self) -> None:
        """Wake everyone and tell them that the room was cleared."""
        self._epoch += 1
        self.ring()

    def close(self) -> None:
        """Wake everyone for the last time."""
        self._closed = True
        self.ring()

    def listen(self) -> asyncio.Event:
        """The next ring. Take it before looking, wait for it after: nothing falls between."""
        if self._closed:
            self._rung.set()
        return self._rung

    @staticmethod
    async def wait(rung: asyncio.Event, within: float) -> None:
        """Return at the ring or after `within` seconds of real time, whichever is first."""
        try:
            async with asyncio.timeout(within):
                await rung.wait()
        except TimeoutError:
            return

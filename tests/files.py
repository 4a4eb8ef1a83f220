"""A file as a house in a test makes it: of the words that name what it holds."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import BinaryIO, cast

from bot.chat.card import File


async def opened(workspace: str, file: File) -> BinaryIO:
    made = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 -- whoever takes it closes it
    made.write(f"{workspace} {' '.join(file.holds)}".encode())
    made.seek(0)
    return made

"""Channels, as people point at them: #smarketing, or the mention that Slack makes of it."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bot.commands.arguments.kind import FieldKind, Kind, Misread, Stretch
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import shown

_MENTION = re.compile(r"<#([A-Z0-9]{2,30})(?:\|([^<>]*))?>")
_MOST = 200


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A channel as it was named: its platform's `id` where a mention gave it, and what it is called."""

    id: str
    name: str

    def fits(self, known: str, *names: str) -> bool:
        """Whether this names the channel that its platform knows by the id `known`, and people by one of `names`."""
        return known in {self.id, self.name} or _folded(self.name) in map(_folded, names)


@dataclass(frozen=True, slots=True)
class ChannelArg(Kind[ChannelName]):
    """A channel: `#smarketing`, `smarketing`, a name of several words in quotes, or a mention.

    Whether there is such a channel is for the house to say, not for the grammar.
    """

    field: ClassVar[FieldKind] = "channel"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a channel"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[ChannelName, int]:
        """Read it from one word, or from one name in quotes."""
        said = stretch.first.text.strip()
        if mention := _MENTION.fullmatch(said):
            return ChannelName(mention[1], f"#{mention[2]}" if mention[2] else mention[1]), 1
        if not said.lstrip("#").strip() or len(said) > _MOST:
            raise Misread(f"{shown(said)} is not the name of a channel.", f"Write {self.hint()}.")
        return ChannelName("", said), 1

    def say(self, value: ChannelName, vocabulary: Vocabulary) -> str:
        """By its mention where one was made, else by its name."""
        if not value.id:
            return value.name
        name = value.name.removeprefix("#")
        return f"<#{value.id}>" if value.name == value.id else f"<#{value.id}|{name}>"

    def hint(self) -> str:
        """The way to write it."""
        return "a channel, such as #smarketing"

    def makes(self) -> type:
        """A channel's name."""
        return ChannelName


def _folded(name: str) -> str:
    return name.strip().removeprefix("#").casefold()

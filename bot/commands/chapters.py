"""The command table in chapters: what belongs together is found together, in help and in the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.commands.command import Command, CommandTable
from bot.commands.words import fold


@dataclass(frozen=True, slots=True)
class Chapter:
    """Commands about one thing. `name` is the word after `help`; `about` says what they are about.

    Its first command is the one that most people need most; help shows that one's example.
    """

    name: str
    about: str
    commands: tuple[Command, ...]


class Contents:
    """All chapters, in the order in which help shows them, and the table of their commands."""

    __slots__ = ("_by_name", "chapters", "table")

    def __init__(self, chapters: Iterable[Chapter]) -> None:
        """Index the names. ValueError if two chapters share one, or a command has it."""
        self.chapters: tuple[Chapter, ...] = tuple(chapters)
        self.table: CommandTable = CommandTable(command for chapter in self.chapters for command in chapter.commands)
        self._by_name: dict[str, Chapter] = {}
        for chapter in self.chapters:
            if self._by_name.setdefault(fold(chapter.name), chapter) is not chapter or self.table.find(chapter.name):
                msg = f"the chapter {chapter.name!r} has the name of another, or of a command"
                raise ValueError(msg)

    def __iter__(self) -> Iterator[Chapter]:
        return iter(self.chapters)

    def find(self, name: str) -> Chapter | None:
        """The chapter of that name."""
        return self._by_name.get(fold(name))

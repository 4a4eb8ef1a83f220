"""What people say when they do not say a command: questions, wishes and greetings, by the command that is meant.

A phrase a line, in small letters: `(this|that)` for either, `[ perhaps]` for what may be left out,
`<argument>` for words that an argument can be read from, and ` -> ` before the command that it stands
for where that is not the plain one, with `{said}` for all that was said. A long phrase
goes on in the next line behind a backslash, and `~ ` before it makes it the last to be tried. How they are
heard is in `phrases`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.commands.sayings.courtesies import COURTESIES
from bot.commands.sayings.looks import LOOKS
from bot.commands.sayings.topics import TOPICS
from bot.commands.sayings.wishes import WISHES
from bot.commands.sayings.words import ALL

__all__ = ["ALL", "SAYINGS", "TOPICS"]

SAYINGS: Mapping[str, str] = {**LOOKS, **WISHES, **COURTESIES}

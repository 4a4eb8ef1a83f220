"""What customers trip over: noted by anybody when it happens, tagged, and gathered into the friction report.

An entry waits until a report takes it along, so that nothing noted after the report's hour is lost
and nothing is told twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from slacore.errors import Refusal

MOST_TAGS = 8
"""Tags that one entry may have."""
LONGEST_TAG = 40
"""Characters of a tag."""


@dataclass(frozen=True, slots=True)
class Friction:
    """One entry: what somebody noted, under which deliverable its report is owed.

    People call it by its `number` in the list (no. 12), counted per workspace. `reported_at` is
    when a report took it along, `withdrawn_at` when it was taken back; it stays on the record.
    """

    number: int
    agreement: str
    commitment: str
    text: str
    tags: tuple[str, ...]
    noted_by: str
    noted_at: datetime
    reported_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def key(self) -> str:
        """What people call it."""
        return f"no. {self.number}"


def tags_of(words: str) -> tuple[str, ...]:
    """Read "price, checkout" as tags: small letters, each once, in their order.

    Refuses more than MOST_TAGS, and a tag too long to be one (most likely words of the entry itself).
    """
    found = tuple(dict.fromkeys(tag for part in words.split(",") if (tag := " ".join(part.casefold().split()))))
    if not found:
        raise Refusal("No tag is named.", "Write tags with commas between: price, checkout.", field="tags")
    if len(found) > MOST_TAGS:
        raise Refusal(f"Those are {len(found)} tags; there is room for {MOST_TAGS}.", "Name fewer.", field="tags")
    if long := next((tag for tag in found if len(tag) > LONGEST_TAG), ""):
        raise Refusal(
            f"“{long[:LONGEST_TAG]}…” is too long for a tag.",
            "Put commas between tags; put what was noted into quotes if the word tag is part of it.",
            field="tags",
        )
    return found


def withdrawn(friction: Friction, at: datetime) -> Friction:
    """Take an entry back, while no report has told it."""
    if friction.withdrawn_at is not None:
        raise Refusal(f"Entry {friction.key} is already withdrawn.", "Nothing left to do.")
    if friction.reported_at is not None:
        raise Refusal(f"Entry {friction.key} is in a report already.", "Note what is right as a new entry.")
    return replace(friction, withdrawn_at=at)


def counted_tags(entries: Iterable[Friction], most: int) -> tuple[tuple[str, int], ...]:
    """The tags of entries with how many have each, the most frequent first, equals by their letters."""
    counts = Counter(tag for entry in entries for tag in entry.tags)
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:most])

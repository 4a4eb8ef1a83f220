"""Words that are kept as they are, and words of which one is chosen."""

# Every kind is handed the vocabulary; not every kind needs it.
# ruff: noqa: ARG002
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.chat.card import Option
from bot.commands.arguments.days import choose, take_day
from bot.commands.arguments.kind import FieldKind, Impossible, KeysAtHand, Kind, Misread, Stretch
from bot.commands.vocabulary import Named, Names, Vocabulary
from bot.commands.words import clean, shown

_LINK = re.compile(r"<(https?://[^<>|\s]+)(?:\|([^<>]*))?>")
_URL = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class TextArg(Kind[str]):
    """Somebody's own words, kept as data: a reason, a note, a reference.

    `rest` takes everything to the end of what was said ("because …"); else it ends at the next
    keyword ("ref Webinar 3 note …"). Quotes around the whole of it are not part of it. `long` asks
    for it in a field of several lines.
    """

    rest: bool = True
    long: bool = False
    most: int = 2_000
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "text"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[str, int]:
        """Read the words as they were typed."""
        count, text = _own_words(stretch, rest=self.rest)
        return self._within(text), count

    def parse(self, text: str, vocabulary: Vocabulary) -> str:
        """All of it, quotes included: in a form nothing needs them."""
        text = clean(text).strip()
        if not text:
            raise Misread("Nothing is written here.", f"Write {self.hint()}.")
        return self._within(text)

    def say(self, value: str, vocabulary: Vocabulary) -> str:
        """The words."""
        return value

    def hint(self) -> str:
        """Its length."""
        return f"a few words, up to {self.most:,} characters"

    def makes(self) -> type:
        """Text."""
        return str

    @property
    def runs_on(self) -> bool:
        """As the row says."""
        return self.rest

    @property
    def asked_as(self) -> FieldKind:
        """A line, or room for several."""
        return "long text" if self.long else "text"

    def _within(self, text: str) -> str:
        if not text.strip():
            raise Misread("Nothing is written in the quotes.", f"Write {self.hint()}.")
        if len(text) > self.most:
            raise Misread(
                f"That is {len(text):,} characters; there is room for {self.most:,}.", "Say it shorter.", span=1
            )
        return text


@dataclass(frozen=True, slots=True)
class PartArg(TextArg):
    """A part of something that is named by a key: a party or a promise of a draft, by name or short name.

    What there is only that draft knows, so any words are taken; a form is about it, as about a key.
    """

    rest: bool = False
    most: int = 100
    wording: ClassVar[str] = "a part of it"

    def hint(self) -> str:
        """What names it."""
        return "its name, as it stands in the draft"


@dataclass(frozen=True, slots=True)
class DayLinesArg(TextArg):
    """Days, each with what holds on it: 24 Dec Company holiday; 31 Dec 09:00-12:00. Days are kept as 2026-12-24.

    One that is named without its year is the next such day.
    """

    rest: bool = False
    long: bool = True
    wording: ClassVar[str] = "days, each with what holds on it"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[str, int]:
        """Read the words up to the next keyword."""
        text, count = TextArg.take(self, stretch, vocabulary)
        return self._dated(text, vocabulary), count

    def parse(self, text: str, vocabulary: Vocabulary) -> str:
        """All of it, a day a line."""
        return self._dated(TextArg.parse(self, text, vocabulary), vocabulary)

    def hint(self) -> str:
        """Two of them."""
        return "days, such as 24 Dec Company holiday; 2 Jan Stocktaking"

    def _dated(self, text: str, vocabulary: Vocabulary) -> str:
        lines = [line.split() for line in re.split(r"[;\n]", text) if line.strip()]
        if lines == [["none"]]:
            return "none"
        dated = []
        for words in lines:
            day, used = take_day([word.strip(",:").lower() for word in words], vocabulary.today)
            on = choose(day, vocabulary.today, "future")
            dated.append(" ".join((on.isoformat(), *words[used:])))
        return "\n".join(dated)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that something was done: words, a link, or both."""

    text: str

    @property
    def links(self) -> tuple[str, ...]:
        """The web addresses in it; no other scheme counts as a link."""
        return tuple(link.rstrip(".,;:!?)") for link in _URL.findall(self.text))


@dataclass(frozen=True, slots=True)
class EvidenceArg(Kind[Evidence]):
    """A link or a few words: to the end of what was said."""

    most: int = 2_000
    field: ClassVar[FieldKind] = "long text"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a link or a few words"

    @property
    def runs_on(self) -> bool:
        """To the end of the line."""
        return True

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Evidence, int]:
        """Read the words as they were typed, with a chat platform's marks around links taken off."""
        count, text = _own_words(stretch, rest=True)
        return self.parse(text, vocabulary), count

    def parse(self, text: str, vocabulary: Vocabulary) -> Evidence:
        """All of it."""
        return Evidence(TextArg(most=self.most).parse(_LINK.sub(_unmarked, clean(text)), vocabulary))

    def say(self, value: Evidence, vocabulary: Vocabulary) -> str:
        """The words and links."""
        return value.text

    def hint(self) -> str:
        """Either."""
        return "a link or a few words that show it"

    def makes(self) -> type:
        """Words with links in them."""
        return Evidence


@dataclass(frozen=True, slots=True)
class ChoiceArg(Kind[str]):
    """One of a few words, such as `preview` or `now`."""

    choices: tuple[str, ...]
    field: ClassVar[FieldKind] = "choice"
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "a choice"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[str, int]:
        """Read one of the words; a choice may be of several."""
        known = Names(Named(choice, choice) for choice in self.choices)
        for length in range(min(known.longest, len(stretch.words)), 0, -1):
            found = known.find(stretch.said(length))
            if found:
                return found[0].key, length
        near = known.nearest(stretch.first.plain, most=1)
        meant = f"; did you mean {near[0][0].key}?" if near else "."
        raise Misread(
            f"{shown(stretch.first.text)} is none of the choices{meant}",
            f"Write {self.hint()}.",
            instead=tuple(entry.key for entry, _, _ in near),
        )

    def say(self, value: str, vocabulary: Vocabulary) -> str:
        """The word."""
        return value

    def hint(self) -> str:
        """The words."""
        *most, last = (f"“{choice}”" for choice in self.choices)
        return f"{', '.join(most)} or {last}" if most else last

    def makes(self) -> type:
        """A word."""
        return str

    def called(self) -> str:
        """The words."""
        return self.hint()

    def owns(self, value: object) -> bool:
        """Only the choices: any other word is somebody else's."""
        return value in self.choices

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """The choices."""
        return tuple(Option(choice.capitalize(), choice) for choice in self.choices)


@dataclass(frozen=True, slots=True)
class EitherArg(Kind[Any]):
    """One of several kinds, tried in their order: a party or a commitment."""

    kinds: tuple[Kind[Any], ...]
    quotable: ClassVar[bool] = True
    wording: ClassVar[str] = "one of several things"

    def take(self, stretch: Stretch, vocabulary: Vocabulary) -> tuple[Any, int]:
        """Read the first kind that fits; if none does, tell of the one that came nearest."""
        failed: list[Misread] = []
        for kind in self.kinds:
            try:
                return kind.take(stretch, vocabulary)
            except Misread as misread:
                failed.append(misread)
        # The one that knows best what was meant speaks for them all.
        failed.sort(key=lambda one: (not isinstance(one, Impossible), not one.instead))
        if isinstance(failed[0], Impossible) or failed[0].instead:
            raise failed[0]
        what = " nor ".join(kind.called() for kind in self.kinds)
        raise Misread(f"{shown(stretch.first.text)} is neither {what}.", f"Write {self.hint()}.")

    def say(self, value: Any, vocabulary: Vocabulary) -> str:
        """As the kind that it is of says it."""
        return self._owner(value).say(value, vocabulary)

    def fill(self, value: Any, vocabulary: Vocabulary) -> str:
        """As the kind that it is of shows it."""
        return self._owner(value).fill(value, vocabulary)

    def hint(self) -> str:
        """All of them."""
        return "; or ".join(kind.hint() for kind in self.kinds)

    def makes(self) -> tuple[type, ...]:
        """Any of their types."""
        made = (kind.makes() for kind in self.kinds)
        return tuple(one for types in made for one in (types if isinstance(types, tuple) else (types,)))

    def owns(self, value: object) -> bool:
        """Whether any of them does."""
        return any(kind.owns(value) for kind in self.kinds)

    @property
    def runs_on(self) -> bool:
        """Whether any of them does."""
        return any(kind.runs_on for kind in self.kinds)

    @property
    def asked_as(self) -> FieldKind:
        """A choice if each of them is one; else there is more to write than can be chosen."""
        return "choice" if all(kind.asked_as == "choice" for kind in self.kinds) else "text"

    def options(self, vocabulary: Vocabulary) -> tuple[Option, ...]:
        """Those of each, one after another, if each has them."""
        return tuple(option for kind in self.kinds for option in kind.options(vocabulary) if self.asked_as == "choice")

    def suggestions(self, vocabulary: Vocabulary, keys: KeysAtHand) -> tuple[Option, ...]:
        """Those of each, one after another."""
        return tuple(option for kind in self.kinds for option in kind.suggestions(vocabulary, keys))

    def quotes(self, value: Any) -> bool:
        """As the kind that it is of."""
        return self._owner(value).quotes(value)

    def _owner(self, value: Any) -> Kind[Any]:
        return next(kind for kind in self.kinds if kind.owns(value))


def _own_words(stretch: Stretch, *, rest: bool) -> tuple[int, str]:
    # What is quoted is the text. Only where it would run on anyway, and runs on, "urgent" leads only
    # is the words as they stand, quotes and all.
    if stretch.first.quoted and (not rest or stretch.free <= 1):
        return 1, stretch.first.text.strip()
    count = len(stretch.words) if rest else max(1, stretch.free)
    return count, stretch.raw(count)


def _unmarked(link: re.Match[str]) -> str:
    address, label = link[1], (link[2] or "").strip()
    return address if not label or label in address else f"{label} ({address})"

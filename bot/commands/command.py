"""A row of the command table: what can be asked, with which arguments, by whom, and what answers it.

A slash command, a mention, a button, a form and an API call are encodings of the same thing: the
typed arguments of one row. So there is one permission check, one audit entry and one test for each.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from bot.chat.talk import Reply
from bot.commands.arguments.kind import Kind
from bot.commands.arguments.quantities import QuantityArg
from bot.commands.vocabulary import Named, Names
from bot.commands.words import Word, fold, upper_first

T = TypeVar("T")

_A_SLIP = 0.8
"""How alike two words are, from 0 to 1, where the one is the other mistyped."""


class Arguments(Mapping[str, object]):
    """The typed values that a command was asked with, by argument name; absent ones are not in it."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, object] = MappingProxyType({})) -> None:
        """Keep a copy: what was asked does not change."""
        self._values = dict(values)

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Arguments({self._values!r})"

    def one(self, name: str, of: type[T]) -> T:
        """A value that must be there: a required argument, of its type. TypeError if it is another's."""
        value = self._values[name]
        if not isinstance(value, of):
            msg = f"the argument {name!r} is a {type(value).__name__}, not a {of.__name__}"
            raise TypeError(msg)
        return value

    def maybe(self, name: str, of: type[T]) -> T | None:
        """A value that may be left out, of its type; None where it was."""
        return None if name not in self._values else self.one(name, of)


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """One argument of a command.

    Without `after` it is positional: said bare, in the order of the row. With `after` it is
    introduced by any of those keywords (of several words, too), anywhere; the first is the one
    that is said back. A required one that is missing opens the form, where `label` and `hint`
    stand beside its field.
    """

    name: str
    kind: Kind[Any]
    label: str = ""
    hint: str = ""
    required: bool = True
    after: tuple[str, ...] = ()
    bare: bool = False
    """With keywords, whether it may be said without one all the same."""

    @property
    def title(self) -> str:
        """What a form calls it."""
        return self.label or upper_first(self.name.replace("_", " "))

    @property
    def written(self) -> str:
        """How it stands in a usage line: `quantity`, `to receiver`, `note …`."""
        name = self.name.replace("_", "-")
        if (self.positional and name not in self.after) or not self.kind.typed:
            return name
        return f"{self.after[0]} {'…' if self.after[0].endswith(name) else name}"

    @property
    def runs_on(self) -> bool:
        """Whether it takes everything to the end of the line."""
        return self.kind.runs_on

    @property
    def positional(self) -> bool:
        """Whether it may be said without a keyword."""
        return (self.bare or not self.after) and self.kind.typed


@dataclass(frozen=True, slots=True)
class Sentence:
    """The form without a verb of ours: "marketing handed 25 leads to sales".

    `subject` is the argument that stands before one of `verbs`, and `recipient` the one that may
    stand behind it: "we sent sales 25 leads". Without a verb the sentence begins with the first
    positional argument, which has to be a quantity.
    """

    subject: str
    verbs: tuple[str, ...]
    recipient: str = ""


Run = Callable[[Any, Arguments], Awaitable[Reply]]
"""What answers a command: (context, arguments) -> Reply."""
Asks = Callable[[Any, Arguments], Awaitable[tuple[Argument, ...]]]
"""What a form has to ask for, from what is known already: (sitting, arguments) -> arguments."""
Changes = Callable[[Arguments], bool]
"""Whether a command that is mostly a look changes something with these arguments."""
Fills = Callable[[Any, Arguments], Awaitable[Mapping[str, object]]]
"""What a form shows in its fields as it is opened: (sitting, known arguments) -> values by argument name."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Command:
    """One thing that can be asked.

    `summary` says what it does, without a full stop; `who` names those whom it is for, as help
    shows them; `writes` tells whether it can change anything, `changes` with which arguments it
    does where it is a look without them, `shares` whether others may read its answer once the asker
    says so, `strangers` whether somebody may ask it whom no party lists, `listed` whether help
    shows it. `examples` are whole commands and are parsed by a test. `submit`
    is the label of its form's button; `asks` narrows down what the form asks for, where that
    depends on what it is about, and `fills` puts in what holds today.
    """

    verb: str
    summary: str
    who: str
    run: Run
    asks: Asks | None = None
    fills: Fills | None = None
    arguments: tuple[Argument, ...] = ()
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    listed: bool = True
    writes: bool = False
    changes: Changes | None = None
    shares: bool = False
    strangers: bool = False
    sentence: Sentence | None = None
    title: str = ""
    submit: str = "Save"
    positional: tuple[Argument, ...] = field(init=False, repr=False)
    """The arguments that may be said without a keyword, in their order."""
    _keywords: Mapping[tuple[str, ...], Argument] = field(init=False, repr=False)
    _keyword_heads: frozenset[str] = field(init=False, repr=False)
    _keyword_tails: frozenset[str] = field(init=False, repr=False)
    _longest_keyword: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the keywords. ValueError for a row that could not be read back."""
        names = [argument.name for argument in self.arguments]
        keywords: dict[tuple[str, ...], Argument] = {}
        for argument in self.arguments:
            for keyword in argument.after:
                words = tuple(fold(keyword).split())
                if not words or words in keywords:
                    msg = f"{self.verb}: the keyword {keyword!r} is empty or used twice"
                    raise ValueError(msg)
                keywords[words] = argument
        if len(set(names)) < len(names):
            msg = f"{self.verb}: two arguments have one name"
            raise ValueError(msg)
        positional = tuple(argument for argument in self.arguments if argument.positional)
        if any(argument.runs_on for argument in positional[:-1]):
            msg = f"{self.verb}: an argument that runs to the end of the line comes before another"
            raise ValueError(msg)
        if sum(isinstance(argument.kind, QuantityArg) for argument in positional) > 1:
            msg = f"{self.verb}: two bare quantities would be read as one number, 1 000"
            raise ValueError(msg)
        spoken = self.sentence
        if spoken is not None and not set(names) >= {spoken.subject, spoken.recipient or spoken.subject}:
            msg = f"{self.verb}: the sentence's subject {spoken.subject!r} or recipient is none of its arguments"
            raise ValueError(msg)
        object.__setattr__(self, "positional", positional)
        object.__setattr__(self, "_keywords", keywords)
        object.__setattr__(self, "_keyword_heads", frozenset(words[0] for words in keywords))
        object.__setattr__(self, "_keyword_tails", frozenset(word for words in keywords for word in words[1:]))
        object.__setattr__(self, "_longest_keyword", max(map(len, keywords), default=0))

    def longer_keywords(self, keyword: str) -> list[tuple[str, Argument]]:
        """Keywords that go on from this one, such as "from campaign" from "from", with what they introduce."""
        begins = f"{fold(keyword)} "
        return [(each, one) for one in self.arguments for each in one.after if fold(each).startswith(begins)]

    def argument(self, name: str) -> Argument | None:
        """The argument of that name."""
        return next((argument for argument in self.arguments if argument.name == name), None)

    def keyword_at(self, words: Sequence[Word], at: int) -> tuple[Argument, int] | None:
        """The argument that the words at this place introduce, and how many words do so."""
        return self._introduced(words, [fold(word.plain) for word in words[at : at + self._longest_keyword]], at)

    def keywords_in(self, words: Sequence[Word]) -> list[tuple[Argument, int] | None]:
        """What is introduced at each of these words, as `keyword_at` tells it; mostly nothing."""
        folded, heads, longest = [fold(word.plain) for word in words], self._keyword_heads, self._longest_keyword
        if heads.isdisjoint(folded):
            return [None] * len(folded)
        return [
            self._introduced(words, folded[at : at + longest], at) if word in heads else None
            for at, word in enumerate(folded)
        ]

    def _introduced(self, words: Sequence[Word], folded: Sequence[str], at: int) -> tuple[Argument, int] | None:
        # What the words from here on introduce; as many of them as a keyword may have are folded already.
        for length in range(len(folded), 0, -1):
            argument = self._keywords.get(tuple(folded[:length]))
            if argument is not None and not any(word.quoted for word in words[at : at + length]):
                return argument, length
        return None

    def continues_keyword(self, text: str) -> bool:
        """Whether a value that begins so could be taken for the rest of a keyword: "from" and "campaign"."""
        return bool(self._keyword_tails) and fold(text.split(maxsplit=1)[0]) in self._keyword_tails

    @property
    def usage(self) -> str:
        """How it is written: `accept key [quantity]`, keywords as they are, arguments by name."""
        typed = (argument for argument in self.arguments if argument.kind.typed)
        ordered = sorted(typed, key=lambda argument: not argument.positional)
        return " ".join((self.verb, *(one.written if one.required else f"[{one.written}]" for one in ordered)))


class CommandTable:
    """All the commands there are, in the order in which help and menus show them."""

    __slots__ = ("_by_verb", "_longest_from", "_verbs", "commands", "longest", "spoken")

    def __init__(self, commands: Iterable[Command]) -> None:
        """Index verbs and aliases. ValueError if two rows claim one word, or two the sentence.

        `longest` is the most words that a verb has.
        """
        self.commands: tuple[Command, ...] = tuple(commands)
        self._by_verb: dict[str, Command] = {}
        for command in self.commands:
            for verb in (command.verb, *command.aliases):
                if self._by_verb.setdefault(fold(verb), command) is not command or not fold(verb):
                    msg = f"the verb {verb!r} is empty or belongs to two commands"
                    raise ValueError(msg)
        self.longest: int = max((len(verb.split()) for verb in self._by_verb), default=0)
        # Most first words begin verbs of one word; where there is more to come, marks between the words count, too.
        self._longest_from: dict[str, int] = {}
        for verb in self._by_verb:
            first, _, more = verb.partition(" ")
            self._longest_from[first] = self.longest if more else self._longest_from.get(first, 1)
        self._verbs: Names[Named] = Names(
            Named(command.verb, command.verb, command.aliases) for command in self.commands
        )
        sentences = [command for command in self.commands if command.sentence is not None]
        if len(sentences) > 1:
            msg = f"{sentences[0].verb} and {sentences[1].verb} both claim the sentence"
            raise ValueError(msg)
        self.spoken: Command | None = sentences[0] if sentences else None

    def __iter__(self) -> Iterator[Command]:
        return iter(self.commands)

    def find(self, verb: str) -> Command | None:
        """The command of that verb or alias."""
        return self._by_verb.get(fold(verb))

    def verb_at(self, words: Sequence[Word]) -> tuple[Command, int] | None:
        """The command whose verb, of one word or several, the words begin with; the longest wins."""
        if not words or words[0].quoted:
            return None
        alone = fold(words[0].plain)
        first = alone.partition(" ")[0]
        longest = self._longest_from.get(first, 0) if first else self.longest
        for length in range(min(longest, len(words)), 0, -1):
            said = alone if length == 1 else fold(" ".join([word.plain for word in words[:length]]))
            if (command := self._by_verb.get(said)) is not None:
                return command, length
        return None

    def nearest(self, verb: str) -> tuple[Command, ...]:
        """Commands with a verb or alias that is this one with a slip, likest first.

        "stauts" is a slip and "cancel" is no "channel": a wrong guess is worse than none.
        """
        slips = (
            command
            for entry, word, likeness in self._verbs.nearest(verb)
            if (likeness >= _A_SLIP or sorted(fold(word)) == sorted(fold(verb)))
            and (command := self.find(entry.key)) is not None
            and command.listed
        )
        return tuple(dict.fromkeys(slips))


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with everything that it needs."""

    command: Command
    arguments: Arguments

    @property
    def writes(self) -> bool:
        """Whether it can change anything, asked so."""
        changes = self.command.changes
        return self.command.writes or (changes is not None and changes(self.arguments))


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A command that opens its form: something is missing or wrong, or the form was asked for.

    `known` is what was understood; `missing` names the required arguments that were not given;
    `errors` are sentences, and `said` the words at fault, by argument name.
    """

    command: Command
    known: Arguments
    missing: tuple[str, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

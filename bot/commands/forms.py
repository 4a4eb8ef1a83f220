"""A command with blanks: the form for what is missing, and what comes back from it.

A form is the same row of the table in another encoding. Its fields are the row's arguments, and
what is submitted is read by the same kinds as what is typed, all fields at once, so that every
mistake is shown beside its field and not one after another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.chat.card import Field, Form, Option
from bot.commands.arguments.files import FileArg
from bot.commands.arguments.keys import KeyArg
from bot.commands.arguments.kind import KeysAtHand
from bot.commands.arguments.selections import KeysArg
from bot.commands.arguments.texts import PartArg
from bot.commands.command import Argument, Arguments, Asked, Command, CommandTable, Incomplete
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import upper_first
from slacore.errors import Refusal

_MOST_CHARACTERS = 8_000
_KEYS = (KeyArg, KeysArg, PartArg)
"""What a form is about: settled once it is known, offered where it is not."""


def form_for(
    incomplete: Incomplete,
    vocabulary: Vocabulary,
    *,
    keys: KeysAtHand | None = None,
    version: int | None = None,
    asked: Sequence[Argument] | None = None,
) -> Form:
    """The form that asks for what a command still lacks, filled in with what is known.

    A key that is known is settled: a form opened on H-41 is about H-41. Everything else that is
    known can still be changed. `keys` are choices for a key that is not known, by letter;
    `version` is that of the object which the form is about, `asked` what it asks for if not for
    every argument.
    """
    command, known = incomplete.command, incomplete.known
    settled: list[tuple[str, str]] = []
    fields: list[Field] = []
    for argument in command.arguments if asked is None else asked:
        if isinstance(argument.kind, _KEYS) and argument.name in known and argument.name not in incomplete.errors:
            settled.append(
                (argument.name, argument.kind.say(known.one(argument.name, argument.kind.makes()), vocabulary))
            )
        else:
            fields.append(_field(argument, incomplete, vocabulary, keys or {}))
    about = " ".join(value for _, value in settled)
    return Form(
        title=f"{command.title or upper_first(command.verb)} {about}".strip(),
        verb=command.verb,
        fields=tuple(fields),
        submit=command.submit,
        intro=() if fields else (f"{command.summary}.",),
        settled=tuple(settled),
        version=version,
    )


def submitted(verb: str, values: Mapping[str, str], table: CommandTable, vocabulary: Vocabulary) -> Asked | Incomplete:
    """What a form (or an API call) asks: the verb's typed arguments from text by argument name.

    Blank fields are absent ones. Incomplete carries a sentence for every field that is wrong or
    missing, all at once. Raises Refusal for a verb or a field that there is not, and for more text
    than anybody types.
    """
    command = table.find(verb)
    if command is None:
        raise Refusal("This form is for something that I can no longer do.", "Say help to see what there is.")
    names = {argument.name for argument in command.arguments}
    if not names.issuperset(values):
        raise Refusal(
            "This form is from an older version of me and asks for other things.",
            f"Say {command.verb} to get a new one.",
        )
    if sum(map(len, values.values())) > _MOST_CHARACTERS:
        raise Refusal(
            f"That is more than the {_MOST_CHARACTERS:,} characters that one form may have.",
            "Say it shorter, or give a link to the long version.",
        )
    return _read(command, values, vocabulary)


def _read(command: Command, values: Mapping[str, str], vocabulary: Vocabulary) -> Asked | Incomplete:
    found: dict[str, object] = {}
    errors: dict[str, str] = {}
    missing: list[str] = []
    for argument in command.arguments:
        text = values.get(argument.name, "")
        if not argument.kind.typed:
            continue
        if text.strip():
            try:
                found[argument.name] = argument.kind.parse(text, vocabulary)
            except Refusal as refusal:
                errors[argument.name] = str(refusal)
        elif argument.required:
            missing.append(argument.name)
            errors[argument.name] = f"This is needed: {argument.kind.hint()}."
    arguments = Arguments(found)
    if not errors:
        return Asked(command, arguments)
    said = {name: values[name] for name in errors if values.get(name)}
    return Incomplete(command, arguments, tuple(missing), errors, said)


def _field(argument: Argument, incomplete: Incomplete, vocabulary: Vocabulary, keys: KeysAtHand) -> Field:
    kind, name = argument.kind, argument.name
    known = incomplete.known
    value = kind.fill(known[name], vocabulary) if name in known else incomplete.said.get(name, "")
    options = kind.suggestions(vocabulary, keys) if isinstance(kind, _KEYS) else kind.options(vocabulary)
    if value and options and value not in {option.value for option in options}:
        # A choice cannot show what it does not offer: a new campaign, or what was mistyped.
        options = (*options, Option(value, value)) if name in known else options
    if not value and argument.required and isinstance(kind, KeyArg) and len(options) == 1:
        # What alone can be meant is put in; whoever sends the form confirms it.
        value = options[0].value
    asks = kind.asked_as
    if asks == "choice" and not options:
        asks = "text"
    elif isinstance(kind, _KEYS) and options:
        asks = "choice"
    # A line for what may be new, too, still tells what there is.
    few = ", ".join(option.label for option in options[:3]) if asks == "text" else ""
    such_as = f", such as {few}" if few else ""
    return Field(
        name=name,
        label=argument.title,
        kind=asks,
        value=value,
        hint=argument.hint or upper_first(kind.hint()) + such_as,
        required=argument.required,
        options=options if asks in {"choice", "person"} else (),
        error=incomplete.errors.get(name, ""),
        endings=kind.endings if isinstance(kind, FileArg) else (),
    )

"""From words to a command of the table: its typed arguments, its form, or a refusal that helps."""

from __future__ import annotations

from bot.commands.arguments.kind import Misread, Stretch
from bot.commands.arguments.quantities import QuantityArg
from bot.commands.command import Arguments, Asked, Command, CommandTable, Incomplete
from bot.commands.phrases import said_as_phrase, without_courtesies
from bot.commands.reading import Stuck, read, read_on
from bot.commands.speech import as_written, say
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import ELLIPSES, Word, clean, cut, shown
from slacore.errors import Refusal

OPENS_FORM = " …"
"""Behind a command: open its form, filled in with what is said, instead of acting."""

_LONGEST_OFFER = 1_500
_MOST_OFFERS = 4
_LONGEST_LABEL = 60
_A_LETTER = 25
"""Words; what begins with no command and is as long as this was meant for somebody else."""
_SUBJECT_WITHIN = 6
_OURSELVES = frozenset({"i", "we"})


def parse(text: str, table: CommandTable, vocabulary: Vocabulary) -> Asked | Incomplete:
    """What somebody asked, in any words of the grammar.

    Incomplete where a required argument is missing, or where the words end in `…`: the form opens.
    Raises Refusal, and nothing else, for whatever cannot be understood.
    """
    source, words, wants_form = _begun(text)
    if not words:
        return _nothing_said(table)
    try:
        return _commanded(source, words, table, vocabulary, wants_form=wants_form)
    except Refusal as refusal:
        meant = refusal if wants_form else _meant(source, words, table, vocabulary, refusal)
        if isinstance(meant, Refusal):
            raise meant from refusal.__cause__
        return meant


def _begun(text: str) -> tuple[str, tuple[Word, ...], bool]:
    # What is asked, in words, and whether it ends in the dots that open its form.
    source = clean(text).lstrip().removeprefix("/")
    words = cut(source)
    if words and words[-1].text in ELLIPSES and not words[-1].quoted:
        return source[: words[-1].start], words[:-1], True
    return source, words, False


def _meant(
    source: str, words: tuple[Word, ...], table: CommandTable, vocabulary: Vocabulary, refusal: Refusal
) -> Asked | Incomplete | Refusal:
    # What is no command as it stands may be one behind a "please", or be said as people say it.
    for stands_for, named in said_as_phrase(source, words, table):
        plainly, its_words, wants_form = _begun(stands_for)
        try:
            phrase = _commanded(plainly, its_words, table, vocabulary, wants_form=wants_form)
        except Refusal:
            continue
        if isinstance(phrase, Asked) or named.issubset(phrase.known):
            return phrase
    for first, last in without_courtesies(words)[1:]:
        within = source if last == len(words) else source[: words[last - 1].end]
        try:
            return _commanded(within, words[first:last], table, vocabulary)
        except Refusal as another:
            refusal = another if first else refusal
    return refusal


def _commanded(
    source: str, words: tuple[Word, ...], table: CommandTable, vocabulary: Vocabulary, *, wants_form: bool = False
) -> Asked | Incomplete:
    command, at, subject = _addressed(table, source, words)
    known: dict[str, object] = {}
    try:
        if subject:
            known = _subject(command, source, words[:subject], at, vocabulary)
        reading = read(command, source, words, at, vocabulary, known, in_order=not wants_form)
    except Stuck as stuck:
        raise _refusal(stuck, command, source, words, vocabulary) from stuck
    lacking = (
        argument.name for argument in command.arguments if argument.required and argument.name not in reading.found
    )
    missing = tuple(dict.fromkeys((*lacking, *reading.dangling)))
    arguments = Arguments(reading.found)
    return Incomplete(command, arguments, missing) if missing or wants_form else Asked(command, arguments)


def _nothing_said(table: CommandTable) -> Asked:
    help_command = table.find("help")
    if help_command is None:
        raise Refusal("You said nothing.", "Say what you want to do.")
    return Asked(help_command, Arguments())


def _addressed(table: CommandTable, source: str, words: tuple[Word, ...]) -> tuple[Command, int, int]:
    # The command, where its arguments begin, and how many words its sentence's subject has.
    found = table.verb_at(words)
    if found is not None and (found[0].listed or found[0].arguments or found[1] == len(words)):
        return found[0], found[1], 0
    spoken = table.spoken
    if spoken is not None and spoken.sentence is not None:
        verbs = spoken.sentence.verbs
        for at in range(1, min(len(words), _SUBJECT_WITHIN)):
            if not words[at].quoted and words[at].plain.lower() in verbs:
                return spoken, at + 1, at
    counted = starts_sentence(table, words)
    if counted is not None:
        return *counted, 0
    raise _unknown_verb(table, source, words)


def starts_sentence(table: CommandTable, words: tuple[Word, ...]) -> tuple[Command, int] | None:
    """The command that is said without a verb, and where its arguments begin, if somebody begins by counting."""
    command = table.spoken
    if command is None or not words:
        return None
    first = next((argument.kind for argument in command.arguments if argument.positional), None)
    return (command, 0) if isinstance(first, QuantityArg) and first.looks_like(words[0]) else None


def _subject(
    command: Command, source: str, words: tuple[Word, ...], resumes_at: int, vocabulary: Vocabulary
) -> dict[str, object]:
    sentence = command.sentence
    argument = command.argument(sentence.subject) if sentence else None
    if argument is None or (len(words) == 1 and words[0].plain.lower() in _OURSELVES):
        return {}
    try:
        value, used = argument.kind.take(Stretch(source, words, 0, len(words)), vocabulary)
        if used < len(words):
            said = source[words[0].start : words[-1].end]
            raise Misread(
                f"{shown(said)} is not {argument.kind.wording}.", f"Write {argument.kind.hint()}.", span=len(words)
            )
    except Misread as misread:
        raise Stuck(misread, 0, argument, {}, resumes_at=resumes_at) from misread
    return {argument.name: value}


def _refusal(stuck: Stuck, command: Command, source: str, words: tuple[Word, ...], vocabulary: Vocabulary) -> Refusal:
    misread, argument = stuck.misread, stuck.argument
    understood = read_on(stuck, command, source, words, vocabulary)
    so_far = say(command, understood, vocabulary)
    span = words[stuck.at : stuck.at + misread.span]
    before, behind = source[: span[0].start], source[span[-1].end :]
    offers = [
        (_label(word), before + (as_written(word, command, argument, vocabulary) if argument else word) + behind)
        for word in misread.instead
    ]
    if command.arguments:
        offers.append(("Open the form…", so_far + OPENS_FORM))
    return Refusal(
        misread.problem,
        misread.next_step,
        understood=f"I understood {shown(so_far, 120)}{'' if understood else ': ' + _lower_first(command.summary)}.",
        offers=_offered(offers),
        field=argument.name if argument else "",
    )


def _unknown_verb(table: CommandTable, source: str, words: tuple[Word, ...]) -> Refusal:
    if len(words) >= _A_LETTER:
        return Refusal(
            f"That is a text of {len(words)} words, and I find no command in it.",
            "Say the one thing that you want in a line of its own; help shows what there is.",
            offers=(("Help", "help"),),
        )
    near = table.nearest(words[0].plain)[:2]
    rest = source[words[0].end :]
    meant = f"; did you mean {' or '.join(command.verb for command in near)}?" if near else "."
    offers = [(command.verb, command.verb + rest) for command in near]
    if table.find("help") is not None:
        offers.append(("Help", "help"))
    return Refusal(
        f"I did not understand {shown(source.strip())}{meant}",
        "Say help to see what you can ask.",
        offers=_offered(offers),
    )


def _offered(offers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, says) for label, says in offers if len(says) <= _LONGEST_OFFER)[:_MOST_OFFERS]


def _label(word: str) -> str:
    return word if len(word) <= _LONGEST_LABEL else word[: _LONGEST_LABEL - 1] + "…"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]

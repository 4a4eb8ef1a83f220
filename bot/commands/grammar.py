"""From words to a command of the table: its typed arguments, its form, or a refusal that helps."""

from __future__ import annotations

from bot.commands.arguments.kind import Misread, Stretch
from bot.commands.arguments.quantities import QuantityArg
from bot.commands.arguments.texts import TextArg
from bot.commands.command import Arguments, Asked, Command, CommandTable, Incomplete
from bot.commands.misreadings import OPENS_FORM, misread, unknown
from bot.commands.pasted import with_its_list
from bot.commands.phrases import said_as_phrase, without_courtesies
from bot.commands.reading import Stuck, read
from bot.commands.several import IDLE, one_of_several
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import ELLIPSES, Word, clean, cut, shown
from slacore.errors import Refusal

_SUBJECT_WITHIN = 6
_OURSELVES = frozenset({"i", "we"})
_ADVERBS = frozenset({"just", "already", "also", "have", "has", "now", "finally"})
"""Words before the verb of a sentence that belong to no name."""


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
    if len(words) == 1 and words[0].quoted:
        # Copied with its quotes from where it was shown.
        source = words[0].text
        words = cut(source)
    if words and words[-1].text in ELLIPSES and not words[-1].quoted:
        return source[: words[-1].start], words[:-1], True
    return source, words, False


def _meant(
    source: str, words: tuple[Word, ...], table: CommandTable, vocabulary: Vocabulary, refusal: Refusal
) -> Asked | Incomplete | Refusal:
    if (pasted := _pasted(source, table, vocabulary)) is not None:
        return pasted
    several = one_of_several(source, lambda part: _alone(part, table, vocabulary), keyed=True)
    meant = several or _put_plainly(source, words, table, vocabulary, refusal)
    if not isinstance(meant, Refusal) or meant is several:
        return meant
    refusal = meant
    if (told := _told_behind_its_verb(source, words, table, vocabulary)) is not None:
        return told
    if (several := one_of_several(source, lambda part: _alone(part, table, vocabulary))) is not None:
        return several
    guesses = [says for _, says in refusal.offers if not says.endswith(OPENS_FORM)]
    return refusal if guesses else _with_a_gap(source, words, table, vocabulary) or refusal


def _pasted(source: str, table: CommandTable, vocabulary: Vocabulary) -> Incomplete | None:
    # "3 leads:" and a name a line: what is counted stands in the first, what is listed below it.
    text = with_its_list(source) if "\n" in source or ": " in source else ""
    if not text or table.spoken is None or table.spoken.argument("items") is None:
        return None
    plainly, words, _ = _begun(text)
    try:
        listed = _commanded(plainly, words, table, vocabulary, wants_form=True, as_a_guess=True)
    except Refusal:
        return None
    if not isinstance(listed, Incomplete) or listed.command is not table.spoken:
        return None
    return listed if "items" in listed.known else None


def _put_plainly(
    source: str, words: tuple[Word, ...], table: CommandTable, vocabulary: Vocabulary, refusal: Refusal
) -> Asked | Incomplete | Refusal:
    # What is no command as it stands may be one behind a "please", or be said as people say it.
    begun: Incomplete | None = None
    for first, last in without_courtesies(words)[1:]:
        within = source if last == len(words) else source[: words[last - 1].end]
        try:
            politely = _commanded(within, words[first:last], table, vocabulary)
        except Refusal as another:
            refusal = another if first else refusal
        else:
            if isinstance(politely, Asked):
                return politely
            begun = begun or (politely if last == len(words) else None)
    for stands_for, named in said_as_phrase(source, words, table):
        plainly, its_words, wants_form = _begun(stands_for)
        try:
            phrase = _commanded(plainly, its_words, table, vocabulary, wants_form=wants_form, as_a_guess=True)
        except Refusal:
            continue
        if isinstance(phrase, Asked) or named.issubset(phrase.known):
            return phrase
    return begun or refusal


def _alone(part: str, table: CommandTable, vocabulary: Vocabulary) -> Asked | Incomplete:
    # One part of what was said, read as if it were all; a part is not cut up further.
    source, words, wants_form = _begun(part)
    if not words:
        raise Refusal("You said nothing.", "Say what you want to do.")
    try:
        return _commanded(source, words, table, vocabulary, wants_form=wants_form)
    except Refusal as refusal:
        meant = _put_plainly(source, words, table, vocabulary, refusal)
        if isinstance(meant, Refusal):
            raise meant from None
        if len(words) == 1 and meant.command.verb not in IDLE:
            raise
        return meant


def _told_behind_its_verb(
    source: str, words: tuple[Word, ...], table: CommandTable, vocabulary: Vocabulary
) -> Asked | Incomplete | None:
    # "/handoff we sent sales 25 leads": the sentence stands behind the verb that it could do without.
    found = table.verb_at(words)
    if found is None or found[0] is not table.spoken or found[1] == len(words):
        return None
    try:
        told = _commanded(source, words[found[1] :], table, vocabulary)
    except Refusal:
        return None
    return told if told.command is table.spoken else None


def _with_a_gap(source: str, words: tuple[Word, ...], table: CommandTable, vocabulary: Vocabulary) -> Incomplete | None:
    # "handoff leads to sales": all of it can be read, but something that is needed was left out before it.
    found = table.verb_at(words)
    if found is None or not any(one.required for one in found[0].arguments):
        return None
    try:
        gap = _commanded(source, words, table, vocabulary, wants_form=True)
    except Refusal:
        return None
    if not isinstance(gap, Incomplete) or not gap.missing or not gap.known:
        return None
    # What goes into a text was meant as something else: "outcome L-3 sold" is no note.
    any_words = (one.name for one in found[0].positional if isinstance(one.kind, TextArg))
    return None if any(name in gap.known for name in any_words) else gap


def _commanded(
    source: str,
    words: tuple[Word, ...],
    table: CommandTable,
    vocabulary: Vocabulary,
    *,
    wants_form: bool = False,
    as_a_guess: bool = False,
) -> Asked | Incomplete:
    # A guess that comes to nothing is told to nobody: what would help in its place need not be found.
    command, at, subject = _addressed(table, source, words, vocabulary)
    known: dict[str, object] = {}
    try:
        if subject is not None:
            known = _subject(command, source, words[:subject], at, vocabulary)
        if command.sentence is not None and (found := _recipient(command, source, words, at, vocabulary)) is not None:
            known, at = known | found[0], found[1]
        reading = read(command, source, words, at, vocabulary, known, in_order=not wants_form)
    except Stuck as stuck:
        if as_a_guess:
            raise stuck.misread from stuck
        raise misread(stuck, command, source, words, vocabulary) from stuck
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


def _addressed(
    table: CommandTable, source: str, words: tuple[Word, ...], vocabulary: Vocabulary
) -> tuple[Command, int, int | None]:
    # The command, where its arguments begin, and how many words a sentence has before its verb.
    found = table.verb_at(words)
    if found is not None and (found[0].listed or found[0].arguments or found[1] == len(words)):
        return found[0], found[1], None
    spoken = table.spoken
    if spoken is not None and spoken.sentence is not None:
        plain = [None if word.quoted else word.plain.lower() for word in words[: _SUBJECT_WITHIN + 1]]
        for at in range(min(len(words), _SUBJECT_WITHIN)):
            if plain[at] in spoken.sentence.verbs:
                over = plain[at + 1 : at + 2] == ["over"]
                return spoken, at + 1 + over, at
    counted = starts_sentence(table, words)
    if counted is not None:
        return *counted, None
    raise unknown(table, source, words, vocabulary)


def starts_sentence(table: CommandTable, words: tuple[Word, ...]) -> tuple[Command, int] | None:
    """The command that is said without a verb, and where its arguments begin, if somebody begins by counting."""
    command = table.spoken
    if command is None or not words:
        return None
    first = command.positional[0].kind if command.positional else None
    return (command, 0) if isinstance(first, QuantityArg) and first.looks_like(words[0]) else None


def _subject(
    command: Command, source: str, words: tuple[Word, ...], resumes_at: int, vocabulary: Vocabulary
) -> dict[str, object]:
    sentence = command.sentence
    argument = command.argument(sentence.subject) if sentence else None
    while words and not words[-1].quoted and words[-1].plain.lower() in _ADVERBS:
        words = words[:-1]
    if argument is None or not words or (len(words) == 1 and words[0].plain.lower() in _OURSELVES):
        return {}
    try:
        value, used = argument.kind.take(Stretch(source, words, 0, len(words)), vocabulary)
        if used < len(words):
            said = source[words[0].start : words[-1].end]
            raise Misread(
                f"{shown(said)} is not {argument.kind.wording}.", f"Write {argument.kind.hint()}.", span=len(words)
            )
    except Misread as wrong:
        raise Stuck(wrong, 0, argument, {}, resumes_at=resumes_at) from wrong
    return {argument.name: value}


def _recipient(
    command: Command, source: str, words: tuple[Word, ...], at: int, vocabulary: Vocabulary
) -> tuple[dict[str, object], int] | None:
    # "we sent sales 25 leads": whoever stands between the verb and the number.
    name = command.sentence.recipient if command.sentence else ""
    argument = command.argument(name)
    counted = command.positional[0].kind if command.positional else None
    if argument is None or at >= len(words) or (isinstance(counted, QuantityArg) and counted.looks_like(words[at])):
        return None
    keywords = command.keywords_in(words)
    ends = next((end for end in range(at, len(words)) if keywords[end]), len(words))
    if ends == at:
        return None
    try:
        value, used = argument.kind.take(Stretch(source, words[at:], words[at - 1].end, ends - at), vocabulary)
    except Misread:
        return None
    return {name: value}, at + used

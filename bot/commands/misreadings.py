"""What could not be read, said back: what was understood, why not, and what works instead."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.arguments.kind import Impossible, Misread, Stretch
from bot.commands.arguments.lookups import listed
from bot.commands.arguments.names import NameArg
from bot.commands.command import Argument, Command, CommandTable
from bot.commands.languages import language_of
from bot.commands.reading import Stuck, read, read_on
from bot.commands.sayings import ALL, TOPICS
from bot.commands.speech import as_written, say
from bot.commands.vocabulary import Vocabulary
from bot.commands.words import Word, cut, fold, shown
from slacore.errors import Refusal

OPENS_FORM = " …"
"""Behind a command: open its form, filled in with what is said, instead of acting."""

_LONGEST_OFFER = 1_500
_MOST_OFFERS = 4
_MOST_TOPICS = 2
_THE_FEW = 3
_LONGEST_LABEL = 60
_A_LETTER = 25
"""Words; what begins with no command and is as long as this was meant for somebody else."""


def misread(stuck: Stuck, command: Command, source: str, words: tuple[Word, ...], vocabulary: Vocabulary) -> Refusal:
    """What somebody hears whose command was recognised, and something in it was not."""
    wrong, argument = stuck.misread, stuck.argument
    understood = read_on(stuck, command, source, words, vocabulary)
    so_far = say(command, understood, vocabulary)
    span = words[stuck.at : stuck.at + wrong.span]
    before, behind = source[: span[0].start], source[span[-1].end :]
    problem = wrong.problem
    if argument is None:
        # A keyword is only offered where all can be read with it.
        instead = [word for word in wrong.instead if _can_be_read(before + word + behind, stuck, command, vocabulary)]
        offers = [(_label(word), before + word + behind) for word in instead]
        problem = f"{problem[:-1]}; did you mean {listed(instead)}?" if instead else problem
    else:
        longer = _longer(stuck, argument, command, source, words, vocabulary)
        offers = longer or [
            (_label(word), before + as_written(word, command, argument, vocabulary) + behind)
            for word in wrong.instead or _the_few(argument, wrong, vocabulary)
        ]
    if command.arguments:
        offers.append(("Open the form…", so_far + OPENS_FORM))
    return Refusal(
        problem,
        wrong.next_step,
        understood=f"I understood {shown(so_far, 120)}{'' if understood else ': ' + _lower_first(command.summary)}.",
        offers=_offered(offers),
        field=argument.name if argument else "",
    )


def _the_few(argument: Argument, misread: Misread, vocabulary: Vocabulary) -> list[str]:
    """All that there is, where that is little: "25 MQLs" in a place where only leads are counted."""
    if not isinstance(argument.kind, NameArg) or isinstance(misread, Impossible):
        return []
    names = argument.kind.known(vocabulary)
    return [names.spell(entry) for entry in names.entries] if len(names.entries) <= _THE_FEW else []


def _can_be_read(text: str, stuck: Stuck, command: Command, vocabulary: Vocabulary) -> bool:
    try:
        read(command, text, cut(text), stuck.at, vocabulary, stuck.found)
    except Stuck:
        return False
    return True


def _longer(
    stuck: Stuck,
    argument: Argument,
    command: Command,
    source: str,
    words: tuple[Word, ...],
    vocabulary: Vocabulary,
) -> list[tuple[str, str]]:
    # "from Autumn webinar" is from no party: it may be a campaign, which has a keyword of two words.
    if stuck.at == 0 or stuck.misread.instead:
        return []
    offers: list[tuple[str, str]] = []
    keyword = words[stuck.at - 1]
    for longer, other in command.longer_keywords(keyword.plain) if argument.after else ():
        stretch = Stretch(source, words[stuck.at :], keyword.end, len(words) - stuck.at)
        try:
            value, used = other.kind.take(stretch, vocabulary)
            meant = [other.kind.say(value, vocabulary)]
        except Misread as misread:
            meant, used = list(misread.instead), misread.span
        behind = source[words[stuck.at + used - 1].end :]
        offers += [(_label(f"{longer} {each}"), f"{source[: keyword.start]}{longer} {each}{behind}") for each in meant]
    return offers


def unknown(table: CommandTable, source: str, words: tuple[Word, ...], vocabulary: Vocabulary) -> Refusal:
    """What somebody hears who said nothing that begins like a command."""
    if len(words) >= _A_LETTER:
        return Refusal(
            f"That is a text of {len(words)} words, and I find no command in it.",
            "Say the one thing that you want in a line of its own; help shows what there is.",
            offers=(("Help", "help"),),
        )
    if (language := language_of(words)) is not None:
        problem = f"I read English only, and that looks like {language.name}: {shown(source.strip())}."
        return Refusal(
            f"{language.line} {problem}".strip(),
            "Say it in English, or say help to see what you can ask.",
            offers=_known(table, (("Status", "status"), ("My part", "mine"), ("Help", "help"))),
        )
    near = table.nearest(words[0].plain)[:2]
    rest = source[words[0].end :]
    meant = f"; did you mean {' or '.join(command.verb for command in near)}?" if near else "."
    offers = [(command.verb, command.verb + rest) for command in near]
    spoken = {part for word in words for part in fold(word.plain).removesuffix("'s").split()}
    about = [] if near else [offer for said, *offer in TOPICS if not spoken.isdisjoint(said.split())][:_MOST_TOPICS]
    answered = bool(vocabulary.priorities.entries)
    whole = source.strip()
    offers += _known(table, [(label, says.replace(ALL, whole)) for label, says in about if answered or ALL not in says])
    offers += _known(table, [("Help", "help")])
    step = (
        "Press what it is about, or say help to see what you can ask." if about else "Say help to see what you can ask."
    )
    return Refusal(f"I did not understand {shown(source.strip())}{meant}", step, offers=_offered(offers))


def _known(table: CommandTable, offers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those of these offers that the table knows."""
    return tuple((label, says) for label, says in offers if table.verb_at(cut(says)) is not None)


def _offered(offers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, says) for label, says in offers if len(says) <= _LONGEST_OFFER)[:_MOST_OFFERS]


def _label(word: str) -> str:
    return word if len(word) <= _LONGEST_LABEL else word[: _LONGEST_LABEL - 1] + "…"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]

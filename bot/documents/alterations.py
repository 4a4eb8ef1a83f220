"""What has become of one part of an agreement, in sentences: "Urgent cases: first answer within 2 hours instead of 4".

Of a list that was changed only what is another is told, a sentence each: a tier, a step, a criterion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.documents.wording import Wording, hearing, reached
from slacore.calendars import Duration
from slacore.commitments import Response
from slacore.periods import print_date

_OF_A_CONSEQUENCE = {
    "applies": "what applies is {}",
    "otherwise": "without a plan in that time, this follows: {}",
    "plan_within": "a recovery plan is due within {}",
    "decider": "{} decides",
    "charge": "a credit is a share of {} a period",
    "cap": "no more than {} of the charge is credited in a period",
    "claim_within": "a credit is claimed within {}",
    "minimum": "a credit of less than {} is not paid",
    "carry_at_most": "one period owes at most {} of what others lacked",
}
_NO_REASON = "Closed"


def of_priorities(
    promise: Response, settled: bool, before: Mapping[str, str] | None, after: Mapping[str, str] | None
) -> Iterator[str]:
    """How soon things of a priority are answered, or `settled`, where that is another than it was."""
    usual = promise.resolved_within if settled else promise.first_within
    others = f"{usual.in_words()}, as all others" if usual else ""
    verb = "settled" if settled else "first answer"
    for priority, was, now in _each(before, after):
        head = f"{priority[:1].upper()}{priority[1:]} {promise.unit.plural}: {verb}"
        then = Duration.parse(was).in_words() if was else others
        if now:
            yield f"{head} within {Duration.parse(now).in_words()}" + (f" instead of {then}" if then else "")
        else:
            yield f"{head} {f'within {others}' if others else 'at no agreed time'}, instead of {then}"


def of_calendar(name: str, key: str, before: Any, after: Any, words: Wording) -> Iterator[str]:
    """Hours, holidays and days of a calendar; nothing of what no sentence is made for here."""
    match key:
        case "hours":
            now, was = (words.value(key, each or {}) or "never" for each in (after, before))
            yield f"{name} is open {now} instead of {was}"
        case "holidays" if before and after:
            yield f"{name} is closed on the public holidays of {after} instead of those of {before}"
        case "holidays":
            closed = "is closed" if after else "is no longer closed"
            yield f"{name} {closed} on the public holidays of {after or before}"
        case "closed":
            for on, was, now in _each(before, after):
                why = f", {now}" if now and now != _NO_REASON else ""
                said = f"is closed on {_day(on)}{why}" if now else f"is no longer closed on {_day(on)}"
                yield f"{name} {said}" + (f" (was {was})" if was and now else "")
        case "replaced":
            for on, was, now in _each(before, after):
                yield f"{name} is open {now or 'as usual'} on {_day(on)} instead of {was or 'as usual'}"


def of_ladder(name: str, key: str, before: Any, after: Any) -> Iterator[str]:
    """Steps of a ladder, and how often it can be put off."""
    if key == "snoozes_allowed":
        yield f"{name}: an owner may put a reminder off {_times(after)} instead of {_times(before)}"
        return
    steps = ({each["when"]: each for each in some or ()} for some in (before, after))
    for _, was, now in _each(*steps):
        if was is None:
            yield f"{name}: {reached(now)} {_hear(now)}, too"
        elif now is None:
            yield f"{name}: {reached(was)} nobody hears any more (until now {hearing(was)})"
        else:
            level = f", at level {now['level']} instead of level {was['level']}" if now["level"] != was["level"] else ""
            until = hearing(was) + (" and only if it is at risk" if was["only_if_at_risk"] else "")
            yield f"{name}: {reached(now)} {_hear(now)}{level}; until now {until}"


def of_consequence(name: str, key: str, before: Any, after: Any, words: Wording) -> Iterator[str]:
    """What makes up for a miss, and what it is worth."""
    if key in _OF_A_CONSEQUENCE:
        phrase = _OF_A_CONSEQUENCE[key]
        if after is None:
            yield f"{name}: no longer agreed that {phrase.format(words.value(key, before))}"
        else:
            instead = f" instead of {words.value(key, before)}" if before is not None else ""
            yield f"{name}: {phrase.format(words.value(key, after))}{instead}"
    elif key == "tiers":
        tiers = ({each["attained_below"]: each["share"] for each in some or ()} for some in (before, after))
        for below, was, now in _each(*tiers):
            where = f"where less than {below} is attained"
            instead = f" instead of {was}" if was else ""
            yield (
                f"{name}: a credit of {now}{instead} {where}" if now else f"{name}: no longer a credit of {was} {where}"
            )
    else:
        some = [words.value(key, each) for each in before or ()]
        others = [words.value(key, each) for each in after or ()]
        yield from _come_and_gone(name, some, others)


def of_definition(word: str, key: str, before: Any, after: Any) -> Iterator[str]:
    """What a word means, and what must be true for it."""
    if key == "means":
        yield f"{word} means “{after}” instead of “{before}”"
    else:
        yield from _come_and_gone(word, [f"“{each}”" for each in before or ()], [f"“{each}”" for each in after or ()])


def in_full(name: str, section: Mapping[str, Any], tell: Callable[[str, Any], Iterator[str]]) -> str:
    """A new part in one sentence: what it says, key by key, without its name."""
    said = [line.removeprefix(f"{name}").lstrip(": ") for key, value in section.items() for line in tell(key, value)]
    return f"{name}: {'; '.join(said)}"


def _come_and_gone(name: str, before: list[str], after: list[str]) -> Iterator[str]:
    yield from (f"{name}: also {each}" for each in after if each not in before)
    yield from (f"{name}: no longer {each}" for each in before if each not in after)


def _each(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Iterator[tuple[str, Any, Any]]:
    """Each entry that is another, with what it was and what it is."""
    was, now = before or {}, after or {}
    for key in [*was, *(key for key in now if key not in was)]:
        if was.get(key) != now.get(key):
            yield key, was.get(key), now.get(key)


def _day(on: str) -> str:
    return print_date(date.fromisoformat(on))


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _hear(step: Mapping[str, Any]) -> str:
    at_risk = " if it is at risk" if step["only_if_at_risk"] else ""
    alone = len(step["whom"]) == 1
    return f"{hearing(step)} {'hears' if alone else 'hear'}{at_risk}"

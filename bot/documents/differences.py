"""What a new version changes, in lines that anyone can read before signing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.documents import alterations
from bot.documents.encoding import encode
from bot.documents.sentences import rhythm, sentence_of
from bot.documents.wording import Wording
from slacore.agreements import Signature, Terms
from slacore.commitments import Response
from slacore.periods import print_date

Path = tuple[str, ...]

_BY_NAME = {("definitions",), ("escalations",), ("consequences",)}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version changes: where in the document, and a line that says it."""

    path: Path
    text: str

    def __str__(self) -> str:
        """Give the line."""
        return self.text


def difference(old: Terms | None, new: Terms) -> tuple[Change, ...]:
    """What `new` changes against `old`, in the order of the document; all it promises, where there is no `old`.

    Empty where both agree on everything but the order in which people, parties and promises are
    written. A signature that `new` does not have is no change: leaving it out takes none back. One
    that other terms take over from `old` is told, since nobody has put his name to these.
    """
    if old is None:
        return tuple(_beginning(new))
    return tuple(_Comparison(old, new).changes())


def _beginning(terms: Terms) -> Iterator[Change]:
    parties = _listed([party.name for party in terms.parties])
    yield Change(("agreement",), f"New: {terms.name}, between {parties}, from {print_date(terms.effective_on)}")
    for commitment in terms.commitments:
        yield Change(("commitments", commitment.slug), f"{commitment.name}: {sentence_of(commitment, terms)}")
    for signature in terms.signatures:
        yield _signed(signature, terms)


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _signed(signature: Signature, terms: Terms) -> Change:
    who, party = terms.name_of(signature.member), terms.party(signature.party).name
    return Change(("signed", signature.party), f"Signed for {party} by {who}")


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A place where two documents differ; None where one of them says nothing."""

    path: Path
    before: Any
    after: Any


def _leaves(before: Any, after: Any, path: Path = ()) -> Iterator[_Leaf]:
    if before == after:
        return
    if path in _BY_NAME:  # left out means that there are none
        before, after = before or {}, after or {}
    if isinstance(before, dict) and isinstance(after, dict) and not _is_one_value(before, after, path):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _leaves(before.get(key), after.get(key), (*path, key))
    else:
        yield _Leaf(path, before, after)


def _is_one_value(before: dict[str, Any], after: dict[str, Any], path: Path) -> bool:
    """Whether a section is told as a whole: a week's hours, and a promise that has become another kind."""
    return path[2:] == ("hours",) or (path[:1] == ("commitments",) and before.get("kind") != after.get("kind"))


class _Comparison:
    """Two versions side by side: each place where their documents differ, put in words."""

    def __init__(self, old: Terms, new: Terms) -> None:
        self._old = old
        self._new = new
        self._words = Wording(old, new)
        self._tellers: dict[str, Callable[[_Leaf], Iterator[str]]] = {
            "people": self._person,
            "parties": self._party,
            "calendars": self._calendar,
            "definitions": self._definition,
            "commitments": self._commitment,
            "escalations": self._ladder,
            "consequences": self._consequence,
            "misses": self._misses,
            "channels": self._channels,
            "reports": self._reports,
        }

    def changes(self) -> Iterator[Change]:
        terms = list(self._terms())
        yield from terms
        kept = [each for each in self._new.signatures if each in self._old.signatures]
        if terms and kept:
            parties = _listed([self._words.party(each.party) for each in kept])
            yield Change(("signed",), f"Signed as the version before was, and not again: {parties}")
        yield from (_signed(each, self._new) for each in self._new.signatures if each not in kept)

    def _terms(self) -> Iterator[Change]:
        before, after = encode(self._old), encode(self._new)
        for leaf in _leaves(before, after):
            if leaf.path[0] != "signed":
                teller = self._tellers.get(leaf.path[0], self._agreement)
                yield from (Change(leaf.path, text) for text in teller(leaf))

    def _line(self, subject: str, leaf: _Leaf, depth: int) -> str:
        return self._words.line(subject, leaf.path[depth:], leaf.before, leaf.after)

    def _agreement(self, leaf: _Leaf) -> Iterator[str]:
        yield self._line("", leaf, 0)

    def _person(self, leaf: _Leaf) -> Iterator[str]:
        name = self._words.person(leaf.path[1])
        match leaf.path[2:]:
            case ():
                yield f"{name} is {'now' if leaf.after else 'no longer'} named in it"
            case ("zone",) if self._follows_zone(leaf):
                return
            case _:
                yield self._line(name, leaf, 2)

    def _follows_zone(self, leaf: _Leaf) -> bool:
        """Whether the agreement's own change of zone, which is told, says it all."""
        return (leaf.before, leaf.after) == (self._old.zone, self._new.zone)

    def _party(self, leaf: _Leaf) -> Iterator[str]:
        name = self._words.party(leaf.path[1])
        match leaf.path[2:]:
            case () if leaf.after:
                yield f"New party: {name}, owner {self._words.person(leaf.after['owner'])}"
            case ():
                yield f"{name} is no longer a party"
            case ("owner",):
                now, was = self._words.person(leaf.after), self._words.person(leaf.before)
                yield f"{now} is now owner of {name} (was {was})"
            case _:
                yield self._line(name, leaf, 2)

    def _calendar(self, leaf: _Leaf) -> Iterator[str]:
        name = f"Calendar {self._words.calendar(leaf.path[1])}"
        match leaf.path[2:]:
            case () if leaf.after:
                yield f"New calendar: {self._words.value('calendars', leaf.after)}"
            case ():
                yield f"{name} is dropped"
            case ("zone",) if self._follows_zone(leaf):
                return
            case (("hours" | "holidays" | "closed" | "replaced") as key, *within):
                yield from alterations.of_calendar(name, key, *_whole(leaf, within), self._words)
            case _:
                yield self._line(name, leaf, 2)

    def _definition(self, leaf: _Leaf) -> Iterator[str]:
        word = f"“{leaf.path[1]}”"
        match leaf.path[2:]:
            case () if leaf.after:
                yield f"New word: {word}, {self._words.value('definitions', leaf.after)}"
            case ():
                yield f"{word} is no longer defined"
            case (key, *_):
                yield from alterations.of_definition(word, key, leaf.before, leaf.after)

    def _commitment(self, leaf: _Leaf) -> Iterator[str]:
        slug = leaf.path[1]
        name = self._words.promise(slug)
        since = f", from {print_date(self._new.effective_on)}"
        match leaf.path[2:]:
            case () if leaf.before and leaf.after:
                yield f"{name}: {self._said(self._new, slug)} (was: {self._said(self._old, slug)}){since}"
            case () if leaf.after:
                yield f"New promise, {name}: {self._said(self._new, slug)}{since}"
            case ():
                yield f"Dropped promise, {name}: {self._said(self._old, slug)}{since}"
            case ("owner",) | ("calendar",) if self._follows_giver(slug, leaf):
                return
            case ("owner",):
                now, was = self._words.person(leaf.after), self._words.person(leaf.before)
                yield f"{now} now answers for {name} (was {was}){since}"
            case ("target",):
                how_often = rhythm(self._new.commitment(slug).period)
                yield f"{name}: {leaf.after:,} instead of {leaf.before:,} {how_often}{since}"
            case (("by_priority" | "resolved_by_priority") as key, *within):
                promise = self._new.commitment(slug).promise
                assert isinstance(promise, Response)  # noqa: S101 -- no other kind has priorities
                for said in alterations.of_priorities(promise, key != "by_priority", *_whole(leaf, within)):
                    yield f"{said}{since}"
            case _:
                yield f"{self._line(name, leaf, 2)}{since}"

    def _follows_giver(self, slug: str, leaf: _Leaf) -> bool:
        """Whether the giver's own change, which is told, says it all."""
        before, after = self._old.commitment(slug), self._new.commitment(slug)
        if before.giver != after.giver:
            return False
        was, now = self._old.party(before.giver), self._new.party(after.giver)
        if leaf.path[2] == "owner":
            return (leaf.before, leaf.after) == (was.owner, now.owner)
        return (leaf.before, leaf.after) == (was.calendar, now.calendar)

    def _said(self, terms: Terms, slug: str) -> str:
        return sentence_of(terms.commitment(slug), terms)

    def _ladder(self, leaf: _Leaf) -> Iterator[str]:
        name = f"Ladder {leaf.path[1]}"
        match leaf.path[2:]:
            case () if leaf.after:
                yield alterations.in_full(f"New ladder {leaf.path[1]}", leaf.after, self._step)
            case ():
                yield f"{name} is dropped"
            case (key, *_):
                yield from alterations.of_ladder(name, key, leaf.before, leaf.after)

    def _step(self, key: str, value: Any) -> Iterator[str]:
        if key == "steps":
            yield from (self._words.value(key, each) for each in value)

    def _consequence(self, leaf: _Leaf) -> Iterator[str]:
        slug = leaf.path[1]
        name = f"Consequence {slug}"
        match leaf.path[2:]:
            case () if leaf.after:
                yield alterations.in_full(f"New consequence {slug}", leaf.after, self._agreed)
            case ():
                yield f"{name} is dropped"
            case (key, *_):
                yield from alterations.of_consequence(name, key, leaf.before, leaf.after, self._words)

    def _agreed(self, key: str, value: Any) -> Iterator[str]:
        if key in ("options", "repeated"):
            yield ", or ".join(self._words.value(key, each) for each in value)
        else:
            yield from alterations.of_consequence("", key, None, value, self._words)

    def _misses(self, leaf: _Leaf) -> Iterator[str]:
        yield self._line("Misses", leaf, 1)

    def _channels(self, leaf: _Leaf) -> Iterator[str]:
        before = {(each["platform"], each["id"]): each for each in leaf.before or ()}
        after = {(each["platform"], each["id"]): each for each in leaf.after or ()}
        for key in [*before, *(key for key in after if key not in before)]:
            was, now = before.get(key), after.get(key)
            if was is None and now is not None:
                yield f"Now spoken of in {now['name']} ({now['platform']})"
            elif was is not None and now is None:
                yield f"No longer spoken of in {was['name']} ({was['platform']})"
            else:
                for inner in _leaves(was, now):
                    yield self._words.line(f"Channel {key[1]}", inner.path, inner.before, inner.after)

    def _reports(self, leaf: _Leaf) -> Iterator[str]:
        yield from (
            f"Report dropped: {self._report(each)}" for each in leaf.before or () if each not in (leaf.after or ())
        )
        yield from (f"New report: {self._report(each)}" for each in leaf.after or () if each not in (leaf.before or ()))

    def _report(self, report: dict[str, Any]) -> str:
        days = report["preview_working_days"]
        before = f" {days} working day{'' if days == 1 else 's'} before" if days else ""
        keeps = f", keeps {self._words.promise(report['commitment'])}" if "commitment" in report else ""
        return f"{report['slots']}, seen by {self._words.person(report['reporter'])}{before}{keeps}"


def _whole(leaf: _Leaf, within: list[str]) -> tuple[Any, Any]:
    """What a section was and is, be it told as a whole or by one entry of it."""
    if not within:
        return leaf.before, leaf.after
    key = within[0]
    return ({key: leaf.before} if leaf.before is not None else {}, {key: leaf.after} if leaf.after is not None else {})

"""What may become of a draft, as simply as it can be said: who may put it forward, who may sign, when it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

SIDES = {"josh": "marketing", "nina": "marketing", "amy": "sales", "priya": "sales", "morgan": ""}
"""Whoever may draft, and for which side; the sponsor drafts for none."""
SIGNATORIES = {"josh": "marketing", "amy": "sales"}


@dataclass(slots=True)
class Draft:
    """One draft. `on` is the first day it would count; `file` tells terms that came as a file, unsigned."""

    number: int
    side: str
    on: date
    based_on: int
    answers: int | None = None
    file: bool = False
    state: str = "draft"
    signed: set[str] = field(default_factory=set)

    @property
    def open(self) -> bool:
        return self.state in ("draft", "proposed")


@dataclass(slots=True)
class Papers:
    """All drafts of one agreement, and how many versions of it everybody has signed."""

    drafts: dict[int, Draft] = field(default_factory=dict)
    versions: int = 1

    def a_day_begins(self, today: date) -> None:
        """What was proposed and not signed by all has lapsed on the day it was to begin."""
        for each in self.drafts.values():
            if each.state == "proposed" and not each.file and each.on <= today:
                each.state = "lapsed"

    def allows(self, who: str, verb: str, number: int, today: date) -> bool:
        """Whether somebody may do this to a draft now."""
        draft = self.drafts.get(number)
        if draft is None:
            return False
        in_time = draft.file or draft.on > today
        match verb:
            case "propose":
                return SIDES.get(who) == draft.side and draft.state == "draft" and in_time
            case "sign":
                return who in SIGNATORIES and draft.state == "proposed" and SIGNATORIES[who] not in draft.signed
            case "decline":
                return who in SIGNATORIES and draft.state == "proposed"
            case "withdraw":
                return SIDES.get(who) == draft.side and draft.open
            case "comment":
                return draft.state != "draft"
        raise ValueError(verb)

    def did(self, who: str, verb: str, number: int) -> None:
        """Somebody did it."""
        draft = self.drafts[number]
        match verb:
            case "propose":
                draft.state = "proposed"
                for each in self.drafts.values():
                    same = each.state == "proposed" and each.side == draft.side and not each.file
                    if each is not draft and each.open and (each.number == draft.answers or same):
                        each.state = "replaced"
            case "sign":
                draft.signed.add(SIGNATORIES[who])
                if len(draft.signed) == len(SIGNATORIES):
                    draft.state = "signed"
                    self._counts(draft)
            case "decline" | "withdraw":
                draft.state = "declined" if verb == "decline" else "withdrawn"

    def unseen_of(self, side: str, answers: int | None = None) -> Draft:
        """What a side has drafted and not put before anybody, on its own or as an answer to another draft."""
        unseen = ("draft", side, answers)
        return next(each for each in self.drafts.values() if (each.state, each.side, each.answers) == unseen)

    def is_current(self, draft: Draft) -> bool:
        """Whether a draft was written on the newest version."""
        return draft.file or draft.based_on == self.versions

    def _counts(self, draft: Draft) -> None:
        self.versions += 1
        if draft.file:
            return
        for each in self.drafts.values():
            if each.open:
                each.state = "replaced"

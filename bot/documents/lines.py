"""How the parts of an agreement are typed: hours a line a week's day, steps of a ladder, tiers of a credit, and back.

Each line is read into what the record's document has in that place, with as little judgement as it
takes to cut it up: whether it can stand is judged of the document, as of a file's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.documents.decoding import LEVELS
from slacore.errors import Refusal

Kind = Literal["calendars", "escalations", "consequences", "definitions"]
"""The sections of a document whose parts can be typed."""

NONE = "none"
NOTHING = frozenset({NONE, "nothing", "nobody"})
"""Said for what is to be taken out."""

Section = dict[str, Any]
_BREAKS = re.compile(r"[;\n]")
_HOURS = re.compile(r"(?P<days>\D+?)[\s:]+(?P<hours>\d.*|closed|all day)", re.IGNORECASE)
_DATED = re.compile(r"(?P<on>\d{4}-\d\d-\d\d)(?:[\s:,]+(?P<rest>\S.*))?")
_STEP = re.compile(
    r"(?P<when>due|\d{1,3}\s*wd\s+(?:before|after))[\s:,]+(?P<whom>.*?)"
    r"(?P<risk>[\s,]+(?:only\s+)?if\s+at\s+risk)?(?:[\s,]+level\s+(?P<level>\d{1,3}))?",
    re.IGNORECASE,
)
_TIER = re.compile(
    r"(?:below\s+|under\s+)?(?P<below>\d[\d./]*\s*%?)[\s:=,]+(?P<share>\d[\d./]*\s*%?|none)", re.IGNORECASE
)
_REPEATED = re.compile(
    r"(?P<misses>\d{1,3})(?:\s+misses)?(?:\s+within\s+(?P<within>\d+\s*\w+))?[\s:,]+(?P<then>\S.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a part says, as it is typed: where it stands in the part's section, how it is read and written."""

    key: str
    read: Callable[[str], Any] = str.strip
    write: Callable[[Any], str] = str


def _lines(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _BREAKS.split(text) if part.strip()]


def _words(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"[,;\n]|\band\b", text) if part.strip()]


def _whole(text: str) -> object:
    """A whole number in digits; anything else as it is, for the section to refuse."""
    digits = text.strip().replace(",", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else text.strip()


def _misread(line: str, what: str, how: str) -> Refusal:
    return Refusal(f"“{line[:60]}” is no {what} as I read them.", f"Write {how}.")


# ---- calendars --------------------------------------------------------------------------------------------------


def _week(text: str) -> dict[str, str]:
    week: dict[str, str] = {}
    for line in _lines(text):
        found = _HOURS.fullmatch(line)
        if found is None:
            raise _misread(line, "day with its hours", "days and hours, such as Mon-Fri 09:00-17:00; Sat 10:00-14:00")
        days = found["days"].strip()
        week[days] = f"{week[days]}, {found['hours']}" if days in week else found["hours"]
    return week


def _dated(text: str, otherwise: str) -> dict[str, str]:
    days = {}
    for line in _lines(text):
        found = _DATED.fullmatch(line)
        if found is None or not (found["rest"] or otherwise):
            raise _misread(line, "day", "the day, then the rest: 2026-12-24 Company holiday, or 2026-12-31 09:00-12:00")
        days[found["on"]] = found["rest"] or otherwise
    return days


def _closed(text: str) -> dict[str, str]:
    return _dated(text, "Closed")


def _hours_on(text: str) -> dict[str, str]:
    return _dated(text, "")


def _by_line(value: Mapping[str, str]) -> str:
    return "\n".join(f"{key} {each}" for key, each in value.items())


def _close(section: Section, text: str) -> None:
    section["closed"] = dict(sorted({**section.get("closed", {}), **_closed(text)}.items()))


def _open_for(section: Section, text: str) -> None:
    section["replaced"] = dict(sorted({**section.get("replaced", {}), **_hours_on(text)}.items()))


def _as_usual(section: Section, text: str) -> None:
    for on in _closed(text):
        there = [section[key].pop(on, None) for key in ("closed", "replaced") if key in section]
        if not any(there):
            raise Refusal(f"{on} is a day as any other already.", "Name a day that is closed or has hours of its own.")


# ---- ladders ----------------------------------------------------------------------------------------------------


def _step(line: str) -> Section:
    found = _STEP.fullmatch(line)
    if found is None:
        raise _misread(line, "step", "when and who, such as 1wd after: owner, contact, counterparty")
    whom = [each.lower() for each in _words(found["whom"])]
    if strange := [each for each in whom if each not in LEVELS and each not in NOTHING]:
        raise Refusal(f"“{strange[0][:60]}” is no role of a ladder.", f"There are: {', '.join(LEVELS)}.")
    step: Section = {
        "when": " ".join(found["when"].lower().split()),
        "whom": whom,
    }
    if found["risk"]:
        step["only_if_at_risk"] = True
    if found["level"]:
        step["level"] = int(found["level"])
    return step


def _steps(text: str) -> list[Section]:
    return [_step(line) for line in _lines(text)]


def _step_in_words(step: Section) -> str:
    at_risk = " if at risk" if step.get("only_if_at_risk") else ""
    usual = max((LEVELS[role] for role in step["whom"]), default=0)
    level = f" level {step['level']}" if step.get("level", usual) != usual else ""
    return f"{step['when']}: {', '.join(step['whom'])}{at_risk}{level}"


def _steps_in_words(steps: list[Section]) -> str:
    return "\n".join(map(_step_in_words, steps))


def _day_of(step: Section) -> int:
    days, _, side = step["when"].partition("wd")
    return 0 if not side else -int(days) if "before" in side else int(days)


def _put_step(section: Section, text: str) -> None:
    """Change the steps of those days; one that nobody hears of is taken out."""
    changed = _steps(text)
    days = {_day_of(step) for step in changed}
    kept = [each for each in section.get("steps", ()) if _day_of(each) not in days]
    section["steps"] = sorted(kept + [each for each in changed if not set(each["whom"]) <= NOTHING], key=_day_of)


# ---- what follows a miss ----------------------------------------------------------------------------------------


def _share(text: str) -> str:
    said = text.strip()
    return f"{said} %" if re.fullmatch(r"\d+(\.\d+)?", said) else said


def _tiers(text: str) -> list[Section]:
    tiers = []
    for line in _lines(text):
        found = _TIER.fullmatch(line)
        if found is None:
            raise _misread(line, "tier", "below what, and what that is worth, such as 99.5 %: 25 %")
        tiers.append({"attained_below": _share(found["below"]), "share": _share(found["share"])})
    return tiers


def _tiers_in_words(tiers: list[Section]) -> str:
    return "\n".join(f"{each['attained_below']}: {each['share']}" for each in tiers)


def _put_tier(section: Section, text: str) -> None:
    """Change what the tiers below those figures are worth; one worth "none" is taken out."""
    tiers = {each["attained_below"]: each for each in section.get("tiers", ())}
    for tier in _tiers(text):
        below = next((each for each in tiers if each.replace(" ", "") == tier["attained_below"].replace(" ", "")), "")
        if tier["share"].casefold() in NOTHING:
            tiers.pop(below, None)
        elif below:
            tiers[below] = tier
        else:
            tiers[tier["attained_below"]] = tier
    section["tiers"] = list(tiers.values())


def _repeated(text: str) -> list[Section]:
    repeated = []
    for line in _lines(text):
        found = _REPEATED.fullmatch(line)
        if found is None:
            raise _misread(
                line, "rule", "how many, within which time, and what then, such as 3 misses within 365d: notice"
            )
        rule: Section = {"misses": int(found["misses"]), "then": found["then"].strip().casefold()}
        repeated.append(rule | ({"within": found["within"].replace(" ", "")} if found["within"] else {}))
    return repeated


def _repeated_in_words(repeated: list[Section]) -> str:
    return "\n".join(f"{each['misses']} misses within {each['within']}: {each['then']}" for each in repeated)


def _options(text: str) -> list[str]:
    return [each.casefold() for each in _words(text)]


def _listed(value: list[str]) -> str:
    return ", ".join(value)


def _by_break(value: list[str]) -> str:
    return "\n".join(value)


LINES: Mapping[Kind, Mapping[str, Line]] = {
    "calendars": {
        "hours": Line("hours", _week, _by_line),
        "holidays": Line("holidays"),
        "worked": Line("worked_holidays", _words, _listed),
        "closed_days": Line("closed", _closed, _by_line),
        "half_days": Line("replaced", _hours_on, _by_line),
        "zone": Line("zone"),
    },
    "escalations": {
        "steps": Line("steps", _steps, _steps_in_words),
        "snoozes": Line("snoozes_allowed", _whole),
    },
    "consequences": {
        "options": Line("options", _options, _listed),
        "applies": Line("applies"),
        "decider": Line("decider"),
        "plan": Line("plan_within"),
        "otherwise": Line("otherwise"),
        "charge": Line("charge"),
        "tiers": Line("tiers", _tiers, _tiers_in_words),
        "cap": Line("cap", _share),
        "claim": Line("claim_within"),
        "minimum": Line("minimum"),
        "carry": Line("carry_at_most", _whole),
        "repeated": Line("repeated", _repeated, _repeated_in_words),
    },
    "definitions": {
        "means": Line("means"),
        "criteria": Line("criteria", _lines, _by_break),
    },
}
"""The lines of each kind of part, by name."""

MERGED: Mapping[Kind, Mapping[str, Callable[[Section, str], None]]] = {
    "calendars": {"closed": _close, "half": _open_for, "usual": _as_usual},
    "escalations": {"step": _put_step},
    "consequences": {"tier": _put_tier},
    "definitions": {},
}
"""What changes a few entries of a line and leaves the others."""

"""What has become of a calendar, a ladder, a consequence, a word, or a time by priority is told in sentences."""

from __future__ import annotations

import pytest

from bot.documents import difference
from tests.bot.documents.files import EVERYTHING, terms_of

AGREED = terms_of(EVERYTHING)


def everything(*replacements: tuple[str, str]) -> list[str]:
    """What another version of the agreement with everything in it would say of these changes."""
    text = EVERYTHING.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return [str(change) for change in difference(AGREED, terms_of(text)) if change.path[0] != "signed"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{critical: 30wm, low: 3wd}", "{critical: 15wm, low: 3wd}",
         ("Critical incidents: first answer within 15 working minutes instead of 30 working minutes, "
          "from 1 October 2026")),
        ("{critical: 30wm, low: 3wd}", "{critical: 30wm}",
         ("Low incidents: first answer within 4 working hours, as all others, instead of 3 working days, "
          "from 1 October 2026")),
        ("{critical: 30wm, low: 3wd}", "{critical: 30wm, low: 3wd, high: 1wh}",
         ("High incidents: first answer within 1 working hour instead of 4 working hours, as all others, "
          "from 1 October 2026")),
        ("    resolved_by_priority: {critical: 8wh}\n", "",
         ("Critical incidents: settled within 2 working days, as all others, instead of 8 working hours, "
          "from 1 October 2026")),
        ("share: 25 %", "share: 30 %",
         "Consequence credit: a credit of 30 % instead of 25 % where less than 99 % is attained"),
        ("      - {attained_below: 99 %, share: 25 %}\n", "",
         "Consequence credit: no longer a credit of 25 % where less than 99 % is attained"),
        ("    cap: 50 %", "    cap: 40 %",
         "Consequence credit: no more than 40 % of the charge is credited in a period instead of 50 %"),
        ("    minimum: €25\n", "", "Consequence credit: no longer agreed that a credit of less than €25 is not paid"),
        ("credit, recovery plan, carry-over]", "credit, recovery plan]", "Consequence credit: no longer carry-over"),
        ("then: notice}", "then: review}",
         ["Consequence credit: also 3 misses within 365 days: review before its time",
          "Consequence credit: no longer 3 misses within 365 days: notice to the sponsor"]),
        ("whom: [owner, contact]}", "whom: [owner]}",
         ("Ladder gentle: when it is due the owner hears, at level 0 instead of level 1; "
          "until now the owner and the point of contact")),
        ("      - {when: due, whom: [owner, contact]}\n",
         "      - {when: due, whom: [owner, contact]}\n      - {when: 1wd after, whom: [manager]}\n",
         "Ladder gentle: 1 working day after it was due the owner's manager hears, too"),
        ("snoozes_allowed: 1", "snoozes_allowed: 3",
         "Ladder gentle: an owner may put a reminder off 3 times instead of once"),
        ("means: Nobody can buy.", "means: Nobody can buy or look.",
         "“outage” means “Nobody can buy or look.” instead of “Nobody can buy.”"),
        ("[Two probes fail for a minute]", "[Two probes fail, At noon]",
         ["“outage”: also “Two probes fail”", "“outage”: also “At noon”",
          "“outage”: no longer “Two probes fail for a minute”"]),
    ],
)  # fmt: skip
def test_of_what_promises_rest_on_a_change_is_a_sentence(old: str, new: str, said: str | list[str]) -> None:
    assert everything((old, new)) == ([said] if isinstance(said, str) else said)


def test_what_a_new_consequence_and_a_new_ladder_say_is_told_in_full() -> None:
    assert everything(
        ("consequences:\n", "consequences:\n  plan:\n    options: [recovery plan]\n    plan_within: 5wd\n"),
        ("escalations:\n", "escalations:\n  short:\n    steps: [{when: due, whom: [sponsor]}]\n"),
    ) == [
        "New ladder short: when it is due: the sponsor (level 3)",
        "New consequence plan: recovery plan; a recovery plan is due within 5 working days",
    ]

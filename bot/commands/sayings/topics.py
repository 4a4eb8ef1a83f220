"""What something that was not understood may be about."""

from __future__ import annotations

from bot.commands.sayings.words import ALL

TOPICS = (
    ("late overdue due deadline owe todo todos task tasks urgent", "My part", "mine"),
    ("away holiday vacation sick leave off out pto ooo covers deputy", "I am away…", "away …"),
    ("report reports", "The report", "report preview"),
    ("friction complaint complaints", "Friction report", "friction report preview"),
    ("agreement contract sla deal signed sign", "The agreement", "agreement"),
    ("review agenda meeting decided", "The review", "review"),
    ("credit credits refund", "Credits", "credits"),
    ("miss missed misses consequence", "What a miss brings", "stakes"),
    ("lead leads mql mqls campaign webinar won lost converted", "What became of leads", "results"),
    ("incident incidents outage down downtime uptime", "Incidents", "incidents"),
    ("target capacity plan forecast", "The plan", "plan"),
    ("messages notifications digest quiet", "What I send you", "messages"),
    ("export csv excel file download", "Export…", "export …"),
    (
        "broken error slow wrong problem issue bug help urgent fix fixed fail fails failing cant crash down stuck",
        "Raise it…",
        f"raise {ALL} …",
    ),
    ("status track progress number numbers figures month quarter week doing", "Status", "status"),
)
"""What something that was not understood may be about: words that tell it, and a button that shows it."""

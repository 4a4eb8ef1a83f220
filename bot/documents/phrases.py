"""How the keys of an agreement are said in its text: a sentence each, with a gap for the value.

A key that has no phrase here is said by its own name, so that a new one is never left out.
"""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    # of a promise
    "intent": "What it is for: {}",
    "source": "The figures come from: {}",
    "reporter": "{} reports the figures",
    "owner": "{} answers for it",
    "calendar": "Its working time is “{}”",
    "depends_on": "It needs first: {}",
    "supports": "On it rests: {}",
    "escalation": "Who hears of a miss follows the ladder “{}”",
    "consequence": "A miss leads to “{}”, below",
    "silence_accepts_after": "Silence accepts after {}",
    "dispute_reasons": "It can be disputed because of: {}",
    "latent_defects": "What was accepted is reopened for these alone: {}",
    "worth": "In money: {}",
    "campaigns": "Campaigns: {}",
    "resolved_within": "Each is settled within {}",
    "updated_every": "While one is open, word of it comes every {}",
    "outside_hours": "What comes outside working hours is answered within {}",
    "outside_calendar": "That time is counted in the working time “{}”",
    "by_priority": "The first answer by priority: {}",
    "resolved_by_priority": "Settled, by priority: {}",
    "cadence": "Attempts are due on working days {}",
    "by_class": "Attempts by class: {}",
    "check_within": "They are checked within {}",
    "checked_by": "{} checks them",
    "sample": "Of those who confirmed, {} are drawn by lot",
    "aggregation": "What counts of a period's readings: {}",
    "percentile": "The percentile that counts: {}",
    "service": "The service whose incidents count: {}",
    "lowest": "A reading below {} is taken for a slip",
    "highest": "A reading above {} is taken for a slip",
    "reading_due": "Its figures are complete {} after the period",
    # of a party
    "deputies": "While the owner is away: {}",
    "members": "Also speaking for it: {}",
    "contact": "Point of contact: {}",
    "manager": "The owner answers to {}",
    "signatory": "{} signs for it",
    "reviewers": "In the review for it: {}",
    "aliases": "Also called: {}",
    # of a consequence
    "options": "What makes up for it: {}",
    "applies": "What applies: {}",
    "decider": "{} decides",
    "plan_within": "A recovery plan is due within {}",
    "otherwise": "Where none is agreed in that time, this follows: {}",
    "tiers": "The credit is {}",
    "charge": "It is a share of {} a period",
    "cap": "No more than {} of that is credited in a period",
    "claim_within": "A credit is claimed within {}",
    "minimum": "Less than {} is not paid",
    "carry_at_most": "Of what others lacked one period owes {} at most",
    "repeated": "Misses of one promise that repeat lead to more: {}",
    # of the agreement
    "zone": "Dates and times are those of {}",
    "effective_on": "It counts from {}",
    "ends_on": "It ends on {}",
    "end_notice": "Both sides hear of its end these many days before: {}",
    "sponsor": "Sponsor, whom the parties answer to: {}",
    "observers": "May look without being a party: {}",
    # of the rest
    "slots": "When: {}",
    "participants": "Who comes: {}",
    "quorum": "For a decision {} must be there",
    "means": "{}",
    "holidays": "Closed on the public holidays of {}",
    "worked_holidays": "Open all the same on {}",
    "snoozes_allowed": "An owner may put a reminder off {} times",
}
"""What is said of a value that is there."""

YES: Mapping[str, str] = {
    "urgent": "Its reminders come in quiet hours too",
    "surplus_banks": "What is over counts for the next period",
    "by_every_member": "Every member confirms it for himself",
    "report": "It is this agreement's own report, kept by approving or sending it",
    "friction": "It is prepared from what people noted of friction",
    "of_both": "Both sides owe it, and each confirms that it was there",
    "excluded_counts": "Time that is excluded with a reason counts as downtime all the same",
    "legally_binding": "It is a contract, binding in law",
}
NO: Mapping[str, str] = {
    "surplus_banks": "What is over does not count for the next period",
    "legally_binding": "It is not meant to bind anybody in law",
}
"""What is said of a yes and of a no; a no that is not here is said by silence."""

EVIDENCE: Mapping[str, str] = {
    "any": "It is shown by words, a link or a file",
    "text": "It is shown by a few words",
    "link": "It is shown by a link",
    "file": "It is shown by a file",
    "none": "A word is enough, and nothing else is kept",
}
"""What shows that something was delivered."""

KINDS: Mapping[str, str] = {
    "SLA": "It is a service level agreement (SLA)",
    "OLA": "It is an operational level agreement (OLA), which supports an SLA inside the company",
    "underpinning contract": "It is an underpinning contract with a supplier, which supports an SLA",
    "corporate": "It holds for the whole company",
    "customer": "It holds for one customer",
    "service": "It holds for a service",
}
"""What kind of agreement it is, and how far it reaches."""

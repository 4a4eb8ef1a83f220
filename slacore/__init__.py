"""The product's core: what teams have promised one another, and what is true of it now.

Pure: nothing here reads a clock, waits, or touches a file or a network. `now` is an argument.
Four groups of modules stand on one another, each free inside and without circles:

    values          what everything is said in: parties, calendars, periods, money, keys, refusals
    agreement       what was promised: commitments, ladders, credits, terms and their versions, plans of both
    what happened   what is on record: handoffs, items, readings, incidents, obligations, breaches
    judgement       what is true now: standing, sweep, reports, reviews

The words below mean the same everywhere: in the code, in every message, in every document.

Glossary
--------
acceptance
    The receiver takes a handoff, whole or in part. Silence accepts too, after an agreed working
    time of the receiver.
agreement
    What parties have signed: an SLA, an OLA that supports one inside the company, or an
    underpinning contract with a supplier.
amendment
    A draft on its way to a signature: terms put before the parties. It becomes a version when every
    party has signed it, and starts no clock before.
breach
    A missed obligation or period, recorded once: how much, whose, and why.
calendar
    When a party is at work: a time zone, open windows for each weekday, holidays, extra closed
    days and half days.
campaign
    Where handoffs come from. It may have a goal of its own under the commitment's.
capacity
    How much follow-up a party's people have hours for; a promise beyond it draws a warning.
carry-over
    Units that one period lacked and a later one owes with its own, as whoever decides has said.
checkpoint
    A date inside a period by which a part of the target is expected.
choice
    Which of several agreed ways makes a miss good, said once by whoever decides; it closes the others.
commitment
    One promise: who owes whom what, how it is measured, and from which source. Five kinds:
    volume, response, follow-up, deliverable, level.
consequence
    What a miss brings, agreed beforehand: a recovery plan, units carried over, a service credit, a
    notice; one of them or all.
definition
    A word both sides measure by, such as "qualified lead", versioned with the agreement.
dependency
    A commitment that another one needs first. Its proven failure excuses the dependent miss.
dispute
    One side says that the record is wrong. It freezes consequences, not the clock.
escalation policy
    The ladder: when, before or after the due moment, and who hears of it at each step.
excusal
    The receiving side forgives a miss of one obligation, on the record.
follow-up
    One attempt on an item, with its outcome.
handoff
    Things that one party gives another: a quantity of a unit, from a campaign perhaps. It counts
    from the moment of handing over, provisionally until it is accepted.
incident
    A service was not what was promised, from its failure until it is back. What is excluded with a
    reason counts for nobody.
item
    One handed-over thing that must be acted on: a lead, an incident.
notice
    A formal word in writing to whom both sides answer, of a miss or of misses that repeat.
objective
    Why an agreement exists; each commitment's intent says which of the customer's goals it serves.
obligation
    One concrete thing due at one instant under a commitment: open, at risk, kept, missed, paused
    or excused.
offer
    A way to make a miss good that one side puts before the other, where nobody is named who decides.
party
    A team of the company, or an outside customer or supplier, with one accountable owner.
period
    The stretch a commitment is judged over, in the agreement's time zone.
point of contact
    Whom a party sends performance issues to, before the ladder climbs past the owner.
raise
    To name what one is owed an answer to, where nobody promised a number of such things: an item
    from that moment, with nothing to accept.
reading
    A figure that whoever reports an indicator gives for a date. None by its due moment is the
    reporter's miss, never that of the party measured.
recovery plan
    Dated steps with owners that make up for a miss, agreed by both sides.
refusal
    What a person hears when something cannot be done: what was understood, why not, what to do.
review
    The regular meeting over the numbers: decisions, actions, and a proposed next version.
sale
    What a won lead, or what the seller found itself, brought: its price where it is known, and whose
    finding it was.
service credit
    What a miss is worth in money, by tiers, capped, to be claimed in a window.
slot
    A local date and time at which something recurring is due, moved off holidays as agreed.
sponsor
    Whom the parties answer to: the ladder's last step.
standing
    Where a commitment is in its period: on pace, at risk, behind, met, met late, missed or waived,
    and whether that is still provisional.
target
    How much is promised for a period; worked back from quota, price and close rate.
version
    One wording of an agreement. In force once every party has signed it; an obligation keeps the
    version that it began under.
workspace
    One company: its chat workspaces, parties and agreements. No data crosses its wall.
"""

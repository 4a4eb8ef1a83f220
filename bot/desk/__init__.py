"""Where a request or a due moment is decided and written down.

Commands, jobs and imports share this one place: it asks slacore what is true, and writes facts,
tallies, obligations, what is to be said and the audit entry in one transaction.
"""

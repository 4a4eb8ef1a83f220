"""Where a request or a due moment is decided and written down.

Commands, jobs and imports share this one place: it asks slacore what is true, and writes facts,
tallies, obligations, what is to be said and the audit entry in one transaction.

What is decided stands in rooms by topic. Beside them: `sitting`, on which everything is decided;
`sweeping`, which takes whatever is due, with `setbacks` for what could not be looked at; `obligations`
and `checks`, what people say of what they owe; `healths`, `searches` and `housekeeping` over all of it.
"""

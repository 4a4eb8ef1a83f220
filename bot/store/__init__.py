"""What we remember: the only place that speaks SQL. One file a noun; `database` opens, `tx` reads and writes.

The columns are in `tables`; how statements reach the database, whatever they are about, is `engine`.
"""

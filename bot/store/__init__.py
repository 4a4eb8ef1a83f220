"""What we remember: the only place that speaks SQL. One file a noun; `database` opens, `tx` reads and writes."""

"""What people can ask: one table of commands (`rows`, one file a noun), and the grammar in which they are said."""

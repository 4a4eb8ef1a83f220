"""What people can ask: one table of commands, and the grammar in which they are said."""

"""The rows of the command table, one file a noun: what can be asked about it, and how the desk is asked."""

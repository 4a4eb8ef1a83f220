"""How words reach people: into the outbox, another way when one is closed, and not twice by a slip."""

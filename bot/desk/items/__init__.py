"""What was handed over by name and must be acted on: who has it, what was done, what came of it."""

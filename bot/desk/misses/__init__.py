"""A miss and what becomes of it: its reason, its excuse, what makes up for it, and who decides."""

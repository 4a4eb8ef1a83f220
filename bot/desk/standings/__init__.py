"""Where promises stand, what rests on what, and what was learnt: read, never decided."""

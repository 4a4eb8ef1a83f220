"""Who is who, where, and when at work; and each one's own page and digest."""

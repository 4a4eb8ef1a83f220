"""How statements reach the database: opened, spelled, gathered and sent. It knows tables and no nouns."""

"""The words that all doors share: what is said (card), who talks where (talk), who carries it (messenger)."""

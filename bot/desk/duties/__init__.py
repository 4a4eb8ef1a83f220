"""What is owed and by whom: opened with its period, kept or not, and told to whom it concerns."""

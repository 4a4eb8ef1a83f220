"""What time asks: look at what is due (tick), and say what waits to be said (deliver)."""

"""What is measured rather than counted: readings, incidents, and the indicators made of them."""

"""What leaves the house as a file: a month of the record in sheets, and the files that cards come with."""

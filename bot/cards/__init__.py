"""What we say: a domain value goes in, a card comes out; nothing is looked up and no clock is read.

One file a noun. Facts come first, then what happens next, then why somebody is told. Hours appear
only as moments, which each reader sees on his own wall clock; titles and summaries, which are plain
text for everybody, say no hours but days of the agreement's calendar.
"""

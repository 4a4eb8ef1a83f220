"""What we draw: the weekly report's picture, from numbers to SVG for a page and PNG for a chat.

`layout.lay_out(chart)` decides where everything goes, once; `svg` and `png` only paint what it
decided, so both pictures say the same. The chart brings its own words (`alt`), for whoever
cannot see it. Nothing here raises for any chart: a picture that cannot be drawn well is drawn
plainly, because the report must leave on time.
"""

"""The guide's pictures, drawn from what today's product says: `python -m tests.docs.pictures`.

Every picture that a document shows is made here, from the same cards that the snapshots hold and from the
rehearsal as it is served, so that none shows what nobody sees any more. It needs Chromium; Teams' cards are
drawn by Microsoft's own renderer, which npm brings. With names behind it (`tour slack-home`) it draws those alone.
"""

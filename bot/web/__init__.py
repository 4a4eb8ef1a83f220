"""The browser's door: a chat window to rehearse in, where nobody needs Slack or Teams.

A door like the others: inbound (a posted form becomes an Utterance), render (a Card becomes HTML)
and outbound (a Messenger). What it needs of the house is in `ports`.
"""

"""Kept's door on Slack: what is heard there, and how what the house says is drawn and sent there.

The only place, besides the composition root, where Slack's packages are used.
"""

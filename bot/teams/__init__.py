"""Microsoft Teams' door: the Bot Connector protocol in, adaptive cards out.

Imported only where Teams is on, because Microsoft's token library takes memory and time.
"""

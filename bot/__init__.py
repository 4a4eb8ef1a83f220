"""The bot: the doors people and time come through, and the rooms behind them.

Each subpackage is a room on a floor; imports run one way, downwards (see docs/decisions).
"""

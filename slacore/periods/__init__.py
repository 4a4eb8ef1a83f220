"""The stretches that promises are judged over, and the dates in them on which something is due.

A period and a slot are made of dates: what a month is does not depend on anybody's clock. They
become moments in the agreement's time zone, which is passed in.
"""

from slacore.periods.months import print_date, print_dates
from slacore.periods.rules import Period, PeriodRule
from slacore.periods.slots import Slot, SlotRule

__all__ = ["Period", "PeriodRule", "Slot", "SlotRule", "print_date", "print_dates"]

"""The guided tour: a quarter of Company X, part by part in the order in which it is told.

Each part needs the people it speaks of, and what the parts before it did.
"""

from bot.web.tours.customer import CUSTOMER
from bot.web.tours.leads import LEADS
from bot.web.tours.misses import MISSES
from bot.web.tours.november import NOVEMBER
from bot.web.tours.october import OCTOBER
from bot.web.tours.review import REVIEW
from bot.web.tours.signing import SIGNED_ON_TOUR, SIGNING
from bot.web.tours.two_platforms import TWO_PLATFORMS

PARTS = (SIGNING, OCTOBER, MISSES, TWO_PLATFORMS, LEADS, REVIEW, NOVEMBER, CUSTOMER)

__all__ = [
    "CUSTOMER", "LEADS", "MISSES", "NOVEMBER", "OCTOBER", "PARTS", "REVIEW", "SIGNED_ON_TOUR", "SIGNING",
    "TWO_PLATFORMS",
]  # fmt: skip

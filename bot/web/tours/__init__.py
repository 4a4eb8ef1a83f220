"""The guided tour, part by part in the order in which it is told; each part needs the people it speaks of."""

from bot.web.tours.customer import CUSTOMER
from bot.web.tours.leads import LEADS
from bot.web.tours.october import OCTOBER
from bot.web.tours.review import REVIEW
from bot.web.tours.two_platforms import TWO_PLATFORMS

PARTS = (OCTOBER, TWO_PLATFORMS, LEADS, REVIEW, CUSTOMER)

__all__ = ["CUSTOMER", "LEADS", "OCTOBER", "PARTS", "REVIEW", "TWO_PLATFORMS"]

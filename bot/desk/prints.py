"""Files made of what stands on the record: an agreement or a review on paper, a meeting for one's calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import BinaryIO

from bot.cards import agreements as agreement_cards
from bot.cards import reviews as review_cards
from bot.chat.card import Card, File
from bot.desk import packs, papers
from bot.desk.sitting import Sitting
from bot.documents import difference
from bot.prints import Paper
from bot.prints.invitations import Invitation, ics
from bot.store import reviews
from slacore.agreements import Agreement
from slacore.reviews import Review

AGREEMENT, REVIEW, MEETING = "agreement", "review", "meeting"
"""The sorts of files that are made here; the first word of what a file holds."""
_PDF = "application/pdf"
LASTS = timedelta(hours=1)
"""What a calendar sets aside for a review."""


def agreement_on_paper(agreement: Agreement, reader: str) -> File:
    """The agreement's whole text as PDF, to print and sign."""
    terms, number = agreement.latest.terms, agreement.latest.number
    name = f"{agreement.key}-version-{number}.pdf"
    return File(
        name, "application/pdf", (AGREEMENT, agreement.key, reader), f"{terms.name}, version {number}, to print"
    )


def review_on_paper(review: Review, reader: str) -> File:
    """A review's pack as PDF."""
    name = f"{review.key}-{review.first_on:%Y-%m}.pdf"
    return File(
        name, "application/pdf", (REVIEW, str(review.number), reader), f"the review of {review.label}, to print"
    )


def meeting(review: Review, reader: str) -> File:
    """A review's date for one's calendar."""
    holds = (MEETING, str(review.number), reader)
    return File(f"{review.key}.ics", "text/calendar; charset=utf-8", holds, "the date for your calendar")


async def whole(sitting: Sitting, agreement: Agreement) -> Card:
    """The whole text of an agreement: its promises, who signed when, and what each version changed."""
    lines, before = [], None
    for each in agreement.versions:
        terms = replace(each.terms, signatures=())
        lines.append((each.number, each.terms, difference(before, terms)))
        before = terms
    waiting = await papers.proposals_of(sitting, agreement)
    return agreement_cards.whole(agreement, lines, [each.key for each in waiting], sitting.now)


async def write_agreement(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Print the newest version of an agreement as it stands now."""
    agreement = sitting.agreement(holds[0])
    terms = agreement.latest.terms
    card = await whole(sitting, agreement)
    into.write(await _printed(Paper(terms.name, _without_files(card), sitting.now, terms.zone)))


async def write_review(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Print a review's pack as it stands now."""
    pack = await packs.of_review(sitting, await reviews.find(sitting.tx, int(holds[0])))
    sections = tuple(each for card in review_cards.paper(pack, sitting.now) for each in _without_files(card))
    title = f"Review of {pack.review.label}"
    into.write(await _printed(Paper(title, sections, sitting.now, pack.terms.zone)))


async def write_meeting(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Write the calendar file of a review, with the date as it stands now."""
    pack = await packs.of_review(sitting, await reviews.find(sitting.tx, int(holds[0])))
    review, terms = pack.review, pack.terms
    names = ", ".join(terms.name_of(member) for member in pack.invited)
    where = ", ".join(channel.name for channel in terms.channels)
    about = f"{terms.name}. With {names}. The numbers are laid out in {where} the working day before."
    into.write(
        ics(
            Invitation(
                uid=f"{review.key}.{sitting.workspace}@kept",
                revision=review.revision,
                title=f"Review of {review.label}: {terms.name}",
                about=about,
                at=review.meets_at,
                lasts=LASTS,
                made_at=sitting.now,
            )
        )
    )


async def _printed(paper: Paper) -> bytes:
    from bot.prints import pdf  # letters and layout cost a tenth of a second to load, and few print

    return await asyncio.to_thread(pdf.draw, paper)


def _without_files(card: Card) -> tuple[Card, ...]:
    return (replace(card, blocks=tuple(each for each in card.blocks if not isinstance(each, File))),)

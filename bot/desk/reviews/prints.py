"""Files made of what stands on the record: an agreement or a review on paper, a meeting for one's calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import BinaryIO

from bot.cards import agreements as agreement_cards
from bot.cards import reviews as review_cards
from bot.cards import texts
from bot.chat.card import Card, File
from bot.desk.drafts import papers
from bot.desk.reviews import packs
from bot.desk.sitting import Sitting
from bot.documents import difference
from bot.documents.writing import write
from bot.prints import Paper
from bot.prints.invitations import Invitation, ics
from bot.store import reviews
from slacore.agreements import Agreement, Channel, Terms
from slacore.keys import number_of
from slacore.reviews import Review

AGREEMENT, PAGE, FILE, REVIEW, REVIEW_PAGE, MEETING = "agreement", "page", "file", "review", "review page", "meeting"
"""The sorts of files that are made here; the first word of what a file holds."""
_PDF, _HTML = "application/pdf", "text/html; charset=utf-8"
LASTS = timedelta(hours=1)
"""What a calendar sets aside for a review."""


def to_read(key: str, name: str, reader: str, version: int = 0) -> tuple[File, ...]:
    """An agreement (`A-1`) or a draft (`X-3`) whole: as a page, as PDF to print and sign, as a file to change."""
    stem = f"{key}-version-{version}" if version else key
    return (
        File(f"{stem}.html", _HTML, (PAGE, key, reader), f"{name}, to read"),
        File(f"{stem}.pdf", _PDF, (AGREEMENT, key, reader), f"{name}, to print"),
        File(f"{stem}.yaml", "application/yaml", (FILE, key, reader), f"{name}, to change"),
    )


def review_to_read(review: Review, reader: str) -> tuple[File, ...]:
    """A review's pack as a page, and as PDF."""
    stem, number = f"{review.key}-{review.first_on:%Y-%m}", str(review.number)
    return (
        File(f"{stem}.html", _HTML, (REVIEW_PAGE, number, reader), f"the review of {review.label}, to read"),
        File(f"{stem}.pdf", _PDF, (REVIEW, number, reader), f"the review of {review.label}, to print"),
    )


def meeting(review: Review, reader: str) -> File:
    """A review's date for one's calendar."""
    holds = (MEETING, str(review.number), reader)
    return File(f"{review.key}.ics", "text/calendar; charset=utf-8", holds, "the date for your calendar")


async def whole(sitting: Sitting, agreement: Agreement) -> Card:
    """The whole text of an agreement: its promises, who signed when, and what each version changed."""
    waiting = await papers.proposals_of(sitting, agreement.slug)
    return agreement_cards.whole(agreement, _versions(agreement), [each.key for each in waiting], sitting.now)


async def write_agreement(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Print the newest version of an agreement as it stands now."""
    into.write(await _printed(await _to_read(sitting, holds[0])))


async def write_page(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Write the same as a page for a browser."""
    from bot.prints import html

    into.write(html.draw(await _to_read(sitting, holds[0])).encode())


async def write_file(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Write the same as a file to change and to hand back."""
    terms = await _terms(sitting, holds[0])
    renamed = [f" {each.as_agreed.name} is called {each.name} now." for each in terms.channels if _is_renamed(each)]
    into.write(write(replace(terms, signatures=()), f"{holds[0]}: {terms.name}.{''.join(renamed)}").encode())


def _is_renamed(channel: Channel) -> bool:
    return channel.id == channel.as_agreed.id and channel.name != channel.as_agreed.name


async def _terms(sitting: Sitting, key: str) -> Terms:
    """The terms of an agreement's newest version, or of a draft."""
    if key.startswith("X-"):
        return (await papers.find(sitting, number_of(key))).terms
    return sitting.agreement(key).latest.terms


async def _to_read(sitting: Sitting, key: str) -> Paper:
    terms = await _terms(sitting, key)
    if key.startswith("X-"):
        lead: tuple[str, ...] = (f"{key}, a draft. Nothing counts under it before every party has signed.",)
        sections = texts.sections(terms, (), sitting.now)
    else:
        agreement = sitting.agreement(key)
        lead = (f"{key}, version {agreement.latest.number}.",)
        sections = texts.sections(terms, _versions(agreement), sitting.now)
    return Paper(terms.name, sections, sitting.now, terms.zone, lead)


def _versions(agreement: Agreement) -> list[texts.Line]:
    lines: list[texts.Line] = []
    before: Terms | None = None
    for each in agreement.versions:
        terms = replace(each.terms, signatures=())
        lines.append((each.number, each.terms, difference(before, terms)))
        before = terms
    return lines


async def write_review(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Print a review's pack as it stands now."""
    into.write(await _printed(await _pack_to_read(sitting, int(holds[0]))))


async def write_review_page(sitting: Sitting, holds: Sequence[str], into: BinaryIO) -> None:
    """Write the same as a page for a browser."""
    from bot.prints import html

    into.write(html.draw(await _pack_to_read(sitting, int(holds[0]))).encode())


async def _pack_to_read(sitting: Sitting, number: int) -> Paper:
    pack = await packs.of_review(sitting, await reviews.find(sitting.tx, number))
    sections = review_cards.paper(pack, sitting.now)
    return Paper(f"Review of {pack.review.label}", sections, sitting.now, pack.terms.zone, (pack.terms.name,))


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

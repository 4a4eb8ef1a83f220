"""A review in the channel is short; on paper it is whole."""

from __future__ import annotations

from dataclasses import replace

from bot.cards import reviews
from tests.bot.cards.after_a_miss import pack
from tests.bot.cards.printing import printed
from tests.company_x import at

NOW = at(6, 11, month=11)


def test_a_list_that_is_cut_in_the_channel_is_whole_on_paper() -> None:
    told = pack()
    told = replace(told, actions=told.actions * 12, minutes=told.minutes * 11)
    assert printed(reviews.pack(told, NOW)).count("+1 more.") == 2
    assert "+2 more." in printed(reviews.pack(told, NOW))
    paper = "\n".join(printed(each) for each in reviews.paper(told, NOW))
    assert "more." not in paper
    assert paper.count("O-31") == 12
    assert paper.count("A webinar late in the month") == 11

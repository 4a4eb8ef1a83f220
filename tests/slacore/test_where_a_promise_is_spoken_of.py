"""Which channels hear of a promise, and on which platform somebody is at home."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.documents import read
from slacore.agreements import Channel, Terms
from tests.world import COMPANY_X

TERMS = read(COMPANY_X)[1]
LEADS = TERMS.commitment("leads")  # marketing's, to sales
PARTIES = ("marketing", "sales", "service")
CHANNELS = st.lists(
    st.builds(
        Channel,
        platform=st.sampled_from(("slack", "teams", "web")),
        id=st.uuids().map(str),
        name=st.just("#room"),
        parties=st.lists(st.sampled_from(PARTIES), unique=True).map(tuple),
    ),
    max_size=5,
)


def with_channels(*channels: Channel) -> Terms:
    return replace(TERMS, channels=channels)


def test_it_is_spoken_of_where_both_sides_are() -> None:
    shared, alone = Channel("slack", "1", "#both", ("marketing", "sales")), Channel("teams", "2", "Sales", ("sales",))
    assert with_channels(shared, alone).channels_of(LEADS) == (shared,)


def test_where_each_side_has_only_its_own_it_is_spoken_of_in_each() -> None:
    ours, theirs = Channel("slack", "1", "#marketing", ("marketing",)), Channel("teams", "2", "Sales", ("sales",))
    assert with_channels(ours, theirs).channels_of(LEADS) == (ours, theirs)


def test_a_third_party_never_reads_along() -> None:
    ours = Channel("slack", "1", "#marketing", ("marketing",))
    theirs = Channel("teams", "2", "Customers", ("sales", "service"))
    assert with_channels(ours, theirs).channels_of(LEADS) == (ours,)
    assert with_channels(theirs).channels_of(LEADS) == ()


@given(CHANNELS)
def test_who_hears_is_what_a_slow_look_says(channels: list[Channel]) -> None:
    found = with_channels(*channels).channels_of(LEADS)
    hearing = {each.id: set(each.parties) or set(PARTIES) for each in channels}
    both = [each for each in channels if {"marketing", "sales"} <= hearing[each.id]]
    either = [each for each in channels if hearing[each.id] <= {"marketing", "sales"}]
    assert list(found) == (both or either)


def test_somebody_is_at_home_where_his_party_talks_among_itself() -> None:
    terms = with_channels(
        Channel("web", "0", "#all"),
        Channel("teams", "1", "Both", ("marketing", "sales")),
        Channel("slack", "2", "#marketing", ("marketing",)),
    )
    assert terms.platforms_of("josh") == ("slack", "teams", "web")
    assert terms.platforms_of("amy") == ("teams", "web", "slack")
    assert terms.platforms_of("nobody") == ("web", "teams", "slack")

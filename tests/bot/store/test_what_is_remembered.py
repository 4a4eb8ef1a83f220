"""People, their presence, agreements, reports, requests and echoes: kept, changed, and found again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.documents import read
from bot.store import agreements, commitments, echoes, identities, people, presences, reports, requests, workspaces
from bot.store.database import Database
from bot.store.tx import Tx
from slacore.agreements import Agreement, Signature
from slacore.errors import Refusal
from slacore.parties import Member
from slacore.presence import Absence, QuietHours
from tests.bot.store.promises import AMY, JOSH, NOON

COMPANY_X = Path(__file__).parents[3] / "agreements" / "company-x.yaml"
DAY = timedelta(days=1)


@pytest.fixture
async def two(url: str, clock: MovableClock) -> AsyncIterator[tuple[Database, Database]]:
    first, second = await Database.open(url, clock), await Database.open(url, clock)
    await first.write("x", know_company_x)
    yield first, second
    await asyncio.gather(first.close(), second.close())


async def know_company_x(tx: Tx) -> None:
    """Everybody whom the agreement's file names."""
    _, terms = read(COMPANY_X)
    await workspaces.begin(tx, "Company X")
    for person in terms.people:
        await people.keep(tx, person)


async def apply(tx: Tx) -> int:
    document, terms = read(COMPANY_X)
    return await agreements.add_version(tx, document, terms, applied_at=NOON, applied_by="amy")


async def test_members_are_known_by_their_ids_on_every_platform(company: Database) -> None:
    async def who(tx: Tx) -> list[str | None]:
        asked = [("web", "amy"), ("slack", "U1"), ("slack", "amy"), ("teams", "U1")]
        return [await identities.member(tx, platform, user) for platform, user in asked]

    assert await company.read("x", who) == ["amy", "josh", None, None]
    assert await company.read("y", who) == [None] * 4
    assert await company.read("x", lambda tx: identities.of_person(tx, "josh")) == (("slack", "U1"), ("web", "josh"))


async def test_an_id_that_was_somebody_elses_is_his_whom_the_newest_file_names(company: Database) -> None:
    await company.write("x", lambda tx: identities.keep(tx, replace(AMY, identities=(("slack", "U1"),))))
    assert await company.read("x", lambda tx: identities.member(tx, "slack", "U1")) == "amy"
    assert await company.read("x", lambda tx: identities.of_person(tx, "josh")) == (("web", "josh"),)


async def test_members_change_leave_and_come_back(company: Database) -> None:
    async def rename(tx: Tx) -> list[bool]:
        return [await people.keep(tx, replace(AMY, name="Amy B.")), await people.keep(tx, Member("zoe", "Zoe", "UTC"))]

    assert await company.write("x", rename) == [False, True]
    await company.write("x", lambda tx: people.let_go(tx, "josh"))
    assert [each.name for each in await company.read("x", people.everybody)] == ["Amy B.", "Zoe"]
    presence = await company.read("x", presences.everybody)
    assert presence.gone == {"josh", "zoe"}, "Josh left, and Zoe is on no platform yet"
    assert presence.zones["amy"] == "America/Chicago"
    await company.write("x", lambda tx: people.keep(tx, JOSH))
    assert (await company.read("x", presences.everybody)).gone == {"zoe"}
    assert await company.read("x", lambda tx: people.zone_of(tx, "nobody")) == "UTC"


async def digest(company: Database, who: str) -> time | None:
    return await company.read("x", lambda tx: presences.digest_of(tx, who, time(9)))


async def test_absences_quiet_hours_and_digests_are_each_persons_own(company: Database) -> None:
    past, coming = Absence(NOON - 3 * DAY, NOON - DAY, "josh"), Absence(NOON + DAY, NOON + 2 * DAY)
    night = QuietHours(time(18), time(8, 30))

    async def settle(tx: Tx) -> None:
        for absence in (past, coming, replace(coming, deputy="josh")):
            await presences.add_absence(tx, "amy", absence)
        await presences.set_quiet(tx, "amy", night)
        await presences.set_digest(tx, "josh", time(7, 15))

    await company.write("x", settle)
    presence = await company.read("x", presences.everybody)
    assert presence.absences == {"amy": (past, replace(coming, deputy="josh"))}
    assert presence.quiet == {"amy": night}
    digests = [await digest(company, who) for who in ("amy", "josh")]
    assert digests == [time(9), time(7, 15)]

    async def change(tx: Tx) -> None:
        await presences.drop_absences(tx, "amy", NOON)
        await presences.set_quiet(tx, "amy", None)
        await presences.set_digest(tx, "josh", None)

    await company.write("x", change)
    presence = await company.read("x", presences.everybody)
    assert (presence.absences, presence.quiet) == ({"amy": (past,)}, {})
    assert await digest(company, "josh") is None


async def test_an_agreement_comes_back_as_the_terms_that_were_applied(two: tuple[Database, Database]) -> None:
    document, terms = read(COMPANY_X)
    database, replica = two
    assert await replica.read("x", agreements.everything) == ()
    assert await database.write("x", apply) == 1
    for each in two:
        (agreement,) = await each.read("x", agreements.everything)
        assert (agreement.key, agreement.slug, agreement.latest.number) == ("A-1", terms.slug, 1)
        found = agreement.latest.terms
        assert set(found.signatures) == set(terms.signatures)
        assert replace(found, signatures=()) == replace(terms, signatures=())
    keys = await replica.read("x", commitments.keys)
    assert sorted(keys.values()) == [f"C-{number}" for number in range(1, len(terms.commitments) + 1)]
    assert json.loads(json.dumps(document)) == document


async def test_terms_are_decoded_once_and_anew_when_another_replica_changed_them(
    two: tuple[Database, Database],
) -> None:
    database, replica = two
    await database.write("x", apply)
    first = await replica.read("x", agreements.everything)
    assert (await replica.read("x", agreements.everything)) is first
    assert await database.write("x", apply) == 2
    (agreement,) = await replica.read("x", agreements.everything)
    assert [version.number for version in agreement.versions] == [1, 2]
    keys = await replica.read("x", commitments.keys)
    assert len(set(keys.values())) == len(agreement.latest.terms.commitments), "a promise keeps its key"


async def test_what_a_job_changed_that_failed_is_not_remembered(two: tuple[Database, Database]) -> None:
    async def fails(tx: Tx) -> None:
        await apply(tx)
        assert len(await agreements.everything(tx)) == 1
        raise Refusal("No.", "Ask again.")

    with pytest.raises(Refusal):
        await two[0].write("x", fails)
    assert await two[0].read("x", agreements.everything) == ()


async def test_a_signature_that_is_added_later_belongs_to_its_version(two: tuple[Database, Database]) -> None:
    database, _ = two
    document, terms = read(COMPANY_X)
    unsigned = replace(terms, signatures=terms.signatures[:1])
    last = terms.signatures[-1]
    await database.write(
        "x", lambda tx: agreements.add_version(tx, document, unsigned, applied_at=NOON, applied_by="amy")
    )

    async def latest(tx: Tx) -> Agreement:
        return (await agreements.everything(tx))[0]

    assert (await database.read("x", latest)).latest.terms.unsigned()
    for missing in terms.signatures[1:]:
        await database.write("x", lambda tx, it=missing: agreements.sign(tx, terms.slug, 1, it))  # type: ignore[misc]
    signed = (await database.read("x", latest)).latest.terms
    assert not signed.unsigned()
    assert Signature(last.party, last.member, last.signed_at) in signed.signatures


async def test_a_channel_that_broke_is_news_once_until_it_is_mended(two: tuple[Database, Database]) -> None:
    database, _ = two
    await database.write("x", apply)
    (agreement,) = await database.read("x", agreements.everything)
    channel = agreement.latest.terms.channels[0]
    slug, platform, channel_id = agreement.slug, channel.platform, channel.id

    async def breaks(tx: Tx) -> bool:
        return await agreements.channel_broke(tx, slug, platform, channel_id, "archived", NOON)

    assert [await database.write("x", breaks) for _ in range(2)] == [True, False]
    known = await database.read("x", lambda tx: agreements.channels_of(tx, slug))
    assert [(each.id, each.broken_at, each.broken_why) for each in known if each.broken_at] == [
        (channel_id, NOON, "archived")
    ]

    async def mends(tx: Tx) -> bool:
        return await agreements.channel_mended(tx, slug, platform, channel_id)

    assert [await database.write("x", mends) for _ in range(2)] == [True, False]


async def test_a_report_gathers_what_happens_to_it_and_knows_the_one_before(company: Database) -> None:
    friday, next_friday = date(2026, 10, 9), date(2026, 10, 16)

    async def happens(tx: Tx) -> None:
        await reports.previewed(tx, "a", 0, friday, NOON)
        await reports.note(tx, "a", 0, friday, "Two big batches next week.")
        await reports.approve(tx, "a", 0, friday, "amy", NOON + DAY)
        await reports.issued(tx, "a", 0, friday, NOON + DAY, {"leads": [18, 25, 0]})
        await reports.skip(tx, "a", 0, next_friday, NOON + 8 * DAY)

    await company.write("x", happens)
    found = await company.read("x", lambda tx: reports.find(tx, "a", 0, friday))
    assert found == reports.Issue(
        "a",
        0,
        friday,
        preview_at=NOON,
        note="Two big batches next week.",
        approved_by="amy",
        approved_at=NOON + DAY,
        issued_at=NOON + DAY,
        totals={"leads": [18, 25, 0]},
    )

    async def before(tx: Tx, on: date, schedule: int = 0) -> reports.Issue | None:
        return await reports.last_before(tx, "a", schedule, on)

    assert await company.read("x", lambda tx: before(tx, next_friday + DAY)) == found, "one that was skipped is none"
    assert await company.read("x", lambda tx: before(tx, friday)) is None
    assert await company.read("x", lambda tx: before(tx, next_friday, 1)) is None


async def test_of_a_request_that_arrives_forty_times_one_has_an_effect(company: Database, url: str) -> None:
    replica = await Database.open(url, MovableClock(NOON))
    effects: list[str] = []
    for each in (company, replica):
        each.subscribe("handled", lambda: effects.append("once"))

    async def handle(tx: Tx) -> int:
        answered = await requests.find(tx, "slack", "T1")
        if answered is not None:
            return int(answered["number"])
        number = await tx.next_number("H")
        await requests.keep(tx, "slack", "T1", {"number": number}, NOON)
        tx.announce("handled")
        return number

    jobs = [each.write("x", handle, [requests.need("slack", "T1")]) for _ in range(20) for each in (company, replica)]
    assert await asyncio.gather(*jobs) == [1] * 40
    assert effects == ["once"]
    await replica.close()


async def test_answers_and_echoes_that_are_old_are_let_go(company: Database) -> None:
    async def keep(tx: Tx, at: datetime, name: str) -> None:
        await requests.keep(tx, "slack", name, {}, at)
        await echoes.put(tx, "josh", "#smarketing", name, said_at=at, subject="H-1")

    for age, name in ((3, "old"), (0, "new")):
        await company.write("x", lambda tx, a=age, n=name: keep(tx, NOON - a * DAY, n))  # type: ignore[misc]

    async def forget(tx: Tx) -> list[bool]:
        await requests.forget(tx, NOON - DAY)
        await echoes.forget(tx, NOON - DAY)
        found = [await requests.find(tx, "slack", name) for name in ("old", "new")]
        return [each is not None for each in found]

    assert await company.write("x", forget) == [False, True]


async def test_the_same_words_again_replace_what_they_led_to_before(company: Database) -> None:
    async def say(tx: Tx, subject: str, at: datetime) -> echoes.Heard | None:
        before = await echoes.find(tx, "josh", "#smarketing", "abc")
        await echoes.put(tx, "josh", "#smarketing", "abc", said_at=at, subject=subject)
        return before

    answers = [await company.write("x", lambda tx, n=n: say(tx, f"H-{n}", NOON + n * DAY)) for n in (1, 2, 3)]  # type: ignore[misc]
    assert answers == [None, echoes.Heard("H-1", NOON + DAY), echoes.Heard("H-2", NOON + 2 * DAY)]


async def test_a_workspace_begins_once_and_may_be_renamed(database: Database) -> None:
    names = ("Company X", "Company X", "Company Y")
    assert [await database.write("x", lambda tx, n=n: workspaces.begin(tx, n)) for n in names] == [True, False, False]  # type: ignore[misc]
    assert await database.read("x", workspaces.name_of) == "Company Y"
    assert await database.write("x", workspaces.begin) is False
    assert await database.read("x", workspaces.name_of) == "Company Y", "without a name it keeps its own"
    assert await database.read("y", workspaces.name_of) is None
    assert await database.everywhere(workspaces.all_of_them) == ("x",)

"""An agreement is begun from a template in short forms, read, changed by file, and counts once all have signed it."""

from __future__ import annotations

from datetime import date

from bot.chat.card import File, Form
from bot.chat.talk import Attachment, Person, Place, Reply, Utterance
from bot.commands.table import COMMANDS
from bot.desk.exports.files import Files
from bot.documents import read
from bot.documents.writing import write
from bot.store import agreements, amendments, audit, identities
from slacore.agreements import Terms
from tests.world import WORKSPACE, World, private

BEGIN = "agreement new sales-and-marketing named Partner leads as marketing in #partners"


def labels(reply: Reply) -> list[str]:
    assert reply.card is not None
    return [button.label for button in reply.card.buttons]


def form_of(reply: Reply) -> Form:
    assert reply.form is not None, private(reply)
    return reply.form


async def terms_of(world: World, number: int = 1) -> Terms:
    draft = await world.house.database.read(WORKSPACE, lambda tx: amendments.find(tx, number))
    return draft.terms


async def begun(world: World) -> None:
    """A draft with everybody named: Josh for marketing, Amy for sales, Morgan the sponsor."""
    josh = world.direct("josh")
    for words in (
        BEGIN,
        "agreement party X-1 marketing deputy Nina",
        "agreement party X-1 sales owner @amy deputy Priya",
        "agreement outline X-1 sponsor Morgan",
    ):
        reply = await josh.says("josh", words)
        assert not reply.refused, private(reply)


async def test_a_form_asks_what_to_start_from_and_a_draft_comes_of_it_that_nobody_hears_of(world: World) -> None:
    josh = world.direct("josh")
    form = form_of(await josh.says("josh", "agreement new"))
    assert [field.label for field in form.fields if field.required] == ["Start from", "Name"]
    assert [option.label for option in form.fields[0].options][:2] == [
        "Sales and marketing",
        "Multi-level, with customer service",
    ]
    reply = await josh.fills("josh", form, template="support", name="Help desk", side="Support")
    said = private(reply)
    for part in (
        "X-1 · draft · Help desk",
        "Support: Josh Lindqvist answers for it",
        "Customer: nobody is named yet",
        "Counts: from Sun 1 Nov",
        "Talked about in: no channel yet",
        "Worth a second thought before it is signed",
        "Still to be named: the deputy of Support, the owner of Customer",
        "Nobody has been asked yet, and nothing counts under it.",
    ):
        assert part in said
    assert labels(reply)[:2] == ["Who is who: Support…", "Who is who: Customer…"]
    assert private(await josh.says("josh", "agreement show A-2")).startswith("There is no agreement A-2.")
    world.everyone_else_heard_nothing()


async def test_each_step_opens_with_what_holds_and_leads_to_the_next(world: World) -> None:
    josh = world.direct("josh")
    await josh.says("josh", BEGIN)
    form = form_of(await josh.says("josh", "agreement party X-1 marketing …"))
    assert form.settled == (("key", "X-1"), ("party", "marketing"))
    assert {field.name: field.value for field in form.fields if field.value} == {
        "called": "Marketing",
        "owner": "Josh Lindqvist",
    }
    reply = await josh.fills("josh", form, deputy="nobody")
    assert "Marketing has nobody who acts while Josh Lindqvist is away" in private(reply)
    assert labels(reply)[0] == "Who is who: Sales…"
    reply = await josh.says("josh", "agreement party X-1 sales called Field sales owner @amy deputy Priya")
    assert "Field sales: Amy Chen answers for it; Priya stands in" in private(reply)
    assert labels(reply)[0] == "Name the sponsor…"
    form = form_of(await josh.says("josh", "agreement outline X-1 …"))
    assert {field.name: field.value for field in form.fields}["from"] == "2026-11-01"
    reply = await josh.fills("josh", form, sponsor="Morgan", review="second Tuesday 11:00", binding="yes")
    assert labels(reply)[0] == "Propose"
    terms = await terms_of(world)
    assert (terms.sponsor, terms.legally_binding, str(terms.review and terms.review.slots)) == (
        "morgan",
        True,
        "2nd Tuesday 11:00",
    )
    assert {person.id for person in terms.people} == {"josh", "amy", "priya", "morgan"}
    assert terms.reports[0].reporter == "amy"
    assert terms.commitment("leads").owner == "josh"
    assert [channel.name for channel in terms.channels] == ["#partners"]
    await josh.says("josh", "agreement outline X-1 zone Europe/Berlin from 7 Dec 2026")
    terms = await terms_of(world)
    assert (terms.zone, {each.zone for each in terms.calendars.values()}) == ("Europe/Berlin", {"Europe/Berlin"})
    assert terms.effective_on == date(2026, 12, 7)


async def test_a_promise_s_form_has_its_own_figures_and_no_others(world: World) -> None:
    await begun(world)
    josh = world.direct("josh")
    card = (await josh.says("josh", "agreement change X-1")).card
    assert card is not None
    assert [button.label for button in card.buttons][:4] == ["Outline…", "Marketing…", "Sales…", "Qualified leads…"]
    form = form_of(await josh.says("josh", "agreement change X-1 leads …"))
    shown = {field.name: field.value for field in form.fields}
    assert shown["target"] == "100"
    assert shown["due"] == "last Friday 17:00"
    assert "attempts" not in shown
    reply = await josh.fills("josh", form, target="80", intent="Enough to talk to.")
    assert "Marketing owes Sales 80 qualified leads a month" in private(reply)
    terms = await terms_of(world)
    assert terms.commitment("leads").intent == "Enough to talk to."
    form = form_of(await josh.says("josh", "agreement change X-1 leads …"))
    wrong = await josh.fills("josh", form, target="plenty")
    assert wrong.refused
    assert await terms_of(world) == terms


async def test_what_is_left_out_takes_along_what_only_it_needed(world: World) -> None:
    await begun(world)
    reply = await world.direct("josh").says("josh", "agreement drop X-1 leads")
    assert "Qualified leads" not in private(reply).split("Marketing: ")[0]
    terms = await terms_of(world)
    assert terms.commitment("follow-ups").depends_on == ()
    assert "make-good" not in {each.slug for each in terms.consequences}


async def test_nothing_is_proposed_before_everybody_is_named_and_it_counts_once_all_have_signed(world: World) -> None:
    josh = world.direct("josh")
    await josh.says("josh", BEGIN)
    refused = await josh.says("josh", "agreement propose X-1")
    assert refused.refused
    assert "Partner leads has places that nobody has been named for: the deputy of Marketing" in private(refused)
    await josh.says("josh", "agreement party X-1 marketing deputy Nina")
    await josh.says("josh", "agreement party X-1 sales owner @amy deputy Priya")
    await josh.says("josh", "agreement outline X-1 sponsor Morgan")
    await josh.says("josh", "agreement propose X-1")
    world.direct("amy").hears("X-1 · to sign · Partner leads", "between Marketing and Sales", "The promises")
    world.direct("josh").hears("X-1 · to sign")
    late = await josh.says("josh", "agreement outline X-1 named Something else")
    assert late.refused
    assert "X-1 was put before people as it is." in private(late)
    await josh.says("josh", "agreement sign X-1")
    world.everyone_heard_all()
    said = private(await world.direct("amy").says("amy", "agreement sign X-1"))
    assert "A-2 · version 1 is signed by everybody" in said
    world.channel("#partners").hears("A-2 · version 1 is signed by everybody", "It counts from Sun 1 Nov")
    world.direct("josh").hears("X-1 · signed by everybody")
    world.direct("amy").hears("X-1 · signed by everybody")
    kept = await world.house.database.read(WORKSPACE, agreements.everything)
    assert [each.key for each in kept] == ["A-1", "A-2"]
    assert kept[1].in_force(date(2026, 11, 1)) is not None
    assert "A-2 · Partner leads" in private(await josh.says("josh", "agreement show A-2"))


async def test_who_stands_in_is_asked_for_and_left_out_with_one_press(world: World) -> None:
    josh = world.direct("josh")
    await josh.says("josh", BEGIN)
    await josh.says("josh", "agreement outline X-1 sponsor Morgan")
    reply = await josh.says("josh", "agreement party X-1 sales owner @amy")
    assert labels(reply)[:5] == [
        "Deputy of Marketing…", "No deputy of Marketing", "Deputy of Sales…", "No deputy of Sales", "Ask Amy",
    ]  # fmt: skip
    refused = await josh.says("josh", "agreement propose X-1")
    assert refused.refused
    said = private(refused)
    assert "X-1 does not say yet who stands in for Josh Lindqvist of Marketing and Amy Chen of Sales." in said
    assert "[No deputy of Marketing] [No deputy of Sales]" in said
    reply = await josh.says("josh", "agreement deputy X-1 of marketing is nobody")
    assert "Marketing has nobody who acts while Josh Lindqvist is away" in private(reply)
    world.everyone_else_heard_nothing()
    assert "Amy is asked who stands in" in private(await josh.says("josh", "agreement deputy X-1 of sales"))
    asked = world.direct("amy").hears("X-1 · who stands in for you?", "Josh drafts “Partner leads”")
    asked.offers("Name a deputy…", "No deputy")
    form = form_of(await world.direct("amy").presses("amy", "Name a deputy…"))
    assert "Sales: Priya stands in for Amy" in private(await world.direct("amy").fills("amy", form, deputy="Priya"))
    world.direct("josh").hears("X-1 · Sales: Priya stands in for Amy", "Said by Amy")
    world.direct("amy").hears("X-1 · Sales: Priya stands in for Amy")
    world.everyone_else_heard_nothing()
    assert not (await josh.says("josh", "agreement propose X-1")).refused
    world.everyone_heard_all()
    assert (await terms_of(world)).party("sales").deputies == ("priya",)


async def test_only_those_who_draft_and_the_owner_himself_say_who_stands_in(world: World) -> None:
    await world.direct("josh").says("josh", BEGIN)
    await world.direct("josh").says("josh", "agreement party X-1 sales owner @amy")
    for member in ("priya", "joan"):
        reply = await world.direct(member).says(member, "agreement deputy X-1 of sales is nobody")
        assert reply.refused
        assert "X-1 was drafted by Josh Lindqvist." in private(reply)
    assert (await world.direct("amy").says("amy", "agreement deputy X-1 of marketing is nobody")).refused
    assert "nobody stands in for Amy" in private(
        await world.direct("amy").says("amy", "agreement deputy X-1 of sales is nobody")
    )
    world.direct("josh").hears("X-1 · Sales: nobody stands in for Amy", "Said by Amy")


async def test_a_side_that_a_template_does_not_have_is_answered_with_those_it_has(world: World) -> None:
    josh = world.direct("josh")
    reply = await josh.says("josh", "agreement new support named Help desk as marketing")
    assert reply.refused
    assert labels(reply)[:2] == ["As Support", "As Customer"]
    assert reply.card is not None
    assert "Customer: Josh Lindqvist answers for it" in private(await josh.says("josh", reply.card.buttons[1].says))
    for example in next(each.examples for each in COMMANDS if each.verb == "agreement new"):
        assert not (await josh.says("josh", example)).refused, example


async def test_somebody_without_an_account_signs_by_a_link(world: World) -> None:
    josh = world.direct("josh")
    await begun(world)
    await josh.says("josh", "agreement party X-1 sales called Acme owner Lena Fischer deputy nobody")
    assert {each.id for each in (await terms_of(world)).people} == {"josh", "nina", "lena-fischer", "morgan"}
    shown = private(await josh.says("josh", "agreement show X-1"))
    assert "No account here: Lena Fischer; asked to sign by a link" in shown
    reply = await josh.says("josh", "agreement propose X-1")
    assert "Link for Lena" in labels(reply)
    world.direct("josh").hears("X-1 · to sign")


async def test_an_owner_who_was_deputy_stands_in_for_himself_no_more(world: World) -> None:
    await begun(world)
    said = private(await world.direct("josh").says("josh", "agreement party X-1 sales owner Priya"))
    assert "Sales: Priya Raman answers for it\n" in said
    terms = await terms_of(world)
    assert terms.reports[0].reporter == "priya"
    assert terms.commitment("follow-ups").owner == "priya"
    assert "amy" not in {each.id for each in terms.people}


async def test_only_its_drafter_and_his_side_change_it(world: World) -> None:
    await begun(world)
    for words in ("agreement change X-1 leads target 5", "agreement propose X-1", "agreement withdraw X-1"):
        reply = await world.direct("amy").says("amy", words)
        assert reply.refused, words
        assert "X-1 was drafted by Josh Lindqvist" in private(reply)
    assert not (await world.direct("nina").says("nina", "agreement change X-1 leads target 90")).refused


async def test_what_was_declined_is_drafted_again_with_all_of_its_text(world: World) -> None:
    await begun(world)
    josh = world.direct("josh")
    await josh.says("josh", "agreement propose X-1")
    await world.direct("amy").says("amy", "agreement decline X-1 because the target is too high")
    world.everyone_heard_all()
    again = private(await josh.says("josh", "agreement redraft X-1"))
    assert "X-2 · draft · Partner leads" in again
    assert (await terms_of(world, 2)).commitments == (await terms_of(world)).commitments
    refused = await josh.says("josh", "agreement redraft X-2")
    assert refused.refused


async def handed(world: World, text: str, name: str = "X-1.yaml", by: str = "josh") -> Reply:
    place = Place(WORKSPACE, "web", "direct", by, by)
    file = Attachment(name, "application/yaml", text.encode())
    return await world.ask(
        Utterance(
            f"f{next(world.deliveries)}",
            Person(WORKSPACE, "web", by, by),
            place,
            world.clock.now(),
            text="agreement file X-1",
            files=(file,),
        )
    )


async def taken(world: World) -> str:
    await world.direct("josh").says("josh", "agreement file X-1")
    card = world.direct("josh").hears("X-1 · Partner leads").message.card
    file = next(block for block in card.blocks if isinstance(block, File) and block.name == "X-1.yaml")
    with await Files(world.house.database, world.clock).open(WORKSPACE, file) as made:
        return made.read().decode()


async def test_a_draft_goes_out_as_a_file_and_comes_back_changed(world: World) -> None:
    await begun(world)
    text = await taken(world)
    assert read(text)[1] == await terms_of(world)
    reply = await handed(world, text.replace("target: 100", "target: 60").replace("25, 50, 75, 100", "15, 30, 45, 60"))
    assert "Marketing owes Sales 60 qualified leads a month" in private(reply)
    assert (await terms_of(world)).slug == "partner-leads"


async def test_a_faulty_file_is_told_line_by_line_and_nothing_of_it_is_taken(world: World) -> None:
    await begun(world)
    before, text = await terms_of(world), await taken(world)
    reply = await handed(world, text.replace("target: 100", "target: plenty").replace("giver: sales", "giver: sails"))
    assert reply.refused
    said = private(reply)
    line = 1 + next(i for i, each in enumerate(text.splitlines()) if "target: 100" in each)
    assert f"X-1.yaml:{line}: commitments.leads.target: is 'plenty', no whole number" in said
    assert await terms_of(world) == before


async def test_no_file_makes_anybody_somebody_else(world: World) -> None:
    await begun(world)
    terms = await terms_of(world)
    text = write(terms)
    stolen = text.replace("  amy:\n", "  eve:\n    name: Eve\n    identities: {web: amy}\n  amy:\n", 1)
    reply = await handed(world, stolen)
    assert reply.refused
    assert "is Amy Chen's" in private(reply)
    lent = text.replace("identities: {web: amy}", "identities: {web: eve}")
    assert not (await handed(world, lent)).refused
    after = await terms_of(world)
    assert next(each.identities for each in after.people if each.id == "amy") == (("web", "amy"),)
    member = await world.house.database.read(WORKSPACE, lambda tx: identities.member(tx, "web", "amy"))
    assert member == "amy"


async def test_every_step_is_on_the_record(world: World) -> None:
    await begun(world)
    entries = await world.house.database.read(WORKSPACE, lambda tx: audit.about(tx, "X-1"))
    assert sorted((each.what, each.actor) for each in entries) == [
        *[("DraftChanged", "josh")] * 3,
        ("Drafted", "josh"),
    ]


async def test_bad_input_changes_nothing(world: World) -> None:
    josh = world.direct("josh")
    for words, told in (
        ("agreement new suport named X", "did you mean support"),
        ("agreement new support named X from 2026-09-01", "has begun"),
        ("agreement new support named X as legal", "has no party “legal”"),
    ):
        reply = await josh.says("josh", words)
        assert reply.refused or reply.errors, words
        assert told in private(reply) + str(reply.errors), private(reply)
    await begun(world)
    before = await terms_of(world)
    for words in (
        "agreement party X-1 legal owner Amy",
        "agreement party X-1 sales owner Ammy",
        "agreement party X-1 sales called Marketing",
        "agreement change X-1 nothing target 5",
        "agreement outline X-1 review sometimes",
        "agreement outline X-1 zone Mars",
        "agreement outline X-1 until 3 Oct 2026",
        "agreement drop X-1 nothing",
        "agreement change X-9 leads target 5",
    ):
        reply = await josh.says("josh", words)
        assert reply.refused, words
    assert await terms_of(world) == before

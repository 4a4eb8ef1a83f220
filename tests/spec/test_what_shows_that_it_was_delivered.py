"""An agreement may ask for words, a link or a file that shows a delivery; without it nothing is done."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.card import File, Form
from bot.chat.plain import text_of
from bot.chat.talk import Attachment, Person, Reply, Utterance
from bot.desk.exports.files import Files
from slacore.errors import Refusal
from tests.world import COMPANY_X, NEW_YORK, WORKSPACE, World, moment, private

PDF = Attachment("Friction report.pdf", "application/x-whatever", b"%PDF-1.7 what customers trip over")
_BY_ITSELF = re.compile(r"^ +friction: true.*\n", re.MULTILINE)
_EVIDENCE = re.compile(r"evidence: any\b")
Opens = Callable[[str], Awaitable[World]]


@pytest.fixture
async def asking_for(url: str, tmp_path: Path) -> AsyncIterator[Opens]:
    """Company X in the month in which Amy owes Joan a report, with the evidence that a test names."""
    opened: list[World] = []

    async def open_(evidence: str) -> World:
        text, changed = _BY_ITSELF.subn("", COMPANY_X.read_text(encoding="utf-8"))
        text, asked = _EVIDENCE.subn(f"evidence: {evidence}", text)
        assert (changed, asked) == (1, 1)
        file = tmp_path / "company-x.yaml"
        file.write_text(text, encoding="utf-8")
        world = await World.open(url, moment("Thu 01 Oct 2026 10:00"))
        opened.append(world)
        await world.agrees(file)
        return world

    yield open_
    for world in opened:
        await world.close()


async def owed(world: World) -> str:
    """The key of the report that Amy owes."""
    mine = private(await world.direct("amy").says("amy", "mine"))
    return next(line.split()[0] for line in mine.splitlines() if "ustomer friction report" in line)


async def sends(world: World, member: str, words: str, *files: Attachment) -> Reply:
    """Somebody says words to the bot, with files attached."""
    person = Person(WORKSPACE, "web", member, member)
    place, delivery = world.direct(member).place, f"f{next(world.deliveries)}"
    return await world.ask(Utterance(delivery, person, place, world.clock.now(), text=words, files=files))


async def fills(world: World, member: str, form: Form, *files: Attachment, **values: str) -> Reply:
    """Somebody fills a form in and chooses files."""
    person = Person(WORKSPACE, "web", member, member)
    place, delivery = world.direct(member).place, f"f{next(world.deliveries)}"
    given = dict(form.settled) | values
    said = Utterance(delivery, person, place, world.clock.now(), verb=form.verb, arguments=given, via="form")
    return await world.ask(replace(said, files=files, version=form.version))


async def form_of(world: World, key: str) -> Form:
    """The form behind the button Done…"""
    mine = await world.direct("amy").says("amy", "mine")
    assert mine.card is not None
    button = next(each for each in mine.card.buttons if each.label.startswith("Done") and key in each.says)
    assert button.label.endswith("…")
    reply = await world.direct("amy").says("amy", button.says)
    assert reply.form is not None
    return reply.form


async def taken(world: World, reader: str, file: File) -> bytes:
    """What a file of a card holds, as its reader takes it."""
    with await Files(world.house.database, world.clock).open(
        WORKSPACE, replace(file, holds=(*file.holds[:-1], reader))
    ) as made:
        return made.read()


async def test_a_link_is_asked_for_until_it_is_given(asking_for: Opens) -> None:
    world = await asking_for("link")
    key = await owed(world)
    refused = await world.direct("amy").says("amy", f"done {key} told Joan all of it")
    assert refused.refused
    assert f"{key} is shown by a link, so the agreement says." in private(refused)
    assert f"done {key} https://" in private(refused)
    assert await owed(world) == key, "nothing was done"
    form = await form_of(world, key)
    assert [(each.label, each.required) for each in form.fields] == [("Link", True)]
    wrong = await fills(world, "amy", form, evidence="on the intranet")
    assert "is shown by a link" in wrong.errors["evidence"]
    done = await fills(world, "amy", form, evidence="https://intranet.example/friction-october")
    assert "Done: Customer friction report" in private(done)
    assert "https://intranet.example/friction-october" in private(done)
    history = private(await world.direct("joan").says("joan", f"history {key}"))
    assert "delivered: “https://intranet.example/friction-october”" in history
    status = private(await world.direct("joan").says("joan", "status friction-report"))
    assert "shown by “https://intranet.example/friction-october”" in status
    seen = private(await world.direct("joan").says("joan", f"evidence {key}"))
    assert "Amy delivered it Thu 1 Oct 10:00" in seen
    assert "“https://intranet.example/friction-october”" in seen


async def test_a_few_words_are_asked_for_and_a_link_alone_is_none(asking_for: Opens) -> None:
    world = await asking_for("text")
    key = await owed(world)
    assert (await world.direct("amy").says("amy", f"done {key}")).refused
    assert (await world.direct("amy").says("amy", f"done {key} https://intranet.example/f")).refused
    form = await form_of(world, key)
    assert [(each.label, each.kind) for each in form.fields] == [("What was done", "long text")]
    assert "Done" in private(await fills(world, "amy", form, evidence="walked Joan through it"))


async def test_a_file_is_asked_for_kept_and_handed_to_the_other_side(asking_for: Opens) -> None:
    world = await asking_for("file")
    key = await owed(world)
    refused = await world.direct("amy").says("amy", f"done {key} https://intranet.example/friction.pdf")
    assert "is shown by a file" in private(refused)
    form = await form_of(world, key)
    assert [(each.name, each.kind, each.required) for each in form.fields] == [
        ("file", "file", True),
        ("evidence", "long text", False),
    ]
    assert "pdf" in form.fields[0].endings
    assert "is shown by a file" in (await fills(world, "amy", form)).errors["file"]
    done = await fills(world, "amy", form, PDF, evidence="all nine of them")
    assert "“all nine of them; Friction report.pdf”" in private(done)

    told = await world.direct("joan").says("joan", f"evidence {key}")
    assert told.card is None
    card = world.direct("joan").hears("Evidence: Customer friction report", "all nine of them").message.card
    (file,) = (each for each in card.blocks if isinstance(each, File))
    assert (file.name, file.kind) == ("Friction report.pdf", "application/pdf"), "never what its sender said it is"
    assert await taken(world, "joan", file) == PDF.content
    with pytest.raises(Refusal, match="for those whom it is owed by and to"):
        await taken(world, "josh", file)
    assert (await world.direct("josh").says("josh", f"evidence {key}")).refused
    in_channel = await world.channel("#company-x-service").says("joan", f"evidence {key}")
    assert "What shows it comes to you in your direct messages" in private(in_channel)
    world.direct("joan").hears("Evidence")


async def test_a_file_sent_with_the_words_is_the_same(asking_for: Opens) -> None:
    world = await asking_for("file")
    key = await owed(world)
    assert "Friction report.pdf" in private(await sends(world, "amy", f"done {key}", PDF))


async def test_a_file_that_cannot_be_kept_changes_nothing(asking_for: Opens) -> None:
    world = await asking_for("file")
    key = await owed(world)
    form = await form_of(world, key)
    for name, content, why in (
        ("report.exe", b"MZ", "I keep no files like report.exe"),
        ("report.html", b"<script>", "I keep no files like report.html"),
        ("report", b"%PDF-", "I keep no files like report"),
        ("report.pdf", b"MZ not a PDF", "report.pdf is not what its name says"),
        ("notes.txt", b"\x00\x01", "notes.txt is not what its name says"),
        ("report.pdf", b"", "report.pdf is empty"),
        ("report.pdf", b"%PDF-" + b"x" * 5_000_000, "5,000,005 bytes; I keep up to 5,000,000"),
    ):
        refused = await fills(world, "amy", form, Attachment(name, "application/pdf", content))
        assert why in refused.errors["file"]
    assert "6 files came at once" in (await fills(world, "amy", form, *[PDF] * 6)).errors["file"]
    assert await owed(world) == key


async def test_a_name_is_only_a_name(asking_for: Opens) -> None:
    world = await asking_for("file")
    key = await owed(world)
    name = "../../etc/\u202efdp.=cmd|' /C calc'!A0 <!channel>.pdf"
    said = private(await sends(world, "amy", f"done {key}", replace(PDF, name=name)))
    assert "fdp.=cmd|' " in said or "C calc'!A0 <!channel>.pdf" in said
    assert "etc/" not in said
    assert "\u202e" not in said


async def test_where_a_word_is_enough_nothing_else_is_kept(asking_for: Opens) -> None:
    world = await asking_for("none")
    key = await owed(world)
    mine = await world.direct("amy").says("amy", "mine")
    assert mine.card is not None
    button = next(each for each in mine.card.buttons if each.label.startswith(f"Done {key}"))
    assert button.says == f"done {key}", "one press, no form"
    said = private(await sends(world, "amy", f"done {key} it lies on her desk", PDF))
    assert "takes your word for it, so what you sent with it was not kept" in said
    assert "her desk" not in said
    assert "desk" not in private(await world.direct("joan").says("joan", f"history {key}"))
    assert "takes his word" not in private(await world.direct("joan").says("joan", f"evidence {key}"))


async def test_evidence_is_in_the_export(asking_for: Opens) -> None:
    world = await asking_for("file")
    key = await owed(world)
    await sends(world, "amy", f"done {key} =1+1", PDF)
    await world.direct("amy").says("amy", "export csv October")
    card = world.direct("amy").hears("Export").message.card
    file = next(each for each in card.blocks if isinstance(each, File) and "obligations" in each.name)
    rows = list(csv.DictReader(io.StringIO((await taken(world, "amy", file)).decode("utf-8-sig"))))
    (row,) = (each for each in rows if each["obligation"] == key)
    assert row["evidence"] == "'=1+1; Friction report.pdf", "words, never a formula"


async def test_what_is_not_delivered_yet_has_no_evidence(asking_for: Opens) -> None:
    world = await asking_for("link")
    key = await owed(world)
    assert "Not delivered yet" in private(await world.direct("joan").says("joan", f"evidence {key}"))
    assert "Not delivered yet" in text_of((await world.direct("amy").says("amy", f"evidence {key}")).card, NEW_YORK)  # type: ignore[arg-type]

"""Files that people write are read strictly, and what is wrong is told with file, line, key and mend."""

import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot import files
from bot.files import FileError, Value, read_yaml, shipped, spell
from slacore.errors import Refusal


@pytest.fixture(params=["the parser in C", "the parser in Python"], autouse=True)
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "the parser in Python":
        monkeypatch.setattr(files, "_LOADER", yaml.SafeLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("this PyYAML was built without its C parser")


def said(content: str | bytes, **options: int) -> str:
    with pytest.raises(FileError) as caught:
        read_yaml(content, name="company-x.yaml", **options)
    return str(caught.value)


def value_of(text: str) -> Value:
    document = read_yaml(f"it: {text}")
    assert isinstance(document.value, dict)
    return document.value["it"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("100", 100),
        ("-3", -3),
        ("0.50", Decimal("0.50")),
        ("99.93", Decimal("99.93")),
        ("true", True),
        ("null", None),
        ("", None),
        ("2026-10-16", "2026-10-16"),
        ("09:00", "09:00"),
        ("12:30", "12:30"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("007", "007"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ('"100"', "100"),
        ("'true'", "true"),
        ("[a, 1]", ["a", 1]),
        ("{a: 1.5}", {"a": Decimal("1.5")}),
        ("|\n  two\n  lines", "two\nlines"),
        ("مرحبا 🎉", "مرحبا 🎉"),
    ],
)
def test_a_value_is_what_its_writer_sees(written: str, read: Value) -> None:
    value = value_of(written)
    assert value == read
    assert type(value) is type(read)


def test_the_line_of_every_key_and_entry_is_known() -> None:
    document = read_yaml(
        "# Company X\n"
        "parties:\n"
        "  sales:\n"
        "    members:\n"
        "      - amy\n"
        "      - rep: 1\n"
        "commitments: {leads: {target: 100}}\n"
    )
    assert document.line_of(("parties",)) == 2
    assert document.line_of(("parties", "sales", "members", 0)) == 5
    assert document.line_of(("parties", "sales", "members", 1, "rep")) == 6
    assert document.line_of(("commitments", "leads", "target")) == 7


def test_what_is_missing_is_blamed_on_the_line_of_its_nearest_parent() -> None:
    document = read_yaml("a: 1\nparties:\n  sales:\n    owner: amy\n")
    assert document.line_of(("parties", "sales", "members", 3)) == 3
    assert document.line_of(("nothing",)) == 1


def test_an_error_reads_as_one_line_that_leads_to_the_spot_and_the_mend() -> None:
    document = read_yaml("x: 1\ncommitments:\n  leads:\n    target: many\n", name="company-x.yaml")
    error = document.error(("commitments", "leads", "target"), "is 'many'", "write a whole number")
    assert str(error) == "company-x.yaml:4: commitments.leads.target: is 'many' — write a whole number"
    assert isinstance(error, Refusal)
    assert (error.file, error.line, error.key) == ("company-x.yaml", 4, "commitments.leads.target")
    assert (error.problem, error.mend, error.next_step) == ("is 'many'", "write a whole number", "write a whole number")


def test_entries_of_a_list_are_counted_from_one_for_people() -> None:
    assert spell(("parties", "sales", "members", 1, "name")) == "parties.sales.members[2].name"
    assert spell(()) == ""


def test_an_empty_file_says_nothing() -> None:
    assert read_yaml("# only a remark\n").value is None


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert read_yaml("\ufeffa: 1".encode()).value == {"a": 1}


def test_a_file_is_named_by_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "company-y.yaml"
    file.write_text("a: 1\na: 2\n")
    with pytest.raises(FileError, match=r"^company-y\.yaml:2: a: is written twice"):
        read_yaml(file)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("a: &x 1", "company-x.yaml:1: a: is marked to be repeated elsewhere (the anchor '&x') — take"),
        ("a: 1\nb: *x", "company-x.yaml:2: b: repeats another part of the file (the alias '*x') — write"),
        ("a: {b: 1}\nc:\n  <<: {b: 2}", "company-x.yaml:3: c: merges another part of the file ('<<') — write"),
        ("a:\n  b: 1\n  b: 2", "company-x.yaml:3: a.b: is written twice (first on line 2) — keep one"),
        ("a: 1\n---\nb: 2", "company-x.yaml:2: holds a second document — keep what stands above"),
        ("a: !!python/name:os.system x", "company-x.yaml:1: a: has a YAML tag ("),
        ("a: !money 5", "company-x.yaml:1: a: has a YAML tag ('!money') — write the value without it"),
        ("a:\n  ? [b]\n  : 1", "company-x.yaml:2: a: has a key that is not a plain word — write each entry"),
        ("a:\n  '': 1", "company-x.yaml:2: a: has a key that is not a plain word — write each entry"),
        ("a: [1, 2\nb: 3", "company-x.yaml:2: is not YAML here: "),
        ("a: 1\n\tb: 2", "company-x.yaml:2: is not YAML here: "),
        ("a: b: c", "company-x.yaml:1: is not YAML here: "),
        ("a: 1234567890123456789", "company-x.yaml:1: a: has more than 18 digits — write a smaller number"),
        ("a: 0.12345678901234567890", "company-x.yaml:1: a: has more than 18 digits — write a smaller number"),
        ('a: "\\0"', "company-x.yaml:1: a: holds the character U+0000 — take it out"),
        ("a: \x07", "company-x.yaml: holds the character U+0007, which YAML does not allow — take it out"),
        (b"a: 1\nb: caf\xe9", "company-x.yaml:2: is not UTF-8 text — save the file again with the encoding UTF-8"),
        ("a: 1".encode("utf-16"), "company-x.yaml:1: is not UTF-8 text — save the file again"),
        ("- " * 40 + "x", "company-x.yaml:1: [1][1][1]: is nested more than 32 deep — write it flatter"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_place_and_its_mend(content: str | bytes, answer: str) -> None:
    assert said(content).startswith(answer)


def test_half_of_a_surrogate_pair_cannot_be_smuggled_in() -> None:
    assert said('ok: 1\na: "\\ud800"').startswith("company-x.yaml:2: ")  # each parser has its own words


def test_a_file_that_is_not_there_is_told_with_the_path_that_was_tried(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read_yaml(tmp_path / "gone.yaml")
    assert str(caught.value) == f"gone.yaml: is not there ({tmp_path}/gone.yaml) — check the path"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read: is a directory"):
        read_yaml(tmp_path)


def test_a_file_over_the_limit_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    with file.open("wb") as handle:
        handle.truncate(1 << 30)  # a gigabyte of nothing, which takes no room on the disk
    tracemalloc.start()
    with pytest.raises(FileError, match=r"^big\.yaml: is bigger than 262,144 bytes — split it"):
        read_yaml(file)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_the_limit_can_be_chosen() -> None:
    assert said("a: 12345", limit=5).startswith("company-x.yaml: is bigger than 5 bytes")


def test_a_file_of_exactly_the_limit_is_read() -> None:
    assert read_yaml("a: 1", limit=4).value == {"a": 1}


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    assert said(bomb).startswith("company-x.yaml:1: a0: is marked to be repeated elsewhere")


def test_a_quarter_megabyte_of_brackets_is_refused_at_the_depth_limit() -> None:
    # Read to its end this takes minutes and overflows the stack; only the first few are looked at.
    assert "is nested more than 32 deep" in said("[" * 262_000)


names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=8)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


class _QuotingTexts(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_QuotingTexts.add_representer(str, _quoted)


@given(st.dictionaries(names, values, max_size=4))
def test_what_another_program_writes_as_yaml_is_read_back_as_it_was(content: dict[str, Value]) -> None:
    assert read_yaml(yaml.dump(content, Dumper=_QuotingTexts, allow_unicode=True)).value == content


def test_what_travels_with_the_product_is_found_in_a_checkout() -> None:
    assert shipped("app.yaml").is_file()

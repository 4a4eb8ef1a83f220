"""The tests that PostgreSQL is told too are few and make every statement; a file that is new is not left out."""

from __future__ import annotations

from collections import Counter

from tests.told_twice import chosen_of, fewest, listed

KNOWN = {"a.py": frozenset({"a.py::two"}), "b.py": frozenset[str]()}


def test_a_file_is_told_by_the_tests_that_the_list_names() -> None:
    assert chosen_of("a.py", ["a.py::one", "a.py::two"], KNOWN) == {"a.py::two"}
    assert chosen_of("b.py", ["b.py::one"], KNOWN) == set()


def test_the_first_test_of_a_file_stands_in_where_the_list_does_not_know_it_or_names_one_that_is_gone() -> None:
    assert chosen_of("new.py", ["new.py::one", "new.py::two"], KNOWN) == {"new.py::one"}
    assert chosen_of("a.py", ["a.py::one", "a.py::three"], KNOWN) == {"a.py::one"}


def test_the_fewest_make_every_statement() -> None:
    asked = {"dear": Counter({"x": 900, "z": 1}), "x": Counter({"x": 1}), "y": Counter({"y": 1, "x": 1})}
    assert fewest(asked) == ["y", "dear"]


def test_whose_statements_the_others_came_to_make_as_well_is_left_out() -> None:
    asked = {"short": Counter("ab"), "long": Counter("acccc" * 40), "as long": Counter("bdddd" * 40)}
    assert sorted(fewest(asked)) == ["as long", "long"]


def test_the_list_names_tests_of_files_that_it_knows() -> None:
    assert sum(map(len, listed().values())) > 50
    assert all(
        name.startswith(f"{file}::") and "[postgres" in name for file, names in listed().items() for name in names
    )

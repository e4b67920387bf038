import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.dates import PartialDate
from graphsvc.exchange.cells import (
    CellError,
    escaped,
    guarded,
    join_dated,
    join_list,
    parse_date,
    parse_number,
    parse_period,
    parse_whole,
    split_dated,
    split_list,
    unescaped,
    unguarded,
)

TEXT = st.text("ab|\\( )/19830é'\n\u00a0=", max_size=12)


@given(TEXT)
def test_a_guarded_text_is_read_back_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(TEXT.filter(bool), max_size=4))
def test_a_list_is_read_back_exactly(values: list[str]) -> None:
    assert [unescaped(v) for v in split_list(join_list(values))] == values
    assert not join_list(values).startswith("|")
    assert escaped("a") == "a"


@given(
    TEXT.filter(str.strip), st.none() | st.just(PartialDate(1983)), st.none() | st.just(PartialDate(2000, 5))
)
def test_a_dated_name_is_read_back_exactly(
    text: str, start: PartialDate | None, end: PartialDate | None
) -> None:
    (raw,) = split_list(join_dated(text, start, end))
    assert split_dated(raw) == (text, start, end)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("a|b", ["a", "b"]),
        (" a | |b| ", ["a", "b"]),
        (r"a\|b|c", ["a|b", "c"]),
        (r"a\\|b", ["a\\", "b"]),
        (r"fin\n", [r"fin\n"]),
        ("", []),
    ],
)
def test_lists_are_read_as_people_write_them(cell: str, values: list[str]) -> None:
    assert [unescaped(v) for v in split_list(cell)] == values


ATTACKS = [
    "(" * 10_000,
    "\\" * 10_001,
    "(1983/" * 1_700,
    " " * 10_000,
    "(" + " " * 9_999,
    "|\\" * 5_000,
    "9" * 10_000,
]
READERS = [split_list, split_dated, parse_date, parse_period, parse_number, parse_whole, unguarded, unescaped]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_takes_long_to_read(attack: str) -> None:
    for read in READERS:
        best = 1.0
        for _ in range(3):
            start = time.process_time()
            with suppress(CellError):
                read(attack)
            best = min(best, time.process_time() - start)
        assert best <= 0.02, read.__name__

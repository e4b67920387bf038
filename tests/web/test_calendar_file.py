"""Calendar files: any text survives escaping and folding, whatever the reader."""

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from web.calendar_file import calendar_file, escaped, folded

STAMP = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


def unfolded(content: bytes) -> list[str]:
    """The lines of a file, as section 3.1 of RFC 5545 says to read them."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def made(title: str = "Rencontre", **more: object) -> bytes:
    day = date(2026, 12, 31)
    return calendar_file(uid="x@y", title=title, first=day, last=day, stamp=STAMP, **more)  # type: ignore[arg-type]


def test_a_day_ends_on_the_next_one():
    lines = unfolded(made())
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTAMP:20261102T083000Z" in lines


def test_commas_semicolons_backslashes_and_line_ends_are_escaped():
    assert escaped("a,b;c\\d\r\ne") == "a\\,b\\;c\\\\d\\ne"


def test_a_text_cannot_add_a_line_of_its_own():
    lines = unfolded(made("x\r\nATTENDEE:mailto:x"))
    assert not any(line.startswith("ATTENDEE") for line in lines)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_line_has_75_octets_at_most_and_says_what_was_said(text):
    content = made(text, description=text, place=text or None)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # never cut inside a character
    assert content.endswith(b"END:VCALENDAR\r\n")
    told = {line.partition(":")[0]: line.partition(":")[2] for line in unfolded(content)}
    plain = re.sub("[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    assert unescaped(told["SUMMARY"]) == plain


def test_a_line_of_exactly_75_octets_is_not_folded():
    assert folded("x" * 75) == "x" * 75 + "\r\n"
    assert folded("é" * 38) == "é" * 37 + "\r\n é\r\n"

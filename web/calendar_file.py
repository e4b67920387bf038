"""A meeting as an iCalendar file (RFC 5545): escaped, folded at 75 octets, lines ended by CRLF."""

import re
from datetime import date, datetime, timedelta

LONGEST_LINE = 75  # octets, the line end not counted
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def calendar_file(
    *,
    uid: str,
    title: str,
    first: date,
    last: date,
    stamp: datetime,
    place: str | None = None,
    description: str = "",
    categories: tuple[str, ...] = (),
) -> bytes:
    """One event of whole days. `stamp` (UTC) says when the file was made; nobody's address is inside."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Maillage//Rencontres//FR",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{escaped(uid)}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(title)}",
    ]
    if place:
        lines.append(f"LOCATION:{escaped(place)}")
    if description:
        lines.append(f"DESCRIPTION:{escaped(description)}")
    if categories:
        lines.append("CATEGORIES:" + ",".join(escaped(c) for c in categories))
    lines += ["TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR"]
    return "".join(folded(line) for line in lines).encode()


def escaped(text: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11): backslash, semicolon, comma and line ends escaped."""
    even = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        even = even.replace(plain, safe)
    return even


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets (3.1), cut between characters, with its end."""
    pieces: list[str] = []
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece]) + "\r\n"

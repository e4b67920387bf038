"""English that agrees: lists, numbers, dates, places. The counterpart of `web.french`, name for name."""

import re
from collections.abc import Sequence
from datetime import date

from graphsvc.domain.dates import PartialDate

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WITH_ARTICLE = frozenset(
    ["Bahamas", "Central African Republic", "Comoros", "Czech Republic", "Democratic Republic of the Congo",
     "Dominican Republic", "Gambia", "Maldives", "Netherlands", "Philippines", "Republic of the Congo",
     "Seychelles", "United Arab Emirates", "United Kingdom", "United States"]
)  # fmt: skip

_SAME_IN_PLURAL = frozenset(
    ["media", "means", "organisation", "cooperate", "equipment", "premises", "transport", "funding",
     "training", "patronage", "experience", "expertise", "open", "closed", "present", "invited", "lead"]
)  # fmt: skip
_HEAD = re.compile(r"(.+?)( (?:for|of|to) .+)?")


def of(name: str) -> str:
    """`of Massy`."""
    return f"of {name}"


def to(name: str) -> str:
    """`in Massy`: where something is or goes."""
    return f"in {name}"


def in_place(name: str, level: str) -> str:
    """« in » a territory: `in Kayes`, `in the Comoros`, whose name `web.named` gives."""
    if level == "country" and name in _WITH_ARTICLE:
        return f"in the {name}"
    return f"in {name}"


def whole_place(name: str, level: str) -> str:
    """All of a territory: `all of Mali`, `all of the Comoros`."""
    return in_place(name, level).replace("in ", "all of ", 1)


def listed(items: Sequence[str], total: int | None = None, others: str = "other") -> str:
    """`A`, `A and B`, `A, B and C`, `A, B, C and 2 others` when `total` says there are more."""
    names = list(items)
    more = max(0, (total or 0) - len(names))
    if more:
        names.append(f"{number(more)} {others}{'s' if more > 1 else ''}")
    if len(names) <= 1:
        return names[0] if names else ""
    return ", ".join(names[:-1]) + " and " + names[-1]


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """`1 actor`, `12 actors`, `0 actors`."""
    return f"{number(count)} {singular if abs(count) == 1 else plural or singular + 's'}"


def plural(noun: str) -> str:
    """The plural of a noun of the labels: `bodies`, `businesses`, `calls for projects`, `media`."""
    found = _HEAD.fullmatch(noun)
    head, rest = (found[1], found[2] or "") if found else (noun, "")
    if head in _SAME_IN_PLURAL:
        return noun
    if head.endswith("y") and head[-2] not in "aeiou":
        return f"{head[:-1]}ies{rest}"
    return head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s") + rest


def number(value: float) -> str:
    """A number as one writes it: `12,345`, `3.4`."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.1f}"


def percent(share: float) -> str:
    """A share in [0, 1] as a percentage: `42%`; never 0% for what exists nor 100% for what does not."""
    value = 100 * share
    if 0 < value < 1:
        return "<\u00a01%"
    return f"{99 if 99 < value < 100 else round(value)}%"


def day_text(day: date) -> str:
    """`4 July 2016`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_text(value: PartialDate | str | None) -> str:
    """A partial date in words: `2012`, `July 2016`, `4 July 2016`."""
    if value is None:
        return ""
    partial = PartialDate.parse(value) if isinstance(value, str) else value
    if partial.day is not None:
        return day_text(partial.first_day)
    if partial.month is not None:
        return f"{_MONTHS[partial.month - 1]} {partial.year}"
    return str(partial.year)


def period_text(start: PartialDate | None, end: PartialDate | None) -> str:
    """`from 1990 to 2000`, `since 2003`, `until 2015`, `in 2012`, `` when nothing is known."""
    if start is not None and end is not None:
        if start == end:
            return f"{'on' if start.day else 'in'} {date_text(start)}"
        return f"from {date_text(start)} to {date_text(end)}"
    if start is not None:
        return f"since {date_text(start)}"
    return f"until {date_text(end)}" if end is not None else ""


def typeset(text: str) -> str:
    """English needs no spaces before its signs."""
    return text


def capital(text: str) -> str:
    """The first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]

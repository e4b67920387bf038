"""Numbers, dates, lists and names as the reader's language writes them; two modules know how."""

from collections.abc import Sequence
from datetime import date, datetime

from graphsvc.domain.dates import PartialDate
from web import english, french, french_names
from web.language import Language, in_french, reader
from web.spoken import ngettext


def _in_english() -> bool:
    return reader() is Language.ENGLISH


def number(value: float) -> str:
    """`12 345` and `3,4`; `12,345` and `3.4`."""
    return english.number(value) if _in_english() else french.number(value)


def percent(share: float) -> str:
    """A share in [0, 1]: `42 %`; `42%`."""
    return english.percent(share) if _in_english() else french.percent(share)


def decimal(value: float, places: int, lang: str | None = None) -> str:
    """So many decimals, always: `0,120`; `0.120`, in the reader's language unless one is given."""
    text = f"{value:.{places}f}"
    return text.replace(".", ",") if in_french(lang) else text


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """`12 acteurs`; `12 actors`. The French words are the keys: the catalogue has the English ones."""
    return f"{number(count)} {ngettext(singular, plural or singular + 's', count)}"


def listed(items: Sequence[str], total: int | None = None) -> str:
    """`A, B et 2 autres`; `A, B and 2 others`."""
    return english.listed(items, total) if _in_english() else french.listed(items, total)


def of(name: str) -> str:
    """`d'Évry`; `of Évry`."""
    return english.of(name) if _in_english() else french.of(name)


def of_actor(name: str) -> str:
    """`de la Commune de Massy`; `of Commune de Massy`."""
    return english.of(name) if _in_english() else french_names.of_the(name)


def in_place(name: str, level: str) -> str:
    """`au Mali`; `in Mali`."""
    return english.in_place(name, level) if _in_english() else french.in_place(name, level)


def whole_place(name: str, level: str) -> str:
    """`tout le Mali`; `all of Mali`."""
    return english.whole_place(name, level) if _in_english() else french.whole_place(name, level)


def day_text(day: date) -> str:
    """`4 juillet 2016`; `4 July 2016`."""
    return english.day_text(day) if _in_english() else french.day_text(day)


def date_text(value: PartialDate | str | None) -> str:
    """A partial date: `juillet 2016`; `July 2016`."""
    return english.date_text(value) if _in_english() else french.date_text(value)


def moment_text(value: datetime) -> str:
    """`4 juillet 2016 à 14 h 05`; `4 July 2016 at 14:05`, on the clock of this machine."""
    local = value.astimezone()
    if _in_english():
        return f"{english.day_text(local.date())} at {local:%H:%M}"
    return f"{french.day_text(local.date())} à {local:%H} h {local:%M}"


def period_text(start: PartialDate | None, end: PartialDate | None) -> str:
    """`de 1990 à 2000`; `from 1990 to 2000`."""
    return english.period_text(start, end) if _in_english() else french.period_text(start, end)


def typeset(text: str) -> str:
    """A sentence put together in the reader's language, with the spaces French wants before its signs."""
    return text if _in_english() else french.typeset(text)

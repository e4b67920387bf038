"""A call for projects as an agent typed it: read, published, edited."""

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.calls import Call
from graphsvc.ports import Stored
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announce import new_id
from graphsvc.usecases.draft_reading import DraftReader
from graphsvc.usecases.planned import Planned, creation, replacement

MOST_EUROS = 1_000_000_000
_AMOUNT = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class CallDraft:
    """The fields as typed."""

    title: str = ""
    funder: str = ""
    open_to: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    opens_on: str = ""
    closes_on: str = ""
    max_amount: str = ""
    url: str = ""


def read_call(
    snapshot: Snapshot, draft: CallDraft, *, id_: str, today: date, before: Call | None = None
) -> Call:
    """The call that the draft means; `before` is the one being edited. Raises DraftRefused."""
    reader = DraftReader(snapshot)
    title = reader.line("title", draft.title, most=200)
    funder = reader.actor("funder", draft.funder)
    if not draft.funder.strip():
        reader.fault("funder", "required")
    open_to = reader.codes("open_to", draft.open_to, ActorKind)
    themes = reader.themes("themes", draft.themes)
    territories = reader.territories("territories", draft.territories)
    opens, closes = reader.day("opens_on", draft.opens_on), reader.day("closes_on", draft.closes_on)
    if not draft.closes_on.strip():
        reader.fault("closes_on", "without_deadline")
    elif closes is not None and closes.last_day < today and (before is None or closes != before.closes_on):
        reader.fault("closes_on", "deadline_passed", value=str(closes), today=today.isoformat())
    if opens is not None and closes is not None and closes.last_day < opens.first_day:
        reader.fault("closes_on", "end_before_start", value=str(closes), start=str(opens))
    amount, url = _amount(reader, draft.max_amount), _address(reader, draft.url)
    reader.finish("call")
    return replace(
        before or Call(id_, title),
        title=title,
        funder=funder,
        open_to=open_to,
        themes=themes,
        territories=territories,
        opens_on=opens,
        closes_on=closes,
        max_amount=amount,
        url=url,
    )


def publish_call(snapshot: Snapshot, draft: CallDraft, *, seed: str, today: date) -> tuple[Call, Planned]:
    """A new call; the same seed gives the same one. Raises DraftRefused."""
    wanted = read_call(snapshot, draft, id_=new_id("appel", draft.title, seed), today=today)
    return wanted, creation(wanted)


def edit_call(
    snapshot: Snapshot, before: Stored[Call], draft: CallDraft, *, today: date, version: int | None = None
) -> tuple[Call, Planned]:
    """The call with other words, if nobody changed it since `version` was read. Raises DraftRefused."""
    after = read_call(snapshot, draft, id_=before.record.id, today=today, before=before.record)
    return after, replacement(before, after, version)


def _amount(reader: DraftReader, text: str) -> float | None:
    bare = "".join(text.split()).removesuffix("€").removesuffix("euros")
    if not bare:
        return None
    if not _AMOUNT.match(bare) or float(bare.replace(",", ".")) > MOST_EUROS:
        reader.fault("max_amount", "amount_form", value=text.strip()[:40])
        return None
    return float(bare.replace(",", "."))


def _address(reader: DraftReader, text: str) -> str | None:
    """A web address: shown, never fetched."""
    bare = text.strip()
    if not bare:
        return None
    if bare.lower().startswith("www."):
        bare = f"https://{bare}"
    try:
        parts = urlsplit(bare)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        sound = False
    if not sound or len(bare) > 500 or any(c.isspace() or ord(c) < 33 for c in bare):
        reader.fault("url", "address_form", value=text.strip()[:80])
        return None
    return bare

"""Links as one types or pastes them: one a line, two actors by name or key."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graphsvc.domain.errors import InvalidValue, Refused
from graphsvc.search import find_actor
from graphsvc.snapshot import Snapshot
from web.words.messages import sentence

MOST_LINES = 100
_SEPARATOR = re.compile(r"\t|=|→|;")


@dataclass(frozen=True, slots=True)
class ReadLinks:
    """The links that were understood, and for each other line what is wrong with it."""

    pairs: tuple[tuple[int, int], ...]
    faults: tuple[tuple[str, str], ...]


def read_link(snapshot: Snapshot, text: str) -> tuple[int, int]:
    """The two actors of `one = other` (also `→`, `;` or a tab between them).

    Raises InvalidValue (`link_line_form`), UnknownRecord with the nearest names, AmbiguousName.
    """
    parts = [part.strip() for part in _SEPARATOR.split(text)]
    if len(parts) != 2 or not all(parts):
        raise InvalidValue("link", "lien", text[:80], "link_line_form")
    return find_actor(snapshot, parts[0][:300]), find_actor(snapshot, parts[1][:300])


def read_links(snapshot: Snapshot, lines: Iterable[str]) -> ReadLinks:
    """Every line that is not empty. Raises InvalidValue (`too_many_links`) past a hundred."""
    kept = [line.strip() for line in lines if line.strip()]
    if len(kept) > MOST_LINES:
        raise InvalidValue("plan", "liens", len(kept), "too_many_links")
    pairs, faults = [], []
    for line in kept:
        try:
            pairs.append(read_link(snapshot, line))
        except Refused as refusal:
            faults.append((line[:160], sentence(refusal)))
    return ReadLinks(tuple(pairs), tuple(faults))


def link_line(snapshot: Snapshot, a: int, b: int) -> str:
    """The line of a link, by keys: names may be shared."""
    return f"{snapshot.ids[a]} = {snapshot.ids[b]}"

"""Which words of a reason name a fact that has a page: the sentence cut into plain and linked parts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from web.language import in_french
from web.reasons.fr_words import typeset

_TITLED = ("mine", "theirs")
_LISTED = {
    "place": "place",
    "within": "place",
    "others": "place",
    "themes": "theme",
    "concepts": "theme",
    "partners": "actor",
}
_WITH_PAGE = frozenset({"actor", "place", "theme", "announcement", "agreement", "project", "event"})


@dataclass(frozen=True, slots=True)
class Part:
    """Some words; `kind` (a record kind) and `id` when they name a record that has a page."""

    text: str
    kind: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A reason as one reads it, and the same in parts."""

    text: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return self.text


def sentence_of(text: str, facts: Mapping[str, Any]) -> Sentence:
    """The sentence, each record of its facts linked where its name is first met."""
    set_ = typeset if in_french() else str
    named = {set_(name).casefold(): (kind, id_) for kind, id_, name in _mentions(facts) if name}
    if not named:
        return Sentence(text, (Part(text),))
    longest_first = sorted(named, key=lambda name: (-len(name), name))
    wanted = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
    parts: list[Part] = []
    at = 0
    for met in wanted.finditer(text):
        target = named.pop(met.group().casefold(), None)
        if target is None:  # named a second time
            continue
        if met.start() > at:
            parts.append(Part(text[at : met.start()]))
        parts.append(Part(met.group(), *target))
        at = met.end()
    if at < len(text):
        parts.append(Part(text[at:]))
    return Sentence(text, tuple(parts))


def _mentions(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(kind, id, name) of the records the facts name."""
    for key, kind in _LISTED.items():
        found = facts.get(key) or ()
        for entry in (found,) if isinstance(found, Mapping) else found:
            yield kind, str(entry["id"]), str(entry.get("name") or entry.get("label") or "")
    for key in _TITLED:
        if isinstance(facts.get(key), list):  # the candidate's own themes
            yield from (("theme", str(t["id"]), str(t["label"])) for t in facts[key])
        elif facts.get(key):
            yield "announcement", str(facts[key]["id"]), str(facts[key]["title"])
    for record in (facts.get("record"), *(facts.get("records") or ())):
        if record and record["kind"] in _WITH_PAGE:
            yield str(record["kind"]), str(record["id"]), str(record["title"])

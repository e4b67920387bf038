"""Which words of a reason name a fact that has a page: the sentence cut into plain and linked parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from web.french import typeset
from web.language import in_french

_TITLED = ("mine", "theirs")
_LISTED = {
    "place": "place",
    "within": "place",
    "others": "place",
    "themes": "theme",
    "concepts": "theme",
    "partners": "actor",
    "giver": "actor",
    "receiver": "actor",
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
    named = {set_(name).lower(): (kind, id_) for kind, id_, name in _mentions(facts) if name}
    parts: list[Part] = []
    at = 0
    for start, end, name in _met(text, list(named)):
        target = named.pop(name, None)
        if target is None:  # named a second time
            continue
        if start > at:
            parts.append(Part(text[at:start]))
        parts.append(Part(text[start:end], *target))
        at = end
    if at < len(text):
        parts.append(Part(text[at:]))
    return Sentence(text, tuple(parts))


def _met(text: str, names: list[str]) -> Iterator[tuple[int, int, str]]:
    """Where whole names (in lower case) stand in a text, from left to right, the longest where several do."""
    lower = text.lower()
    if len(lower) != len(text):  # some rare capital becomes two letters
        lower = text
    ahead = {name: _whole(lower, name, 0) for name in names}
    at = 0
    while True:
        ahead = {n: s if s >= at else _whole(lower, n, at) for n, s in ahead.items() if s >= 0}
        standing = [(start, -len(name), name) for name, start in ahead.items() if start >= 0]
        if not standing:
            return
        start, _, name = min(standing)
        at = start + len(name)
        yield start, at, name


def _whole(text: str, name: str, start: int) -> int:
    """Where a name next stands by itself, not inside a word; -1 when it does not."""
    at = text.find(name, start)
    while at >= 0 and (_in_word(text[at - 1 : at]) or _in_word(text[at + len(name) : at + len(name) + 1])):
        at = text.find(name, at + 1)
    return at


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


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

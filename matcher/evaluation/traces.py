"""What other records still tell of a hidden cooperation, and these records without it.

- A *name* of the other side is met when its telling stems follow one another in a text, whatever its
  articles, accents, plurals and words of the field (« Les Amis de Bexley » is met in « comité de Bexley »).
  A name made only of the vocabulary of themes or of home places (« Eau », « Ville d'Évry »), and the title
  of a project, is met as it is written: half of the texts would go otherwise.
- The clauses of a text (purpose, description) that name it are taken out whole: what else they say was
  learned from the cooperation. Names and titles lose the name only.
- Sheets and announcements of one side that name the other are taken out: they tell of what they did
  together.
- An actor that declares to act at the very seat of its partner, or within, is left with what contains that
  seat: to name the place is to name the partner.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from graphsvc.domain.actors import Actor
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.announcements import Announcement
from graphsvc.domain.experiences import Experience
from graphsvc.domain.projects import Project
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.snapshot import Snapshot
from matcher.evidence.texts import theme_phrases
from matcher.stemming import stem, stems_of

SHORTEST = 3
"""Letters of a name that can be looked for."""
NAMELESS = "?"
"""The name of what only its partner's name told."""
Pair = tuple[str, str]
Work = TypeVar("Work", Project, Agreement)
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|\n+|\s+[–—]\s+")
_TOLD = ("title", "description", "outcome", "done", "successes", "failures", "advice")


@dataclass(frozen=True, slots=True)
class Names:
    """Names to look for: as sequences of stems, and as sequences of folded words."""

    stems: frozenset[tuple[str, ...]] = frozenset()
    words: frozenset[tuple[str, ...]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.stems or self.words)

    def __or__(self, other: "Names") -> "Names":
        return Names(self.stems | other.stems, self.words | other.words)

    def met(self, text: str) -> bool:
        """Whether the text holds one of them."""
        return bool(self._chunks(text))

    def out_of(self, text: str) -> str:
        """The text without them, perhaps empty."""
        gone = self._chunks(text)
        return " ".join(c for k, c in enumerate(text.split()) if k not in gone) if gone else text

    def clauses_left(self, text: str | None) -> str | None:
        """The clauses of the text that name none of them; None when nothing is left."""
        if text is None or not self.met(text):
            return text
        return " ".join(c for c in _CLAUSE.split(text) if c.strip() and not self.met(c)) or None

    def _chunks(self, text: str) -> set[int]:
        """The chunks of the text (between spaces) one of the names covers."""
        words = [(k, word) for k, chunk in enumerate(text.split()) for word in _folded(chunk)]
        stems = [(k, s) for k, word in words if (s := stem(word)) is not None]
        return _covered(words, self.words) | _covered(stems, self.stems)


def names_of(texts: Iterable[str], ordinary: frozenset[str]) -> Names:
    """The names these texts are; `ordinary` stems alone make no name."""
    long_enough = [text for text in texts if sum(map(len, fold(text).split())) >= SHORTEST]
    telling = {found for text in long_enough if not ordinary.issuperset(found := tuple(stems_of(text)))}
    others = (text for text in long_enough if ordinary.issuperset(stems_of(text)))
    return Names(frozenset(telling)) | as_written(others)


def as_written(texts: Iterable[str]) -> Names:
    """These texts, word for word."""
    words = (tuple(w for chunk in text.split() for w in _folded(chunk)) for text in texts)
    return Names(words=frozenset(words) - {()})


def ordinary_stems(snapshot: Snapshot) -> frozenset[str]:
    """The stems of the vocabulary of themes and of the places at home."""
    places = (snapshot.place(p) for p in np.flatnonzero(snapshot.places.home).tolist())
    home = {root for place in places for name in (place.name, *place.aliases) for root in stems_of(name)}
    return frozenset(home.union(*(phrase for _, phrase in theme_phrases(snapshot))))


@dataclass(frozen=True, slots=True)
class Traces:
    """What must not be told any more: partners that an actor, its works and records name, participants that a
    project names, titles of the projects that an actor left; and the seats that tell.
    """

    by_actor: dict[str, Names]
    by_project: dict[str, Names]
    titles: dict[str, Names]
    seats: dict[str, set[str]]

    @classmethod
    def of(cls, snapshot: Snapshot, pairs: Iterable[Pair], parts: Iterable[Pair]) -> "Traces":
        """The traces of hidden pairs of actors and of hidden participations (project, actor)."""
        ordinary = ordinary_stems(snapshot)
        actors = {actor.id: actor for actor in snapshot.tables[RecordKind.ACTOR]}
        title_of = {project.id: project.title for project in snapshot.tables[RecordKind.PROJECT]}
        by_actor: dict[str, Names] = defaultdict(Names)
        by_project: dict[str, Names] = defaultdict(Names)
        titles: dict[str, Names] = defaultdict(Names)
        seats: dict[str, set[str]] = defaultdict(set)
        for a, b in sorted(pairs):
            for one, other in ((actors[a], actors[b]), (actors[b], actors[a])):
                by_actor[one.id] |= names_of(called(other), ordinary)
                if other.seat is not None:
                    seats[one.id].add(other.seat)
        for project, actor in sorted(parts):
            titles[actor] |= as_written([title_of[project]])
            by_project[project] |= names_of(called(actors[actor]), ordinary)
        return cls(dict(by_actor), dict(by_project), dict(titles), dict(seats))

    def actor_left(self, snapshot: Snapshot, actor: Actor) -> Actor:
        """The actor's record as it would read without the hidden cooperation."""
        names = self._unsaid(actor.id)
        if names:
            others = [replace(n, text=left) for n in actor.other_names if (left := names.out_of(n.text))]
            actor = replace(
                actor,
                name=names.out_of(actor.name) or NAMELESS,
                acronym=(names.out_of(actor.acronym) or None) if actor.acronym else None,
                other_names=tuple(others),
                purpose=names.clauses_left(actor.purpose),
            )
        seats = self.seats.get(actor.id)
        return replace(actor, territories=_broader(snapshot, actor.territories, seats)) if seats else actor

    def work_left(self, work: Work, actors: Iterable[str]) -> Work:
        """A project or agreement of these actors, its texts without what they must not tell any more."""
        names = self.by_project.get(work.id, Names()) if isinstance(work, Project) else Names()
        for actor in actors:
            names |= self.by_actor.get(actor, Names())
        if not names:
            return work
        title, description = names.out_of(work.title) or NAMELESS, names.clauses_left(work.description)
        return replace(work, title=title, description=description)

    def tells(self, record: Experience | Announcement) -> bool:
        """Whether this sheet or announcement of an actor names what must not be told any more."""
        names = self._unsaid(record.actor or "")
        return any(names.met(text) for text in _texts(record))

    def _unsaid(self, actor: str) -> Names:
        return self.by_actor.get(actor, Names()) | self.titles.get(actor, Names())


def called(actor: Actor) -> list[str]:
    """Every name of an actor."""
    return [actor.name, *(n.text for n in actor.other_names), *([actor.acronym] if actor.acronym else [])]


def _texts(record: Any) -> list[str]:
    return [text for field in _TOLD if (text := getattr(record, field, None))]


def _broader(snapshot: Snapshot, territories: tuple[str, ...], seats: set[str]) -> tuple[str, ...]:
    """The territories; one that is among the seats, or within one, gives way to what contains that seat (a
    country stays as it is).
    """
    kept: set[str] = set()
    for key in territories:
        at = snapshot.place_index(key)
        chain = [snapshot.place_ids[p] for p in snapshot.ancestors(at)] if at is not None else [key]
        told = [k for k, entry in enumerate(chain) if entry in seats]
        kept.add(chain[min(max(told) + 1, len(chain) - 1)] if told else key)
    return tuple(sorted(kept))


def _covered(said: Sequence[tuple[int, str]], phrases: frozenset[tuple[str, ...]]) -> set[int]:
    found: set[int] = set()
    for phrase in phrases:
        for at in range(len(said) - len(phrase) + 1):
            if all(said[at + d][1] == word for d, word in enumerate(phrase)):
                found.update(range(said[at][0], said[at + len(phrase) - 1][0] + 1))
    return found


@lru_cache(maxsize=65_536)
def _folded(chunk: str) -> tuple[str, ...]:
    return tuple(w for w in fold(chunk).split() if len(w) > 1)

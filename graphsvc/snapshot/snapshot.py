"""The snapshot: columns and records of one revision of a store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from graphsvc.domain.actors import Actor
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.announcements import Announcement
from graphsvc.domain.calls import Call
from graphsvc.domain.events import Event
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link, LinkClass, State
from graphsvc.domain.places import Place
from graphsvc.domain.projects import Project
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import key_as_meant
from graphsvc.domain.themes import Skill, Theme
from graphsvc.snapshot.columns import (
    B1,
    DAY_MAX,
    DAY_MIN,
    I32,
    I64,
    ActorColumns,
    InvolvementColumns,
    PlaceColumns,
    RelationColumns,
    Ties,
    TopicColumns,
)
from graphsvc.snapshot.tables import RecordTable
from graphsvc.snapshot.ties import live_rows, merged_ties

_KEPT_DATES = 16
_COOPERATION = list(LinkClass).index(LinkClass.COOPERATION)
_NEVER = [list(State).index(s) for s in (State.PLANNED, State.ATTEMPTED, State.RETRACTED)]


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a snapshot."""

    actors: ActorColumns
    places: PlaceColumns
    themes: TopicColumns
    skills: TopicColumns
    relations: RelationColumns
    involvements: InvolvementColumns


class Snapshot:
    """Immutable; safe for several threads. Built by `build_snapshot`, read from disk by `open_snapshot`."""

    def __init__(
        self,
        *,
        store_id: str,
        revision: int,
        tables: Mapping[RecordKind, RecordTable],
        columns: Columns,
        vocabulary: Sequence[str],
        aliases: Mapping[str, str],
    ) -> None:
        self.store_id = store_id
        self.revision = revision
        self.tables = tables
        self.columns = columns
        self.vocabulary = vocabulary
        self.aliases = aliases  # other keys of actors (siren:, rna:, merged ids) -> id
        self.actors, self.places = columns.actors, columns.places
        self.themes, self.skills = columns.themes, columns.skills
        self.relations = columns.relations
        self.ids: Sequence[str] = tables[RecordKind.ACTOR].ids
        self.n = len(self.ids)
        self._touch_ptr, self._touch_rows = _touching(self.n, columns.relations)
        involved = columns.involvements
        self._involved: dict[RecordKind, tuple[I64, I64]] = {
            kind: (getattr(involved, f"{kind}_ptr"), getattr(involved, f"{kind}_ids"))
            for kind in RecordKind
            if hasattr(involved, f"{kind}_ptr")
        }
        self._ties = lru_cache(maxsize=_KEPT_DATES)(self._compute_ties)
        self._documented = lru_cache(maxsize=1)(self._compute_documented)
        self._years = lru_cache(maxsize=1)(self._compute_years)

    # --- records ------------------------------------------------------------------------------------

    def index(self, key: str) -> int | None:
        """Index of the actor an id, `siren:…`, `rna:…`, a bare SIREN or RNA, or a merged id names."""
        table = self.tables[RecordKind.ACTOR]
        found = table.position(key)
        if found is not None:
            return found
        for other in (key, f"siren:{key}", f"rna:{key}", key_as_meant(key)):
            if other in self.aliases:
                return table.position(self.aliases[other])
        return None

    def position(self, kind: RecordKind, id_: str) -> int | None:
        """Position of a record of any kind by its exact id."""
        return self.tables[kind].position(id_)

    def name(self, i: int) -> str:
        """The name of an actor."""
        return self.actor(i).name

    def actor(self, i: int) -> Actor:
        """The actor at an index."""
        record: Actor = self.tables[RecordKind.ACTOR][i]
        return record

    def place(self, p: int) -> Place:
        """The place at a position."""
        record: Place = self.tables[RecordKind.PLACE][p]
        return record

    def theme(self, t: int) -> Theme:
        """The theme at a position."""
        record: Theme = self.tables[RecordKind.THEME][t]
        return record

    def skill(self, s: int) -> Skill:
        """The skill at a position."""
        record: Skill = self.tables[RecordKind.SKILL][s]
        return record

    def link(self, k: int) -> Link:
        """The link at a position."""
        record: Link = self.tables[RecordKind.LINK][k]
        return record

    def agreement(self, k: int) -> Agreement:
        """The agreement at a position."""
        record: Agreement = self.tables[RecordKind.AGREEMENT][k]
        return record

    def project(self, k: int) -> Project:
        """The project at a position."""
        record: Project = self.tables[RecordKind.PROJECT][k]
        return record

    def announcement(self, k: int) -> Announcement:
        """The announcement at a position."""
        record: Announcement = self.tables[RecordKind.ANNOUNCEMENT][k]
        return record

    def experience(self, k: int) -> Experience:
        """The experience sheet at a position."""
        record: Experience = self.tables[RecordKind.EXPERIENCE][k]
        return record

    def call(self, k: int) -> Call:
        """The call at a position."""
        record: Call = self.tables[RecordKind.CALL][k]
        return record

    def event(self, k: int) -> Event:
        """The event at a position."""
        record: Event = self.tables[RecordKind.EVENT][k]
        return record

    place_ids = property(lambda self: self.tables[RecordKind.PLACE].ids)
    theme_ids = property(lambda self: self.tables[RecordKind.THEME].ids)
    skill_ids = property(lambda self: self.tables[RecordKind.SKILL].ids)
    link_ids = property(lambda self: self.tables[RecordKind.LINK].ids)
    agreement_ids = property(lambda self: self.tables[RecordKind.AGREEMENT].ids)
    project_ids = property(lambda self: self.tables[RecordKind.PROJECT].ids)
    announcement_ids = property(lambda self: self.tables[RecordKind.ANNOUNCEMENT].ids)
    experience_ids = property(lambda self: self.tables[RecordKind.EXPERIENCE].ids)
    call_ids = property(lambda self: self.tables[RecordKind.CALL].ids)
    event_ids = property(lambda self: self.tables[RecordKind.EVENT].ids)

    def place_index(self, id_: str) -> int | None:
        """Position of a place."""
        return self.tables[RecordKind.PLACE].position(id_)

    def theme_index(self, id_: str) -> int | None:
        """Position of a theme."""
        return self.tables[RecordKind.THEME].position(id_)

    def skill_index(self, id_: str) -> int | None:
        """Position of a skill."""
        return self.tables[RecordKind.SKILL].position(id_)

    # --- hierarchies --------------------------------------------------------------------------------

    def ancestors(self, p: int) -> tuple[int, ...]:
        """The place itself, then its parents up to the root."""
        return _chain(self.places.parent, p)

    def theme_ancestors(self, t: int) -> tuple[int, ...]:
        """The theme itself, then its parents."""
        return _chain(self.themes.parent, t)

    # --- ties ---------------------------------------------------------------------------------------

    def ties(self, day: date, *, stale_after_years: int | None = None) -> Ties:
        """The neighbour graph of live cooperations at a day.

        With `stale_after_years`, cooperations without a known end that were last confirmed longer ago than
        that (or never) are left out.
        """
        return self._ties(day.toordinal(), stale_after_years)

    def documented_ties(self) -> Ties:
        """Every cooperation ever documented, whatever became of it (not planned, attempted or retracted)."""
        return self._documented()

    def relations_of(self, i: int) -> I64:
        """Rows of `relations` that touch an actor, in order."""
        return self._touch_rows[self._touch_ptr[i] : self._touch_ptr[i + 1]]

    def links_of(self, i: int) -> I64:
        """Positions of the links of an actor."""
        return self._of(RecordKind.LINK, i)

    def agreements_of(self, i: int) -> I64:
        """Positions of the agreements an actor is party to."""
        return self._of(RecordKind.AGREEMENT, i)

    def projects_of(self, i: int) -> I64:
        """Positions of the projects an actor takes part in."""
        return self._of(RecordKind.PROJECT, i)

    def announcements_of(self, i: int) -> I64:
        """Positions of the announcements of an actor."""
        return self._of(RecordKind.ANNOUNCEMENT, i)

    def experiences_of(self, i: int) -> I64:
        """Positions of the experience sheets of an actor."""
        return self._of(RecordKind.EXPERIENCE, i)

    def calls_of(self, i: int) -> I64:
        """Positions of the calls an actor funds."""
        return self._of(RecordKind.CALL, i)

    def events_of(self, i: int) -> I64:
        """Positions of the events an actor was invited to, attended or organised."""
        return self._of(RecordKind.EVENT, i)

    def documented_years(self) -> tuple[int, int] | None:
        """First and last year a record was confirmed: of when the data are."""
        return self._years()

    def _compute_ties(self, day: int, stale_after_years: int | None) -> Ties:
        rows = live_rows(self.relations, day, stale_after_years) & (self.relations.link_class == _COOPERATION)
        return merged_ties(self.n, self.relations, rows)

    def _compute_documented(self) -> Ties:
        rows: B1 = (self.relations.link_class == _COOPERATION) & ~np.isin(self.relations.state, _NEVER)
        return merged_ties(self.n, self.relations, rows)

    def _of(self, kind: RecordKind, i: int) -> I64:
        ptr, positions = self._involved[kind]
        return positions[ptr[i] : ptr[i + 1]]

    def _compute_years(self) -> tuple[int, int] | None:
        days = np.concatenate([self.actors.confirmed, self.relations.confirmed])
        known = days[(days > DAY_MIN) & (days < DAY_MAX)]
        if not len(known):
            return None
        return date.fromordinal(int(known.min())).year, date.fromordinal(int(known.max())).year


def _touching(n: int, relations: RelationColumns) -> tuple[I64, I64]:
    ends = np.concatenate([relations.a, relations.b])
    rows = np.concatenate([np.arange(len(relations.a))] * 2).astype(np.int64)
    order = np.lexsort((rows, ends))
    ptr = np.zeros(n + 1, np.int64)
    np.add.at(ptr, ends + 1, 1)
    return np.cumsum(ptr), rows[order]


def _chain(parent: I32, start: int) -> tuple[int, ...]:
    chain: list[int] = []
    at = start
    while at >= 0 and at not in chain:
        chain.append(at)
        at = int(parent[at])
    return tuple(chain)

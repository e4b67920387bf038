"""The announcements as columns: who offers or needs what, on which skills, themes and places, and when it
may be answered.
"""

from dataclasses import dataclass

import numpy as np

from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, DAY_MAX, DAY_MIN, F64, I8, I32
from matcher.sparse import Rows, Vector, accumulate, rows_from_entries, transposed
from matcher.taxonomy import SHORT, Taxonomy, taxonomy_query


@dataclass(frozen=True, slots=True)
class Board:
    """One row per announcement. `owner` is an actor or -1 (recorded need); `first` > `last` = may never be
    answered.

    `skills`, `themes`, `places` are inverted lists (feature -> announcements); `has_*` say who names any.
    """

    owner: I32
    offer: B1
    nature: I8
    first: I32
    last: I32
    skills: Rows
    themes: Rows
    places: Rows
    has_skills: B1
    has_themes: B1
    has_places: B1

    def open_on(self, day: int) -> B1:
        """Which may be answered on that day."""
        result: B1 = (self.first <= day) & (day <= self.last)
        return result


def build_board(snapshot: Snapshot, themes: Taxonomy, places: Taxonomy) -> Board:
    """All announcements, open or not."""
    count = len(snapshot.announcement_ids)
    records = [snapshot.announcement(k) for k in range(count)]
    actor_at = {key: i for i, key in enumerate(snapshot.ids)} if count else {}
    natures = list(Nature)
    windows = [_window(record) for record in records]
    skill_at = {key: s for s, key in enumerate(snapshot.skill_ids)}
    skills = _lists(count, len(skill_at), [_even([skill_at[s] for s in r.skills]) for r in records])
    topics = _lists(
        count,
        len(snapshot.theme_ids),
        [taxonomy_query(announced_themes(snapshot, r), themes, SHORT) for r in records],
    )
    where = _lists(
        count,
        len(snapshot.place_ids),
        [taxonomy_query(announced_places(snapshot, r), places, SHORT) for r in records],
    )
    return Board(
        owner=np.array([actor_at[r.actor] if r.actor is not None else -1 for r in records], np.int32),
        offer=np.array([r.direction is Direction.OFFER for r in records], np.bool_),
        nature=np.array([natures.index(r.nature) for r in records], np.int8),
        first=np.array([first for first, _ in windows], np.int32),
        last=np.array([last for _, last in windows], np.int32),
        skills=skills,
        themes=topics,
        places=where,
        has_skills=np.array([bool(r.skills) for r in records], np.bool_),
        has_themes=np.array([bool(r.themes) for r in records], np.bool_),
        has_places=np.array([bool(r.territories) for r in records], np.bool_),
    )


def announced_themes(snapshot: Snapshot, record: Announcement) -> dict[int, float]:
    """Theme positions of an announcement, each of weight 1."""
    return {t: 1.0 for key in record.themes if (t := snapshot.theme_index(key)) is not None}


def announced_places(snapshot: Snapshot, record: Announcement) -> dict[int, float]:
    """Place positions of an announcement, each of weight 1."""
    return {p: 1.0 for key in record.territories if (p := snapshot.place_index(key)) is not None}


def overlap(lists: Rows, query: Vector) -> F64:
    """Inner product of one announcement's vector with every announcement's."""
    sums = np.zeros(lists.columns)
    accumulate(lists, query, sums)
    return np.minimum(sums, 1.0)


def _window(record: Announcement) -> tuple[int, int]:
    if record.state is AnnouncementState.CLOSED:
        return DAY_MAX, DAY_MIN
    first = record.published_on.first_day.toordinal() if record.published_on else DAY_MIN
    return first, record.expires_on.last_day.toordinal() if record.expires_on else DAY_MAX


def _even(ids: list[int]) -> Vector:
    """A unit vector over a set of skills."""
    ordered = np.array(sorted(ids), np.int64)
    return Vector(ordered, np.full(len(ordered), 1 / np.sqrt(max(len(ordered), 1))))


def skill_query(ids: list[int]) -> Vector:
    """The query of a set of skills; its product with an announcement's is their cosine."""
    return _even(ids)


def _lists(count: int, columns: int, vectors: list[Vector]) -> Rows:
    owners = np.repeat(np.arange(count), [len(v.ids) for v in vectors]) if count else np.empty(0, np.int64)
    ids = np.concatenate([v.ids for v in vectors]) if count else np.empty(0, np.int64)
    weights = np.concatenate([v.weights for v in vectors]) if count else np.empty(0)
    return transposed(rows_from_entries(count, columns, owners, ids, weights))

"""Complementarity: an offer that meets a need, in either direction; a common need that could be pooled; a
role that helps.

Formula, for two announcements that may be answered on the day: gate x topical. The gate says whether the
natures answer each other (1 when an offer and a need have the same nature; see `_ANSWERS`; 0.7 for two
needs of a nature that is pooled, such as a transport or a shared mission). Topical is the mean, over what
both sides name, of the cosines of skills (weight 5), themes (3) and territories (2); 0.3 when nothing can
be compared; 0 when both name skills and share none. A role that answers a need by itself (a funder, a
resource centre, a trainer, an expert …) gives the value in `_HELPERS`. The best of all is kept.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from graphsvc.domain.actors import ActorKind, ActorRole
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I32
from matcher.board import Board, announced_places, announced_themes, overlap, skill_query
from matcher.sparse import Vector
from matcher.taxonomy import SHORT, Taxonomy, taxonomy_query

POOLED = frozenset(
    {
        Nature.SHARED_MISSION,
        Nature.TRANSPORT,
        Nature.EQUIPMENT,
        Nature.PREMISES,
        Nature.EVENT,
        Nature.TRAINING,
    }
)
POOL_GATE = 0.7
NOTHING_TO_COMPARE = 0.3
_ANSWERS: dict[frozenset[Nature], float] = {
    frozenset({Nature.FUNDING, Nature.PATRONAGE}): 0.8,
    frozenset({Nature.SKILL, Nature.TRAINING}): 0.6,
    frozenset({Nature.SKILL, Nature.EXPERIENCE}): 0.6,
    frozenset({Nature.SKILL, Nature.VOLUNTEER}): 0.5,
    frozenset({Nature.VOLUNTEER, Nature.INTERNSHIP}): 0.5,
    frozenset({Nature.EQUIPMENT, Nature.TRANSPORT}): 0.4,
    frozenset({Nature.EQUIPMENT, Nature.PATRONAGE}): 0.5,
    frozenset({Nature.TRANSPORT, Nature.SHARED_MISSION}): 0.5,
}
_HELPERS: dict[Nature, dict[ActorRole | ActorKind, float]] = {
    Nature.FUNDING: {ActorRole.FUNDER: 0.5, ActorKind.FOUNDATION: 0.4},
    Nature.PATRONAGE: {ActorKind.FOUNDATION: 0.5, ActorKind.BUSINESS: 0.3},
    Nature.TRAINING: {ActorRole.TRAINER: 0.5, ActorRole.RESOURCE_CENTRE: 0.4},
    Nature.SKILL: {ActorRole.TRAINER: 0.25, ActorRole.RESOURCE_CENTRE: 0.25, ActorKind.EXPERT: 0.25},
    Nature.EXPERIENCE: {ActorRole.RESOURCE_CENTRE: 0.25, ActorRole.NETWORK_HEAD: 0.2},
    Nature.EVENT: {ActorRole.NETWORK_HEAD: 0.2, ActorRole.RELAY: 0.2},
}


class Meeting(StrEnum):
    """How the two sides complete each other."""

    THEIR_OFFER = "their_offer"
    THEIR_NEED = "their_need"
    COMMON_NEED = "common_need"
    COMMON_WISH = "common_wish"
    THEIR_ROLE = "their_role"


@dataclass(frozen=True, slots=True)
class Match:
    """The best meeting with one candidate: its score, and the two announcements (or the role) it rests on.

    `mine` is None for a need that the asker only says, `skills` are those it shares with their announcement.
    """

    score: float
    meeting: Meeting
    mine: int | None
    theirs: int | None = None
    role: ActorRole | ActorKind | None = None
    skills: tuple[str, ...] = ()


def complementarity_matches(
    snapshot: Snapshot,
    board: Board,
    taxonomies: tuple[Taxonomy, Taxonomy],
    roles: I32,
    mine: list[int],
    day: int,
    wish: Announcement | None = None,
) -> dict[int, Match]:
    """Best match of each candidate actor with these announcements of the asker (positions), and with the
    need it says.
    """
    best: dict[int, Match] = {}
    asked: list[tuple[int | None, Announcement]] = [(k, snapshot.announcement(k)) for k in mine]
    for k, record in asked + ([(None, wish)] if wish is not None else []):
        scores, meetings = _against_board(snapshot, board, taxonomies, record)
        open_ = board.open_on(day) & (board.owner >= 0)
        if k is not None:
            open_[k] = False
        for other in np.flatnonzero(open_ & (scores > 0)).tolist():
            shared = tuple(sorted(set(record.skills) & set(snapshot.announcement(other).skills)))
            match = Match(float(scores[other]), meetings[other], k, other, skills=shared)
            _keep_best(best, int(board.owner[other]), match)
        if record.direction is Direction.NEED:
            for role, score in _HELPERS.get(record.nature, {}).items():
                for i in np.flatnonzero(_has(snapshot, roles, role)).tolist():
                    _keep_best(best, i, Match(score, Meeting.THEIR_ROLE, k, role=role))
    return best


def matches_vector(matches: dict[int, Match]) -> Vector:
    """Scores by candidate."""
    if not matches:
        return Vector.empty()
    ids = np.array(sorted(matches), np.int64)
    return Vector(ids, np.array([matches[i].score for i in ids.tolist()], np.float64))


def complementarity_facts(snapshot: Snapshot, match: Match) -> dict[str, object]:
    """`{"meeting", "mine": {…}, "theirs": {…}, "skills": [{"id", "label"}]}`, or `"role"` instead of
    `theirs`; no `mine` for a need that the asker only says.
    """
    facts: dict[str, object] = {"meeting": match.meeting.value}
    if match.mine is not None:
        facts["mine"] = _announcement_facts(snapshot, match.mine)
    if match.theirs is not None:
        facts["theirs"] = _announcement_facts(snapshot, match.theirs)
        facts["skills"] = [
            {"id": s, "label": snapshot.skill(position).label}
            for s in match.skills
            if (position := snapshot.skill_index(s)) is not None
        ]
    if match.role is not None:
        facts["role"] = match.role.value
    return facts


def _announcement_facts(snapshot: Snapshot, k: int) -> dict[str, object]:
    record = snapshot.announcement(k)
    return {
        "id": record.id,
        "title": record.title,
        "direction": record.direction.value,
        "nature": record.nature.value,
        "expires_on": str(record.expires_on) if record.expires_on else None,
    }


def _against_board(
    snapshot: Snapshot, board: Board, taxonomies: tuple[Taxonomy, Taxonomy], record: Announcement
) -> tuple[F64, list[Meeting]]:
    gates, meetings = _gates(board, record.nature, offering=record.direction is Direction.OFFER)
    skills = [s for key in record.skills if (s := snapshot.skill_index(key)) is not None]
    facets = (
        (5.0, bool(skills), board.has_skills, overlap(board.skills, skill_query(skills))),
        (3.0, bool(record.themes), board.has_themes,
         overlap(board.themes, taxonomy_query(announced_themes(snapshot, record), taxonomies[0], SHORT))),
        (2.0, bool(record.territories), board.has_places,
         overlap(board.places, taxonomy_query(announced_places(snapshot, record), taxonomies[1], SHORT))),
    )  # fmt: skip
    total, weight = np.zeros(len(gates)), np.zeros(len(gates))
    for share, here, there, cosine in facets:
        if here:
            total += share * cosine * there
            weight += share * there
    topical = np.where(weight > 0, total / np.maximum(weight, 1e-12), NOTHING_TO_COMPARE)
    if skills:
        topical[board.has_skills & (facets[0][3] == 0)] = 0.0
    return gates * topical, meetings


def _gates(board: Board, nature: Nature, *, offering: bool) -> tuple[F64, list[Meeting]]:
    natures = list(Nature)
    answers = np.array([_answer(nature, other) for other in natures])[board.nature]
    opposite = board.offer != offering
    same_way = np.zeros(len(natures))
    if nature in POOLED and not offering:
        same_way[natures.index(nature)] = POOL_GATE
    if nature is Nature.COOPERATE:
        same_way[natures.index(nature)] = 1.0
    gates = np.where(opposite, answers, same_way[board.nature])
    alike = Meeting.COMMON_WISH if nature is Nature.COOPERATE else Meeting.COMMON_NEED
    crossed = Meeting.THEIR_NEED if offering else Meeting.THEIR_OFFER
    return gates, [crossed if o else alike for o in opposite.tolist()]


def _answer(one: Nature, other: Nature) -> float:
    return 1.0 if one is other else _ANSWERS.get(frozenset((one, other)), 0.0)


def _has(snapshot: Snapshot, roles: I32, role: ActorRole | ActorKind) -> B1:
    if isinstance(role, ActorRole):
        result: B1 = (roles & (1 << list(ActorRole).index(role))) > 0
        return result
    of_kind: B1 = snapshot.actors.kind == list(ActorKind).index(role)
    return of_kind


def _keep_best(best: dict[int, Match], actor: int, match: Match) -> None:
    if actor not in best or match.score > best[actor].score:
        best[actor] = match

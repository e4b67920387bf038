"""Every pair of a gathering weighed at once: what overlaps, what completes, what would make it easy.

Formulas, for two houses at one place (or on one theme), each in [0, 1]:
- place: level x cover x the lesser of the two strengths. Level: 1 for a commune or cercle, 0.8 a region, 0.5
  a country, times 0.7 outside the partner territories. Cover: 1 when both name the place, 0.9 when one names
  it and the other something inside, 0.6 when both name different things inside.
- theme: the best shared theme: (0.5 + 0.5 rarity) x the lesser strength, times 0.6 when the two name
  different themes under it (or one names it, the other something narrower).
- overlap = 0.6 place + 0.4 theme: more when both coincide.
- complementarity = 0.4 share of their themes that only one has + 0.3 when their kinds differ + 0.3 when one
  has a useful role (funder, resource centre, network head, trainer, relay) that the other lacks.
- ease: what already joins them (matcher/between.py); partners in common count 0.5.
- stake: 1 when both are public bodies that decide and pay (the documents ask for concertation among them).
- score = 0.6 overlap + 0.15 complementarity + 0.15 ease + 0.1 stake.

Two houses of which one runs or coordinates the other (a live structural link) are not brought together: they
are already.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphsvc.domain.actors import INSTITUTIONS, ActorKind, ActorRole
from graphsvc.domain.places import PlaceLevel
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F32, F64, I32
from matcher.between import COMMON, ease_matrix, structural_matrix
from matcher.blocks import block, meet, share_a_neighbour
from matcher.places.standing import AtWork, Standing
from matcher.reasons import HELPFUL_ROLES

PLACE, THEME = 0.6, 0.4
OVERLAP, COMPLEMENT, EASE, STAKE = 0.6, 0.15, 0.15, 0.1
LEVEL = {PlaceLevel.COUNTRY: 0.5, PlaceLevel.REGION: 0.8, PlaceLevel.DEPARTMENT: 0.9}
BOTH, ONE, NEITHER = 1.0, 0.9, 0.6
RELATED = 0.6
NOT_PARTNER = 0.7
_PUBLIC = [k for k, kind in enumerate(ActorKind) if kind in INSTITUTIONS]
_ROLE_BITS = [1 << list(ActorRole).index(role) for role in HELPFUL_ROLES]


@dataclass(frozen=True, slots=True)
class Ground:
    """What pairs are weighed on, computed once for a day. `foreign`: places that are neither at home nor
    contain it; `level`: what sharing each place is worth; `worth`: the same for themes. `bound`: houses of
    which one runs or coordinates the other.
    """

    snapshot: Snapshot
    standing: Standing
    ease: sparse.csr_array
    bound: sparse.csr_array
    level: F64
    worth: F64
    foreign: B1


@dataclass(frozen=True, slots=True)
class Encounters:
    """Matrices over the m `houses` of a gathering; `open` pairs are those to bring together."""

    houses: I32
    open: B1
    tied: B1
    score: F64
    overlap: F64
    complementarity: F64

    def best(self, most: int) -> list[tuple[int, int]]:
        """Rows of the best open pairs (a < b), ties by position."""
        one, other = np.nonzero(np.triu(self.open, 1))
        order = np.lexsort((other, one, -self.score[one, other]))[:most]
        return list(zip(one[order].tolist(), other[order].tolist(), strict=True))


def ground_of(snapshot: Snapshot, standing: Standing) -> Ground:
    """The ground of a day."""
    places = snapshot.places
    by_level = np.array([LEVEL.get(level, 1.0) for level in PlaceLevel])[places.level]
    return Ground(
        snapshot,
        standing,
        ease_matrix(snapshot, standing),
        structural_matrix(snapshot, standing),
        by_level * np.where(_partner_side(snapshot), 1.0, NOT_PARTNER),
        0.5 + 0.5 * standing.index.themes.importance,
        ~(standing.index.home | places.home),
    )


def _partner_side(snapshot: Snapshot) -> B1:
    """Partner places, and what contains one."""
    marked: B1 = snapshot.places.partner.copy()
    for p in np.flatnonzero(snapshot.places.partner).tolist():
        marked[list(snapshot.ancestors(p))] = True
    return marked


def at_place(ground: Ground, place: int, houses: I32, named: F32, below: F32, inner: B1) -> Encounters:
    """The pairs of a place. `named`, `below` as in Gatherings; `inner` (m x places inside) says who is at
    which place directly inside: a pair that shares one of these meets there, not here.
    """
    cover = _covered(named, below)
    place_part = ground.level[place] * cover
    rows = _theme_rows(ground, houses)
    theme_part = _theme_overlaps(ground, rows)
    elsewhere = meet(inner)
    overlap = PLACE * place_part + THEME * theme_part
    return _weighed(ground, houses, rows, overlap, (cover > 0) & ~elsewhere)


def on_theme(ground: Ground, theme: int, houses: I32, named: F32, below: F32, inner: B1) -> Encounters:
    """The pairs of a theme that share no foreign place (those meet at the place)."""
    part = np.maximum(_least(named, named), RELATED * _covered(named, below)) * ground.worth[theme]
    where = _marks(ground.standing.places, houses, ground)
    elsewhere = meet(inner) | meet(where)
    return _weighed(ground, houses, _theme_rows(ground, houses), THEME * part, (part > 0) & ~elsewhere)


def ease_cap(ground: Ground) -> F64:
    """No pair of a house can be easier than this, float64[n]."""
    partners = np.where(np.diff(ground.standing.circle.indptr) > 0, COMMON, 0.0)
    rows = np.repeat(np.arange(len(partners)), np.diff(ground.ease.indptr))
    np.maximum.at(partners, rows, ground.ease.data.astype(np.float64))
    return partners


def theme_cap(ground: Ground) -> F64:
    """No theme that a house shares is worth more than this, float64[n]."""
    at_work = ground.standing.themes
    cap = np.zeros(len(at_work.ptr) - 1)
    np.maximum.at(cap, at_work.owners(), at_work.strength * ground.worth[at_work.entry])
    return cap


def best_complement(ground: Ground, houses: I32) -> float:
    """No pair of these houses can complete each other more."""
    kinds = ground.snapshot.actors.kind[houses]
    roles = ground.standing.index.roles[houses] & sum(_ROLE_BITS)
    return 0.4 + 0.3 * bool((kinds != kinds[0]).any()) + 0.3 * bool((roles != roles[0]).any())


def best_stake(ground: Ground, houses: I32) -> float:
    """1 when two of these houses are public bodies."""
    return float(np.count_nonzero(np.isin(ground.snapshot.actors.kind[houses], _PUBLIC)) > 1)


def _theme_overlaps(ground: Ground, rows: tuple[F64, F64]) -> F64:
    """The best shared theme of each pair, float64[m, m]."""
    named, reached = rows
    shared = np.flatnonzero((reached > 0).sum(axis=0) > 1)
    if not len(shared):
        return np.zeros((len(named), len(named)))
    own, wide, worth = named[:, shared], reached[:, shared], ground.worth[shared]
    both = np.minimum(own[:, None, :], own[None, :, :])
    related = RELATED * np.minimum(wide[:, None, :], wide[None, :, :])
    result: F64 = (np.maximum(both, related) * worth).max(axis=2)
    return result


def _weighed(ground: Ground, houses: I32, rows: tuple[F64, F64], overlap: F64, meeting: B1) -> Encounters:
    tied = block(ground.standing.circle, houses) > 0
    common = share_a_neighbour(ground.standing.circle, houses)
    ease = np.maximum(block(ground.ease, houses), np.where(common, COMMON, 0.0))
    complementarity = _complements(ground, houses, rows[1])
    public = np.isin(ground.snapshot.actors.kind[houses], _PUBLIC)
    score = OVERLAP * overlap + COMPLEMENT * complementarity + EASE * ease
    score += STAKE * (public[:, None] & public[None, :])
    joined_already = tied | (block(ground.bound, houses) > 0)
    open_: B1 = meeting & ~joined_already & ~np.eye(len(houses), dtype=np.bool_)
    return Encounters(houses, open_, tied, score, overlap, complementarity)


def _complements(ground: Ground, houses: I32, reached: F64) -> F64:
    has = (reached > 0).astype(np.int32)  # whole numbers: no threads for so small a product
    shared = has @ has.T
    size = has.sum(axis=1)
    union = size[:, None] + size[None, :] - shared
    known = (size[:, None] > 0) & (size[None, :] > 0)
    apart = np.where(known, 1 - shared / np.maximum(union, 1), 0.0)
    kinds = ground.snapshot.actors.kind[houses]
    roles = ground.standing.index.roles[houses] & sum(_ROLE_BITS)
    differ = roles[:, None] != roles[None, :]
    result: F64 = 0.4 * apart + 0.3 * (kinds[:, None] != kinds[None, :]) + 0.3 * differ
    return result


def _theme_rows(ground: Ground, houses: I32) -> tuple[F64, F64]:
    """What each house names, and reaches (itself or something inside), float64[m, themes]."""
    named = _dense(ground.standing.themes, houses, len(ground.worth))
    reached = named.copy()
    parent = ground.snapshot.themes.parent
    for theme in np.flatnonzero(named.any(axis=0)).tolist():
        for above in ground.snapshot.theme_ancestors(theme)[1:] if parent[theme] >= 0 else ():
            reached[:, above] = np.maximum(reached[:, above], named[:, theme])
    return named, reached


def _marks(at_work: AtWork, houses: I32, ground: Ground) -> B1:
    """Which foreign places each house reaches: bool[m, places]."""
    marks = np.zeros((len(houses), len(ground.foreign)), np.bool_)
    for row, house in enumerate(houses.tolist()):
        for place in at_work.entry[at_work.span(house)].tolist():
            if ground.foreign[place]:
                marks[row, list(ground.snapshot.ancestors(place))] = True
    marks &= ground.foreign
    return marks


def _dense(at_work: AtWork, houses: I32, width: int) -> F64:
    rows = np.zeros((len(houses), width))
    for row, house in enumerate(houses.tolist()):
        span = at_work.span(house)
        rows[row, at_work.entry[span]] = at_work.strength[span]
    return rows


def _covered(named: F32 | F64, below: F32 | F64) -> F64:
    covered = np.maximum(BOTH * _least(named, named), NEITHER * _least(below, below))
    one = ONE * _least(named, below)
    return np.maximum(covered, np.maximum(one, one.T))


def _least(one: F32 | F64, other: F32 | F64) -> F64:
    result: F64 = np.minimum(one[:, None], other[None, :]).astype(np.float64)
    return result

"""How a candidate stands in the network, in time and among countries, beside one question.

float64[candidates] each, by name:
- `activity`: see `background.py`.
- `contemporary`: 2^(-years / 5) between the day the question is about and the nearest documented
  cooperation.
- `then_1`, `then_3`, `then_8`: log(1 + what it did then), a cooperation counting half for each 1, 3, 8
  years.
- `then_share`: of all it ever did, the share done then (3 years).
- `worked_with`: log(1 + the cooperations it shares with the asker's members, each 1 / (parties - 1)).
- `worked_with_members`: the share of the members it has worked with.
- `common_partners`: log(1 + partners in common); `overlap`: their share of the partners of either
  (Jaccard).
- `same_country`: the share of the members of its country; `same_country_any`: whether there is one.
- `country_then`: log(1 + what its country did then, 3 years); `country_rising`: log of that over what it
  would have done then if every country had kept its share of all years.
"""

import numpy as np

from graphsvc.snapshot.columns import F64, I64
from matcher.index import MatchIndex
from matcher.learned.background import YEAR, Background
from matcher.sparse import gathered

HALF_LIVES = (1.0, 3.0, 8.0)
THEN = 3.0
NEAREST = 5.0


def network_features(
    index: MatchIndex, background: Background, members: tuple[int, ...], candidates: I64, day: int
) -> dict[str, F64]:
    """The features of the candidates, for a question about `day`."""
    return {
        "activity": background.activity[candidates],
        **_in_time(background, candidates, day),
        **_with_members(index, background, members, candidates),
        **_of_countries(background, members, candidates, day),
    }


def _in_time(background: Background, candidates: I64, day: int) -> dict[str, F64]:
    entries, owners = gathered(background.ptr, candidates)
    years = np.abs(background.days[entries] - day) / YEAR
    parts = background.parts[entries]

    def summed(values: F64) -> F64:
        return np.bincount(owners, values, minlength=len(candidates)).astype(np.float64)

    nearest = np.zeros(len(candidates))
    np.maximum.at(nearest, owners, np.exp2(-years / NEAREST))
    then = {h: summed(parts * np.exp2(-years / h)) for h in HALF_LIVES}
    ever = summed(parts)
    return {
        "contemporary": nearest,
        **{f"then_{h:.0f}": np.log1p(then[h]) for h in HALF_LIVES},
        "then_share": then[THEN] / np.where(ever > 0, ever, 1.0),
    }


def _with_members(
    index: MatchIndex, background: Background, members: tuple[int, ...], candidates: I64
) -> dict[str, F64]:
    nothing = np.zeros(len(candidates))
    if not members:
        names = ("worked_with", "worked_with_members", "common_partners", "overlap")
        return dict.fromkeys(names, nothing)
    who = np.array(members, np.int64)
    rows = background.worked[who]
    shared = np.bincount(rows.indices, rows.data, minlength=index.n)[candidates]
    sharing = np.bincount(rows.indices, minlength=index.n)[candidates]
    circle = index.circle.rows
    mine = np.zeros(index.n, np.bool_)
    mine[circle.ids[gathered(circle.ptr, who)[0]]] = True
    entries, owners = gathered(circle.ptr, candidates)
    common = np.bincount(owners, mine[circle.ids[entries]], minlength=len(candidates))
    either = np.diff(circle.ptr)[candidates] + int(mine.sum()) - common
    return {
        "worked_with": np.log1p(shared),
        "worked_with_members": sharing / len(who),
        "common_partners": np.log1p(common),
        "overlap": common / np.maximum(either, 1),
    }


def _of_countries(
    background: Background, members: tuple[int, ...], candidates: I64, day: int
) -> dict[str, F64]:
    country = background.country[candidates]
    same = np.zeros(len(candidates))
    if members:
        mine = background.country[list(members)]
        same = np.mean(country[:, None] == mine[None, :], axis=1)
    middle = background.first_year + np.arange(background.years.shape[1]) + 0.5
    then = background.years @ np.exp2(-np.abs(middle - day / YEAR) / THEN)
    ever = background.years.sum(axis=1)
    usual = ever / max(float(ever.sum()), 1e-9) * then.sum()
    return {
        "same_country": same,
        "same_country_any": (same > 0).astype(np.float64),
        "country_then": np.log1p(then)[country],
        "country_rising": np.log((then + 1.0) / (usual + 1.0))[country],
    }

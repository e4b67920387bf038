"""The order in which reasons are told, and what is left out because something else says it already."""

from graphsvc.snapshot import Snapshot
from matcher.index import MatchIndex
from matcher.reasons import Reason

ORDER = (
    "first_contact",
    "complementary_offer", "need_for_your_offer", "common_need", "common_wish", "role_answers_need",
    "based_there", "experience_there", "acts_there", "project_there", "common_territory", "same_country",
    "common_theme", "related_theme", "works_on",
    "open_offer", "open_need",
    "former_partners", "linked_by_means", "already_in_touch", "attempted_before",
    "neighbours_known", "partners_there", "has_role",
    "same_commune", "same_intercommunality", "near",
    "bring_theme", "common_purpose", "few_handshakes",
)  # fmt: skip
"""From what answers the question to what merely helps."""
_PLACED = frozenset({"based_there", "experience_there", "acts_there", "project_there"})
_SHARED_PLACE = frozenset({"common_territory", "same_country"})
_RANK = {code: rank for rank, code in enumerate(ORDER)}


def arranged(
    snapshot: Snapshot,
    index: MatchIndex,
    own: list[Reason],
    shared: list[Reason],
    most: int,
    *,
    own_first: bool = False,
) -> list[Reason]:
    """Own and shared reasons in one order, `most` at most: no territory is told twice, nor inside another.

    With `own_first` the shared ones only fill what the own ones leave.
    """
    told = {p for r in own if r.code in _PLACED and (p := _place(snapshot, r)) is not None}
    around = {a for p in told for a in index.places.ancestors(p)}
    own = _roles_once(own)
    new = _ordered([r for r in shared if r.code not in _SHARED_PLACE or _place(snapshot, r) not in around])
    return _ordered(own + new)[:most] if not own_first else _ordered((_ordered(own) + new)[:most])


def _roles_once(own: list[Reason]) -> list[Reason]:
    """A role that answers the need by itself is not told again among the helpful roles."""
    told = {r.facts.get("role") for r in own if r.code == "role_answers_need"}
    kept = []
    for reason in own:
        held = reason.facts.get("roles")
        if reason.code == "has_role" and isinstance(held, list):
            left = [role for role in held if role not in told]
            reason = Reason(reason.code, {**reason.facts, "roles": left})  # noqa: PLW2901 - the same, shortened
            if not left:
                continue
        kept.append(reason)
    return kept


def _ordered(reasons: list[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda r: _RANK.get(r.code, len(ORDER)))


def _place(snapshot: Snapshot, reason: Reason) -> int | None:
    place = reason.facts.get("place")
    return snapshot.place_index(str(place["id"])) if isinstance(place, dict) else None

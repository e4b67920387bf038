"""The order in which reasons are told, and what is left out because something else says it already."""

from collections.abc import Mapping

from matcher.reasons import Reason

ORDER = (
    "first_contact",
    "complementary_offer", "need_for_your_offer", "common_need", "common_wish",
    "role_answers_need", "part_of_its_role",
    "based_there", "experience_there", "acts_there", "project_there", "common_territory", "same_country",
    "common_theme", "related_theme", "works_on",
    "open_offer", "open_need",
    "former_partners", "linked_by_means", "already_in_touch", "attempted_before",
    "neighbours_known", "linked_to_both", "partners_there", "partners_near", "partner_in_country",
    "new_country", "has_role",
    "same_commune", "same_intercommunality", "near",
    "bring_theme", "common_purpose", "similar_works", "few_handshakes", "worked_with",
    "took_part", "same_size",
)  # fmt: skip
"""From what answers the question to what merely helps."""
_PLACED = frozenset({"based_there", "experience_there", "acts_there", "project_there"})
_SHARED_PLACE = frozenset({"common_territory", "same_country"})
_RANK = {code: rank for rank, code in enumerate(ORDER)}
_LAST = len(ORDER)


def arranged(own: list[Reason], shared: list[Reason], most: int, *, own_first: bool = False) -> list[Reason]:
    """Own and shared reasons in one order, `most` at most: no territory is told twice.

    With `own_first` the shared ones only fill what the own ones leave.
    """
    told = {_shared_place(r) for r in own if r.code in _PLACED}
    new = shared
    if told:
        new = [r for r in shared if r.code not in _SHARED_PLACE or _shared_place(r) not in told]
    own = _themes_once(_roles_once(own), shared)
    if own_first and len(own) + len(new) > most:
        return ordered((ordered(own) + ordered(new))[:most])
    return ordered(own + new)[:most]


def _roles_once(own: list[Reason]) -> list[Reason]:
    """A role that answers the need by itself is not told again among the helpful roles."""
    told = {r.facts.get("role") for r in own if r.code == "role_answers_need"}
    if not told:
        return own
    kept = []
    for reason in own:
        held = reason.facts.get("roles")
        if reason.code != "has_role" or not isinstance(held, list):
            kept.append(reason)
        elif left := [role for role in held if role not in told]:
            kept.append(Reason(reason.code, {**reason.facts, "roles": left}))
    return kept


def acquainted_once(met: list[Reason], shared: list[Reason]) -> tuple[list[Reason], list[Reason]]:
    """Who has cooperated needs nobody to be introduced by, has been in touch of course, and hears of a
    project once.
    """
    records = [r.facts.get("record") for r in met if r.code == "former_partners"]
    if not records:
        return met, shared
    kept = [
        r
        for r in met
        if r.code != "already_in_touch"
        and not (r.code == "linked_by_means" and r.facts.get("record") and r.facts["record"] in records)
    ]
    return kept, [r for r in shared if r.code != "neighbours_known"]


def _themes_once(own: list[Reason], shared: list[Reason]) -> list[Reason]:
    """A theme that `related_theme` names, or that both texts speak of, is not told again among those one of
    them also works on.
    """
    told = {t["id"] for r in shared if r.code == "related_theme" for t in _entries(r.facts, "theirs")}
    told |= {t["id"] for r in shared if r.code == "common_purpose" for t in _entries(r.facts, "concepts")}
    if not told:
        return own
    kept = []
    for reason in own:
        themes = _entries(reason.facts, "themes")
        left = [t for t in themes if t["id"] not in told]
        if reason.code not in ("bring_theme", "works_on") or len(left) == len(themes):
            kept.append(reason)
        elif left:
            count = int(str(reason.facts["count"])) - len(themes) + len(left)
            kept.append(Reason(reason.code, {**reason.facts, "themes": left, "count": count}))
    return kept


def _entries(facts: Mapping[str, object], key: str) -> list[dict[str, object]]:
    found = facts.get(key)
    return found if isinstance(found, list) else []


def ordered(reasons: list[Reason]) -> list[Reason]:
    """Reasons in the order of ORDER."""
    return sorted(reasons, key=_rank) if len(reasons) > 1 else reasons


def _rank(reason: Reason) -> int:
    return _RANK.get(reason.code, _LAST)


def _shared_place(reason: Reason) -> object:
    """The id of the place both act in that a reason is about."""
    place = reason.facts.get("within") or reason.facts.get("place")
    return place.get("id") if isinstance(place, dict) else None

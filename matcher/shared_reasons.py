"""What both sides have in common, told from the evidence of the pair, the strongest first."""

from graphsvc.domain.text import fold
from matcher.evidence.complementarity import Meeting
from matcher.ranking import Signal
from matcher.reasons import Reason

NEAR_KM = 12.0
Facts = dict[str, object]
Grounds = dict[Signal, tuple[float, Facts]]


def common_ground(evidence: Grounds, home_ids: frozenset[str]) -> list[Reason]:
    """Reasons both sides share. `evidence` maps signals to (score, facts); places of `home_ids` say
    nothing.
    """
    found = [
        *_territory(evidence, home_ids),
        *_themes(evidence),
        *_partners(evidence),
        *_purpose(evidence),
        *_proximity(evidence),
    ]
    return found or _purpose(evidence, words_needed=1) or _last_resort(evidence)


def _last_resort(evidence: Grounds) -> list[Reason]:
    """The home territory they share, else that partners of partners join them, else that what they did is
    told in like words.
    """
    if found := _territory(evidence, frozenset()):
        return found
    if evidence.get(Signal.WALK, (0.0, {}))[0] <= 0 < evidence.get(Signal.PURPOSE, (0.0, {}))[0]:
        return [Reason("similar_works", {})]
    return [Reason("few_handshakes", {})] if evidence.get(Signal.WALK, (0.0, {}))[0] > 0 else []


def completing(facts: Facts, *, for_asker: bool) -> list[Reason]:
    """The complementarity of the pair as one side sees it; nothing when it brings that side nothing."""
    meeting = facts.get("meeting")
    if meeting in (Meeting.THEIR_OFFER, Meeting.THEIR_NEED):
        gains = (meeting == Meeting.THEIR_OFFER) == for_asker
        return [Reason("complementary_offer" if gains else "need_for_your_offer", facts)]
    if meeting == Meeting.THEIR_ROLE:
        return [Reason("role_answers_need" if for_asker else "part_of_its_role", facts)]
    return [Reason(str(meeting), facts)] if meeting in (Meeting.COMMON_NEED, Meeting.COMMON_WISH) else []


def _territory(evidence: Grounds, home_ids: frozenset[str]) -> list[Reason]:
    places = _listed(evidence, Signal.TERRITORIES, "places")
    telling = [p for p in places if p["id"] not in home_ids]
    if not telling:
        return []
    code = "same_country" if telling[0]["level"] == "country" else "common_territory"
    return [Reason(code, {"place": telling[0], "others": telling[1:]})]


def _themes(evidence: Grounds) -> list[Reason]:
    themes = _listed(evidence, Signal.THEMES, "themes")
    exact = [t for t in themes if t["exact"]]
    if exact:
        return [Reason("common_theme", {"themes": exact})]
    if not themes:
        return []
    own = [t for t in _listed(evidence, Signal.THEMES, "theirs") if t["parent"] == themes[0]["id"]]
    return [Reason("related_theme", {"themes": themes[:1], "theirs": own[:2]})]


def _partners(evidence: Grounds) -> list[Reason]:
    score, facts = evidence.get(Signal.TIES, (0.0, {}))
    return [Reason("neighbours_known", facts)] if score > 0 and facts.get("partners") else []


def _purpose(evidence: Grounds, words_needed: int = 0) -> list[Reason]:
    """A theme recognised in both texts, that no other reason tells; bare words only where nothing else
    joins the two (`words_needed` of them): a list of words argues little.
    """
    score, facts = evidence.get(Signal.PURPOSE, (0.0, {}))
    if score < 0.07:
        return []
    told = {t[key] for t in _listed(evidence, Signal.THEMES, "themes") for key in ("id", "parent")}
    concepts = [c for c in _listed(evidence, Signal.PURPOSE, "concepts") if c["id"] not in told]
    if not (concepts or words_needed):
        return []
    places = {
        w for p in _listed(evidence, Signal.TERRITORIES, "places") for w in fold(str(p["name"])).split()
    }
    words = facts.get("words")
    new = [w for w in words if fold(w) not in places] if isinstance(words, list) else []
    if not concepts and len(new) < words_needed:
        return []
    return [Reason("common_purpose", {"words": new, "concepts": concepts})]


def _proximity(evidence: Grounds) -> list[Reason]:
    _, facts = evidence.get(Signal.PROXIMITY, (0.0, {}))
    if facts.get("same_commune"):
        return [Reason("same_commune", {"place": facts["place"]})]
    if "same_intercommunality" in facts:
        return [Reason("same_intercommunality", {"place": facts["same_intercommunality"], "km": facts["km"]})]
    km = facts.get("km")
    return [Reason("near", facts)] if isinstance(km, float) and km <= NEAR_KM else []


def _listed(evidence: Grounds, signal: Signal, key: str) -> list[Facts]:
    score, facts = evidence.get(signal, (0.0, {}))
    listed = facts.get(key)
    return listed if score > 0 and isinstance(listed, list) else []

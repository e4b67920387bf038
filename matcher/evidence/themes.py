"""Themes in common: the same narrow theme counts most, the same parent a little, rare themes more than
common ones.

Formula: sum over the shared features of c c' w² / (l l'). A theme and its parent are features, of rarity
w = log(1 + N / n) / log(1 + N); l = sqrt(sum of the w² of an actor + 1) is the length of its vector; c
in (0, 1] is the confidence that it works on it (1 when its record says so, less when a link, project or
sheet shows it). Two actors known by one very common theme only therefore match little. See
matcher/taxonomy.py for the sources.
"""

from graphsvc.snapshot import Snapshot
from matcher.sparse import Rows, Vector
from matcher.taxonomy import Entries, Shared, Taxonomy, taxonomy_features, taxonomy_query


def theme_features(snapshot: Snapshot, works_on: Rows) -> tuple[Rows, Taxonomy]:
    """The feature rows of what actors work on."""
    return taxonomy_features(works_on, snapshot.themes.parent)


def theme_query(entries: dict[int, float], taxonomy: Taxonomy) -> Vector:
    """The query of these themes (position -> weight)."""
    return taxonomy_query(entries, taxonomy)


def theme_facts(
    snapshot: Snapshot, taxonomy: Taxonomy, shared: Shared, theirs: Entries, limit: int = 3
) -> dict[str, object]:
    """The first of the themes shared: `{"themes": [{"id", "label", "parent", "exact"}]}`.

    `exact` is false where the two sides name different themes under this one; `theirs` are then those of the
    candidate.
    """
    shared = shared[:limit]
    facts: dict[str, object] = {
        "themes": [{**topic_facts(snapshot, t), "exact": exact} for t, exact in shared]
    }
    above = {t for t, exact in shared if not exact}
    if not above:
        return facts
    under = sorted(t for t in theirs.named if not above.isdisjoint(taxonomy.chains[t][1:]))
    if under:
        facts["theirs"] = [topic_facts(snapshot, t) for t in under[:limit]]
    return facts


def topic_facts(snapshot: Snapshot, t: int) -> dict[str, object]:
    """A theme as facts name it."""
    theme = snapshot.theme(t)
    return {"id": theme.id, "label": theme.label, "parent": theme.parent}

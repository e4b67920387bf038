"""Kind fit: which kinds of organisation usually do something together.

Formula: the table below (symmetric, 0 to 1), read from what the Essonne documents report and ask for:
schools with schools, twinning committees with communes, diaspora associations with associations, local
authorities with the authorities of partner territories, networks and resource centres with all. It is a
light prior that orders otherwise equal candidates; it never makes a suggestion by itself.

Source: our reading of the documents of `seed/essonne/SOURCES.md` (`doc-2012-caece`, diagnosis and plan;
`doc-2016-concertation`, what actors ask for; `doc-2017-lettre`, `doc-cg-web`, `doc-2010-atelier7`). The
figures are judgements in four steps, not measures: no document states them.
"""

from functools import cache

import numpy as np

from graphsvc.domain.actors import ActorKind as K
from graphsvc.snapshot.columns import F64

ORDINARY = 0.4
_FIT: dict[frozenset[K], float] = {
    frozenset(pair): fit
    for fit, pairs in {
        1.0: (
            (K.ASSOCIATION,), (K.DIASPORA,), (K.SCHOOL,), (K.ASSOCIATION, K.DIASPORA),
            (K.COMMUNE, K.TWINNING_COMMITTEE),
            (K.COMMUNE, K.PARTNER_TERRITORY), (K.INTERCOMMUNALITY, K.PARTNER_TERRITORY),
            (K.DEPARTMENT, K.PARTNER_TERRITORY), (K.REGION, K.PARTNER_TERRITORY), (K.PARTNER_TERRITORY,),
            (K.ASSOCIATION, K.PARTNER_ORGANISATION), (K.DIASPORA, K.PARTNER_ORGANISATION),
            (K.PARTNER_ORGANISATION,),
            (K.TWINNING_COMMITTEE, K.PARTNER_TERRITORY), (K.HIGHER_EDUCATION,), (K.HEALTH,),
        ),
        0.8: (
            (K.ASSOCIATION, K.SCHOOL), (K.ASSOCIATION, K.SOCIAL_VENUE), (K.DIASPORA, K.PARTNER_TERRITORY),
            (K.ASSOCIATION, K.PARTNER_TERRITORY), (K.TWINNING_COMMITTEE,),
            (K.TWINNING_COMMITTEE, K.ASSOCIATION),
            (K.TWINNING_COMMITTEE, K.SCHOOL), (K.ASSOCIATION, K.CULTURAL_ACTOR), (K.ASSOCIATION, K.HEALTH),
            (K.INTERCOMMUNALITY,), (K.ASSOCIATION, K.HIGHER_EDUCATION), (K.DIASPORA, K.SOCIAL_VENUE),
            (K.HIGHER_EDUCATION, K.RESEARCH_CLUSTER), (K.BUSINESS, K.CHAMBER), (K.ASSOCIATION, K.EXPERT),
            (K.INTERCOMMUNALITY, K.EXPERT), (K.COMMUNE,), (K.SCHOOL, K.PARTNER_ORGANISATION),
            (K.INSERTION_BODY, K.PARTNER_ORGANISATION), (K.HEALTH, K.PARTNER_ORGANISATION),
        ),
        0.6: (
            (K.ASSOCIATION, K.COMMUNE), (K.DIASPORA, K.COMMUNE), (K.ASSOCIATION, K.INTERCOMMUNALITY),
            (K.ASSOCIATION, K.FOUNDATION), (K.ASSOCIATION, K.BUSINESS), (K.COMMUNE, K.INTERCOMMUNALITY),
            (K.DEPARTMENT, K.INTERCOMMUNALITY), (K.ASSOCIATION, K.DEPARTMENT), (K.SCHOOL, K.COMMUNE),
            (K.SCHOOL, K.HIGHER_EDUCATION), (K.DIASPORA, K.INTERCOMMUNALITY), (K.REGION, K.INTERCOMMUNALITY),
        ),
    }.items()
    for pair in pairs
}  # fmt: skip


def kind_fit(mine: K, theirs: K) -> float:
    """How usual it is that these two kinds work together."""
    return _FIT.get(frozenset((mine, theirs)), ORDINARY)


@cache
def kind_scores(mine: K | None) -> F64:
    """The fit of each kind, in the order of ActorKind (read only); the ordinary value when the asker has no
    kind.
    """
    fits = [ORDINARY if mine is None else kind_fit(mine, theirs) for theirs in K]
    scores = np.array(fits)
    scores.flags.writeable = False
    return scores


def kind_facts(theirs: K) -> dict[str, object]:
    """`{"kind": code}`."""
    return {"kind": theirs.value}

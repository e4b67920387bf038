"""Freshness: how recently the candidate's record was confirmed.

Formula: 2^(-years / 5), whole years between the last confirmation and today, at most 40; 0 when never
confirmed. A record of 2012 read in 2026 keeps 0.14: it still counts less than one confirmed last year, and
the reasons say so.

Source: exponential decay with age, as recency is weighed in retrieval (Efron and Golovchinsky 2011,
"Estimation methods for ranking recent information", SIGIR). The half-life of five years is our choice: it is
not fitted.
"""

from datetime import date

import numpy as np

from graphsvc.snapshot.columns import DAY_MIN, F64, I32

HALF_LIFE_YEARS = 5.0
OLDEST = 40
NEVER = OLDEST + 1


def age_buckets(confirmed: I32, today: int) -> I32:
    """Whole years since confirmation (0 to 40), NEVER when never confirmed; `today` is an ordinal, a later
    day counts as today.
    """
    years = np.floor((today - confirmed.astype(np.int64)) / 365.25)
    buckets = np.where(confirmed <= DAY_MIN, NEVER, np.minimum(np.maximum(years, 0), OLDEST))
    return buckets.astype(np.int32)


def freshness_scores() -> F64:
    """The score of each bucket, 0 … NEVER."""
    scores = np.exp2(-np.arange(NEVER + 1) / HALF_LIFE_YEARS)
    scores[NEVER] = 0.0
    return scores


def freshness_facts(confirmed: int) -> dict[str, object]:
    """`{"confirmed_on": ISO day or None}`."""
    return {"confirmed_on": date.fromordinal(confirmed).isoformat() if confirmed > DAY_MIN else None}

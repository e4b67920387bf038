"""Links the site proposes, drawn on a map on demand: to the chosen actor, or to the isolated actors shown."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.snapshot import Snapshot
from web.maps.chosen import MapFilter, Shown
from web.spoken import gettext as _
from web.spoken import ngettext
from web.views.partners.suggested import suggestions_for

MOST_ASKED = 40
"""Isolated actors for whom one link each is sought: more would be neither read nor quick."""
TO_ONE = 3
"""Suggestions to the chosen actor, as the panel of the map lists them."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Pairs (isolated actor, whom it might meet), best known reason of each; `left`: not looked at."""

    pairs: tuple[tuple[int, int], ...] = ()
    whys: tuple[str, ...] = ()
    without: int = 0
    left: int = 0

    def said(self) -> str:
        """What was sought and found, in words."""
        found, asked = len(self.pairs), len(self.pairs) + self.without
        if not asked:
            return _("Aucun acteur de cette carte n'est sans coopération en cours : rien à proposer.")
        told = (
            ngettext(
                "Un lien proposé, qui n'existe pas encore, est tracé en tirets : le meilleur d'un acteur "
                "isolé.",
                "%(num)d liens proposés, qui n'existent pas encore, sont tracés en tirets : le meilleur de "
                "chaque acteur isolé.",
                found,
            )
            if found
            else _("Aucun lien n'a été trouvé entre un acteur isolé et un autre de cette carte.")
        )
        more = []
        if found and self.without:
            more.append(
                ngettext(
                    "Pour un autre, personne de cette carte ne convient.",
                    "Pour %(num)d autres, personne de cette carte ne convient.",
                    self.without,
                )
            )
        if self.left:
            more.append(
                ngettext(
                    "Un acteur isolé de plus n'a pas été examiné : filtrez la carte pour le voir.",
                    "%(num)d acteurs isolés de plus n'ont pas été examinés : filtrez la carte pour les voir.",
                    self.left,
                )
            )
        return " ".join((told, *more))


def proposed_links(snapshot: Snapshot, shown: Shown, wanted: MapFilter, today: date) -> Proposed:
    """For each of the first isolated actors that the filters let through, the best link within the map."""
    if not wanted.proposed:
        return Proposed()
    alone = shown.members[(shown.degree[shown.members] == 0) & snapshot.actors.engaged[shown.members]]
    isolated = [i for i in alone.tolist() if i not in shown.context]
    pairs, whys = [], []
    for i in isolated[:MOST_ASKED]:
        found = _best_here(snapshot, shown, i, today)
        if found is not None:
            pairs.append((i, found[0]))
            whys.append(found[1])
    asked = min(len(isolated), MOST_ASKED)
    return Proposed(tuple(pairs), tuple(whys), asked - len(pairs), len(isolated) - asked)


def links_to(snapshot: Snapshot, shown: Shown, i: int, today: date) -> tuple[tuple[int, int], ...]:
    """Whom of this map the site proposes to one actor, as its panel does."""
    items = suggestions_for(snapshot, i, today, top=TO_ONE).items
    found = [snapshot.index(one.line.actor.id) for one in items]
    return tuple((i, j) for j in found if j is not None and _is_here(shown, j))


def _best_here(snapshot: Snapshot, shown: Shown, i: int, today: date) -> tuple[int, str] | None:
    for one in suggestions_for(snapshot, i, today).items:
        j = snapshot.index(one.line.actor.id)
        if j is not None and _is_here(shown, j):
            return j, str(one.for_you[0]) if one.for_you else ""
    return None


def _is_here(shown: Shown, j: int) -> bool:
    at = int(np.searchsorted(shown.members, j))
    return at < len(shown.members) and int(shown.members[at]) == j

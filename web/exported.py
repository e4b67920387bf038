"""How files for other programs show the network: French words, the colours and the positions of the map."""

from graphsvc.analytics.layout import Layout, compute_layout
from graphsvc.exchange.network import Look
from graphsvc.snapshot import Snapshot
from web.labels import KIND_STYLE, LABELS, label

_GROUPS = ("actor_kind", "link_class", "link_kind", "link_state")


def look(snapshot: Snapshot, layout: Layout | None = None) -> Look:
    """Words by code, colours by kind, positions by actor id: those of the site's map when it is given."""
    layout = layout or compute_layout(snapshot)
    return Look(
        labels={code: label(group, code) for group in _GROUPS for code in LABELS[group]},
        colours={kind: style.colour for kind, style in KIND_STYLE.items()},
        positions={
            id_: (float(x), float(y)) for id_, x, y in zip(layout.ids, layout.x, layout.y, strict=True)
        },
    )

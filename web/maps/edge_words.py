"""Why two actors are joined, in a few words: kind, state, years."""

from typing import Any

from graphsvc.analytics.projection import Edge
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import RelationSource
from web.french import capital
from web.labels import gender, label, state_label
from web.spoken import gettext as _
from web.spoken import ngettext
from web.written import period_text

_MOST = 4


def edge_text(snapshot: Snapshot, edge: Edge) -> str:
    """The relations behind an edge, the first four said and the others counted."""
    told = list(dict.fromkeys(_row_text(snapshot, row) for row in edge.rows))
    more = len(told) - _MOST
    if more > 0:
        told[_MOST:] = [ngettext("et %(num)s autre", "et %(num)s autres", more)]
    return _(" ; ").join(told)


def _row_text(snapshot: Snapshot, row: int) -> str:
    relations = snapshot.relations
    source, k = RelationSource(int(relations.source[row])), int(relations.record[row])
    if source is RelationSource.PART_OF:
        return _("Service ou structure rattachée")
    if source is RelationSource.EVENT:
        return _("Présents ensemble : %(title)s", title=snapshot.event(k).title)
    record: Any
    if source is RelationSource.LINK:
        record = snapshot.link(k)
        words, sex = capital(label("link_kind", record.kind.value)), gender("link_kind", record.kind.value)
    elif source is RelationSource.AGREEMENT:
        record = snapshot.agreement(k)
        words, sex = _("Accord « %(title)s »", title=record.title), "m"
    else:
        record = snapshot.project(k)
        words, sex = _("Projet « %(title)s »", title=record.title), "m"
    details = [state_label(record.state.value, sex)] if record.state is not None else []
    when = period_text(record.start, record.end)
    if when:
        details.append(when)
    return f"{words} ({', '.join(details)})" if details else words

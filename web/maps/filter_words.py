"""The filters of a map in words: what was kept, for a reader who does not have the address."""

from collections.abc import Iterator

from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from web.labels import plural
from web.maps.chosen import DEFAULT_CLASSES, MapFilter
from web.named import place_name, topic_name
from web.spoken import gettext as _
from web.spoken import ngettext
from web.written import counted, listed


def map_title(snapshot: Snapshot, wanted: MapFilter) -> str:
    """The title of a map under these filters."""
    if wanted.centre is None:
        return _("Carte du réseau")
    return _("Entourage : %(name)s", name=snapshot.name(wanted.centre))


def filter_sentence(snapshot: Snapshot, wanted: MapFilter) -> str:
    """« Filtres : thème santé ; siège à Massy. », or that there is none."""
    parts = _parts(snapshot, wanted)
    if not parts:
        return _("Sans filtre : tout le réseau documenté, y compris ce qui a pris fin.")
    return _("Filtres : %(filters)s.", filters=_(" ; ").join(parts))


def _parts(snapshot: Snapshot, wanted: MapFilter) -> list[str]:
    return [*_subjects(snapshot, wanted), *_codes(wanted), *_times(wanted), *_looks(snapshot, wanted)]


def _subjects(snapshot: Snapshot, wanted: MapFilter) -> Iterator[str]:
    if wanted.centre is not None and wanted.steps > 1:
        yield _("jusqu'à %(steps)s", steps=counted(wanted.steps, "pas", "pas"))
    if wanted.theme is not None:
        yield _("thème « %(name)s »", name=topic_name(snapshot.theme(wanted.theme)))
    if wanted.seat is not None:
        yield _("siège : %(name)s", name=place_name(snapshot.place(wanted.seat)))
    if wanted.territory is not None:
        yield _("territoire d'action : %(name)s", name=place_name(snapshot.place(wanted.territory)))


def _codes(wanted: MapFilter) -> Iterator[str]:
    if wanted.kinds:
        kinds = sorted(plural("actor_kind", kind.value, 2) for kind in wanted.kinds)
        yield _("types d'acteurs : %(names)s", names=listed(kinds))
    if wanted.classes != DEFAULT_CLASSES:
        classes = [plural("link_class", c.value, 2) for c in LinkClass if c in wanted.classes]
        yield _("relations : %(names)s", names=listed(classes))


def _looks(snapshot: Snapshot, wanted: MapFilter) -> Iterator[str]:
    if wanted.start is not None and wanted.goal is not None:
        ends = {"start": snapshot.name(wanted.start), "goal": snapshot.name(wanted.goal)}
        yield _("chemin de %(start)s à %(goal)s", **ends)
    if wanted.proposed:
        yield _("avec les liens proposés aux acteurs isolés")
    if wanted.imagined:
        yield ngettext("un lien imaginé", "%(num)d liens imaginés", len(wanted.imagined))


def _times(wanted: MapFilter) -> Iterator[str]:
    if wanted.year is not None:
        yield _("en %(year)s", year=wanted.year)
    if wanted.compared is not None:
        yield _("comparé à %(year)s", year=wanted.compared)
    if not wanted.past:
        yield _("en cours seulement")
    if wanted.fresh:
        yield _("confirmées depuis moins de dix ans")
    if wanted.unknown:
        yield _("avec les acteurs sans activité connue")

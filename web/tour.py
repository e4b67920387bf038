"""The guided tour: a few views of the map with a text each, published by people or made from the data."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from graphsvc.analytics.layout import Layout
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.links import LinkClass
from graphsvc.search import Filter, select
from graphsvc.snapshot import Snapshot
from people.saved_views import SavedView
from web.countries import countries_abroad
from web.kept_pages import map_query
from web.maps.chosen import DEFAULT_CLASSES, MapFilter, choose, read_filter
from web.maps.told import description
from web.named import place_name, topic_name
from web.spoken import gettext as _
from web.written import counted

_AROUND = 60.0  # map units around the tray
_SHAPE = 0.7  # height over width of the drawing of a sheet


@dataclass(frozen=True, slots=True)
class Step:
    """A view: its title and text, the address of the map, that of its picture, and the picture told."""

    title: str
    text: str
    address: str
    picture: str
    told: str


def published_tour(snapshot: Snapshot, views: list[SavedView], today: date) -> list[Step]:
    """The steps of published views; one whose filters mean nothing any more is left out."""
    found = []
    for view in views:
        query = map_query(view.address)
        try:
            read_filter(snapshot, query)
            found.append(
                _step(snapshot, view.name, view.text, query, today, url_for("saved_views.one", id_=view.id))
            )
        except InvalidValue:
            continue
    return found


def default_tour(snapshot: Snapshot, layout: Layout, today: date) -> list[Step]:
    """The whole, the country most present, the widest theme, the best connected, those apart."""
    facets = select(snapshot, Filter(engaged=True), today).facets
    return [
        _step(snapshot, title, text, query, today)
        for title, text, query in (
            *_whole(snapshot, today),
            *_country(snapshot, facets),
            *_theme(snapshot, facets),
            *_centre(snapshot, today),
            *_apart(snapshot, layout, today),
        )
    ]


Told = tuple[str, str, "MultiDict[str, str]"]
Facets = Mapping[str, Sequence[tuple[str, int]]]


def _step(
    snapshot: Snapshot, title: str, text: str, query: "MultiDict[str, str]", today: date, address: str = ""
) -> Step:
    shown = choose(snapshot, read_filter(snapshot, query), today)
    asked = urlencode(list(query.items(multi=True)))
    filters = urlencode([(k, v) for k, v in query.items(multi=True) if k not in ("cadre", "choix")])
    page = url_for("map.page") + (f"?{filters}" if filters else "")
    if query.get("choix"):
        page += "#" + urlencode({"choix": query["choix"]})
    picture = f"{url_for('map_exports.svg')}?{asked}{'&' if asked else ''}forme=ecran"
    return Step(title, text, address or page, picture, " ".join(description(snapshot, shown)))


def _whole(snapshot: Snapshot, today: date) -> Iterator[Told]:
    shown = choose(snapshot, MapFilter(), today)
    if shown.nodes:
        yield (
            _("Le réseau en un regard"),
            _(
                "%(actors)s et %(relations)s. Chaque signe est un acteur : sa forme et sa couleur disent ce "
                "qu'il est, sa taille combien de partenaires il a. Les acteurs très liés sont côte à côte ; "
                "les territoires partenaires sont à droite, pays par pays.",
                actors=counted(len(shown.nodes), _("acteur")),
                relations=counted(len(shown.edges), _("relation")),
            ),
            MultiDict(),
        )


def _country(snapshot: Snapshot, facets: Facets) -> Iterator[Told]:
    """The country abroad where most engaged actors act."""
    for code, count in countries_abroad(snapshot, facets["territory"])[:1]:
        yield (
            _("Un pays : %(name)s", name=_place(snapshot, code)),
            _(
                "C'est le pays étranger le plus cité : %(actors)s y agissent. La carte montre qui travaille "
                "là-bas, avec qui, et ce qui a pris fin.",
                actors=counted(count, _("acteur")),
            ),
            MultiDict({"territoire": code}),
        )


def _place(snapshot: Snapshot, code: str) -> str:
    p = snapshot.place_index(code)
    return code if p is None else place_name(snapshot.place(p))


def _theme(snapshot: Snapshot, facets: Facets) -> Iterator[Told]:
    """The group of themes that most engaged actors work on."""
    for code, count in facets["theme"]:
        t = snapshot.theme_index(code)
        if t is None or snapshot.themes.parent[t] >= 0:
            continue
        yield (
            _("Un thème : %(name)s", name=topic_name(snapshot.theme(t))),
            _(
                "C'est le thème le plus partagé : %(actors)s y travaillent. Les acteurs qui leur sont liés "
                "restent visibles, en plus clair.",
                actors=counted(count, _("acteur")),
            ),
            MultiDict({"theme": code}),
        )
        return


def _centre(snapshot: Snapshot, today: date) -> Iterator[Told]:
    """The actor that cooperations, past ones included, join to most others."""
    shown = choose(snapshot, MapFilter(classes=DEFAULT_CLASSES & {LinkClass.COOPERATION}), today)
    partners = Counter({i: len(others) for i, others in shown.partners.items()})
    for i, count in sorted(partners.items(), key=lambda pair: (-pair[1], pair[0]))[:1]:
        yield (
            _("Un acteur au centre : %(name)s", name=snapshot.name(i)),
            _(
                "Aucun acteur n'a plus de coopérations connues, passées et présentes : %(partners)s. Son "
                "entourage montre combien de liens passent par lui.",
                partners=counted(count, _("partenaire")),
            ),
            MultiDict({"acteur": snapshot.ids[i]}),
        )


def _apart(snapshot: Snapshot, layout: Layout, today: date) -> Iterator[Told]:
    """Those that nothing joins, where the map puts them."""
    shown, tray = choose(snapshot, MapFilter(), today), layout.tray
    alone = sum(i in set(tray.members) for i in shown.nodes)
    if not alone:
        return
    frame = _above(layout, [i for i in shown.nodes if i in set(tray.members)])
    yield (
        _("Ceux que rien ne relie"),
        _(
            "%(actors)s sans relation recensée. Rien n'est caché : la carte les range et les compte à part. "
            "Pour chacun, la coordination dispose de rencontres possibles et de qui peut les présenter.",
            actors=counted(alone, _("acteur")),
        ),
        MultiDict({"cadre": ",".join(f"{side:.1f}" for side in frame)}),
    )


def _above(layout: Layout, members: list[int]) -> tuple[float, float, float, float]:
    """A frame with these actors at its foot, as wide as they stand, in the shape of the sheet's drawing."""
    left, right = (float(pick(layout.x[i] for i in members)) for pick in (min, max))
    foot = layout.tray.y + layout.tray.height + _AROUND / 2
    wide = max(right - left, 600.0) + 2 * _AROUND
    return left - _AROUND, foot - wide * _SHAPE, left - _AROUND + wide, foot

"""« Trouver des partenaires »: a question asked in a minute, ten reasoned proposals, in one address."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Nature
from graphsvc.search import Filter, select
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.concern import Axis, above, entries, keys_of
from matcher.asks import LONGEST_TEXT, Ask, ContradictoryContext
from matcher.suggest import suggest
from web.declined import declined_of
from web.exposed import exposure_of
from web.kept import kept_in_words
from web.labels import label
from web.named import place_name, topic_name
from web.permissions import Action, policy
from web.shown import served, services, with_query
from web.spoken import gettext as _
from web.spoken import lazy_gettext as later
from web.views.actors.record_view import Named, named_places, named_themes
from web.views.partners.asked import Choice, Fault, Wanted, read_wanted
from web.views.partners.refused import may_decline, refused_by
from web.views.partners.suggested import Proposals, proposals_of
from web.views.publishing.sending import own_actors
from web.written import in_place, typeset

bp = Blueprint("partners", __name__)
TOP = 10
LISTED_PLACES = 250
_WITH_WHOM = {
    Ask.COOPERATE: later("avec qui coopérer"),
    Ask.NEED: later("qui peut répondre à un besoin précis"),
    Ask.POOL: later("avec qui mutualiser des moyens"),
    None: later("avec qui agir"),
}
_NEEDED = {
    Nature.COOPERATE: later("une coopération"),
    Nature.SKILL: later("une compétence"),
    Nature.EQUIPMENT: later("du matériel"),
    Nature.PREMISES: later("des locaux"),
    Nature.TRANSPORT: later("un transport"),
    Nature.SHARED_MISSION: later("une mission à partager"),
    Nature.FUNDING: later("un financement"),
    Nature.VOLUNTEER: later("des bénévoles"),
    Nature.INTERNSHIP: later("un stage"),
    Nature.TRAINING: later("une formation"),
    Nature.EVENT: later("un événement"),
    Nature.PATRONAGE: later("un mécénat"),
    Nature.EXPERIENCE: later("un retour d'expérience"),
}


@dataclass(frozen=True, slots=True)
class Help:
    """What the form proposes to choose from, and questions to try."""

    themes: tuple[str, ...]
    places: tuple[str, ...]
    kinds: tuple[str, ...]
    examples: tuple[tuple[str, dict[str, str]], ...]


@bp.get("/partenaires")
@policy(Action.READ)
def find_partners() -> str | Response:
    """The form, and the proposals when something is asked."""
    snapshot, today = served().snapshot, services().today()
    wanted = read_wanted(snapshot)
    if not wanted.faults and not wanted.candidates and wanted.asked() != list(request.args.items(multi=True)):
        return redirect(wanted.address(), 302)
    answer = _answer(snapshot, wanted, today) if wanted.asks_something else None
    page = render_template(
        "partners.html",
        wanted=wanted,
        answer=answer,
        told=_told(wanted),
        wider=_wider(snapshot, wanted),
        help=_help(snapshot, today),
        asks=[ask.value for ask in Ask],
        natures=[nature.value for nature in Nature if nature is not Nature.COOPERATE],
        longest=LONGEST_TEXT,
        may_decline=may_decline(snapshot, wanted.asker),
        refused=refused_by(snapshot, wanted.asker),
        order=services().order.sentence,
        own=own_actors(snapshot),
    )
    return make_response(page, 400 if wanted.faults else 200)


def _answer(snapshot: Snapshot, wanted: Wanted, today: date) -> Proposals | None:
    declined = declined_of(services().private, snapshot, wanted.asker)
    if wanted.who is None:  # one is not proposed to oneself, also when one did not say who one is
        declined |= {actor.id for actor in own_actors(snapshot)}
    try:
        found = suggest(
            snapshot,
            wanted.asker,
            wanted.context(declined),
            today=today,
            top=TOP,
            exposure=exposure_of(services().private, snapshot, wanted.asker, wanted.ask),
            learned=services().order.in_use,
        )
    except ContradictoryContext as refusal:
        near = [
            Choice(entry["name"], "", with_query({"territoire": entry["id"]})) for entry in refusal.nearest
        ]
        wanted.faults.append(Fault("territoire", "contradiction", refusal.asked, near))
        return None
    return proposals_of(snapshot, found, today)


def _told(wanted: Wanted) -> str:
    """The question as one sentence."""
    said = str(_NEEDED[wanted.nature] if wanted.nature is not None else _WITH_WHOM[wanted.ask])
    where = _any_of([in_place(p.name, p.level) for p in wanted.places])
    if where and (wanted.nature is not None or wanted.ask is not None):
        where = _("pour agir %(where)s", where=where)
    about = _any_of([_("« %(name)s »", name=t.name) for t in wanted.themes])
    kinds = _any_of([label("actor_kind", k.value) for k in wanted.kinds])
    parts = [
        _("Vous cherchez %(what)s", what=said),
        where,
        _("sur %(themes)s", themes=about) if about else "",
        f"({kinds})" if kinds else "",
    ]
    return typeset(" ".join(part for part in parts if part) + ".")


def _any_of(names: list[str]) -> str:
    """`A`, `A ou B`, `A, B ou C`."""
    if len(names) < 2:
        return names[0] if names else ""
    return _("%(several)s ou %(last)s", several=", ".join(names[:-1]), last=names[-1])


def _wider(snapshot: Snapshot, wanted: Wanted) -> dict[tuple[str, str], tuple[Named, str]]:
    """For each place and theme asked for, what contains it and the address that asks for that instead."""
    found = {}
    for axis, name, asked in (
        (Axis.TERRITORY, "territoire", wanted.places),
        (Axis.THEME, "theme", wanted.themes),
    ):
        for entry in asked:
            around = [p for e in entries(snapshot, axis, (entry.id,)) for p in above(snapshot, axis, e)][1:2]
            for key in (keys_of(snapshot, axis)[p] for p in around):
                named = named_places if axis is Axis.TERRITORY else named_themes
                others = [other.id for other in asked if other.id not in (entry.id, key)]
                found[name, entry.id] = (named(snapshot, (key,))[0], with_query({name: [*others, key]}))
    return found


@kept_in_words
def _help(snapshot: Snapshot, today: date) -> Help:
    facets = select(snapshot, Filter(engaged=True), today).facets
    places = [p for code, _ in facets["territory"] if (p := snapshot.place_index(code)) is not None]
    present = {code for code, _ in facets["kind"]}
    return Help(
        themes=tuple(snapshot.theme(t).label for t in range(len(snapshot.theme_ids))),
        places=tuple(snapshot.place(p).name for p in places[:LISTED_PLACES]),
        kinds=tuple(kind.value for kind in ActorKind if kind.value in present),
        examples=_examples(snapshot, facets),
    )


def _examples(
    snapshot: Snapshot, facets: dict[str, list[tuple[str, int]]]
) -> tuple[tuple[str, dict[str, str]], ...]:
    """Questions that this network can answer: its most usual partner territories and themes."""
    home = {a for p in snapshot.places.home.nonzero()[0].tolist() for a in snapshot.ancestors(int(p))}
    abroad = [
        p
        for code, _ in facets["territory"]
        if (p := snapshot.place_index(code)) is not None and p not in home
    ]
    themes = [t for code, _ in facets["theme"] if (t := snapshot.theme_index(code)) is not None]
    local = [p for p in abroad if snapshot.place(p).parent is not None] or abroad
    if not local:
        return ()
    place, country = snapshot.place(local[0]), snapshot.place(snapshot.ancestors(local[0])[-1])
    there = in_place(place_name(country), country.level.value)
    here = in_place(place.name, place.level.value)
    words = _("Partager un voyage ou un conteneur %(where)s", where=here)
    asked = [(words, {"demande": Ask.POOL.value, "territoire": place.id})]
    if themes:
        theme = snapshot.theme(themes[0])
        words = _("Coopérer %(where)s sur « %(theme)s »", where=there, theme=topic_name(theme))
        asked.append((words, {"demande": Ask.COOPERATE.value, "theme": theme.id, "territoire": country.id}))
    words = _("Trouver un financement pour agir %(where)s", where=there)
    asked.append((words, {"besoin": Nature.FUNDING.value, "territoire": country.id}))
    return tuple(asked)

"""Small networks to match: a real-looking one written out, and random ones."""

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedRole
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.domain.themes import Skill, Theme
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore

TODAY = date(2026, 11, 2)
L = PlaceLevel

PLACES = (
    Place("FR", "France", L.COUNTRY),
    Place("FR-91", "Essonne", L.DEPARTMENT, PlaceRole.HOME, "FR", 48.5, 2.25),
    Place("GPS", "Grand Paris Sud", L.INTERCOMMUNALITY, None, "FR-91", 48.62, 2.45),
    Place("91228", "Évry-Courcouronnes", L.MUNICIPALITY, None, "GPS", 48.63, 2.43),
    Place("91174", "Corbeil-Essonnes", L.MUNICIPALITY, None, "GPS", 48.61, 2.48),
    Place("91223", "Étampes", L.MUNICIPALITY, None, "FR-91", 48.43, 2.16),
    Place("91477", "Palaiseau", L.MUNICIPALITY, None, "FR-91", 48.71, 2.25),
    Place("ML", "Mali", L.COUNTRY, PlaceRole.PARTNER, None, 17.0, -4.0),
    Place("ML-1", "Région de Kayes", L.REGION, None, "ML", 14.5, -11.0),
    Place("ML-kayes", "Cercle de Kayes", L.DISTRICT, None, "ML-1", 14.4, -11.4),
    Place("ML-nioro", "Cercle de Nioro", L.DISTRICT, None, "ML-1", 15.2, -9.6),
    Place("SN", "Sénégal", L.COUNTRY, PlaceRole.PARTNER, None, 14.5, -14.4),
    Place("SN-DK", "Dakar", L.REGION, None, "SN", 14.7, -17.4),
)
THEMES = (
    Theme("education", "Éducation", None, ("école", "scolaire")),
    Theme("literacy", "Alphabétisation", "education", ("lecture",)),
    Theme("exchanges", "Échanges scolaires", "education", ("correspondance scolaire",)),
    Theme("water", "Eau et assainissement", None, ("eau", "AEPA")),
    Theme("wells", "Eau potable", "water", ("forage", "puits", "adduction d'eau")),
    Theme("floods", "Lutte contre les inondations", "water", ("inondation",)),
    Theme("health", "Santé", None, ("dispensaire", "soins")),
)
SKILLS = (
    Skill("accounting", "Comptabilité"),
    Skill("hydraulics", "Hydraulique"),
    Skill("evaluation", "Évaluation"),
)


def snapshot_of(*records: Record) -> Snapshot:
    """The snapshot of these records, with the vocabularies."""
    store = MemoryStore()
    store.apply([Put(r) for r in (*PLACES, *THEMES, *SKILLS, *records)], by="test")
    return build_snapshot(store)


def actor(key: str, name: str = "", **fields: object) -> Actor:
    """An actor, an association unless said otherwise."""
    kind = fields.pop("kind", ActorKind.ASSOCIATION)
    return Actor(id=key, name=name or key, kind=kind, **fields)  # type: ignore[arg-type]


def link(a: str, b: str, kind: LinkKind = LinkKind.PARTNERSHIP, **fields: object) -> Link:
    """A link, active unless said otherwise."""
    key = str(fields.pop("id", f"{kind.value}-{a}-{b}"))
    fields.setdefault("state", State.ACTIVE)
    return Link(id=key, actor_a=a, actor_b=b, kind=kind, **fields)  # type: ignore[arg-type]


def offer(key: str, owner: str, nature: Nature = Nature.SKILL, **fields: object) -> Announcement:
    """An open offer."""
    return Announcement(key, f"Offre {key}", Direction.OFFER, nature, owner, **fields)  # type: ignore[arg-type]


def need(key: str, owner: str | None, nature: Nature = Nature.SKILL, **fields: object) -> Announcement:
    """An open need, recorded when it has no owner."""
    if owner is None:
        fields["state"] = AnnouncementState.RECORDED
    return Announcement(key, f"Besoin {key}", Direction.NEED, nature, owner, **fields)  # type: ignore[arg-type]


def year(value: int) -> PartialDate:
    """The whole year."""
    return PartialDate(value)


WORDS = (
    "forage",
    "puits",
    "lecture",
    "bibliothèque",
    "dispensaire",
    "maraîchage",
    "jeunes",
    "femmes",
    "Évry",
    "l'eau",
)
_PLACE_IDS = [p.id for p in PLACES]
# Made once: hypothesis spends more time on making a strategy than on drawing from it.
_seats = st.none() | st.sampled_from(["91228", "91174", "91223", "91477", "ML-kayes", "SN-DK"])
_ends = st.sampled_from([None, None, None, year(2015)])
_titles, _words = st.sampled_from(["Amis", "Union", "Comité"]), st.sampled_from(WORDS)
_actor_kinds, _link_kinds = st.sampled_from(list(ActorKind)), st.sampled_from(list(LinkKind))
_roles = st.sets(st.sampled_from(list(ActorRole)), max_size=2)
_themes = {most: st.sets(st.sampled_from([t.id for t in THEMES]), max_size=most) for most in (1, 2, 3)}
_places = {most: st.sets(st.sampled_from(_PLACE_IDS), max_size=most) for most in (1, 3)}
_purposes = st.lists(_words, max_size=6)
_confirmed = st.sampled_from([None, year(2012), year(2016), year(2026)])
_states = st.none() | st.sampled_from(list(State))
_starts = st.sampled_from([None, year(1994), year(2010)])
_links_confirmed = st.sampled_from([None, year(2012), year(2017)])
_makers, _natures = st.sampled_from([offer, need]), st.sampled_from(list(Nature))
_skills = st.sets(st.sampled_from([s.id for s in SKILLS]), max_size=2)


@st.composite
def random_actor(draw: st.DrawFn, key: str) -> Actor:
    """Any mix of what a record may say, often nothing."""
    seat = draw(_seats)
    ended = draw(_ends)
    return Actor(
        id=key,
        name=draw(_titles) + " " + draw(_words),
        kind=draw(_actor_kinds),
        roles=tuple(DatedRole(r) for r in draw(_roles)),
        ended=ended,
        seat=seat,
        country="FR" if seat is None or seat.startswith("9") else seat[:2],
        themes=tuple(draw(_themes[3])),
        territories=tuple(draw(_places[3])),
        purpose=" ".join(draw(_purposes)) or None,
        confirmed_on=draw(_confirmed),
    )


@st.composite
def random_records(draw: st.DrawFn, most: int = 12) -> list[Record]:
    """Actors, links, projects and announcements of a random network."""
    keys = [f"a{n:02d}" for n in range(draw(st.integers(2, most)))]
    records: list[Record] = [draw(random_actor(key)) for key in keys]
    pair = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda p: p[0] != p[1])
    for n, (a, b) in enumerate(draw(st.lists(pair, max_size=2 * most))):
        records.append(
            link(
                a,
                b,
                draw(_link_kinds),
                id=f"l{n}",
                state=draw(_states),
                territories=tuple(draw(_places[1])),
                themes=tuple(draw(_themes[1])),
                start=draw(_starts),
                confirmed_on=draw(_links_confirmed),
            )
        )
    for n, members in enumerate(
        draw(st.lists(st.sets(st.sampled_from(keys), min_size=1, max_size=4), max_size=3))
    ):
        parts = tuple(Participation(m) for m in sorted(members))
        records.append(
            Project(f"p{n}", f"Projet {n}", State.ACTIVE, territories=("ML-kayes",), participations=parts)
        )
    owners: Iterable[str] = draw(st.lists(st.sampled_from(keys), max_size=4))
    for n, owner in enumerate(owners):
        make = draw(_makers)
        skills = tuple(draw(_skills))
        themes = tuple(draw(_themes[2]))
        records.append(make(f"n{n}", owner, draw(_natures), skills=skills, themes=themes))
    return records

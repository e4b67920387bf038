"""The tables of the format: file names, columns in French and English."""

from enum import Enum

from graphsvc.domain.actors import ActorKind, ActorRole, Engagement, SchoolLevel
from graphsvc.domain.announcements import AnnouncementState, Direction, Nature, Result
from graphsvc.domain.events import AttendanceRole, EventKind
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.places import PlaceLevel, PlaceRole
from graphsvc.domain.projects import ParticipationRole
from graphsvc.domain.records import RecordKind
from graphsvc.exchange.columns import Cell, Column, TableSpec


def _ref(
    field: str, french: str, english: str, kind: RecordKind, *also: str, required: bool = False
) -> Column:
    return Column(field, french, english, Cell.REF, also, kind=kind, required=required)


def _code(
    field: str, french: str, english: str, enum: type[Enum], *also: str, required: bool = False
) -> Column:
    return Column(field, french, english, Cell.CODE, also, enum=enum, required=required)


def _date(field: str, french: str, english: str, *also: str) -> Column:
    return Column(field, french, english, Cell.DATE, also)


_ID = Column("id", "id", "id", Cell.KEY, ("identifiant", "cle"))
_CODE = Column("id", "code", "code", Cell.KEY, ("id",), required=True)
_TITLE = Column("title", "titre", "title", Cell.NAME, ("nom", "name"), required=True)
_DESCRIPTION = Column("description", "description", "description", Cell.TEXT)
_SOURCE = Column("source", "source", "source", Cell.TEXT)
_THEMES = Column("themes", "themes", "themes", Cell.REFS, ("theme",), kind=RecordKind.THEME)
_TERRITORIES = Column(
    "territories", "territoires", "territories", Cell.REFS, ("territoire", "territory"), kind=RecordKind.PLACE
)
_STATE = _code("state", "etat", "state", State, "statut")
_START = _date("start", "debut", "start")
_END = _date("end", "fin", "end")
_CONFIRMED = _date("confirmed_on", "confirme_le", "confirmed_on", "confirmee_le")
_LATITUDE = Column("latitude", "latitude", "latitude", Cell.NUMBER, ("lat",))
_LONGITUDE = Column("longitude", "longitude", "longitude", Cell.NUMBER, ("lon", "lng", "long"))


def _vocabulary(name: str, french: str, english: str, kind: RecordKind) -> TableSpec:
    columns = (
        _CODE,
        Column("label", "libelle", "label", Cell.NAME, ("nom", "name"), required=True),
        _ref("parent", "parent", "parent", kind),
        Column("synonyms", "synonymes", "synonyms", Cell.TEXTS),
        Column("external_codes", "codes_externes", "external_codes", Cell.TEXTS),
        _SOURCE,
    )
    return TableSpec(name, french, english, kind, columns)


PLACES = TableSpec(
    "places",
    "territoires",
    "territories",
    RecordKind.PLACE,
    (
        _CODE,
        Column("name", "nom", "name", Cell.NAME, ("libelle", "label"), required=True),
        _code("role", "role", "role", PlaceRole),
        _code("level", "niveau", "level", PlaceLevel, required=True),
        _ref("parent", "parent", "parent", RecordKind.PLACE),
        _LATITUDE,
        _LONGITUDE,
        Column("population", "population", "population", Cell.WHOLE),
        Column("aliases", "alias", "aliases", Cell.TEXTS),
        _SOURCE,
    ),
    ("places",),
)
THEMES = _vocabulary("themes", "themes", "themes", RecordKind.THEME)
SKILLS = _vocabulary("skills", "competences", "skills", RecordKind.SKILL)
ACTORS = TableSpec(
    "actors",
    "acteurs",
    "actors",
    RecordKind.ACTOR,
    (
        _ID,
        Column("name", "nom", "name", Cell.NAME, required=True),
        Column("acronym", "sigle", "acronym", Cell.TEXT),
        Column("other_names", "autres_noms", "other_names", Cell.DATED_NAMES),
        _code("kind", "type", "kind", ActorKind, required=True),
        _code("level", "niveau", "level", SchoolLevel),
        Column("roles", "roles", "roles", Cell.DATED_ROLES, ("role",), enum=ActorRole),
        _code("engagement", "engagement", "engagement", Engagement),
        Column("succeeds", "succede_a", "succeeds", Cell.REFS, kind=RecordKind.ACTOR),
        _ref("part_of", "rattache_a", "part_of", RecordKind.ACTOR),
        _date("founded", "annee_creation", "founded", "creation"),
        _date("ended", "fin", "ended"),
        Column("seat", "code_insee", "insee", Cell.HINT, ("siege", "seat", "code_commune")),
        Column("municipality", "commune", "municipality", Cell.HINT, ("ville",)),
        Column("postcode", "code_postal", "postcode", Cell.HINT, ("cp",)),
        Column("country", "pays", "country", Cell.COUNTRY),
        _LATITUDE,
        _LONGITUDE,
        _THEMES,
        _TERRITORIES,
        Column("purpose", "objet", "purpose", Cell.TEXT),
        Column("website", "site_web", "website", Cell.URL, ("site", "site_internet")),
        Column("siren", "siren", "siren", Cell.SIREN),
        Column("rna", "rna", "rna", Cell.RNA, ("numero_rna",)),
        _SOURCE,
        _CONFIRMED,
    ),
)
LINKS = TableSpec(
    "links",
    "relations",
    "links",
    RecordKind.LINK,
    (
        _ID,
        _ref("actor_a", "acteur_a", "actor_a", RecordKind.ACTOR, required=True),
        _ref("actor_b", "acteur_b", "actor_b", RecordKind.ACTOR, required=True),
        _code("kind", "type", "kind", LinkKind, required=True),
        _STATE,
        _THEMES,
        _TERRITORIES,
        _START,
        _END,
        _DESCRIPTION,
        _SOURCE,
        _date("confirmed_on", "confirmee_le", "confirmed_on", "confirme_le"),
    ),
    ("liens",),
)
AGREEMENTS = TableSpec(
    "agreements",
    "accords",
    "agreements",
    RecordKind.AGREEMENT,
    (
        _ID,
        _TITLE,
        _code("kind", "type", "kind", LinkKind, required=True),
        _STATE,
        _THEMES,
        _TERRITORIES,
        _START,
        _END,
        _DESCRIPTION,
        _SOURCE,
        _CONFIRMED,
    ),
    ("conventions",),
)
PARTIES = TableSpec(
    "parties",
    "parties",
    "parties",
    RecordKind.AGREEMENT,
    (
        _ref("agreement", "accord", "agreement", RecordKind.AGREEMENT, "convention", required=True),
        _ref("actor", "acteur", "actor", RecordKind.ACTOR, required=True),
        Column("role", "role", "role", Cell.TEXT),
    ),
    owner="agreement",
    parts="parties",
)
PROJECTS = TableSpec(
    "projects",
    "projets",
    "projects",
    RecordKind.PROJECT,
    (_ID, _TITLE, _STATE, _THEMES, _TERRITORIES, _START, _END, _DESCRIPTION, _SOURCE, _CONFIRMED),
)
PARTICIPATIONS = TableSpec(
    "participations",
    "participations",
    "participations",
    RecordKind.PROJECT,
    (
        _ref("project", "projet", "project", RecordKind.PROJECT, required=True),
        _ref("actor", "acteur", "actor", RecordKind.ACTOR, required=True),
        _code("role", "role", "role", ParticipationRole),
        _START,
        _END,
        _SOURCE,
    ),
    owner="project",
    parts="participations",
)
ANNOUNCEMENTS = TableSpec(
    "announcements",
    "annonces",
    "announcements",
    RecordKind.ANNOUNCEMENT,
    (
        _ID,
        _ref("actor", "acteur", "actor", RecordKind.ACTOR),
        _code("direction", "sens", "direction", Direction, required=True),
        _code("nature", "nature", "nature", Nature, required=True),
        Column("skills", "competences", "skills", Cell.REFS, ("competence",), kind=RecordKind.SKILL),
        _THEMES,
        _TERRITORIES,
        _TITLE,
        _DESCRIPTION,
        _date("published_on", "publiee_le", "published_on"),
        _date("expires_on", "expire_le", "expires_on"),
        _code("state", "etat", "state", AnnouncementState),
        Column("outcome", "issue", "outcome", Cell.TEXT),
        _SOURCE,
        _code("result", "resultat", "result", Result),
        _ref("adopts", "reprend", "adopts", RecordKind.ANNOUNCEMENT),
    ),
)
EVENTS = TableSpec(
    "events",
    "evenements",
    "events",
    RecordKind.EVENT,
    (
        _ID,
        _TITLE,
        _code("kind", "type", "kind", EventKind, required=True),
        _THEMES,
        _TERRITORIES,
        _ref("place", "lieu", "place", RecordKind.PLACE),
        _START,
        _END,
        _DESCRIPTION,
        _SOURCE,
    ),
)
ATTENDANCES = TableSpec(
    "attendances",
    "participants",
    "attendances",
    RecordKind.EVENT,
    (
        _ref("event", "evenement", "event", RecordKind.EVENT, required=True),
        _ref("actor", "acteur", "actor", RecordKind.ACTOR, required=True),
        _code("role", "role", "role", AttendanceRole),
    ),
    owner="event",
    parts="attendances",
)
CALLS = TableSpec(
    "calls",
    "appels",
    "calls",
    RecordKind.CALL,
    (
        _ID,
        _TITLE,
        _ref("funder", "financeur", "funder", RecordKind.ACTOR),
        Column("open_to", "pour", "open_to", Cell.CODES, enum=ActorKind),
        _THEMES,
        _TERRITORIES,
        _date("opens_on", "ouvre_le", "opens_on"),
        _date("closes_on", "ferme_le", "closes_on"),
        Column("max_amount", "montant_max", "max_amount", Cell.NUMBER),
        Column("url", "lien", "url", Cell.URL),
        _SOURCE,
    ),
)
EXPERIENCES = TableSpec(
    "experiences",
    "experiences",
    "experiences",
    RecordKind.EXPERIENCE,
    (
        _ID,
        _TITLE,
        _ref("actor", "acteur", "actor", RecordKind.ACTOR),
        _THEMES,
        _TERRITORIES,
        Column("period", "periode", "period", Cell.PERIOD),
        Column("done", "realise", "done", Cell.TEXT),
        Column("successes", "reussites", "successes", Cell.TEXT),
        Column("failures", "echecs", "failures", Cell.TEXT),
        Column("advice", "conseils", "advice", Cell.TEXT),
        _SOURCE,
    ),
)
TABLES: tuple[TableSpec, ...] = (
    PLACES,
    THEMES,
    SKILLS,
    ACTORS,
    LINKS,
    AGREEMENTS,
    PARTIES,
    PROJECTS,
    PARTICIPATIONS,
    ANNOUNCEMENTS,
    EXPERIENCES,
    CALLS,
    EVENTS,
    ATTENDANCES,
)

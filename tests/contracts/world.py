"""A small world with one of everything, and hard text, for the tests of the stores."""

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedName, DatedRole, Engagement, SchoolLevel
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.calls import Call
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record, RecordKind, Ref
from graphsvc.domain.themes import Skill, Theme

HARD_TEXTS = (
    "œuvre, Œuvre, ŒUVRE, cœur, æ, ß, ÿ",
    "É è ê ë ç à ù — « guillemets » l’apostrophe 'droite'",
    "e\u0301 décomposé et \u00e9 composé",
    "😀👩\u200d👩\u200d👧 🇲🇱 \U0010ffff",
    "الجمعية 协会 Ассоциация",
    "",
    " ",
    "\t\r\n\u2028\u0085 fins de ligne",
    "'); DROP TABLE record; --",
    "`}) DETACH DELETE n //",
    '"quotes" \\backslash\\ $param {id: 1}',
    "\ufeff\u202e bidi \u0000".replace("\u0000", ""),
    "long " * 20_000,
)
COUNTRY = Place("FR", "France", PlaceLevel.COUNTRY)
ESSONNE = Place(
    "91", "Essonne", PlaceLevel.DEPARTMENT, PlaceRole.HOME, "FR", 48.5, 2.25, 1_300_000, ("le 91",), ""
)
EVRY = Place(
    "91228",
    "Évry-Courcouronnes",
    PlaceLevel.MUNICIPALITY,
    None,
    "91",
    48.63,
    -0.0,
    0,
    ("Évry", "evry"),
    "cog",
)
KAYES = Place("ML-1", "Kayes", PlaceLevel.REGION, PlaceRole.PARTNER, None, -90.0, 180.0)
WATER = Theme("water", "Eau et assainissement", None, ("eau",), ("sdg:6", "dac:14030"), "doc")
FLOODS = Theme("water.floods", "Inondations", "water")
VISAS = Skill("visas", "Visas", None, ("visa",))
TOWN = Actor(
    "évry",
    "Évry-Courcouronnes",
    ActorKind.COMMUNE,
    acronym="EC",
    other_names=(
        DatedName("Évry", PartialDate(1965), PartialDate(2018, 12, 31)),
        DatedName("Évry-Petit-Bourg"),
    ),
    roles=(DatedRole(ActorRole.FUNDER, PartialDate(2001, 2)), DatedRole(ActorRole.OPERATOR)),
    founded=PartialDate(2019, 1, 1),
    engagement=Engagement.KNOWN,
    seat="91228",
    latitude=48.629999999999995,
    longitude=2.4411111111111113,
    themes=("water.floods", "water"),
    territories=("ML-1",),
    purpose="Œuvrer",
    website="https://exemple.fr/?a=1&b=é",
    siren="219102282",
    source="",
    confirmed_on=PartialDate(2016, 6),
)
GROUP = Actor(
    "asso",
    "Les écoles maliennes de Kayes",
    ActorKind.ASSOCIATION,
    rna="W913000001",
    succeeds=("old",),
    part_of="évry",
)
OLD = Actor("old", "L'ancienne", ActorKind.DIASPORA, ended=PartialDate(1999), country="ML")
SCHOOL = Actor("lycée", "Lycée", ActorKind.SCHOOL, level=SchoolLevel.LYCEE)
TWINNING = Link(
    "l1", "évry", "asso", LinkKind.TWINNING, State.DORMANT, ("water",), ("ML-1", "91"), PartialDate(1990),
    None, "", "doc", PartialDate(2012),
)  # fmt: skip
GRANT = Link("l2", "évry", "asso", LinkKind.FUNDING)
PACT = Agreement(
    "g", "Convention à trois", LinkKind.DECENTRALISED_COOPERATION, State.ACTIVE, ("water",), ("ML-1",),
    PartialDate(2007), PartialDate(2017), "Trois parties", "doc", None,
    (Party("évry", "lead"), Party("asso"), Party("old", "")),
)  # fmt: skip
WELLS = Project(
    "p",
    "Puits",
    themes=("water",),
    participations=(
        Participation("évry", ParticipationRole.FUNDER, PartialDate(2008), PartialDate(2009, 5), "rapport"),
        Participation("évry", ParticipationRole.LEAD),
        Participation("asso"),
    ),
)
NEED = Announcement(
    "n", "Besoin de visas", Direction.NEED, Nature.SKILL, "asso", ("visas",), ("water",), ("91",)
)
OFFER = Announcement(
    "o", "Offre", Direction.OFFER, Nature.SKILL, None, ("visas",), state=AnnouncementState.RECORDED,
    expires_on=PartialDate(2027), outcome="",
)  # fmt: skip
SHEET = Experience("x", "Fiche", "asso", ("water",), ("ML-1",), failures="la pompe 😀", advice="")
CALL = Call("c", "Appel", "évry", (ActorKind.ASSOCIATION, ActorKind.SCHOOL), max_amount=0.1 + 0.2)
FORUM = Event(
    "e", "Forum", EventKind.FORUM, ("water",), (), "91228",
    attendances=(Attendance("évry", AttendanceRole.ORGANISER), Attendance("asso"), Attendance("évry")),
)  # fmt: skip

WORLD: tuple[Record, ...] = (
    COUNTRY, ESSONNE, EVRY, KAYES, WATER, FLOODS, VISAS, TOWN, GROUP, OLD, SCHOOL, TWINNING, GRANT, PACT,
    WELLS, NEED, OFFER, SHEET, CALL, FORUM,
)  # fmt: skip


def actor(id_: str) -> Ref:
    """The name of an actor."""
    return Ref(RecordKind.ACTOR, id_)


def link(id_: str) -> Ref:
    """The name of a link."""
    return Ref(RecordKind.LINK, id_)


def plain(id_: str, **fields: object) -> Actor:
    """An actor with nothing but a name and what is given."""
    return Actor(id_, id_, ActorKind.ASSOCIATION, **fields)  # type: ignore[arg-type]

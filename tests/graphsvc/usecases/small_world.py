"""A few actors, places and themes, and a need found in a study."""

from datetime import date

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.records import Record
from graphsvc.domain.themes import Skill, Theme

TODAY = date(2026, 11, 2)
NEED = Announcement(
    "besoin-visas",
    "Aide à l'obtention des visas",
    Direction.NEED,
    Nature.SKILL,
    skills=("visas",),
    themes=("associations",),
    territories=("91",),
    description="Faciliter la venue des partenaires.",
    published_on=PartialDate(2016, 7, 4),
    state=AnnouncementState.RECORDED,
    source="doc",
)
WORLD: tuple[Record, ...] = (
    Place("FR", "France", PlaceLevel.COUNTRY),
    Place("91", "Essonne", PlaceLevel.DEPARTMENT, PlaceRole.HOME, "FR", 48.5, 2.25),
    Place("91228", "Évry-Courcouronnes", PlaceLevel.MUNICIPALITY, None, "91", 48.629, 2.441),
    Place("91377", "Massy", PlaceLevel.MUNICIPALITY, None, "91", 48.727, 2.276),
    Place("91345", "Longjumeau", PlaceLevel.MUNICIPALITY, None, "91", 48.691, 2.296),
    Place("ML", "Mali", PlaceLevel.COUNTRY, PlaceRole.PARTNER, None, 17.0, -4.0),
    Place("ML-1", "Région de Kayes", PlaceLevel.REGION, PlaceRole.PARTNER, "ML", 14.0, -11.0),
    Place("ML-kayes", "Kayes", PlaceLevel.MUNICIPALITY, None, "ML-1", 14.45, -11.43),
    Place("CG-kayes", "Kayes", PlaceLevel.MUNICIPALITY, None, None, -4.2, 13.3),
    Theme("water", "Eau et assainissement"),
    Theme("drinking", "Eau potable", "water", ("puits",)),
    Theme("associations", "Vie associative"),
    Skill("visas", "Visas et accueil"),
    Skill("accounting", "Comptabilité"),
    Actor("amis", "Les Amis de Kayes", ActorKind.ASSOCIATION, seat="91228", themes=("drinking",),
          territories=("ML-kayes",)),
    Actor("massy", "Massy solidaire", ActorKind.ASSOCIATION, seat="91377"),
    Actor("ecole", "École de Longjumeau", ActorKind.SCHOOL, seat="91345"),
    NEED,
)  # fmt: skip

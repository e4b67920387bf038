"""Actors: organisations, what they are, what they do besides, and their identity in time."""

from dataclasses import dataclass
from enum import StrEnum

from graphsvc.domain.dates import PartialDate, check_period
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import check_name, check_point
from graphsvc.domain.text import check_key, check_text, keep_sets


class ActorKind(StrEnum):
    """What an organisation is. Order is stable: columns store the position."""

    ASSOCIATION = "association"
    DIASPORA = "diaspora"
    TWINNING_COMMITTEE = "twinning_committee"
    COMMUNE = "commune"
    INTERCOMMUNALITY = "intercommunality"
    DEPARTMENT = "department"
    REGION = "region"
    SCHOOL = "school"
    HIGHER_EDUCATION = "higher_education"
    RESEARCH_CLUSTER = "research_cluster"
    BUSINESS = "business"
    CHAMBER = "chamber"
    HEALTH = "health"
    PUBLIC_BODY = "public_body"
    INSERTION_BODY = "insertion_body"
    SOCIAL_VENUE = "social_venue"
    CULTURAL_ACTOR = "cultural_actor"
    MEDIA = "media"
    EXPERT = "expert"
    FOUNDATION = "foundation"
    PARTNER_TERRITORY = "partner_territory"
    PARTNER_ORGANISATION = "partner_organisation"
    INTERGOVERNMENTAL_BODY = "intergovernmental_body"


INSTITUTIONS = frozenset(
    {
        ActorKind.COMMUNE,
        ActorKind.INTERCOMMUNALITY,
        ActorKind.DEPARTMENT,
        ActorKind.REGION,
        ActorKind.PUBLIC_BODY,
    }
)
PARTNER_SIDE = frozenset({ActorKind.PARTNER_TERRITORY, ActorKind.PARTNER_ORGANISATION})
ENGAGED_BY_KIND = frozenset({ActorKind.ASSOCIATION, ActorKind.DIASPORA, ActorKind.TWINNING_COMMITTEE})


class ActorRole(StrEnum):
    """What an organisation does besides being what it is."""

    FUNDER = "funder"
    NETWORK_HEAD = "network_head"
    RESOURCE_CENTRE = "resource_centre"
    RELAY = "relay"
    OPERATOR = "operator"
    TRAINER = "trainer"


class SchoolLevel(StrEnum):
    """Levels of a school."""

    PRIMARY = "primary"
    COLLEGE = "college"
    LYCEE = "lycee"
    AGRICULTURAL = "agricultural"


class Engagement(StrEnum):
    """Whether the source says anything of the actor's international activity."""

    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DatedName:
    """Another or former name, with the period it was borne if known."""

    text: str
    start: PartialDate | None = None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        check_name("actor", self.text)
        check_period("actor", self.start, self.end)


@dataclass(frozen=True, slots=True)
class DatedRole:
    """A role, with the period it was held if known."""

    role: ActorRole
    start: PartialDate | None = None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        check_period("actor", self.start, self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation. `seat` is a place id; `themes`, `territories` are sets of ids kept sorted.

    `part_of` (parent organisation) and `succeeds` (predecessors) are actor ids; neither is a tie.
    `country` is ISO 3166-1 alpha-2. A point given here overrides the seat's own point.
    """

    id: str
    name: str
    kind: ActorKind
    acronym: str | None = None
    other_names: tuple[DatedName, ...] = ()
    roles: tuple[DatedRole, ...] = ()
    succeeds: tuple[str, ...] = ()
    part_of: str | None = None
    founded: PartialDate | None = None
    ended: PartialDate | None = None
    level: SchoolLevel | None = None
    engagement: Engagement | None = None
    seat: str | None = None
    country: str = "FR"
    latitude: float | None = None
    longitude: float | None = None
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    purpose: str | None = None
    website: str | None = None
    siren: str | None = None
    rna: str | None = None
    source: str | None = None
    confirmed_on: PartialDate | None = None

    def __post_init__(self) -> None:
        check_key("actor", "id", self.id)
        check_name("actor", self.name)
        check_point("actor", self.latitude, self.longitude)
        check_period("actor", self.founded, self.ended)
        for field in ("acronym", "purpose", "website", "source"):
            check_text("actor", field, getattr(self, field))
        if self.level is not None and self.kind is not ActorKind.SCHOOL:
            raise InvalidValue("actor", "level", self.level, "level_of_school_only")
        if self.id == self.part_of or self.id in self.succeeds:
            raise InvalidValue("actor", "part_of", self.id, "refers_to_itself")
        if len(self.country) != 2 or not self.country.isascii() or not self.country.isupper():
            raise InvalidValue("actor", "country", self.country, "country_code")
        if self.siren is not None and not (
            len(self.siren) == 9 and self.siren.isascii() and self.siren.isdigit()
        ):
            raise InvalidValue("actor", "siren", self.siren, "siren_form")
        if self.rna is not None and not (len(self.rna) == 10 and self.rna[0] == "W" and self.rna.isascii()):
            raise InvalidValue("actor", "rna", self.rna, "rna_form")
        if self.website is not None and not self.website.lower().startswith(("http://", "https://")):
            raise InvalidValue("actor", "website", self.website, "website_scheme")
        keep_sets(self, "succeeds", "themes", "territories")

"""Places: territories in a hierarchy, from the country to the commune."""

import math
from dataclasses import dataclass
from enum import StrEnum

from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.text import check_key, check_list, check_text


class PlaceLevel(StrEnum):
    """Where a territory stands in the hierarchy (a cercle is a `district`)."""

    COUNTRY = "country"
    REGION = "region"
    DEPARTMENT = "department"
    DISTRICT = "district"
    INTERCOMMUNALITY = "intercommunality"
    MUNICIPALITY = "municipality"


class PlaceRole(StrEnum):
    """What a territory is to the network: the home territory, or a partner one."""

    HOME = "home"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Place:
    """A territory. `id` is its code (ISO 3166, INSEE, SIREN of an EPCI, GeoNames id or a chosen code)."""

    id: str
    name: str
    level: PlaceLevel
    role: PlaceRole | None = None
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    aliases: tuple[str, ...] = ()
    source: str | None = None

    def __post_init__(self) -> None:
        check_key("place", "id", self.id)
        check_name("place", self.name)
        check_point("place", self.latitude, self.longitude)
        check_list("place", "aliases", self.aliases)
        if self.population is not None and self.population < 0:
            raise InvalidValue("place", "population", self.population, "negative")


def check_name(record: str, name: str) -> None:
    """A name is not blank."""
    check_text(record, "name", name)
    if not name.strip():
        raise InvalidValue(record, "name", name, "required")


def check_point(record: str, latitude: float | None, longitude: float | None) -> None:
    """WGS 84 degrees, both or neither, finite and in range."""
    if (latitude is None) != (longitude is None):
        raise InvalidValue(record, "latitude", f"{latitude}, {longitude}", "point_incomplete")
    for field, value, bound in (("latitude", latitude, 90.0), ("longitude", longitude, 180.0)):
        if value is not None and not (math.isfinite(value) and -bound <= value <= bound):
            raise InvalidValue(record, field, value, f"{field}_range")

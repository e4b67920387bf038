"""What the map of the territory may count in each commune, and in which class that falls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from web.maps.geo_classes import ValueClass, classes_of, shade_of
from web.maps.geo_places import Town


class Measure(StrEnum):
    """The codes of the address (`mesure`)."""

    ACTORS = "acteurs"
    THEMES = "themes"
    ABROAD = "partenaires"
    ALONE = "isoles"
    KNOWN = "activite"


SHARES = frozenset({Measure.ALONE, Measure.KNOWN})
"""Measures in whole percent; the others are counts."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The values of a measure by place (None: nothing to measure there), and their classes."""

    measure: Measure
    values: Mapping[int, int | None]
    classes: tuple[ValueClass, ...]

    def shade_at(self, place: int) -> int | None:
        """0 for none, 1 to 5 by class; None when there is nothing to measure."""
        value = self.values.get(place)
        return None if value is None else shade_of(value, self.classes)


def value_of(town: Town | None, measure: Measure) -> int | None:
    """The measure of a place. A count is 0 where nobody is; a share is None there."""
    if town is None:
        return None if measure in SHARES else 0
    if measure is Measure.ACTORS:
        return len(town.actors)
    if measure is Measure.THEMES:
        return len(town.themes)
    if measure is Measure.ABROAD:
        return len(town.abroad)
    part, whole = (
        (len(town.alone), len(town.actors)) if measure is Measure.ALONE else (town.known, town.listed)
    )
    return round(100 * part / whole) if whole else None


def measured(towns: Mapping[int, Town], places: Iterable[int], measure: Measure) -> Measured:
    """The measure of these places and its classes."""
    values = {place: value_of(towns.get(place), measure) for place in places}
    return Measured(measure, values, tuple(classes_of(v for v in values.values() if v is not None)))

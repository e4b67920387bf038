"""The parts of a map: discs of communities, band of partner territories, trays of actors without relation."""

from dataclasses import dataclass

from graphsvc.snapshot.columns import F64

SPACING = 54.0  # least distance between two actors of a disc, in map units (pixels at zoom 1)
MARGIN = 34.0  # from the outermost actor to the rim of its disc
SEPARATION = 22.0  # between two discs


@dataclass(frozen=True, slots=True)
class Disc:
    """A community: centre, radius, and its members (actor indices)."""

    x: float
    y: float
    r: float
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner and size, with the actors laid inside."""

    x: float
    y: float
    width: float
    height: float
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BandGroup:
    """The partner territories of one country (ISO 3166-1 alpha-2), at `x`, `y` (upper left corner)."""

    country: str
    x: float
    y: float
    width: float
    height: float
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The partner territories, country by country."""

    box: Box
    groups: tuple[BandGroup, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Positions of all n actors of a snapshot: each stands in one disc, in the band or in one tray.

    `tray`: engaged actors without any documented relation; `inventory`: actors of no known activity and
    without relation.
    """

    revision: int
    ids: tuple[str, ...]
    x: F64
    y: F64
    discs: tuple[Disc, ...]
    band: Band
    tray: Box
    inventory: Box

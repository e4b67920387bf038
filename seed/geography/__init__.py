"""Contours of the territory and of the world, as TopoJSON; `make_contours` says how they were made."""

from pathlib import Path


def contours_path() -> Path:
    """The communes of Essonne, by INSEE code."""
    return Path(__file__).with_name("essonne.topojson")


def world_path() -> Path:
    """The countries, by the two letters of ISO 3166."""
    return Path(__file__).with_name("world.topojson")

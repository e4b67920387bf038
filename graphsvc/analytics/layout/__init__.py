"""Where each actor stands on the map."""

from graphsvc.analytics.layout.compute import compute_layout
from graphsvc.analytics.layout.shapes import Band, BandGroup, Box, Disc, Layout

__all__ = ["Band", "BandGroup", "Box", "Disc", "Layout", "compute_layout"]

"""The colours of what is drawn over the network or instead of it: those of the map on screen, by day."""

APPEARED, GONE, REMAINED = "#00795a", "#c04a00", "#868f9d"
"""Of two years compared: what came, what ended, what is in both."""
PATH = IMAGINED = "#b0004b"
PROPOSED = "#7a3d9c"

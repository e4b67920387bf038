"""The reading API: the same answers as the pages, in English keys, under `/api/v1`."""

from web.api import suggesting
from web.api.reading import bp

VIEWS = (suggesting,)
"""Imported so that their routes are there."""

__all__ = ["bp"]

"""The reading API: the same answers as the pages, in English keys, under `/api/v1`."""

from web.api.reading import bp

__all__ = ["bp"]

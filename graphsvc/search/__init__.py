"""Finding actors by name despite accents and typing errors, naming places and themes, the directory's
facets.
"""

from graphsvc.search.directory import Filter, Selection, select
from graphsvc.search.known import known_actor, known_place, known_record, known_theme
from graphsvc.search.names import prepare
from graphsvc.search.ranking import Hit, How, search
from graphsvc.search.resolving import (
    find_actor,
    find_place,
    find_skill,
    find_theme,
    nearest_actors,
    nearest_names,
    nearest_topics,
)

__all__ = [
    "Filter",
    "Hit",
    "How",
    "Selection",
    "find_actor",
    "find_place",
    "find_skill",
    "find_theme",
    "known_actor",
    "known_place",
    "known_record",
    "known_theme",
    "nearest_actors",
    "nearest_names",
    "nearest_topics",
    "prepare",
    "search",
    "select",
]

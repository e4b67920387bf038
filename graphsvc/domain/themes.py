"""Vocabularies: a two-level list of themes, and the skills of the skills bank. They are data, not code."""

from dataclasses import dataclass

from graphsvc.domain.places import check_name
from graphsvc.domain.text import check_key, check_list


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; `parent` is None at level 1. `external_codes`: `sdg:6`, `dac:14030`, `rna:020020`."""

    id: str
    label: str
    parent: str | None = None
    synonyms: tuple[str, ...] = ()
    external_codes: tuple[str, ...] = ()
    source: str | None = None

    def __post_init__(self) -> None:
        _check("theme", self)


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill one may offer or need."""

    id: str
    label: str
    parent: str | None = None
    synonyms: tuple[str, ...] = ()
    external_codes: tuple[str, ...] = ()
    source: str | None = None

    def __post_init__(self) -> None:
        _check("skill", self)


def _check(record: str, entry: Theme | Skill) -> None:
    check_key(record, "id", entry.id)
    check_name(record, entry.label)
    check_list(record, "synonyms", entry.synonyms)
    check_list(record, "external_codes", entry.external_codes)

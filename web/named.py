"""Names of territories, themes and skills in the reader's language; the API keeps those of the data."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.themes import Skill, Theme
from web.language import in_french
from web.words.vocabulary import COUNTRIES, TOPICS


def place_name(place: Place, lang: str | None = None) -> str:
    """`Sénégal`; `Senegal`. Only countries have an English name: `Kayes` is `Kayes`."""
    if in_french(lang) or place.level is not PlaceLevel.COUNTRY:
        return place.name
    return _country(place.id, place.name)


def topic_name(topic: Theme | Skill, lang: str | None = None) -> str:
    """`Santé`; `Health`. A label that the site has no English for stays as it is."""
    return topic.label if in_french(lang) else TOPICS.get(topic.label, topic.label)


def facts_in(facts: Mapping[str, Any], lang: str | None = None) -> dict[str, Any]:
    """The facts behind a sentence, their countries and themes named in the reader's language."""
    found: dict[str, Any] = dict(facts) if in_french(lang) else _english(facts)
    return found


def _english(value: Any) -> Any:
    if isinstance(value, Mapping):
        found = {key: _english(inner) for key, inner in value.items()}
        if found.get("level") == PlaceLevel.COUNTRY and "id" in found and "name" in found:
            found["name"] = _country(str(found["id"]), str(found["name"]))
        if isinstance(found.get("label"), str):
            found["label"] = TOPICS.get(found["label"], found["label"])
        return found
    if isinstance(value, (list, tuple)):
        return [_english(inner) for inner in value]
    return value


@lru_cache(maxsize=1)
def _unicode_list() -> Mapping[str, str]:
    from babel import Locale  # read once, and only for a reader of English

    return dict(Locale("en").territories)


@lru_cache(maxsize=1024)
def _country(code: str, name: str) -> str:
    known = COUNTRIES.get(code) or _unicode_list().get(code) if len(code) == 2 else None
    return known.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'") if known else name

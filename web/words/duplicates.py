"""Why two records may be one actor, or may not, in a sentence. French, then English."""

from collections.abc import Mapping
from typing import Any

from web.french import typeset
from web.language import in_french

DUPLICATE_REASONS: dict[str, tuple[str, str]] = {
    "same_name": ("Même nom.", "Same name."),
    "similar_name": ("Noms proches : « {a} » et « {b} ».", "Similar names: “{a}” and “{b}”."),
    "same_name_as_other_name": (
        "« {a} » est le nom de l'un et un autre nom de l'autre.",
        "“{a}” is the name of one and another name of the other.",
    ),
    "similar_name_as_other_name": (
        "Un autre nom est proche : « {a} » et « {b} ».",
        "Another name is similar: “{a}” and “{b}”.",
    ),
    "same_place": ("Même lieu : {place}.", "Same place: {place}."),
    "nested_places": ("Un lieu contient l'autre : {a}, {b}.", "One place holds the other: {a}, {b}."),
    "different_place": ("Lieux différents : {a}, {b}.", "Different places: {a}, {b}."),
    "different_country": ("Pays différents : {a}, {b}.", "Different countries: {a}, {b}."),
    "different_kind": ("Types différents : {a}, {b}.", "Different kinds: {a}, {b}."),
    "different_siren": ("SIREN différents : {a}, {b}.", "Different SIREN numbers: {a}, {b}."),
    "different_rna": ("Numéros RNA différents : {a}, {b}.", "Different RNA numbers: {a}, {b}."),
    "same_website": ("Même site : {website}.", "Same web site: {website}."),
    "units_of_one": ("Deux services d'une même organisation.", "Two units of one organisation."),
    "one_ended_before": (
        "L'un a pris fin ({ended}) avant la création de l'autre ({founded}).",
        "One ended ({ended}) before the other was founded ({founded}).",
    ),
}


def duplicate_sentence(code: str, facts: Mapping[str, Any], lang: str | None = None) -> str:
    """The sentence of a reason for or against."""
    from web.labels import label

    said = {k: label("actor_kind", v, lang) if code == "different_kind" else v for k, v in facts.items()}
    if not in_french(lang):
        return DUPLICATE_REASONS[code][1].format(**said)
    return typeset(DUPLICATE_REASONS[code][0].format(**said))

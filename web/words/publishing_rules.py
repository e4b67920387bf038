"""Refusals of what is published and of what another program sends, as rules: (French, English)."""

PUBLISHING_RULES: dict[str, tuple[str, str]] = {
    "need_has_owner": (
        "cette annonce a déjà son auteur, au nom de qui le groupe est cherché : ne donnez pas d'acteur",
        "this announcement has its owner, for whom the group is sought: give no actor",
    ),
    "no_cooperation": (
        "ce n'est pas une forme de coopération : choisissez-en une dans la liste",
        "this is no form of cooperation: choose one from the list",
    ),
    "closed_is_not_edited": (
        "une annonce close ne se modifie plus : rouvrez-la d'abord",
        "a closed announcement is not edited: open it again first",
    ),
    "recorded_is_not_closed": (
        "un besoin recueilli n'a pas de porteur pour le clore : reprenez-le, ou retirez-le",
        "a recorded need has no owner to close it: take it up, or withdraw it",
    ),
    "only_recorded_needs_are_adopted": (
        "seul un besoin recueilli, sans porteur, peut être repris : répondez plutôt à cette annonce",
        "only a recorded need without an owner can be taken up: answer this announcement instead",
    ),
    "place_without_point": (
        "l'emplacement de ce territoire n'est pas connu : choisissez une commune voisine",
        "nobody knows where this place is: choose a commune nearby",
    ),
    "place_too_wide": (
        "on n'est près que d'une commune : pour tout un territoire, utilisez « Territoire concerné »",
        "one is near a commune only: for a whole territory, use “Territory concerned”",
    ),
    "whole_number": (
        "écrivez un nombre entier, dans les bornes permises",
        "write a whole number within bounds",
    ),
    "json_object": (
        "envoyez un objet JSON, avec Content-Type: application/json",
        "send a JSON object, with Content-Type: application/json",
    ),
    "version_required": (
        "dites quelle version vous modifiez : If-Match, ou le champ version",
        "say which version you change: If-Match, or the field version",
    ),
    "two_versions": (
        "If-Match et le champ version disent deux versions différentes : n'en donnez qu'une",
        "If-Match and the field version name two different versions: give only one",
    ),
    "idempotency_key_form": (
        "12 à 64 lettres sans accent, chiffres, tirets ou traits bas ; sans elle, deux envois font deux fois",
        "12 to 64 plain letters, figures, hyphens or underscores; without it, sent twice is done twice",
    ),
    "unknown_field": ("ce champ n'existe pas : retirez-le", "there is no such field: remove it"),
    "text_or_texts": (
        "ce champ est un texte, ou une liste de textes là où plusieurs valeurs sont permises",
        "this field is a text, or a list of texts where several values are allowed",
    ),
}
PUBLISHING_SENTENCES: dict[str, tuple[str, str]] = {
    "draft_refused": (
        "Ce que vous avez envoyé ne peut pas être publié tel quel. Corrigez les champs signalés.",
        "What you sent cannot be published as it is. Correct the fields that are pointed out.",
    ),
}

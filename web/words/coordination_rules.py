"""Why a value was refused on the coordination's pages: rule -> French, English; and its field in French."""

COORDINATION_RULES: dict[str, tuple[str, str]] = {
    "note_too_long": ("la note est trop longue : 2 000 caractères suffisent", "the note is too long"),
    "contact_in_note": (
        "n'écrivez ni adresse électronique ni numéro de téléphone dans une note",
        "write no e-mail address and no telephone number in a note",
    ),
    "nobody_of_the_team": (
        "personne de l'équipe ne se connecte avec cette adresse",
        "nobody of the team signs in with this address",
    ),
    "day_is_over": ("choisissez un jour à venir", "choose a day to come"),
    "plan_name_too_long": ("le nom est trop long : 120 caractères suffisent", "the name is too long"),
    "plan_without_link": (
        "un plan a au moins un lien entre deux acteurs",
        "a plan has at least one link between two actors",
    ),
    "too_many_links": ("c'est trop : cent liens au plus", "too many: a hundred links at most"),
    "link_line_form": (
        "écrivez deux acteurs séparés par un signe égal, par exemple « Les Amis de Kayes = CAECE »",
        "write two actors with an equals sign between them",
    ),
    "budget_range": ("donnez un nombre de liens entre 1 et 50", "give a number of links between 1 and 50"),
    "community_name_too_long": ("le nom est trop long : 80 caractères suffisent", "the name is too long"),
}
"""Why a value was refused, for `web.words.messages`."""

COORDINATION_FIELDS: dict[tuple[str, str], str] = {
    ("plan", "name"): "nom",
    ("plan", "links"): "liens",
    ("plan", "link"): "liens",
    ("follow_up", "until"): "jusqu'au",
    ("follow_up", "jusqu_au"): "jusqu'au",
    ("follow_up", "result"): "résultat",
    ("follow_up", "resultat"): "résultat",
    ("letters", "actors"): "lettres",
    ("meeting", "size"): "nombre d'invités",
    ("meeting", "pair"): "mise en relation",
    ("meeting", "came"): "présences",
    ("report", "year"): "année",
}
"""What the forms call the fields that the core names otherwise: (record, field) -> French."""

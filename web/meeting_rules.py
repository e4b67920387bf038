"""What cannot be a meeting, in French and English: the situation and its remedy."""

MEETING_RULES: dict[str, tuple[str, str]] = {
    "meeting_size": (
        "une rencontre réunit de 2 à 300 acteurs",
        "a meeting gathers from 2 to 300 actors",
    ),
    "meeting_tables": (
        "il faut au moins une table, et au moins deux invités par table",
        "give at least one table, and at least two guests to a table",
    ),
}

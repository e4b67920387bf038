"""What cannot be a meeting, in French and English: the situation and its remedy."""

from collections.abc import Callable, Mapping
from typing import Any

MEETING_RULES: dict[str, tuple[str, str]] = {
    "meeting_size": (
        "une rencontre réunit de 2 à 300 acteurs",
        "a meeting gathers from 2 to 300 actors",
    ),
    "meeting_tables": (
        "il faut au moins une table, et au moins deux invités par table",
        "give at least one table, and at least two guests to a table",
    ),
    "report_year": (
        "il n'y a pas de rapport pour cette année : choisissez une année documentée, pas encore à venir",
        "there is no report for this year: choose a documented one that has begun",
    ),
    "no_letter": (
        "personne à qui écrire ne répond à ces critères : retirez-en un",
        "nobody to write to passes these filters: remove one",
    ),
    "nobody_of_the_meeting": (
        "rien n'est enregistré : ces acteurs ne sont pas parmi les invités de la rencontre",
        "nothing is recorded: these actors are not among the guests of the meeting",
    ),
    "meeting_day": (
        "un agenda demande un jour précis : donnez la date de la rencontre, par exemple 2027-03-12",
        "a calendar needs a day: give the date of the meeting, such as 2027-03-12",
    ),
}

MEETING_FAULTS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "too_few_guests": lambda f: (
        f"Une rencontre réunit au moins {f['least']} acteurs : cochez-en davantage.",
        f"A meeting gathers at least {f['least']} actors: tick more of them.",
    ),
    "too_many_guests": lambda f: (
        f"{f['count']} invités : gardez-en {f['most']} au plus.",
        f"{f['count']} guests: keep {f['most']} at most.",
    ),
}

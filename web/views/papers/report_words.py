"""The sentences of the yearly report, the same on its page and in its PDF."""

from dataclasses import dataclass

from graphsvc.analytics.yearly import YearReview
from web.spoken import gettext as _
from web.spoken import ngettext
from web.views.papers.report_map import StillMap
from web.written import counted, day_text, number


@dataclass(frozen=True, slots=True)
class ReportWords:
    """`map_told`, `chart_told`: for who does not see the drawings; both map texts are empty without a map."""

    title: str
    lead: str
    known: str
    map_told: str
    map_caption: str
    chart_told: str
    what_counts: str


def report_words(review: YearReview, drawn: StillMap | None) -> ReportWords:
    """What the report of a year says around its figures and lists."""
    day = day_text(review.day)
    return ReportWords(
        title=_("Le réseau en %(year)s", year=review.year),
        lead=_("Au %(day)s, comparé à la fin de %(before)s.", day=day, before=review.year - 1),
        known=_known(review.confirmed),
        map_told=""
        if drawn is None
        else _(
            "Carte du réseau : %(actors)s, %(ties)s, %(alone)s sans lien.",
            actors=counted(len(drawn.dots), "acteur"),
            ties=counted(review.changes.after.ties, "lien vivant", "liens vivants"),
            alone=counted(drawn.alone, "acteur"),
        ),
        map_caption=""
        if drawn is None
        else _(
            "Chaque signe est un acteur, chaque trait une coopération vivante au %(day)s. En bas, les "
            "acteurs sans lien, jamais cachés.",
            day=day,
        ),
        chart_told=_(
            "Courbes des acteurs, des liens et des acteurs sans lien ; le tableau dit les mêmes chiffres."
        ),
        what_counts=_(
            "Un acteur est compté s'il est engagé à l'international ou lié à quelqu'un ; un lien est une "
            "paire d'acteurs qui coopèrent ce jour-là. Financer, adhérer ou se rencontrer n'est pas coopérer."
        ),
    )


def moved_words(change: str) -> str:
    """How a figure moved in the year: « +3 en un an », « comme l'année d'avant »."""
    return _("comme l'année d'avant") if change == "=" else _("%(change)s en un an", change=change)


def _known(confirmed: int) -> str:
    """How much of the year was documented, and what that hides."""
    found = (
        ngettext(
            "Une fiche d'acteur a été confirmée par une source de l'année.",
            "%(n)s fiches d'acteurs ont été confirmées par une source de l'année.",
            confirmed,
            n=number(confirmed),
        )
        if confirmed
        else _(
            "Aucune fiche n'a été confirmée par une source de l'année : ces chiffres prolongent ce qui était "
            "connu avant."
        )
    )
    unseen = _(
        "Ce qui n'est pas daté dans nos sources n'apparaît ni ne disparaît ; ce qui a eu lieu sans être "
        "écrit ne se voit pas."
    )
    return f"{found} {unseen}"

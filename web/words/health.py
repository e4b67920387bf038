"""What each figure of the network means: one sentence with its numbers, and one caution."""

from dataclasses import dataclass

from graphsvc.analytics.health import Health
from web.french import number
from web.spoken import gettext as _
from web.spoken import ngettext
from web.words.coordination import fine_percent


@dataclass(frozen=True, slots=True)
class Told:
    """A figure by its name in `Health`: title, sentence, caution."""

    name: str
    title: str
    sentence: str
    caution: str


def told_figures(h: Health) -> list[Told]:
    """The figures of the page, in the order in which one reads them."""
    return [*_who(h), *_how_tight(h), *_how_sound(h)]


def _who(h: Health) -> list[Told]:
    fresh = h.ties - h.unconfirmed_ties
    return [
        Told(
            "actors",
            _("Acteurs"),
            _(
                "Engagés à l'international ou liés à quelqu'un ; recensés en tout : %(n)s.",
                n=number(h.recorded),
            ),
            _("Un acteur dont on ne sait rien n'est pas compté : il n'est pas isolé pour autant."),
        ),
        Told(
            "ties",
            _("Liens de coopération"),
            ngettext(
                "%(n)s paire d'acteurs travaille ensemble.",
                "%(n)s paires d'acteurs travaillent ensemble.",
                h.ties,
                n=number(h.ties),
            ),
            ngettext(
                "%(n)s confirmé depuis dix ans. Financer, adhérer ou se rencontrer est compté à part.",
                "%(n)s confirmés depuis dix ans. Financer, adhérer ou se rencontrer est compté à part.",
                fresh,
                n=number(fresh),
            ),
        ),
        Told(
            "isolated_share",
            _("Acteurs sans lien"),
            ngettext(
                "Un acteur n'a aucune coopération connue.",
                "%(n)s acteurs n'ont aucune coopération connue.",
                h.isolated,
                n=number(h.isolated),
            )
            if h.isolated  # French counts none in the singular: it would say that there is one
            else _("Aucun acteur n'est sans coopération connue."),
            _("Institutions et côté partenaire compris ; certains sont isolés dans nos données seulement."),
        ),
    ]


def _how_tight(h: Health) -> list[Told]:
    return [
        Told(
            "mean_degree",
            _("Partenaires par acteur"),
            _("En moyenne ; quelques acteurs en ont beaucoup, la plupart un ou aucun."),
            _("Une moyenne cache les extrêmes : voyez la part d'acteurs sans lien."),
        ),
        Told(
            "density",
            _("Densité"),
            _("Part des liens qui existent, parmi tous ceux qui seraient possibles."),
            _("Elle baisse dès que de nouveaux acteurs arrivent : ce n'est pas un recul."),
        ),
        Told(
            "clustering",
            _("Partenaires communs liés entre eux"),
            _(
                "Quand deux acteurs ont un même partenaire, ils coopèrent aussi dans %(share)s des cas.",
                share=fine_percent(h.clustering),
            ),
            _("Élevé, il dit la confiance ; très élevé, l'entre-soi."),
        ),
    ]


def _how_sound(h: Health) -> list[Told]:
    return [
        Told(
            "reachable_pairs_share",
            _("Paires qui peuvent se joindre"),
            _("Part des paires d'acteurs reliées de proche en proche, par des partenaires de partenaires."),
            _("Elle remplace le « diamètre », infini dès qu'un acteur est seul."),
        ),
        Told(
            "largest_component",
            _("Le plus grand groupe"),
            ngettext(
                "Acteurs d'un seul tenant : %(share)s du réseau, qui est en un morceau.",
                "Acteurs d'un seul tenant : %(share)s du réseau, qui est en %(n)s morceaux.",
                h.components,
                share=fine_percent(h.largest_share),
                n=number(h.components),
            ),
            _("Un acteur sans lien est un morceau à lui seul."),
        ),
        Told(
            "dependency_share",
            _("Dépendance à un seul acteur"),
            _(
                "Sans l'acteur dont le réseau dépend le plus, %(share)s des paires ne se joindraient plus.",
                share=fine_percent(h.dependency_share),
            ),
            _("Un réseau en étoile est efficace et fragile à la fois."),
        ),
    ]

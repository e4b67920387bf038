"""The yearly report as the data of a PDF: what its page shows, as plain texts and drawings."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import get_template_attribute

from graphsvc.exchange.network import xml_text
from graphsvc.snapshot import Snapshot
from web.french import capital
from web.labels import label, plural
from web.language import reader
from web.shown import documented_years
from web.spoken import gettext as _
from web.spoken import ngettext
from web.views.papers.letters_shown import sender_of
from web.views.papers.report import MOST_LISTED, Report, TieLine
from web.views.papers.report_map import StillMap
from web.views.papers.report_territory import TerritoryPicture
from web.views.papers.report_words import moved_words, report_words
from web.written import day_text, number, period_text, typeset


def report_data(snapshot: Snapshot, told: Report, today: date) -> dict[str, Any]:
    """All that `web/documents/report.typ` sets: texts, drawings as SVG, tables as rows."""
    words = report_words(told.review, told.drawn)
    return {
        "lang": reader().value,
        "kind": _("Rapport annuel"),
        "title": words.title,
        "document": _("Rapport annuel %(year)s", year=told.review.year),
        "lead": words.lead,
        "sender": sender_of(snapshot),
        "date": day_text(today),
        "footer": _("Organisations seulement : aucune donnée personnelle."),
        "figures": [
            {"name": capital(label("figure", f.name)), "value": f.value, "moved": moved_words(f.change)}
            for f in told.figures
        ],
        "known": words.known,
        "map": _map(told.drawn, words.map_told),
        "caption": words.map_caption,
        "chart": _drawing("lines_alone", told.chart, words.chart_told) if told.chart else None,
        "territory": _territory(told.territory),
        "years": _years(told),
        "lists_title": _("Ce qui est apparu, ce qui a pris fin"),
        "lists": [*_changes(told), *_records(told)],
        "unchanged": _unchanged(told),
        "kinds_title": _("Par type d'acteur"),
        "kinds": [
            {
                "name": capital(plural("actor_kind", code, count)),
                "count": count,
                "text": number(count),
                "sign": str(get_template_attribute("_report_drawings.html", "sign")(code)),
            }
            for code, count in told.kinds
        ],
        "themes_title": _("Par thème"),
        "themes": [{"name": name, "count": count, "text": number(count)} for name, count in told.themes],
        "what_counts": words.what_counts,
        "sources": _sources(snapshot),
    }


def _map(drawn: StillMap | None, said: str) -> dict[str, str] | None:
    return None if drawn is None else _drawing("still_alone", drawn, said)


def _drawing(name: str, drawn: Any, said: str) -> dict[str, str]:
    """A drawing of the page that stands alone, and what is told to who does not see it."""
    svg = get_template_attribute("_report_drawings.html", name)(drawn, said)
    return {"svg": xml_text(str(svg)), "told": said}


def _territory(drawn: TerritoryPicture | None) -> dict[str, Any] | None:
    """The picture, its facts and its legend."""
    if drawn is None:
        return None
    return {
        "title": _("Où sont les acteurs"),
        "svg": xml_text(drawn.svg),
        "alt": drawn.title,
        "told": [typeset(sentence) for sentence in drawn.told],
        "measure": drawn.measure,
        "classes": [{"sign": key.sign, "name": typeset(key.words)} for key in drawn.classes],
        "signs": _("Mêmes signes que sur la carte du réseau. Trait épais : limite d'intercommunalité."),
        "source": drawn.source,
    }


def _years(told: Report) -> dict[str, Any]:
    """The table of the curves, the latest year first."""
    return {
        "title": _("Année après année"),
        "head": [_("Au"), _("Acteurs"), _("Liens"), _("Sans lien"), _("Groupes séparés")],
        "rows": [
            [day_text(day), *(number(n) for n in (h.actors, h.ties, h.isolated, h.components))]
            for day, h in reversed(told.history)
        ],
    }


def _changes(told: Report) -> list[dict[str, Any]]:
    """Pairs and actors; those there are."""
    found = [
        _list(_("Ont commencé à coopérer"), map(_pair, told.appeared)),
        _list(_("Ne coopèrent plus"), map(_pair, told.ended)),
        _list(_("Acteurs apparus"), ((a.name, "") for a in told.born)),
        _list(_("Acteurs disparus"), ((a.name, "") for a in told.gone)),
    ]
    return [one for one in found if one["lines"]]


def _unchanged(told: Report) -> str:
    """What did not happen in the year, said once for all."""
    nothing = (
        (told.appeared, _("Aucune coopération documentée n'a commencé cette année.")),
        (told.ended, _("Aucune coopération documentée ne s'est terminée cette année.")),
        (told.born, _("Aucun acteur n'est apparu cette année.")),
        (told.gone, _("Aucun acteur n'a disparu cette année.")),
    )
    return " ".join(said for found, said in nothing if not found)


def _records(told: Report) -> list[dict[str, Any]]:
    """Projects, agreements, events and experiences of the year; those there are."""
    titles = {
        "projects_begun": _("Projets commencés"),
        "projects_ended": _("Projets terminés"),
        "agreements_begun": _("Accords signés"),
        "agreements_ended": _("Accords terminés"),
        "events": _("Rencontres et événements"),
        "sheets": _("Expériences racontées"),
    }
    return [
        _list(title, ((r.title, period_text(r.start, r.end)) for r in told.records[name]))
        for name, title in titles.items()
        if told.records[name]
    ]


def _list(title: str, lines: Iterable[tuple[str, str]]) -> dict[str, Any]:
    found = list(lines)
    more = len(found) - MOST_LISTED
    return {
        "title": f"{title} ({number(len(found))})",
        "lines": found[:MOST_LISTED],
        "more": ngettext("et %(n)s autre.", "et %(n)s autres.", more, n=number(more)) if more > 0 else "",
    }


def _pair(tie: TieLine) -> tuple[str, str]:
    return f"{tie.one.name} {_('et')} {tie.other.name}", tie.by


def _sources(snapshot: Snapshot) -> str:
    """Of when the network is, and where the source of each fact is read."""
    years = documented_years(snapshot)
    documented = (
        _("Réseau tel que documenté de %(first)s à %(last)s.", first=years[0], last=years[1]) if years else ""
    )
    cited = _("La source de chaque fait est citée sur la fiche de l'acteur.")
    return typeset(f"{documented} {cited}".strip())

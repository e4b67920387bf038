"""Where the pages stand: the sections of the menu, and the pages of each that have an entry of their own."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel.support import LazyProxy
from flask import Flask, request

from web.addresses import address
from web.permissions import Action, may
from web.spoken import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Page:
    """A page with an entry in the menu; `right`: it is shown only to those who have it."""

    endpoint: str
    title: LazyProxy
    right: Action | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A tab. It leads to its first page; `blueprints` are those whose other pages stand under it too."""

    title: LazyProxy
    pages: tuple[Page, ...]
    blueprints: frozenset[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the menu, as this visitor sees it; `here`: `page` for the page itself, `true` within it."""

    address: str
    title: str
    here: str | None


_NAMED, _STEER = Action.SEE_WORK_LIST, Action.STEER
SECTIONS = (
    Section(
        _("Carte"),
        (Page("map.page", _("Réseau")),
            Page("geography.page", _("Territoire")),
            Page("geography.gaps", _("Manques et concentrations")),
            Page("tour.step", _("Visite guidée")),
            Page("saved_views.all_views", _("Vues gardées")),),
        frozenset({"map", "geography", "geography_files", "map_exports", "embed", "saved_views", "tour"}),
    ),
    Section(_("Acteurs"), (Page("actors.directory", _("Acteurs")),), frozenset({"actors", "records"})),
    Section(
        _("Partenaires"),
        (
            Page("partners.find_partners", _("Trouver des partenaires")),
            Page("pooling.pool", _("Mutualiser")),
            Page("introductions.mine", _("Mises en relation"), Action.OWN_ACCOUNT),
            Page("introductions.everyone", _("Toutes les mises en relation"), _NAMED),
        ),
        frozenset(
            {"partners", "refused", "pooling", "introductions", "introduction_asking", "introduction_answers"}
        ),
    ),
    Section(
        _("Annonces"),
        (
            Page("announcements.board", _("Annonces")),
            Page("calls.calls", _("Appels à projets")),
            Page("experiences.sheets", _("Expériences")),
        ),
        frozenset({"announcements", "calls", "experiences", "publishing", "publishing_acts"}),
    ),
    Section(
        _("Opportunités"),
        (
            Page("opportunities.overview", _("Vue d'ensemble")),
            Page("opportunities.convergence_list", _("Convergences")),
            Page("opportunities.triangle_list", _("Triangles")),
            Page("opportunities.place_list", _("Concentrations")),
            Page("opportunities.gap_list", _("Manques")),
            Page("opportunities.dormant_list", _("À ranimer")),
        ),
        frozenset({"opportunities"}),
    ),
    Section(
        _("Territoires"),
        (Page("territories.all_territories", _("Territoires")),),
        frozenset({"territories", "sheets"}),
    ),
    Section(_("Thèmes"), (Page("themes.all_themes", _("Thèmes")),), frozenset({"themes"})),
    Section(
        _("Coordination"),
        (
            Page("isolated.work_list", _("Acteurs isolés")),
            Page("network_health.page", _("État du réseau")),
            Page("evolution.page", _("Ce qui a changé")),
            Page("communities.page", _("Communautés")),
            Page("report.latest", _("Rapport annuel")),
            Page("best_links.page", _("Meilleurs liens"), _NAMED),
            Page("what_if.page", _("Et si…"), _NAMED),
            Page("plans.all_plans", _("Plans"), _NAMED),
            Page("isolated.to_recruit", _("À recruter"), _NAMED),
            Page("letters.choose", _("Lettres"), _NAMED),
            Page("meetings.planner", _("Rencontres"), _STEER),
        ),
        frozenset(
            {
                "isolated", "follow_up", "network_health", "evolution", "communities", "report", "best_links",
                "what_if", "plans", "letters", "meetings", "meetings_kept",
            }
        ),
    ),
)  # fmt: skip


def install_navigation(app: Flask) -> None:
    """Give the templates `tabs()` and `subtabs()`."""
    app.jinja_env.globals.update(tabs=tabs, subtabs=subtabs)


def tabs() -> list[Entry]:
    """The sections."""
    return [
        Entry(
            address(section.pages[0].endpoint),
            str(section.title),
            _here(section.pages[0]) or ("true" if section is current() else None),
        )
        for section in SECTIONS
    ]


def subtabs() -> list[Entry]:
    """The pages of the current section that this visitor may open; nothing when there is but one."""
    section = current()
    found = [] if section is None else [*_open(section)]
    if len(found) < 2:
        return []
    return [
        Entry(address(page.endpoint), str(page.title), _here(page) or _within(page, found)) for page in found
    ]


OTHER_PAGES = (
    Page("pages.home", _("Accueil")),
    Page("events.calendar", _("Événements")),
    Page("about.about", _("À propos, accessibilité, données personnelles")),
    Page("accounts.my_account", _("Mon compte"), Action.OWN_ACCOUNT),
)
"""Pages that no section holds."""


def pages_open() -> list[tuple[str, str]]:
    """Title and address of every page with a title that this visitor may open."""
    sections = [page for section in SECTIONS for page in _open(section)]
    others = [page for page in OTHER_PAGES if page.right is None or may(page.right)]
    return [(str(page.title), address(page.endpoint)) for page in (*sections, *others)]


def current() -> Section | None:
    """The section of this page, if it is in one."""
    return next((s for s in SECTIONS if request.blueprint in s.blueprints), None)


def _open(section: Section) -> Iterator[Page]:
    for page in section.pages:
        if page.right is None or may(page.right):
            yield page


def _within(page: Page, beside: list[Page]) -> str | None:
    """`true` for the entry whose blueprint holds this page, when no other entry shares that blueprint."""
    if request.endpoint in {other.endpoint for other in beside}:
        return None
    holding = [other for other in beside if other.endpoint.partition(".")[0] == request.blueprint]
    return "true" if holding == [page] else None


def _here(page: Page) -> str | None:
    return "page" if request.endpoint == page.endpoint else None

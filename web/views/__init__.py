"""The pages: one module per question a reader asks. Each route declares its policy."""

from importlib import import_module

from flask import Blueprint

_MODULES = (
    "web.views.home",
    "web.views.search",
    "web.views.actors",
    "web.views.partners",
    "web.views.partners_refused",
    "web.views.isolated",
    "web.views.follow_up",
    "web.views.coordination_links",
    "web.views.coordination_what_if",
    "web.views.coordination_plans",
    "web.views.coordination_health",
    "web.views.coordination_evolution",
    "web.views.coordination_communities",
    "web.views.opportunities",
    "web.views.pooling",
    "web.views.meetings",
    "web.views.meetings_kept",
    "web.views.announcements",
    "web.views.publishing",
    "web.views.publishing_acts",
    "web.views.experiences",
    "web.views.calls",
    "web.views.events",
    "web.views.letters",
    "web.views.report",
    "web.views.sheets",
    "web.views.territories",
    "web.views.themes",
    "web.views.records",
    "web.views.about",
    "web.views.map",
    "web.views.geography_gaps",
    "web.views.map_exports",
    "web.views.saved_views",
    "web.views.tour",
    "web.views.embed",
    "web.views.language",
    "web.api",
    "web.api.meetings",
    "web.api.groups",
    "web.api.publications",
    "web.api.coordinating",
    "web.api.publishing",
)


def blueprints() -> list[Blueprint]:
    """All blueprints of the site."""
    found: list[Blueprint] = []
    for name in _MODULES:
        try:
            module = import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name != name:
                raise
            continue
        found.append(module.bp)
    return found

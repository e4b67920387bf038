"""The pages: one module per question a reader asks. Each route declares its policy."""

from importlib import import_module

from flask import Blueprint

_MODULES = (
    "web.views.home",
    "web.views.search",
    "web.views.actors.directory",
    "web.views.partners.pages",
    "web.views.partners.refused",
    "web.views.introductions.pages",
    "web.views.introductions.asking",
    "web.views.introductions.answering",
    "web.views.coordination.isolated",
    "web.views.coordination.follow_up",
    "web.views.coordination.links",
    "web.views.coordination.what_if",
    "web.views.coordination.plans",
    "web.views.coordination.health",
    "web.views.coordination.evolution",
    "web.views.coordination.communities",
    "web.views.opportunities.pages",
    "web.views.opportunities.pooling",
    "web.views.meetings.planning",
    "web.views.meetings.kept",
    "web.views.publishing.announcements",
    "web.views.publishing.forms_pages",
    "web.views.publishing.acts",
    "web.views.publishing.experiences",
    "web.views.publishing.calls",
    "web.views.events",
    "web.views.papers.letters",
    "web.views.papers.report",
    "web.views.papers.sheets",
    "web.views.territories",
    "web.views.themes",
    "web.views.actors.works",
    "web.views.about",
    "web.views.maps.network",
    "web.views.maps.geography_gaps",
    "web.views.maps.geography_files",
    "web.views.maps.exports",
    "web.views.maps.saved_views",
    "web.views.maps.tour",
    "web.views.maps.embed",
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
    return [import_module(name).bp for name in _MODULES]

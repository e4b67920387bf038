"""The browser looks at every page there is."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser.page_list import PAGES
from tests.web.access_table import ACCESS, EVERYBODY

# Answers that are no page of the site: data, files, redirections, a fragment of the map.
NOT_PAGES = {
    "about.health",
    "accounts.link",  # a one-time link: tests/browser/test_coordinator.py
    "actors.ego",
    "language.choose",
    "letters.letter_pdf",
    "letters.letters_pdf",
    "map.columns",
    "map.data",
    "map.drawing_library",
    "map.drawing_script",
    "map.revision",
    "map.summary",
    "meetings.plan_workbook",
    "meetings_kept.invitation",
    "meetings_kept.kept_workbook",
    "report.latest",
    "report.yearly_pdf",
    "saved_views.one",
    "search.as_one_types",
    "static",
}


def _is_page(endpoint: str) -> bool:
    return endpoint not in NOT_PAGES and not endpoint.startswith(("api", "map_exports.", "geography_files."))


def test_every_route_that_answers_with_a_page_is_looked_at(essonne_site: Flask) -> None:
    address = essonne_site.url_map.bind("")
    seen = set()
    for name, page in PAGES.items():
        try:
            endpoint, _ = address.match(urlsplit(page.path).path, method="GET")
        except RequestRedirect as redirected:
            pytest.fail(f"{name} is redirected to {redirected.new_url}")
        except HTTPException:
            assert page.status == 404, name
            continue
        seen.add(endpoint)
    pages = {rule.endpoint for rule in essonne_site.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {endpoint for endpoint in pages if _is_page(endpoint)} - seen == set()


def test_a_page_for_some_is_looked_at_as_one_of_them(essonne_site: Flask) -> None:
    address = essonne_site.url_map.bind("")
    for name, page in PAGES.items():
        if page.status == 200 and page.as_role is None:
            endpoint, _ = address.match(urlsplit(page.path).path, method="GET")
            assert ACCESS[endpoint] == EVERYBODY, name

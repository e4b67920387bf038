"""The menu: each tab leads somewhere, each page knows where it stands, nobody is shown a closed door."""

from flask import Flask
from flask.testing import FlaskClient

from web.navigation import SECTIONS

OUTSIDE = {"about", "accounts", "events", "language", "pages", "search"}


def _blueprints(site: Flask) -> set[str]:
    shown = (rule for rule in site.url_map.iter_rules() if "GET" in (rule.methods or ()))
    return {rule.endpoint.split(".")[0] for rule in shown if not rule.rule.startswith(("/api", "/static"))}


def test_each_page_of_the_site_stands_in_one_section(essonne_site: Flask) -> None:
    placed = [name for section in SECTIONS for name in section.blueprints]
    assert len(placed) == len(set(placed))
    assert _blueprints(essonne_site) - set(placed) == OUTSIDE
    assert set(placed) <= set(essonne_site.blueprints)


def test_the_tabs_of_a_visitor_all_open(visitor: FlaskClient) -> None:
    for section in SECTIONS:
        for page in section.pages:
            if page.right is None:
                with visitor.application.test_request_context():
                    address = visitor.application.url_for(page.endpoint)
                assert visitor.get(address, follow_redirects=True).status_code == 200, page.endpoint


def test_the_current_page_and_its_section_are_told(visitor: FlaskClient, agent: FlaskClient) -> None:
    page = visitor.get("/appels").get_data(as_text=True)
    assert page.count('aria-current="page">Appels à projets') == 1
    assert 'aria-current="true">Annonces' in page
    assert 'aria-current="true">Rapport annuel' in visitor.get("/rapport/2012").get_data(as_text=True)
    assert "Meilleurs liens" not in visitor.get("/etat-du-reseau").get_data(as_text=True)
    assert "Meilleurs liens" in agent.get("/etat-du-reseau").get_data(as_text=True)

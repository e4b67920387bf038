"""The list of events, and a legend from which every kind can still be chosen."""

import re

from flask.testing import FlaskClient

from graphsvc.domain.events import EventKind
from graphsvc.snapshot import Snapshot
from tests.web.conftest import text_of


def events(page: str) -> list[str]:
    """The ids of the events listed, in order."""
    return re.findall(r'href="/evenements/([^"]+)"', page)


def test_every_event_is_listed_once_newest_year_first(visitor: FlaskClient, snapshot: Snapshot) -> None:
    page = visitor.get("/evenements").get_data(as_text=True)
    assert sorted(events(page)) == sorted(snapshot.event_ids)
    years = [int(y) for y in re.findall(r"<h2>(\d{4})</h2>", page)]
    assert years == sorted(years, reverse=True)
    assert len(years) == len(set(years))


def test_a_kind_of_event_is_chosen_in_the_address(visitor: FlaskClient, snapshot: Snapshot) -> None:
    page = visitor.get("/evenements?type=training").get_data(as_text=True)
    found = [snapshot.event(k) for k in range(len(snapshot.event_ids))]
    assert sorted(events(page)) == sorted(e.id for e in found if e.kind is EventKind.TRAINING)


def test_an_unknown_kind_of_event_is_refused_in_plain_words(visitor: FlaskClient) -> None:
    answer = visitor.get("/evenements?type=licorne")
    assert answer.status_code == 400
    assert "licorne" in text_of(answer.get_data(as_text=True))


def test_a_map_of_one_kind_still_offers_the_others(visitor: FlaskClient) -> None:
    def offered(address: str) -> dict[str, str]:
        page = visitor.get(address).get_data(as_text=True)
        legend = page[page.index('id="map-legend"') :]
        return dict(
            re.findall(r'name="(?:type|lien)" value="(\w+)".*?class="map-n">([^<]*)<', legend, re.DOTALL)
        )

    everything, communes = offered("/carte"), offered("/carte?type=commune")
    assert everything["commune"] == communes["commune"]
    assert everything["association"] == communes["association"]
    assert everything.keys() == communes.keys()

"""Figures as the coordination reads them, and the order of the best links."""

from dataclasses import replace

import pytest

from graphsvc.analytics.best_links import BestLinks
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from people.roles import Role
from tests.graphsvc.networks import snapshot_of
from tests.web.coordination.conftest import Desk
from web.countries import countries_abroad
from web.language import Language, reading
from web.views.coordination import links
from web.words.coordination import difference_text, figure_number, figure_text


def test_a_mean_keeps_its_decimal_and_a_count_has_none() -> None:
    assert figure_text("mean_degree", 1.0) == "1,0"
    assert figure_text("mean_degree", 2.345) == "2,3"
    assert figure_text("ties", 1) == "1"
    assert figure_number("mean_degree", 1) == "1,0"
    assert difference_text("mean_degree", 1.0, 2.0) == "+1,0"
    assert difference_text("actors", 1, 3) == "+2"
    with reading(Language.ENGLISH):
        assert figure_text("mean_degree", 1.0) == "1.0"


@pytest.mark.parametrize("grows", [True, False])
def test_the_best_links_say_when_one_opens_the_way_for_a_later_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, grows: bool
) -> None:
    found = links.best_introductions

    def ordered(*asked: object, **how: object) -> BestLinks:
        best: BestLinks = found(*asked, **how)  # type: ignore[arg-type] - as it was asked
        assert len(best.steps) > 1
        gains = sorted((step.gain for step in best.steps), reverse=not grows)
        steps = [
            replace(step, gain=gain + 0.1 * k * grows)
            for k, (step, gain) in enumerate(zip(best.steps, gains, strict=True))
        ]
        return replace(best, steps=tuple(steps))

    monkeypatch.setattr(links, "best_introductions", ordered)
    page = desk.visit(Role.AGENT).get("/coordination/liens?budget=5").get_data(as_text=True)
    assert ("qui lui ont ouvert le chemin" in page) == grows


def test_the_countries_abroad_hold_no_home_place() -> None:
    places = [
        Place("FR", "France", PlaceLevel.COUNTRY),
        Place("FR-91", "Essonne", PlaceLevel.DEPARTMENT, role=PlaceRole.HOME, parent="FR"),
        Place("ML", "Mali", PlaceLevel.COUNTRY),
        Place("ML-1", "Kayes", PlaceLevel.REGION, parent="ML"),
    ]
    counts = [("FR", 9), ("ML-1", 5), ("ML", 4), ("nowhere", 3)]
    assert countries_abroad(snapshot_of(places), counts) == [("ML", 4)]

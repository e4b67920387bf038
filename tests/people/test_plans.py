"""Plans are kept whole, set aside and resumed; never deleted."""

from datetime import date

import pytest

from graphsvc.domain.errors import InvalidValue, UnknownRecord
from people.plans import PlannedLink, find_plan, keep_plan, plans, set_plan_aside

DAY = date(2026, 11, 2)
LINKS = [PlannedLink("a", "b", "Amis", "Bamako"), PlannedLink("c", "b", "Ciné", "Bamako")]


def keep(private, name="Eau à Kayes", links=LINKS, store="g1"):
    return keep_plan(private, store, name, links, day=DAY, figures={"isolated": (9, 7)}, by="acc-1")


def test_a_plan_comes_back_as_it_was_kept(private):
    found = find_plan(private, "g1", keep(private, "  Eau   à Kayes "))
    assert (found.name, found.day, found.made_by) == ("Eau à Kayes", DAY, "acc-1")
    assert found.links == tuple(LINKS)
    assert found.figures == {"isolated": [9, 7]}


def test_plans_being_followed_come_first_then_the_latest(private, clock):
    ids = []
    for name in ("un", "deux", "trois"):
        ids.append(keep(private, name))
        clock.advance(days=1)
    keep(private, "ailleurs", store="g2")
    set_plan_aside(private, "g1", ids[2], aside=True, by="acc-1")
    assert [p.name for p in plans(private, "g1")] == ["deux", "un", "trois"]
    set_plan_aside(private, "g1", ids[2], aside=False, by="acc-1")
    assert [p.name for p in plans(private, "g1")] == ["trois", "deux", "un"]


@pytest.mark.parametrize(
    ("name", "links", "rule"),
    [
        (" ", LINKS, "required"),
        ("x" * 121, LINKS, "plan_name_too_long"),
        ("vide", [], "plan_without_link"),
        ("trop", LINKS * 51, "too_many_links"),
    ],
)
def test_a_plan_without_name_or_link_is_refused(private, name, links, rule):
    with pytest.raises(InvalidValue) as refused:
        keep(private, name, links)
    assert refused.value.rule == rule
    assert plans(private, "g1") == []


def test_an_unknown_plan_is_said(private):
    other = keep(private, store="g2")
    for id_ in (other, "nothing"):
        with pytest.raises(UnknownRecord):
            find_plan(private, "g1", id_)
        with pytest.raises(UnknownRecord):
            set_plan_aside(private, "g1", id_, aside=True, by="acc-1")

"""Views: one's own, shared by choice, put in a tour; gone with the account."""

import pytest
from sqlalchemy import delete

from graphsvc.domain.errors import InvalidValue, UnknownRecord
from people.accounts import redeem, sign_in_link
from people.roles import Role
from people.saved_views import (
    MOST_VIEWS,
    delete_view,
    find_view,
    own_views,
    rename_view,
    save_view,
    set_tour,
    share_view,
    shared_views,
    tour_views,
)
from people.tables import AccountRow, AuditRow

MAP = "/carte?theme=water#vue=1,2,0.5"


@pytest.fixture
def ana(private):
    return redeem(private, sign_in_link(private, "ana@ville.example", create_role=Role.AGENT)).account.id


@pytest.fixture
def bob(private):
    return redeem(private, sign_in_link(private, "bob@ville.example", create_role=Role.MEMBER)).account.id


def test_a_view_comes_back_as_it_was_kept_in_its_graph_only(private, ana, clock):
    first = save_view(private, "g1", "  L'eau   à Kayes ", MAP, by=ana)
    clock.advance(days=1)
    second = save_view(private, "g1", "Deux", "/acteurs?q=a", by=ana)
    assert [v.id for v in own_views(private, "g1", ana)] == [second, first]
    found = find_view(private, "g1", first)
    assert (found.name, found.address, found.shared, found.tour_step) == ("L'eau à Kayes", MAP, False, None)
    assert own_views(private, "g2", ana) == []
    with pytest.raises(UnknownRecord):
        find_view(private, "g2", first)


@pytest.mark.parametrize(
    ("name", "address", "rule"),
    [
        (" ", MAP, "required"),
        ("x" * 121, MAP, "view_name_too_long"),
        ("écrire à ana@ville.example", MAP, "contact_in_view"),
        ("a", "https://elsewhere.example/carte", "view_address"),
        ("a", "//elsewhere.example/carte", "view_address"),
        ("a", "/\\elsewhere.example", "view_address"),
        ("a", "carte", "view_address"),
        ("a", "/carte\nSet-Cookie: x", "view_address"),
        ("a", "/carte?" + "x" * 2000, "view_address"),
    ],
)
def test_what_is_no_view_is_refused_and_nothing_is_kept(private, ana, name, address, rule):
    with pytest.raises(InvalidValue) as refused:
        save_view(private, "g1", name, address, by=ana)
    assert refused.value.rule == rule
    assert own_views(private, "g1", ana) == []


def test_nobody_keeps_more_than_two_hundred(private, ana, monkeypatch):
    assert MOST_VIEWS == 200
    monkeypatch.setattr("people.saved_views.MOST_VIEWS", 2)
    for k in range(2):
        save_view(private, "g1", f"{k}", MAP, by=ana)
    with pytest.raises(InvalidValue) as refused:
        save_view(private, "g1", "encore", MAP, by=ana)
    assert refused.value.rule == "too_many_views"


def test_only_its_author_renames_deletes_or_shares_it(private, ana, bob):
    mine = save_view(private, "g1", "Eau", MAP, by=ana)
    for act in (
        lambda: rename_view(private, "g1", mine, "à moi", by=bob),
        lambda: delete_view(private, "g1", mine, by=bob),
        lambda: share_view(private, "g1", mine, shared=True, by=bob),
    ):
        with pytest.raises(UnknownRecord):
            act()
    rename_view(private, "g1", mine, "L'eau", by=ana)
    share_view(private, "g1", mine, shared=True, by=ana)
    assert [v.name for v in shared_views(private, "g1")] == ["L'eau"]
    assert delete_view(private, "g1", mine, by=ana).address == MAP
    assert shared_views(private, "g1") == own_views(private, "g1", ana) == []


def test_the_tour_follows_its_places_and_a_view_no_longer_shared_leaves_it(private, ana):
    ids = {n: save_view(private, "g1", n, MAP, by=ana) for n in ("un", "deux", "trois")}
    for id_ in ids.values():
        share_view(private, "g1", id_, shared=True, by=ana)
    set_tour(private, "g1", {ids["trois"]: (1, "Ici."), ids["un"]: (2, "")}, by=ana)
    assert [(v.name, v.text) for v in tour_views(private, "g1")] == [("trois", "Ici."), ("un", "")]
    share_view(private, "g1", ids["trois"], shared=False, by=ana)
    assert [v.name for v in tour_views(private, "g1")] == ["un"]
    set_tour(private, "g1", {ids["un"]: (None, "")}, by=ana)
    assert tour_views(private, "g1") == []


def test_a_wrong_step_changes_no_other(private, ana):
    one, two = (save_view(private, "g1", n, MAP, by=ana) for n in ("un", "deux"))
    share_view(private, "g1", one, shared=True, by=ana)
    for wrong, text in ((UnknownRecord, ""), (InvalidValue, "x" * 601), (InvalidValue, "06 12 34 56 78")):
        with pytest.raises(wrong):
            set_tour(private, "g1", {one: (1, "Oui."), two: (2, text)}, by=ana)
        assert tour_views(private, "g1") == []
    with pytest.raises(InvalidValue):
        set_tour(private, "g1", {f"{k}": (k, "") for k in range(21)}, by=ana)


def test_the_views_of_a_person_go_with_their_account(private, ana, bob):
    kept = save_view(private, "g1", "à Bob", MAP, by=bob)
    share_view(private, "g1", save_view(private, "g1", "à Ana", MAP, by=ana), shared=True, by=ana)
    with private.writing() as session:
        session.execute(delete(AccountRow).where(AccountRow.id == ana))
    assert shared_views(private, "g1") == []
    assert find_view(private, "g1", kept).name == "à Bob"


def test_the_log_names_neither_the_view_nor_its_address(private, ana):
    mine = save_view(private, "g1", "Nom secret", MAP, by=ana)
    share_view(private, "g1", mine, shared=True, by=ana)
    delete_view(private, "g1", mine, by=ana)
    with private.reading() as session:
        lines = [f"{row.action} {row.subject} {row.details}" for row in session.query(AuditRow)]
    assert any("view_shared" in line for line in lines)
    assert not any("secret" in line or "carte" in line for line in lines)

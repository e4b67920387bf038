"""Who may publish what, beyond being signed in: one's own actors, or staff."""

from collections.abc import Callable

import pytest

from people.roles import Role
from tests.graphsvc.usecases.small_world import NEED
from tests.web.publishing.conftest import ANNOUNCEMENT, Person, UnsteadyStore

STRANGERS = ((Role.MEMBER, ("massy",)), (Role.MEMBER, ()))
ACTS = (
    ("modifier", ANNOUNCEMENT),
    ("prolonger", {"expires_on": "2027-09-01"}),
    ("clore", {"result": "unanswered"}),
    ("retirer", {}),
)


@pytest.mark.parametrize(("role", "actors"), STRANGERS)
@pytest.mark.parametrize(("act", "data"), ACTS)
def test_a_member_of_another_actor_changes_nothing(
    person: Callable[..., Person],
    store: UnsteadyStore,
    published: str,
    role: Role,
    actors: tuple[str, ...],
    act: str,
    data: dict[str, object],
) -> None:
    before = store.info().revision
    stranger = person(role, *actors)
    assert stranger.post(f"{published}/{act}", data, at="/mon-compte").status_code == 403
    assert stranger.client.get(f"{published}/modifier").status_code == 403
    assert store.info().revision == before
    assert "Gérer cette annonce" not in stranger.get(published)


@pytest.mark.parametrize("role", [Role.AGENT, Role.COORDINATOR, Role.ADMIN])
def test_staff_changes_anybodys(person: Callable[..., Person], published: str, role: Role) -> None:
    staff = person(role)
    assert "Gérer cette annonce" in staff.get(published)
    for act, data in ACTS:
        assert staff.post(f"{published}/{act}", data, at=published).status_code in (303, 422)


def test_nobody_publishes_for_an_actor_that_is_not_theirs(
    person: Callable[..., Person], store: UnsteadyStore
) -> None:
    before = store.info().revision
    for role, actors in STRANGERS:
        stranger = person(role, *actors)
        for path, data in (
            ("/publier/annonce", ANNOUNCEMENT),
            ("/publier/experience", {"title": "T", "done": "D", "failures": "F"}),
            (f"/annonces/{NEED.id}/reprendre", {}),
        ):
            answer = stranger.post(path, {**data, "actor": "amis"}, at="/mon-compte")
            assert answer.status_code == 403, path
    assert store.info().revision == before


def test_one_without_an_actor_is_told_what_to_do(person: Callable[..., Person]) -> None:
    html = person(Role.MEMBER).get("/publier/annonce")
    assert "rattaché à aucun acteur" in html
    assert '<form method="post" class="publish"' not in html


def test_members_publish_no_call(member: Person) -> None:
    assert member.client.get("/publier/appel").status_code == 403
    assert member.post("/publier/appel", {"title": "T"}, at="/mon-compte").status_code == 403


def test_one_takes_back_only_what_one_did(
    member: Person, person: Callable[..., Person], store: UnsteadyStore, published: str
) -> None:
    revision = str(store.info().revision)
    for other in (person(Role.MEMBER, "massy"), person(Role.AGENT), person(Role.MEMBER, "amis", "massy")):
        answer = other.post("/publier/annuler", {"revision": revision}, at="/mon-compte")
        assert answer.status_code == 403
    for nonsense, status in (("1", 403), ("0", 404), ("99", 404), ("x", 400), ("", 400)):
        answer = member.post("/publier/annuler", {"revision": nonsense}, at="/mon-compte")
        assert answer.status_code == status, nonsense
    assert member.client.get(published).status_code == 200


def test_one_who_lost_the_actor_takes_nothing_back(
    member: Person, private: object, store: UnsteadyStore, published: str
) -> None:
    from people.accounts import list_accounts
    from people.membership import set_actors

    (account,) = list_accounts(private)  # type: ignore[arg-type]
    set_actors(private, account.id, store.info().store_id, [], by="tests")  # type: ignore[arg-type]
    revision = str(store.info().revision)
    assert member.post("/publier/annuler", {"revision": revision}, at="/mon-compte").status_code == 403
    assert member.client.get(published).status_code == 200


def test_a_visitor_is_led_to_sign_in_and_back(person: Callable[..., Person]) -> None:
    visitor = person(None)
    assert 'href="/connexion?next=/publier/annonce"' in visitor.get("/annonces")
    assert visitor.client.get("/publier/annonce").status_code == 401
    assert "Connectez-vous pour le reprendre" in visitor.get(f"/annonces/{NEED.id}")


def test_a_form_without_its_token_publishes_nothing(member: Person, store: UnsteadyStore) -> None:
    before = store.info().revision
    assert member.client.post("/publier/annonce", data=ANNOUNCEMENT).status_code == 400
    assert store.info().revision == before

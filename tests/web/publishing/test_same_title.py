"""An announcement published twice is said to be, to those who may take one off."""

from collections.abc import Callable

from people.roles import Role
from tests.web.publishing.conftest import ANNOUNCEMENT, Person
from tests.web.publishing.test_publishing import said

ALREADY = "Ce titre est déjà celui d'une autre annonce ouverte"


def test_the_same_title_again_is_said_to_whom_may_take_one_off(
    member: Person, person: Callable[..., Person], published: str
) -> None:
    assert ALREADY not in said(member.get(published))
    again = {**ANNOUNCEMENT, "title": "qui  part à KAYES ?"}
    second = member.post("/publier/annonce", again).headers["Location"]
    assert second != published
    shown = member.get(second)
    assert f"{ALREADY} des Amis de Kayes : Qui part à Kayes ?" in said(shown)
    assert f'href="{published}"' in shown
    assert ALREADY in said(person(Role.AGENT).get(second))
    assert ALREADY not in said(person(None).get(second))


def test_what_answers_it_and_what_is_closed_are_not_the_same(member: Person, published: str) -> None:
    offer = member.post("/publier/annonce", {**ANNOUNCEMENT, "direction": "offer"}).headers["Location"]
    assert ALREADY not in said(member.get(offer))
    shut = {"result": "answered_here"}
    assert member.post(f"{published}/clore", shut, at=published).status_code == 303
    second = member.post("/publier/annonce", ANNOUNCEMENT).headers["Location"]
    assert ALREADY not in said(member.get(second))

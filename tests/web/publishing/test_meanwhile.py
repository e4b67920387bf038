"""Two people at once, a button pressed twice, a page one came back to: nothing lost, nothing done twice."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from people.roles import Role
from tests.graphsvc.usecases.small_world import NEED
from tests.web.conftest import text_of
from tests.web.publishing.conftest import ANNOUNCEMENT, Person, UnsteadyStore
from tests.web.publishing.test_api import NEW, read, send
from web.api import publishing

FOLDERS = {
    "/annonces": ("/publier/annonce", ANNOUNCEMENT, "Qui part à Kayes ?"),
    "/experiences": (
        "/publier/experience",
        {"actor": "amis", "title": "Un puits", "done": "Creusé", "failures": "La pompe"},
        "Un puits",
    ),
    "/appels": (
        "/publier/appel",
        {"title": "Appel eau", "funder": "massy", "closes_on": "2027-03-01", "themes": ["drinking"]},
        "Appel eau",
    ),
}


@pytest.mark.parametrize("list_", FOLDERS)
def test_taking_off_what_is_off_already_is_done(
    person: Callable[..., Person], store: UnsteadyStore, list_: str
) -> None:
    form, typed, title = FOLDERS[list_]
    agent = person(Role.AGENT)
    there = agent.post(form, {**typed, "actor": "amis"}).headers["Location"]
    agent.post(f"{there}/retirer", {}, at=there)
    revision = store.info().revision
    again = agent.again(f"{there}/retirer", {"key": "another-key-of-mine"})
    assert (again.status_code, again.headers["Location"]) == (303, list_)
    said = " ".join(unescape(text_of(agent.get(list_))).split())
    assert f"« {title} » n'est plus en ligne" in said
    assert store.info().revision == revision
    stranger = person(Role.MEMBER, "massy")
    assert stranger.post(f"{there}/retirer", {}, at="/mon-compte").status_code == 403
    assert agent.post(f"{list_}/nobody-knows-it/retirer", {}, at="/mon-compte").status_code == 404


def test_a_text_typed_for_what_was_taken_off_is_kept_and_can_be_published_anew(
    member: Person, person: Callable[..., Person], published: str
) -> None:
    member.form(f"{published}/modifier")
    form = member.form(f"{published}/modifier")
    person(Role.AGENT).post(f"{published}/retirer", {}, at=published)
    late = member.client.post(f"{published}/modifier", data={**form, **ANNOUNCEMENT, "title": "Bien mieux"})
    assert late.status_code == 410
    page = late.get_data(as_text=True)
    assert "Quelqu'un a retiré cette fiche" in unescape(text_of(page))
    assert "Bien mieux" in page
    assert 'action="/publier/annonce"' in page
    anew = member.client.post(
        "/publier/annonce", data={"csrf_token": form["csrf_token"], **ANNOUNCEMENT, "title": "Bien mieux"}
    )
    assert anew.status_code == 303


def test_a_form_saved_once_and_sent_again_with_other_words_says_what_is_kept(
    member: Person, published: str
) -> None:
    edit = f"{published}/modifier"
    assert member.post(edit, {**ANNOUNCEMENT, "title": "Le premier envoi"}).status_code == 303
    back = member.again(edit, {**ANNOUNCEMENT, "title": "Le second envoi"})
    said = text_of(back.get_data(as_text=True))
    assert back.status_code == 409
    assert "Vous avez déjà enregistré ce formulaire" in said
    assert "Le premier envoi" in said
    assert "deuxième fois" not in said
    shown = member.client.post(edit, data={**_hidden(back.get_data(as_text=True)), **ANNOUNCEMENT,
                                           "title": "Le second envoi"})  # fmt: skip
    assert shown.status_code == 303
    assert "Le second envoi" in member.get(published)


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(csrf_token|key|version)" value="([^"]*)"', page)
    return dict(reversed(found))


def test_an_act_taken_back_too_late_says_that_it_changed(
    member: Person, person: Callable[..., Person], published: str
) -> None:
    revision = member.client.get(published).get_data(as_text=True).split('name="revision" value="')[1]
    agent = person(Role.AGENT)
    agent.post(f"{published}/modifier", {**ANNOUNCEMENT, "title": "Un autre titre"})
    form = {**member.form(published), "revision": revision.split('"')[0]}
    late = member.client.post("/publier/annuler", data=form)
    assert late.status_code == 409
    assert "Cela a changé entre-temps" in text_of(late.get_data(as_text=True))
    assert "Un autre titre" in member.get(published)


# --- from another program --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["short", "x" * 65, "{3f2a-91c0-aaaa-bbbb}", "clé-accentuée", ""])
def test_a_key_that_protects_from_nothing_is_refused(member: Person, store: UnsteadyStore, key: str) -> None:
    before = store.info().revision
    answer = send(member, "POST", "/announcements", NEW, Idempotency_Key=key)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["facts"]["rule"] == "idempotency_key_form"
    assert store.info().revision == before


def test_a_used_key_is_told_as_it_was_given(member: Person) -> None:
    send(member, "POST", "/announcements", NEW, Idempotency_Key="a-key-of-mine-1")
    again = send(member, "POST", "/announcements", {**NEW, "title": "X y"}, Idempotency_Key="a-key-of-mine-1")
    assert again.get_json()["error"]["facts"] == {"key": "a-key-of-mine-1"}


def test_the_version_is_read_wherever_it_is_given_once(member: Person) -> None:
    path = "/announcements/" + send(member, "POST", "/announcements", NEW).get_json()["id"]
    assert send(member, "PATCH", path, {"title": "Deux"}, If_Match='W/"1"').status_code == 200
    both = send(member, "PATCH", path, {"title": "Trois", "version": 2}, If_Match='"1"')
    assert (both.status_code, both.get_json()["error"]["facts"]["rule"]) == (400, "two_versions")
    assert send(member, "PATCH", path, {"title": "Trois", "version": 2}, If_Match='"2"').status_code == 200
    missing = send(member, "PATCH", f"{path}?lang=en", {"title": "Quatre"})
    assert (missing.status_code, missing.get_json()["error"]["text"][:3]) == (428, "Say")


def test_who_comes_second_is_given_the_record_as_it_is(member: Person, person: Callable[..., Person]) -> None:
    path = "/announcements/" + send(member, "POST", "/announcements", NEW).get_json()["id"]
    send(person(Role.AGENT), "PATCH", path, {"title": "D'un autre"}, If_Match='"1"')
    late = send(member, "PATCH", path, {"title": "À moi"}, If_Match='"1"').get_json()["error"]
    assert (late["code"], late["current"]["title"], late["current"]["version"]) == (
        "version_conflict",
        "D'un autre",
        2,
    )
    assert read(member, path)["title"] == "D'un autre"
    gone = send(member, "DELETE", path, If_Match='"2"')
    assert gone.status_code == 204
    assert send(member, "PATCH", path, {"title": "À moi"}, If_Match='"2"').status_code == 404


def test_a_need_taken_up_by_two_at_the_same_instant_is_taken_up_once(
    member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one read the need before the first one wrote."""
    path = f"/announcements/{NEED.id}/adoption"
    first = send(member, "POST", path, {})
    read_before = [None]
    known = publishing.stored_or_none

    def as_read(kind: object, id_: str) -> object:
        return read_before.pop() if read_before else known(kind, id_)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "stored_or_none", as_read)
    second = send(member, "POST", path, {})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json()["id"] == second.get_json()["id"]


@pytest.mark.parametrize(("act", "body"), [("closing", {"result": "unanswered"}), ("renewal", {})])
def test_an_act_decided_on_an_old_version_is_refused_when_it_names_it(
    member: Person, act: str, body: dict[str, str]
) -> None:
    path = "/announcements/" + send(member, "POST", "/announcements", NEW).get_json()["id"]
    send(member, "PATCH", path, {"title": "Trésorier"}, If_Match='"1"')
    late = send(member, "POST", f"{path}/{act}", body, If_Match='"1"')
    assert (late.status_code, late.get_json()["error"]["code"]) == (409, "version_conflict")
    assert send(member, "POST", f"{path}/{act}", body, If_Match='"2"').status_code == 200

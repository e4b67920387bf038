"""The same from another program: the same rules, codes, facts and sentences; nothing is done twice."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from people.roles import Role
from tests.graphsvc.usecases.small_world import NEED
from tests.web.publishing.conftest import Person, UnsteadyStore
from web.words.meeting_rules import MEETING_FAULTS
from web.words.publishing import FAULTS

NEW = {
    "direction": "need",
    "nature": "skill",
    "title": "Comptable bénévole",
    "themes": ["Eau potable"],
    "expires_on": "2027-01-31",
}


def send(who: Person, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
    token = who.client.get("/api/v1/session").get_json()["csrf_token"]
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return who.client.open(
        f"/api/v1{path}", method=method, json=body, headers={"X-CSRFToken": token, **named}
    )


def read(who: Person, path: str) -> Any:
    answer = who.client.get(f"/api/v1{path}")
    assert answer.status_code == 200, path
    return answer.get_json()


def test_the_life_of_an_announcement(member: Person) -> None:
    made = send(member, "POST", "/announcements", NEW)
    assert made.status_code == 201
    path = made.headers["Location"].removeprefix("/api/v1")
    assert (made.get_json()["actor"]["id"], made.headers["ETag"]) == ("amis", '"1"')
    changed = send(member, "PATCH", path, {"title": "Comptable"}, If_Match='"1"')
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert read(member, path)["title"] == "Comptable"
    assert read(member, path)["themes"] == ["drinking"]
    closed = send(member, "POST", f"{path}/closing", {"result": "unanswered"})
    assert closed.get_json()["standing"] == "closed"
    assert send(member, "PATCH", path, {"title": "X"}, If_Match='"3"').status_code == 400
    assert send(member, "POST", f"{path}/renewal", {}).get_json()["standing"] == "open"
    assert send(member, "DELETE", path, If_Match='"4"').status_code == 204
    assert member.client.get(f"/api/v1{path}").status_code == 404


def test_a_retry_under_its_key_publishes_once(member: Person) -> None:
    answers = [
        send(member, "POST", "/announcements", NEW, Idempotency_Key="a-key-of-mine-1") for _ in range(2)
    ]
    assert answers[0].get_json() == answers[1].get_json()
    assert read(member, "/announcements?standing=open")["total"] == 1
    other = send(
        member, "POST", "/announcements", {**NEW, "nature": "event"}, Idempotency_Key="a-key-of-mine-1"
    )
    assert (other.status_code, other.get_json()["error"]["code"]) == (409, "idempotency_mismatch")


def test_a_change_names_the_version_it_was_decided_on(member: Person) -> None:
    path = "/announcements/" + send(member, "POST", "/announcements", NEW).get_json()["id"]
    assert send(member, "PATCH", path, {"title": "X"}).status_code == 428
    assert send(member, "PATCH", path, {"title": "X", "version": 1}).status_code == 200
    late = send(member, "PATCH", path, {"title": "Y", "version": 1})
    assert late.status_code == 409
    assert late.get_json()["error"]["facts"] == {
        "kind": "announcement", "id": path.split("/")[-1], "expected": 1, "found": 2
    }  # fmt: skip


def test_faults_come_with_field_code_facts_and_a_sentence(member: Person) -> None:
    answer = send(member, "POST", "/announcements", {**NEW, "themes": ["eau potabl"], "expires_on": "2020"})
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"]) == (422, "draft_refused")
    theme, end = error["fields"]
    assert (theme["field"], theme["code"], theme["facts"]["nearest"][0]["id"]) == (
        "themes",
        "unknown_entry",
        "drinking",
    )
    assert (end["field"], end["code"]) == ("expires_on", "in_the_past")
    assert "passée" in end["text"]
    english = send(member, "POST", "/announcements?lang=en", {**NEW, "expires_on": "2020"}).get_json()
    assert "past" in english["error"]["fields"][0]["text"]


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ([1], "json_object"),
        ({"titre": "x"}, "unknown_field"),
        ({"title": {"a": 1}}, "text_or_texts"),
        ({"title": ["a"]}, "text_or_texts"),
        ({"themes": [["a"]]}, "text_or_texts"),
        ({"title": True}, "text_or_texts"),
    ],
)
def test_a_body_that_is_none_is_refused(member: Person, body: object, rule: str) -> None:
    answer = send(member, "POST", "/announcements", body)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["facts"]["rule"] == rule


def test_a_need_is_taken_up_once(member: Person) -> None:
    path = f"/announcements/{NEED.id}/adoption"
    first, second = (send(member, "POST", path, {}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json()["id"] == second.get_json()["id"]
    assert read(member, f"/announcements/{NEED.id}")["adopted_by"] == [first.get_json()["id"]]


def test_rights_are_those_of_the_pages(
    member: Person, person: Callable[..., Person], store: UnsteadyStore
) -> None:
    path = "/announcements/" + send(member, "POST", "/announcements", NEW).get_json()["id"]
    stranger = person(Role.MEMBER, "massy")
    before = store.info().revision
    assert send(stranger, "PATCH", path, {"title": "X"}, If_Match='"1"').status_code == 403
    assert send(stranger, "POST", f"{path}/closing", {"result": "unanswered"}).status_code == 403
    assert send(stranger, "POST", "/announcements", {**NEW, "actor": "amis"}).status_code == 403
    assert send(stranger, "POST", "/calls", {"title": "x"}).status_code == 403
    assert person(None).client.get("/api/v1/session").status_code == 401
    assert member.client.post("/api/v1/announcements", json=NEW).status_code == 400  # no CSRF token
    assert store.info().revision == before


def test_sheets_and_calls_are_published_and_read(member: Person, person: Callable[..., Person]) -> None:
    sheet = send(member, "POST", "/experiences", {"title": "Un puits", "done": "Creusé", "failures": "Pompe"})
    assert sheet.status_code == 201
    changed = send(
        member, "PATCH", sheet.headers["Location"].removeprefix("/api/v1"), {"advice": "Former", "version": 1}
    )
    assert changed.get_json()["advice"] == "Former"
    assert read(member, "/experiences")["experiences"][0]["failures"] == "Pompe"
    agent = person(Role.AGENT)
    call = {"title": "Appel eau", "funder": "massy", "closes_on": "2027-03-01", "themes": ["drinking"],
            "max_amount": 15000}  # fmt: skip
    made = send(agent, "POST", "/calls", call)
    assert (made.status_code, made.get_json()["window"]) == (201, "open")
    assert read(agent, "/calls?window=open&kind=association")["total"] == 1
    assert read(agent, "/calls?window=past")["total"] == 0
    found = read(agent, "/actors/amis/calls")
    assert found["calls"][0]["because"][0]["text"].startswith("Porte sur ce que vous faites")
    where = made.headers["Location"].removeprefix("/api/v1")
    assert send(agent, "PATCH", where, {"closes_on": "2027-04-01", "version": 1}).status_code == 200
    assert send(agent, "DELETE", where, If_Match='"2"').status_code == 204


def test_the_board_filters_as_the_page_does(member: Person) -> None:
    send(member, "POST", "/announcements", {**NEW, "territories": ["Massy"]})
    for query, total in (
        ("", 2),
        ("?direction=offer", 0),
        ("?theme=water", 1),
        ("?territory=FR", 2),
        ("?near=Longjumeau&km=10", 2),
        ("?actor=amis", 1),
        ("?standing=recorded", 1),
        ("?standing=all&nature=skill", 2),
    ):
        assert read(member, f"/announcements{query}")["total"] == total, query
    for query, status in (("?standing=x", 400), ("?theme=zzz", 404), ("?km=0", 400), ("?near=Kayes", 400)):
        assert member.client.get(f"/api/v1/announcements{query}").status_code == status


def test_a_store_that_does_not_answer_keeps_the_write(member: Person, store: UnsteadyStore) -> None:
    token = member.client.get("/api/v1/session").get_json()["csrf_token"]
    store.down = True
    answer = member.client.post("/api/v1/announcements", json=NEW, headers={"X-CSRFToken": token})
    assert answer.status_code == 202


GUIDE = Path(__file__).parents[3] / "docs" / "publishing-api.md"


def test_the_guide_of_the_interface_names_every_address_and_every_fault(member: Person) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    codes = set(re.findall(r"`([a-z_]+)`", guide))
    assert set(FAULTS) - set(MEETING_FAULTS) <= codes
    told = {line.split("|")[1] for line in guide.splitlines() if line.startswith("| `")}
    addresses = " ".join(told)
    for rule in member.client.application.url_map.iter_rules():
        if rule.endpoint.startswith(("api_publications.", "api_publishing.")):
            path = re.sub(r"<[^>]+>", "ID", rule.rule).removeprefix("/api/v1")
            assert path in addresses or path in guide, rule
    example = json.loads(re.findall(r"```json\n(.*?)```", guide, re.DOTALL)[0])
    del example["actor"]
    assert send(member, "POST", "/announcements", example).status_code == 201

"""Whatever is typed, sent or raced: an answer, never a failure, and no change unseen."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.announcements import Announcement
from graphsvc.domain.contact_details import contact_details
from graphsvc.domain.records import RecordKind
from people.roles import Role
from tests.rig.at_once import at_once
from tests.web.publishing.conftest import ANNOUNCEMENT, Person, UnsteadyStore
from tests.web.publishing.test_api import NEW, send

TYPED = st.one_of(
    st.sampled_from(
        [
            "", " ", "need", "skill", "2027-01-01", "31/12/2026", "9999", "0001", "2026-11-02", "Kayes",
            "Eau potable", "\x00", "a" * 3000, "<script>", "{{7*7}}", "\u202e", "’ OR 1=1", "06 12 34 56 78",
            "é\u0301", "🙂", "((", "%s", "Kayes (ML-kayes)", "amis", "-1", "1e9",
        ]
    ),
    st.text(max_size=40),
)  # fmt: skip
FIELDS = ("direction", "nature", "title", "description", "starts_on", "expires_on", "actor", "key", "version")
LISTS = ("themes", "territories", "skills")
CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@CALM
@given(
    st.dictionaries(st.sampled_from(FIELDS), TYPED),
    st.dictionaries(st.sampled_from(LISTS), st.lists(TYPED, max_size=9)),
)
def test_any_form_is_published_or_refused_and_what_is_published_is_sound(
    member: Person, store: UnsteadyStore, fields: dict[str, str], lists: dict[str, list[str]]
) -> None:
    form = member.form("/publier/annonce")
    typed = {**ANNOUNCEMENT, **fields, **lists}
    sent = {
        k: [encodable(x) for x in v] if isinstance(v, list) else encodable(str(v)) for k, v in typed.items()
    }
    answer = member.client.post("/publier/annonce", data={**sent, "csrf_token": form["csrf_token"]})
    assert answer.status_code in (303, 403, 409, 422)
    if answer.status_code == 303:
        shown = member.client.get(answer.headers["Location"])
        assert shown.status_code == 200
        record: Announcement = (
            store.get_many(RecordKind.ANNOUNCEMENT, [answer.headers["Location"][10:]]).popitem()[1].record
        )
        assert record.actor == "amis"
        assert record.expires_on is not None
        assert not contact_details(f"{record.title}\n{record.description or ''}")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TYPED,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@CALM
@given(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys((*FIELDS, *LISTS), JSON)))
def test_any_body_is_answered(member: Person, body: object) -> None:
    for method, path in (
        ("POST", "/announcements"),
        ("PATCH", "/announcements/besoin-visas"),
        ("POST", "/experiences"),
    ):
        answer = send(member, method, path, body)
        assert answer.status_code in (201, 400, 403, 422), (path, answer.status_code)


def test_of_many_who_edit_at_once_each_version_has_one_author(
    member: Person, person: Callable[..., Person], store: UnsteadyStore
) -> None:
    made = send(member, "POST", "/announcements", NEW).get_json()
    path = f"/announcements/{made['id']}"
    people = [person(Role.AGENT) for _ in range(4)]
    won: list[int] = []
    lost: list[int] = []

    def edit(who: Person, name: int) -> None:
        for turn in range(5):
            version = who.client.get(f"/api/v1{path}").get_json()["version"]
            answer = send(who, "PATCH", path, {"title": f"Par {name}, {turn}", "version": version})
            (won if answer.status_code == 200 else lost).append(answer.status_code)

    at_once([partial(edit, who, name) for name, who in enumerate(people)])
    history = store.history(next(e.ref for e in store.changes_since(1)))
    assert len(won) + len(lost) == 20
    assert set(lost) <= {409}
    assert [event.version for event in history] == list(range(1, len(won) + 2))


@pytest.mark.parametrize("body", ["1", "[1, 2]", '{"title": "\\ud800"}', "[" * 100_000, '{"a":' * 50_000])
def test_a_body_of_json_is_no_form_and_a_bottomless_one_is_no_object(member: Person, body: str) -> None:
    token = member.form("/publier/annonce")["csrf_token"]
    how: dict[str, Any] = {"content_type": "application/json", "headers": {"X-CSRFToken": token}}
    assert member.client.post("/publier/annonce", data=body, **how).status_code == 422
    assert member.client.post("/api/v1/announcements", data=body, **how).status_code in (400, 422)

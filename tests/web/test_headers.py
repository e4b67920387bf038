"""Every answer carries the strict headers, errors included."""

import re

import pytest
from flask.testing import FlaskClient

ROUTES = (
    "/",
    "/acteurs/caece",
    "/sante",
    "/api/v1/health",
    "/static/style.css",
    "/nulle-part",
    "/acteurs?page=x",
)


@pytest.mark.parametrize("path", ROUTES)
def test_the_policy_allows_nothing_from_outside_and_no_inline_code(visitor: FlaskClient, path: str) -> None:
    with visitor.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert not re.search(r"https?:|\*", policy)
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_nonce_serves_once(visitor: FlaskClient) -> None:
    nonces = set()
    for _ in range(3):
        with visitor.get("/") as answer:
            nonces |= set(re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"]))
    assert len(nonces) == 3


def test_a_wrong_method_says_which_ones_are_right(visitor: FlaskClient) -> None:
    answer = visitor.delete("/a-propos")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_errors_are_pages_for_people_and_json_for_programs(visitor: FlaskClient) -> None:
    page = visitor.get("/nulle-part")
    assert page.status_code == 404
    assert "Page introuvable" in page.get_data(as_text=True)
    answer = visitor.get("/api/v1/actors/nobody-at-all")
    assert answer.status_code == 404
    assert answer.get_json()["error"]["code"] == "unknown_record"

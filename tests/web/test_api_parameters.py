"""The interface answers the question that its address asks, or says what it does not understand."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.api.parameters import PARAMETERS


def test_every_reading_address_of_the_interface_says_what_it_takes(essonne_site: Flask) -> None:
    rules = [
        r
        for r in essonne_site.url_map.iter_rules()
        if r.rule.startswith("/api/") and "GET" in (r.methods or ())
    ]
    assert {r.endpoint for r in rules} == set(PARAMETERS)


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("suggestions?actor=amis", "unknown_parameter", "« actor »"),
        ("suggestions?territory=Mali&announcement=a", "unknown_parameter", "« announcement »"),
        ("suggestions?teme=eau", "unknown_parameter", "theme"),
        ("announcements?km=10", "idle_parameter", "« near »"),
        ("announcements?near=&km=10", "idle_parameter", "« near »"),
        ("suggestions?territory=Mali&top=3&top=5", "invalid_value", "une fois"),
        ("suggestions?territory=Mali&nature=skill&nature=event", "invalid_value", "une fois"),
        ("suggestions?territory=Mali&top=0", "invalid_value", "top"),
        ("suggestions?territory=Mali&top=100000", "invalid_value", "top"),
        ("suggestions?territory=Mali&ask=marry", "invalid_value", "marry"),
        ("suggestions?territory=Mali&capped=yes", "invalid_value", "capped"),
        ("suggestions?territory=Mali&lang=de", "invalid_value", "lang"),
        ("triangles?format=xml", "invalid_value", "format"),
        ("health?date=2012", "unknown_parameter", "at, lang"),
    ],
)
def test_what_would_be_passed_over_is_refused_with_what_is_understood(
    visitor: FlaskClient, address: str, code: str, said: str
) -> None:
    answer = visitor.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    error = answer.get_json()["error"]
    assert error["code"] == code
    assert said in error["text"].replace("\u00a0", " ")


def test_an_unknown_theme_is_refused_with_the_nearest(visitor: FlaskClient) -> None:
    answer = visitor.get("/api/v1/suggestions?theme=eau%20potabl")
    assert answer.status_code == 404
    assert answer.get_json()["error"]["nearest"]


def test_the_refusal_is_in_the_language_asked_for(visitor: FlaskClient) -> None:
    text = visitor.get("/api/v1/suggestions?actor=amis&lang=en").get_json()["error"]["text"]
    assert text.startswith("This address does not understand “actor”. It understands: ask, capped,")


def test_what_is_understood_is_answered(visitor: FlaskClient) -> None:
    assert visitor.get("/api/v1/suggestions?territory=Mali&theme=eau&top=3&lang=en").status_code == 200
    assert visitor.get("/api/v1/announcements?direction=need&nature=skill&nature=event").status_code == 200

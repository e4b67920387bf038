"""The map in a frame: for the sites that are named, and no other page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from graphsvc.ports import GraphStore
from people.database import open_private
from tests.web.conftest import TODAY
from web.app import create_app
from web.config import Config, SettingRefused
from web.services import Services
from web.words.messages import sentence

ALLOWED = "https://www.essonne.example https://*.ville.example"
SECRET = {"MAILLAGE_SECRET": "3b9f1c7a5d2e8046af13c9be72d540e8", "MAILLAGE_DEMO": "0"}


@pytest.fixture
def site_for(essonne: GraphStore, tmp_path: Path) -> Iterator[Callable[[str], Flask]]:
    with open_private(tmp_path) as private:

        def make(hosts: str) -> Flask:
            env = {"MAILLAGE_HOME": str(tmp_path), "MAILLAGE_EMBED_HOSTS": hosts}
            services = Services(lambda: essonne, private, tmp_path / "snapshot", lambda: TODAY)
            return create_app(Config.from_environment(env), services)

        yield make


def ancestors(client: FlaskClient, path: str) -> str:
    with client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        framed = next(rule for rule in policy.split("; ") if rule.startswith("frame-ancestors"))
        assert ("X-Frame-Options" in answer.headers) == (framed == "frame-ancestors 'none'")
        return framed


def test_only_the_embedded_map_may_be_framed_and_only_by_the_sites_named(site_for) -> None:
    client = site_for(ALLOWED).test_client()
    assert ancestors(client, "/carte/integree") == f"frame-ancestors {ALLOWED}"
    for path in ("/", "/carte", "/carte/integrer", "/connexion", "/nulle-part", "/carte.svg", "/vues"):
        assert ancestors(client, path) == "frame-ancestors 'none'", path
    # One answer does not open the next.
    assert ancestors(client, "/") == "frame-ancestors 'none'"


def test_without_the_setting_nobody_frames_anything(site_for) -> None:
    client = site_for("").test_client()
    assert ancestors(client, "/carte/integree") == "frame-ancestors 'none'"
    assert "Aucun site n'est encore autorisé" in client.get("/carte/integrer").get_data(as_text=True)


def test_the_frame_shows_the_map_of_its_filters_in_words_too(site_for) -> None:
    client = site_for(ALLOWED).test_client()
    nodes = client.get("/carte.json?type=commune").get_json()["nodes"]
    page = client.get("/carte/integree?type=commune").get_data(as_text=True)
    assert page.count('target="_blank" rel="noopener" tabindex="-1"') == len(nodes)
    assert "La carte montre" in page
    assert "Filtres" in page
    assert 'href="/carte?type=commune"' in page


def test_the_code_to_copy_bears_the_filters_and_the_part_seen(site_for) -> None:
    page = site_for(ALLOWED).test_client().get("/carte/integrer?type=commune&cadre=0,0,500,400")
    text = page.get_data(as_text=True)
    assert "/carte/integree?type=commune&amp;amp;cadre=0%2C0%2C500%2C400" in text
    assert "https://www.essonne.example" in text


@pytest.mark.parametrize("query", ["cadre=1", "cadre=0,0,nan,9"])
def test_a_wrong_address_is_refused_in_the_frame_and_for_its_code(site_for, query: str) -> None:
    client = site_for(ALLOWED).test_client()
    for path in ("/carte/integree", "/carte/integrer"):
        assert client.get(f"{path}?{query}").status_code == 400


@pytest.mark.parametrize(
    "hosts",
    [
        "*",
        "https://*",
        "essonne.fr",
        "https://a.fr; script-src *",
        "https://a.fr/page",
        "javascript:x",
        "https://a.fr 'self'",
    ],
)
def test_a_setting_that_would_open_more_is_refused_at_the_start(tmp_path: Path, hosts: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        Config.from_environment({"MAILLAGE_HOME": str(tmp_path), "MAILLAGE_EMBED_HOSTS": hosts})
    assert "MAILLAGE_EMBED_HOSTS" in sentence(refused.value)


def test_plain_http_is_for_demonstrations_only(tmp_path: Path) -> None:
    env = {"MAILLAGE_HOME": str(tmp_path), "MAILLAGE_EMBED_HOSTS": "http://localhost:8080"}
    assert Config.from_environment(env).embed_hosts == ("http://localhost:8080",)
    with pytest.raises(SettingRefused):
        Config.from_environment({**env, **SECRET})

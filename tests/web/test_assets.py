"""Static files are kept for a year under an address that follows their content; data files are private."""

import gzip
import re
import stat
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from web.assets import version
from web.config import Config
from web.wiring import open_store

STATIC = Path(__file__).parents[2] / "web" / "static"


@pytest.mark.parametrize("page", ["/", "/carte"])
def test_every_file_of_a_page_has_its_version_and_is_kept(visitor: FlaskClient, page: str) -> None:
    html = visitor.get(page).get_data(as_text=True)
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    assert len(addresses) >= 2
    for address in addresses:
        name, _, asked = address.removeprefix("/static/").partition("?v=")
        assert asked == version(STATIC, name)
        with visitor.get(address) as answer:
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=0123456789ab", "?v="])
def test_a_former_address_is_answered_and_not_kept_for_long(visitor: FlaskClient, query: str) -> None:
    with visitor.get(f"/static/style.css{query}") as answer:
        assert answer.status_code == 200
        assert "immutable" not in answer.headers["Cache-Control"]


def test_a_file_that_is_not_there_has_no_version(essonne_site: Flask) -> None:
    with essonne_site.test_request_context():
        assert url_for("static", filename="none.css") == "/static/none.css"
        assert "v=" not in url_for("static", filename="../app.py")
    assert essonne_site.test_client().get("/static/none.css?v=1").status_code == 404


def test_another_content_is_another_address(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a", encoding="utf-8")
    first = version(tmp_path, "a.css")
    (tmp_path / "a.css").write_text("ab", encoding="utf-8")
    assert version(tmp_path, "a.css") != first


def test_the_graph_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    config = Config.from_environment({"MAILLAGE_HOME": str(tmp_path / "home")})
    file = tmp_path / "home" / "graph.db"
    with open_store(config) as store:
        store.info()
        parts = list(file.parent.glob("graph.db*"))
        assert {stat.S_IMODE(p.stat().st_mode) for p in parts} == {0o600}
    file.chmod(0o644)
    with open_store(config):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    elsewhere = tmp_path / "shared.db"
    elsewhere.touch(mode=0o644)
    elsewhere.chmod(0o644)
    shared = {"MAILLAGE_HOME": str(tmp_path / "home"), "MAILLAGE_STORE": f"sqlite:///{elsewhere}"}
    with open_store(Config.from_environment(shared)):
        assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644


@pytest.mark.parametrize("address", ["/static/style.css", "/static/map.js", "/carte/vis-network.js"])
def test_files_travel_compressed_to_who_can_read_it(visitor: FlaskClient, address: str) -> None:
    with (
        visitor.get(address) as plain,
        visitor.get(address, headers={"Accept-Encoding": "gzip, br"}) as short,
    ):
        assert "Content-Encoding" not in plain.headers
        assert short.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(short.data) == plain.data
        assert len(short.data) < len(plain.data) / 2
        assert int(short.headers["Content-Length"]) == len(short.data)
        assert "Accept-Encoding" in plain.headers["Vary"]
        assert "Accept-Encoding" in short.headers["Vary"]


def test_pages_never_travel_compressed(visitor: FlaskClient) -> None:
    with visitor.get("/", headers={"Accept-Encoding": "gzip"}) as page:
        assert "Content-Encoding" not in page.headers


def test_who_refuses_compression_is_not_given_it(visitor: FlaskClient) -> None:
    with visitor.get("/static/style.css", headers={"Accept-Encoding": "gzip;q=0"}) as answer:
        assert "Content-Encoding" not in answer.headers

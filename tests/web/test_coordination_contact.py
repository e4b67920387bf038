"""Whom to write to is said wherever a page sends to the coordination, when the site was told."""

from pathlib import Path

import pytest

from people.database import open_private
from tests.graphsvc.networks import association, store_of
from tests.web.conftest import TODAY
from web.app import create_app
from web.config import Config, SettingRefused
from web.services import Services
from web.words.messages import sentence


def told(home: Path, contact: str) -> str | None:
    return Config.from_environment({"MAILLAGE_HOME": str(home), "MAILLAGE_CONTACT": contact}).contact


def test_an_address_or_a_page_becomes_a_link_and_nothing_is_no_contact(tmp_path: Path) -> None:
    assert told(tmp_path, " coord@ville.example ") == "mailto:coord@ville.example"
    assert told(tmp_path, "https://www.ville.example/contact?sujet=reseau") == (
        "https://www.ville.example/contact?sujet=reseau"
    )
    assert told(tmp_path, "") is None
    assert told(tmp_path, "  ") is None


@pytest.mark.parametrize(
    "contact",
    [
        "coordination",
        "coord@ville",
        "javascript:alert(1)",
        "http://ville.example",
        "coord@ville.example?bcc=all@ville.example",
        "coord@ville.example, autre@ville.example",
        'https://ville.example/"onmouseover=x',
        "https://ville.example/ page",
    ],
)
def test_what_is_neither_is_refused_at_the_start_with_the_remedy(tmp_path: Path, contact: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        told(tmp_path, contact)
    said = sentence(refused.value)
    assert "MAILLAGE_CONTACT" in said
    assert "coordination@ville.example" in said


@pytest.mark.parametrize("path", ["/connexion", "/publier/appel"])
def test_pages_that_send_to_the_coordination_say_where_to_write(tmp_path: Path, path: str) -> None:
    store = store_of([association("a")])
    with open_private(tmp_path) as private:
        for contact, shown in (("coord@ville.example", True), ("", False)):
            services = Services(lambda: store, private, tmp_path / "snapshot", lambda: TODAY)
            env = {"MAILLAGE_HOME": str(tmp_path), "MAILLAGE_CONTACT": contact}
            client = create_app(Config.from_environment(env), services).test_client()
            page = client.get(path, follow_redirects=True).get_data(as_text=True)
            assert ("coord@ville.example</a>" in page) == shown
            assert ("Écrire à la coordination" in page) == shown
            assert ('href="mailto:coord@ville.example"' in page) == shown
            services.close()

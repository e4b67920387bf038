"""An address made once is the one Flask would make each time, wherever the site is served."""

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError

from web.addresses import address


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("pages.home", {}),
        ("actors.record", {"id_": "ville/é à"}),
        ("tour.step", {"number": 1}),
        ("about.about", {"_anchor": "accessibilite"}),
        ("what_if.page", {"lien": ["a = b", "c = d"]}),
        ("accounts.sign_in_page", {"next": None}),
        ("accounts.sign_in_page", {"next": "/acteurs?q=eau"}),
        ("static", {"filename": "style.css"}),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/maillage"])
def test_an_address_is_flask_s_own_and_follows_the_prefix(
    essonne_site: Flask, endpoint: str, values: dict[str, object], prefix: str
) -> None:
    for _again in range(2):
        with essonne_site.test_request_context("/", environ_overrides={"SCRIPT_NAME": prefix}):
            assert address(endpoint, **values) == url_for(endpoint, **values)
            assert address(endpoint, **values).startswith(prefix + "/")


def test_an_endpoint_nobody_declared_is_an_error_each_time(essonne_site: Flask) -> None:
    for _again in range(2):
        with essonne_site.test_request_context("/"), pytest.raises(BuildError):
            address("pages.nowhere")

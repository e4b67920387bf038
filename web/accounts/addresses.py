"""The addresses that are given to people: absolute, on the public name of the site."""

from flask import current_app, request, url_for


def link_address(token: str) -> str:
    """The address of a one-time link."""
    return whole_address(url_for("accounts.link", token=token))


def whole_address(path: str) -> str:
    """The address of a page of the site, to be given outside it."""
    base = current_app.config.get("MAILLAGE_URL") or request.host_url
    return str(base).rstrip("/") + path

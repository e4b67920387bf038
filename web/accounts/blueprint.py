"""The blueprint of the account pages, and their modules."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from web.accounts import entry, inviting, members, own  # noqa: E402, F401 - they add their routes to bp

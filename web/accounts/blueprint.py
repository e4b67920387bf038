"""The blueprint of the account pages; entry, inviting, members and own add their routes to it."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

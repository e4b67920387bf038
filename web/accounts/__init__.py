"""Accounts on screen: signing in by link, signing out, invitations, one's own account, those of others."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from graphsvc.snapshot import Snapshot
    from people.database import PrivateDatabase


def register(
    app: "Flask", private: "PrivateDatabase", current: "Callable[[], Snapshot | None] | None" = None
) -> None:
    """Give the application its sessions, permissions, CSRF protection and account pages.

    To be called once by the factory, before `require_policies`. `current` gives the snapshot being served:
    without it nobody has actors of their own.
    """
    from web.accounts.registration import register_accounts

    register_accounts(app, private, current)

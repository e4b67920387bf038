"""What the account pages work with, behind a request."""

from dataclasses import dataclass, field

from flask import current_app

from people.database import PrivateDatabase
from web.accounts.attempts import FailedAttempts
from web.accounts.directory import ActorDirectory

EXTENSION = "maillage-accounts"


@dataclass(frozen=True, slots=True)
class AccountServices:
    """The private database, the actors of the graph being served, and the failures of late."""

    private: PrivateDatabase
    directory: ActorDirectory
    attempts: FailedAttempts = field(default_factory=FailedAttempts)


def services() -> AccountServices:
    """Those of the application behind this request."""
    found: AccountServices = current_app.extensions[EXTENSION]
    return found

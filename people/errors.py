"""Refusals about persons: each names a situation; none carries an address or a token."""

from dataclasses import dataclass

from graphsvc.domain.errors import Refused


@dataclass(eq=False)
class LinkRefused(Refused):
    """A one-time link does not open. `reason`: `unknown`, `used`, `expired` or `superseded`."""

    reason: str

    @property
    def code(self) -> str:
        """`link_unknown`, `link_used`, `link_expired` or `link_superseded`."""
        return f"link_{self.reason}"


@dataclass(eq=False)
class UnknownAccount(Refused):
    """No account answers to this id or address."""


@dataclass(eq=False)
class AccountExists(Refused):
    """An account already bears this address: change its role or its actors instead of inviting it."""


@dataclass(eq=False)
class AccountDisabled(Refused):
    """The account is disabled: it opens no session until it is enabled again."""


@dataclass(eq=False)
class LastAdministrator(Refused):
    """The only enabled administrator cannot be disabled or lowered: nobody could undo it."""


@dataclass(eq=False)
class UnknownInvitation(Refused):
    """No open invitation has this id."""


@dataclass(eq=False)
class WrongGraph(Refused):
    """The graph that answers is not the one the person saw."""

    expected: str
    found: str


@dataclass(eq=False)
class UnreadableIntent(Refused):
    """An intent of the outbox was written by a version whose records this one does not know."""

    key: str


@dataclass(eq=False)
class IntroductionOpen(Refused):
    """The two actors have an open request already, of this id ("" when it is not known)."""

    id: str


@dataclass(eq=False)
class StaleIntroduction(Refused):
    """Somebody answered meanwhile: the request is in another state than the page that was sent showed."""

    id: str
    state: str


@dataclass(eq=False)
class BackupRefused(Refused):
    """A backup cannot be read or made.

    `reason`: `missing`, `not_a_backup`, `damaged`, `newer` or `unwritable`.
    """

    path: str
    reason: str

    @property
    def code(self) -> str:
        """`backup_` and the reason."""
        return f"backup_{self.reason}"


@dataclass(eq=False)
class RestoreOverData(Refused):
    """A restore would write over what is there; it was left as it is."""

    target: str

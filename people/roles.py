"""The roles an account may hold. Each includes the rights of the one before it."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do; `public` is nobody in particular and is never stored."""

    PUBLIC = "public"
    MEMBER = "member"
    AGENT = "agent"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


ACCOUNT_ROLES = (Role.MEMBER, Role.AGENT, Role.COORDINATOR, Role.ADMIN)
FIRST_ROLE = Role.ADMIN
"""The first coordinator's role: `admin` has every right of `coordinator`, and somebody must have the rest."""

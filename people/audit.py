"""The log of who did what: written in the transaction of what it tells, never outside it."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from people.tables import AuditRow

OPERATOR = "operator"
"""Author of what is done from the command line of the server."""


def record(
    session: Session, *, at: datetime, by: str, action: str, subject: str | None = None, **details: object
) -> None:
    """Add a line. `details` are codes, ids and numbers: never an address, a name or a token."""
    text = json.dumps(details, ensure_ascii=False, sort_keys=True)
    session.add(AuditRow(at=at, by=by, action=action, subject=subject, details=text))

"""What the forms call a field that was refused."""

from graphsvc.domain.errors import InvalidValue
from web.words.coordination_rules import COORDINATION_FIELDS

ACCOUNT_FIELDS: dict[tuple[str, str], tuple[str, str]] = {
    ("account", "email"): ("Adresse électronique", "Email address"),
    ("account", "role"): ("Rôle", "Role"),
    ("account", "actors"): ("Acteurs", "Actors"),
}
"""What the forms call the fields of an account: (record, field) -> French, English."""


def field_name(error: InvalidValue, column: int) -> str:
    """Its label in French (0) or English (1); the core's own name where the forms have no other."""
    where = (error.record, error.field)
    if where in ACCOUNT_FIELDS:
        return ACCOUNT_FIELDS[where][column]
    return COORDINATION_FIELDS.get(where, error.field) if column == 0 else error.field

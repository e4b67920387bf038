"""What a query string asks, read without trusting it."""

from flask import request

from graphsvc.domain.errors import InvalidValue

MOST_VALUES = 20
LAST_PAGE = 100_000


def texts(name: str) -> tuple[str, ...]:
    """The values of a parameter, empty ones left out. Raises InvalidValue when there are too many."""
    found = tuple(dict.fromkeys(v.strip() for v in request.args.getlist(name) if v.strip()))
    if len(found) > MOST_VALUES:
        raise InvalidValue("filtre", name, f"{len(found)} valeurs", "too_many_values")
    for value in found:
        if len(value) > 200:
            raise InvalidValue("filtre", name, value[:80], "unknown_code")
    return found


def page_number() -> int:
    """The page asked for, from 1. Raises InvalidValue."""
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) <= 6 and 1 <= int(given) <= LAST_PAGE):
        raise InvalidValue("page", "page", given[:80], "page_form")
    return int(given)

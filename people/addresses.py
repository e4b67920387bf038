"""E-mail addresses: what is accepted, and when two are the same."""

import unicodedata

from graphsvc.domain.errors import InvalidValue

LONGEST = 254  # RFC 5321


def checked_address(text: str) -> str:
    """The trimmed address. Raises InvalidValue (`email_form`): whether it works is proved by using it."""
    address = unicodedata.normalize("NFC", text.strip())
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    readable = address.isprintable() and not any(c.isspace() or c in ',;:<>()[]\\"' for c in address)
    if not (at and local and "@" not in local and len(labels) > 1 and all(labels) and readable):
        raise InvalidValue("account", "email", address[:80], "email_form")
    if len(address) > LONGEST or len(local) > 64:
        raise InvalidValue("account", "email", address[:80], "email_form")
    return address


def folded_address(address: str) -> str:
    """Equal for addresses that people take for the same: case and width do not count."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()

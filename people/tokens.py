"""Random tokens: given once to a person, kept only as their SHA-256.

A token has 256 random bits, so a plain hash is enough: there is nothing to guess, unlike a password.
"""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """43 URL-safe characters, 256 random bits."""
    return secrets.token_urlsafe(32)


def new_id(prefix: str) -> str:
    """A random id that says nothing of the person: `acc-` and 24 hexadecimal digits."""
    return f"{prefix}-{secrets.token_hex(12)}"


def hash_token(token: str) -> str:
    """SHA-256, 64 hexadecimal digits. Text that cannot be a token still has one."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def same_hash(left: str, right: str) -> bool:
    """Equality in a time that does not depend on where they differ."""
    return hmac.compare_digest(left, right)

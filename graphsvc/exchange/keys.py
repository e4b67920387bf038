"""Keys for records that come without an `id`: always the same for the same record."""

import hashlib

from graphsvc.domain.text import KEY_LIMIT, fold, key_as_meant


def slug(*parts: str) -> str:
    """A readable key from texts: folded words joined by hyphens, shortened with a digest when too long."""
    text = "-".join(word for part in parts for word in fold(part).split())
    if not text:
        return "x" + digest(*parts)
    text = key_as_meant(text)  # folding takes the syllables of some scripts apart
    return text if len(text) <= KEY_LIMIT - 20 else f"{text[: KEY_LIMIT - 40]}-{digest(*parts)}"


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that depend on these texts only."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]

"""Where a person goes after signing in: back to where they were stopped, and never to another site."""

from urllib.parse import urlsplit


def own_path(target: str | None) -> str | None:
    """The target if it is a path of this site, else None.

    Browsers read a backslash as a slash, drop tabs and line ends, and take `//host` for another site.
    """
    if not target or len(target) > 2000 or not target.startswith("/"):
        return None
    if "\\" in target or any(ord(c) < 33 or ord(c) == 127 for c in target):
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith("//"):
        return None
    return target

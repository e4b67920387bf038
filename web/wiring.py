"""Where concrete stores are named and parts are joined; nothing is built at import."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from graphsvc.domain.errors import InvalidValue
from graphsvc.ports import GraphStore

_NEO4J_SCHEMES = frozenset({"neo4j", "bolt", "neo4j+s", "bolt+s", "neo4j+ssc", "bolt+ssc"})


def open_store(url: str, env: Mapping[str, str], *, create: bool = True) -> GraphStore:
    """Open the store a URL names: `sqlite:///path`, `neo4j://host:7687` or `bolt://…`.

    User and password of Neo4j come from `NEO4J_USERNAME` and `NEO4J_PASSWORD`, never from the URL.
    Raises InvalidValue (`store_url`), StoreUnavailable, StoreDamaged, StoreTooNew or StoreLoading.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _open_sqlite(url, create=create)
    if parts.scheme in _NEO4J_SCHEMES and parts.hostname:
        if parts.username or parts.password:
            raise InvalidValue("setting", "MAILLAGE_STORE", _without_secret(url), "store_url_secret")
        return _open_neo4j(url, env)
    raise InvalidValue("setting", "MAILLAGE_STORE", _without_secret(url), "store_url")


def _open_sqlite(url: str, *, create: bool) -> GraphStore:
    from graphsvc.stores.sqlite import SqliteStore

    prefix = "sqlite:///"
    path = unquote(url[len(prefix) :]) if url.startswith(prefix) else ""
    if not path or "\0" in path:
        raise InvalidValue("setting", "MAILLAGE_STORE", url, "store_url")
    return SqliteStore(Path(path).expanduser(), create=create)


def _open_neo4j(url: str, env: Mapping[str, str]) -> GraphStore:
    from graphsvc.stores.neo4j import Neo4jStore

    user, password = env.get("NEO4J_USERNAME", "neo4j"), env.get("NEO4J_PASSWORD", "")
    if not password:
        raise InvalidValue("setting", "NEO4J_PASSWORD", "", "neo4j_password_missing")
    return Neo4jStore(url, user, password, database=env.get("NEO4J_DATABASE") or None)


def _without_secret(url: str) -> str:
    """The URL as it may be shown: without user and password."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if rest else url

"""Where concrete stores are named and parts are joined; nothing is built at import."""

from pathlib import Path
from urllib.parse import unquote

from graphsvc.ports import GraphStore
from web.config import Config

SQLITE_PREFIX = "sqlite:///"


def open_store(config: Config, *, create: bool = True, resume: bool = False) -> GraphStore:
    """Open the store of the configuration: `sqlite:///path`, `neo4j://host:7687` or `bolt://…`.

    Config has checked the address. `resume`: also a store whose first load did not end, to go on with it.
    Raises StoreUnavailable, StoreDamaged, StoreTooNew or StoreLoading.
    """
    if (path := graph_file(config.store_url)) is not None:
        from graphsvc.stores.sqlite import SqliteStore

        return SqliteStore(path, create=create, resume=resume)
    from graphsvc.stores.neo4j import Neo4jStore

    user, password = config.neo4j_username or "neo4j", config.neo4j_password or ""
    return Neo4jStore(config.store_url, user, password, resume=resume)


def graph_file(store_url: str) -> Path | None:
    """The file of an address `sqlite:///path`; None for a server."""
    if not store_url.startswith(SQLITE_PREFIX):
        return None
    return Path(unquote(store_url[len(SQLITE_PREFIX) :])).expanduser()

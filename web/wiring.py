"""Where concrete stores are named and parts are joined; nothing is built at import."""

from pathlib import Path
from urllib.parse import unquote

from graphsvc.ports import GraphStore
from web.config import Config

SQLITE_PREFIX = "sqlite:///"


def open_store(config: Config, *, create: bool = True) -> GraphStore:
    """Open the store of the configuration: `sqlite:///path`, `neo4j://host:7687` or `bolt://…`.

    Config has checked the address. Raises StoreUnavailable, StoreDamaged, StoreTooNew or StoreLoading.
    """
    if config.store_url.startswith(SQLITE_PREFIX):
        from graphsvc.stores.sqlite import SqliteStore

        path = Path(unquote(config.store_url[len(SQLITE_PREFIX) :])).expanduser()
        return SqliteStore(path, create=create)
    from graphsvc.stores.neo4j import Neo4jStore

    return Neo4jStore(config.store_url, config.neo4j_username or "neo4j", config.neo4j_password or "")

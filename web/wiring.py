"""Where concrete stores are named and parts are joined; nothing is built at import."""

import os
from pathlib import Path
from urllib.parse import unquote

from graphsvc.domain.errors import StoreDamaged
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

        _refuse_emptied(path, config.snapshot_folder)
        _close_to_others(path, config.home, create=create)
        return SqliteStore(path, create=create, resume=resume)
    from graphsvc.stores.neo4j import Neo4jStore

    user, password = config.neo4j_username or "neo4j", config.neo4j_password or ""
    return Neo4jStore(config.store_url, user, password, resume=resume)


def _refuse_emptied(path: Path, snapshots: Path) -> None:
    """A file of no byte is a new store, unless a network was read at this address before: then it was cut.

    A file that was deleted is not refused: that is how one starts anew. Raises StoreDamaged.
    """
    try:
        emptied = path.stat().st_size == 0
    except OSError:  # absent, or for the store to say
        return
    if not emptied or path.with_name(f"{path.name}-wal").exists():
        return
    from graphsvc.snapshot import load_last

    known = load_last(snapshots)
    if known is not None and known.revision > 0:
        raise StoreDamaged(str(path), "emptied")


def _close_to_others(path: Path, home: Path, *, create: bool) -> None:
    """A new file is made for its owner only, and one of the home folder is made so again: its log and index
    take the mode of the file. What cannot be done is left for the store to say.
    """
    try:
        if create and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        elif path.parent == home and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError:
        return


def graph_file(store_url: str) -> Path | None:
    """The file of an address `sqlite:///path`; None for a server."""
    if not store_url.startswith(SQLITE_PREFIX):
        return None
    return Path(unquote(store_url[len(SQLITE_PREFIX) :])).expanduser()

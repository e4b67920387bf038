"""The real application on the real Essonne data, served on this machine to a real browser."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from graphsvc.domain.errors import StoreUnavailable
from graphsvc.ports import StoreInfo
from graphsvc.stores.sqlite import SqliteStore
from matcher.index import build_index
from people.database import PrivateDatabase, open_private
from web.app import create_app
from web.config import Config
from web.services import Services

TODAY = date(2026, 11, 2)


@dataclass
class Line:
    """The line between the site and its store: `cut` it, and the store no longer answers."""

    cut: bool = False


@dataclass(frozen=True)
class Site:
    """A site being served: its address (no final slash), its private database, the line to its store."""

    address: str
    private: PrivateDatabase = field(repr=False)
    line: Line


class StoreAtTheEndOf(SqliteStore):
    """A SQLite store that answers while its line holds."""

    def __init__(self, line: Line, path: Path) -> None:
        if line.cut:
            raise StoreUnavailable(str(path), "refused")
        self._line = line
        super().__init__(path)

    def info(self) -> StoreInfo:
        """What every refresh asks first."""
        if self._line.cut:
            raise StoreUnavailable(str(self._path), "refused")
        return super().info()


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the tests look at the pages."""


@contextmanager
def serving(home: Path, private_url: str, *, cut: bool = False) -> Iterator[Site]:
    """Serve the graph of `home` with the accounts of `private_url`. `cut`: the store is down at first."""
    line = Line(cut)
    config = Config.from_environment({"MAILLAGE_HOME": str(home), "MAILLAGE_PRIVATE_DB": private_url})
    with open_private(config.private_url) as private:
        services = Services(
            lambda: StoreAtTheEndOf(line, home / "graph.db"),
            private,
            home / "snapshot",
            lambda: TODAY,
            build_index,
        )
        with closing(services):
            app = create_app(config, services)
            server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
            thread.start()
            try:
                yield Site(f"http://127.0.0.1:{server.server_port}", private, line)
            finally:
                server.shutdown()
                thread.join()
                server.server_close()

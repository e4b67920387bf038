"""The web server: gunicorn with threads, each worker with its own store connection."""

from ipaddress import ip_address
from typing import Any

from gunicorn.app.base import BaseApplication

from web.config import Config


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, config: Config, options: dict[str, Any]) -> None:
        self._config, self._options = config, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from web.app import create_app
        from web.services import open_services

        return create_app(self._config, open_services(self._config))


def run(config: Config, workers: int, threads: int = 4) -> None:
    """Serve until interrupted. Blocks."""
    _Server(
        config,
        {
            "bind": f"[{config.host}]:{config.port}"
            if ":" in config.host
            else f"{config.host}:{config.port}",
            "workers": workers,
            "threads": threads,
            "worker_class": "web.receiving.TimelyWorker",
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
            "max_requests": 100_000,
            "max_requests_jitter": 10_000,
            "control_socket_disable": True,
            **({"pre_request": spread_clients} if workers > 1 else {}),
        },
    ).run()


def spread_clients(worker: Any, request: Any) -> None:
    """A hook of gunicorn: when more than half of the threads of a process are busy, the connection of this
    request is not kept, so that its client comes back by the process that has less to do.

    Kept connections belong to the process that accepted them: of four, one process may have three, and keep
    them waiting for one another while another process is idle. Only a client of this machine or its private
    network (a reverse proxy, most often) is sent back: gunicorn waits for it to hang up.
    """
    kept = len(worker.keepalived_conns) + len(worker.pending_conns)
    if worker.nr_conns - kept > worker.cfg.threads // 2 and _is_near(request.peer_addr):
        request.force_close()


def _is_near(address: Any) -> bool:
    """Whether a peer, (host, port, …), has a loopback or private address."""
    try:
        return ip_address(address[0]).is_private
    except (ValueError, IndexError):
        return False

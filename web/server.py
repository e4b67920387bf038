"""The web server: gunicorn with threads, each worker with its own store connection."""

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
            "worker_class": "gthread",
            "accesslog": None,
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
            "max_requests": 100_000,
            "max_requests_jitter": 10_000,
            "control_socket_disable": True,
        },
    ).run()

"""A throwaway PostgreSQL for the tests, where its programs are installed; nothing is skipped elsewhere.

`TEST_POSTGRESQL_URL` names a server to use instead (an empty database: each test makes a schema of its own).
"""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
_DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is; Debian keeps them off the path."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), *map(str, _DEBIAN)])
    return shutil.which(name, path=folders)


def available() -> bool:
    """Whether the tests can run on PostgreSQL here."""
    return bool(os.environ.get("TEST_POSTGRESQL_URL") or (program("initdb") and program("postgres")))


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of a server that lives as long as the context."""
    given = os.environ.get("TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    who = {"user": "postgres"} if os.geteuid() == 0 else {}  # the server refuses to run as root
    data = folder / "data"
    if who:
        for path in (folder, *folder.parents):  # pytest's folders are closed to other users
            if path.is_relative_to("/tmp") and path.owner() == Path.home().owner():
                path.chmod(path.stat().st_mode | 0o011)
        shutil.chown(folder, **who)
    initdb = [program("initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, timeout=START_SECONDS, **who)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (folder / "log").open("wb")
    settings = [
        f"port={port}",
        "listen_addresses=127.0.0.1",
        "fsync=off",
        "lock_timeout=60s",  # what a test left open is said, not waited for
        f"unix_socket_directories={folder}",
    ]
    command = [program("postgres"), "-D", str(data), *(part for s in settings for part in ("-c", s))]
    server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **who)
    try:
        _await(port, server)
        yield f"postgresql://tests@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # at once, whoever is connected
        try:
            server.wait(timeout=20)
        finally:
            server.kill()
            log.close()


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    import time

    import psycopg

    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            psycopg.connect(f"postgresql://tests@127.0.0.1:{port}/postgres", connect_timeout=1).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise
            time.sleep(0.1)
    raise TimeoutError(f"PostgreSQL did not start in {START_SECONDS} s")

"""Start a real Neo4j on a free loopback port, for as long as it is needed, and leave nothing behind."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from neo4j import GraphDatabase, Query
from neo4j.exceptions import DriverError, Neo4jError

from tests.rig.artifacts import NoNeo4j, jars, java

START_TIMEOUT_S = 180
WIPE_TIMEOUT_S = 120
STOP_TIMEOUT_S = 20
USERNAME = "neo4j"
SETTINGS = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=128m
dbms.usage_report.enabled=false
db.tx_log.rotation.retention_policy=keep_none
db.tx_log.preallocate=false
db.lock.acquisition.timeout=60s
"""
# Serial collector and the first compiler tier: the server is up sooner and leaves the cores to the tests.
JVM_OPTIONS = ("-Xms256m", "-Xmx2g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8")


class ForeignData(RuntimeError):
    """The server given to the tests is somebody's own."""


@dataclass(frozen=True, slots=True)
class Neo4jAddress:
    """How to reach a server: a `bolt://` or `neo4j://` address, a user and a password."""

    uri: str
    username: str
    password: str

    @property
    def auth(self) -> tuple[str, str]:
        """The pair the driver wants."""
        return (self.username, self.password)


@contextmanager
def running_neo4j(data: Path | None = None) -> Iterator[Neo4jAddress]:
    """A server that answers, with a random password; it ends, process group included, with the block.

    Args:
        data: a folder to keep the database in; by default a temporary one, removed at the end.

    Raises:
        NoNeo4j: Java or Maven is missing, or the server did not answer within three minutes (its log is
            quoted).
    """
    home = data or Path(tempfile.mkdtemp(prefix="maillage-neo4j-"))
    try:
        address = Neo4jAddress(f"bolt://127.0.0.1:{_free_port()}", USERNAME, _password(home))
        process = _start(home, address)
        try:
            _wait_until_it_answers(process, home, address)
            yield address
        finally:
            _stop(process)
    finally:
        if data is None:
            shutil.rmtree(home, ignore_errors=True)


def given_neo4j() -> Neo4jAddress | None:
    """The server of `NEO4J_URI`, `NEO4J_USERNAME` and `NEO4J_PASSWORD`, if one is set.

    Raises:
        ForeignData: it holds data that the tests did not write and would erase.
    """
    uri = os.environ.get("NEO4J_URI")
    if not uri:
        return None
    address = Neo4jAddress(
        uri, os.environ.get("NEO4J_USERNAME", USERNAME), os.environ.get("NEO4J_PASSWORD", "")
    )
    with GraphDatabase.driver(address.uri, auth=address.auth) as driver:
        found = driver.execute_query("MATCH (n) RETURN count(n) AS nodes", database_="neo4j").records[0][
            "nodes"
        ]
    if found and os.environ.get("MAILLAGE_TESTS_MAY_ERASE") != "1":
        raise ForeignData(
            f"{uri} holds {found} nodes and the tests would erase them: empty it, or give another server"
        )
    return address


_WIPE = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"


def wipe(address: Neo4jAddress) -> None:
    """Delete every node and relationship; indexes and constraints, slow to make, stay."""
    with (
        GraphDatabase.driver(address.uri, auth=address.auth) as driver,
        driver.session(database="neo4j") as session,
    ):
        session.run(Query(_WIPE, timeout=WIPE_TIMEOUT_S)).consume()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _password(home: Path) -> str:
    """A random password, kept with the data (mode 0600): Neo4j takes it the first time only."""
    kept = home / "password"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(18), encoding="ascii")
    return kept.read_text(encoding="ascii")


def _start(home: Path, address: Neo4jAddress) -> subprocess.Popen[bytes]:
    base = [java(), *JVM_OPTIONS, "-cp", f"{jars()}/*", f"-Dbasedir={home}"]
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    for folder in ("conf", "data", "logs", "run", "plugins", "import", "lib", "licenses"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    conf = SETTINGS.format(port=address.uri.rpartition(":")[2])
    (home / "conf" / "neo4j.conf").write_text(conf, encoding="utf-8")
    if not (home / "data" / "databases").exists():
        _set_password([*base, "org.neo4j.server.startup.Neo4jAdminBoot"], environment, address.password)
    with (home / "logs" / "console.log").open("wb") as log:
        return subprocess.Popen(
            [*base, "org.neo4j.server.startup.Neo4jBoot", "console"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _set_password(admin: list[str], environment: dict[str, str], password: str) -> None:
    command = [*admin, "dbms", "set-initial-password", password]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise NoNeo4j(f"the password could not be set: {(done.stdout + done.stderr)[-800:]}")


def _wait_until_it_answers(process: subprocess.Popen[bytes], home: Path, address: Neo4jAddress) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        if answers(address):
            return
        time.sleep(0.3)
    log = (home / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
    raise NoNeo4j(f"Neo4j did not answer: {log[-1500:]}")


def answers(address: Neo4jAddress) -> bool:
    """Does a server take a query at this address with these credentials, within two seconds?"""
    try:
        # A plain session: `execute_query` would retry by itself, later and later.
        with (
            GraphDatabase.driver(
                address.uri, auth=address.auth, connection_timeout=2, connection_acquisition_timeout=3
            ) as driver,
            driver.session(database="neo4j") as session,
        ):
            session.run("RETURN 1").consume()
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(STOP_TIMEOUT_S)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
        else:
            break
    process.wait(STOP_TIMEOUT_S)

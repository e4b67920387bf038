"""Where does a Neo4j server come from on a machine without Docker? From its own Maven artifacts, kept in a
cache.

Community Edition 5.26 (long-term support) is an ordinary Java program: its jars and their dependencies, 123
MB, are copied once into the user's cache folder and shared by every later run.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEO4J_VERSION = "5.26.30"
ARTIFACTS = ("org.neo4j.app:neo4j-server", "org.neo4j:neo4j", "org.neo4j:neo4j-bootcheck")
DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
DOWNLOAD_TIMEOUT_S = 900
LOCK_TIMEOUT_S = DOWNLOAD_TIMEOUT_S + 60


class NoNeo4j(RuntimeError):
    """No server can be had here; the message says what to install."""


def cache_folder() -> Path:
    """`MAILLAGE_NEO4J_CACHE`, else `maillage` in the user's cache folder (XDG)."""
    chosen = os.environ.get("MAILLAGE_NEO4J_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "maillage"


def jars() -> Path:
    """The folder of Neo4j's jars, fetched if this is the first time (about 30 s).

    Two processes may ask at once: one fetches under a lock, the other waits, and a folder appears whole or
    not at all.

    Raises:
        NoNeo4j: Maven is missing or could not fetch the artifacts.
    """
    target = cache_folder() / f"neo4j-community-{NEO4J_VERSION}"
    if target.is_dir():
        return target
    with _locked(cache_folder()):
        if not target.is_dir():
            _fetch(target)
    return target


def java() -> str:
    """The Java runtime to start the server with.

    Raises:
        NoNeo4j: there is none.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if not found:
        raise NoNeo4j("a Java 17 runtime is needed (Debian: apt-get install openjdk-17-jre-headless)")
    return found


def _fetch(target: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise NoNeo4j("Maven is needed to fetch Neo4j once (Debian: apt-get install maven)")
    work = Path(tempfile.mkdtemp(prefix="neo4j-", dir=target.parent))
    try:
        (work / "pom.xml").write_text(_pom(), encoding="utf-8")
        command = [
            maven,
            "--batch-mode",
            "--quiet",
            "--strict-checksums",
            f"{DEPENDENCY_PLUGIN}:copy-dependencies",
        ]
        command += ["-DincludeScope=runtime", f"-DoutputDirectory={work / 'lib'}"]
        ended, said = _done(command, work)
        if ended:
            raise NoNeo4j(f"Maven could not fetch Neo4j {NEO4J_VERSION}: {said[-800:]}")
        (work / "lib").rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _done(command: list[str], folder: Path) -> tuple[int, str]:
    """How a command ended and what it said. What it started ends with it when it takes too long."""
    with (folder / "said").open("w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )
        try:
            process.wait(DOWNLOAD_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            said.write(f"nothing came of it in {DOWNLOAD_TIMEOUT_S} s")
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        said.seek(0)
        return process.returncode, said.read()


def _pom() -> str:
    wanted = "".join(
        f"<dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{NEO4J_VERSION}</version></dependency>"
        for group, name in (artifact.split(":") for artifact in ARTIFACTS)
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>maillage</groupId><artifactId>test-server</artifactId><version>1</version>"
        f"<dependencies>{wanted}</dependencies></project>"
    )


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Raises NoNeo4j when another process keeps the lock longer than a download takes."""
    folder.mkdir(parents=True, exist_ok=True)
    name = folder / "neo4j.lock"
    until = time.monotonic() + LOCK_TIMEOUT_S
    with name.open("w") as lock:
        while not _taken(lock.fileno()):
            if time.monotonic() > until:
                raise NoNeo4j(f"another process has kept {name} for {LOCK_TIMEOUT_S} s: end it")
            time.sleep(0.2)
        yield


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

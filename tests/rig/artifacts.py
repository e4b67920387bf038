"""Where does a Neo4j server come from on a machine without Docker? From its own Maven artifacts, kept in a
cache.

Community Edition 5.26 (long-term support) is an ordinary Java program: its jars and their dependencies, 123
MB, are copied once into the user's cache folder and shared by every later run.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEO4J_VERSION = "5.26.30"
ARTIFACTS = ("org.neo4j.app:neo4j-server", "org.neo4j:neo4j", "org.neo4j:neo4j-bootcheck")
DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
DOWNLOAD_TIMEOUT_S = 900


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
        done = subprocess.run(
            command, cwd=work, capture_output=True, text=True, timeout=DOWNLOAD_TIMEOUT_S, check=False
        )
        if done.returncode:
            raise NoNeo4j(
                f"Maven could not fetch Neo4j {NEO4J_VERSION}: {(done.stdout + done.stderr)[-800:]}"
            )
        (work / "lib").rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


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
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "neo4j.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

"""`make neo4j`: a real Neo4j in the foreground, its data kept between runs, until Ctrl-C."""

import signal
import sys
from pathlib import Path

from tests.rig.artifacts import NoNeo4j, cache_folder
from tests.rig.server import Neo4jAddress, running_neo4j


def announce(address: Neo4jAddress, settings: Path) -> None:
    """Write the credentials where only the user reads them, and say what to type."""
    settings.touch(mode=0o600)
    settings.chmod(0o600)
    settings.write_text(
        f"export MAILLAGE_STORE={address.uri}\n"
        f"export NEO4J_URI={address.uri}\n"
        f"export NEO4J_USERNAME={address.username}\n"
        f"export NEO4J_PASSWORD={address.password}\n",
        encoding="utf-8",
    )
    print(f"Neo4j answers at {address.uri}, user {address.username}; the password is in {settings}")
    print(f"In another terminal:  . {settings} && make run")
    print("Ctrl-C stops it; the data stay in the same folder for the next time.", flush=True)


def main() -> int:
    """Serve until interrupted; 0 when asked to stop, 1 when no server can be had."""
    home = cache_folder() / "neo4j-data"
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running_neo4j(home) as address:
            announce(address, home / "settings.sh")
            signal.pause()
    except NoNeo4j as missing:
        print(missing, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Neo4j has stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

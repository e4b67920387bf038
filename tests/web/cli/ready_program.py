"""The program with its libraries imported, from which each command is forked: `python -m` this module.

A command keeps all that makes it a process: a memory, an environment, open files and an end of its own. It is
spared the second or two that importing takes. One line of JSON asks for a command, one line tells its status.
"""

import gc
import json
import os
import pkgutil
import sys
from importlib import import_module
from typing import Any

PACKAGES = ("graphsvc", "matcher", "people", "seed", "web")
NOT_IMPORTED = ("people.migrations", "web.server", "web.receiving")  # scripts, and the parts of `serve`


def import_everything() -> None:
    """Every module of the product, and with them the libraries they use."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            if not found.name.startswith(NOT_IMPORTED):
                import_module(found.name)


def serve() -> bool:
    """Fork a process for each command; returns True there, with all it needs in place, False at the end."""
    for line in sys.stdin:
        sys.stdout.flush()
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _take_place(asked)
            return True
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer is a line
    return False


def _take_place(asked: dict[str, Any]) -> None:
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv[1:] = asked["arguments"]
    for number, path in enumerate((os.devnull, asked["output"], asked["errors"])):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
        os.close(opened)


if __name__ == "__main__":
    import_everything()
    gc.collect()
    gc.freeze()  # what is shared stays shared: collections in the children do not write to it
    if serve():
        from web.cli import main

        main()

"""The dependency rule holds, and what must be light is light."""

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.project.tracked_files import ROOT

HEAVY = {
    "IPython", "alembic", "flask", "gunicorn", "igraph", "neo4j", "networkx", "numba", "numpy", "pyvis",
    "rapidfuzz", "scipy", "sklearn", "sqlalchemy", "tqdm",
}  # fmt: skip


def _program(name: str) -> str:
    found = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    assert found, f"{name} is not installed: make install"
    return found


def test_packages_depend_on_each_other_as_drawn() -> None:
    done = subprocess.run(
        [_program("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import sys, json\n"
        "sys.argv = ['maillage', '--help']\n"
        "from web.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"json.dump(sorted(m.split('.')[0] for m in sys.modules), open({str(tmp_path / 'modules')!r}, 'w'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "serve" in done.stdout
    assert HEAVY & set(json.loads((tmp_path / "modules").read_text())) == set()


def test_the_domain_can_be_imported_with_the_standard_library_alone() -> None:
    code = "import graphsvc.domain.records, graphsvc.ports"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr

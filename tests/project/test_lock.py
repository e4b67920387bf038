"""What is installed is what was locked, byte for byte, from any index."""

import re
import tomllib

import pytest

from tests.project.tracked_files import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==[^\s;]+", re.MULTILINE)


def _entries(lock: str) -> dict[str, str]:
    """Each pinned name with the text of its entry."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    starts = [*PIN.finditer(text)]
    ends = [m.start() for m in starts[1:]] + [len(text)]
    return {m[1]: text[m.start() : end] for m, end in zip(starts, ends, strict=True)}


def _wanted(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    return {re.split(r"[<>=!~;\[ ]", line)[0].lower() for line in asked}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_has_hashes_and_no_address(lock: str) -> None:
    entries = _entries(lock)
    assert entries
    assert [name for name, entry in entries.items() if "--hash=sha256:" not in entry] == []
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(
        r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host|-e)\b", text, re.MULTILINE
    )


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], ("build",)), (LOCKS[1], ("build", "dev"))])
def test_everything_the_project_names_is_locked(lock: str, extras: tuple[str, ...]) -> None:
    assert _wanted(*extras) - _entries(lock).keys() == set()


def test_both_locks_hold_the_same_versions() -> None:
    served, developed = ({name: _version(e) for name, e in _entries(lock).items()} for lock in LOCKS)
    assert {name for name, version in served.items() if version != developed.get(name)} == set()


def _version(entry: str) -> str:
    """`name==version`, without the platforms it is for: what else is installed may widen those."""
    return entry.partition("\n")[0].partition(";")[0].strip(" \\")

"""Where the installed pyvis keeps the vis-network script: served from there, copied nowhere."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_SCRIPT = Path("lib") / "vis-9.1.2" / "vis-network.min.js"


@lru_cache(maxsize=1)
def library_path() -> Path:
    """The script's path, found without importing pyvis (which imports IPython). Raises FileNotFoundError."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("pyvis")
    return Path(spec.origin).parent / _SCRIPT

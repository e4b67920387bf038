"""The learned order of the suggestions: looked at once for each snapshot, used only where it may be."""

from pathlib import Path

from graphsvc.snapshot import Snapshot
from matcher.index import build_index
from matcher.learned.background import kept_background
from matcher.learned.model import DataMark, Learned, ModelRefused, read_learned
from web.words.learned import order_sentence


class LearnedOrder:
    """Which learned order of a folder is in use. Safe for several threads: it is replaced whole."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._found: tuple[Learned | None, str | None] = (None, None)

    @property
    def in_use(self) -> Learned | None:
        """The learned order, None while the default one is in use."""
        return self._found[0]

    @property
    def sentence(self) -> str:
        """Which order is in use, in words."""
        return order_sentence(*self._found)

    def look(self, snapshot: Snapshot) -> None:
        """Read the coefficients again and check that they fit this network; reads all its ties, and what the
        learned order needs of it, so that the first reader does not wait for it.
        """
        found = usable(self._folder, snapshot) if self._folder is not None else (None, None)
        if found[0] is not None:
            kept_background(snapshot, build_index(snapshot))
        self._found = found


def usable(folder: Path, snapshot: Snapshot) -> tuple[Learned | None, str | None]:
    """The learned order of a folder if it may be used on this snapshot, else the rule that forbids it.

    Neither when there is no learned order.
    """
    try:
        found = read_learned(folder)
        if found is not None:
            found.check(DataMark.of(snapshot))
    except ModelRefused as refusal:
        return None, refusal.rule
    return found, None

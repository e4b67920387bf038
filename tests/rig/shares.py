"""How the tests are shared among processes: a file whole, what needs Neo4j together, the longest first.

One server is started instead of one a process, and no process is left alone with a long file at the end.
"""

from collections import OrderedDict

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

NEO4J = "neo4j"
SECONDS_A_TEST = ((NEO4J, 1.0), ("tests/browser/", 3.0), ("tests/web/cli/", 0.5), ("tests/matcher/", 0.3))
"""About what a test takes whose unit begins so; the others, `OTHERS_SECONDS`."""
OTHERS_SECONDS = 0.15
Unit = dict[str, bool]


def expected_seconds(name: str, tests: int) -> float:
    """About what a unit of so many tests takes."""
    each = (seconds for start, seconds in SECONDS_A_TEST if name.startswith(start))
    return tests * next(each, OTHERS_SECONDS)


class LongestFirst(OrderedDict[str, Unit]):
    """Units in no order: the longest is taken first, whichever end is asked for."""

    def popitem(self, last: bool = True) -> tuple[str, Unit]:
        """The longest unit, taken out."""
        if not self:
            raise KeyError("no unit is left")
        name = max(self, key=lambda one: expected_seconds(one, len(self[one])))
        return name, self.pop(name)


class Shares(LoadFileScheduling):
    """The units, and their order."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        self.workqueue = LongestFirst()

    def _split_scope(self, nodeid: str) -> str:
        return NEO4J if NEO4J in nodeid.lower() else super()._split_scope(nodeid)

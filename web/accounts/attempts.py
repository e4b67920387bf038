"""Too many links that do not open, from one address: wait. Kept in memory, forgotten after the window.

Links have 256 random bits, so this protects the machine, not the links; a count per process is enough.
"""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

LIMIT = 20
WINDOW_SECONDS = 600.0
_MOST_KEPT = 10_000


class FailedAttempts:
    """How many times each network address failed of late. An IPv6 address counts with its /64."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def seconds_to_wait(self, address: str | None) -> int:
        """0 when the address may try, else how long it is to wait."""
        with self._lock:
            began, count = self._failures.get(network_of(address), (0.0, 0))
        left = began + WINDOW_SECONDS - self._clock()
        return int(left) + 1 if count >= LIMIT and left > 0 else 0

    def note(self, address: str | None) -> None:
        """One more failure."""
        key, now = network_of(address), self._clock()
        with self._lock:
            began, count = self._failures.pop(key, (now, 0))
            self._failures[key] = (now, 1) if now - began >= WINDOW_SECONDS else (began, count + 1)
            while len(self._failures) > _MOST_KEPT:
                self._failures.popitem(last=False)


def network_of(address: str | None) -> str:
    """What is counted together: an IPv4 address, an IPv6 /64."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)

"""Several acts begun at the same instant, each in a thread of its own."""

import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence

SECONDS = 60.0


def at_once(acts: Sequence[Callable[[], object]]) -> None:
    """Begin all of them together and wait until they have ended. The first error of one is raised.

    Raises TimeoutError, with the stacks of those that go on, after a minute.
    """
    ready, errors = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            ready.wait(SECONDS)
            act()
        except BaseException as error:  # noqa: BLE001 - raised again by who waits
            errors.append(error)

    threads = [threading.Thread(target=run, args=(act,), daemon=True) for act in acts]
    for thread in threads:
        thread.start()
    until = time.monotonic() + SECONDS
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    if errors:
        raise errors[0]
    stuck = [thread for thread in threads if thread.is_alive()]
    if stuck:
        frames = sys._current_frames()
        where = ("".join(traceback.format_stack(frames[t.ident])) for t in stuck if t.ident in frames)
        raise TimeoutError(f"{len(stuck)} of {len(acts)} have not ended:\n" + "\n".join(where))

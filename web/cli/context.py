"""What most commands need: the configuration, an open store, the snapshot, today, and a progress bar."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from graphsvc.ports import GraphStore
from web.config import Config
from web.french import typeset
from web.home_use import used_alone, used_together
from web.language import column, in_french
from web.words.site_rules import SNAPSHOT_NOT_WRITTEN

if TYPE_CHECKING:
    from graphsvc.snapshot import Snapshot

BAR_AFTER_SECONDS = 2.0


def configuration(
    ctx: click.Context, *, host: str | None = None, port: int | None = None, alone: bool = False
) -> Config:
    """The configuration of this command: the environment, what the command line says first.

    From here to its end the command uses the home, with others or `alone`. A restore that was cut off after
    its last preparation is ended first. Raises SettingRefused, HomeInUse, HomeBeingRestored.
    """
    store = (ctx.find_root().obj or {}).get("store")
    config = Config.from_environment(os.environ, store=store, host=host, port=port)
    ctx.with_resource((used_alone if alone else used_together)(config.home))
    return config


@contextmanager
def opened_store(config: Config, *, create: bool = True, resume: bool = False) -> Iterator[GraphStore]:
    """The store of the configuration, closed at the end. `resume`: also one whose first load did not end."""
    from web.wiring import open_store

    with open_store(config, create=create, resume=resume) as store:
        yield store


def snapshot_of(config: Config, store: GraphStore) -> "Snapshot":
    """The current snapshot, from its cache when that is fresh."""
    from graphsvc.snapshot import open_snapshot

    return open_snapshot(store, config.snapshot_folder, not_written=_say_not_written)


def _say_not_written(error: OSError) -> None:
    """The answer is right all the same: one line on standard error, in the language asked for."""
    from web.cli.refusal import unusable, wanted
    from web.words.messages import rule_text

    said = SNAPSHOT_NOT_WRITTEN[column(wanted("lang"))]
    text = said.format(why=rule_text(unusable(error), wanted("lang")))
    click.echo(typeset(text) if in_french(wanted("lang")) else text, err=True)


def read_snapshot(config: Config) -> "Snapshot":
    """The current snapshot, for a command that only reads: the store is closed again."""
    with opened_store(config) as store:
        return snapshot_of(config, store)


def today() -> date:
    """Today's date, or `MAILLAGE_TODAY` (YYYY-MM-DD) to look at the network as of a day."""
    given = os.environ.get("MAILLAGE_TODAY")
    if not given:
        return datetime.now().astimezone().date()
    from graphsvc.domain.dates import PartialDate

    return PartialDate.parse(given).last_day


@contextmanager
def progress(label: str) -> Iterator[Callable[..., None]]:
    """A callback `(stage, done, total)` that shows a bar on standard error once two seconds have passed."""
    began = time.monotonic()
    bar: Any = None

    def advance(stage: str, done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            if time.monotonic() - began < BAR_AFTER_SECONDS or not sys.stderr.isatty():
                return
            from tqdm import tqdm

            bar = tqdm(total=total, file=sys.stderr, leave=False)
        bar.set_description(f"{label}, {stage}", refresh=False)
        bar.total, bar.n = total, done
        bar.refresh()

    try:
        yield advance
    finally:
        if bar is not None:
            bar.close()

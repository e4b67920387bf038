"""Commands that save and bring back: `backup`, `restore`."""

from contextlib import ExitStack
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from graphsvc.domain.errors import InvalidValue, StoreError
from web.cli.context import configuration, opened_store, progress
from web.cli.output import format_options, print_csv, print_json
from web.config import Config
from web.french import counted, day_text, typeset
from web.restored_files import prepared, swap

if TYPE_CHECKING:
    from people.backup import Backup


@click.command("backup")
@click.argument("path", metavar="CHEMIN", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Remplace un fichier existant.")
@format_options
@click.pass_context
def backup_command(ctx: click.Context, path: Path, force: bool, format_: str, lang: str) -> None:
    """Enregistre le réseau, son histoire et la base privée dans le fichier CHEMIN, sans arrêter le site."""
    from people.backup import back_up
    from people.database import open_private

    if path.is_dir() or (path.exists() and not force):
        raise InvalidValue(
            "option", "CHEMIN", str(path), "path_exists" if path.is_file() else "path_is_folder"
        )
    config = configuration(ctx)
    with (
        opened_store(config, create=False) as store,
        open_private(config.private_url) as private,
        progress("sauvegarde") as advance,
    ):
        made = back_up(private, store, path, progress=advance)
    _tell(made, format_, "Sauvegardé" if lang == "fr" else "Saved", lang)


@click.command("restore")
@click.argument("path", metavar="CHEMIN", type=click.Path(path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Remplace les données présentes ; elles sont gardées sous un autre nom."
)
@format_options
@click.pass_context
def restore_command(ctx: click.Context, path: Path, replace: bool, format_: str, lang: str) -> None:
    """Rétablit le réseau et la base privée à partir d'une sauvegarde. Arrêtez le site d'abord."""
    from people.backup import read_backup

    backup = read_backup(path)
    config = configuration(ctx, alone=True)
    _restore(config, backup, replace=replace)
    _tell(backup, format_, "Rétabli" if lang == "fr" else "Restored", lang)


def _restore(config: Config, backup: "Backup", *, replace: bool) -> None:
    """Prepare new files beside the former ones, then swap; a server's database is filled where it is."""
    from people.backup import restore
    from people.database import open_private, private_file
    from web.wiring import graph_file

    places = [file for file in (graph_file(config.store_url), private_file(config.private_url)) if file]
    if not replace:
        _require_unused(config)
    beside = _beside(config)
    with ExitStack() as stack:
        advance = stack.enter_context(progress("restauration"))
        store = stack.enter_context(opened_store(beside, resume=True))
        private = stack.enter_context(open_private(beside.private_url))
        restore(backup, private, store, replace=replace, progress=advance)
    swap(config.home, places)


def _beside(config: Config) -> Config:
    """The same configuration with each file replaced by the one prepared beside it."""
    from people.database import private_file
    from web.wiring import graph_file

    graph, private = graph_file(config.store_url), private_file(config.private_url)
    return changed(
        config,
        store_url=f"sqlite:///{quote(str(prepared(graph)))}" if graph else config.store_url,
        private_url=f"sqlite:///{prepared(private)}" if private else config.private_url,
    )


def _require_unused(config: Config) -> None:
    """Raises RestoreOverData when a file holds something, or cannot be read: nobody knows what it holds."""
    from people.database import open_private, private_file
    from people.dump import in_use
    from people.errors import RestoreOverData
    from web.wiring import graph_file

    graph, private = graph_file(config.store_url), private_file(config.private_url)
    if graph is not None and graph.exists() and not _empty(config):
        raise RestoreOverData(str(graph))
    if private is not None and private.exists():
        try:
            with open_private(config.private_url) as database:
                used = in_use(database)
        except StoreError:
            used = True
        if used:
            raise RestoreOverData(str(private))


def _empty(config: Config) -> bool:
    try:
        with opened_store(config, create=False) as store:
            return store.is_empty() and store.info().revision == 0
    except StoreError:
        return False


def _tell(backup: "Backup", format_: str, done: str, lang: str) -> None:
    graph: dict[str, Any] = backup.manifest["graph"]
    answer = {
        "path": str(backup.path),
        "made_at": backup.manifest["made_at"],
        "revision": graph["revision"],
        "records": graph["records"],
        "private_rows": backup.manifest["private"]["rows"],
    }
    if format_ == "json":
        print_json(answer)
    elif format_ == "csv":
        print_csv(("figure", "value"), [(k, v) for k, v in answer.items() if not isinstance(v, dict)])
    elif lang == "fr":
        actors = counted(graph["records"]["actor"], "acteur")
        day = day_text(backup.made_at.astimezone().date())
        click.echo(typeset(f"{done} : {backup.path}, {actors}, révision {graph['revision']}, état du {day}."))
    else:
        click.echo(
            f"{done}: {backup.path}, {graph['records']['actor']} actors, revision {graph['revision']}."
        )

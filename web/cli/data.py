"""Commands that move data: `seed`, `import`, `export`, `check`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from graphsvc.domain.errors import BundleRejected, InvalidValue
from web.cli.context import configuration, opened_store, progress, snapshot_of, today
from web.cli.output import format_options, print_csv, print_json, print_table, say
from web.french import counted
from web.words.imports import notice_sentence
from web.words.messages import remedy_text, rule_text

if TYPE_CHECKING:
    from graphsvc.exchange.report import ImportReport


@click.command("seed")
@format_options
@click.pass_context
def seed_command(ctx: click.Context, format_: str, lang: str) -> None:
    """Charge les données publiques de l'Essonne. Relancer ne crée aucun doublon."""
    from seed.load import load_seed

    config = configuration(ctx)
    with opened_store(config, resume=True) as store, progress("chargement") as advance:
        report = load_seed(store, by="seed", today=today(), progress=advance)
    _print_report(report, format_, lang)


@click.command("import")
@click.argument("paths", metavar="CHEMIN…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait fait, n'écrit rien.")
@click.option("--partial", is_flag=True, help="Importe les lignes justes et rejette les autres.")
@click.option(
    "--create-vocabulary", is_flag=True, help="Ajoute les thèmes et territoires inconnus au vocabulaire."
)
@format_options
@click.pass_context
def import_command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    dry_run: bool,
    partial: bool,
    create_vocabulary: bool,
    format_: str,
    lang: str,
) -> None:
    """Importe des fichiers du format d'échange : dossiers, archives .zip ou fichiers .csv."""
    from graphsvc.usecases.import_bundle import import_bundle

    config = configuration(ctx)
    with opened_store(config, resume=True) as store, progress("import") as advance:
        try:
            report = import_bundle(
                store,
                list(paths),
                by="cli",
                today=today(),
                create_vocabulary=create_vocabulary,
                partial=partial,
                dry_run=dry_run,
                progress=advance,
            )
        except BundleRejected as refusal:
            _print_refusal(cast("ImportReport", refusal.report), format_, lang)
            raise
    _print_report(report, format_, lang)


@click.command("export")
@click.option(
    "--to",
    "form",
    type=click.Choice(["tables", "xlsx", "gexf", "graphml", "geojson", "html"]),
    required=True,
    help="Forme du fichier.",
)
@click.argument("path", metavar="CHEMIN", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Remplace un fichier existant.")
@click.pass_context
def export_command(ctx: click.Context, form: str, path: Path, force: bool) -> None:
    """Écrit le réseau dans CHEMIN : tables (dossier ou .zip), classeur, carte html à ouvrir hors ligne."""
    from graphsvc.exchange.geojson import write_geojson
    from graphsvc.exchange.graph_files import write_gexf, write_graphml
    from graphsvc.exchange.workbook import write_workbook
    from graphsvc.usecases.export import export_tables
    from web.exported import look

    if path.exists() and not force and not (path.is_dir() and not any(path.iterdir())):
        raise InvalidValue("option", "CHEMIN", str(path), "path_exists")
    config = configuration(ctx)
    with opened_store(config, create=False) as store:
        if form == "tables":
            return export_tables(store, path)
        if form == "xlsx":
            return write_workbook(store, path)
        snapshot = snapshot_of(config, store)
    if form == "html":
        from web.maps.standalone import write_map

        return write_map(snapshot, path, today=today())
    writer = {"gexf": write_gexf, "graphml": write_graphml, "geojson": write_geojson}[form]
    return writer(snapshot, path, look(snapshot), today=today())


@click.command("check")
@format_options
@click.pass_context
def check_command(ctx: click.Context, format_: str, lang: str) -> int:  # noqa: ARG001  same options everywhere
    """Vérifie que le graphe est cohérent, que la base privée s'ouvre et que l'instantané est à jour."""
    from graphsvc.usecases.check_store import check_store
    from people.database import open_private

    config = configuration(ctx)
    with opened_store(config, create=False) as store:
        found = check_store(store)
        info = store.info()
        fresh = snapshot_of(config, store).revision == info.revision
    with open_private(config.private_url) as private:
        private.verify()
        schema = private.schema_version()
    answer: dict[str, Any] = {
        "store": info.store_id,
        "revision": info.revision,
        "records": {kind.value: n for kind, n in found.counts.items()},
        "problems": [{"kind": p.kind, "id": p.id, "code": p.code} for p in found.problems],
        "snapshot_fresh": fresh,
        "private_schema": schema,
    }
    if format_ == "json":
        print_json(answer)
    else:
        rows = [("base", answer["store"]), ("révision", answer["revision"]), *answer["records"].items()]
        rows += [
            ("problèmes", len(found.problems)),
            ("instantané à jour", "oui" if fresh else "non"),
            ("base privée", schema),
        ]
        (print_csv if format_ == "csv" else print_table)(("objet", "valeur"), rows)
    return 1 if found.problems or not fresh else 0


def _print_report(report: "ImportReport", format_: str, lang: str) -> None:
    if format_ == "json":
        print_json(_report_document(report, lang))
        return
    if format_ == "csv":
        _print_rejections(report, "csv", lang)
        return
    click.echo(
        f"{counted(report.created, 'créé')}, {counted(report.updated, 'mis à jour', 'mis à jour')}, "
        f"{counted(report.unchanged, 'inchangé')}, {counted(len(report.rejected), 'rejeté')}."
    )
    for name in report.ignored_columns:
        say(f"{name.file} : colonne « {name.column} » ignorée.")
    for notice in report.notices:
        click.echo(notice_sentence(notice.code, notice.facts, lang), err=True)
    _print_rejections(report, "text", lang)


def _print_refusal(report: "ImportReport", format_: str, lang: str) -> None:
    """A refusal prints nothing on standard output."""
    if format_ == "json":
        click.echo(
            json.dumps(
                {"error": {"code": "bundle_rejected", **_report_document(report, lang)}}, ensure_ascii=False
            ),
            err=True,
        )
        return
    faults = counted(len(report.rejected), "erreur")
    say(f"Import refusé, rien n'a été écrit : {faults} à corriger.")
    _print_rejections(report, "text", lang)


def _print_rejections(report: "ImportReport", format_: str, lang: str) -> None:
    rows = [
        (r.file, r.line, r.column, r.value, rule_text(r.rule, lang), remedy_text(r.remedy, lang))
        for r in report.rejected
    ]
    if format_ == "csv":
        print_csv(("file", "line", "column", "value", "rule", "remedy"), rows)
        return
    for file, line, column, value, rule, remedy in rows:
        where = file + (f", ligne {line}" if line else "") + (f", colonne {column}" if column else "")
        said = "" if remedy.rstrip(".").casefold() == rule.casefold() else f" {remedy}"
        say(f"{where} : " + (f"« {value} » — " if value else "") + f"{rule}.{said}".rstrip())


def _report_document(report: "ImportReport", lang: str) -> dict[str, Any]:
    from graphsvc.exchange.report import report_data

    data = report_data(report)
    for told, rejection in zip(data["rejected"], report.rejected, strict=True):
        told["remedy"]["text"] = remedy_text(rejection.remedy, lang)
    return data

"""The command that suggests partners: `suggest`."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import RecordKind
from web.cli.context import configuration, progress, read_snapshot, today
from web.cli.output import format_options, json_line, print_csv, print_json
from web.cli.reading import kind_label
from web.cli.same_question import Questions
from web.cli.sharing import shared
from web.cli.streaming import lines_out
from web.language import column, in_french

if TYPE_CHECKING:
    from graphsvc.domain.announcements import Nature
    from graphsvc.snapshot import Snapshot
    from matcher.asks import Asker
    from matcher.suggest import Suggestions


_ONE_ASKER = (
    (
        "Donnez une seule demande : --actor, --announcement, --project, --all, "
        "ou seulement --theme, --territory, --text."
    ),
    (
        "Give one request only: --actor, --announcement, --project, --all, "
        "or nothing but --theme, --territory, --text."
    ),
)
_IDLE_OUTPUT = (
    "--output FICHIER vaut pour --all ou @FICHIER, et --resume pour --output.",
    "--output FILE goes with --all or @FILE, and --resume with --output.",
)
"""Wrong usages, in French and in English."""


@click.command("suggest")
@click.option(
    "--actor", metavar="CLÉ", help="Acteur demandeur (identifiant, SIREN, RNA, nom exact, ou @FICHIER)."
)
@click.option("--announcement", metavar="ID", help="Annonce à laquelle répondre (ou @FICHIER).")
@click.option("--project", metavar="ID", help="Projet qui cherche un partenaire de plus (ou @FICHIER).")
@click.option("--all", "everyone", is_flag=True, help="Tous les acteurs, un objet JSON par ligne.")
@click.option("--theme", "themes", multiple=True, metavar="CODE", help="Limite à ce thème (répétable).")
@click.option(
    "--territory", "territories", multiple=True, metavar="CODE", help="Limite à ce territoire (répétable)."
)
@click.option(
    "--nature", metavar="CODE", help="Ce qui manque : funding, skill, equipment, transport, training…"
)
@click.option("--text", metavar="MOTS", default="", help="Le projet en quelques mots.")
@click.option("--ask", type=click.Choice(["cooperate", "need", "pool"]), help="Nature de la demande.")
@click.option("--top", type=click.IntRange(1, 100), metavar="N", default=10, help="Nombre de propositions.")
@click.option(
    "--output",
    metavar="FICHIER",
    help="Écrit les réponses (--all ou @FICHIER) dans ce fichier, une par ligne.",
)
@click.option(
    "--resume", is_flag=True, help="Continue le fichier de --output après sa dernière ligne entière."
)
@format_options
@click.pass_context
def suggest_command(
    ctx: click.Context,
    actor: str | None,
    announcement: str | None,
    project: str | None,
    everyone: bool,
    themes: tuple[str, ...],
    territories: tuple[str, ...],
    nature: str | None,
    text: str,
    ask: str | None,
    top: int,
    output: str | None,
    resume: bool,
    format_: str,
    lang: str,
) -> None:
    """Propose des partenaires à un acteur, une annonce ou un projet, avec les raisons des deux côtés.

    Sans eux, --theme, --territory et --text suffisent à demander.
    """
    asked = [
        (name, key)
        for name, key in (("actor", actor), ("announcement", announcement), ("project", project))
        if key
    ]
    if len(asked) + everyone > 1 or not (asked or everyone or themes or territories or text or nature):
        raise click.UsageError(_ONE_ASKER[column(lang)])
    from matcher.asks import Ask, Asker, Context
    from matcher.suggest import suggest
    from web.cli.declining import declined_reader
    from web.learned_order import usable
    from web.suggestion_data import suggestions_data
    from web.words.learned import order_sentence

    config = configuration(ctx)
    snapshot = read_snapshot(config)
    context = Context(
        themes=tuple(_topic(snapshot, RecordKind.THEME, t) for t in themes),
        territories=tuple(_topic(snapshot, RecordKind.PLACE, t) for t in territories),
        ask=Ask(ask) if ask else None,
        text=text,
        nature=_nature(nature),
    )
    declined = declined_reader(config, snapshot)
    learned, refusal = usable(config.home, snapshot)
    day = today()
    many = everyone or (bool(asked) and asked[0][1].startswith("@"))
    if (output or resume) and not (many and output):
        raise click.UsageError(_IDLE_OUTPUT[column(lang)])
    if everyone:
        askers = [Asker.actor(i) for i in range(snapshot.n)]
    else:
        askers = list(_askers(snapshot, asked[0][0], _keys(asked[0][1]))) if asked else [Asker.request()]

    def found_for(asker: "Asker") -> "Suggestions":
        own = replace(context, declined=declined(asker))
        return suggest(snapshot, asker, own, today=day, top=top, learned=learned)

    if not many:
        _print(snapshot, found_for(askers[0]), format_, lang)
        if format_ == "text":
            click.echo(order_sentence(learned, refusal, lang), err=True)
        return
    ids = [_asker_id(snapshot, asker) for asker in askers]

    def line(number: int) -> str:
        return json_line(suggestions_data(snapshot, found_for(askers[number]), lang))

    def depends_on() -> Iterator[object]:
        yield from (version("maillage"), snapshot.store_id, snapshot.revision, day, top, lang, context)
        yield learned.to_json() if learned else None
        yield from (sorted(declined(asker)) for asker in askers)

    with (
        lines_out(output, Questions(ids, line, depends_on), resume=resume) as (before, write),
        shared(line, before, len(askers)) as lines,
        progress("suggestions") as advance,
    ):
        for done, answer in enumerate(lines, start=before + 1):
            write(answer)
            advance("acteurs", done, len(askers))


def _asker_id(snapshot: "Snapshot", asker: "Asker") -> str:
    if asker.kind == "actor":
        return snapshot.ids[asker.index]
    ids = snapshot.announcement_ids if asker.kind == "announcement" else snapshot.project_ids
    return str(ids[asker.index])


def _keys(given: str) -> list[str]:
    if not given.startswith("@"):
        return [given]
    try:
        return [
            line.strip() for line in Path(given[1:]).read_text(encoding="utf-8").splitlines() if line.strip()
        ]
    except (OSError, UnicodeDecodeError):
        raise InvalidValue("option", "@FICHIER", given[1:], "unreadable_file") from None


def _askers(snapshot: "Snapshot", name: str, keys: list[str]) -> Iterator["Asker"]:
    from graphsvc.search import find_actor, known_record
    from matcher.asks import Asker

    for key in keys:
        if name == "actor":
            yield Asker.actor(find_actor(snapshot, key))
            continue
        kind = RecordKind(name)
        position = known_record(snapshot, kind, key)
        yield Asker.announcement(position) if name == "announcement" else Asker.project(position)


def _nature(code: str | None) -> "Nature | None":
    from graphsvc.domain.announcements import Nature

    if code is not None and code not in list(Nature):
        raise InvalidValue("option", "--nature", code[:80], "unknown_code")
    return Nature(code) if code is not None else None


def _topic(snapshot: "Snapshot", kind: RecordKind, key: str) -> str:
    """The id of a theme or place given by code or label."""
    from graphsvc.search import find_place, find_theme

    if kind is RecordKind.THEME:
        return snapshot.theme(find_theme(snapshot, key)).id
    return snapshot.place(find_place(snapshot, key)).id


def _print(snapshot: "Snapshot", found: "Suggestions", format_: str, lang: str) -> None:
    from web.suggestion_data import suggestions_data

    document = suggestions_data(snapshot, found, lang)
    if format_ == "json":
        print_json(document)
    elif format_ == "csv":
        columns = ("rank", "score", "id", "name", "kind", "for_you", "for_them", "unknown")
        print_csv(columns, [_csv_row(s) for s in document["suggestions"]])
    else:
        _print_text(document, lang)


def _csv_row(suggestion: dict[str, Any]) -> list[object]:
    actor, reasons = suggestion["actor"], suggestion["reasons"]
    texts = [" ".join(r["text"] for r in reasons[side]) for side in ("for_you", "for_them", "unknown")]
    return [suggestion["rank"], suggestion["score"], actor["id"], actor["name"], actor["kind"], *texts]


_TITLES = {
    "for_you": ("Pour vous :", "For you:"),
    "for_them": ("Pour eux :", "For them:"),
    "unknown": ("À savoir :", "To know:"),
}


def _print_text(document: dict[str, Any], lang: str) -> None:
    from web.written import decimal

    for note in document["notes"]:
        click.echo(note["text"], err=True)
    if not document["suggestions"]:
        click.echo("Aucune proposition." if in_french(lang) else "No suggestion.", err=True)
    for s in document["suggestions"]:
        click.echo(
            f"{s['rank']:>2}. {s['actor']['name']}"
            f" — {kind_label(s['actor']['kind'], lang)} ({decimal(s['score'], 2, lang)})"
        )
        for side, titles in _TITLES.items():
            for reason in s["reasons"][side]:
                click.echo(f"      {titles[column(lang)]} {reason['text']}")
    sys.stdout.flush()

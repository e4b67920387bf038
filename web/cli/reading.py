"""Commands that read the network: `search`, `health`."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.text import fold
from web.cli.context import configuration, opened_store, read_snapshot, snapshot_of, today
from web.cli.output import flat, format_options, print_csv, print_json, print_table, say
from web.language import in_french

if TYPE_CHECKING:
    from graphsvc.snapshot import Snapshot


@click.command("search")
@click.argument("text", metavar="TEXTE")
@click.option("--limit", type=click.IntRange(1, 1000), metavar="N", default=20, help="Nombre de réponses.")
@format_options
@click.pass_context
def search_command(ctx: click.Context, text: str, limit: int, format_: str, lang: str) -> None:
    """Cherche TEXTE parmi les noms, sigles et anciens noms, malgré les accents et les fautes de frappe."""
    from graphsvc.search import search

    if not fold(text):
        raise InvalidValue("option", "TEXTE", text, "search_blank")
    config = configuration(ctx)
    with opened_store(config) as store:
        snapshot = snapshot_of(config, store)
        hits = [
            actor_reference(snapshot, hit.index, place=True) for hit in search(snapshot, text, limit=limit)
        ]
    columns = ("id", "name", "kind", "place")
    if format_ == "json":
        print_json(hits)
    elif format_ == "csv":
        print_csv(columns, [[hit[c] for c in columns] for hit in hits])
    elif hits:
        print_table(
            ("identifiant", "nom", "type", "lieu"),
            [[h["id"], h["name"], kind_label(h["kind"], lang), h["place"]] for h in hits],
        )
    else:
        say(f"Aucun acteur ne répond à « {text} ».")


@click.command("health")
@click.option("--at", "at", metavar="DATE", help="Les chiffres à cette date (AAAA, AAAA-MM ou AAAA-MM-JJ).")
@format_options
@click.pass_context
def health_command(ctx: click.Context, at: str | None, format_: str, lang: str) -> None:
    """Les chiffres du réseau : acteurs, liens, part d'isolés, groupes, paires joignables."""
    from graphsvc.analytics.health import network_health

    day = _day(at)
    config = configuration(ctx)
    snapshot = read_snapshot(config)
    figures = {"at": day.isoformat(), **asdict(network_health(snapshot, day))}
    if format_ == "json":
        print_json(figures)
    elif format_ == "csv":
        print_csv(("figure", "value"), flat(figures))
    else:
        from web.labels import label

        print_table(
            ("chiffre", "valeur") if in_french(lang) else ("figure", "value"),
            [(label("figure", name, lang), _shown(name, value)) for name, value in flat(figures)],
        )


def actor_reference(snapshot: "Snapshot", index: int, *, place: bool = False) -> dict[str, Any]:
    """`{"id", "name", "kind"}` of an actor, with the name of its seat's place when asked."""
    actor = snapshot.actor(index)
    found: dict[str, Any] = {"id": actor.id, "name": actor.name, "kind": actor.kind.value}
    if place:
        seat = int(snapshot.actors.seat[index])
        found["place"] = snapshot.place(seat).name if seat >= 0 else None
    return found


def kind_label(code: str, lang: str) -> str:
    """The word for a kind of actor."""
    from web.labels import label

    return label("actor_kind", code, lang)


def _shown(name: str, value: object) -> object:
    """A figure as the site shows it."""
    from web.words.coordination import figure_text

    return figure_text(name, value) if isinstance(value, float) else value


def _day(at: str | None) -> date:
    if at is None:
        return today()
    try:
        return PartialDate.parse(at).last_day
    except InvalidValue as error:
        raise InvalidValue("option", "--at", at, error.rule) from None

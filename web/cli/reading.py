"""Commands that read the network: `search`, `isolated`, `health`."""

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.text import fold
from web.cli.context import configuration, opened_store, read_snapshot, snapshot_of, today
from web.cli.output import flat, format_options, print_csv, print_json, print_table, say

if TYPE_CHECKING:
    from graphsvc.analytics.bridges import Bridge
    from graphsvc.analytics.isolation import WorkItem
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


@click.command("isolated")
@click.option(
    "--all-perimeters", is_flag=True, help="Aussi les acteurs hors du territoire et du côté partenaire."
)
@click.option("--institutions", is_flag=True, help="Aussi les collectivités et organismes publics.")
@format_options
@click.pass_context
def isolated_command(
    ctx: click.Context, all_perimeters: bool, institutions: bool, format_: str, lang: str
) -> None:
    """Acteurs engagés du territoire sans lien vivant, ou qui risquent de le perdre."""
    from graphsvc.analytics.isolation import work_list
    from matcher.introductions import introductions

    config = configuration(ctx)
    snapshot = read_snapshot(config)
    day = today()
    items = work_list(snapshot, day, all_perimeters=all_perimeters, institutions=institutions)
    met = introductions(snapshot, (item.index for item in items), day)
    rows = [_work_item(snapshot, item, met[item.index], lang) for item in items]
    if format_ == "json":
        print_json(rows)
        return
    table = [
        (
            r["actor"]["id"],
            r["actor"]["name"],
            r["state"],
            r["record_age_days"],
            r["completeness"],
            " ".join(b["text"] for b in r["because"]),
        )
        for r in rows
    ]
    if format_ == "csv":
        print_csv(("id", "name", "state", "record_age_days", "completeness", "because"), table)
        return
    from web.labels import label

    print_table(
        ("acteur", "état", "pourquoi"), [(row[1], label("state", row[2], lang), row[5]) for row in table]
    )
    click.echo(f"{len(rows)} acteurs dans la liste de travail.", err=True)


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
            ("chiffre", "valeur"),
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


def _work_item(snapshot: "Snapshot", item: "WorkItem", met: "list[Bridge]", lang: str) -> dict[str, Any]:
    from web.labels import because_text

    return {
        "actor": actor_reference(snapshot, item.index),
        "state": item.state.value,
        "because": [
            {"code": f.code, "facts": dict(f.facts), "text": because_text(f.code, f.facts, lang)}
            for f in item.because
        ],
        "since": item.since.isoformat() if isinstance(item.since, date) else item.since,
        "record_age_days": item.record_age_days,
        "completeness": item.completeness,
        "in_our_data_only": item.in_our_data_only,
        "bridges": [_bridge(snapshot, bridge) for bridge in met],
    }


def _shown(name: str, value: object) -> object:
    """A figure as one reads it: shares in per cent, numbers with two decimals at most."""
    from web.french import number, percent

    if not isinstance(value, float):
        return value
    return percent(value) if name.endswith("_share") else number(round(value, 3))


def _bridge(snapshot: "Snapshot", bridge: "Bridge") -> dict[str, Any]:
    introducer = bridge.introducer
    return {
        "actor": actor_reference(snapshot, bridge.index),
        "score": round(float(bridge.score), 6),
        "gain": round(float(bridge.gain), 6),
        "introducer": None if introducer is None else actor_reference(snapshot, introducer.index),
    }


def _day(at: str | None) -> date:
    if at is None:
        return today()
    try:
        return PartialDate.parse(at).last_day
    except InvalidValue as error:
        raise InvalidValue("option", "--at", at, error.rule) from None

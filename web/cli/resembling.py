"""Commands about records that may be one actor: `duplicates`, `merge`. A decision is remembered."""

from typing import TYPE_CHECKING, Any

import click

from graphsvc.domain.errors import InvalidValue
from web.cli.context import configuration, opened_store, snapshot_of
from web.cli.output import format_options, print_csv, print_json, print_table
from web.cli.reading import actor_reference
from web.french import counted, typeset

if TYPE_CHECKING:
    from graphsvc.duplicates import DuplicatePair
    from graphsvc.snapshot import Snapshot
    from people.database import PrivateDatabase

AUTHOR = "cli"


@click.command("duplicates")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    metavar="S",
    default=0.75,
    help="Ressemblance minimale, de 0 à 1 (défaut : 0,75).",
)
@click.option(
    "--distinct", nargs=2, metavar="A B", help="Retient que A et B sont deux acteurs : la paire disparaît."
)
@click.option("--reconsider", nargs=2, metavar="A B", help="Oublie cette décision.")
@format_options
@click.pass_context
def duplicates_command(
    ctx: click.Context,
    min_score: float,
    distinct: tuple[str, str] | None,
    reconsider: tuple[str, str] | None,
    format_: str,
    lang: str,
) -> None:
    """Paires de fiches qui désignent peut-être le même acteur : à réunir par merge, ou à dire --distinct."""
    from graphsvc.duplicates import duplicate_pairs
    from people.database import open_private

    config = configuration(ctx)
    with opened_store(config, create=False) as store, open_private(config.private_url) as private:
        snapshot = snapshot_of(config, store)
        _decide(private, snapshot, distinct, reconsider)
        decided = _decided(private, snapshot)
    pairs = duplicate_pairs(snapshot, min_score=min_score, decided=decided)
    _print(snapshot, pairs, format_, lang)


@click.command("merge")
@click.argument("a")
@click.argument("b")
@format_options
@click.pass_context
def merge_command(ctx: click.Context, a: str, b: str, format_: str, lang: str) -> None:
    """Réunit deux fiches : A est gardée, B devient un autre nom de A et sa clé mène à A pour toujours."""
    from graphsvc.search import find_actor
    from graphsvc.usecases.merge_actors import merge_actors

    config = configuration(ctx)
    with opened_store(config, create=False) as store:
        snapshot = snapshot_of(config, store)
        kept, absorbed = (actor_reference(snapshot, find_actor(snapshot, key)) for key in (a, b))
        if kept["id"] == absorbed["id"]:
            raise InvalidValue("option", "B", b, "merge_with_itself")
        revision = merge_actors(store, absorbed["id"], kept["id"], by=AUTHOR)
    answer = {"kept": kept, "absorbed": absorbed, "revision": revision}
    if format_ == "json":
        print_json(answer)
    elif format_ == "csv":
        print_csv(("kept", "absorbed", "revision"), [(kept["id"], absorbed["id"], revision)])
    elif lang == "fr":
        click.echo(typeset(f"« {absorbed['name']} » est réuni à « {kept['name']} » (révision {revision})."))
    else:
        click.echo(f"“{absorbed['name']}” was merged into “{kept['name']}” (revision {revision}).")


def _decide(
    private: "PrivateDatabase",
    snapshot: "Snapshot",
    distinct: tuple[str, str] | None,
    again: tuple[str, str] | None,
) -> None:
    from people.kept_apart import keep_apart, reconsider

    if distinct:
        keep_apart(private, snapshot.store_id, *_pair(snapshot, distinct), by=AUTHOR)
    if again:
        reconsider(private, snapshot.store_id, *_pair(snapshot, again))


def _pair(snapshot: "Snapshot", keys: tuple[str, str]) -> tuple[str, str]:
    from graphsvc.search import find_actor

    one, other = (snapshot.ids[find_actor(snapshot, key)] for key in keys)
    if one == other:
        raise InvalidValue("option", "B", keys[1], "merge_with_itself")
    return one, other


def _decided(private: "PrivateDatabase", snapshot: "Snapshot") -> set[frozenset[str]]:
    """The pairs decided on, by the ids that their keys answer with today (a merge may have come since)."""
    from people.kept_apart import pairs_kept_apart

    found = set()
    for pair in pairs_kept_apart(private, snapshot.store_id):
        places = [snapshot.index(key) for key in pair]
        found.add(frozenset(snapshot.ids[i] for i in places if i is not None))
    return found


def _print(snapshot: "Snapshot", pairs: "list[DuplicatePair]", format_: str, lang: str) -> None:
    from web.written import decimal

    rows = [_row(snapshot, pair, lang) for pair in pairs]
    if format_ == "json":
        print_json(rows)
        return
    said = [" ".join(reason["text"] for reason in row["because"]) for row in rows]
    if format_ == "csv":
        columns = ("a", "a_name", "b", "b_name", "score", "because")
        cells = [
            (r["a"]["id"], r["a"]["name"], r["b"]["id"], r["b"]["name"], r["score"], text)
            for r, text in zip(rows, said, strict=True)
        ]
        print_csv(columns, cells)
        return
    print_table(
        ("a", "b", "score", "pourquoi" if lang == "fr" else "because"),
        [
            (r["a"]["id"], r["b"]["id"], decimal(r["score"], 2, lang), text)
            for r, text in zip(rows, said, strict=True)
        ],
    )
    found = counted(len(rows), "paire") if lang == "fr" else f"{len(rows)} pairs"
    click.echo(f"{found}.", err=True)


def _row(snapshot: "Snapshot", pair: "DuplicatePair", lang: str) -> dict[str, Any]:
    from web.words.duplicates import duplicate_sentence

    return {
        "a": actor_reference(snapshot, pair.a, place=True),
        "b": actor_reference(snapshot, pair.b, place=True),
        "score": pair.score,
        "because": [
            {"code": b.code, "facts": dict(b.facts), "text": duplicate_sentence(b.code, b.facts, lang)}
            for b in pair.because
        ],
    }

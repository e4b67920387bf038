"""Commands that find groups: `pool`, `triangles`, `convergences`, `concentration`, `gaps`, `dormant`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from web.cli.context import configuration, read_snapshot, today
from web.cli.output import format_options, print_csv, print_json
from web.language import in_french

if TYPE_CHECKING:
    from graphsvc.snapshot import Snapshot

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
_APART = ("overlap", "complementarity")
_COLUMNS = ("score", "members", "roles", "themes", "territories", "reasons")
_theme = click.option(
    "--theme", "themes", multiple=True, metavar="CODE", help="Limite à ce thème (répétable)."
)
_territory = click.option(
    "--territory", "territories", multiple=True, metavar="CODE", help="Limite à ce territoire (répétable)."
)
_at = click.option("--at", metavar="DATE", help="Comme à cette date (AAAA, AAAA-MM ou AAAA-MM-JJ).")
_actor = click.option(
    "--actor", metavar="CLÉ", help="Autour de cet acteur (identifiant, SIREN, RNA ou nom exact)."
)


def _top(default: int) -> Callable[[F], F]:
    shape = click.IntRange(1, 1000)
    return click.option("--top", type=shape, metavar="N", default=default, help="Nombre de réponses.")


@click.command("pool")
@click.option("--announcement", metavar="ID", required=True, help="Annonce dont le besoin est à mutualiser.")
@click.option(
    "--actor", metavar="CLÉ", help="Acteur qui reprend le besoin à son compte, s'il n'a pas de porteur."
)
@_theme
@_territory
@_top(5)
@format_options
@click.pass_context
def pool_command(
    ctx: click.Context,
    announcement: str,
    actor: str | None,
    themes: tuple[str, ...],
    territories: tuple[str, ...],
    top: int,
    format_: str,
    lang: str,
) -> None:
    """Groupes de trois à six acteurs qui, ensemble, couvrent le besoin d'une annonce."""
    from matcher.groups.pooling import pool_groups
    from web.group_documents import pool_document, said
    from web.group_questions import need_asked

    snapshot = read_snapshot(configuration(ctx))
    need = need_asked(snapshot, announcement, actor=actor, themes=themes, territories=territories)
    found = pool_groups(snapshot, need, today=today(), top=top)
    for note in said(found.notes, lang):
        click.echo(note["text"], err=True)
    _show([pool_document(snapshot, group, lang) for group in found.groups], format_, lang)


@click.command("triangles")
@_actor
@_at
@_top(20)
@format_options
@click.pass_context
def triangles_command(
    ctx: click.Context, actor: str | None, at: str | None, top: int, format_: str, lang: str
) -> None:
    """Un acteur d'ici, un partenaire là-bas, et un troisième qui apporte ce qui leur manque."""
    from matcher.groups.triangles import triangles
    from web.group_documents import triangle_document

    _show_around(ctx, actor, at, top, triangles, triangle_document, format_, lang)


@click.command("convergences")
@_actor
@_theme
@_territory
@click.option("--everyone", is_flag=True, help="Aussi les acteurs des territoires partenaires et d'ailleurs.")
@_at
@_top(50)
@format_options
@click.pass_context
def convergences_command(
    ctx: click.Context,
    actor: str | None,
    themes: tuple[str, ...],
    territories: tuple[str, ...],
    everyone: bool,
    at: str | None,
    top: int,
    format_: str,
    lang: str,
) -> None:
    """Acteurs présents au même endroit ou sur le même thème, sans coopération vivante entre eux."""
    from matcher.groups.convergences import Scope, convergences
    from web.group_documents import convergence_document
    from web.group_questions import day_asked

    snapshot = read_snapshot(configuration(ctx))
    scope = Scope(_index(snapshot, actor), themes, territories, everyone)
    found = convergences(snapshot, day_asked(at, today()), scope, top=top)
    _show([convergence_document(snapshot, group, lang) for group in found], format_, lang)


@click.command("dormant")
@_actor
@_at
@_top(50)
@format_options
@click.pass_context
def dormant_command(
    ctx: click.Context, actor: str | None, at: str | None, top: int, format_: str, lang: str
) -> None:
    """Coopérations en sommeil qui méritent d'être ranimées, et qui peut y aider."""
    from matcher.groups.dormant import dormant_links
    from web.group_documents import dormant_document

    _show_around(ctx, actor, at, top, dormant_links, dormant_document, format_, lang)


@click.command("concentration")
@_territory
@_at
@format_options
@click.pass_context
def concentration_command(
    ctx: click.Context, territories: tuple[str, ...], at: str | None, format_: str, lang: str
) -> None:
    """Où l'on est nombreux, où l'on est seul, où il n'y a personne."""
    from matcher.places.concentration import concentration
    from web.group_documents import load_document
    from web.group_questions import day_asked
    from web.words.groups import load_word

    snapshot = read_snapshot(configuration(ctx))
    loads = concentration(snapshot, day_asked(at, today()), territories=territories)
    found = [load_document(snapshot, load, lang) for load in loads]
    if format_ == "json":
        print_json(found)
        return
    if format_ == "csv":
        columns = ("territory", "name", "load", "count", "links", "tied", "members")
        print_csv(columns, [_load_row(row) for row in found])
        return
    for row in found:
        colon = "\u00a0:" if in_french(lang) else ":"
        click.echo(f"{row['territory']['name']}{colon} {load_word(row['load'], lang)} ({row['count']})")
        for reason in row["reasons"]:
            click.echo(f"      {reason['text']}")


@click.command("gaps")
@_theme
@_territory
@_at
@_top(100)
@format_options
@click.pass_context
def gaps_command(
    ctx: click.Context,
    themes: tuple[str, ...],
    territories: tuple[str, ...],
    at: str | None,
    top: int,
    format_: str,
    lang: str,
) -> None:
    """Besoins sans offre, et thèmes que personne ne porte dans un territoire partenaire."""
    from matcher.places.gaps import missing_themes, unmet_needs
    from web.group_documents import missing_document, need_document
    from web.group_questions import day_asked

    snapshot, day = read_snapshot(configuration(ctx)), day_asked(at, today())
    needs = [] if territories else unmet_needs(snapshot, day, themes=themes)
    cells = missing_themes(snapshot, day, themes=themes, territories=territories)
    found = [need_document(snapshot, gap, lang) for gap in needs]
    found += [missing_document(snapshot, gap, lang) for gap in cells]
    _show(found[:top], format_, lang)


def _index(snapshot: "Snapshot", key: str | None) -> int | None:
    from graphsvc.search import find_actor

    return None if key is None else find_actor(snapshot, key)


def _load_row(row: dict[str, Any]) -> list[object]:
    names = " ; ".join(member["name"] for member in row["members"])
    place = row["territory"]
    return [place["id"], place["name"], row["load"], row["count"], row["links"], row["tied"], names]


def _show_around(
    ctx: click.Context,
    actor: str | None,
    at: str | None,
    top: int,
    find: Callable[..., list[T]],
    document: Callable[["Snapshot", T, str], dict[str, Any]],
    format_: str,
    lang: str,
) -> None:
    """The `top` groups of a day that `find` finds, those of an actor when one is given."""
    from web.group_questions import day_asked

    snapshot = read_snapshot(configuration(ctx))
    found = find(snapshot, day_asked(at, today()), around=_index(snapshot, actor), top=top)
    _show([document(snapshot, group, lang) for group in found], format_, lang)


def _show(found: list[dict[str, Any]], format_: str, lang: str) -> None:
    if format_ == "json":
        print_json(found)
    elif format_ == "csv":
        print_csv(_COLUMNS, [_row(group) for group in found])
    elif found:
        for group in found:
            _tell(group, lang)
    else:
        click.echo("Aucune réponse." if in_french(lang) else "No answer.", err=True)


def _row(group: dict[str, Any]) -> list[object]:
    members = group["members"]
    return [
        group["score"],
        " ; ".join(m["name"] for m in members),
        "|".join(m["role"] for m in members),
        "|".join(group["themes"]),
        "|".join(group["territories"]),
        " ".join(r["text"] for r in group["reasons"]),
    ]


def _shares(group: dict[str, Any], lang: str) -> str:
    """What the best pair of a convergence has in common and what completes it, told apart; else nothing."""
    from web.written import decimal

    if "overlap" not in group:
        return ""
    names = ("en commun", "complémentarité") if in_french(lang) else ("in common", "complementarity")
    shown = (f"{name} {decimal(group[key], 2, lang)}" for name, key in zip(names, _APART, strict=True))
    return f"  ({', '.join(shown)})"


def _tell(group: dict[str, Any], lang: str) -> None:
    from web.words.groups import role_word
    from web.written import decimal

    title = group.get("announcement") or {}
    first = decimal(group["score"], 2, lang)
    click.echo(f"{first}  {title['title']}" if title else f"{first}{_shares(group, lang)}")
    for reason in group["reasons"]:
        click.echo(f"      {reason['text']}")
    for member in group["members"]:
        click.echo(f"    - {member['name']} ({role_word(member['role'], lang)})")
        for reason in member["reasons"]:
            click.echo(f"        {reason['text']}")

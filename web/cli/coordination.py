"""Commands of the coordination: `bridges`, `what-if`, `changes`."""

from datetime import date

import click

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from web.cli.context import configuration, read_snapshot, today
from web.cli.output import format_options, print_csv, print_json, print_table
from web.language import in_french


@click.command("bridges")
@click.option(
    "--budget", type=click.IntRange(1, 50), metavar="K", default=10, help="Nombre de liens à proposer."
)
@click.option("--all-perimeters", is_flag=True, help="Aussi hors du territoire et du côté partenaire.")
@click.option("--institutions", is_flag=True, help="Aussi les collectivités et organismes publics.")
@format_options
@click.pass_context
def bridges_command(
    ctx: click.Context, budget: int, all_perimeters: bool, institutions: bool, format_: str, lang: str
) -> None:
    """Les K liens qui feraient ensemble le plus de bien au réseau, avec l'apport de chacun."""
    from graphsvc.analytics.isolation import work_list
    from matcher.introductions import best_introductions
    from web.cli.declining import declined_by_actor
    from web.coordination_data import best_links_data
    from web.words.coordination import fine_percent
    from web.written import decimal

    config, french = configuration(ctx), in_french(lang)
    snapshot = read_snapshot(config)
    day = today()
    listed = [
        item.index
        for item in work_list(snapshot, day, all_perimeters=all_perimeters, institutions=institutions)
    ]
    declined = declined_by_actor(config, snapshot, listed)
    found = best_introductions(snapshot, listed, day, budget, declined=declined)
    data = best_links_data(snapshot, day, found, lang)
    if format_ == "json":
        print_json(data)
        return
    rows = [
        (
            link["source"]["id"],
            link["source"]["name"],
            link["target"]["id"],
            link["target"]["name"],
            link["gain"],
            link["after"]["actors_joined"],
            link["introducer"]["name"] if link["introducer"] else "",
        )
        for link in data["links"]
    ]
    if format_ == "csv":
        columns = ("source", "source_name", "target", "target_name", "gain", "actors_joined", "introducer")
        print_csv(columns, rows)
        return
    if not rows:
        click.echo("Aucun lien à proposer." if french else "No link to propose.", err=True)
        return
    yourself = "vous-même" if french else "yourself"
    print_table(
        ("acteur", "à rencontrer", "apport", "rejoints", "peut présenter")
        if french
        else ("actor", "to meet", "gain", "joined", "may introduce"),
        [(row[1], row[3], decimal(row[4], 2, lang), row[5], row[6] or yourself) for row in rows],
    )
    last = found.steps[-1]
    before = fine_percent(found.reachable_pairs_share)
    then = fine_percent(last.reachable_pairs_share)
    click.echo(
        f"{last.actors_joined} acteurs à l'écart rejoints sur {found.apart} ; "
        f"paires qui se joignent : {before} aujourd'hui, {then} alors."
        if french
        else f"{last.actors_joined} of {found.apart} actors apart joined; pairs that can reach each other: "
        f"{before} today, {then} then.",
        err=True,
    )


@click.command("what-if")
@click.argument("links", metavar="SOURCE=CIBLE…", nargs=-1, required=True)
@click.option("--at", "at", metavar="DATE", help="Le réseau à cette date (AAAA, AAAA-MM ou AAAA-MM-JJ).")
@format_options
@click.pass_context
def what_if_command(
    ctx: click.Context, links: tuple[str, ...], at: str | None, format_: str, lang: str
) -> None:
    """Ce que changeraient ces liens : les chiffres avant et après, et qui quitterait la liste de travail."""
    from dataclasses import asdict

    from graphsvc.analytics.what_if import Use, what_if
    from web.coordination_data import what_if_data
    from web.labels import label
    from web.link_lines import read_link
    from web.words.coordination import FIGURES, USES, difference_text, figure_text

    config = configuration(ctx)
    snapshot = read_snapshot(config)
    day = _day("--at", at) or today()
    found = what_if(snapshot, day, [read_link(snapshot, text) for text in links])
    if format_ == "json":
        print_json(what_if_data(snapshot, day, found))
        return
    before, after = asdict(found.before), asdict(found.after)
    if format_ == "csv":
        print_csv(("figure", "before", "after"), [(name, before[name], after[name]) for name in FIGURES])
        return
    column = 0 if lang == "fr" else 1
    print_table(
        ("chiffre", "avant", "après", "écart") if lang == "fr" else ("figure", "before", "after", "change"),
        [
            (
                label("figure", name, lang),
                figure_text(name, before[name]),
                figure_text(name, after[name]),
                difference_text(name, before[name], after[name]),
            )
            for name in FIGURES
        ],
    )
    for one in found.links:
        if one.use is not Use.NEW:
            click.echo(
                f"{snapshot.name(one.a)} = {snapshot.name(one.b)} : {USES[one.use][column]}.", err=True
            )


@click.command("changes")
@click.argument("since", metavar="DEPUIS")
@click.argument("until", metavar="JUSQU_À", required=False)
@format_options
@click.pass_context
def changes_command(ctx: click.Context, since: str, until: str | None, format_: str, lang: str) -> None:
    """Les coopérations et les acteurs apparus et disparus entre deux dates."""
    from graphsvc.analytics.timeline import changes
    from web.coordination_data import changes_data

    first = _day("DEPUIS", since) or today()
    last = _day("JUSQU_À", until) or today()
    config = configuration(ctx)
    snapshot = read_snapshot(config)
    data = changes_data(snapshot, changes(snapshot, first, last))
    if format_ == "json":
        print_json(data)
        return
    rows = [
        (what, one["actors"][0]["name"], one["actors"][1]["name"], one["day"])
        for what, key in (("appeared", "ties_appeared"), ("ended", "ties_ended"))
        for one in data[key]
    ]
    rows += [
        (what, one["name"], None, None)
        for what, key in (("appeared", "actors_appeared"), ("ended", "actors_ended"))
        for one in data[key]
    ]
    if format_ == "csv":
        print_csv(("what", "actor", "with", "day"), rows)
        return
    if not rows:
        click.echo(
            "Aucun lien ni acteur n'a commencé ou pris fin entre ces deux dates."
            if lang == "fr"
            else "No tie and no actor began or ended between these two dates."
        )
        return
    words = {"appeared": "apparu", "ended": "disparu"} if lang == "fr" else {}
    print_table(
        ("quoi", "acteur", "avec", "jour") if lang == "fr" else ("what", "actor", "with", "day"),
        [(words.get(what, what), *rest) for what, *rest in rows],
    )


def _day(name: str, given: str | None) -> date | None:
    if given is None:
        return None
    try:
        return PartialDate.parse(given).last_day
    except InvalidValue as error:
        raise InvalidValue("option", name, given, error.rule) from None

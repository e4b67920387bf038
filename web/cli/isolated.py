"""The command of the work list: `isolated`."""

from typing import TYPE_CHECKING, Any

import click

from graphsvc.domain.errors import InvalidValue
from web.cli.context import configuration, read_snapshot, today
from web.cli.output import format_options, print_csv, print_json

if TYPE_CHECKING:
    from graphsvc.snapshot import Snapshot
    from web.work_choice import WorkChoice

_WORDS = {
    "fr": {
        "doubt": "Peut-être isolé dans nos données seulement. Demander :",
        "meet": "À rencontrer :",
        "nobody": "Personne ne connaît les deux : à vous de les présenter.",
        "total": "{counted} dans la liste de travail.",
        "actor": "acteur",
    },
    "en": {
        "doubt": "Perhaps isolated in our data only. Ask:",
        "meet": "To meet:",
        "nobody": "Nobody knows both: it is for you to introduce them.",
        "total": "{counted} in the work list.",
        "actor": "actor",
    },
}


@click.command("isolated")
@click.option(
    "--all-perimeters", is_flag=True, help="Aussi les acteurs hors du territoire et du côté partenaire."
)
@click.option("--institutions", is_flag=True, help="Aussi les collectivités et organismes publics.")
@click.option("--state", "states", multiple=True, metavar="CODE", help="Limite à cet état (répétable).")
@click.option("--kind", "kinds", multiple=True, metavar="CODE", help="Limite à ce type (répétable).")
@click.option("--theme", "themes", multiple=True, metavar="CODE", help="Limite à ce thème (répétable).")
@click.option(
    "--territory", "territories", multiple=True, metavar="CODE",
    help="Limite à ce territoire, d'action ou du siège (répétable).",
)  # fmt: skip
@format_options
@click.pass_context
def isolated_command(
    ctx: click.Context,
    all_perimeters: bool,
    institutions: bool,
    states: tuple[str, ...],
    kinds: tuple[str, ...],
    themes: tuple[str, ...],
    territories: tuple[str, ...],
    format_: str,
    lang: str,
) -> None:
    """Acteurs engagés du territoire sans lien vivant, ou qui risquent de le perdre, et qui leur présenter."""
    from graphsvc.analytics.isolation import work_list
    from matcher.introductions import bridge_reasons, called_first, introductions
    from web.cli.declining import declined_by_actor
    from web.coordination_data import work_item_data

    config = configuration(ctx)
    snapshot = read_snapshot(config)
    day, wanted = today(), _wanted(snapshot, states, kinds, themes, territories)
    listed = work_list(snapshot, day, all_perimeters=all_perimeters, institutions=institutions)
    items = wanted.among(snapshot, listed)
    declined = declined_by_actor(config, snapshot, [item.index for item in items])
    found = introductions(snapshot, declined, day, declined=declined)
    rows = []
    for item in called_first(items, found):
        met, refused = found[item.index], declined[item.index]
        reasons = bridge_reasons(snapshot, item.index, [b.index for b in met], day, declined=refused)
        rows.append(work_item_data(snapshot, item, met, reasons, lang))
    if format_ == "json":
        print_json(rows)
    elif format_ == "csv":
        print_csv(
            (
                "id", "name", "state", "record_age_days", "completeness", "in_our_data_only", "because",
                "meet", "why", "introducer",
            ),
            [_csv_row(row) for row in rows],
        )  # fmt: skip
    else:
        _print_text(rows, lang)


def _wanted(
    snapshot: "Snapshot",
    states: tuple[str, ...],
    kinds: tuple[str, ...],
    themes: tuple[str, ...],
    territories: tuple[str, ...],
) -> "WorkChoice":
    from graphsvc.analytics.isolation import IsolationState
    from graphsvc.domain.actors import ActorKind
    from graphsvc.search import find_place, find_theme
    from web.work_choice import WorkChoice

    for option, given, known in (
        ("--state", states, [state.value for state in IsolationState]),
        ("--kind", kinds, [kind.value for kind in ActorKind]),
    ):
        for code in given:
            if code not in known:
                raise InvalidValue("option", option, code[:80], "unknown_code")
    return WorkChoice(
        states,
        kinds,
        tuple(snapshot.theme_ids[find_theme(snapshot, key)] for key in themes),
        tuple(snapshot.place_ids[find_place(snapshot, key)] for key in territories),
    )


def _csv_row(row: dict[str, Any]) -> list[object]:
    first = row["bridges"][0] if row["bridges"] else None
    why = first["reasons"]["for_you"] if first and first["reasons"] else []
    return [
        row["actor"]["id"],
        row["actor"]["name"],
        row["state"],
        row["record_age_days"],
        row["completeness"],
        row["in_our_data_only"],
        _sentences(row["because"]),
        first["actor"]["name"] if first else "",
        _sentences(why[:1]),
        first["introducer"]["name"] if first and first["introducer"] else "",
    ]


def _print_text(rows: list[dict[str, Any]], lang: str) -> None:
    from web import english, french
    from web.labels import label

    words, state = _WORDS[lang], None
    for row in rows:
        if row["state"] != state:
            state = row["state"]
            count = sum(one["state"] == state for one in rows)
            click.echo(f"{label('isolation_state', state, lang).capitalize()} ({count})")
        click.echo(f"  {row['actor']['name']} [{row['actor']['id']}]")
        click.echo(f"      {_sentences(row['because'])}")
        if row["in_our_data_only"]:
            click.echo(f"      {words['doubt']} {row['question']['text']}")
        for bridge in row["bridges"]:
            why = bridge["reasons"]["for_you"][:1] if bridge["reasons"] else []
            click.echo(f"      {words['meet']} {bridge['actor']['name']} — {_sentences(why)}")
            click.echo(
                f"          {bridge['introducer']['text'] if bridge['introducer'] else words['nobody']}"
            )
    counted = french.counted if lang == "fr" else english.counted
    click.echo(words["total"].format(counted=counted(len(rows), words["actor"])), err=True)


def _sentences(told: list[dict[str, Any]]) -> str:
    return " ".join(one["text"] for one in told)

"""The command that plans a meeting: `meeting`."""

from typing import Any

import click

from web.cli.context import configuration, read_snapshot, today
from web.cli.output import format_options, print_csv, print_json
from web.cli.reading import kind_label


@click.command("meeting")
@click.option("--theme", "themes", multiple=True, metavar="CODE", help="Thème de la rencontre (répétable).")
@click.option(
    "--territory", "territories", multiple=True, metavar="CODE",
    help="Où agissent les invités (répétable) ; du territoire : où ils ont leur siège.",
)  # fmt: skip
@click.option("--area", "areas", multiple=True, metavar="CODE", help="Où ils ont leur siège (répétable).")
@click.option("--size", type=int, metavar="N", default=24, help="Nombre d'invités, de 2 à 300 (défaut : 24).")
@click.option("--tables", type=int, metavar="N", help="Nombre de tables (défaut : une pour six invités).")
@click.option("--everyone", is_flag=True, help="Invite aussi les acteurs de l'étranger.")
@click.option("--on-topic-only", is_flag=True, help="Laisse vides les places que le sujet ne remplit pas.")
@format_options
@click.pass_context
def meeting_command(
    ctx: click.Context,
    themes: tuple[str, ...],
    territories: tuple[str, ...],
    areas: tuple[str, ...],
    size: int,
    tables: int | None,
    everyone: bool,
    on_topic_only: bool,
    format_: str,
    lang: str,
) -> None:
    """Qui inviter à une rencontre, acteurs isolés d'abord, et qui placer avec qui."""
    from matcher.meetings.guests import MeetingRequest
    from matcher.meetings.meeting import plan_meeting
    from web.cli.declining import declined_pairs
    from web.words.meetings import meeting_data

    request = MeetingRequest(themes, territories, areas, size, tables, everyone, not on_topic_only)
    config = configuration(ctx)
    snapshot = read_snapshot(config)
    found = plan_meeting(snapshot, request, today(), declined=declined_pairs(config, snapshot))
    document = meeting_data(snapshot, found, lang)
    if format_ == "json":
        print_json(document)
        return
    for note in document["notes"]:
        click.echo(note["text"], err=True)
    if format_ == "csv":
        print_csv(("table", "id", "name", "kind", "role", "why"), [_row(g) for g in document["guests"]])
    else:
        _print_text(document, lang)


def _row(guest: dict[str, Any]) -> list[object]:
    actor = guest["actor"]
    why = " ".join(reason["text"] for reason in guest["why"])
    return [guest["table"], actor["id"], actor["name"], actor["kind"], guest["role"], why]


def _print_text(document: dict[str, Any], lang: str) -> None:
    from web.words.meetings import role_text

    for table in range(1, document["tables"] + 1):
        click.echo(f"Table {table}")
        for guest in document["guests"]:
            if guest["table"] == table:
                actor = guest["actor"]
                kind = kind_label(actor["kind"], lang)
                click.echo(f"  {actor['name']} — {kind} ({role_text(guest['role'], lang)})")
                for reason in guest["why"]:
                    click.echo(f"      {reason['text']}")

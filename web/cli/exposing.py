"""The command that says what the exposure cap changes: `exposure`."""

from dataclasses import asdict

import click

from web.cli.context import configuration, opened_store, snapshot_of, today
from web.cli.output import format_options, print_csv, print_json, print_table
from web.french import number, percent

_COUNTS = {
    "askers": "acteurs qui reçoivent des propositions",
    "suggestions": "propositions en tout",
    "limit": "plafond : propositions d'un même acteur",
    "suggested_before": "acteurs proposés, sans plafond",
    "suggested_after": "acteurs proposés, avec plafond",
}
_SHARES = {
    "hubs_before": "part des dix acteurs les plus liés, sans plafond",
    "hubs_after": "part des dix acteurs les plus liés, avec plafond",
    "head_before": "part des dix plus proposés, sans plafond",
    "head_after": "part des dix plus proposés, avec plafond",
    "kept": "propositions inchangées",
    "first_kept": "premières propositions inchangées",
}


@click.command("exposure")
@click.option(
    "--askers", type=click.IntRange(1), metavar="N", default=1000, help="Nombre de demandeurs, au plus."
)
@format_options
@click.pass_context
def exposure_command(
    ctx: click.Context,
    askers: int,
    format_: str,
    lang: str,  # noqa: ARG001  same options everywhere
) -> None:
    """Mesure ce que change le plafond qui évite de proposer les mêmes acteurs à tout le monde."""
    from matcher.exposure import cap_effect

    config = configuration(ctx)
    with opened_store(config, create=False) as store:
        snapshot = snapshot_of(config, store)
    found = asdict(cap_effect(snapshot, today(), askers))
    if format_ == "json":
        print_json(found)
    elif format_ == "csv":
        print_csv(("figure", "value"), list(found.items()))
    else:
        rows = [(words, number(found[name])) for name, words in _COUNTS.items()]
        rows += [(words, percent(found[name])) for name, words in _SHARES.items()]
        print_table(("mesure", "valeur"), rows)

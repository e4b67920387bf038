"""The command that says what the exposure cap changes: `exposure`."""

from dataclasses import asdict

import click

from web import english, french
from web.cli.context import configuration, opened_store, snapshot_of, today
from web.cli.output import format_options, print_csv, print_json, print_table

_COUNTS = {
    "askers": ("acteurs qui reçoivent des propositions", "actors that get suggestions"),
    "suggestions": ("propositions en tout", "suggestions in all"),
    "limit": ("plafond : propositions d'un même acteur", "cap: suggestions of one actor"),
    "suggested_before": ("acteurs proposés, sans plafond", "actors suggested, no cap"),
    "suggested_after": ("acteurs proposés, avec plafond", "actors suggested, capped"),
}
_SHARES = {
    "hubs_before": ("part des 10 plus liés, sans plafond", "share of the 10 largest hubs, no cap"),
    "hubs_after": ("part des 10 plus liés, avec plafond", "share of the 10 largest hubs, capped"),
    "head_before": ("part des 10 plus proposés, sans plafond", "share of the 10 most suggested, no cap"),
    "head_after": ("part des 10 plus proposés, avec plafond", "share of the 10 most suggested, capped"),
    "kept": ("propositions inchangées", "suggestions unchanged"),
    "first_kept": ("premières propositions inchangées", "first suggestions unchanged"),
}


@click.command("exposure")
@click.option(
    "--askers", type=click.IntRange(1), metavar="N", default=1000, help="Nombre de demandeurs, au plus."
)
@format_options
@click.pass_context
def exposure_command(ctx: click.Context, askers: int, format_: str, lang: str) -> None:
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
        language, at = (french, 0) if lang == "fr" else (english, 1)
        rows = [(words[at], language.number(found[name])) for name, words in _COUNTS.items()]
        rows += [(words[at], language.percent(found[name])) for name, words in _SHARES.items()]
        print_table((("mesure", "valeur"), ("measure", "value"))[at], rows)

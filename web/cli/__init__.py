"""The command line: `maillage [--store URL] COMMAND`.

Only names and help are here; each command's module is imported when it is called, so that `--help`
never waits for a heavy library.
"""

import gettext
import os
import sys
from importlib import import_module
from pathlib import Path

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "seed": ("data", "Charge les données publiques de l'Essonne (idempotent)."),
    "serve": ("server", "Lance l'application web."),
    "import": ("data", "Importe un lot de fichiers : tout ou rien, sauf avec --partial."),
    "export": ("data", "Exporte le réseau (tables, xlsx, gexf, graphml, geojson, html)."),
    "search": ("reading", "Cherche un acteur malgré les accents et les fautes de frappe."),
    "suggest": ("matching", "Propose des partenaires, avec leurs raisons."),
    "pool": ("groups", "Groupes d'acteurs qui, ensemble, couvrent le besoin d'une annonce."),
    "triangles": ("groups", "Un acteur d'ici, un partenaire là-bas, un troisième qui complète."),
    "convergences": ("groups", "Au même endroit ou sur le même thème, sans coopérer."),
    "concentration": ("groups", "Où l'on est nombreux, où il n'y a personne."),
    "gaps": ("groups", "Besoins sans offre, thèmes que personne ne porte."),
    "dormant": ("groups", "Coopérations en sommeil à ranimer, et qui peut aider."),
    "evaluate": ("evaluation", "Cache de vraies coopérations et mesure qui les retrouve."),
    "learn": ("evaluation", "Apprend un ordre des propositions, utilisé seulement s'il fait mieux."),
    "exposure": ("exposing", "Qui est proposé à tout le monde, et ce que change le plafond."),
    "duplicates": ("resembling", "Paires de fiches qui désignent peut-être le même acteur."),
    "merge": ("resembling", "Réunit deux fiches d'un même acteur."),
    "meeting": ("meeting", "Plan de rencontre : qui inviter, pourquoi, et à quelle table."),
    "isolated": ("isolated", "Liste de travail : acteurs isolés ou fragiles."),
    "health": ("reading", "Les chiffres du réseau, aujourd'hui ou à une date."),
    "bridges": ("coordination", "Les liens qui feraient le plus de bien au réseau."),
    "what-if": ("coordination", "Ce que changeraient des liens imaginés."),
    "changes": ("coordination", "Ce qui est apparu et disparu entre deux dates."),
    "backup": ("saving", "Enregistre le réseau et la base privée dans un fichier."),
    "restore": ("saving", "Rétablit une sauvegarde."),
    "check": ("data", "Vérifie le graphe, la base privée et l'instantané."),
    "sign-in-link": ("server", "Crée un lien de connexion à usage unique."),
}


class _Lazy(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"web.cli.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, cmd_name.replace("-", "_") + "_command")
        return found

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes\u202f"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
)
@click.option(
    "--store",
    metavar="URL",
    help="sqlite:///chemin, neo4j://hôte:7687 ou bolt://… (défaut : MAILLAGE_STORE).",
)
@click.version_option(package_name="maillage", message="maillage %(version)s", help="Affiche la version.")
@click.pass_context
def group(ctx: click.Context, store: str | None) -> None:
    """Maillage : voir le réseau des acteurs d'un territoire, le comprendre, le tisser."""
    ctx.obj = {"store": store}


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 refused, 2 wrong usage, 3 store unavailable."""
    from web.cli.refusal import run_guarded, wanted

    _speak(wanted("lang"))
    sys.exit(run_guarded(group))


def _speak(language: str) -> None:
    """Have click say its part (usage, errors) in this language: it asks gettext, which asks LANGUAGE."""
    os.environ["LANGUAGE"] = "en" if language == "en" else "fr"
    gettext.bindtextdomain("click", Path(__file__).parents[1] / "translations")
    gettext.textdomain("click")

"""Commands that run the site: `serve`, `sign-in-link`."""

import socket

import click

from graphsvc.domain.errors import InvalidValue, StoreError
from web.cli.context import configuration, opened_store, progress, snapshot_of, today
from web.config import Config


@click.command("serve")
@click.option("--host", metavar="ADRESSE", help="Adresse d'écoute (défaut : MAILLAGE_HOST, sinon 127.0.0.1).")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="Port d'écoute (défaut : MAILLAGE_PORT, sinon 8000).",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    default=2,
    show_default=True,
    help="Processus de service.",
)
@click.option("--seed-if-empty", is_flag=True, help="Charge les données de l'Essonne si la base est vide.")
@click.pass_context
def serve_command(
    ctx: click.Context, host: str | None, port: int | None, workers: int, seed_if_empty: bool
) -> None:
    """Lance l'application web et affiche son adresse."""
    config = configuration(ctx, host=host, port=port)
    _require_free_port(config)
    _prepare(config, seed_if_empty)
    click.echo(f"Maillage : {config.base_url}", err=True)
    _print_first_link(config)
    from web.server import run

    run(config, workers)


@click.command("sign-in-link")
@click.argument("email", metavar="ADRESSE")
@click.option("--create", is_flag=True, help="Crée le compte s'il n'existe pas.")
@click.option(
    "--role",
    type=click.Choice(["member", "agent", "coordinator", "admin"]),
    default="agent",
    show_default=True,
)
@click.option("--url", "address", metavar="ADRESSE", help="Adresse publique du site (défaut : MAILLAGE_URL).")
@click.pass_context
def sign_in_link_command(
    ctx: click.Context, email: str, create: bool, role: str, address: str | None
) -> None:
    """Crée un lien de connexion à usage unique pour cette adresse."""
    from people.accounts import sign_in_link
    from people.database import open_private

    config = configuration(ctx)
    with open_private(config.private_url) as private:
        token = sign_in_link(private, email, create_role=role if create else None)
    click.echo(f"{(address or config.base_url).rstrip('/')}/connexion/{token}")


def _require_free_port(config: Config) -> None:
    """Say at once, in one sentence, that another program listens there. Raises InvalidValue."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError:
            raise InvalidValue("option", "--port", config.port, "port_taken") from None


def _prepare(config: Config, seed_if_empty: bool) -> None:
    """Load the seed into an empty store. When the store is down, the last pages are served all the same."""
    try:
        with opened_store(config) as store:
            if seed_if_empty and store.is_empty():
                from seed.load import load_seed

                click.echo("Base vide : chargement des données publiques de l'Essonne…", err=True)
                with progress("chargement") as advance:
                    load_seed(store, by="seed", today=today(), progress=advance)
            snapshot_of(config, store)  # the first page finds it ready
    except StoreError:
        if seed_if_empty:
            raise


def _print_first_link(config: Config) -> None:
    from people.accounts import first_coordinator_link
    from people.database import open_private

    with open_private(config.private_url) as private:
        token = first_coordinator_link(private)
    if token:
        click.echo(f"Premier compte (lien à usage unique) : {config.base_url}/connexion/{token}", err=True)

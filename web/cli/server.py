"""Commands that run the site: `serve`, `sign-in-link`."""

import ipaddress
import os

import click

from graphsvc.domain.errors import InvalidValue, StoreError
from web.cli.context import configuration, opened_store, progress, today


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port d'écoute.")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processus de service."
)
@click.option("--seed-if-empty", is_flag=True, help="Charge les données de l'Essonne si la base est vide.")
@click.pass_context
def serve_command(ctx: click.Context, host: str, port: int, workers: int, seed_if_empty: bool) -> None:
    """Lance l'application web et affiche son adresse."""
    os.environ["MAILLAGE_HOST"] = host
    os.environ["MAILLAGE_PORT"] = str(port)
    config = configuration(ctx)
    os.environ["MAILLAGE_STORE"] = config.store_url
    _prepare(config, seed_if_empty)
    address = f"http://{_in_url(host)}:{port}"
    click.echo(f"Maillage : {address}", err=True)
    _print_first_link(config, address)
    from web.server import run

    run(config, host, port, workers)


@click.command("sign-in-link")
@click.argument("email")
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
    """Crée un lien de connexion à usage unique pour EMAIL."""
    from people.accounts import sign_in_link
    from people.database import open_private

    config = configuration(ctx)
    with open_private(config.private_url) as private:
        token = sign_in_link(private, email, create_role=role if create else None)
    base = (address or os.environ.get("MAILLAGE_URL") or "http://127.0.0.1:8000").rstrip("/")
    click.echo(f"{base}/connexion/{token}")


def _prepare(config: "object", seed_if_empty: bool) -> None:
    """Load the seed into an empty store; a store that is down does not keep the last pages from being served."""
    try:
        with opened_store(config) as store:  # type: ignore[arg-type]
            if seed_if_empty and store.is_empty():
                from seed.load import load_seed

                click.echo("Base vide : chargement des données publiques de l'Essonne…", err=True)
                with progress("chargement") as advance:
                    load_seed(store, by="seed", today=today(), progress=advance)
    except StoreError:
        if seed_if_empty:
            raise


def _print_first_link(config: "object", address: str) -> None:
    from people.accounts import first_coordinator_link
    from people.database import open_private

    with open_private(config.private_url) as private:  # type: ignore[attr-defined]
        token = first_coordinator_link(private)
    if token:
        click.echo(f"Premier compte (lien à usage unique) : {address}/connexion/{token}", err=True)


def _in_url(host: str) -> str:
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        if not host or any(c.isspace() or c in "/?#@" for c in host):
            raise InvalidValue("option", "--host", host, "host_form") from None
        return host

"""The accounts of others: role, actors, shutting out and letting in, a new sign-in link."""

from collections.abc import Callable

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import InvalidValue, Refused
from people.accounts import Account, find_account, list_accounts, sign_in_link
from people.errors import UnknownAccount
from people.membership import disable, enable, set_actors, set_role
from people.roles import ACCOUNT_ROLES
from web.accounts.addresses import link_address
from web.accounts.blueprint import bp
from web.accounts.inviting import named_actors, role_of
from web.accounts.services import services
from web.permissions import Action, current_identity, policy
from web.spoken import gettext as _
from web.words.messages import sentence


@bp.get("/comptes")
@policy(Action.ADMINISTER)
def all_accounts() -> str:
    """Every account."""
    return render_template("accounts/accounts.html", accounts=list_accounts(services().private))


@bp.get("/comptes/<account_id>")
@policy(Action.ADMINISTER)
def one_account(account_id: str) -> str:
    """One account, and what can be changed."""
    return _page(_account(account_id))


@bp.post("/comptes/<account_id>/role")
@policy(Action.ADMINISTER)
def change_role(account_id: str) -> str | Response | AnyResponse:
    """Another role: the account's sessions end."""
    return _change(
        account_id,
        lambda: set_role(services().private, account_id, role_of(request.form.get("role", "")), by=_by()),
        _("Rôle changé : les sessions de ce compte sont fermées."),
    )


@bp.post("/comptes/<account_id>/acteurs")
@policy(Action.ADMINISTER)
def change_actors(account_id: str) -> str | Response | AnyResponse:
    """The actors the account speaks for, in the graph being served."""

    def change() -> None:
        keys = named_actors(request.form.get("actors", ""))
        store_id = services().directory.store_id()
        if store_id is not None:
            set_actors(services().private, account_id, store_id, keys, by=_by())

    return _change(account_id, change, _("Acteurs enregistrés."))


@bp.post("/comptes/<account_id>/desactivation")
@policy(Action.ADMINISTER)
def shut_out(account_id: str) -> str | Response | AnyResponse:
    """Disable the account, at once."""
    return _change(
        account_id, lambda: disable(services().private, account_id, by=_by()), _("Compte désactivé.")
    )


@bp.post("/comptes/<account_id>/activation")
@policy(Action.ADMINISTER)
def let_in(account_id: str) -> str | Response | AnyResponse:
    """Enable the account again."""
    return _change(
        account_id, lambda: enable(services().private, account_id, by=_by()), _("Compte réactivé.")
    )


@bp.post("/comptes/<account_id>/lien")
@policy(Action.ADMINISTER)
def new_link(account_id: str) -> str | Response:
    """A sign-in link for the account, shown once."""
    account = _account(account_id)
    try:
        token = sign_in_link(services().private, account.email, by=_by())
    except Refused as refusal:
        return Response(_page(account, sentence(refusal)), 409, mimetype="text/html")
    page = render_template("accounts/invited.html", email=account.email, link=link_address(token))
    return Response(page, 201, mimetype="text/html")


def _change(account_id: str, change: Callable[[], object], said: str) -> str | Response | AnyResponse:
    account = _account(account_id)
    try:
        change()
    except Refused as refusal:
        status = 422 if isinstance(refusal, InvalidValue) else 409
        return Response(_page(account, sentence(refusal)), status, mimetype="text/html")
    flash(said)
    return redirect(url_for("accounts.one_account", account_id=account_id), 303)


def _account(account_id: str) -> Account:
    try:
        return find_account(services().private, account_id)
    except UnknownAccount:
        abort(404)


def _page(account: Account, wrong: str | None = None) -> str:
    directory = services().directory
    store_id = directory.store_id()
    keys = [key for of, key in account.actors if of == store_id]
    return render_template(
        "accounts/account.html", account=account, actors=keys, roles=ACCOUNT_ROLES, wrong=wrong
    )


def _by() -> str:
    return current_identity().account or ""

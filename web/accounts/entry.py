"""Coming in and going out: one-time links, and signing out."""

from flask import Response, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import InvalidValue, Refused
from people.accounts import Account, Offer, look_at, redeem
from people.errors import LinkRefused
from people.roles import Role
from web.accounts.blueprint import bp
from web.accounts.destination import own_path
from web.accounts.services import services
from web.permissions import Action, policy
from web.sessions import sign_in, sign_out
from web.spoken import gettext as _
from web.words.messages import sentence

_NEXT = "next"


@bp.get("/connexion")
@policy(Action.ENTER)
def sign_in_page() -> str:
    """How one signs in; remembers where one was stopped."""
    target = own_path(request.args.get("next"))
    if target is not None:
        session[_NEXT] = target
    return render_template("accounts/sign_in.html")


@bp.get("/connexion/<token>")
@policy(Action.ENTER)
def link(token: str) -> str | Response:
    """What the link would do, and a button: opening the page does not use it."""
    try:
        offer = _offer(token)
    except Refused as refusal:
        return _refused(refusal)
    return _offered(token, offer)


@bp.post("/connexion/<token>")
@policy(Action.ENTER)
def use_link(token: str) -> str | Response | AnyResponse:
    """Use the link: the person is signed in, with a new session."""
    own = services()
    try:
        offer = _offer(token)
        target = own_path(session.get(_NEXT))
        entered = redeem(own.private, token, email=request.form.get("email"))
    except InvalidValue as refusal:
        page = _offered(token, offer, email=request.form.get("email", ""), wrong=sentence(refusal))
        return Response(page, 422, mimetype="text/html")
    except Refused as refusal:
        return _refused(refusal)
    sign_in(own.private, entered.session_token)
    flash(_("Vous êtes connecté."))
    return redirect(target or _first_page(entered.account), 303)


def _first_page(account: Account) -> str:
    """Where a person who was going nowhere begins: the team at its work list, others at what they may do."""
    if account.role is Role.MEMBER:
        return url_for("accounts.my_account")
    return url_for("isolated.work_list")


@bp.post("/deconnexion")
@policy(Action.ENTER)
def leave() -> AnyResponse:
    """Sign out. Harmless when nobody is signed in."""
    sign_out(services().private)
    return redirect(url_for("accounts.sign_in_page"), 303)


def _offer(token: str) -> Offer:
    own = services()
    wait = own.attempts.seconds_to_wait(request.remote_addr)
    if wait:
        page = render_template("accounts/wait.html", minutes=-(-wait // 60))
        abort(Response(page, 429, {"Retry-After": str(wait)}, mimetype="text/html"))
    try:
        return look_at(own.private, token)
    except LinkRefused:
        own.attempts.note(request.remote_addr)
        raise


def _offered(token: str, offer: Offer, *, email: str = "", wrong: str | None = None) -> str:
    directory = services().directory
    names = [directory.actor_name(key) or key for _store, key in offer.actors]
    return render_template(
        "accounts/link.html", token=token, offer=offer, actors=names, email=email, wrong=wrong
    )


def _refused(refusal: Refused) -> Response:
    page = render_template("accounts/link_refused.html", said=sentence(refusal))
    return Response(page, 410 if isinstance(refusal, LinkRefused) else 409, mimetype="text/html")

"""One's own account: what is kept, which actors one speaks for, where one is signed in."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from people.accounts import find_account
from people.sessions import end_other_sessions
from web.accounts.blueprint import bp
from web.accounts.services import services
from web.permissions import Action, current_identity, policy
from web.sessions import browser_session
from web.spoken import gettext as _
from web.spoken import ngettext


@bp.get("/mon-compte")
@policy(Action.OWN_ACCOUNT)
def my_account() -> str:
    """Address, role, actors; sign out here or elsewhere."""
    account = find_account(services().private, _own_id())
    directory = services().directory
    names = {key: directory.actor_name(key) or key for key in sorted(current_identity().actors)}
    return render_template("accounts/my_account.html", account=account, actors=names)


@bp.post("/mon-compte/autres-sessions")
@policy(Action.OWN_ACCOUNT)
def leave_elsewhere() -> Response:
    """Sign out everywhere but here."""
    ended = end_other_sessions(services().private, _own_id(), browser_session().token or "")
    if ended:
        said = ngettext("%(num)d autre session fermée.", "%(num)d autres sessions fermées.", ended)
    else:
        said = _("Aucune autre session n'était ouverte.")
    flash(said)
    return redirect(url_for("accounts.my_account"), 303)


def _own_id() -> str:
    own = current_identity().account
    if own is None:
        abort(401)
    return own

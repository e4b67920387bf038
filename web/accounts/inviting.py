"""Invitations: the link is shown once to whoever invites, who hands it over."""

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import InvalidValue, Refused
from people.errors import UnknownInvitation
from people.invitations import Invitation, invite, open_invitations, withdraw
from people.roles import ACCOUNT_ROLES, Role
from web.accounts.addresses import link_address
from web.accounts.blueprint import bp
from web.accounts.services import services
from web.permissions import Action, current_identity, may, policy, require
from web.spoken import gettext as _
from web.words.messages import sentence

MOST_ACTORS = 20


@bp.get("/invitations")
@policy(Action.INVITE)
def invitations() -> str:
    """The form, and the invitations still open."""
    return _page()


@bp.post("/invitations")
@policy(Action.INVITE)
def send_invitation() -> str | Response:
    """Make an invitation and show its link. What was typed comes back with what is wrong."""
    typed = {name: request.form.get(name, "") for name in ("email", "role", "actors")}
    try:
        role = role_of(typed["role"])
        require(Action.INVITE, role)
        keys = named_actors(typed["actors"])
        if role is Role.MEMBER and not keys:
            raise InvalidValue("account", "actors", "", "member_without_actor")
        token = invite(
            services().private,
            typed["email"],
            role,
            by=current_identity().account or "",
            store_id=services().directory.store_id(),
            actors=keys,
        )
    except Refused as refusal:
        return Response(_page(typed, sentence(refusal)), 422, mimetype="text/html")
    return Response(
        render_template("accounts/invited.html", email=typed["email"].strip(), link=link_address(token)),
        201,
        mimetype="text/html",
    )


@bp.post("/invitations/<invitation_id>/retrait")
@policy(Action.INVITE)
def withdraw_invitation(invitation_id: str) -> AnyResponse:
    """Take an invitation back, if one could have made it."""
    own = services().private
    for wanted in open_invitations(own):
        if wanted.id == invitation_id:
            require(Action.INVITE, wanted.role)
    try:
        withdraw(own, invitation_id, by=current_identity().account or "")
        flash(_("Invitation retirée."))
    except UnknownInvitation as refusal:
        flash(sentence(refusal))
    return redirect(url_for("accounts.invitations"), 303)


def _page(typed: dict[str, str] | None = None, wrong: str | None = None) -> str:
    return render_template(
        "accounts/invitations.html",
        typed=typed or {"role": Role.MEMBER.value},
        wrong=wrong,
        roles=[role for role in ACCOUNT_ROLES if may(Action.INVITE, role)],
        waiting=_visible(open_invitations(services().private)),
    )


def _visible(found: list[Invitation]) -> list[Invitation]:
    return [invitation for invitation in found if may(Action.INVITE, invitation.role)]


def role_of(text: str) -> Role:
    """The role of a form's code. Raises InvalidValue."""
    if text not in ACCOUNT_ROLES:
        raise InvalidValue("account", "role", text, "role_code")
    return Role(text)


def named_actors(text: str) -> list[str]:
    """The public keys of the actors named one a line. Raises InvalidValue, UnknownRecord, AmbiguousName."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_ACTORS:
        raise InvalidValue("account", "actors", len(lines), "too_many_actors")
    return [services().directory.find_actor(line) for line in lines]

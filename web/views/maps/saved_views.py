"""Saved views: what one keeps, what is shared with everybody, and the tour made of it."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from graphsvc.domain.errors import InvalidValue
from people.saved_views import (
    SavedView,
    delete_view,
    find_view,
    own_views,
    rename_view,
    save_view,
    set_tour,
    share_view,
    shared_views,
)
from web.kept_pages import MAP, page_of_address
from web.permissions import Action, current_identity, may, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.words.messages import sentence

bp = Blueprint("saved_views", __name__)
_DELETED = "deleted_view"  # in the session: name and address of the last one, until the next act
_LAST_PLACE = 99
Answer = str | tuple[str, int]


@bp.get("/vues")
@policy(Action.READ)
def all_views() -> Answer:
    """One's own views, those shared with everybody, and for those who may, the tour."""
    return _page()


@bp.post("/vues/garder")
@policy(Action.OWN_ACCOUNT)
def keep() -> Response | Answer:
    """Keep the address of a map or a list under a name."""
    name, address = request.form.get("nom", ""), request.form.get("adresse", "")
    try:
        page_of_address(address)
        id_ = save_view(services().private, _store(), name, address, by=_me())
    except InvalidValue as refusal:
        return _page(sentence(refusal), name=name, address=address), 422
    session.pop(_DELETED, None)
    flash(_("La vue est gardée. Son lien se copie et s'envoie."))
    return redirect(url_for("saved_views.all_views", _anchor=id_), 303)


@bp.get("/vues/<id_>")
@policy(Action.READ)
def one(id_: str) -> Response:
    """Open the view, for whoever has its link. Raises UnknownRecord."""
    view = find_view(services().private, _store(), id_)
    page_of_address(view.address)
    return redirect(request.script_root + view.address, 302)


@bp.post("/vues/<id_>/nom")
@policy(Action.OWN_ACCOUNT)
def rename(id_: str) -> Response | Answer:
    """Another name."""
    try:
        rename_view(services().private, _store(), id_, request.form.get("nom", ""), by=_me())
    except InvalidValue as refusal:
        return _page(sentence(refusal)), 422
    flash(_("La vue a changé de nom."))
    return _back(id_)


@bp.post("/vues/<id_>/supprimer")
@policy(Action.OWN_ACCOUNT)
def remove(id_: str) -> Response:
    """Delete it; the next page offers to take that back."""
    gone = delete_view(services().private, _store(), id_, by=_me())
    session[_DELETED] = [gone.name, gone.address]
    return redirect(url_for("saved_views.all_views"), 303)


@bp.post("/vues/retablir")
@policy(Action.OWN_ACCOUNT)
def take_back() -> Response:
    """Keep again the view just deleted; nothing happens twice."""
    gone = session.pop(_DELETED, None)
    if not gone:
        return redirect(url_for("saved_views.all_views"), 303)
    id_ = save_view(services().private, _store(), *gone, by=_me())
    flash(_("La vue est rétablie."))
    return _back(id_)


@bp.post("/vues/<id_>/partage")
@policy(Action.CURATE)
def share(id_: str) -> Response:
    """Show it to everybody, or no longer."""
    shared = request.form.get("geste") != "retirer"
    share_view(services().private, _store(), id_, shared=shared, by=_me())
    flash(_("La vue est montrée à tous.") if shared else _("La vue n'est plus montrée qu'à vous."))
    return _back(id_)


@bp.post("/vues/visite")
@policy(Action.CURATE)
def compose_tour() -> Response | Answer:
    """The guided tour: the place and the text of each shared map."""
    try:
        steps = {
            view.id: (
                _place(request.form.get(f"place-{view.id}", "")),
                request.form.get(f"texte-{view.id}", ""),
            )
            for view in _maps(shared_views(services().private, _store()))
        }
        set_tour(services().private, _store(), steps, by=_me())
    except InvalidValue as refusal:
        return _page(sentence(refusal)), 422
    flash(_("La visite guidée est enregistrée."))
    return redirect(url_for("tour.step", number=1), 303)


def _page(wrong: str = "", *, name: str = "", address: str = "") -> str:
    identity = current_identity()
    shared = shared_views(services().private, _store())
    gone = session.get(_DELETED) if identity.signed_in else None
    return render_template(
        "saved_views.html",
        own=own_views(services().private, _store(), identity.account) if identity.account else [],
        shared=shared,
        maps=_maps(shared),
        curates=may(Action.CURATE),
        deleted=gone[0] if gone else "",
        wrong=wrong,
        typed={"name": name, "address": address},
    )


def _maps(views: list[SavedView]) -> list[SavedView]:
    """Those that the tour can show."""
    return [view for view in views if _is_map(view.address)]


def _is_map(address: str) -> bool:
    try:
        return page_of_address(address) == MAP
    except InvalidValue:
        return False


def _place(text: str) -> int | None:
    given = text.strip()
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= _LAST_PLACE):
        raise InvalidValue("tour", "place", given[:20], "tour_place")
    return int(given)


def _back(id_: str) -> Response:
    return redirect(url_for("saved_views.all_views", _anchor=id_), 303)


def _store() -> str:
    return served().snapshot.store_id


def _me() -> str:
    return current_identity().account or ""

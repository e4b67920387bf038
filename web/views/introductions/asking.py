"""« Demander une mise en relation »: one screen, prefilled with what both sides share; sent once."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import InvalidValue, StoreError
from graphsvc.domain.records import RecordKind
from graphsvc.search import find_actor, known_actor, known_record
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.introductions import pair_reasons
from people.accounts import find_account
from people.consents import LONGEST_CONTACT
from people.errors import IntroductionOpen
from people.introduction_asking import LEAST_MESSAGE, LONGEST_MESSAGE, ask
from people.introductions import Relay, Request
from web.declined import asker_key
from web.permissions import Action, current_identity, may, policy, require
from web.reasons.fr_gender import is_she
from web.reasons.mentions import Sentence
from web.shown import served, services
from web.spoken import gettext as _
from web.views.actors.record_view import Named, named_actor
from web.views.coordination.bridge_cards import Introduction as WhoIntroduces
from web.views.coordination.bridge_cards import introduction_of
from web.views.coordination.standing import weaving_of
from web.views.introductions.opening_words import Subject, opening_words, subjects_of
from web.views.introductions.parties import acting, actors_reached, ended, open_request, resolved
from web.views.partners.suggested import said
from web.views.publishing.sending import own_actors
from web.words.messages import sentence
from web.writing import new_key, sound_key

bp = Blueprint("introduction_asking", __name__)
_KINDS = {"annonce": RecordKind.ANNOUNCEMENT, "projet": RecordKind.PROJECT}


@dataclass(frozen=True, slots=True)
class Pair:
    """Who asks to meet whom, and about what; `asker` None while the reader has to say for whom they ask."""

    asker: Named | None
    other: Named
    about: Subject | None


@bp.get("/mises-en-relation/demander")
@policy(Action.READ)
def form() -> str:
    """The form, for whoever speaks for the asker; for others, how to ask."""
    snapshot = served().snapshot
    return _page(snapshot, _pair(snapshot))


@bp.post("/mises-en-relation/demander", provide_automatic_options=False)
@policy(Action.OWN_ACCOUNT)
def send() -> Response | AnyResponse:
    """Keep the request and show it; or the form again, with what was typed and what is wrong."""
    snapshot, by = served().snapshot, acting()
    pair = _pair(snapshot)
    if pair.asker is None:
        raise InvalidValue("introduction", "acteur", "", "required")
    require(Action.PUBLISH, pair.asker.id)
    key = sound_key(request.form.get("key"))
    try:
        _refuse_ended(snapshot, pair)
        id_ = ask(
            services().private,
            snapshot.store_id,
            _request(snapshot, pair.asker, pair.other),
            by=by,
            form=key,
            contact=request.form.get("contact", "")[: LONGEST_CONTACT + 1],
            resolve=lambda one: resolved(snapshot, one),
        )
    except InvalidValue as refusal:
        return Response(_page(snapshot, pair, sentence(refusal)), 422, mimetype="text/html")
    except IntroductionOpen as refusal:
        flash(_("Une demande entre vous deux est déjà ouverte : la voici."))
        return redirect(url_for("introductions.one", id_=refusal.id), 303)
    except StoreError:
        wrong = _("La base ne répond pas : rien n'est envoyé. Votre texte est gardé, réessayez bientôt.")
        return Response(_page(snapshot, pair, wrong, down=True), 503, mimetype="text/html")
    flash(_("Votre demande est envoyée."))
    return redirect(url_for("introductions.one", id_=id_), 303)


def _request(snapshot: Snapshot, asker: Named, other: Named) -> Request:
    relay, neighbour = Relay.DIRECT, None
    if other.id not in actors_reached(snapshot):
        wanted = request.form.get("relais", "")
        known = _who_introduces(snapshot, asker, other)
        asked = wanted == Relay.NEIGHBOUR and known is not None
        relay, neighbour = (Relay.NEIGHBOUR, known) if asked else (Relay.COORDINATION, None)
    about = _subject(snapshot, asker.id, request.form.get("sujet", ""))
    return Request(
        asker.id,
        other.id,
        request.form.get("message", "")[: LONGEST_MESSAGE * 4],
        about=(about.kind.value, about.id) if about else None,
        relay=relay,
        relay_key=neighbour.id if neighbour else None,
    )


def _page(snapshot: Snapshot, pair: Pair, wrong: str | None = None, *, down: bool = False) -> str:
    """The form. `down`: the private database does not answer, and is not asked again."""
    own = own_actors(snapshot)
    mine = pair.asker if pair.asker is not None and may(Action.PUBLISH, pair.asker.id) else None
    gone = next((n for n in (pair.other, pair.asker) if n and _ended(snapshot, n)), None)
    ready = mine is not None and gone is None and mine.id != pair.other.id
    return render_template(
        "introductions/ask.html",
        pair=pair,
        own=[one for one in own if one.id != pair.other.id],
        gone=gone,
        ready=ready,
        already=open_request(snapshot, mine, pair.other) if ready and mine and wrong is None else None,
        wrong=wrong,
        typed=request.form,
        key=new_key(),
        reasons=_reasons(snapshot, mine, pair) if ready and mine else None,
        subjects=subjects_of(snapshot, mine.id, services().today()) if ready and mine else [],
        opening=opening_words(snapshot, mine.id, pair.other.id, pair.about) if ready and mine else "",
        reached=down or (ready and pair.other.id in actors_reached(snapshot)),
        introducer=_introducer(snapshot, mine, pair.other) if ready and mine else None,
        email=_own_address() if ready and not down else "",
        least=LEAST_MESSAGE,
        most=LONGEST_MESSAGE,
        most_contact=LONGEST_CONTACT,
    )


def _pair(snapshot: Snapshot) -> Pair:
    """Whom the address or the form names. Raises UnknownRecord."""
    other = _named(snapshot, request.values.get("avec", ""))
    for name, kind in _KINDS.items():
        if key := request.args.get(name, "")[:200]:
            position = known_record(snapshot, kind, key)
            about = Subject(kind, key, getattr(snapshot, kind.value)(position).title)
            return Pair(_asker_of(snapshot, about, position), other, about)
    if key := request.values.get("acteur", ""):
        return Pair(named_actor(snapshot, snapshot.ids[find_actor(snapshot, key[:200])]), other, None)
    own = [one for one in own_actors(snapshot) if one.id != other.id]
    return Pair(own[0] if len(own) == 1 and not may(Action.PUBLISH) else None, other, None)


def _asker_of(snapshot: Snapshot, about: Subject, position: int) -> Named | None:
    """The actor that asks by an announcement or a project: its owner, or the reader's among its members."""
    if about.kind is RecordKind.ANNOUNCEMENT:
        owner = snapshot.announcement(position).actor
        return named_actor(snapshot, resolved(snapshot, owner)) if owner else None
    members = [resolved(snapshot, p.actor) for p in snapshot.project(position).participations]
    mine = next((key for key in members if may(Action.PUBLISH, key)), members[0] if members else None)
    return named_actor(snapshot, mine) if mine else None


def _subject(snapshot: Snapshot, asker: str, text: str) -> Subject | None:
    """The announcement or project of the asker that a form says the request is about. Raises InvalidValue."""
    if not text:
        return None
    for one in subjects_of(snapshot, asker, services().today()):
        if one.code == text:
            return one
    raise InvalidValue("introduction", "sujet", text[:80], "introduction_subject")


def _reasons(snapshot: Snapshot, mine: Named, pair: Pair) -> dict[str, tuple[Sentence, ...]]:
    asker = _asker(snapshot, mine, pair.about)
    j = snapshot.index(pair.other.id)
    if j is None or asker_key(snapshot, asker) is None:
        return {}
    found = pair_reasons(snapshot, asker, j, services().today())
    candidate = snapshot.actor(j)
    she = is_she(candidate.name, candidate.kind.value)
    return {
        "for_you": said(found.for_you, she=she),
        "for_them": said(found.for_them, "for_them", she=she),
    }


def _asker(snapshot: Snapshot, mine: Named, about: Subject | None) -> Asker:
    i, position = snapshot.index(mine.id), snapshot.position(about.kind, about.id) if about else None
    if about is None or position is None:
        return Asker.actor(i or 0)
    kinds = {RecordKind.ANNOUNCEMENT: Asker.announcement, RecordKind.PROJECT: Asker.project}
    return kinds[about.kind](position)


def _introducer(snapshot: Snapshot, mine: Named, other: Named) -> WhoIntroduces | None:
    """Who could introduce the two, on what ground."""
    i, j = snapshot.index(mine.id), snapshot.index(other.id)
    if i is None or j is None:
        return None
    found = introduction_of(snapshot, j, weaving_of(snapshot, services().today()).introducer(i, j))
    return found if found.who is not None else None


def _who_introduces(snapshot: Snapshot, mine: Named, other: Named) -> Named | None:
    found = _introducer(snapshot, mine, other)
    return found.who if found else None


def _named(snapshot: Snapshot, key: str) -> Named:
    return named_actor(snapshot, snapshot.ids[known_actor(snapshot, key[:200])])


def _ended(snapshot: Snapshot, one: Named) -> bool:
    return ended(snapshot, one.id, services().today())


def _refuse_ended(snapshot: Snapshot, pair: Pair) -> None:
    for one in (pair.other, pair.asker):
        if one is not None and _ended(snapshot, one):
            raise InvalidValue("introduction", "avec", one.name, "introduction_ended")


def _own_address() -> str:
    account = current_identity().account
    return find_account(services().private, account).email if account else ""

"""The board of offers and needs, and one announcement with who could answer it."""

from datetime import date

from flask import Blueprint, render_template, request

from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.suggest import suggest
from web.kept import kept
from web.permissions import Action, policy
from web.shown import served, services
from web.views.listing import actor_line
from web.views.record_view import named_actor, named_places, named_themes
from web.views.suggested import TOP, Proposal, Proposals, said

bp = Blueprint("announcements", __name__)


@bp.get("/annonces")
@policy(Action.READ)
def board() -> str:
    """All announcements that may be answered today, by nature."""
    snapshot, today = served().snapshot, services().today()
    direction, nature = _code("sens", list(Direction)), _code("nature", list(Nature))
    open_ = [
        a for k in range(len(snapshot.announcement_ids)) if (a := snapshot.announcement(k)).open_on(today)
    ]
    shown = [a for a in open_ if direction in ("", a.direction.value) and nature in ("", a.nature.value)]
    shown.sort(key=lambda a: (a.actor is None, a.nature.value, a.title))
    return render_template(
        "announcements.html",
        lines=[
            (a, named_actor(snapshot, a.actor) if a.actor else None, named_themes(snapshot, a.themes))
            for a in shown
        ],
        directions=[(d.value, sum(a.direction is d for a in open_)) for d in Direction],
        natures=[(n.value, c) for n in Nature if (c := sum(a.nature is n for a in open_))],
        direction=direction,
        nature=nature,
    )


@bp.get("/annonces/<path:id_>")
@policy(Action.READ)
def announcement(id_: str) -> str:
    """One announcement, and the actors that could answer it."""
    snapshot, today = served().snapshot, services().today()
    k = snapshot.position(RecordKind.ANNOUNCEMENT, id_)
    if k is None:
        raise UnknownRecord("announcement", id_[:80])
    record: Announcement = snapshot.announcement(k)
    skills = [
        snapshot.skill(s).label for key in record.skills if (s := snapshot.skill_index(key)) is not None
    ]
    return render_template(
        "announcement.html",
        record=record,
        owner=named_actor(snapshot, record.actor) if record.actor else None,
        themes=named_themes(snapshot, record.themes),
        places=named_places(snapshot, record.territories),
        skills=skills,
        open=record.open_on(today),
        suggested=_answers(snapshot, k, today) if record.open_on(today) else None,
    )


@kept
def _answers(snapshot: Snapshot, k: int, day: date) -> Proposals:
    found = suggest(snapshot, Asker.announcement(k), today=day, top=TOP)
    degree = snapshot.ties(day).degree
    items = tuple(
        Proposal(
            actor_line(snapshot, s.index, int(degree[s.index])),
            float(s.score),
            said(s.reasons.for_you),
            said(s.reasons.for_them),
            said(s.reasons.unknown),
        )
        for s in found.items
    )
    return Proposals(items, said(found.notes))


def _code(name: str, allowed: list[Direction] | list[Nature]) -> str:
    given = request.args.get(name, "")
    if given and given not in [code.value for code in allowed]:
        raise InvalidValue("filtre", name, given[:80], "unknown_code")
    return given

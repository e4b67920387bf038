"""The board of offers and needs, filtered as its address says; one announcement, with who could answer it."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template

from graphsvc.domain.announcements import Announcement, AnnouncementState, Result
from graphsvc.domain.errors import AmbiguousName, UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.search import find_place, known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announcement_board import ANSWERABLE, Standing, find_announcements, standing_of
from graphsvc.usecases.announcement_draft import usual_renewal
from graphsvc.usecases.concern import Concern
from matcher.asks import Asker
from web.kept import kept
from web.named import place_name, topic_name
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.actors.record_view import Named, named_actor, named_places, named_themes
from web.views.asked import page_number
from web.views.partners.refused import refused_by
from web.views.partners.suggested import answer_to
from web.views.publishing.board_filters import (
    KILOMETRES,
    choices,
    is_filtered,
    wanted_announcements,
    without_names,
)
from web.views.publishing.entry_names import proposed_towns
from web.views.publishing.sending import may_change, own_actors, speaks_for_all
from web.views.publishing.topic_filters import Wider, mistaken, wider_words
from web.writing import last_done, new_key

bp = Blueprint("announcements", __name__)
PER_PAGE = 20
TOP = 10
SOON_DAYS = 21
MOST_ENDING = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An announcement in a list: whose, on what, where, how far (km), and how long it lasts (days).

    `wider`: the theme and the territory it is for, in words, where that only contains what was asked for.
    """

    record: Announcement
    owner: Named | None
    themes: tuple[Named, ...]
    places: tuple[Named, ...]
    standing: Standing
    days: int | None
    km: float | None
    wider: Wider

    @property
    def soon(self) -> bool:
        """Whether it ends within three weeks."""
        return self.days is not None and 0 <= self.days <= SOON_DAYS


@bp.get("/annonces")
@policy(Action.READ)
def board() -> Response:
    """The announcements that pass the filters of the address: those one may answer today, unless asked.

    A theme, place or actor that nobody knows is said so, above the others, with the nearest.
    """
    snapshot, today = served().snapshot, services().today()
    wanted, etat = wanted_announcements()
    wrong = None
    try:
        found = find_announcements(snapshot, wanted, today)
    except (UnknownRecord, AmbiguousName) as error:
        wrong = mistaken(snapshot, error, near=wanted.near)
        wanted = without_names(wanted)
        found = find_announcements(snapshot, wanted, today)
    page = page_of(found.total, PER_PAGE, page_number())
    html = render_template(
        "announcements.html",
        wrong=wrong,
        lines=[
            line_of(snapshot, k, today, found.distances.get(k), found.wider.get(k))
            for k in found.positions[page.first : page.last]
        ],
        total=found.total,
        wider=len(found.wider),
        page=page,
        wanted=wanted,
        etat=etat,
        near_name=_place_name(snapshot, wanted.near),
        kilometres=sorted({*KILOMETRES, int(wanted.km)}),
        filtered=is_filtered(),
        owner=named_actor(snapshot, wanted.actor) if wanted.actor else None,
        own=own_actors(snapshot),
        ending=_ending(snapshot, today),
        done=last_done(),
        towns=proposed_towns(snapshot),
        **choices(snapshot, wanted, found),
    )
    return Response(html, wrong.status if wrong else 200, mimetype="text/html")


@bp.get("/annonces/<path:id_>")
@policy(Action.READ)
def announcement(id_: str) -> str:
    """One announcement, who could answer it, and what those who published it may do with it."""
    snapshot, today = served().snapshot, services().today()
    k = known_record(snapshot, RecordKind.ANNOUNCEMENT, id_)
    line = line_of(snapshot, k, today)
    answerable = line.standing in (*ANSWERABLE, Standing.UPCOMING)
    return render_template(
        "announcement.html",
        line=line,
        record=line.record,
        skills=_skills(snapshot, line.record),
        answerable=answerable,
        suggested=answer_to(snapshot, Asker.announcement(k), _first_day(line, today), TOP)
        if answerable
        else None,
        adopters=_adopters(snapshot, id_),
        adopted=_adopted(snapshot, line.record),
        twins=_same_title(snapshot, line.record, today),
        refused=refused_by(snapshot, Asker.announcement(k)),
        is_need=line.record.state is AnnouncementState.RECORDED and line.record.actor is None,
        mine=may_change(line.record.actor),
        own=own_actors(snapshot),
        for_all=speaks_for_all(),
        results=[result.value for result in Result],
        proposed=usual_renewal(line.record, today).isoformat(),
        today=today.isoformat(),
        key=new_key(),
        done=last_done(),
    )


def line_of(
    snapshot: Snapshot, k: int, today: date, km: float | None = None, concern: Concern | None = None
) -> Line:
    """The line of the announcement at a position; `concern`: by what broader thing it was found, if so."""
    record = snapshot.announcement(k)
    return Line(
        record,
        named_actor(snapshot, record.actor) if record.actor else None,
        named_themes(snapshot, record.themes),
        named_places(snapshot, record.territories),
        standing_of(record, today),
        (record.expires_on.last_day - today).days if record.expires_on else None,
        km,
        wider_words(snapshot, concern),
    )


def _first_day(line: Line, today: date) -> date:
    """The day on which it is answered: today, or its first day when that is to come."""
    start = line.record.published_on
    return max(today, start.first_day) if start is not None else today


def _ending(snapshot: Snapshot, today: date) -> list[Line]:
    """The announcements of this person's actors that end within three weeks, the next one first."""
    own = (i for actor in own_actors(snapshot) if (i := snapshot.index(actor.id)) is not None)
    lines = (line_of(snapshot, int(k), today) for i in own for k in snapshot.announcements_of(i))
    soon = [line for line in lines if line.soon and line.standing is Standing.OPEN]
    return sorted(soon, key=lambda line: line.days or 0)[:MOST_ENDING]


def _place_name(snapshot: Snapshot, key: str) -> str:
    return place_name(snapshot.place(find_place(snapshot, key))) if key else ""


def _skills(snapshot: Snapshot, record: Announcement) -> list[str]:
    found = (snapshot.skill_index(key) for key in record.skills)
    return [topic_name(snapshot.skill(s)) for s in found if s is not None]


@kept
def _adoptions(snapshot: Snapshot) -> dict[str, list[Announcement]]:
    """The announcements that take up each recorded need."""
    found: dict[str, list[Announcement]] = {}
    for k in range(len(snapshot.announcement_ids)):
        record = snapshot.announcement(k)
        if record.adopts is not None:
            found.setdefault(record.adopts, []).append(record)
    return found


def _adopters(snapshot: Snapshot, id_: str) -> list[tuple[Named, str]]:
    """Who took up a recorded need, each with its own announcement."""
    records = _adoptions(snapshot).get(id_, [])
    return [(named_actor(snapshot, r.actor), r.id) for r in records if r.actor]


def _same_title(snapshot: Snapshot, record: Announcement, today: date) -> list[Announcement]:
    """Its owner's other announcements of that title that may be answered: one may be published twice."""
    if record.actor is None or (i := snapshot.index(record.actor)) is None:
        return []
    others = (snapshot.announcement(int(k)) for k in snapshot.announcements_of(i))
    return [
        other
        for other in others
        if other.id != record.id
        and (other.direction, fold(other.title)) == (record.direction, fold(record.title))
        and standing_of(other, today) in (Standing.OPEN, Standing.UPCOMING)
    ]


def _adopted(snapshot: Snapshot, record: Announcement) -> Announcement | None:
    """The recorded need that an announcement takes up."""
    k = snapshot.position(RecordKind.ANNOUNCEMENT, record.adopts) if record.adopts else None
    return snapshot.announcement(k) if k is not None else None

"""« Mutualiser »: groups of three to six actors that together cover a need, from an announcement or from
nothing more than what one looks for.
"""

from dataclasses import dataclass, field
from datetime import date

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from graphsvc.domain.announcements import Announcement, Nature
from graphsvc.domain.errors import AmbiguousName, InvalidValue, UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.search import find_actor, known_record
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.evidence.complementarity import POOLED
from matcher.groups.pool_need import PoolNeed
from matcher.groups.pooling import Pools, pool_groups
from web.declined import declined_of
from web.group_questions import need_asked
from web.kept import kept
from web.permissions import Action, current_identity, policy
from web.reasons.mentions import Sentence
from web.shown import served, services, with_query
from web.views.actors.record_view import Named, named_actor, named_places, named_themes
from web.views.opportunities.group_cards import GroupCard, pool_card, told_of
from web.views.opportunities.group_filters import Fault, Narrowed, read_filters
from web.views.publishing.entry_names import proposed_places, proposed_themes
from web.words.messages import sentence

bp = Blueprint("pooling", __name__)
TOP = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """The groups found, and what the reader should know of the answer."""

    cards: tuple[GroupCard, ...]
    notes: tuple[Sentence, ...]


@dataclass(slots=True)
class Who:
    """The actor that asks, if one was named and understood; else what was not understood."""

    actor: Named | None = None
    index: int | None = None
    faults: list[Fault] = field(default_factory=list)


@bp.get("/mutualiser")
@policy(Action.READ)
def pool() -> Response:
    """What to share, where, on what: the groups that could share it."""
    snapshot, today = served().snapshot, services().today()
    wanted, who = read_filters(snapshot, today), _who(snapshot)
    nature = request.args.get("nature", "").strip()
    faults = [*wanted.faults, *who.faults]
    if nature and nature not in list(Nature):
        raise InvalidValue("filtre", "nature", nature[:80], "unknown_code")
    asked = bool(nature) and not faults
    answer = None
    if asked:
        need = need_asked(
            snapshot,
            None,
            nature=nature,
            actor=None if who.actor is None else who.actor.id,
            themes=wanted.theme_ids,
            territories=wanted.place_ids,
        )
        answer = _answer(snapshot, need, today)
    return _page("pool.html", snapshot, wanted, who, answer, faults, nature=nature)


@bp.get("/annonces/<path:id_>/groupe")
@policy(Action.READ)
def announcement_pool(id_: str) -> Response:
    """The groups that together could answer an announcement."""
    snapshot, today = served().snapshot, services().today()
    record: Announcement = snapshot.announcement(known_record(snapshot, RecordKind.ANNOUNCEMENT, id_))
    wanted, who = read_filters(snapshot, today), _who(snapshot)
    faults = [*wanted.faults, *who.faults]
    answer = None
    if not faults:
        asker = None if who.actor is None else who.actor.id
        need = need_asked(
            snapshot, record.id, actor=asker, themes=wanted.theme_ids, territories=wanted.place_ids
        )
        answer = _answer(snapshot, need, today)
    return _page(
        "pool_announcement.html",
        snapshot,
        wanted,
        who,
        answer,
        faults,
        record=record,
        owner=named_actor(snapshot, record.actor) if record.actor else None,
        themes=named_themes(snapshot, record.themes),
        places=named_places(snapshot, record.territories),
    )


def _page(
    template: str,
    snapshot: Snapshot,
    wanted: Narrowed,
    who: Who,
    answer: Answer | None,
    faults: list[Fault],
    **more: object,
) -> Response:
    own = [named_actor(snapshot, key) for key in sorted(current_identity().actors)]
    page = render_template(
        template,
        wanted=wanted,
        who=who,
        answer=answer,
        faults=faults,
        own=[actor for actor in own if actor.kind],
        natures=[n.value for n in Nature if n in POOLED] + [n.value for n in Nature if n not in POOLED],
        known_themes=proposed_themes(snapshot),
        known_places=proposed_places(snapshot),
        **more,
    )
    return make_response(page, 400 if faults else 200)


def _answer(snapshot: Snapshot, need: PoolNeed, today: date) -> Answer:
    asker = Asker.actor(need.asker) if need.asker is not None else Asker.request()
    found = _kept_groups(snapshot, need, today, declined_of(services().private, snapshot, asker))
    return Answer(tuple(pool_card(snapshot, group) for group in found.groups), told_of(found.notes))


@kept
def _kept_groups(snapshot: Snapshot, need: PoolNeed, day: date, declined: frozenset[str]) -> Pools:
    return pool_groups(snapshot, need, today=day, top=TOP, declined=declined)


def _who(snapshot: Snapshot) -> Who:
    """The actor of the address (`acteur`: a key or a name)."""
    given = request.args.get("acteur", "").strip()[:200]
    if not given:
        return Who()
    try:
        index = find_actor(snapshot, given)
    except (UnknownRecord, AmbiguousName) as refusal:
        near = refusal.nearest if isinstance(refusal, UnknownRecord) else refusal.candidates
        choices = tuple((str(e["name"]), with_query({"acteur": str(e["id"])})) for e in near)
        return Who(faults=[Fault("acteur", given[:80], sentence(refusal), choices)])
    return Who(named_actor(snapshot, snapshot.ids[index]), index)

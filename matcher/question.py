"""The question behind a request: the asker and the context made into what each signal needs."""

from dataclasses import dataclass, replace
from datetime import date

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.projects import Project
from graphsvc.search import find_place, find_theme
from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, AskerKind, Context, ContradictoryContext
from matcher.board import announced_places, announced_themes
from matcher.evidence.own_words import own_words, told_by
from matcher.evidence.purpose import themes_spoken_of
from matcher.index import MatchIndex
from matcher.spoken_places import places_spoken_of
from matcher.stemming import stems_of

OWNER = 0.5
"""What an owner's own profile weighs beside what its announcement says."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `members` are the actors behind the asker (none for a recorded need).

    `themes`, `places` map positions to weights; `words` are stems; `announcements` are the asker's own, to be
    answered (`announcement` when it asks itself); `day` is today, or the end of an ended project;
    `partners_excluded` is false for a project: partners of its members may well join it; `wish` is a need
    said in the context, as an announcement of nobody's.
    """

    members: tuple[int, ...]
    themes: dict[int, float]
    places: dict[int, float]
    words: list[str]
    announcements: list[int]
    kind: ActorKind | None
    day: date
    ask: Ask
    partners_excluded: bool
    announcement: int | None = None
    only_themes: tuple[int, ...] = ()
    only_places: tuple[int, ...] = ()
    only_kinds: tuple[ActorKind, ...] = ()
    wish: Announcement | None = None


def ask_question(
    snapshot: Snapshot, index: MatchIndex, asker: Asker, context: Context, today: date
) -> Question:
    """The question of an asker in a context.

    A theme or a place abroad that the words of the context speak of is asked for as one it names, when it
    names none; it narrows nothing. The name of a place asked for is no word of the question besides.
    Raises UnknownRecord (with the nearest) or AmbiguousName for a theme or territory of the context, and
    ContradictoryContext for a territory that a project or an announcement excludes by naming others.
    """
    build = {
        AskerKind.ACTOR: _of_actor,
        AskerKind.ANNOUNCEMENT: _of_announcement,
        AskerKind.PROJECT: _of_project,
        AskerKind.REQUEST: _of_request,
    }
    question = build[asker.kind](snapshot, index, asker.index, today)
    themes = tuple(find_theme(snapshot, key) for key in context.themes)
    places = tuple(find_place(snapshot, key) for key in context.territories)
    _refuse_contradiction(snapshot, index, asker, places)
    wish = _wish(snapshot, context, themes, places)
    words, asked = stems_of(context.text), places or places_spoken_of(snapshot, index, context.text)
    of_places = {w for p in asked for up in index.places.chains[p] for w in stems_of(snapshot.place(up).name)}
    return replace(
        question,
        themes=_focused(question.themes, themes or themes_spoken_of(words, index.phrases)),
        places=_focused(question.places, asked),
        words=question.words + [word for word in words if word not in of_places],
        ask=context.ask or (Ask.NEED if wish is not None else question.ask),
        only_themes=themes,
        only_places=places,
        only_kinds=context.kinds,
        wish=wish,
    )


def _of_actor(snapshot: Snapshot, index: MatchIndex, i: int, today: date) -> Question:
    actor = snapshot.actor(i)
    open_today = index.board.open_on(today.toordinal())
    return Question(
        members=(i,),
        themes=index.works_on.of(i),
        places=index.acts_in.of(i),
        words=own_words(actor),
        announcements=[int(k) for k in snapshot.announcements_of(i) if open_today[k]],
        kind=actor.kind,
        day=today,
        ask=Ask.COOPERATE,
        partners_excluded=True,
    )


def _of_announcement(snapshot: Snapshot, index: MatchIndex, k: int, today: date) -> Question:
    record = snapshot.announcement(k)
    themes, places = announced_themes(snapshot, record), announced_places(snapshot, record)
    owner = snapshot.index(record.actor) if record.actor is not None else None
    members = (owner,) if owner is not None else ()
    words = told_by(snapshot, members, f"{record.title} {record.description or ''}")
    for key in record.skills:
        position = snapshot.skill_index(key)
        words += stems_of(snapshot.skill(position).label) if position is not None else []
    if owner is not None:
        themes = themes or _lighter(index.works_on.of(owner))
        places = places or _lighter(index.acts_in.of(owner))
    return Question(
        members=members,
        themes=themes,
        places=places,
        words=words,
        announcements=[k],
        kind=snapshot.actor(owner).kind if owner is not None else None,
        day=today,
        ask=Ask.NEED,
        partners_excluded=True,
        announcement=k,
    )


def _of_project(snapshot: Snapshot, index: MatchIndex, k: int, today: date) -> Question:
    project = snapshot.project(k)
    members = sorted({i for p in project.participations if (i := snapshot.index(p.actor)) is not None})
    themes = {t: 1.0 for key in project.themes if (t := snapshot.theme_index(key)) is not None}
    places = {p: 1.0 for key in project.territories if (p := snapshot.place_index(key)) is not None}
    for member in members:
        themes = themes or _lighter(index.works_on.of(member))
        places = places or _lighter(index.acts_in.of(member))
    return Question(
        members=tuple(members),
        themes=themes,
        places=places,
        words=told_by(snapshot, members, f"{project.title} {project.description or ''}"),
        announcements=[],
        kind=None,
        day=_as_of(project, today),
        ask=Ask.COOPERATE,
        partners_excluded=False,
    )


def _of_request(_snapshot: Snapshot, _index: MatchIndex, _position: int, today: date) -> Question:
    """Nobody of the network: the context will say all that is known."""
    return Question(
        members=(),
        themes={},
        places={},
        words=[],
        announcements=[],
        kind=None,
        day=today,
        ask=Ask.COOPERATE,
        partners_excluded=True,
    )


def _wish(
    snapshot: Snapshot, context: Context, themes: tuple[int, ...], places: tuple[int, ...]
) -> Announcement | None:
    """The need the context says: of the nature it names, or for the skills its words name when something
    precise is asked; None when it says neither.
    """
    skills = _skills_named(snapshot, context.text) if context.ask in (None, Ask.NEED) else ()
    nature = context.nature or (Nature.SKILL if skills and context.ask is Ask.NEED else None)
    if nature is None:
        return None
    return Announcement(
        id="wish",
        title="wish",
        direction=Direction.NEED,
        nature=nature,
        actor=None,
        skills=skills,
        themes=tuple(snapshot.theme_ids[t] for t in themes),
        territories=tuple(snapshot.place_ids[p] for p in places),
        state=AnnouncementState.RECORDED,
    )


def _skills_named(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    """The skills a text names by label or synonym."""
    said = set(stems_of(text))
    if not said:
        return ()
    skills = [snapshot.skill(s) for s in range(len(snapshot.skill_ids))]
    phrases = ((skill.id, set(stems_of(name))) for skill in skills for name in (skill.label, *skill.synonyms))
    return tuple(dict.fromkeys(id_ for id_, phrase in phrases if phrase and phrase <= said))


def _refuse_contradiction(
    snapshot: Snapshot, index: MatchIndex, asker: Asker, asked: tuple[int, ...]
) -> None:
    """A project in Kayes has no partner to find in Haiti: an actor may act anywhere, a project has its place.

    Themes are left free: a project on wells may look for who knows schools. Raises ContradictoryContext with
    the places the record names.
    """
    if asker.kind is AskerKind.PROJECT:
        named = snapshot.project(asker.index).territories
    elif asker.kind is AskerKind.ANNOUNCEMENT:
        named = snapshot.announcement(asker.index).territories
    else:
        return
    own = [p for key in named if (p := snapshot.place_index(key)) is not None]
    chain = index.places.ancestors
    if asked and own and not any(a in chain(o) or o in chain(a) for a in asked for o in own):
        near = [{"id": snapshot.place_ids[p], "name": snapshot.place(p).name} for p in own]
        raise ContradictoryContext("place", snapshot.place(asked[0]).name, near)


def _as_of(project: Project, today: date) -> date:
    return min(today, project.end.last_day) if project.end is not None else today


def _lighter(entries: dict[int, float]) -> dict[int, float]:
    return {entry: weight * OWNER for entry, weight in entries.items()}


def _focused(own: dict[int, float], asked: tuple[int, ...]) -> dict[int, float]:
    """What is asked counts fully; the asker's own entries still order the answers."""
    if not asked:
        return own
    return {**_lighter(own), **dict.fromkeys(asked, 1.0)}

"""A Hypothesis state machine: whatever is done, a store answers as the oracle does.

The world is small on purpose (a few ids, a few keys), so that names meet, merge, leave and come back. What
does not depend on the shared planning is checked on the oracle by brute force: no dangling reference, no key
with two owners, no circle, and a history that replays to the current records.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from graphsvc.domain.actors import Actor, ActorKind, DatedName
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue, MaillageError
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record, RecordKind, Ref, alternate_keys, ref_of, references
from graphsvc.domain.serial import from_data
from graphsvc.domain.themes import Skill, Theme
from graphsvc.ports import Change, GraphStore, Merge, Put, Withdraw
from graphsvc.stores.memory import MemoryStore
from tests.contracts.world import HARD_TEXTS

AT = datetime(2026, 1, 1, tzinfo=UTC)
_ACTORS = ("a", "b", "é", "œ", "siren:111111111")
_LOOSE = ("a", "b", "é", "œ", "siren:111111111", "siren:222222222", "nobody")
_OTHERS = ("p", "q", "😀")
actors, loose, others = st.sampled_from(_ACTORS), st.sampled_from(_LOOSE), st.sampled_from(_OTHERS)
sets = st.lists(others, max_size=2).map(tuple)
few = st.lists(loose, max_size=2).map(tuple)
texts = (
    st.none()
    | st.sampled_from(HARD_TEXTS[:12])
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
)
names = texts.map(lambda text: f"n{text or ''}")
dates = st.none() | st.sampled_from([PartialDate(2001), PartialDate(2001, 2), PartialDate(2001, 2, 28)])
_kinds = st.sampled_from(list(RecordKind))
_actor_kinds = st.sampled_from([ActorKind.ASSOCIATION, ActorKind.COMMUNE])
_dated_names = st.lists(st.builds(DatedName, names, dates), max_size=2).map(tuple)
_perhaps_an_actor, _perhaps_another = st.none() | loose, st.none() | others
_sirens = st.none() | st.sampled_from(["111111111", "222222222"])
_link_kinds = st.sampled_from([LinkKind.TWINNING, LinkKind.FUNDING, LinkKind.MET])
_states = st.none() | st.sampled_from(State)
_labels = st.sampled_from(["x", ""])
_participations, _attendances = st.sampled_from(ParticipationRole), st.sampled_from(AttendanceRole)
_directions = st.sampled_from(Direction)
points = st.none() | st.tuples(
    st.floats(-90, 90, allow_subnormal=False), st.floats(-180, 180, allow_subnormal=False)
)


@st.composite
def _actors(draw: st.DrawFn) -> Record:
    point = draw(points)
    return Actor(
        draw(actors),
        draw(names),
        draw(_actor_kinds),
        acronym=draw(texts),
        other_names=draw(_dated_names),
        succeeds=draw(few),
        part_of=draw(_perhaps_an_actor),
        seat=draw(_perhaps_another),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        themes=draw(sets),
        siren=draw(_sirens),
        purpose=draw(texts),
    )


@st.composite
def _records(draw: st.DrawFn) -> Record:  # noqa: PLR0911 one case per kind
    """Any record; InvalidValue (a link to itself, say) is drawn again by the caller."""
    id_, text, day = draw(others), draw(texts), draw(dates)
    kind = draw(_kinds)
    match kind:
        case RecordKind.PLACE:
            return Place(
                id_, draw(names), PlaceLevel.REGION, parent=draw(_perhaps_another), aliases=draw(sets)
            )
        case RecordKind.THEME:
            return Theme(id_, draw(names), draw(_perhaps_another), synonyms=draw(sets), source=text)
        case RecordKind.SKILL:
            return Skill(id_, draw(names))
        case RecordKind.LINK:
            kind_ = draw(_link_kinds)
            state = draw(_states)
            return Link(
                id_, draw(loose), draw(loose), kind_, state, draw(sets), draw(sets), day, description=text
            )
        case RecordKind.AGREEMENT:
            parties = tuple(Party(a, draw(_labels)) for a in draw(few))
            return Agreement(id_, draw(names), LinkKind.PARTNERSHIP, themes=draw(sets), parties=parties)
        case RecordKind.PROJECT:
            parts = tuple(
                Participation(a, draw(_participations), draw(dates), source=text) for a in draw(few)
            )
            return Project(id_, draw(names), territories=draw(sets), participations=parts)
        case RecordKind.ANNOUNCEMENT:
            direction = draw(_directions)
            return Announcement(id_, draw(names), direction, Nature.SKILL, draw(loose), skills=draw(sets))
        case RecordKind.EVENT:
            seen = tuple(Attendance(a, draw(_attendances)) for a in draw(few))
            return Event(id_, draw(names), EventKind.FORUM, place=draw(_perhaps_another), attendances=seen)
        case _:
            return draw(_an_actor)


_an_actor = _actors()


def _valid(build: st.SearchStrategy[Record]) -> st.SearchStrategy[Record]:
    @st.composite
    def inner(draw: st.DrawFn) -> Record:
        for _ in range(4):
            try:
                return draw(build)
            except InvalidValue:
                continue
        return Skill(draw(others), "S")

    return inner()


records = _valid(st.one_of(_actors(), _records()))
refs = st.one_of(
    st.builds(Ref, st.just(RecordKind.ACTOR), actors), st.builds(Ref, st.sampled_from(RecordKind), others)
)
merges = st.builds(
    lambda kind, a, b: Merge(Ref(kind, a), Ref(kind, b)),
    st.sampled_from([RecordKind.ACTOR, RecordKind.ACTOR, RecordKind.THEME]),
    st.sampled_from((*_ACTORS, *_OTHERS)),
    st.sampled_from((*_ACTORS, *_OTHERS)),
)
changes = st.lists(
    st.one_of(*[records.map(Put)] * 6, refs.map(Withdraw), merges), min_size=1, max_size=6
)  # fmt: skip


class StoreMachine(RuleBasedStateMachine):
    """Subclasses say how a fresh store is opened."""

    def open_store(self) -> GraphStore:
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        self.oracle: GraphStore = MemoryStore()
        self.store = self.open_store()
        base: list[Record] = [Theme(o, o) for o in _OTHERS] + [
            Place(o, o, PlaceLevel.REGION) for o in _OTHERS
        ]
        base += [Skill(o, o) for o in _OTHERS] + [Actor(a, a, ActorKind.COMMUNE) for a in _ACTORS[:3]]
        self.both(lambda store: store.apply([Put(record) for record in base], by="tests", at=AT))

    def both(self, act: Callable[[GraphStore], Any]) -> Any:
        """The answer or the refusal, which must be the same."""
        answers = []
        for store in (self.oracle, self.store):
            try:
                answers.append(act(store))
            except MaillageError as error:
                answers.append((error.code, error.facts))
        assert answers[0] == answers[1]
        return answers[0]

    @rule(
        made=changes,
        key=st.none() | st.sampled_from(["k1", "k2"]),
        expected=st.none() | st.tuples(refs, st.integers(0, 2)),
    )
    def apply(self, made: list[Change], key: str | None, expected: tuple[Ref, int] | None) -> None:
        versions = dict([expected]) if expected else None
        self.both(
            lambda store: store.apply(
                made, by="tests", idempotency_key=key, expected_versions=versions, at=AT
            )
        )

    @rule(ref=refs, name=names)
    def rename(self, ref: Ref, name: str) -> None:
        found = self.oracle.get_many(ref.kind, [ref.id]).get(ref.id)
        if found is not None and isinstance(found.record, Actor):
            self.both(lambda store: store.apply([Put(replace(found.record, name=name))], by="tests", at=AT))

    @rule(absorbed=actors, kept=actors, back=st.booleans())
    def merge_with_rewriting(self, absorbed: str, kept: str, back: bool) -> None:
        """A merge that takes along what refers to the absorbed record; then, perhaps, its undoing."""
        merge = Merge(Ref(RecordKind.ACTOR, absorbed), Ref(RecordKind.ACTOR, kept))
        before = [stored.record for stored in self.oracle.touching(merge.absorbed)]
        gone = self.oracle.get_many(RecordKind.ACTOR, [absorbed]).get(absorbed)
        self.both(lambda store: store.apply([merge, *map(Put, before)], by="tests", at=AT))
        if back and gone is not None:
            again = [Put(gone.record), *map(Put, before)]
            expected = {merge.absorbed: 0}
            self.both(lambda store: store.apply(again, by="tests", expected_versions=expected, at=AT))

    @rule(ref=refs, key=loose)
    def ask(self, ref: Ref, key: str) -> None:
        self.both(lambda store: store.touching(ref))
        self.both(lambda store: store.history(ref))
        self.both(lambda store: store.resolve(RecordKind.ACTOR, key))
        self.both(lambda store: store.get_many(ref.kind, [ref.id, key]))

    @rule(since=st.integers(0, 4), limit=st.integers(0, 6))
    def follow(self, since: int, limit: int) -> None:
        self.both(lambda store: store.changes_since(since, limit))

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def the_same_graph(self) -> None:
        self.both(lambda store: store.info().revision)
        self.both(lambda store: store.counts())
        self.both(lambda store: list(store.everything()))

    @precondition(lambda self: hasattr(self, "store"))
    @invariant()
    def a_sound_graph(self) -> None:
        current = {ref_of(stored.record): stored for stored in self.oracle.everything()}
        assert all(target in current for s in current.values() for _, target in references(s.record))
        keys = [key for s in current.values() for key in alternate_keys(s.record)]
        assert len(keys) == len(set(keys))
        for ref, stored in current.items():
            above, steps = stored.record, 0
            while (parent := getattr(above, "parent", None) or getattr(above, "part_of", None)) is not None:
                above, steps = current[Ref(ref.kind, parent)].record, steps + 1
                assert steps <= len(current)

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        replayed: dict[Ref, Any] = {}
        for event in self.store.changes_since(0, 10**6):
            replayed.pop(event.ref, None)
            if event.action == "put" and event.after is not None:
                replayed[event.ref] = (from_data(event.ref.kind, event.after), event.version, event.revision)
        current = {ref_of(s.record): (s.record, s.version, s.revision) for s in self.store.everything()}
        assert replayed == current
        self.store.close()

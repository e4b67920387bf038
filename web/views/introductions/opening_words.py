"""What a request may be about, and the first words of its message: what both sides share, to be completed."""

from dataclasses import dataclass
from datetime import date

from graphsvc.domain.announcements import Announcement, Direction
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announcement_board import Standing, standing_of
from graphsvc.usecases.common_topics import common_places, common_themes
from web.named import place_name, topic_name
from web.spoken import gettext as _
from web.written import in_place, listed, typeset

MOST_SHARED = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """An announcement or a project a request is about."""

    kind: RecordKind
    id: str
    title: str

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.kind.value}:{self.id}"


def subjects_of(snapshot: Snapshot, actor: str, today: date) -> list[Subject]:
    """The announcements of an actor that one may answer today, then its projects."""
    i = snapshot.index(actor)
    if i is None:
        return []
    own = [snapshot.announcement(int(k)) for k in snapshot.announcements_of(i)]
    projects = [snapshot.project(int(k)) for k in snapshot.projects_of(i)]
    return [
        *(Subject(RecordKind.ANNOUNCEMENT, a.id, a.title) for a in own if _answerable(a, today)),
        *(Subject(RecordKind.PROJECT, p.id, p.title) for p in projects),
    ]


def opening_words(snapshot: Snapshot, asker: str, other: str, about: Subject | None) -> str:
    """The message as proposed: the subject, what the two share, and what is hoped for."""
    parts = [_("Bonjour,"), "", _subject_words(snapshot, about), _shared_words(snapshot, asker, other)]
    parts.append(_("Nous aimerions en parler avec vous."))
    return typeset("\n".join(part for n, part in enumerate(parts) if part or n == 1))


def _subject_words(snapshot: Snapshot, about: Subject | None) -> str:
    position = snapshot.position(about.kind, about.id) if about else None
    if about is None or position is None:
        return ""
    if about.kind is RecordKind.PROJECT:
        return _("C'est pour notre projet « %(title)s ».", title=about.title)
    if snapshot.announcement(position).direction is Direction.OFFER:
        return _("Nous proposons ceci : « %(title)s ».", title=about.title)
    return _("Nous cherchons ceci : « %(title)s ».", title=about.title)


def _shared_words(snapshot: Snapshot, asker: str, other: str) -> str:
    i, j = snapshot.index(asker), snapshot.index(other)
    if i is None or j is None:
        return ""
    record = snapshot.actor(j)
    themes = (common_themes(snapshot, i, record.themes) or ())[:MOST_SHARED]
    places = (common_places(snapshot, i, record.territories) or ())[:MOST_SHARED]
    said = []
    if themes:
        found = [topic_name(snapshot.theme(_known(snapshot.theme_index(t)))) for t in themes]
        names = [_("« %(name)s »", name=label) for label in found]
        said.append(_("Nous travaillons comme vous sur %(themes)s.", themes=listed(names)))
    if places:
        near = [snapshot.place(_known(snapshot.place_index(p))) for p in places]
        where = listed([in_place(place_name(place), place.level.value) for place in near])
        said.append(_("Nous agissons aussi %(where)s.", where=where))
    return " ".join(said)


def _known(position: int | None) -> int:
    if position is None:
        raise LookupError
    return position


def _answerable(record: Announcement, today: date) -> bool:
    return standing_of(record, today) in (Standing.OPEN, Standing.UPCOMING)

"""A key that an address gives is answered by its record alone; a wrong one is told with the nearest."""

from collections.abc import Callable

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.records import RecordKind
from graphsvc.domain.themes import Theme
from graphsvc.search import known_actor, known_place, known_record, known_theme
from graphsvc.snapshot.snapshot import Snapshot


def need(id_: str, title: str) -> Announcement:
    return Announcement(id_, title, Direction.NEED, Nature.TRANSPORT, state=AnnouncementState.RECORDED)


@pytest.fixture
def snapshot(snapshot_of: Callable[..., Snapshot]) -> Snapshot:
    return snapshot_of(
        Actor("a-1", "Les Amis de Kayes", ActorKind.ASSOCIATION),
        Actor("a-2", "Comité de jumelage", ActorKind.TWINNING_COMMITTEE),
        need("besoin-conteneur", "Partager un conteneur vers Bamako"),
        need("besoin-conteneur-2", "Partager un conteneur vers Bamako"),
        need("besoin-formation", "Former des maraîchers"),
    )


def test_a_key_is_answered_and_a_name_is_not(snapshot: Snapshot) -> None:
    assert snapshot.ids[known_actor(snapshot, "a-1")] == "a-1"
    with pytest.raises(UnknownRecord) as unknown:
        known_actor(snapshot, "Les Amis de Kayes")
    assert unknown.value.nearest[0] == {"id": "a-1", "name": "Les Amis de Kayes"}


def test_a_record_is_found_by_its_key_among_those_of_its_kind(snapshot: Snapshot) -> None:
    position = known_record(snapshot, RecordKind.ANNOUNCEMENT, "besoin-formation")
    assert snapshot.announcement(position).title == "Former des maraîchers"
    with pytest.raises(UnknownRecord) as unknown:
        known_record(snapshot, RecordKind.PROJECT, "besoin-formation")
    assert (unknown.value.kind, list(unknown.value.nearest)) == ("project", [])


@pytest.mark.parametrize("written", ["besoin-formatoin", "former des maraichers"])
def test_a_key_badly_copied_is_told_with_the_nearest(snapshot: Snapshot, written: str) -> None:
    with pytest.raises(UnknownRecord) as unknown:
        known_record(snapshot, RecordKind.ANNOUNCEMENT, written)
    assert unknown.value.nearest[0] == {"id": "besoin-formation", "name": "Former des maraîchers"}


def test_records_of_one_title_are_all_proposed_and_a_long_key_is_told_short(snapshot: Snapshot) -> None:
    with pytest.raises(UnknownRecord) as unknown:
        known_record(snapshot, RecordKind.ANNOUNCEMENT, "partager un conteneur vers bamako")
    assert {n["id"] for n in unknown.value.nearest} >= {"besoin-conteneur", "besoin-conteneur-2"}
    with pytest.raises(UnknownRecord) as unknown:
        known_record(snapshot, RecordKind.ANNOUNCEMENT, "x" * 5000)
    assert (unknown.value.key, list(unknown.value.nearest)) == ("x" * 80, [])


def test_places_and_themes_are_found_by_code_and_a_name_is_proposed(
    snapshot_of: Callable[..., Snapshot],
) -> None:
    made = snapshot_of(Place("ML-1", "Kayes", PlaceLevel.REGION), Theme("water", "Eau"))
    assert made.place_ids[known_place(made, "ML-1")] == "ML-1"
    assert made.theme_ids[known_theme(made, "water")] == "water"
    with pytest.raises(UnknownRecord) as unknown:
        known_place(made, "Kayes")
    assert list(unknown.value.nearest) == [{"id": "ML-1", "name": "Kayes", "level": "region"}]
    with pytest.raises(UnknownRecord) as unknown:
        known_theme(made, "watter")
    assert list(unknown.value.nearest) == [{"id": "water", "name": "Eau"}]

from collections.abc import Callable

from graphsvc.domain.actors import Actor, ActorKind, DatedName
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.duplicates import duplicate_pairs
from graphsvc.snapshot.snapshot import Snapshot

Make = Callable[..., Snapshot]
PLACES = [Place("a", "Massy", PlaceLevel.MUNICIPALITY), Place("b", "Grigny", PlaceLevel.MUNICIPALITY)]
WORDS = ["soleil", "montagne", "rivière", "lumière", "partage", "horizon", "racines", "jeunesse"]
FILLERS = [Actor(f"f{i:02d}", f"Association {word}", ActorKind.ASSOCIATION) for i, word in enumerate(WORDS)]


def actor(id_: str, name: str, **more: object) -> Actor:
    return Actor(id_, name, ActorKind.ASSOCIATION, **more)  # type: ignore[arg-type]


def pairs(snapshot: Snapshot, **options: object) -> list[tuple[str, str]]:
    found = duplicate_pairs(snapshot, **options)  # type: ignore[arg-type]
    return [(snapshot.ids[p.a], snapshot.ids[p.b]) for p in found]


def test_the_same_name_written_otherwise_is_proposed_and_says_why(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        *PLACES,
        *FILLERS,
        actor("x", "Association Essonne-Tambacounda", seat="a"),
        actor("y", "ASSOCIATION TAMBACOUNDA ESSONE", seat="a"),
    )
    (pair,) = duplicate_pairs(snapshot)
    assert (snapshot.ids[pair.a], snapshot.ids[pair.b]) == ("x", "y")
    assert [b.code for b in pair.because] == ["similar_name", "same_place"]
    assert 0.9 < pair.score <= 1


def test_a_common_word_is_not_enough(snapshot_of: Make) -> None:
    assert pairs(snapshot_of(*FILLERS)) == []


def test_two_numbers_or_two_places_make_two_actors(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        *PLACES,
        *FILLERS,
        actor("x", "Club Baobab", siren="111111111"),
        actor("y", "Club Baobab", siren="222222222"),
        actor("z", "Amicale Karité", seat="a"),
        actor("zz", "Amicale des Karités", seat="b"),
    )
    assert pairs(snapshot) == []
    low = duplicate_pairs(snapshot, min_score=0.3)
    codes = {b.code for p in low for b in p.because}
    assert {"different_siren", "different_place"} <= codes


def test_an_other_name_counts_and_numbers_in_names_must_agree(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        *FILLERS,
        actor("x", "Yelen", other_names=(DatedName("Lumière du Sahel"),)),
        actor("y", "Lumière du Sahel"),
        actor("m1", "Maison de quartier 1"),
        actor("m2", "Maison de quartier 2"),
    )
    assert ("x", "y") in pairs(snapshot)
    assert ("m1", "m2") not in pairs(snapshot)


def test_a_predecessor_a_unit_and_a_decided_pair_are_not_proposed(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        *FILLERS,
        actor("x", "Syndicat Baobab", ended=PartialDate(2000)),
        actor("y", "Syndicat Baobab", succeeds=("x",)),
        actor("p", "Fédération Karité"),
        actor("q", "Fédération Karité", part_of="p"),
        actor("r", "Club Fonio"),
        actor("s", "Club du Fonio"),
    )
    assert pairs(snapshot) == [("r", "s")]
    assert pairs(snapshot, decided={frozenset({"r", "s"})}) == []

"""A text that names a place abroad asks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.places import Place, PlaceLevel
from matcher.asks import Asker, Context
from matcher.index import compute_index
from matcher.spoken_places import places_spoken_of
from matcher.suggest import suggest
from tests.matcher.networks import TODAY, actor, snapshot_of

DISTRICT, TOWN = PlaceLevel.DISTRICT, PlaceLevel.MUNICIPALITY
SNAPSHOT = snapshot_of(
    Place("ML-dire", "Diré", TOWN, None, "ML"),
    Place("ML-c-kita", "Kita", DISTRICT, None, "ML"),
    Place("ML-kita", "Kita", TOWN, None, "ML-c-kita"),
    Place("SN-sl", "Saint-Louis", TOWN, None, "SN", aliases=("Ndar",)),
    Place("ML-sl", "Médine", TOWN, None, "ML"),
    Place("SN-md", "Médine", TOWN, None, "SN"),
    actor("there", territories=("ML-kita",)),
)
INDEX = compute_index(SNAPSHOT)


def spoken(text: str) -> list[str]:
    return [SNAPSHOT.place_ids[p] for p in places_spoken_of(SNAPSHOT, INDEX, text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Un conteneur pour le Mali", ["ML"]),
        ("un conteneur pour le MALI.", ["ML"]),
        ("au mali", ["ML"]),  # a country needs no capital
        ("creuser un puits à Kita, au Mali", ["ML-kita"]),  # the narrowest is meant, of one name as well
        ("jumelage avec saint louis", ["SN-sl"]),
        ("de Ndar à Kita", ["ML-kita", "SN-sl"]),
        ("cela va sans dire", []),
        ("l'hôpital de Diré", ["ML-dire"]),
        ("la médina, à Médine", []),  # two places bear the name
        ("Massy et l'Essonne, en France", []),  # where one acts by being there
        ("maliens", []),
        ("", []),
        ("…", []),
    ],
)
def test_a_name_is_met_word_for_word(text: str, places: list[str]) -> None:
    assert spoken(text) == sorted(places, key=SNAPSHOT.place_ids.index)


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert set(spoken(text)) <= set(spoken(f"{text} Kita") + spoken(text))
    assert "SN-sl" in spoken(f"{text} | Saint-Louis")


def test_who_acts_there_is_found_and_a_territory_named_is_kept_to() -> None:
    for context, found in (
        (Context(text="un chantier à Kita"), ["there"]),
        (Context(text="Kita", territories=("SN",)), []),
    ):
        answer = suggest(SNAPSHOT, Asker.request(), context, today=TODAY)
        assert [SNAPSHOT.ids[s.index] for s in answer.items] == found


def test_the_name_of_the_place_asked_for_is_no_subject_in_common() -> None:
    """Both speak of Kita: that is where, not what."""
    snapshot = snapshot_of(
        Place("ML-kita", "Kita", TOWN, None, "ML"),
        actor("theatre", purpose="Du théâtre à Kita", territories=("ML-kita",)),
        actor("wells", purpose="Creuser des puits", territories=("ML-kita",)),
    )
    answer = suggest(snapshot, Asker.request(), Context(text="creuser des puits à Kita"), today=TODAY)
    said = {snapshot.ids[s.index]: [e.code for e in s.evidence] for s in answer.items}
    assert "purpose" not in said["theatre"]
    assert "purpose" in said["wells"]
    told = {snapshot.ids[s.index]: [r.code for r in s.reasons.unknown] for s in answer.items}
    assert "subject_not_known" in told["theatre"]

"""The parts of the geographic map: classes, spreading, projections, contours, names. Oracles: brute force."""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seed.geography import contours_path, world_path
from seed.geography.topology import area_of, cut_into_arcs, dissolved, points_of, thinned
from web.maps.geo_classes import class_of, classes_of, shade_of
from web.maps.geo_contours import ContoursUnreadable, read_contours
from web.maps.geo_names import SIZE, ZOOMS, Spot, written_names
from web.maps.geo_paths import area_path, border_path, outline_path
from web.maps.geo_projection import flat_ground, world_ground
from web.maps.geo_spread import spread, spread_radius
from web.maps.sheet.lettering import text_width

SQUARES = {
    "type": "Topology",
    "attribution": "Two squares",
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "left", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "right", "arcs": [[[2, -1]]]},
            ],
        }
    },
    "arcs": [
        [[1, 0], [1, 1]],
        [[1, 1], [0, 1], [0, 0], [1, 0]],
        [[1, 0], [2, 0], [2, 1], [1, 1]],
    ],
}


def written(tmp_path: Path, content: object) -> Path:
    """A file with this content."""
    path = tmp_path / "contours.topojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def loss(groups: list[list[int]]) -> float:
    """Squared deviations from the mean of each group."""
    return sum(sum((v - sum(g) / len(g)) ** 2 for v in g) for g in groups)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=14), st.integers(1, 4))
def test_classes_are_those_that_keep_like_with_like(values: list[int], most: int) -> None:
    distinct = sorted(set(values))
    wanted = min(most, len(distinct))
    cuts = itertools.combinations(range(1, len(distinct)), wanted - 1)
    best = min(
        loss(
            [
                [v for v in values if v in distinct[a:b]]
                for a, b in itertools.pairwise([0, *cut, len(distinct)])
            ]
        )
        for cut in cuts
    )
    classes = classes_of(values, most)
    assert len(classes) == wanted
    assert math.isclose(
        loss([[v for v in values if c.least <= v <= c.most] for c in classes]), best, abs_tol=1e-6
    )
    assert sum(c.count for c in classes) == len(values)


def test_zero_is_a_class_of_its_own_and_nothing_makes_no_class() -> None:
    classes = classes_of([0, 0, 3, 0])
    assert [(c.least, c.most, c.count) for c in classes] == [(0, 0, 3), (3, 3, 1)]
    assert classes_of([]) == []
    assert class_of(0, classes) == 0
    assert class_of(3, classes) == 1
    assert class_of(9, classes) == 1


def test_shades_go_from_light_to_dark_whatever_the_number_of_classes() -> None:
    for count in range(2, 6):
        classes = classes_of(range(1, count + 1))
        shades = [shade_of(v, classes) for v in range(1, count + 1)]
        assert shades == sorted(set(shades))
        assert (shades[0], shades[-1]) == (1, 5)
    assert shade_of(7, classes_of([7])) == 3


def test_many_distinct_values_are_classed_in_time() -> None:
    classes = classes_of(range(1, 5000))
    assert (classes[0].least, classes[-1].most) == (1, 4999)
    assert sum(c.count for c in classes) == 4999


@pytest.mark.parametrize("count", [2, 3, 7, 30, 200])
def test_symbols_of_one_place_never_overlap_and_stay_near(count: int) -> None:
    spots = spread(count, 7.0)
    assert min(math.dist(a, b) for a, b in itertools.combinations(spots, 2)) >= 7.0
    assert max(math.hypot(*s) for s in spots) + 3.5 <= spread_radius(count, 7.0) + 1e-9
    assert spread_radius(count, 7.0) <= 7.0 * math.sqrt(count)


def test_one_alone_stands_on_its_point() -> None:
    assert spread(1, 7.0) == [(0.0, 0.0)]


def test_equal_areas_of_the_globe_are_equal_on_the_map() -> None:
    ground = world_ground(1000, -90, 90)

    def drawn(west: float, south: float, step: float = 5.0) -> float:
        edge = np.linspace(0, step, 60)
        lon = np.concatenate([west + edge, np.full(60, west + step), west + step - edge, np.full(60, west)])
        lat = np.concatenate(
            [np.full(60, south), south + edge, np.full(60, south + step), south + step - edge]
        )
        x, y = ground.place(lon, lat)
        return abs(float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum())) / 2

    def true(south: float, step: float = 5.0) -> float:
        return math.sin(math.radians(south + step)) - math.sin(math.radians(south))

    shares = [drawn(west, south) / true(south) for west in (-120, 0, 85) for south in (-60, -5, 40, 70)]
    assert max(shares) / min(shares) < 1.002


def test_north_is_up_and_east_is_right() -> None:
    for ground in (flat_ground((1.9, 48.2, 2.6, 48.8), 640, 660), world_ground(1000)):
        x, y = ground.at(2.0, 48.3)
        assert ground.at(2.5, 48.3)[0] > x
        assert ground.at(2.0, 48.7)[1] < y


def test_a_territory_of_one_point_has_a_drawing() -> None:
    ground = flat_ground((2.0, 48.0, 2.0, 48.0), 640, 660)
    assert ground.at(2.0, 48.0) == (320.0, 330.0)


def test_neighbours_share_their_border(tmp_path: Path) -> None:
    contours = read_contours(written(tmp_path, SQUARES))
    ground = flat_ground(contours.box(), 100, 60, margin=0)
    assert contours.attribution == "Two squares"
    assert contours.box() == (0.0, 0.0, 2.0, 1.0)
    assert set(contours.sides[0]) == {"left", "right"}
    assert border_path(contours, ground, lambda code: code).count("M") == 3
    assert outline_path(contours, ground).count("M") == 2  # the middle line is no longer one
    assert area_path(contours, "left", ground).endswith("z")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("not json", "not_json"),
        ("[" * 100_000, "not_json"),
        ("[]", "not_topology"),
        ({"type": "FeatureCollection", "features": []}, "not_topology"),
        ({**SQUARES, "arcs": []}, "not_topology"),
        ({**SQUARES, "arcs": [[[1, 0]], [[0, 1]], [[1, 1]]]}, "not_topology"),
        ({**SQUARES, "arcs": [[[1e999, 0], [1, 1]]] * 3}, "not_topology"),
        ({**SQUARES, "arcs": [[[900, 0], [1, 1]]] * 3}, "not_topology"),
        ({**SQUARES, "objects": {"areas": {"geometries": [{"type": "Point", "id": "p"}]}}}, "no_area"),
    ],
)
def test_a_file_that_holds_no_contours_says_why(tmp_path: Path, content: object, reason: str) -> None:
    with pytest.raises(ContoursUnreadable) as told:
        read_contours(written(tmp_path, content))
    assert told.value.reason == reason


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContoursUnreadable) as told:
        read_contours(tmp_path / "nowhere.topojson")
    assert told.value.reason == "missing"


def test_contours_are_read_again_when_the_file_changes(tmp_path: Path) -> None:
    path = written(tmp_path, SQUARES)
    assert read_contours(path) is read_contours(path)
    only = {**SQUARES, "objects": {"areas": {"geometries": SQUARES["objects"]["areas"]["geometries"][:1]}}}  # type: ignore[index]
    written(tmp_path, only)
    assert list(read_contours(path).areas) == ["left"]


def test_the_seed_has_every_commune_and_the_countries() -> None:
    essonne, world = read_contours(contours_path()), read_contours(world_path())
    assert len(essonne.areas) == 194
    assert {"91228", "91390"} <= set(essonne.areas)  # the merged ones
    assert not {"91182", "91222"} & set(essonne.areas)
    assert {"FR", "ML", "SN", "HT", "KM", "CV"} <= set(world.areas)
    for contours in (essonne, world):
        assert contours.attribution
        for rings in contours.areas.values():
            assert all((contours.points(ring)[0] == contours.points(ring)[-1]).all() for ring in rings)


def test_no_ring_of_the_world_runs_across_the_map() -> None:
    world = read_contours(world_path())
    steps = [np.abs(np.diff(world.points(r)[:, 0])).max() for rings in world.areas.values() for r in rings]
    assert max(steps) < 180


def test_two_merged_communes_have_no_border_between_them() -> None:
    one, other = [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)], [(2, 0), (4, 0), (4, 2), (2, 2), (2, 0)]
    arcs, areas = cut_into_arcs({"whole": [one, other], "beside": [[(4, 0), (6, 0), (6, 2), (4, 2), (4, 0)]]})
    rings = dissolved(areas["whole"], arcs)
    assert len(rings) == 1
    assert area_of(points_of(rings[0], arcs)) == 16  # twice 4 x 2
    assert (2, 1) not in points_of(rings[0], arcs)


def test_a_thinned_border_keeps_its_ends_and_its_large_corners() -> None:
    arc = ((0, 0), (10, 1), (20, 0), (30, 50), (40, 0), (50, 0))
    found = thinned(arc, 100)
    assert found[0] == (0, 0)
    assert found[-1] == (50, 0)
    assert (30, 50) in found
    assert (10, 1) not in found
    assert len(thinned(((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)), 1e9)) >= 4


@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 600), st.integers(0, 40)), max_size=40))
def test_no_name_is_written_over_another_at_any_zoom(points: list[tuple[float, float, int]]) -> None:
    spots = [Spot(k, f"Commune {k}", x, y, rank, 4.0) for k, (x, y, rank) in enumerate(points)]
    found = written_names(spots)
    for level, zoom in enumerate(ZOOMS):
        boxes = [box_of(w.spot, w.side, zoom) for w in found if w.level <= level]
        for one, other in itertools.combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_the_one_that_matters_most_is_named_first() -> None:
    found = written_names([Spot(1, "Petite", 10, 10, 1.0), Spot(2, "Grande", 12, 10, 9.0)])
    assert found[0].spot.text == "Grande"
    assert found[0].level == 0


def box_of(spot: Spot, side: str, zoom: float) -> tuple[float, float, float, float]:
    """Where a name stands, by the rules of the style sheet."""
    width, x, y, away = text_width(spot.text, SIZE), spot.x * zoom, spot.y * zoom, spot.radius + 3
    left = {"start": x + away, "end": x - away - width}.get(side, x - width / 2)
    top = {"above": y - away - SIZE, "below": y + away}.get(side, y - SIZE / 2)
    return left, top, left + width, top + SIZE

"""The site says which order its suggestions follow, and follows the learned one only where it may."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graphsvc.domain.links import Link, State
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore
from graphsvc.stores.sqlite import SqliteStore
from matcher.asks import AskerKind
from matcher.evaluation.metrics import Estimate
from matcher.learned.model import FILE, Held, Learned, ModelRefused, write_learned
from matcher.learned.training import train
from tests.matcher.collaborations import collaborations, records_of
from tests.matcher.networks import PLACES, SKILLS, THEMES, TODAY
from web.learned_order import LearnedOrder, usable
from web.words.evaluated import NOTES
from web.words.learned import WHY_NOT, order_sentence
from web.words.messages import SENTENCES


@pytest.fixture(scope="module")
def network() -> Snapshot:
    return collaborations(actors=40, links=60, projects=8)


@pytest.fixture(scope="module")
def trusted(network: Snapshot) -> Learned:
    learned = train(network, TODAY, seed=1)
    assert learned is not None
    gain = Estimate(0.1, 0.05, 0.2)
    return replace(learned, links=1200, held=Held({"mrr": gain}, {"mrr": gain}, gain, 300))


def _follows_learned(order: LearnedOrder) -> bool:
    return order.in_use is not None


def test_without_coefficients_the_default_order_is_in_use(network: Snapshot, tmp_path: Path) -> None:
    order = LearnedOrder(tmp_path)
    order.look(network)
    assert order.in_use is None
    assert order.sentence.startswith("Les propositions suivent le classement par défaut")
    assert LearnedOrder().in_use is None


def test_coefficients_that_do_better_are_in_use_and_said_to_be(
    network: Snapshot, tmp_path: Path, trusted: Learned
) -> None:
    write_learned(tmp_path, trusted)
    order = LearnedOrder(tmp_path)
    order.look(network)
    assert _follows_learned(order)
    assert (
        "appris le 2 novembre 2026 sur 1 200 coopérations connues".replace("1 200", "1\u202f200")
        in order.sentence
    )
    assert order.sentence.startswith(
        "Les propositions de coopération faites aux acteurs et aux projets suivent"
    )
    of_projects = replace(trusted, asked=(AskerKind.PROJECT,))
    assert "made to projects follow an order learned on" in order_sentence(of_projects, None, "en")
    order.look(collaborations(actors=40, links=60, projects=8, seed=5))
    assert not _follows_learned(order)
    assert WHY_NOT["data_changed"][0] in order.sentence


def test_whatever_the_store_the_order_is_in_use_and_refused_once_the_network_changed(
    tmp_path: Path, trusted: Learned
) -> None:
    write_learned(tmp_path, trusted)
    records = [*PLACES, *THEMES, *SKILLS, *records_of(actors=40, links=60, projects=8)]
    links = [r for r in records if isinstance(r, Link)]
    for store in (MemoryStore(), SqliteStore(tmp_path / "graph.db")):
        with store:
            store.apply([Put(r) for r in records], by="test")
            order = LearnedOrder(tmp_path)
            order.look(build_snapshot(store))
            assert _follows_learned(order)
            gone = [Put(replace(link, state=State.RETRACTED)) for link in links[:40]]
            store.apply(gone, by="test")
            order.look(build_snapshot(store))
            assert not _follows_learned(order)
            assert WHY_NOT["data_changed"][0] in order.sentence


def test_a_damaged_file_leaves_the_default_in_use(network: Snapshot, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe{")
    assert usable(tmp_path, network) == (None, "unreadable")
    assert WHY_NOT["unreadable"][0] in order_sentence(None, "unreadable")


def test_every_refusal_has_its_words() -> None:
    rules = {"unreadable", "other_format", "other_features", "data_changed", "too_few_links", "not_better"}
    assert set(WHY_NOT) == rules
    assert {ModelRefused(rule).code for rule in rules} <= set(SENTENCES)
    assert set(NOTES) == {"no_known_cooperation", "nothing_to_find", "few_askers"}


@pytest.mark.parametrize("path", ["/a-propos", "/partenaires?theme=education"])
def test_pages_say_which_order_is_in_use(visitor: FlaskClient, path: str) -> None:
    page = visitor.get(path).get_data(as_text=True)
    assert "Les propositions suivent le classement par défaut" in page

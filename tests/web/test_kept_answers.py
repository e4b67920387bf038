"""What the API answered is kept, and never said of another question."""

from datetime import date

import pytest
from flask import Flask

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.ports import Put
from graphsvc.stores.memory import MemoryStore
from people.refusals import AskerKind, decline, forget_refusal
from web.api import suggesting
from web.api.kept_answers import KeptAnswers
from web.services import EXTENSION, Services

ASKED = "/api/v1/actors/a/suggestions"
PURPOSE = "Forages et pompes solaires"


def test_the_answers_asked_for_last_are_kept_and_no_more() -> None:
    kept, written = KeptAnswers(most=2), []

    def ask(key: str) -> bytes:
        return kept.of(key, lambda: (written.append(key), key.encode())[1])

    assert [ask(key) for key in "abacab"] == [b"a", b"b", b"a", b"c", b"a", b"b"]
    assert written == ["a", "b", "c", "b"]


def test_an_answer_that_fails_is_not_kept() -> None:
    kept = KeptAnswers()

    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.of("a", fail)
    assert kept.of("a", lambda: b"yes") == b"yes"


@pytest.fixture
def network(memory: MemoryStore) -> MemoryStore:
    names = {"a": "Puits d'ici", "b": "Eau de là", "c": "Source claire"}
    memory.apply(
        [Put(Actor(i, n, ActorKind.ASSOCIATION, purpose=PURPOSE)) for i, n in names.items()], by="test"
    )
    return memory


def _asked(site: Flask, address: str = ASKED) -> list[str]:
    return [s["actor"]["id"] for s in site.test_client().get(address).get_json()["suggestions"]]


def test_the_same_question_is_answered_by_the_same_bytes_without_being_computed_again(
    site_on, network, monkeypatch
) -> None:
    site, counted = site_on(network), []
    suggest = suggesting.suggest
    monkeypatch.setattr(suggesting, "suggest", lambda *a, **k: (counted.append(1), suggest(*a, **k))[1])
    first, again = (site.test_client().get(ASKED) for _ in range(2))
    assert first.status_code == 200
    assert first.data == again.data
    assert len(counted) == 1
    for other in ("?lang=en", "?top=1", "?kind=association", "?capped=1&ask=pool"):
        assert site.test_client().get(ASKED + other).status_code == 200
    assert len(counted) == 5


def test_what_is_declined_or_undone_changes_the_answer_at_once(site_on, network) -> None:
    site = site_on(network)
    services: Services = site.extensions[EXTENSION]
    store_id = network.info().store_id
    assert _asked(site) == ["b", "c"]
    decline(services.private, store_id, AskerKind.ACTOR, "a", "b", by="agent")
    assert _asked(site) == ["c"]
    forget_refusal(services.private, store_id, AskerKind.ACTOR, "a", "b")
    assert _asked(site) == ["b", "c"]


def test_what_is_written_changes_the_answer(site_on, network) -> None:
    site = site_on(network)
    assert _asked(site) == ["b", "c"]
    network.apply([Put(Actor("d", "Dernière goutte", ActorKind.ASSOCIATION, purpose=PURPOSE))], by="test")
    services: Services = site.extensions[EXTENSION]
    services.served(at_least=network.info().revision)
    assert _asked(site) == ["b", "c", "d"]


def test_another_day_is_another_question(site_on, network, monkeypatch) -> None:
    closing = Actor(
        "c", "Source claire", ActorKind.ASSOCIATION, purpose=PURPOSE, ended=PartialDate.parse("2028")
    )
    network.apply([Put(closing)], by="test")
    site = site_on(network)
    assert _asked(site) == ["b", "c"]
    monkeypatch.setattr(site.extensions[EXTENSION], "today", lambda: date(2031, 1, 1))
    assert _asked(site) == ["b"]

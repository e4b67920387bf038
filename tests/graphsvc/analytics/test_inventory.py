"""Who could take part, commune by commune."""

from datetime import date

from graphsvc.analytics.inventory import inventory
from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from tests.graphsvc.networks import association, network, snapshot_of

DAY = date(2026, 11, 22)


def test_relays_are_told_apart_and_neither_the_engaged_nor_institutions_are_to_recruit() -> None:
    library = Actor("library", "Médiathèque", ActorKind.SOCIAL_VENUE, seat="91228")
    shop = Actor("shop", "Épicerie", ActorKind.BUSINESS, seat="91228")
    closed = Actor("closed", "Vieux", ActorKind.BUSINESS, seat="91228", ended=PartialDate(2010))
    town = Actor("town", "Ville", ActorKind.COMMUNE, seat="91228")
    abroad = Actor("abroad", "Kayes", ActorKind.BUSINESS, seat="ML", country="ML")
    nowhere = Actor("nowhere", "Nulle part", ActorKind.BUSINESS, seat="91")
    snapshot = snapshot_of([association("a"), library, shop, closed, town, abroad, nowhere])
    found = inventory(snapshot, DAY)
    at = {id_: i for i, id_ in enumerate(snapshot.ids)}
    assert [(one.place is None, one.engaged, one.relays, one.others) for one in found] == [
        (False, 1, (at["library"],), (at["shop"],)),
        (True, 0, (), (at["nowhere"],)),
    ]


def test_where_everybody_is_engaged_nobody_is_to_recruit() -> None:
    assert inventory(network("a b"), DAY) == []
    assert inventory(network(""), DAY) == []

"""The sheet of a territory: who acts there, since when, on what, with whom, who pays."""

from datetime import date

from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.snapshot import Snapshot
from matcher.places.territory_sheet import SheetRow, Side, TerritorySheet, territory_sheet
from tests.matcher.networks import TODAY, actor, link, snapshot_of, year


def sheet(snapshot: Snapshot, place: str, day: date = TODAY) -> TerritorySheet:
    position = snapshot.place_index(place)
    assert position is not None
    return territory_sheet(snapshot, position, day)


def row(snapshot: Snapshot, found: TerritorySheet, key: str) -> SheetRow:
    return next(r for r in found.rows if snapshot.ids[r.index] == key)


def keys(snapshot: Snapshot, indices: tuple[int, ...]) -> list[str]:
    return [snapshot.ids[i] for i in indices]


def test_an_actor_is_told_with_since_when_on_what_with_whom_and_who_pays():
    snapshot = snapshot_of(
        actor("amis", "Amis de Kayes", seat="91228", confirmed_on=year(2016)),
        actor("kayes", "Commune de Kayes", seat="ML-kayes", country="ML"),
        actor("dept", "Département", seat="91228"),
        link("amis", "kayes", themes=("wells",), start=year(2004), confirmed_on=year(2016)),
        link("dept", "amis", LinkKind.FUNDING, confirmed_on=year(2016)),
    )
    found = sheet(snapshot, "ML")
    amis = row(snapshot, found, "amis")
    assert (amis.side, amis.since, amis.confirmed, amis.via) == (Side.HOME, 2004, 2016, None)
    assert [snapshot.theme_ids[t] for t in amis.themes] == ["wells"]
    assert keys(snapshot, amis.partners) == ["kayes"]
    assert keys(snapshot, amis.payers) == ["dept"]
    assert row(snapshot, found, "kayes").side is Side.THERE
    assert [snapshot.ids[i] for i, _ in found.payers] == ["dept"]


def test_who_only_pays_is_said_to_pay_and_is_no_partner():
    parts = (
        Participation("amis", ParticipationRole.LEAD),
        Participation("dept", ParticipationRole.FUNDER),
        Participation("kayes", ParticipationRole.PARTNER),
    )
    snapshot = snapshot_of(
        actor("amis", seat="91228"),
        actor("dept", seat="91228"),
        actor("kayes", seat="ML-kayes", country="ML"),
        Project("p", "Puits", State.ACTIVE, ("wells",), ("ML-kayes",), participations=parts),
    )
    found = sheet(snapshot, "ML-kayes")
    assert row(snapshot, found, "dept").means_only
    assert not row(snapshot, found, "amis").means_only
    assert keys(snapshot, row(snapshot, found, "amis").partners) == ["kayes"]
    assert keys(snapshot, row(snapshot, found, "amis").payers) == ["dept"]
    assert (found.tied, found.pairs) == (0, 0)  # one home actor besides the funder


def test_a_place_elsewhere_in_the_country_is_another_sheet():
    snapshot = snapshot_of(actor("amis", seat="91228", territories=("ML-nioro",)))
    assert [r.index for r in sheet(snapshot, "ML-nioro").rows] == [0]
    assert [r.index for r in sheet(snapshot, "ML").rows] == [0]
    assert sheet(snapshot, "ML-kayes").rows == ()


def test_what_ended_is_past_and_dated():
    snapshot = snapshot_of(
        actor("amis", seat="91228"),
        actor("kayes", seat="ML-kayes", country="ML"),
        link("amis", "kayes", state=State.ENDED, start=year(1999), end=year(2009)),
    )
    found = sheet(snapshot, "ML-kayes")
    assert [snapshot.ids[r.index] for r in found.rows] == ["kayes"]
    assert [(snapshot.ids[i], y) for i, y in found.past] == [("amis", 2009)]
    then = sheet(snapshot, "ML-kayes", date(2005, 6, 1))
    assert {snapshot.ids[r.index] for r in then.rows} == {"amis", "kayes"}


def test_a_successor_is_named_with_whom_it_follows_and_nobody_is_its_partner_for_that():
    snapshot = snapshot_of(
        actor("old", "Ancienne agglomération", seat="91228", ended=year(2015)),
        actor("new", "Nouvelle agglomération", seat="91228", succeeds=("old",)),
        actor("kayes", seat="ML-kayes", country="ML"),
        link("old", "kayes", start=year(2004), territories=("ML-kayes",)),
    )
    found = sheet(snapshot, "ML-kayes")
    new = row(snapshot, found, "new")
    assert new.via is not None
    assert snapshot.ids[new.via] == "old"
    assert row(snapshot, found, "kayes").partners == ()


def test_home_actors_that_cooperate_are_counted_among_those_that_could():
    snapshot = snapshot_of(
        *(actor(k, seat="91228", territories=("ML",)) for k in "abc"),
        link("a", "b"),
        actor("d", seat="91477"),
    )
    found = sheet(snapshot, "ML")
    assert (found.tied, found.pairs) == (1, 3)


def test_nobody_and_nothing_give_an_empty_sheet():
    found = sheet(snapshot_of(), "ML")
    assert (found.rows, found.past, found.themes, found.payers, found.first) == ((), (), (), (), None)

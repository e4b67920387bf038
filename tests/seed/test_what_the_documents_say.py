"""The historian's facts: what a hasty reading of the documents would get wrong."""

import pytest

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import CLASS_OF, LinkClass, LinkKind, State
from graphsvc.domain.liveness import NEVER, live_interval
from tests.seed.essonne_tables import actor, cells, keys, links_of, rows, values

COMMUNES = [
    row
    for row in rows("territoires")
    if row["niveau"] == "municipality" and row["code"].startswith("91") and len(row["code"]) == 5
]


def kinds_between(a: str, b: str) -> set[str]:
    return {row["type"] for row in links_of(a) if b in (row["acteur_a"], row["acteur_b"])}


def parties(agreement: str) -> set[str]:
    return {row["acteur"] for row in rows("parties") if row["accord"] == agreement}


def test_essonne_has_its_194_communes_as_places_and_as_actors() -> None:
    assert len(COMMUNES) == 194
    assert {f"commune-{row['code']}" for row in COMMUNES} == {
        k for k in keys("acteurs") if k.startswith("commune-")
    }


def test_essonne_has_its_13_intercommunalities_as_places_and_as_actors() -> None:
    places = {row["code"] for row in rows("territoires") if row["niveau"] == "intercommunality"}
    assert len(places) == 13
    assert places == {row["siren"] for row in rows("acteurs") if row["id"].startswith("epci-")}
    assert {row["parent"] for row in COMMUNES} == places


def test_home_is_essonne_and_every_commune_lies_in_it() -> None:
    parent = {row["code"]: row["parent"] for row in rows("territoires")}
    assert [row["code"] for row in rows("territoires") if row["role"] == "home"] == ["FR-91"]
    assert {parent[parent[row["code"]]] for row in COMMUNES} == {"FR-91"}


def test_the_five_party_convention_is_one_agreement_with_five_parties() -> None:
    assert parties("convention-multipartite") == {"caece", "ville-evry", "dakar", "bamako", "nouakchott"}


def test_the_protocol_of_2017_has_four_parties_and_its_dates() -> None:
    protocol = next(row for row in rows("accords") if row["id"] == "protocole-eddn-2017-2019")
    assert parties(protocol["id"]) == {
        "departement-essonne",
        "cercle-diema",
        "cercle-douentza",
        "cercle-nioro",
    }
    assert (protocol["debut"], protocol["fin"]) == ("2017-03-06", "2019")


def test_every_agreement_has_two_parties_at_least() -> None:
    assert [key for key in keys("accords") if len(parties(key)) < 2] == []


def test_the_attempt_with_generation_femmes_never_became_a_live_link() -> None:
    for row in links_of("generation-femmes"):
        end = PartialDate.parse(row["fin"]) if row["fin"] else None
        assert live_interval(State(row["etat"]), None, end, PartialDate.parse(row["confirmee_le"])) == NEVER
    assert [row["etat"] for row in links_of("generation-femmes")] == ["attempted"]


def test_evry_and_courcouronnes_are_two_ended_actors_that_the_new_commune_succeeds() -> None:
    assert set(values(actor("commune-91228"), "succede_a")) == {"ville-evry", "ville-courcouronnes"}
    assert actor("ville-evry")["fin"] == actor("ville-courcouronnes")["fin"] == "2018-12-31"
    assert "decentralised_cooperation" in kinds_between("ville-evry", "dakar")
    assert kinds_between("commune-91228", "dakar") == set()


def test_the_agglomeration_is_a_chain_of_actors_and_links_stay_with_who_held_them() -> None:
    assert values(actor("caece"), "succede_a") == ["san-evry"]
    assert "caece" in values(actor("epci-grand-paris-sud"), "succede_a")
    assert parties("convention-kayes-1990") == {"san-evry", "kayes-commune"}
    assert links_of("epci-grand-paris-sud") == []


def test_directions_belong_to_the_agglomeration_and_end_with_it() -> None:
    units = [row for row in rows("acteurs") if row["id"].startswith("caece-")]
    assert len(units) == 16
    assert {(row["rattache_a"], row["fin"]) for row in units} == {("caece", "2015-12-31")}


def test_an_interview_is_a_contact_and_nothing_else() -> None:
    interviewed = [row for row in rows("relations") if row["type"] == "interviewed"]
    assert {row["acteur_a"] for row in interviewed} == {"eneis-conseil"}
    assert CLASS_OF[LinkKind.INTERVIEWED] is LinkClass.CONTACT
    benchmark = {"nantes-metropole", "grand-lyon", "cergy-pontoise", "grand-cahors", "cu-strasbourg"}
    assert benchmark <= {row["acteur_b"] for row in interviewed}
    assert all(kinds_between("caece", key) == set() for key in benchmark)


def test_working_groups_are_attended_and_make_no_link() -> None:
    attended = {row["acteur"] for row in rows("participants") if row["evenement"].startswith("groupe")}
    assert {"educasol", "plume-et-encrier", "djiguiso", "commune-91521"} <= attended
    assert links_of("plume-et-encrier") == []


def test_the_amis_de_kayes_have_money_but_no_peer() -> None:
    classes = {CLASS_OF[LinkKind(row["type"])] for row in links_of("amis-de-kayes")}
    assert classes == {LinkClass.RESOURCE, LinkClass.CONTACT}
    assert "amis-de-kayes" not in {row["acteur"] for row in (*rows("parties"), *rows("participations"))}


def test_collective_needs_are_recorded_without_an_owner() -> None:
    recorded = [row for row in rows("annonces") if row["etat"] == "recorded"]
    assert len(recorded) >= 40
    assert {row["acteur"] for row in recorded} == {""}
    assert {row["sens"] for row in recorded} == {"need"}
    assert [row["id"] for row in rows("annonces") if row["etat"] != "recorded" and not row["acteur"]] == []


@pytest.mark.parametrize("company", ["carrefour", "sofinco", "accor", "snecma", "ariane espace"])
def test_a_company_named_as_present_is_no_actor_of_cooperation(company: str) -> None:
    assert [row["id"] for row in rows("acteurs") if row["nom"].casefold() == company] == []


def test_kayes_is_a_commune_a_cercle_a_region_and_another_town_in_congo() -> None:
    places = {row["code"]: row for row in rows("territoires")}
    assert (places["2455518"]["niveau"], places["2455518"]["parent"]) == ("municipality", "ML-kayes")
    assert (places["ML-kayes"]["niveau"], places["ML-kayes"]["parent"]) == ("district", "ML-1")
    assert (places["ML-1"]["niveau"], places["ML-1"]["parent"]) == ("region", "ML")
    assert (places["2259383"]["parent"], places["2259383"]["role"]) == ("CG", "")
    assert len({places[code]["nom"] for code in ("2455518", "ML-kayes", "ML-1", "2259383")}) == 4


def test_what_was_announced_is_planned() -> None:
    states = {row["id"]: row["etat"] for row in rows("projets")}
    assert {states[k] for k in ("festival-maliessonne", "pcpa-mali", "parcours-urbain")} == {"planned"}
    yvelines = links_of("departement-yvelines")
    assert [row["etat"] for row in yvelines] == ["planned"]


def test_a_twinning_stands_once_and_joins_a_commune_to_a_partner_town() -> None:
    twinnings = [row for row in rows("relations") if row["type"] == "twinning"]
    pairs = {(row["acteur_a"], row["acteur_b"]) for row in twinnings}
    assert len(pairs) == len(twinnings)
    assert len([row for row in twinnings if row["source"] == "data-twin-towns"]) == 94
    assert {(actor(a)["type"], actor(b)["type"]) for a, b in pairs} == {("commune", "partner_territory")}


def test_the_twinnings_that_committees_attest_in_2012_are_those_of_the_former_commune() -> None:
    assert "twinning" in kinds_between("ville-evry", "de-troisdorf")
    assert "twinning" in kinds_between("ville-evry", "gb-bexley")
    assert "twinning" in kinds_between("commune-91228", "gb-bexley")


def test_a_commune_of_which_nothing_is_said_has_unknown_engagement() -> None:
    linked = {row[c] for row in rows("relations") for c in ("acteur_a", "acteur_b")}
    for commune in COMMUNES:
        key = f"commune-{commune['code']}"
        assert actor(key)["engagement"] == ("" if key in linked else "unknown")


def test_the_conseil_general_is_a_former_name_of_the_departement() -> None:
    assert any(
        name.startswith("Conseil général") for name in values(actor("departement-essonne"), "autres_noms")
    )
    assert actor("cresi")["rattache_a"] == "departement-essonne"


def test_every_documented_actor_says_what_it_does() -> None:
    silent = [row["id"] for row in rows("acteurs") if "doc-" in row["source"] and not row["objet"]]
    assert silent == []


def test_no_sentence_runs_past_what_a_record_should_say() -> None:
    assert [c[:3] for c in cells() if c[2] in {"objet", "description"} and len(c[3]) > 420] == []

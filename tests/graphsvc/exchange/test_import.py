from pathlib import Path

import pytest

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedName, DatedRole
from graphsvc.domain.announcements import AnnouncementState
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import BundleTooLarge
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import GraphStore
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases import import_bundle as module
from graphsvc.usecases.import_bundle import import_bundle
from tests.graphsvc.exchange.bundles import BASE, TODAY, VOCABULARY, rules, run, written


def actor(store: GraphStore, id_: str) -> Actor:
    record: Actor = store.get(Ref(RecordKind.ACTOR, id_)).record
    return record


def ids(store: GraphStore, kind: RecordKind = RecordKind.ACTOR) -> list[str]:
    return [s.record.id for s in store.records(kind)]


def test_without_an_id_the_key_is_the_siren_else_the_rna_else_name_and_commune(tmp_path: Path) -> None:
    text = (
        "nom,type,siren,rna,commune\n"
        "Un,association,123 456 789,W912000001,\n"
        "Deux,association,,w912000002,\n"
        "Les Œuvres d'Évry,association,,,Évry\n"
    )
    store, _ = run(tmp_path, {**VOCABULARY, "acteurs.csv": text})
    assert ids(store) == ["123456789", "W912000002", "les-oeuvres-d-evry-91228"]


def test_an_actor_of_the_store_is_recognised_by_each_of_its_keys(tmp_path: Path) -> None:
    first = "id,nom,type,siren,rna,code_insee\nx,Club Alpha,association,123456789,W912000001,91228\n"
    store, _ = run(tmp_path / "1", {**VOCABULARY, "acteurs.csv": first})
    rows = [
        "Autre nom,association,123456789,,",
        "Autre nom,association,,W912000001,",
        "CLUB ALPHA,association,,,Évry",
    ]
    for n, row in enumerate(rows):
        again = {"acteurs.csv": f"nom,type,siren,rna,commune\n{row}\n"}
        _, report = run(tmp_path / f"again{n}", again, store, dry_run=True)
        assert (report.created, report.updated) == (0, 1), row


def test_two_actors_of_the_same_name_in_two_communes_are_two(tmp_path: Path) -> None:
    text = "nom,type,code_insee\nAmicale,association,91228\nAmicale,association,91377\n"
    store, _ = run(tmp_path, {**VOCABULARY, "acteurs.csv": text})
    assert ids(store) == ["amicale-91228", "amicale-91377"]


@pytest.mark.parametrize(
    ("commune", "postcode", "seat"),
    [
        ("Évry-Courcouronnes", "", "91228"),
        ("EVRY COURCOURONNES CEDEX 3", "", "91228"),
        ("Évry", "91000", "91228"),
        ("Massy", "91300", "91377"),
        ("Massy", "78000", "78000"),
        ("Vilejust", "91140", "91661"),
        ("Vigneux s/ Seine", "91270", "91657"),
        ("vigneux sur seines", "", "91657"),
    ],
)
def test_the_commune_is_found_by_name_and_postcode_then_despite_typing_errors(
    commune: str, postcode: str, seat: str, tmp_path: Path
) -> None:
    text = f"id,nom,type,commune,code_postal\nx,Nom,association,{commune},{postcode}\n"
    store, _ = run(tmp_path, {**VOCABULARY, "acteurs.csv": text})
    assert actor(store, "x").seat == seat


def test_a_commune_found_despite_a_typing_error_is_told(tmp_path: Path) -> None:
    text = "id,nom,type,commune,code_postal\nx,Nom,media,Vilejust,91140\ny,Nom,media,Vilejust,91140\n"
    _, report = run(tmp_path, {**VOCABULARY, "acteurs.csv": text})
    notices = [dict(n.facts) for n in report.notices if n.code == "commune_understood"]
    assert notices == [
        {"file": "acteurs.csv", "line": 2, "value": "Vilejust", "id": "91661", "name": "Villejust"}
    ]


def test_names_roles_and_their_periods_are_read(tmp_path: Path) -> None:
    text = (
        "id,nom,type,autres_noms,roles\n"
        r"x,Nom,epci,SAN d'Évry (1983/2000)|CAECE|Barre \| et \(1990/1991)|Né (1983/)|Fini (/2000),"
        "financeur (2004/)|tête de réseau\n"
    )
    store, _ = run(tmp_path, {"acteurs.csv": text})
    found = actor(store, "x")
    assert found.kind is ActorKind.INTERCOMMUNALITY
    assert found.other_names == (
        DatedName("SAN d'Évry", PartialDate(1983), PartialDate(2000)),
        DatedName("CAECE"),
        DatedName("Barre | et (1990/1991)"),
        DatedName("Né", PartialDate(1983)),
        DatedName("Fini", None, PartialDate(2000)),
    )
    assert found.roles == (DatedRole(ActorRole.FUNDER, PartialDate(2004)), DatedRole(ActorRole.NETWORK_HEAD))


def test_french_words_given_labels_and_codes_mean_the_same(tmp_path: Path) -> None:
    for n, (kind, state) in enumerate(
        [("twinning", "active"), ("Jumelage", "En cours"), ("lien de ville", "active")]
    ):
        files = {**BASE, "relations.csv": f"acteur_a,acteur_b,type,etat\na,AA bis,{kind},{state}\n"}
        files["acteurs.csv"] += "d,AA bis,association,\n"
        store, report = run(tmp_path / str(n), files, labels={"twinning": "Lien de ville"})
        assert not report.rejected
        (found,) = store.records(RecordKind.LINK)
        assert (found.record.kind, found.record.state) == (LinkKind.TWINNING, State.ACTIVE)


def test_an_actor_may_be_named_by_id_name_acronym_other_name_siren_or_rna(tmp_path: Path) -> None:
    actors = (
        "id,nom,sigle,type,autres_noms,siren,rna\n"
        "x,Club Œuvre,CO,association,Ancien club,123456789,W912000001\ny,Autre,,association,,,\n"
    )
    for n, name in enumerate(
        [
            "x",
            "club oeuvre",
            "CO",
            "ancien club",
            "123456789",
            "siren:123456789",
            "W912000001",
            "rna:W912000001",
        ]
    ):
        files = {"acteurs.csv": actors, "relations.csv": f"acteur_a,acteur_b,type\n{name},y,funding\n"}
        store, report = run(tmp_path / str(n), files)
        assert not report.rejected, name
        (link,) = store.records(RecordKind.LINK)
        assert link.record.actor_a == "x"


def test_the_unordered_pair_of_a_cooperation_has_one_key_and_the_giver_comes_first_otherwise(
    tmp_path: Path,
) -> None:
    rows = "b,a,partnership\nb,a,funding\na,b,funding\n"
    store, _ = run(tmp_path, {**BASE, "relations.csv": "acteur_a,acteur_b,type\n" + rows})
    assert ids(store, RecordKind.LINK) == ["funding~a~b~", "funding~b~a~", "partnership~a~b~"]


def test_an_empty_state_stays_empty(tmp_path: Path) -> None:
    store, _ = run(tmp_path, {**BASE, "relations.csv": "acteur_a,acteur_b,type,etat\na,b,partnership,\n"})
    (link,) = store.records(RecordKind.LINK)
    assert link.record.state is None


def test_a_column_that_the_file_has_not_keeps_what_is_known_and_an_empty_cell_empties_it(
    tmp_path: Path,
) -> None:
    store, _ = run(tmp_path / "1", {"acteurs.csv": "id,nom,type,objet,sigle\nx,Nom,association,But,N\n"})
    run(tmp_path / "2", {"acteurs.csv": "id,nom,type,sigle\nx,Nouveau,association,\n"}, store)
    found = actor(store, "x")
    assert (found.name, found.purpose, found.acronym) == ("Nouveau", "But", None)


def test_participations_alone_add_to_the_project_of_the_store(tmp_path: Path) -> None:
    files = {
        **BASE,
        "projets.csv": "id,titre\np,Puits\n",
        "participations.csv": "projet,acteur,role\np,a,lead\n",
    }
    store, _ = run(tmp_path / "1", files)
    more = {"participations.csv": "projet,acteur,role,debut\np,b,partner,2010\nPuits,a,lead,2009\n"}
    _, report = run(tmp_path / "2", more, store)
    assert (report.created, report.updated) == (0, 1)
    parts = store.get(Ref(RecordKind.PROJECT, "p")).record.participations
    assert [(p.actor, p.role.value, str(p.start)) for p in parts] == [
        ("a", "lead", "2009"),
        ("b", "partner", "2010"),
    ]
    _, report = run(tmp_path / "3", {"projets.csv": "id,titre\np,Puits profonds\n"}, store)
    assert len(store.get(Ref(RecordKind.PROJECT, "p")).record.participations) == 2


def test_a_need_without_owner_is_a_recorded_one(tmp_path: Path) -> None:
    text = "titre,sens,nature,competences\nTraduire,besoin,compétence,comptabilité\n"
    store, _ = run(tmp_path, {**BASE, "annonces.csv": text})
    (need,) = store.records(RecordKind.ANNOUNCEMENT)
    assert (need.record.state, need.record.actor) == (AnnouncementState.RECORDED, None)
    assert need.record.skills == ("accounting",)


def test_words_of_no_vocabulary_are_added_when_asked_and_listed(tmp_path: Path) -> None:
    text = (
        "id,nom,type,themes,territoires,commune\n"
        "x,Nom,association,Pisciculture|santé,Tombouctou|SN-X|Togo,Nulle-Part\n"
    )
    files = {**VOCABULARY, "acteurs.csv": text}
    store, report = run(tmp_path, files, create_vocabulary=True)
    assert sorted(report.created_vocabulary) == [
        "place:SN-X",
        "place:TG",
        "place:nulle-part",
        "place:tombouctou",
        "theme:pisciculture",
    ]
    found = actor(store, "x")
    assert found.themes == ("health", "pisciculture")
    assert found.territories == ("SN-X", "TG", "tombouctou")
    assert store.get(Ref(RecordKind.PLACE, "TG")).record.level is PlaceLevel.COUNTRY
    _, again = run(tmp_path, files, store, create_vocabulary=True)
    assert (again.created, again.updated, again.created_vocabulary) == (0, 0, ())


def test_a_word_that_only_a_rejected_row_uses_is_not_added(tmp_path: Path) -> None:
    text = "id,nom,type,themes\nx,Nom,zzz,Pisciculture\n"
    store, report = run(tmp_path, {"acteurs.csv": text}, create_vocabulary=True, partial=True)
    assert report.created_vocabulary == ()
    assert store.is_empty()


def test_the_country_is_read_as_a_code_or_a_name_and_follows_the_seat_when_empty(tmp_path: Path) -> None:
    text = (
        "id,nom,type,pays,code_insee\n1,A,media,Mali,\n2,B,media,Ivory Coast,\n3,C,media,sn,\n"
        "4,D,partner_territory,,ML-kayes\n5,E,association,,91377\n6,F,association,,\n"
    )
    store, report = run(tmp_path, {**VOCABULARY, "acteurs.csv": text})
    assert rules(report) == []
    assert [s.record.country for s in store.records(RecordKind.ACTOR)] == ["ML", "CI", "SN", "ML", "FR", "FR"]


def test_the_period_of_an_experience_is_read(tmp_path: Path) -> None:
    text = "id,titre,periode\n1,A,2010/2012\n2,B,2010/\n3,C,/2012-05\n4,D,2011\n5,E,\n6,F,01/02/2010/2011\n"
    store, report = run(tmp_path, {"experiences.csv": text})
    assert rules(report) == []
    found = [(str(s.record.start), str(s.record.end)) for s in store.records(RecordKind.EXPERIENCE)]
    assert found == [
        ("2010", "2012"),
        ("2010", "None"),
        ("None", "2012-05"),
        ("2011", "2011"),
        ("None", "None"),
        ("2010-02-01", "2011"),
    ]


def test_numbers_are_read_as_people_write_them(tmp_path: Path) -> None:
    text = 'code;nom;niveau;population;latitude;longitude\nX;Nom;commune;12\u202f345;"48,63";-2,5\n'
    store, _ = run(tmp_path, {"territoires.csv": text})
    place = store.get(Ref(RecordKind.PLACE, "X")).record
    assert (place.population, place.latitude, place.longitude) == (12345, 48.63, -2.5)


def test_the_progress_is_told_from_reading_to_writing(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    run(tmp_path, BASE, progress=lambda *step: told.append(step))
    assert told[0][0] == "read"
    assert told[-1] == ("write", 1, 1)
    assert ("validate", 15, 15) in told


def test_importing_again_after_a_change_by_hand_puts_the_file_s_facts_back(tmp_path: Path) -> None:
    store, _ = run(tmp_path / "1", BASE)
    run(tmp_path / "2", {"acteurs.csv": "id,nom,type,sigle\na,Renommée,association,AA\n"}, store)
    _, report = run(tmp_path / "3", BASE, store)
    assert (report.created, report.updated, report.unchanged) == (0, 1, 14)
    assert actor(store, "a").name == "Association Alpha"


def test_more_records_than_one_transaction_are_loaded_only_into_an_empty_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ONE_TRANSACTION", 5)
    store = MemoryStore()
    assert import_bundle(store, written(tmp_path / "1", BASE), by="test", today=TODAY).created == 15
    rows = "".join(f"n{i},Nom {i},association,\n" for i in range(6))
    more = written(tmp_path / "2", {"acteurs.csv": "id,nom,type,sigle\n" + rows})
    with pytest.raises(BundleTooLarge):
        import_bundle(store, more, by="test", today=TODAY)
    assert len(ids(store)) == 3


def test_somebody_s_write_between_reading_and_writing_is_not_overwritten(tmp_path: Path) -> None:
    from graphsvc.ports import Put

    store, _ = run(tmp_path / "1", BASE)
    calls = []

    def meanwhile(stage: str, done: int, total: int) -> None:
        if stage == "write" and done == 0 and not calls:
            calls.append(stage)
            store.apply(
                [Put(Actor("a", "Entre-temps", ActorKind.ASSOCIATION, purpose="écrit à la main"))], by="x"
            )

    text = {"acteurs.csv": "id,nom,type\na,Nouveau,association\n"}
    run(tmp_path / "2", text, store, progress=meanwhile)
    assert (actor(store, "a").name, actor(store, "a").purpose) == ("Nouveau", "écrit à la main")

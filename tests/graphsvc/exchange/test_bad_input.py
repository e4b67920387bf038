from pathlib import Path

import pytest

from graphsvc.domain.records import RecordKind, Ref
from graphsvc.exchange.report import report_data
from tests.graphsvc.exchange.bundles import BASE, VOCABULARY, rules, run


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"relations.csv": "acteur_a,acteur_b,type\na,Association Alfa,partnership\n"},
            ("relations.csv", 2, "acteur_b", "Association Alfa", "unknown_actor"),
        ),
        (
            {"acteurs.csv": "id,nom,type,themes\nx,Nom,association,santé|Agriculture\n"},
            ("acteurs.csv", 2, "themes", "santé|Agriculture", "unknown_theme"),
        ),
        (
            {"acteurs.csv": "id,nom,type,territoires\nx,Nom,association,Kayes\n"},
            ("acteurs.csv", 2, "territoires", "Kayes", "ambiguous_place"),
        ),
        (
            {"acteurs.csv": "id,nom,type,fin\nx,Nom,association,2019-02-30\n"},
            ("acteurs.csv", 2, "fin", "2019-02-30", "date_impossible"),
        ),
        (
            {"acteurs.csv": "id,nom,type,fin\nx,Nom,association,bientôt\n"},
            ("acteurs.csv", 2, "fin", "bientôt", "date_form"),
        ),
        (
            {"acteurs.csv": "id,nom,type,Latitude,longitude\nx,Nom,association,91.5,2\n"},
            ("acteurs.csv", 2, "Latitude", "91.5", "latitude_range"),
        ),
        (
            {"acteurs.csv": "id,nom,type,latitude,longitude\nx,Nom,association,48.6,\n"},
            ("acteurs.csv", 2, "latitude", "48.6", "point_incomplete"),
        ),
        (
            {"acteurs.csv": "id,nom,type,latitude,longitude\nx,Nom,association,nord,2\n"},
            ("acteurs.csv", 2, "latitude", "nord", "number_form"),
        ),
        (
            {"acteurs.csv": "id,nom,type\nx,Un,association\nx,Deux,association\n"},
            ("acteurs.csv", 3, "id", "x", "duplicate_key"),
        ),
        (
            {
                "acteurs.csv": "id,nom,type,siren\nx,Un,association,123456789\n"
                "y,Deux,association,123 456 789\n"
            },
            ("acteurs.csv", 3, "siren", "123 456 789", "key_of_another"),
        ),
        (
            {"acteurs.csv": "id,nom,type,siren\nx,Un,association,12345\n"},
            ("acteurs.csv", 2, "siren", "12345", "siren_form"),
        ),
        (
            {"acteurs.csv": "id,nom,type\nx,,association\n"},
            ("acteurs.csv", 2, "nom", "", "required"),
        ),
        (
            {"acteurs.csv": "id,nom,type\nx,Nom,assoc.\n"},
            ("acteurs.csv", 2, "type", "assoc.", "unknown_code"),
        ),
        (
            {"acteurs.csv": "id,nom,type\nx,Nom,association,de trop\n"},
            ("acteurs.csv", 2, "", "x | Nom | association | de trop", "row_too_long"),
        ),
        (
            {"acteurs.csv": "id,nom,type\nx,Nom\n"},
            ("acteurs.csv", 2, "", "x | Nom", "row_too_short"),
        ),
        ({"acteurs.csv": ""}, ("acteurs.csv", 0, "", "", "empty_file")),
        ({"acteurs.csv": " \r\n\n"}, ("acteurs.csv", 0, "", "", "empty_file")),
        (
            {"acteurs.csv": "ident,intitulé\nx,Nom\n"},
            ("acteurs.csv", 1, "nom", "ident intitulé", "missing_columns"),
        ),
        (
            {"acteurs.csv": "id,Nom,type,nom\nx,Un,association,Deux\n"},
            ("acteurs.csv", 1, "nom", "nom", "duplicate_header"),
        ),
        (
            {"acteurs.csv": "id,nom,type\nx,Nom\0,association\n"},
            ("acteurs.csv", 2, "", "'\\x00'", "forbidden_character"),
        ),
        (
            {"acteurs.csv": 'id,nom,type\nx,"Nom,association\n'},
            ("acteurs.csv", 2, "", "", "quotes_unbalanced"),
        ),
        (
            {"acteurs.csv": "id,nom,type,niveau\nx,Nom,association,college\n"},
            ("acteurs.csv", 2, "niveau", "college", "level_of_school_only"),
        ),
        (
            {"acteurs.csv": "id,nom,type,pays\nx,Nom,association,Essonnie\n"},
            ("acteurs.csv", 2, "pays", "Essonnie", "unknown_country"),
        ),
        (
            {"acteurs.csv": "id,nom,type,commune\nx,Nom,association,Massy\n"},
            ("acteurs.csv", 2, "commune", "Massy", "ambiguous_municipality"),
        ),
        (
            {"acteurs.csv": "id,nom,type,commune\nx,Nom,association,Tombouctou\n"},
            ("acteurs.csv", 2, "commune", "Tombouctou", "unknown_municipality"),
        ),
        (
            {"acteurs.csv": "id,nom,type,code_insee\nx,Nom,association,99999\n"},
            ("acteurs.csv", 2, "code_insee", "99999", "unknown_place"),
        ),
        (
            {"acteurs.csv": "id,nom,type,site_web\nx,Un,association,javascript:alert(1)\n"},
            ("acteurs.csv", 2, "site_web", "javascript:alert(1)", "website_scheme"),
        ),
        (
            {"relations.csv": "acteur_a,acteur_b,type\na,a,partnership\n"},
            ("relations.csv", 2, "acteur_b", "a", "link_to_itself"),
        ),
        (
            {"relations.csv": "acteur_a,acteur_b,type\na,b,partnership\nb,a,partenariat\n"},
            ("relations.csv", 3, "id", "partnership~a~b~", "duplicate_key"),
        ),
        (
            {"relations.csv": "acteur_a,acteur_b,type,debut,fin\na,b,funding,2012,2011\n"},
            ("relations.csv", 2, "fin", "2011", "end_before_start"),
        ),
        (
            {"participations.csv": "projet,acteur\np9,a\n"},
            ("participations.csv", 2, "projet", "p9", "unknown_project"),
        ),
        (
            {"projets.csv": "id,titre\np,P\n", "participations.csv": "projet,acteur\np,a\np,AA\n"},
            ("participations.csv", 3, "acteur", "AA", "duplicate_key"),
        ),
        (
            {"annonces.csv": "id,titre,sens,nature,etat\nn,Titre,besoin,compétence,ouvert\n"},
            ("annonces.csv", 2, "acteur", "", "owner_required_unless_recorded"),
        ),
        (
            {"appels.csv": "id,titre,montant_max\nn,Titre,-5\n"},
            ("appels.csv", 2, "montant_max", "-5", "negative"),
        ),
        (
            {"territoires.csv": "code,nom,niveau,population\nX,Nom,country,beaucoup\n"},
            ("territoires.csv", 2, "population", "beaucoup", "whole_number_form"),
        ),
    ],
)
def test_each_mistake_is_told_by_file_line_column_and_value_and_nothing_is_written(
    files: dict[str, str], expected: tuple[str, int, str, str, str], tmp_path: Path
) -> None:
    base = VOCABULARY if "acteurs.csv" in files or "territoires.csv" in files else BASE
    _, report = run(tmp_path, {**base, **files})
    assert rules(report) == [expected]
    assert report.rejected[0].remedy.code
    assert report_data(report)["rejected"][0]["remedy"].keys() == {"code", "facts"}


def test_a_circle_of_parents_is_told_at_each_of_its_rows(tmp_path: Path) -> None:
    text = "id,nom,type,rattache_a\nx,Un,association,y\ny,Deux,association,x\nz,Trois,association,x\n"
    _, report = run(tmp_path, {"acteurs.csv": text})
    assert rules(report) == [
        ("acteurs.csv", 2, "rattache_a", "y", "cyclic_hierarchy"),
        ("acteurs.csv", 3, "rattache_a", "x", "cyclic_hierarchy"),
    ]


def test_an_unknown_name_proposes_those_that_resemble_it(tmp_path: Path) -> None:
    _, report = run(
        tmp_path, {**BASE, "relations.csv": "acteur_a,acteur_b,type\na,asociation beta,partnership\n"}
    )
    nearest = report.rejected[0].remedy.facts["nearest"]
    assert [entry["id"] for entry in nearest] == ["b", "a"]  # and not the committee Gamma


@pytest.mark.parametrize(
    ("written", "first"), [("Sénégale", "SN"), ("Burkina-Fasso", "BF"), ("Germanny", "DE")]
)
def test_an_unknown_country_proposes_those_that_resemble_it(tmp_path: Path, written: str, first: str) -> None:
    _, report = run(
        tmp_path, {**VOCABULARY, "acteurs.csv": f"id,nom,type,pays\nx,Un,association,{written}\n"}
    )
    remedy = report.rejected[0].remedy
    assert (remedy.code, remedy.facts["nearest"][0]["id"]) == ("nearest_entries", first)


def test_a_country_that_resembles_none_is_asked_by_its_code(tmp_path: Path) -> None:
    _, report = run(tmp_path, {**VOCABULARY, "acteurs.csv": "id,nom,type,pays\nx,Un,association,Xyzzy\n"})
    assert report.rejected[0].remedy.code == "country_code_or_name"


def test_an_ambiguous_name_lists_its_candidates(tmp_path: Path) -> None:
    files = {**VOCABULARY, "acteurs.csv": "id,nom,type,territoires\nx,Nom,association,kayes\n"}
    _, report = run(tmp_path, files)
    candidates = report.rejected[0].remedy.facts["candidates"]
    assert [(c["id"], c["level"]) for c in candidates] == [("ML-1", "region"), ("ML-kayes", "district")]


def test_a_line_number_counts_the_lines_inside_quoted_cells(tmp_path: Path) -> None:
    text = 'id,nom,type,objet\nx,Un,association,"trois\nlignes\r\nici"\n\ny,Deux,inconnu,\n'
    _, report = run(tmp_path, {"acteurs.csv": text})
    assert rules(report) == [("acteurs.csv", 6, "type", "inconnu", "unknown_code")]


def test_several_mistakes_are_all_told_at_once(tmp_path: Path) -> None:
    text = (
        "id,nom,type,fin,siren\nx,Un,assoc,hier,1\ny,Deux,association,2020,\nz,Trois,association,2020-13,\n"
    )
    _, report = run(tmp_path, {"acteurs.csv": text})
    assert [(r.line, r.column) for r in report.rejected] == [
        (2, "type"),
        (2, "fin"),
        (2, "siren"),
        (4, "fin"),
    ]


def test_without_partial_only_the_first_causes_are_listed(tmp_path: Path) -> None:
    files = {
        "acteurs.csv": "id,nom,type\na,Un,inconnu\nb,Deux,association\n",
        "relations.csv": "acteur_a,acteur_b,type\na,b,partnership\n",
    }
    _, report = run(tmp_path, files)
    assert [(r.file, r.rule) for r in report.rejected] == [("acteurs.csv", "unknown_code")]


def test_with_partial_the_sound_rows_enter_and_what_depends_on_a_rejected_row_is_rejected_too(
    tmp_path: Path,
) -> None:
    files = {
        "acteurs.csv": "id,nom,type,rattache_a\na,Un,inconnu,\nb,Deux,association,\nc,Trois,association,a\n"
        "d,Quatre,association,c\n",
        "relations.csv": "acteur_a,acteur_b,type\na,b,partnership\nd,b,partnership\nUn,b,funding\n",
        "projets.csv": "id,titre,debut\np,Bon,2010\nq,Mauvais,hier\n",
        "participations.csv": "projet,acteur\np,a\np,b\nq,b\n",
    }
    store, report = run(tmp_path, files, partial=True)
    assert [(r.file, r.line, r.rule) for r in report.rejected] == [
        ("acteurs.csv", 2, "unknown_code"),
        ("acteurs.csv", 4, "depends_on_rejected"),
        ("acteurs.csv", 5, "depends_on_rejected"),
        ("relations.csv", 2, "depends_on_rejected"),
        ("relations.csv", 3, "depends_on_rejected"),
        ("relations.csv", 4, "depends_on_rejected"),
        ("projets.csv", 3, "date_form"),
        ("participations.csv", 2, "depends_on_rejected"),
        ("participations.csv", 4, "depends_on_rejected"),
    ]
    assert report.rejected[1].remedy.facts == {"file": "acteurs.csv", "line": 2}
    assert {s.record.id for s in store.everything()} == {"b", "p"}
    assert [p.actor for p in store.get(Ref(RecordKind.PROJECT, "p")).record.participations] == ["b"]
    assert report.created == 2


def test_with_partial_a_file_that_cannot_be_read_takes_with_it_what_depends_on_it(tmp_path: Path) -> None:
    files = {
        "acteurs.csv": "identifiant,intitule\na,Un\n",
        "projets.csv": "id,titre\np,P\n",
        "participations.csv": "projet,acteur\np,a\n",
    }
    store, report = run(tmp_path, files, partial=True)
    assert [(r.file, r.rule) for r in report.rejected] == [
        ("acteurs.csv", "missing_columns"),
        ("participations.csv", "depends_on_rejected"),
    ]
    assert {s.record.id for s in store.everything()} == {"p"}


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path: Path) -> None:
    store, report = run(tmp_path, BASE, dry_run=True)
    assert (report.created, report.dry_run, report.revision) == (15, True, 0)
    assert store.is_empty()


def test_the_same_id_from_another_source_with_another_name_is_refused(tmp_path: Path) -> None:
    first = {"acteurs.csv": "id,nom,type,source\n1,Club Alpha,association,annuaire\n"}
    store, _ = run(tmp_path / "1", first)
    other = {"acteurs.csv": "id,nom,type,source\n1,Mairie de Bêta,commune,préfecture\n"}
    _, report = run(tmp_path / "2", other, store)
    assert rules(report) == [("acteurs.csv", 2, "id", "1", "id_of_another")]
    assert report.rejected[0].remedy.facts["name"] == "Club Alpha"
    same_name = {"acteurs.csv": "id,nom,type,source\n1,CLUB ALPHA,association,préfecture\n"}
    _, report = run(tmp_path / "3", same_name, store)
    assert (report.updated, report.rejected) == (1, ())


def test_a_siren_that_belongs_to_an_actor_of_the_store_is_refused_for_another_id(tmp_path: Path) -> None:
    store, _ = run(tmp_path / "1", {"acteurs.csv": "id,nom,type,siren\na,Un,association,123456789\n"})
    _, report = run(
        tmp_path / "2", {"acteurs.csv": "id,nom,type,siren\nb,Deux,association,123456789\n"}, store
    )
    assert rules(report) == [("acteurs.csv", 2, "siren", "123456789", "key_of_another")]
    assert report.rejected[0].remedy.facts["id"] == "a"


def test_values_in_a_report_are_cut(tmp_path: Path) -> None:
    _, report = run(tmp_path, {"acteurs.csv": f"id,nom,type\na,Un,{'x' * 5000}\n"})
    assert len(report.rejected[0].value) == 120


def test_a_wholly_wrong_file_is_answered_quickly_and_completely(tmp_path: Path) -> None:
    rows = "".join(f"inconnu {i},autre {i},partnership\n" for i in range(2000))
    _, report = run(tmp_path, {**BASE, "relations.csv": "acteur_a,acteur_b,type\n" + rows})
    assert len(report.rejected) == 4000

"""A refused row is told everything that is wrong with it, in the words of its file."""

from datetime import date
from pathlib import Path

import pytest

from graphsvc.domain.errors import BundleRejected, CyclicHierarchy, DanglingReference, DuplicateKey
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.domain.themes import Theme
from graphsvc.exchange.bundle import read_bundle
from graphsvc.exchange.refused_writes import rejection_of
from graphsvc.exchange.understand import Options, understand
from graphsvc.ports import Put, Withdraw
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.import_bundle import import_bundle
from tests.graphsvc.exchange.bundles import run


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"acteurs.csv": "id,nom,type,latitude,longitude,siren\nx,Nom,association,95,200,12\n"},
            [
                ("latitude", "95", "latitude_range"),
                ("longitude", "200", "longitude_range"),
                ("siren", "12", "siren_form"),
            ],
        ),
        (
            {"acteurs.csv": "id,nom,type,latitude,longitude,niveau\nx,,association,nord,200,college\n"},
            [
                ("nom", "", "required"),
                ("latitude", "nord", "number_form"),
                ("longitude", "200", "longitude_range"),
                ("niveau", "college", "level_of_school_only"),
            ],
        ),
        (
            {"acteurs.csv": "id,nom,type,latitude,longitude\nx,Nom,association,,2.5\n"},
            [("longitude", "2.5", "point_incomplete")],
        ),
        (
            {
                "annonces.csv": "id,sens,nature,titre,description,etat,publiee_le\n"
                "a,need,transport,Un conteneur,Appelez le 06 12 34 56 78,recorded,2026-01-02\n",
                "experiences.csv": "id,titre,conseils\nb,Un puits,Ecrire a president@amis.example\n",
            },
            [
                ("description", "Appelez le 06 12 34 56 78", "holds_phone"),
                ("conseils", "Ecrire a president@amis.example", "holds_email"),
            ],
        ),
        (
            {"acteurs.csv": "id,nom,type,rattache_a,rna,site_web\nx,Nom,association,x,W1,ftp://x\n"},
            [
                ("rattache_a", "x", "refers_to_itself"),
                ("rna", "W1", "rna_form"),
                ("site_web", "ftp://x", "website_scheme"),
            ],
        ),
        (
            {
                "acteurs.csv": "id,nom,type\nx,Nom,licorne\n",
                "relations.csv": "acteur_a,acteur_b,type,debut,fin\nx,x,partnership,2012,2011\n",
            },
            [
                ("type", "licorne", "unknown_code"),
                ("acteur_b", "x", "link_to_itself"),
                ("fin", "2011", "end_before_start"),
            ],
        ),
        (
            {"relations.csv": "acteur_a,acteur_b,type,fin\nzz,zz,amitié,2019-02-30\n"},
            [
                ("acteur_a", "zz", "unknown_actor"),
                ("acteur_b", "zz", "unknown_actor"),
                ("type", "amitié", "unknown_code"),
                ("fin", "2019-02-30", "date_impossible"),
            ],
        ),
        (
            {"experiences.csv": "id,titre,periode\nx,Titre,2012/2010\n"},
            [("periode", "2012/2010", "end_before_start")],
        ),
        (
            {"appels.csv": "id,titre,ouvre_le,ferme_le,montant_max,lien\nx,Titre,2012,2011,-5,ftp://x\n"},
            [
                ("ferme_le", "2011", "end_before_start"),
                ("lien", "ftp://x", "website_scheme"),
                ("montant_max", "-5", "negative"),
            ],
        ),
        (
            {
                "territoires.csv": "code,nom,niveau,population,latitude,longitude,alias\n"
                "X,Nom,country,-5,99,5,'\\ \n"
            },
            [
                ("latitude", "99", "latitude_range"),
                ("alias", "\\ ", "blank_in_list"),
                ("population", "-5", "negative"),
            ],
        ),
    ],
)
def test_a_row_is_told_all_its_faults_at_once_in_the_words_of_the_file(
    tmp_path: Path, files: dict[str, str], expected: list[tuple[str, str, str]]
) -> None:
    _, report = run(tmp_path, files)
    assert sorted((r.column, r.value, r.rule) for r in report.rejected) == sorted(expected)


def test_a_write_that_the_store_refuses_is_told_by_its_row(tmp_path: Path) -> None:
    store = MemoryStore()
    bundle = tmp_path / "b"
    bundle.mkdir()
    (bundle / "acteurs.csv").write_text(
        "id,nom,type,themes,siren\nx,Nom,association,eau,123456789\n", encoding="utf-8"
    )
    (bundle / "themes.csv").write_text("code,libelle\neau,Eau\n", encoding="utf-8")
    understood = understand(read_bundle(bundle), store, Options(date(2026, 11, 2)))
    for refusal, expected in (
        (DanglingReference("actor", "x", "themes", "theme", "eau"), ("themes", "eau", "unknown_theme")),
        (DuplicateKey("siren:123456789", "x", "y"), ("siren", "123456789", "key_of_another")),
        (DuplicateKey("x", "x", "y"), ("id", "x", "key_of_another")),
        (CyclicHierarchy("theme", "eau"), ("parent", "", "cyclic_hierarchy")),
    ):
        found = rejection_of(refusal, understood.origins)
        assert found is not None
        assert (found.column, found.value, found.rule) == expected
        assert (found.file.endswith(".csv"), found.line) == (True, 2)
    assert rejection_of(DuplicateKey("q", "q", "y"), understood.origins) is None


class ChangingStore(MemoryStore):
    """Somebody takes a theme out between the reading of a bundle and its writing."""

    def apply(self, changes, **how):
        if (how.get("idempotency_key") or "").startswith("import:") and self.resolve(RecordKind.THEME, "eau"):
            super().apply([Withdraw(Ref(RecordKind.THEME, "eau"))], by="other")
        return super().apply(changes, **how)


def test_what_changed_while_a_bundle_was_read_is_told_by_its_row(tmp_path: Path) -> None:
    store = ChangingStore()
    store.apply([Put(Theme("eau", "Eau"))], by="x")
    table = tmp_path / "acteurs.csv"
    table.write_text("id,nom,type,themes\na,A,association,\nb,B,association,eau\n", encoding="utf-8")
    with pytest.raises(BundleRejected) as refused:
        import_bundle(store, table, by="x", today=date(2026, 11, 2))
    (row,) = refused.value.report.rejected
    assert (row.file, row.line, row.column, row.value, row.rule) == (
        "acteurs.csv",
        3,
        "themes",
        "eau",
        "unknown_theme",
    )
    assert store.counts()[RecordKind.ACTOR] == 0

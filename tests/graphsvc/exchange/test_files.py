import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.domain.records import RecordKind, Ref
from graphsvc.exchange.archives import Limits
from graphsvc.exchange.bundle import read_bundle
from graphsvc.exchange.encodings import decode
from tests.graphsvc.exchange.bundles import ACTORS, BASE, VOCABULARY, rules, run, written

SENTENCES = [
    "Comité de jumelage d'Évry, créé en février à Étampes",
    "L'association œuvre à l'accès à l'eau, où que ce soit : « fraternité »",
    "Où êtes-vous ? Ça va très bien, merci — le maïs pousse à Ségou",
    "Théâtre de l'Agora, Lycée Léonard-de-Vinci",
    "ÉCOLE ÉLÉMENTAIRE DE BRÉTIGNY, Forêt, île, août, où",
    "Société générale de l'énergie",
]


def _writable(sentence: str, encoding: str) -> bool:
    try:
        sentence.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"]
WRITABLE = [(text, encoding) for text in SENTENCES for encoding in ENCODINGS if _writable(text, encoding)]


@pytest.mark.parametrize(("sentence", "encoding"), WRITABLE)
def test_a_french_text_is_read_in_the_encoding_it_was_written_in(sentence: str, encoding: str) -> None:
    decoded = decode(sentence.encode(encoding))
    assert decoded is not None
    assert decoded.text == sentence


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reading_fail(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)


def test_the_report_says_a_guessed_encoding_and_another_separator(tmp_path: Path) -> None:
    text = "Id;NOM;Type\r\nx;Société d'Évry;Association\r\n"
    store, report = run(tmp_path, {"acteurs.csv": text.encode("cp1252")})
    assert store.get(Ref(RecordKind.ACTOR, "x")).record.name == "Société d'Évry"
    said = {n.code: dict(n.facts) for n in report.notices}
    assert said["encoding_recognised"] == {"file": "acteurs.csv", "encoding": "cp1252", "guessed": True}
    assert said["separator_recognised"] == {"file": "acteurs.csv", "separator": ";"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_are_recognised_even_when_cells_hold_others(separator: str, tmp_path: Path) -> None:
    head = separator.join(["id", "nom", "type", "objet"])
    row = separator.join(["x", '"Nom, avec; des\tsignes"', "association", '"a;b,c\td"'])
    store, _ = run(tmp_path, {"acteurs.csv": f"{head}\n{row}\n"})
    assert store.get(Ref(RecordKind.ACTOR, "x")).record.name == "Nom, avec; des\tsignes"


def test_a_spreadsheet_s_own_separator_line_is_understood(tmp_path: Path) -> None:
    store, report = run(
        tmp_path, {"acteurs.csv": "sep=;\r\nid;nom;type\r\nx;Nom;association\r\ny;Nom;zzz\r\n"}, partial=True
    )
    assert {s.record.id for s in store.everything()} == {"x"}
    assert report.rejected[0].line == 4


@pytest.mark.parametrize(
    "header",
    [
        "id,nom,sigle,autres_noms,type,code_insee",
        "ID,Nom,SIGLE,Autres noms,Type,Code INSEE",
        "Identifiant,nom,sigle,autres-noms,TYPE,code-insee",
        "id,name,acronym,other_names,kind,insee",
    ],
)
def test_headers_are_matched_without_case_accents_spaces_and_hyphens_in_both_languages(
    header: str, tmp_path: Path
) -> None:
    store, report = run(
        tmp_path, {**VOCABULARY, "acteurs.csv": f"{header}\nx,Nom,N,Ancien,association,91377\n"}
    )
    assert not report.ignored_columns
    actor = store.get(Ref(RecordKind.ACTOR, "x")).record
    assert (actor.acronym, actor.other_names[0].text, actor.seat) == ("N", "Ancien", "91377")


def test_an_unknown_column_is_said_to_be_ignored(tmp_path: Path) -> None:
    _, report = run(tmp_path, {"acteurs.csv": "id,nom,type,Téléphone\nx,Nom,association,01\n"})
    assert [(c.file, c.column) for c in report.ignored_columns] == [("acteurs.csv", "Téléphone")]


def test_a_single_file_of_any_name_is_recognised_by_its_headers(tmp_path: Path) -> None:
    folder = written(tmp_path, {"liste 2026.csv": "nom,type,sigle\nAlpha,association,A\n"})
    bundle = read_bundle(folder / "liste 2026.csv")
    assert [t.spec.name for t in bundle.tables] == ["actors"]
    unknown = read_bundle(written(tmp_path, {"autre.csv": "a,b\n1,2\n"}) / "autre.csv")
    assert [(r.file, r.rule) for r in unknown.rejected] == [("autre.csv", "unknown_table")]


def test_other_files_of_a_folder_are_told_and_left_alone(tmp_path: Path) -> None:
    _, report = run(tmp_path, {**BASE, "LISEZMOI.md": "# rien", "divers.csv": "a,b\n1,2\n"})
    ignored = {n.facts["file"] for n in report.notices if n.code == "file_ignored"}
    assert ignored == {"LISEZMOI.md", "divers.csv"}
    assert report.created == 15


def test_a_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    bundle = read_bundle(written(tmp_path, {"acteurs.xlsx": b"PK\x03\x04"}) / "acteurs.xlsx")
    assert [(r.rule, r.remedy.code) for r in bundle.rejected] == [("workbook_not_read", "save_as_csv_or_zip")]


def test_a_missing_path_and_an_empty_folder_are_said(tmp_path: Path) -> None:
    assert [r.rule for r in read_bundle(tmp_path / "rien.csv").rejected] == ["file_not_found"]
    assert [r.rule for r in read_bundle(tmp_path).rejected] == ["no_table_found"]


def zipped(path: Path, files: dict[str, str], **options: object) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("kind", ["pipe", "device", "link to itself"])
def test_what_never_ends_or_never_begins_is_refused_not_waited_for(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "acteurs.csv"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero" if kind == "device" else path)
    assert [r.rule for r in read_bundle(tmp_path).rejected] == ["file_unreadable"]


def test_a_zip_with_nested_folders_is_read(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "b.zip",
        {"export/2026/acteurs.csv": ACTORS, "__MACOSX/export/._acteurs.csv": "x", "export/.DS_Store": "x"},
    )
    bundle = read_bundle(path)
    assert [(t.file, len(t.rows)) for t in bundle.tables] == [("export/2026/acteurs.csv", 3)]
    assert not bundle.rejected


@pytest.mark.parametrize(
    "name", ["../acteurs.csv", "/etc/acteurs.csv", "a/../../acteurs.csv", "C:\\acteurs.csv"]
)
def test_a_zip_that_points_outside_is_refused(name: str, tmp_path: Path) -> None:
    assert [r.rule for r in read_bundle(zipped(tmp_path / "b.zip", {name: ACTORS})).rejected] == [
        "zip_path_outside"
    ]


def test_a_zip_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    ratio = zipped(tmp_path / "a.zip", {"acteurs.csv": "a" * 5_000_000})
    assert [r.rule for r in read_bundle(ratio).rejected] == ["zip_ratio"]
    large = zipped(tmp_path / "b.zip", {"acteurs.csv": "a" * 11_000_000})
    assert [r.rule for r in read_bundle(large).rejected] == ["file_too_large"]
    many = zipped(tmp_path / "c.zip", {f"{i}.csv": "a" for i in range(65)})
    assert [r.rule for r in read_bundle(many).rejected] == ["too_many_files"]
    limits = Limits(file_bytes=1000, total_bytes=1500)
    heavy = zipped(tmp_path / "d.zip", {f"{i}.csv": "ab" * 450 for i in range(2)})
    assert [r.rule for r in read_bundle(heavy, limits=limits).rejected] == ["archive_too_large"]


def test_an_archive_that_lies_about_its_sizes_is_not_believed(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("acteurs.csv", "a" * 40_000_000)
    data = bytearray(buffer.getvalue())
    real, small = (40_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    lying = bytes(data).replace(real, small)
    path = tmp_path / "b.zip"
    path.write_bytes(lying)
    bundle = read_bundle(path)
    assert bundle.rejected
    assert not bundle.tables


def test_an_encrypted_or_broken_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", {"acteurs.csv": ACTORS})
    data = bytearray(path.read_bytes())
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + shift] |= 1
    path.write_bytes(bytes(data))
    assert [r.rule for r in read_bundle(path).rejected] == ["zip_encrypted"]
    path.write_bytes(b"PK\x03\x04 rien")
    assert [r.rule for r in read_bundle(path).rejected] == ["zip_unreadable"]


def test_a_large_file_is_refused_unless_a_larger_limit_is_given(tmp_path: Path) -> None:
    rows = "".join(f"x{i},Nom {i},association\n" for i in range(100))
    folder = written(tmp_path, {"acteurs.csv": "id,nom,type\n" + rows})
    assert [r.rule for r in read_bundle(folder, limits=Limits(file_bytes=500)).rejected] == ["file_too_large"]
    assert not read_bundle(folder).rejected


def test_a_cell_longer_than_the_limit_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, {"acteurs.csv": f"id,nom,type\nx,{'a' * (1024 * 1024 + 1)},association\n"})
    assert [(r.line, r.rule) for r in read_bundle(folder).rejected] == [(2, "field_too_long")]


@settings(max_examples=150, deadline=None)
@given(flips=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=12))
def test_damaged_files_are_read_or_refused_with_a_line_and_a_reason_never_a_crash(
    flips: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    for name, text in BASE.items():
        data = bytearray(text.encode())
        for place, byte in flips:
            data[place % len(data)] = byte
        (folder / name).write_bytes(bytes(data))
    _, report = run(folder, {})
    assert all(r.file and r.rule and r.remedy.code and r.line >= 0 for r in report.rejected)
    assert rules(report) == [] or report.created == 0

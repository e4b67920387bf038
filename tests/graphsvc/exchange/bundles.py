"""Small bundles written for a test, and what importing them says."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graphsvc.domain.errors import BundleRejected
from graphsvc.exchange.report import ImportReport, Rejection
from graphsvc.ports import GraphStore
from graphsvc.stores.memory import MemoryStore
from graphsvc.usecases.import_bundle import import_bundle

TODAY = date(2030, 1, 1)
PLACES = """code,nom,niveau,parent,alias
FR,France,country,,
91228,Évry-Courcouronnes,municipality,FR,Évry
91377,Massy,municipality,FR,
78000,Massy,municipality,FR,
91661,Villejust,municipality,FR,
91657,Vigneux-sur-Seine,municipality,FR,
ML,Mali,country,,
ML-1,Kayes,region,ML,Région de Kayes
ML-kayes,Kayes,district,ML-1,Cercle de Kayes
"""
THEMES = "code,libelle,synonymes\nhealth,Santé,soins|médecine\nwater,Eau et assainissement,\n"
SKILLS = "code,libelle\naccounting,Comptabilité\n"
ACTORS = """id,nom,type,sigle
a,Association Alpha,association,AA
b,Association Bêta,association,
c,Comité Gamma,twinning_committee,
"""
VOCABULARY = {"territoires.csv": PLACES, "themes.csv": THEMES, "competences.csv": SKILLS}
BASE = {**VOCABULARY, "acteurs.csv": ACTORS}


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def run(
    folder: Path, files: Mapping[str, str | bytes], store: GraphStore | None = None, **options: Any
) -> tuple[GraphStore, ImportReport]:
    """The store and the report, whether the bundle was accepted or refused."""
    store = store or MemoryStore()
    before = [s.record for s in store.everything()], store.info().revision
    try:
        return store, import_bundle(store, written(folder, files), by="test", today=TODAY, **options)
    except BundleRejected as refusal:
        report = refusal.report
    now = [s.record for s in store.everything()], store.info().revision
    if now != before or not isinstance(report, ImportReport) or not report.rejected:
        raise AssertionError("half-written, or refused without a reason")
    return store, report


def told(rejection: Rejection) -> tuple[str, int, str, str, str]:
    return rejection.file, rejection.line, rejection.column, rejection.value, rejection.rule


def rules(report: ImportReport) -> list[tuple[str, int, str, str, str]]:
    return [told(r) for r in report.rejected]

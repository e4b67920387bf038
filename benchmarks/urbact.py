"""The URBACT city networks as a bundle of the exchange format: a real network to evaluate the matcher on.

591 European cities are actors, 172 thematic networks are projects with their keywords as themes, 1,510
memberships are participations. The data name no licence: they are read from where `MAILLAGE_BENCH_DATA`
points and never copied into the project. Cities have neither text, themes nor territories of their own: what
is known of them is where they are and what they took part in.
"""

import csv
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = "urbact_city_networks"
SETTING = "MAILLAGE_BENCH_DATA"
LARGEST_CELL = 1_000_000
MISSING = "NA"


def urbact_folder(env: Mapping[str, str] = os.environ) -> Path | None:
    """Where the data are; None when the setting is missing or points elsewhere."""
    given = env.get(SETTING)
    folder = Path(given) / FOLDER if given else None
    return folder if folder is not None and (folder / "memberships.csv").is_file() else None


def write_urbact_bundle(source: Path, folder: Path) -> Path:
    """Write the tables of the exchange format in `folder`, made if needed; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    members, networks = _read(source / "memberships.csv"), _read(source / "networks.csv")
    cities: dict[str, dict[str, str]] = {}
    for row in members:
        cities.setdefault(row["geonameId"], row)
    topics = sorted({topic for row in networks for topic in _topics(row)})
    _write(folder / "themes.csv", ("code", "libelle"), [(_code(t), t) for t in topics])
    _write(
        folder / "acteurs.csv",
        ("id", "nom", "autres_noms", "type", "pays", "latitude", "longitude", "source"),
        [
            (
                f"city-{key}",
                row["NameCity"],
                row["asciiName"] if row["NameCity"] != row["asciiName"] else "",
                "commune",
                {"UK": "GB"}.get(row["Country"], row["Country"]),
                row["lat_GN"].replace(",", "."),
                row["lng_GN"].replace(",", "."),
                FOLDER,
            )
            for key, row in sorted(cities.items())
        ],
    )
    _write(
        folder / "projets.csv",
        ("id", "titre", "themes", "debut", "fin", "description", "source"),
        [
            (
                f"network-{row['Code_Network']}",
                row["Name"] or row["Description"],
                "|".join(sorted({_code(t) for t in _topics(row)})),
                row["Start"],
                row["End"],
                " ".join(f"{row['Description']} {row['Aims']}".split()).replace("|", "/"),
                FOLDER,
            )
            for row in networks
        ],
    )
    parts = {(row["Code_Network"], row["geonameId"]): row for row in members}
    _write(
        folder / "participations.csv",
        ("projet", "acteur", "role"),
        [
            (
                f"network-{code}",
                f"city-{city}",
                "lead" if row["City.Statut"].startswith("Lead") else "partner",
            )
            for (code, city), row in sorted(parts.items())
        ],
    )
    return folder


def _topics(row: Mapping[str, str]) -> set[str]:
    """Main and additional keywords, spelt one way."""
    parts = [row["Main.Key.Word"], *row["Additionnal.key.words"].split("/")]
    return {" ".join(p.split()).capitalize() for p in parts if p.strip()}


def _code(topic: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in topic.lower()).split())


def _read(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(LARGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    return [{name: "" if cell == MISSING else cell for name, cell in row.items()} for row in rows]


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(header)
        writer.writerows(rows)

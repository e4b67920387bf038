"""What an import says of a refused row: the rule that was broken, and what to do. French, then English."""

from collections.abc import Mapping, Sequence
from typing import Any

from web.french import typeset

IMPORT_RULES: dict[str, tuple[str, str]] = {
    "archive_too_large": ("l'archive est trop volumineuse", "the archive is too large"),
    "empty_file": ("le fichier est vide", "the file is empty"),
    "encoding_unreadable": ("l'encodage du texte n'est pas reconnu", "the text encoding is not recognised"),
    "field_too_long": ("une cellule est trop longue", "a cell is too long"),
    "file_not_found": ("le fichier n'existe pas", "the file does not exist"),
    "file_too_large": ("le fichier est trop volumineux", "the file is too large"),
    "file_unreadable": ("le fichier ne peut pas être lu", "the file cannot be read"),
    "missing_columns": ("une colonne obligatoire manque", "a required column is missing"),
    "duplicate_header": ("une colonne figure deux fois", "a column appears twice"),
    "no_table_found": (
        "aucun fichier du format d'échange n'a été trouvé",
        "no file of the exchange format was found",
    ),
    "quotes_unbalanced": ("un guillemet n'est pas refermé", "a quotation mark is not closed"),
    "too_many_files": ("il y a trop de fichiers", "there are too many files"),
    "unknown_table": (
        "ce fichier n'est pas une table du format d'échange",
        "this file is not a table of the exchange format",
    ),
    "workbook_not_read": ("les classeurs ne sont pas encore lus", "workbooks are not read yet"),
    "zip_encrypted": ("l'archive est protégée par un mot de passe", "the archive is protected by a password"),
    "zip_link": (
        "l'archive contient un lien vers un autre fichier",
        "the archive holds a link to another file",
    ),
    "zip_path_outside": (
        "l'archive contient un chemin qui sort du dossier",
        "the archive holds a path outside its folder",
    ),
    "zip_ratio": ("l'archive est comprimée de façon suspecte", "the archive is suspiciously compressed"),
    "zip_unreadable": ("l'archive est endommagée", "the archive is damaged"),
    "ambiguous_municipality": ("plusieurs communes portent ce nom", "several communes bear this name"),
    "depends_on_rejected": ("la ligne dépend d'une ligne rejetée", "the row depends on a rejected row"),
    "duplicate_key": ("cette clé figure deux fois", "this key appears twice"),
    "cyclic_hierarchy": (
        "la chaîne des parents revient à son point de départ",
        "the chain of parents comes back to its start",
    ),
    "id_of_another": (
        "cet identifiant désigne déjà un autre acteur, d'une autre source",
        "this id already names another actor, from another source",
    ),
    "key_of_another": (
        "ce numéro appartient déjà à un autre acteur",
        "this number already belongs to another actor",
    ),
    "number_form": ("ce n'est pas un nombre", "this is not a number"),
    "whole_number_form": ("ce n'est pas un nombre entier", "this is not a whole number"),
    "row_too_long": ("la ligne a plus de cellules que l'en-tête", "the row has more cells than the header"),
    "row_too_short": (
        "la ligne a moins de cellules que l'en-tête",
        "the row has fewer cells than the header",
    ),
    "unknown_code": (
        "ce code ou ce libellé n'est pas dans la liste",
        "this code or label is not in the list",
    ),
    "unknown_country": ("ce pays n'est pas reconnu", "this country is not recognised"),
    "unknown_municipality": ("cette commune n'est pas reconnue", "this commune is not recognised"),
}
_KINDS = {
    "actor": ("acteur", "actor", "m"),
    "agreement": ("accord", "agreement", "m"),
    "event": ("événement", "event", "m"),
    "place": ("territoire", "place", "m"),
    "project": ("projet", "project", "m"),
    "skill": ("compétence", "skill", "f"),
    "theme": ("thème", "theme", "m"),
}
for _code, (_french, _english, _gender) in _KINDS.items():
    _ending = "e" if _gender == "f" else ""
    IMPORT_RULES[f"unknown_{_code}"] = (f"{_french} inconnu{_ending}", f"unknown {_english}")
    IMPORT_RULES[f"ambiguous_{_code}"] = (
        f"plusieurs {_french}s répondent à ce nom",
        f"several {_english}s answer to this name",
    )

IMPORT_REMEDIES: dict[str, tuple[str, str]] = {
    "accepted_codes": ("Valeurs admises : {accepted}.", "Accepted values: {accepted}."),
    "cells_expected": (
        "Attendu : {expected} cellules ; trouvé : {found}. Vérifiez le séparateur et les guillemets.",
        "Expected {expected} cells, found {found}. Check the separator and the quotation marks.",
    ),
    "check_path": ("Vérifiez le chemin et les droits de lecture.", "Check the path and the reading rights."),
    "choose_key": (
        "Remplacez le nom par l'un de ces identifiants : {candidates}.",
        "Replace the name by one of these ids: {candidates}.",
    ),
    "choose_other_id": ("Choisissez un autre identifiant.", "Choose another id."),
    "correct_first": ("Corrigez d'abord {file}, ligne {line}.", "Correct {file}, line {line}, first."),
    "country_code_or_name": (
        "Écrivez le code ISO de deux lettres ou le nom français du pays.",
        "Write the two-letter ISO code or the name of the country.",
    ),
    "cut_circle": (
        "Retirez l'un des parents de ce cercle : {circle}.",
        "Remove one of the parents of this circle: {circle}.",
    ),
    "date_forms": (
        "Écrivez 2012, 2012-05, 2012-05-31 ou 31/05/2012.",
        "Write 2012, 2012-05, 2012-05-31 or 31/05/2012.",
    ),
    "expected_columns": ("Colonnes attendues : {expected}.", "Expected columns: {expected}."),
    "fill_cell": ("Remplissez la cellule.", "Fill the cell."),
    "give_id": ("Donnez l'identifiant : {candidates}.", "Give the id: {candidates}."),
    "give_insee_code": (
        "Donnez le code INSEE dans la colonne code_insee : {candidates}.",
        "Give the INSEE code in column code_insee: {candidates}.",
    ),
    "headers_expected": (
        "La première ligne doit porter les noms des colonnes. Tables connues : {tables}.",
        "The first line must hold the names of the columns. Known tables: {tables}.",
    ),
    "name_of_table": (
        "Donnez au fichier le nom d'une table : {tables}.",
        "Name the file after a table: {tables}.",
    ),
    "names_of_tables": (
        "Nommez les fichiers comme le format : acteurs.csv, relations.csv, projets.csv…",
        "Name the files as the format does: acteurs.csv, relations.csv, projets.csv…",
    ),
    "nearest_entries": ("Entrées les plus proches : {nearest}.", "Nearest entries: {nearest}."),
    "one_column_each": ("Gardez une seule colonne « {column} ».", "Keep one column “{column}”."),
    "one_row_each": ("Gardez une seule ligne pour cette clé.", "Keep one row for this key."),
    "period_forms": (
        "Écrivez la période entre parenthèses : (1983/2000), (1983/) ou (/2000).",
        "Write the period in brackets: (1983/2000), (1983/) or (/2000).",
    ),
    "same_actor_or_other_number": (
        "S'il s'agit du même acteur, donnez le même identifiant ; sinon, corrigez le numéro.",
        "If it is the same actor, give the same id; else mend the number.",
    ),
    "save_as_csv_or_zip": (
        "Enregistrez les feuilles en CSV, ou en une archive .zip.",
        "Save the sheets as CSV, or as a .zip archive.",
    ),
    "save_as_utf8": ("Enregistrez le fichier en UTF-8.", "Save the file as UTF-8."),
    "zip_again": (
        "Refaites l'archive à partir des fichiers d'origine.",
        "Make the archive again from the original files.",
    ),
    "zip_without_password": (
        "Refaites l'archive sans mot de passe.",
        "Make the archive again without a password.",
    ),
}


IMPORT_NOTICES: dict[str, tuple[str, str]] = {
    "commune_understood": (
        "{file}, ligne {line} : « {value} » compris comme {name} ({id}).",
        "{file}, line {line}: “{value}” understood as {name} ({id}).",
    ),
    "confirmed_in_future": (
        "{file} : {rows} lignes confirmées à une date à venir.",
        "{file}: {rows} rows confirmed at a date to come.",
    ),
    "encoding_recognised": (
        "{file} : encodage reconnu, {encoding}.",
        "{file}: encoding recognised, {encoding}.",
    ),
    "file_ignored": ("{file} : fichier laissé de côté.", "{file}: file left aside."),
    "link_within_merged_left_out": (
        "{file}, ligne {line} : lien entre deux fiches fusionnées, laissé de côté.",
        "{file}, line {line}: link between two merged records, left aside.",
    ),
    "merged_record_left_out": (
        "{file}, ligne {line} : fiche fusionnée avec une autre, laissée de côté.",
        "{file}, line {line}: record merged into another, left aside.",
    ),
    "separator_recognised": (
        "{file} : séparateur reconnu, « {separator} ».",
        "{file}: separator recognised, “{separator}”.",
    ),
}


def notice_sentence(code: str, facts: Mapping[str, Any], lang: str) -> str:
    """What an import understood or left out."""
    shown = _Facts({name: _shown(value) for name, value in facts.items()})
    text = IMPORT_NOTICES[code][0 if lang == "fr" else 1].format_map(shown)
    return typeset(text) if lang == "fr" else text


def remedy_sentence(code: str, facts: Mapping[str, Any], column: int) -> str | None:
    """The sentence of a remedy that has one of its own; None for one that says its rule again."""
    template = IMPORT_REMEDIES.get(code)
    if template is None:
        return None
    if code == "nearest_entries" and not facts.get("nearest"):
        return (
            "Rien ne lui ressemble : ajoutez-le, ou corrigez le nom.",
            "Nothing resembles it: add it, or mend the name.",
        )[column]
    return template[column].format_map(_Facts({name: _shown(value) for name, value in facts.items()}))


class _Facts(dict[str, str]):
    """Facts by name; one that was not given is left blank rather than failing the report."""

    def __missing__(self, _name: str) -> str:
        return "…"


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        name = str(value.get("name") or value.get("label") or "")
        id_ = str(value.get("id") or value.get("code") or "")
        return f"{name} ({id_})" if name and id_ and name != id_ else name or id_
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_shown(v) for v in value) or "aucune"
    return str(value)

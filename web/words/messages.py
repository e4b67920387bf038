"""Refusals as sentences: what happened and what to do, from an error's code and facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphsvc.domain.errors import InvalidValue, MaillageError
from web.french import typeset
from web.language import column, in_french
from web.words.accounts import ACCOUNT_RULES, ACCOUNT_SENTENCES
from web.words.coordination_rules import COORDINATION_RULES
from web.words.field_names import field_name
from web.words.imports import IMPORT_RULES, remedy_sentence
from web.words.introduction_rules import INTRODUCTION_RULES, INTRODUCTION_SENTENCES
from web.words.meeting_rules import MEETING_RULES
from web.words.publishing_rules import PUBLISHING_RULES, PUBLISHING_SENTENCES
from web.words.site_rules import SITE_RULES, SITE_SENTENCES
from web.words.store_reasons import store_reason

RULES: dict[str, tuple[str, str]] = {
    "share_range": (
        "la part cachée va de 0, exclu, à 0,5 : écrivez par exemple 0.2",
        "the share to hide goes from 0, excluded, to 0.5: write 0.2 for instance",
    ),
    "at_least_one": ("il en faut au moins 1", "at least 1 is needed"),
    "required": ("la valeur est obligatoire", "a value is required"),
    "date_form": (
        "la date n'est pas lisible : écrivez 2012, 2012-05, 2012-05-31 ou 31/05/2012",
        "the date cannot be read: write 2012, 2012-05, 2012-05-31 or 31/05/2012",
    ),
    "date_impossible": (
        "cette date n'existe pas dans le calendrier",
        "this date does not exist in the calendar",
    ),
    "end_before_start": (
        "la fin précède le début : corrigez l'une des deux dates",
        "the end comes before the start",
    ),
    "negative": ("le nombre doit être positif ou nul", "the number must not be negative"),
    "forbidden_character": (
        "le texte contient un caractère interdit (NUL ou demi-caractère) : retirez-le",
        "the text holds a forbidden character (NUL or lone surrogate): remove it",
    ),
    "key_form": (
        "l'identifiant doit avoir de 1 à 200 caractères, sans espace autour ni caractère de contrôle",
        "the key must have 1 to 200 characters, no outer space and no control character",
    ),
    "point_incomplete": (
        "latitude et longitude vont ensemble : donnez les deux ou aucune",
        "give both latitude and longitude, or neither",
    ),
    "latitude_range": (
        "la latitude doit être comprise entre -90 et 90 degrés",
        "latitude must be between -90 and 90 degrees",
    ),
    "longitude_range": (
        "la longitude doit être comprise entre -180 et 180 degrés",
        "longitude must be between -180 and 180 degrees",
    ),
    "level_of_school_only": (
        "le niveau ne se donne que pour un établissement scolaire",
        "only a school has a level",
    ),
    "refers_to_itself": (
        "un acteur ne peut pas se rattacher ni succéder à lui-même",
        "an actor cannot be its own parent or successor",
    ),
    "country_code": (
        "le pays s'écrit avec son code ISO de deux lettres, par exemple FR ou ML",
        "write the country as two ISO letters, for example FR or ML",
    ),
    "siren_form": ("un SIREN compte neuf chiffres", "a SIREN has nine digits"),
    "rna_form": (
        "un numéro RNA compte un W suivi de neuf caractères",
        "an RNA number is a W followed by nine characters",
    ),
    "website_scheme": (
        "l'adresse d'un site commence par http:// ou https://",
        "a web address begins with http:// or https://",
    ),
    "port_taken": (
        "cette adresse ne peut pas être écoutée : un autre programme s'en sert peut-être ; choisissez --port",
        "this address cannot be listened on: another program may use it; choose another --port",
    ),
    "path_exists": (
        "ce fichier ou ce dossier existe déjà : choisissez un autre nom, ou --force pour le remplacer",
        "this file or folder exists already: choose another name, or --force to replace it",
    ),
    "text_too_long": (
        "le texte est trop long : 500 caractères suffisent",
        "the text is too long: 500 characters are enough",
    ),
    "path_is_folder": (
        "c'est un dossier : donnez le nom d'un fichier",
        "this is a folder: give the name of a file",
    ),
    "search_blank": (
        "il n'y a rien à chercher : écrivez au moins une lettre ou un chiffre du nom, par exemple « kayes »",
        "there is nothing to look for: write at least one letter or digit of the name, such as “kayes”",
    ),
    "holds_email": (
        "le texte est public et contient une adresse électronique : retirez-la",
        "the text is public and holds an e-mail address: remove it",
    ),
    "holds_phone": (
        "le texte est public et contient un numéro de téléphone : retirez-le",
        "the text is public and holds a telephone number: remove it",
    ),
    "blank_in_list": (
        "une valeur de la liste est vide : retirez-la",
        "a value of the list is blank: remove it",
    ),
    "cell_too_long": (
        "un classeur ne tient pas une cellule de plus de 32 767 caractères : exportez en tables",
        "a workbook holds no cell of more than 32,767 characters: export as tables",
    ),
    "sheet_too_long": (
        "un classeur ne tient pas plus d'un million de lignes par feuille : exportez en tables",
        "a workbook holds no more than a million rows a sheet: export as tables",
    ),
    "merge_with_itself": (
        "c'est deux fois le même acteur : donnez deux fiches différentes",
        "this is the same actor twice: give two different records",
    ),
    "unreadable_file": (
        "ce fichier ne se lit pas comme du texte UTF-8 : vérifiez son nom et son contenu",
        "this file cannot be read as UTF-8 text: check its name and content",
    ),
    "link_to_itself": ("un lien joint deux acteurs différents", "a link joins two different actors"),
    "party_twice": ("le même acteur est deux fois partie à l'accord", "the same actor is twice a party"),
    "participation_twice": (
        "le même acteur tient deux fois le même rôle dans le projet",
        "the same actor has the same role twice in the project",
    ),
    "attendance_twice": (
        "le même acteur est noté deux fois avec le même rôle",
        "the same actor is noted twice with the same role",
    ),
    "adopts_itself": ("une annonce ne se reprend pas elle-même", "an announcement cannot take itself up"),
    "owner_required_unless_recorded": (
        "une annonce a un auteur, sauf un besoin recueilli (état « recorded »)",
        "an announcement has an owner, unless it is a recorded need",
    ),
}

SENTENCES: dict[str, tuple[str, str]] = {
    "model_too_few_links": (
        "Le réseau connaît trop peu de coopérations pour en apprendre un classement ; celui par défaut reste en usage.",
        "The network knows too few cooperations to learn an order from; the default one stays in use.",
    ),
    "model_unreadable": (
        "Le classement appris n'est pas lisible : lancez « maillage learn » pour le refaire.",
        "The learned order cannot be read: run “maillage learn” again.",
    ),
    "model_other_format": (
        "Le classement appris vient d'une autre version : lancez « maillage learn » pour le refaire.",
        "The learned order comes from another version: run “maillage learn” again.",
    ),
    "model_other_features": (
        "Le classement appris repose sur d'autres indices que ceux d'aujourd'hui : lancez « maillage learn » pour le refaire.",
        "The learned order rests on other evidence than today's: run “maillage learn” again.",
    ),
    "model_data_changed": (
        "Le réseau a trop changé depuis que ce classement a été appris : lancez « maillage learn » pour le refaire.",
        "The network has changed too much since this order was learned: run “maillage learn” again.",
    ),
    "model_not_better": (
        "Le classement appris ne fait pas mieux que celui par défaut, qui reste en usage.",
        "The learned order does no better than the default one, which stays in use.",
    ),
    "unknown_record": ("{kind} inconnu : « {key} ».{nearest}", "Unknown {kind}: “{key}”.{nearest}"),
    "ambiguous_name": (
        "Plusieurs réponses pour « {key} » : {candidates}. Précisez avec l'identifiant.",
        "Several answers for “{key}”: {candidates}. Give the id.",
    ),
    "contradictory_context": (
        "Demande contradictoire : ce qui demande a son lieu, et ce n'est pas « {asked} ». Demandez-le sans ce territoire, ou avec l'un des siens.{nearest}",
        "Contradictory: what asks has its own place, which is not “{asked}”. Ask without this territory, or with one of its own.{nearest}",
    ),
    "dangling_reference": (
        "{kind} « {id} » : le champ {field} désigne {target_kind} « {target} », qui n'existe pas. Ajoutez-le ou corrigez la référence.",
        "{kind} “{id}”: field {field} names {target_kind} “{target}”, which does not exist. Add it or mend the reference.",
    ),
    "referenced_record": (
        "{kind} « {id} » ne peut pas être retiré : {by_kind} « {by} » s'y réfère encore.",
        "{kind} “{id}” cannot be withdrawn: {by_kind} “{by}” still refers to it.",
    ),
    "duplicate_key": (
        "La clé « {key} » de « {id} » appartient déjà à « {other} ». Fusionnez les deux fiches ou corrigez la clé.",
        "Key “{key}” of “{id}” already belongs to “{other}”. Merge the two records or mend the key.",
    ),
    "cyclic_hierarchy": (
        "{kind} « {id} » : la chaîne de rattachement revient à son point de départ. Corrigez le parent.",
        "{kind} “{id}”: the chain of parents comes back to its start. Mend the parent.",
    ),
    "version_conflict": (
        "{kind} « {id} » a changé entre-temps (version {found}, attendue {expected}). Relisez la fiche puis recommencez.",
        "{kind} “{id}” has changed meanwhile (version {found}, expected {expected}). Read it again and retry.",
    ),
    "idempotency_mismatch": (
        "La clé d'opération « {key} » a déjà servi pour d'autres changements.",
        "Operation key “{key}” was already used for other changes.",
    ),
    "bundle_too_large": (
        "Le lot compte {rows} lignes : au-delà de {limit}, il ne s'importe que dans une base vide. Découpez-le.",
        "The bundle has {rows} rows: above {limit} it can only go into an empty store. Split it.",
    ),
    "store_unavailable": (
        "La base {store} ne répond pas{reason}. Vérifiez qu'elle est démarrée et que l'adresse est juste, puis recommencez.",
        "Store {store} does not answer{reason}. Check that it runs and that the address is right, then retry.",
    ),
    "store_damaged": (
        "La base {store} est endommagée ou n'est pas une base Maillage{reason}. Elle n'a pas été modifiée ; restaurez une sauvegarde.",
        "Store {store} is damaged or is not a Maillage store{reason}. It was left untouched; restore a backup.",
    ),
    "store_too_new": (
        "La base {store} vient d'une version plus récente (schéma {found}, connu ici : {supported}). Elle n'a pas été modifiée ; mettez Maillage à jour.",
        "Store {store} comes from a later version (schema {found}, known here: {supported}). It was left untouched; update Maillage.",
    ),
    "backup_missing": (
        "La sauvegarde {path} n'existe pas ou ne se lit pas. Vérifiez le chemin et les droits.",
        "Backup {path} does not exist or cannot be read. Check the path and the rights.",
    ),
    "backup_not_a_backup": (
        "{path} n'est pas une sauvegarde de Maillage. Rien n'a été modifié ; donnez un fichier fait par maillage backup.",
        "{path} is not a backup of Maillage. Nothing was changed; give a file made by maillage backup.",
    ),
    "backup_damaged": (
        "La sauvegarde {path} est endommagée. Rien n'a été modifié ; prenez-en une autre.",
        "Backup {path} is damaged. Nothing was changed; take another.",
    ),
    "backup_newer": (
        "La sauvegarde {path} vient d'une version plus récente. Rien n'a été modifié ; mettez Maillage à jour.",
        "Backup {path} comes from a later version. Nothing was changed; update Maillage.",
    ),
    "backup_unwritable": (
        "La sauvegarde {path} ne peut pas être écrite. Vérifiez que le dossier existe, que vous pouvez y écrire et qu'il reste de la place.",
        "Backup {path} cannot be written. Check that the folder exists, that you may write there and that there is room.",
    ),
    "restore_over_data": (
        "{target} contient déjà des données, laissées telles quelles. Restaurez dans une base vide, ou ajoutez --replace (les fichiers remplacés sont gardés sous un autre nom ; une base Neo4j se vide d'abord).",
        "{target} already holds data, left as they are. Restore into an empty store, or add --replace (replaced files are kept under another name; empty a Neo4j database first).",
    ),
    "store_loading": (
        "Le premier chargement de la base {store} n'est pas terminé. Relancez le même import pour le reprendre.",
        "The first load of store {store} has not ended. Run the same import again to resume it.",
    ),
}

RULES.update(ACCOUNT_RULES)
RULES.update(COORDINATION_RULES)
RULES.update({rule: words for rule, words in PUBLISHING_RULES.items() if rule not in RULES})
RULES.update(MEETING_RULES)
RULES.update(SITE_RULES)
RULES.update(INTRODUCTION_RULES)
SENTENCES.update(ACCOUNT_SENTENCES)
SENTENCES.update(PUBLISHING_SENTENCES)
SENTENCES.update(SITE_SENTENCES)
SENTENCES.update(INTRODUCTION_SENTENCES)

RECORD_WORDS: dict[str, tuple[str, str]] = {
    "actor": ("Acteur", "actor"),
    "place": ("Territoire", "place"),
    "theme": ("Thème", "theme"),
    "skill": ("Compétence", "skill"),
    "link": ("Lien", "link"),
    "agreement": ("Accord", "agreement"),
    "project": ("Projet", "project"),
    "announcement": ("Annonce", "announcement"),
    "experience": ("Fiche d'expérience", "experience sheet"),
    "call": ("Appel à projets", "call"),
    "event": ("Événement", "event"),
    "plan": ("Plan", "plan"),
    "view": ("Vue", "view"),
    "introduction": ("Demande de mise en relation", "request"),
}
_LONGEST = 80  # characters of a refused value that are shown
_FEMININE = frozenset({"skill", "announcement", "experience", "view", "introduction"})


def sentence(error: MaillageError, lang: str | None = None) -> str:
    """One sentence: the situation and its remedy."""
    return typeset(_sentence(error, 0)) if in_french(lang) else _sentence(error, 1)


def _sentence(error: MaillageError, column: int) -> str:
    if isinstance(error, InvalidValue):
        return _invalid(error, column)
    facts = {k: _shown(k, v, column) for k, v in error.facts.items()}
    template = SENTENCES.get(error.code)
    if template is None:
        return ("Demande refusée : " if column == 0 else "Refused: ") + str(error)
    text = template[column].format(**facts)
    if column == 0 and error.code == "unknown_record" and error.facts["kind"] in _FEMININE:
        text = text.replace(" inconnu :", " inconnue :", 1)
    return text


def rule_text(rule: str, lang: str | None = None) -> str:
    """What a validation rule says."""
    words = RULES.get(rule) or IMPORT_RULES.get(rule)
    if words is None:
        return rule
    return typeset(words[0]) if in_french(lang) else words[1]


def _both_ends(value: str) -> str:
    """A long value with its middle left out: the end of a path tells more than its beginning."""
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST // 2]}…{value[-_LONGEST // 2 + 1 :]}"


def _invalid(error: InvalidValue, column: int) -> str:
    field, said = field_name(error, column), rule_text(error.rule, "fr" if column == 0 else "en")
    value = _both_ends(str(error.value).strip())
    if column == 0:
        return f"{field} : « {value} » refusé — {said}." if value else f"{field} : {said}."
    return f"{field}: “{value}” refused — {said}." if value else f"{field}: {said}."


def _shown(name: str, value: object, column: int) -> str:
    if name in ("kind", "by_kind", "target_kind"):
        words = RECORD_WORDS.get(str(value))
        return words[column] if words else str(value)
    if name == "nearest":
        return _nearest(value, column)
    if name == "candidates":
        return ", ".join(_candidate(c) for c in value) if isinstance(value, Sequence) else ""
    if name == "reason":
        return store_reason(str(value), column)
    return str(value)


def _nearest(value: object, column: int) -> str:
    if not isinstance(value, Sequence) or not value:
        return " Aucun nom ne lui ressemble." if column == 0 else " No name resembles it."
    names = ", ".join(_candidate(entry) for entry in value)
    return f" Noms les plus proches : {names}." if column == 0 else f" Nearest names: {names}."


def _candidate(entry: Mapping[str, Any]) -> str:
    place = f", {entry['place']}" if entry.get("place") else ""
    return f"{entry.get('name', '')} ({entry.get('id', '')}{place})"


def remedy_text(remedy: Any, lang: str | None = None) -> str:
    """What to do about a rejected row: the sentence of a remedy `{code, facts}`."""
    found = remedy_sentence(remedy.code, remedy.facts, column(lang))
    if found is not None:
        return typeset(found) if in_french(lang) else found
    said = rule_text(remedy.code, lang)
    return f"{said[:1].upper()}{said[1:]}."

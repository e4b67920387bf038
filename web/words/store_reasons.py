"""Why a store cannot serve, in words. What an engine itself says stays in the log: it is for its makers."""

STORE_REASONS: dict[str, tuple[str, str]] = {
    "missing": ("le fichier n'existe pas", "the file does not exist"),
    "busy": ("elle est occupée", "it is busy"),
    "closed": ("elle a été fermée", "it was closed"),
    "no_answer": ("aucune réponse", "no answer"),
    "credentials_refused": (
        "identifiant ou mot de passe refusé : voyez NEO4J_USERNAME et NEO4J_PASSWORD",
        "user or password refused: see NEO4J_USERNAME and NEO4J_PASSWORD",
    ),
    "not_an_address": ("l'adresse n'en est pas une", "this is not an address"),
    "not_a_database": ("ce n'est pas une base", "it is no database"),
    "emptied": (
        "son fichier est vide alors qu'un réseau y a été lu",
        "its file is empty although a network was read from it",
    ),
    "another_application": ("elle appartient à un autre programme", "it belongs to another program"),
    "no_identity": ("elle n'a pas d'identité", "it has no identity"),
    "no version": ("elle n'a pas de version", "it has no version"),
    "unknown version": ("sa version est inconnue", "its version is unknown"),
    "PermissionError": ("l'accès est refusé", "access is refused"),
    "IsADirectoryError": ("c'est un dossier", "it is a folder"),
    "Permission denied": ("l'accès est refusé", "access is refused"),
    "Is a directory": ("c'est un dossier", "it is a folder"),
    "database or disk is full": ("le disque est plein : libérez de la place", "the disk is full: make room"),
    "attempt to write a readonly database": ("elle est en lecture seule", "it is read-only"),
    "unable to open database file": (
        "son fichier ne s'ouvre pas : vérifiez le dossier et les droits",
        "its file does not open: check the folder and the rights",
    ),
    "disk I/O error": ("le disque ne répond pas", "the disk does not answer"),
    "pip install maillage[postgresql]": (
        "le pilote manque : pip install maillage[postgresql]",
        "the driver is missing: pip install maillage[postgresql]",
    ),
}


def store_reason(reason: str, column: int) -> str:
    """The reason in brackets after the name of the store; nothing when only an engine could have said it."""
    words = STORE_REASONS.get(reason)
    return f" ({words[column]})" if words else ""

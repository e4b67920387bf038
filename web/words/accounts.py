"""Refused settings, and refusals about persons, as sentences, in French and in English."""

from web.french import typeset
from web.language import in_french

_DRAW = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'

DENIED: dict[str, tuple[str, str]] = {
    "sign_in_required": (
        "Cette demande veut un compte : connectez-vous, puis recommencez.",
        "This request needs an account: sign in, then try again.",
    ),
    "not_allowed": (
        "Votre compte ne permet pas cela : un membre n'agit que pour ses acteurs, un agent pour tous.",
        "Your account does not allow this: a member acts for its own actors only, staff for any.",
    ),
    "csrf": (
        (
            "Le jeton de session manque ou a vieilli : lisez-le à /api/v1/session, puis envoyez-le "
            "dans l'en-tête X-CSRFToken."
        ),
        (
            "The session's token is missing or too old: read it at /api/v1/session, then send it "
            "in the header X-CSRFToken."
        ),
    ),
}
"""What a program is told that may not do a thing."""

ACCOUNT_SENTENCES: dict[str, tuple[str, str]] = {
    "link_unknown": (
        "Ce lien n'est pas reconnu. Vérifiez qu'il a été copié en entier, ou demandez-en un autre.",
        "This link is not known. Check that it was copied whole, or ask for another.",
    ),
    "link_used": (
        "Ce lien a déjà servi : il ne s'ouvre qu'une fois. Demandez-en un autre.",
        "This link was used already: it opens only once. Ask for another.",
    ),
    "link_expired": (
        "Ce lien n'est plus valable : son délai est passé. Demandez-en un autre.",
        "This link is no longer valid: its time has passed. Ask for another.",
    ),
    "link_superseded": (
        "Ce lien a été remplacé ou retiré. Servez-vous du dernier reçu, ou demandez-en un autre.",
        "This link was replaced or withdrawn. Use the last one you were given, or ask for another.",
    ),
    "unknown_account": (
        "Aucun compte ne porte cette adresse. Pour en créer un : maillage sign-in-link ADRESSE --create.",
        "No account bears this address. To make one: maillage sign-in-link EMAIL --create.",
    ),
    "account_exists": (
        "Un compte porte déjà cette adresse : changez plutôt son rôle ou ses acteurs.",
        "An account already bears this address: change its role or its actors instead.",
    ),
    "account_disabled": (
        "Ce compte est désactivé. Un administrateur peut le réactiver.",
        "This account is disabled. An administrator can enable it.",
    ),
    "last_administrator": (
        "C'est le seul compte d'administration : nommez-en un autre d'abord.",
        "This is the only administrator: name another one first.",
    ),
    "unknown_invitation": (
        "Cette invitation n'est plus en attente : elle a été acceptée ou retirée.",
        "This invitation is no longer open: it was accepted or withdrawn.",
    ),
    "wrong_graph": (
        "La base du réseau a changé entre-temps. Rechargez la page puis recommencez.",
        "The network's store has changed meanwhile. Reload the page and try again.",
    ),
    "unreadable_intent": (
        "L'opération « {key} » vient d'une autre version et n'a pas pu être relue. Refaites-la.",
        "Operation “{key}” comes from another version and could not be read. Do it again.",
    ),
    "setting_secret_missing": (
        f"{{setting}} manque. Donnez-lui une valeur tirée au hasard : {_DRAW}",
        f"{{setting}} is missing. Give it a random value: {_DRAW}",
    ),
    "setting_secret_short": (
        f"{{setting}} est trop court ou trop régulier : il faut 32 caractères au hasard. {_DRAW}",
        f"{{setting}} is too short or too regular: it takes 32 random characters. {_DRAW}",
    ),
    "setting_secret_example": (
        f"{{setting}} porte encore la valeur d'exemple. Remplacez-la : {_DRAW}",
        f"{{setting}} still holds the example's value. Replace it: {_DRAW}",
    ),
    "setting_demo_off_loopback": (
        "La démonstration ne sert que cette machine. Écoutez sur 127.0.0.1, ou retirez {setting}.",
        "The demo serves this machine only. Listen on 127.0.0.1, or remove {setting}.",
    ),
    "setting_debug_in_production": (
        "Retirez {setting} et FLASK_DEBUG : le débogueur laisse exécuter n'importe quel code.",
        "Remove {setting} and FLASK_DEBUG: the debugger lets anybody run any code.",
    ),
    "setting_store_scheme": (
        "Écrivez {setting}=sqlite:///chemin/graph.db, neo4j://hote:7687 ou bolt://hote:7687.",
        "Write {setting}=sqlite:///path/graph.db, neo4j://host:7687 or bolt://host:7687.",
    ),
    "setting_private_scheme": (
        "Écrivez {setting}=sqlite:///chemin/private.db ou postgresql://utilisateur@hote/base.",
        "Write {setting}=sqlite:///path/private.db or postgresql://user@host/database.",
    ),
    "setting_password_in_url": (
        "{setting} : donnez identifiant et mot de passe par NEO4J_USERNAME et NEO4J_PASSWORD.",
        "{setting}: give user and password by NEO4J_USERNAME and NEO4J_PASSWORD.",
    ),
    "setting_port_range": (
        "{setting} est un nombre entier de 1 à 65535.",
        "{setting} is a whole number from 1 to 65535.",
    ),
    "setting_proxies_range": (
        "{setting} est le nombre de serveurs mandataires de confiance, de 0 à 5.",
        "{setting} is the number of trusted proxies, from 0 to 5.",
    ),
    "setting_public_url": (
        "Écrivez {setting}=https://nom.du.site, sans chemin.",
        "Write {setting}=https://name.of.the.site, without a path.",
    ),
    "setting_home_unusable": (
        "Choisissez par {setting} un dossier où ce compte peut écrire.",
        "Choose by {setting} a folder where this account may write.",
    ),
}

ACCOUNT_RULES: dict[str, tuple[str, str]] = {
    "email_form": (
        "l'adresse s'écrit nom@domaine.fr",
        "an address reads name@domain.org",
    ),
    "member_without_actor": (
        "un membre parle au nom d'au moins un acteur : écrivez son nom",
        "a member speaks for at least one actor: give its name",
    ),
    "too_many_actors": ("vingt acteurs au plus par compte", "twenty actors at most for one account"),
    "role_code": ("ce rôle n'existe pas", "there is no such role"),
    "private_scheme": (
        "écrivez sqlite:///chemin/private.db ou postgresql://utilisateur@hote/base",
        "write sqlite:///path/private.db or postgresql://user@host/database",
    ),
}


def denied_sentence(code: str, lang: str | None = None) -> str:
    """Why a request to the interface is refused, in the language asked for or else the reader's."""
    french, english = DENIED[code]
    return typeset(french) if in_french(lang) else english

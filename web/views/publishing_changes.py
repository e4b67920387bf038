"""What somebody else changed while a form was open, in words, so that neither version is lost unseen."""

from collections.abc import Mapping

from web.labels import label
from web.views.publishing_forms import PublishingForm

FIELDS = {
    "direction": "Sens",
    "nature": "Nature",
    "title": "Titre",
    "description": "Description",
    "skills": "Compétences",
    "themes": "Thèmes",
    "territories": "Territoires",
    "starts_on": "Début",
    "expires_on": "Fin",
    "start": "Début",
    "end": "Fin",
    "done": "Ce qui a été fait",
    "successes": "Ce qui a marché",
    "failures": "Ce qui n'a pas marché",
    "advice": "Conseils",
    "funder": "Financeur",
    "open_to": "Qui peut répondre",
    "opens_on": "Ouverture",
    "closes_on": "Date limite",
    "max_amount": "Montant maximal",
    "url": "Lien",
    "actor": "Acteur",
    "result": "Ce qu'elle est devenue",
    "outcome": "En quelques mots",
}
_GROUPS = {"direction": "direction", "nature": "nature", "open_to": "actor_kind"}


def changed_meanwhile(now: Mapping[str, object], form: PublishingForm) -> list[tuple[str, str]]:
    """Field by field, what is recorded now and differs from what this form holds."""
    found = []
    for name, value in now.items():
        typed = form.texts(name) if isinstance(value, list) else form.text(name)
        mine = sorted(t for t in typed if t) if isinstance(value, list) else str(typed).strip()
        theirs = sorted(str(v) for v in value) if isinstance(value, list) else str(value).strip()
        if mine != theirs:
            found.append((FIELDS[name], _words(name, value) or "(vide)"))
    return found


def _words(name: str, value: object) -> str:
    group = _GROUPS.get(name)
    values = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    return ", ".join(label(group, v) if group and v else v for v in values)

"""What somebody else changed while a form was open, in words, so that neither version is lost unseen."""

from collections.abc import Mapping

from web.labels import label
from web.spoken import lazy_gettext as _
from web.views.publishing.forms import PublishingForm

FIELDS = {
    "direction": _("Sens"),
    "nature": _("Nature"),
    "title": _("Titre"),
    "description": _("Description"),
    "skills": _("Compétences"),
    "themes": _("Thèmes"),
    "territories": _("Territoires"),
    "starts_on": _("Début"),
    "expires_on": _("Fin"),
    "start": _("Début"),
    "end": _("Fin"),
    "done": _("Ce qui a été fait"),
    "successes": _("Ce qui a marché"),
    "failures": _("Ce qui n'a pas marché"),
    "advice": _("Conseils"),
    "funder": _("Financeur"),
    "open_to": _("Qui peut répondre"),
    "opens_on": _("Ouverture"),
    "closes_on": _("Date limite"),
    "max_amount": _("Montant maximal"),
    "url": _("Lien"),
    "actor": _("Acteur"),
    "result": _("Ce qu'elle est devenue"),
    "outcome": _("En quelques mots"),
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
            found.append((str(FIELDS[name]), _words(name, value) or str(_("(vide)"))))
    return found


def _words(name: str, value: object) -> str:
    group = _GROUPS.get(name)
    values = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    return ", ".join(label(group, v) if group and v else v for v in values)

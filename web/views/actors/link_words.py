"""How a link reads from one of its ends: « Finance », « Financement reçu de »."""

from web.french import capital
from web.labels import label
from web.spoken import lazy_gettext as _

# kind -> (seen from the giver, actor_a; seen from the receiver, actor_b)
_DIRECTED = {
    "funding": (_("Finance"), _("Financement reçu de")),
    "membership": (_("Est membre de"), _("A pour membre")),
    "premises": (_("Met des locaux à disposition de"), _("Bénéficie de locaux de")),
    "staff": (_("Met du personnel à disposition de"), _("Bénéficie de personnel de")),
    "business": (_("Fournit"), _("A pour fournisseur")),
    "operator": (_("A pour opérateur"), _("Opère pour")),
    "coordination": (_("Coordonne"), _("Est coordonné par")),
    "interviewed": (_("A interrogé"), _("A été interrogé par")),
    "introduced": (_("A mis en relation"), _("A été mis en relation par")),
}


def relation_words(kind: str, *, giver: bool) -> str:
    """The words for a link kind, from the giver's or the receiver's side."""
    pair = _DIRECTED.get(kind)
    if pair is None:
        return capital(label("link_kind", kind))
    return str(pair[0] if giver else pair[1])

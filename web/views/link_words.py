"""How a link reads from one of its ends: « Finance », « Reçoit un financement de »."""

from web.french import capital
from web.labels import label

# kind -> (seen from the giver, actor_a; seen from the receiver, actor_b)
_DIRECTED: dict[str, tuple[str, str]] = {
    "funding": ("Finance", "Financement reçu de"),
    "membership": ("Est membre de", "A pour membre"),
    "premises": ("Met des locaux à disposition de", "Bénéficie de locaux de"),
    "staff": ("Met du personnel à disposition de", "Bénéficie de personnel de"),
    "business": ("Fournit", "A pour fournisseur"),
    "operator": ("A pour opérateur", "Opère pour"),
    "coordination": ("Coordonne", "Est coordonné par"),
    "interviewed": ("A interrogé", "A été interrogé par"),
    "introduced": ("A mis en relation", "A été mis en relation par"),
}


def relation_words(kind: str, *, giver: bool) -> str:
    """The words for a link kind, from the giver's or the receiver's side."""
    pair = _DIRECTED.get(kind)
    if pair is None:
        return capital(label("link_kind", kind))
    return pair[0] if giver else pair[1]

"""What the geographic drawings say of a place, in the reader's language."""

from web.labels import label
from web.maps.geo_measures import SHARES, Measure
from web.maps.geo_places import ACTS, Bond, Town
from web.spoken import gettext as _
from web.spoken import ngettext
from web.written import counted, number

_UNIT = "\u202f%"  # a narrow space: the sign stays with its number


def measure_names() -> dict[str, str]:
    """Measure -> its name in a list of choices."""
    return {
        Measure.ACTORS.value: _("Nombre d'acteurs"),
        Measure.THEMES.value: _("Nombre de thèmes"),
        Measure.ABROAD.value: _("Lieux partenaires hors du territoire"),
        Measure.ALONE.value: _("Part d'acteurs sans relation"),
        Measure.KNOWN.value: _("Part d'acteurs à l'activité documentée"),
    }


def measure_note(measure: Measure) -> str:
    """What the measure counts, in one sentence."""
    return {
        Measure.ACTORS: _("Acteurs de la carte qui ont leur siège dans la commune."),
        Measure.THEMES: _("Grands thèmes sur lesquels travaille au moins un acteur de la commune."),
        Measure.ABROAD: _("Lieux hors du territoire où un acteur de la commune agit ou a un partenaire."),
        Measure.ALONE: _(
            "Acteurs de la commune sans relation sur cette carte : ce peut être un trou de nos données."
        ),
        Measure.KNOWN: _(
            "Acteurs de l'annuaire dont on connaît une activité internationale, parmi ceux de la commune."
        ),
    }[measure]


def value_text(value: int | None, measure: Measure) -> str:
    """`12`, `40 %`, or a dash where there is nothing to measure."""
    if value is None:
        return "–"
    return f"{value}{_UNIT}" if measure in SHARES else number(value)


def range_text(least: int, most: int, measure: Measure) -> str:
    """`3`, `4 à 7`, `40 à 60 %`."""
    if least == most:
        return value_text(least, measure)
    return _("%(least)s à %(most)s", least=number(least), most=value_text(most, measure))


def town_told(name: str, whole: str, town: Town | None) -> str:
    """A commune in one line: how many actors, how many without a relation, on how many themes, how far."""
    head = f"{name} ({whole})" if whole else name
    if town is None or not town.actors:
        if town is not None and town.listed:
            return _(
                "%(place)s : aucun acteur sous ces filtres, %(n)s dans l'annuaire",
                place=head,
                n=counted(town.listed, _("acteur")),
            )
        return _("%(place)s : aucun acteur recensé", place=head)
    parts = [counted(len(town.actors), _("acteur"))]
    if town.alone:
        parts.append(_("dont %(n)s sans relation", n=number(len(town.alone))))
    if town.themes:
        parts.append(counted(len(town.themes), _("thème")))
    if town.abroad:
        parts.append(counted(len(town.abroad), _("lieu partenaire"), _("lieux partenaires")))
    return _("%(place)s : %(facts)s", place=head, facts=", ".join(parts))


def bond_told(name: str, country: str, bond: Bond) -> str:
    """A place abroad in one line."""
    head = name if name == country else f"{name} ({country})"
    parts = []
    if bond.here:
        parts.append(counted(len(bond.here), _("acteur d'ici"), _("acteurs d'ici")))
        parts.append(bond_class(bond))
    if bond.there:
        parts.append(counted(len(bond.there), _("acteur sur place"), _("acteurs sur place")))
    return _("%(place)s : %(facts)s", place=head, facts=", ".join(parts))


def bond_class(bond: Bond) -> str:
    """The surest relation with a place, and whether it is over."""
    if bond.link_class is None:
        return _("sans relation avec le territoire")
    word = _("action déclarée") if bond.link_class == ACTS else label("link_class", bond.link_class)
    return word if bond.live else _("%(relation)s, sans suite connue aujourd'hui", relation=word)


def class_words() -> dict[str, str]:
    """The classes of arcs, for the legend."""
    return {
        "cooperation": _("coopération"),
        "resource": _("moyens (financement, adhésion)"),
        "structural": _("organisation"),
        "contact": _("contact"),
        ACTS: _("action déclarée, sans relation recensée"),
    }


def frame_words() -> dict[str, str]:
    """The parts of the world one may look at."""
    return {
        "saillants": _("Ce qui ressort"),
        "tout": _("Tous les lieux"),
        "europe": _("Europe"),
        "afrique": _("Afrique"),
        "ameriques": _("Amériques"),
        "asie": _("Asie"),
        "oceanie": _("Océanie"),
        "monde": _("Monde entier"),
    }


def country_told(name: str, count: int) -> str:
    """A country with a place of the map."""
    return ngettext(
        "%(name)s : un lieu de cette carte",
        "%(name)s : %(n)s lieux de cette carte",
        count,
        name=name,
        n=number(count),
    )

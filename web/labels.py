"""Codes to words, colours and shapes: the one place where a code of the core becomes something one reads.

Each entry of a group is (French singular, French plural, gender, English). Sentences that must agree ask
`gender` and `plural`. A test checks that no code of any closed list is missing.
"""

from dataclasses import dataclass

from web import english
from web.french import typeset
from web.language import in_french
from web.words.figures import FIGURE_LABELS

Entry = tuple[str, str, str, str]

LABELS: dict[str, dict[str, Entry]] = {
    "actor_kind": {
        "association": ("association", "associations", "f", "association"),
        "diaspora": ("association de migrants", "associations de migrants", "f", "diaspora association"),
        "twinning_committee": ("comité de jumelage", "comités de jumelage", "m", "twinning committee"),
        "commune": ("commune", "communes", "f", "commune"),
        "intercommunality": ("intercommunalité", "intercommunalités", "f", "intercommunality"),
        "department": ("département", "départements", "m", "département"),
        "region": ("région", "régions", "f", "region"),
        "school": ("établissement scolaire", "établissements scolaires", "m", "school"),
        "higher_education": (
            "établissement d'enseignement supérieur",
            "établissements d'enseignement supérieur",
            "m",
            "higher education institution",
        ),
        "research_cluster": ("pôle de recherche", "pôles de recherche", "m", "research cluster"),
        "business": ("entreprise", "entreprises", "f", "business"),
        "chamber": ("chambre consulaire", "chambres consulaires", "f", "chamber"),
        "health": ("établissement de santé", "établissements de santé", "m", "health institution"),
        "public_body": ("organisme public", "organismes publics", "m", "public body"),
        "insertion_body": ("structure d'insertion", "structures d'insertion", "f", "employment support body"),
        "social_venue": ("lieu de vie sociale", "lieux de vie sociale", "m", "social venue"),
        "cultural_actor": ("acteur culturel", "acteurs culturels", "m", "cultural actor"),
        "media": ("média", "médias", "m", "media"),
        "expert": ("organisme d'expertise", "organismes d'expertise", "m", "expert body"),
        "foundation": ("fondation", "fondations", "f", "foundation"),
        "partner_territory": ("territoire partenaire", "territoires partenaires", "m", "partner territory"),
        "partner_organisation": (
            "organisation partenaire",
            "organisations partenaires",
            "f",
            "partner organisation",
        ),
        "intergovernmental_body": (
            "organisation internationale",
            "organisations internationales",
            "f",
            "intergovernmental body",
        ),
    },
    "actor_role": {
        "funder": ("financeur", "financeurs", "m", "funder"),
        "network_head": ("tête de réseau", "têtes de réseau", "f", "network head"),
        "resource_centre": ("centre de ressources", "centres de ressources", "m", "resource centre"),
        "relay": ("relais", "relais", "m", "relay"),
        "operator": ("opérateur", "opérateurs", "m", "operator"),
        "trainer": ("organisme de formation", "organismes de formation", "m", "trainer"),
    },
    "school_level": {
        "primary": ("école primaire", "écoles primaires", "f", "primary school"),
        "college": ("collège", "collèges", "m", "lower secondary school"),
        "lycee": ("lycée", "lycées", "m", "upper secondary school"),
        "agricultural": ("établissement agricole", "établissements agricoles", "m", "agricultural school"),
    },
    "engagement": {
        "known": ("activité internationale connue", "activités internationales connues", "f", "known"),
        "unknown": (
            "activité internationale non renseignée",
            "activités internationales non renseignées",
            "f",
            "not known",
        ),
    },
    "perimeter": {
        "inside": ("du territoire", "du territoire", "m", "home territory"),
        "partner": ("des territoires partenaires", "des territoires partenaires", "m", "partner side"),
        "outside": ("d'ailleurs", "d'ailleurs", "m", "elsewhere"),
    },
    "isolated": {
        "isolated": ("sans lien de coopération", "sans lien de coopération", "m", "no cooperation tie"),
        "tied": ("avec au moins un lien", "avec au moins un lien", "m", "at least one tie"),
    },
    "place_level": {
        "country": ("pays", "pays", "m", "country"),
        "region": ("région", "régions", "f", "region"),
        "department": ("département", "départements", "m", "département"),
        "district": ("cercle", "cercles", "m", "cercle"),
        "intercommunality": ("intercommunalité", "intercommunalités", "f", "intercommunality"),
        "municipality": ("commune", "communes", "f", "commune"),
    },
    "place_role": {
        "home": ("territoire d'attache", "territoires d'attache", "m", "home territory"),
        "partner": ("territoire partenaire", "territoires partenaires", "m", "partner territory"),
    },
    "link_class": {
        "cooperation": ("coopération", "coopérations", "f", "cooperation"),
        "resource": ("moyens", "moyens", "m", "means"),
        "structural": ("organisation", "organisation", "f", "organisation"),
        "contact": ("contact", "contacts", "m", "contact"),
    },
    "link_kind": {
        "twinning": ("jumelage", "jumelages", "m", "twinning"),
        "decentralised_cooperation": (
            "coopération décentralisée",
            "coopérations décentralisées",
            "f",
            "decentralised cooperation",
        ),
        "partnership": ("partenariat", "partenariats", "m", "partnership"),
        "school_exchange": ("échange scolaire", "échanges scolaires", "m", "school exchange"),
        "expertise": ("appui d'expertise", "appuis d'expertise", "m", "expertise"),
        "joint_action": ("action commune", "actions communes", "f", "joint action"),
        "funding": ("financement", "financements", "m", "funding"),
        "membership": ("adhésion", "adhésions", "f", "membership"),
        "premises": (
            "mise à disposition de locaux",
            "mises à disposition de locaux",
            "f",
            "loan of premises",
        ),
        "staff": (
            "mise à disposition de personnel",
            "mises à disposition de personnel",
            "f",
            "loan of staff",
        ),
        "business": ("relation commerciale", "relations commerciales", "f", "business relation"),
        "operator": (
            "délégation à un opérateur",
            "délégations à un opérateur",
            "f",
            "delegation to an operator",
        ),
        "coordination": ("coordination", "coordinations", "f", "coordination"),
        "met": ("rencontre", "rencontres", "f", "meeting"),
        "interviewed": ("entretien", "entretiens", "m", "interview"),
        "introduced": ("mise en relation", "mises en relation", "f", "introduction"),
    },
    "link_state": {
        "planned": ("prévu", "prévus", "m", "planned"),
        "active": ("en cours", "en cours", "m", "active"),
        "dormant": ("en sommeil", "en sommeil", "m", "dormant"),
        "ended": ("terminé", "terminés", "m", "ended"),
        "attempted": ("tenté, sans suite", "tentés, sans suite", "m", "tried, no follow-up"),
        "unknown": ("état inconnu", "états inconnus", "m", "state unknown"),
        "retracted": ("retiré : n'a jamais existé", "retirés", "m", "withdrawn: never existed"),
    },
    "isolation_state": {
        "isolated": ("isolé", "isolés", "m", "isolated"),
        "financed_only": ("financé sans partenaire", "financés sans partenaire", "m", "financed only"),
        "fragile": ("fragile", "fragiles", "m", "fragile"),
        "detached": ("en petit groupe à part", "en petits groupes à part", "m", "detached"),
        "dormant": ("en sommeil", "en sommeil", "m", "dormant"),
    },
    "participation_role": {
        "lead": ("chef de file", "chefs de file", "m", "lead"),
        "partner": ("partenaire", "partenaires", "m", "partner"),
        "funder": ("financeur", "financeurs", "m", "funder"),
        "expert": ("expert", "experts", "m", "expert"),
        "beneficiary": ("bénéficiaire", "bénéficiaires", "m", "beneficiary"),
    },
    "attendance_role": {
        "invited": ("invité", "invités", "m", "invited"),
        "attended": ("présent", "présents", "m", "present"),
        "organiser": ("organisateur", "organisateurs", "m", "organiser"),
    },
    "direction": {
        "offer": ("offre", "offres", "f", "offer"),
        "need": ("besoin", "besoins", "m", "need"),
    },
    "nature": {
        "cooperate": ("coopérer", "coopérer", "m", "cooperate"),
        "skill": ("compétence", "compétences", "f", "skill"),
        "equipment": ("matériel", "matériels", "m", "equipment"),
        "premises": ("locaux", "locaux", "m", "premises"),
        "transport": ("transport", "transports", "m", "transport"),
        "shared_mission": ("mission partagée", "missions partagées", "f", "shared mission"),
        "funding": ("financement", "financements", "m", "funding"),
        "volunteer": ("bénévolat", "bénévolats", "m", "volunteer"),
        "internship": ("stage", "stages", "m", "internship"),
        "training": ("formation", "formations", "f", "training"),
        "event": ("événement", "événements", "m", "event"),
        "patronage": ("mécénat", "mécénats", "m", "patronage"),
        "experience": ("retour d'expérience", "retours d'expérience", "m", "experience"),
    },
    "announcement_state": {
        "open": ("ouverte", "ouvertes", "f", "open"),
        "closed": ("close", "closes", "f", "closed"),
        "recorded": ("besoin collectif recueilli", "besoins collectifs recueillis", "m", "recorded need"),
    },
    "announcement_result": {
        "answered_here": ("réponse trouvée dans le réseau", "réponses dans le réseau", "f", "answered here"),
        "answered_elsewhere": ("réponse trouvée ailleurs", "réponses ailleurs", "f", "answered elsewhere"),
        "unanswered": ("restée sans réponse", "restées sans réponse", "f", "unanswered"),
        "abandoned": ("abandonnée ou reportée", "abandonnées ou reportées", "f", "abandoned"),
    },
    "event_kind": {
        "meeting": ("réunion", "réunions", "f", "meeting"),
        "training": ("formation", "formations", "f", "training"),
        "forum": ("forum", "forums", "m", "forum"),
        "festival": ("festival", "festivals", "m", "festival"),
    },
    "ask": {
        "cooperate": ("coopérer", "coopérer", "m", "cooperate"),
        "need": ("répondre à un besoin précis", "répondre à un besoin précis", "m", "answer a specific need"),
        "pool": ("mutualiser des moyens", "mutualiser des moyens", "m", "pool means"),
    },
    "signal": {
        "themes": ("thèmes communs", "thèmes communs", "m", "common themes"),
        "purpose": ("objets proches", "objets proches", "m", "close purposes"),
        "territories": ("territoires d'action communs", "territoires communs", "m", "common territories"),
        "proximity": ("proximité des sièges", "proximité des sièges", "f", "proximity"),
        "ties": ("partenaires communs", "partenaires communs", "m", "common partners"),
        "walk": ("proximité dans le réseau", "proximité dans le réseau", "f", "closeness in the network"),
        "complementarity": ("offre et besoin", "offres et besoins", "f", "offer and need"),
        "kind": ("types d'acteurs qui coopèrent souvent", "types compatibles", "m", "kind fit"),
        "freshness": ("fiche récente", "fiches récentes", "f", "fresh record"),
        "alike_works": ("action semblable déjà menée", "actions semblables", "f", "similar work done"),
        "surroundings": ("environnement commun", "environnements communs", "m", "shared surroundings"),
        "allocation": (
            "relais par les partenaires",
            "relais par les partenaires",
            "m",
            "reach through partners",
        ),
    },
    "figure": FIGURE_LABELS,
    "record": {
        "place": ("territoire", "territoires", "m", "place"),
        "theme": ("thème", "thèmes", "m", "theme"),
        "skill": ("compétence", "compétences", "f", "skill"),
        "actor": ("acteur", "acteurs", "m", "actor"),
        "link": ("lien", "liens", "m", "link"),
        "agreement": ("accord", "accords", "m", "agreement"),
        "project": ("projet", "projets", "m", "project"),
        "announcement": ("annonce", "annonces", "f", "announcement"),
        "experience": ("fiche d'expérience", "fiches d'expérience", "f", "experience sheet"),
        "call": ("appel à projets", "appels à projets", "m", "call for projects"),
        "event": ("événement", "événements", "m", "event"),
    },
}
# What English leaves as it is in the plural.
_ADJECTIVES = frozenset(
    [
        "link_state",
        "state",
        "isolation_state",
        "isolated",
        "perimeter",
        "engagement",
        "figure",
        "signal",
        "ask",
        "announcement_result",
    ]
)
# The command line's word for the state of a work-list line; link states share the group.
LABELS["state"] = {**LABELS["link_state"], **LABELS["isolation_state"]}


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How a kind of actor is drawn, on pages and maps: an Okabe-Ito colour and a vis-network shape."""

    colour: str
    shape: str


_BLUE, _SKY, _GREEN, _ORANGE = "#0072b2", "#56b4e9", "#009e73", "#e69f00"
_RED, _PURPLE, _GREY = "#d55e00", "#cc79a7", "#737373"
KIND_STYLE: dict[str, KindStyle] = {
    "association": KindStyle(_BLUE, "dot"),
    "diaspora": KindStyle(_PURPLE, "diamond"),
    "twinning_committee": KindStyle(_BLUE, "diamond"),
    "commune": KindStyle(_RED, "square"),
    "intercommunality": KindStyle(_RED, "hexagon"),
    "department": KindStyle(_RED, "diamond"),
    "region": KindStyle(_RED, "triangle"),
    "public_body": KindStyle(_RED, "dot"),
    "school": KindStyle(_GREEN, "triangle"),
    "higher_education": KindStyle(_GREEN, "square"),
    "research_cluster": KindStyle(_GREEN, "hexagon"),
    "business": KindStyle(_ORANGE, "hexagon"),
    "chamber": KindStyle(_ORANGE, "square"),
    "insertion_body": KindStyle(_ORANGE, "triangleDown"),
    "health": KindStyle(_PURPLE, "triangleDown"),
    "social_venue": KindStyle(_BLUE, "triangleDown"),
    "cultural_actor": KindStyle(_PURPLE, "star"),
    "media": KindStyle(_PURPLE, "square"),
    "expert": KindStyle(_GREY, "diamond"),
    "foundation": KindStyle(_BLUE, "hexagon"),
    "partner_territory": KindStyle(_SKY, "star"),
    "partner_organisation": KindStyle(_SKY, "dot"),
    "intergovernmental_body": KindStyle(_GREY, "star"),
}


def label(group: str, code: str, lang: str | None = None) -> str:
    """The word for a code, in the singular. A code of no list is given back as it is."""
    entry = LABELS[group].get(str(code))
    if entry is None:
        return str(code)
    return typeset(entry[0]) if in_french(lang) else entry[3]


def plural(group: str, code: str, count: int) -> str:
    """The word in the number that `count` asks for: in French zero and one are singular, in English one."""
    entry = LABELS[group].get(str(code))
    if entry is None:
        return str(code)
    if in_french():
        return typeset(entry[1] if abs(count) >= 2 else entry[0])
    return entry[3] if count == 1 or group in _ADJECTIVES else english.plural(entry[3])


def gender(group: str, code: str) -> str:
    """`m` or `f`: of the French word."""
    entry = LABELS[group].get(str(code))
    return entry[2] if entry else "m"


def state_label(state: str, kind_gender: str) -> str:
    """The state of a link or a project, agreeing with its gender: `terminé`, `terminée`; `ended`."""
    if kind_gender == "f" and in_french():
        feminine = {"planned": "prévue", "ended": "terminée", "attempted": "tentée, sans suite"}
        return feminine.get(state, label("link_state", state))
    return label("link_state", state)

"""French words accepted for codes in the files: the format itself is French, so they are data of the format.

What is written on screens is the business of the web; this is only what a cell may say. Export writes codes.
"""

from collections.abc import Mapping
from enum import Enum
from functools import cache

from graphsvc.domain.actors import ActorKind, ActorRole, Engagement, SchoolLevel
from graphsvc.domain.announcements import AnnouncementState, Direction, Nature, Result
from graphsvc.domain.events import AttendanceRole, EventKind
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.places import PlaceLevel, PlaceRole
from graphsvc.domain.projects import ParticipationRole
from graphsvc.domain.text import fold

WORDS: Mapping[type[Enum], Mapping[str, str]] = {
    ActorKind: {
        "association": "association, asso, association loi 1901, ong, ong française",
        "diaspora": "diaspora, osim, association de migrants, organisation de solidarité "
        "internationale issue des "
        "migrations, association issue des migrations",
        "twinning_committee": "comité de jumelage, jumelage, association de jumelage",
        "commune": "commune, mairie, ville, municipalité",
        "intercommunality": "intercommunalité, epci, communauté d'agglomération, communauté de communes, "
        "agglomération, communauté urbaine, métropole, syndicat d'agglomération nouvelle, "
        "établissement public territorial",
        "department": "département, conseil départemental, conseil général",
        "region": "région, conseil régional",
        "school": "établissement scolaire, école, collège, lycée, lycée agricole, scolaire",
        "higher_education": "enseignement supérieur, université, grande école, établissement d'enseignement "
        "supérieur, iut",
        "research_cluster": "pôle de recherche, pôle de compétitivité, recherche, laboratoire, centre de "
        "recherche, cluster",
        "business": "entreprise, société, acteur économique",
        "chamber": "chambre consulaire, chambre de commerce, chambre de métiers, chambre "
        "d'agriculture, cci, cma",
        "health": "santé, hôpital, établissement de santé, centre hospitalier, acteur de santé",
        "public_body": "organisme public, établissement public, service de l'état, agence publique, "
        "acteur public",
        "insertion_body": "insertion, mission locale, structure d'insertion, organisme d'insertion",
        "social_venue": "équipement de proximité, mjc, médiathèque, maison de quartier, centre de "
        "loisirs, centre social, "
        "structure socioculturelle",
        "cultural_actor": "acteur culturel, culture, théâtre, musée, compagnie, conservatoire",
        "media": "média, presse, radio",
        "expert": "expert, bureau d'études, organisme d'expertise, opérateur d'expertise",
        "foundation": "fondation, fonds de dotation",
        "partner_territory": "territoire partenaire, collectivité partenaire, collectivité étrangère, "
        "cercle, "
        "autorité locale partenaire",
        "partner_organisation": "organisation partenaire, partenaire étranger, ong étrangère, association "
        "étrangère, "
        "groupement de femmes",
        "intergovernmental_body": "organisation intergouvernementale, organisation internationale",
    },
    ActorRole: {
        "funder": "financeur, bailleur",
        "network_head": "tête de réseau, animateur de réseau",
        "resource_centre": "centre de ressources, centre ressources",
        "relay": "relais",
        "operator": "opérateur",
        "trainer": "formateur, organisme de formation",
    },
    SchoolLevel: {
        "primary": "primaire, école primaire, école, maternelle, élémentaire",
        "college": "collège",
        "lycee": "lycée",
        "agricultural": "agricole, lycée agricole, enseignement agricole",
    },
    Engagement: {"known": "connu, connue, oui", "unknown": "inconnu, inconnue, non connu, non"},
    PlaceLevel: {
        "country": "pays, état",
        "region": "région",
        "department": "département",
        "district": "cercle, district, arrondissement, province, préfecture",
        "intercommunality": "intercommunalité, epci, communauté de communes, communauté d'agglomération",
        "municipality": "commune, municipalité, ville",
    },
    PlaceRole: {"home": "territoire, domicile, nous, local", "partner": "partenaire"},
    LinkKind: {
        "twinning": "jumelage",
        "decentralised_cooperation": "coopération décentralisée, coopération",
        "partnership": "partenariat, partenaire",
        "school_exchange": "échange scolaire, échanges scolaires, jumelage scolaire",
        "expertise": "expertise, appui technique",
        "joint_action": "action commune, action conjointe",
        "funding": "financement, subvention",
        "membership": "adhésion, membre, membre de",
        "premises": "locaux, mise à disposition de locaux",
        "staff": "personnel, mise à disposition de personnel",
        "business": "affaires, relation commerciale, prestation",
        "operator": "opérateur, opérateur de",
        "coordination": "coordination, animation",
        "met": "rencontre, rencontré, rencontrés",
        "interviewed": "entretien, interrogé, interviewé",
        "introduced": "mise en relation, présenté, présentés",
    },
    State: {
        "planned": "prévu, prévue, en projet, projet",
        "active": "actif, active, en cours, vivant",
        "dormant": "en sommeil, dormant, dormante, suspendu, suspendue",
        "ended": "terminé, terminée, fini, finie, achevé, achevée, clos, close",
        "attempted": "tenté, tentée, tentative, sans suite",
        "unknown": "inconnu, inconnue",
        "retracted": "retiré, retirée, erroné, erronée",
    },
    ParticipationRole: {
        "lead": "chef de file, porteur, pilote, porteur de projet",
        "partner": "partenaire",
        "funder": "financeur, bailleur",
        "expert": "expert",
        "beneficiary": "bénéficiaire",
    },
    Direction: {"offer": "offre, propose", "need": "besoin, demande, recherche, cherche"},
    Nature: {
        "cooperate": "coopérer, coopération, partenariat",
        "skill": "compétence, compétences",
        "equipment": "matériel, équipement",
        "premises": "locaux, local, salle",
        "transport": "transport, conteneur",
        "shared_mission": "mission partagée, mission mutualisée, mission commune",
        "funding": "financement",
        "volunteer": "bénévole, bénévolat, volontaire, volontariat",
        "internship": "stage",
        "training": "formation",
        "event": "événement, manifestation",
        "patronage": "mécénat, parrainage",
        "experience": "expérience, retour d'expérience",
    },
    AnnouncementState: {
        "open": "ouvert, ouverte, en cours",
        "closed": "fermé, fermée, clos, close",
        "recorded": "recensé, recensée, constaté, relevé",
    },
    Result: {
        "answered_here": "réponse dans le réseau, trouvé dans le réseau, pourvu, pourvue",
        "answered_elsewhere": "réponse ailleurs, trouvé ailleurs",
        "unanswered": "sans réponse",
        "abandoned": "abandonné, abandonnée, reporté, reportée",
    },
    EventKind: {
        "meeting": "réunion, rencontre",
        "training": "formation, atelier",
        "forum": "forum, assises, salon",
        "festival": "festival, fête",
    },
    AttendanceRole: {
        "invited": "invité, invitée",
        "attended": "présent, présente, participant, a participé",
        "organiser": "organisateur, organisatrice",
    },
}


def codes_by_word(enum: type[Enum], labels: Mapping[str, str]) -> dict[str, Enum]:
    """Every accepted word, folded, of a closed list: its codes, these French words, and the given labels."""
    found = dict(_own_words(enum))
    for member in enum:
        if label := labels.get(str(member.value)):
            found.setdefault(fold(label), member)
    return found


@cache
def _own_words(enum: type[Enum]) -> dict[str, Enum]:
    found = {fold(str(member.value)): member for member in enum}
    for code, words in WORDS[enum].items():
        for word in words.split(", "):
            found.setdefault(fold(word), enum(code))
    return found

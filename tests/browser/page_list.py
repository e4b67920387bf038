"""The pages that are looked at: name of the picture -> address, status, and as whom it is opened.

Every route that answers with a page is here: tests/web/test_page_list.py holds it.
"""

from dataclasses import dataclass

from people.roles import Role


@dataclass(frozen=True, slots=True)
class Seen:
    """One address. `heading`: what the page says first. `role`: as whom; None = nobody is signed in.

    In `path`, `{plan}`, `{account}` and `{introduction}` stand for what the fixture `kept_things` made.
    """

    path: str
    heading: str
    status: int = 200
    signed_in: bool = False
    role: Role | None = None

    @property
    def as_role(self) -> Role | None:
        """Who opens the page: `signed_in` alone means an administrator."""
        return self.role or (Role.ADMIN if self.signed_in else None)

    @property
    def is_map(self) -> bool:
        """Whether a drawing has to be waited for."""
        return (self.path == "/carte" or self.path.startswith("/carte?")) and self.status == 200


PAGES = {
    "accueil": Seen("/", "Voir le réseau"),
    "acteurs": Seen("/acteurs", "Les acteurs"),
    "acteurs-recherche": Seen("/acteurs?q=kayess", "Les acteurs"),
    "acteurs-rien": Seen("/acteurs?q=zzzzzzzz", "Les acteurs"),
    "acteur": Seen("/acteurs/departement-essonne", "Essonne"),
    "acteur-sans-lien": Seen("/acteurs/commune-91507", ""),
    "carte": Seen("/carte", "Carte du réseau"),
    "carte-entourage": Seen("/carte?acteur=departement-essonne&pas=2", "Entourage"),
    "carte-vide": Seen("/carte?annee=1900", "Carte du réseau"),
    "carte-thematique": Seen("/carte?grouper=theme", "Carte du réseau"),
    "carte-comparee": Seen("/carte?annee=2012&comparer=2000", "Carte du réseau"),
    "carte-chemin": Seen(
        "/carte?de=massy&vers=region-kayes&imaginer=amis-de-kayes+%3D+cdane", "Carte du réseau"
    ),
    "carte-adresse-fausse": Seen("/carte?type=licorne&annee=hier", "Carte du réseau"),
    "carte-territoire": Seen("/carte/territoire", "Carte du territoire"),
    "carte-territoire-europe": Seen(
        "/carte/territoire?cadre=europe&mesure=isoles&symboles=cercles", "Carte du territoire"
    ),
    "carte-territoire-acteur": Seen("/carte/territoire?acteur=departement-essonne", "Où agit"),
    "carte-territoire-vide": Seen("/carte/territoire?annee=1900", "Carte du territoire"),
    "carte-territoire-fausse": Seen("/carte/territoire?type=licorne&mesure=x", "Carte du territoire"),
    "carte-manques": Seen("/carte/manques", "Manques et concentrations"),
    "partenaires": Seen("/partenaires", "Trouver des partenaires"),
    "partenaires-kayes": Seen("/partenaires?demande=pool&territoire=2455518", "Trouver des partenaires"),
    "partenaires-declines": Seen(
        "/partenaires/non-merci?acteur=departement-essonne", "Propositions déclinées", signed_in=True
    ),
    "partenaires-aucun": Seen(
        "/partenaires?demande=pool&theme=drinking-water&territoire=2455518", "Trouver des partenaires"
    ),
    "partenaires-faute": Seen("/partenaires?theme=maraichag", "Trouver des partenaires", 400),
    "mise-en-relation-demander": Seen(
        "/mises-en-relation/demander?avec=cdane", "Demander une mise en relation", role=Role.MEMBER
    ),
    "mise-en-relation-comment": Seen(
        "/mises-en-relation/demander?avec=cdane", "Demander une mise en relation"
    ),
    "mises-en-relation": Seen("/mises-en-relation", "Mises en relation", role=Role.MEMBER),
    "mises-en-relation-toutes": Seen(
        "/mises-en-relation/toutes", "Toutes les mises en relation", role=Role.COORDINATOR
    ),
    "mise-en-relation": Seen("/mises-en-relation/{introduction}", "Mise en relation", role=Role.MEMBER),
    "mise-en-relation-relais": Seen(
        "/mises-en-relation/{introduction}", "Mise en relation", role=Role.COORDINATOR
    ),
    "acteurs-isoles": Seen("/acteurs-isoles", "Qui est à l'écart"),
    "acteurs-isoles-noms": Seen("/acteurs-isoles", "Qui est à l'écart", signed_in=True),
    "annonces": Seen("/annonces", "Offres et besoins"),
    "evenements": Seen("/evenements", "Les événements"),
    "annonce": Seen("/annonces/offre-cci-export", ""),
    "annonces-filtrees": Seen("/annonces?pres=Massy&km=10&sens=need", "Offres et besoins"),
    "besoin-recueilli": Seen("/annonces/besoin-visas", "visas"),
    "annonce-publier": Seen("/publier/annonce?sens=need", "Publier une annonce", signed_in=True),
    "appels": Seen("/appels", "Appels à projets"),
    "appels-plus-larges": Seen("/appels?theme=drinking-water&territoire=2455518", "Appels à projets"),
    "appel": Seen("/appels/appels-departement-2016", "Appels"),
    "appel-publier": Seen("/publier/appel", "Publier un appel", signed_in=True),
    "financements": Seen("/acteurs/amis-de-kayes/financements", "Appels et financeurs"),
    "experiences": Seen("/experiences", "Fiches d'expérience"),
    "experiences-plus-larges": Seen("/experiences?territoire=2455518", "Fiches d'expérience"),
    "experiences-faute": Seen("/experiences?theme=maraichag", "Fiches d'expérience", 404),
    "experience": Seen("/experiences/experience-kayes", "Kayes"),
    "experience-publier": Seen("/publier/experience", "Raconter", signed_in=True),
    "accord": Seen("/accords/convention-kayes-1990", ""),
    "projet": Seen("/projets/pcpa-mali", ""),
    "evenement": Seen("/evenements/delegation-bamako-2017", ""),
    "territoires": Seen("/territoires", "erritoires"),
    "territoire": Seen("/territoires/ML", "Mali"),
    "fiche-territoire": Seen("/territoires/ML/fiche", "Mali"),
    "rapport": Seen("/rapport/2012", "Le réseau en 2012"),
    "rencontres": Seen("/rencontres", "Préparer une rencontre", signed_in=True),
    "rencontre": Seen("/rencontres?theme=eau&territoire=Mali&taille=12", "Rencontre", signed_in=True),
    "rencontre-refusee": Seen("/rencontres?taille=0", "Préparer une rencontre", 422, signed_in=True),
    "lettre": Seen("/acteurs/cdane/lettre", "Coopération-Développement", signed_in=True),
    "lettres": Seen("/lettres", "Lettres aux acteurs", signed_in=True),
    "themes": Seen("/themes", "hèmes"),
    "a-propos": Seen("/a-propos", ""),
    "connexion": Seen("/connexion", "Connexion"),
    "mon-compte": Seen("/mon-compte", "Mon compte", signed_in=True),
    "invitations": Seen("/invitations", "Inviter", signed_in=True),
    "comptes": Seen("/comptes", "omptes", signed_in=True),
    "recherche": Seen("/recherche?q=kayes", "Chercher sur le site"),
    "recherche-vide": Seen("/recherche", "Chercher sur le site"),
    "recherche-rien": Seen("/recherche?q=zzzzzzzzzz", "Chercher sur le site"),
    "visite": Seen("/visite", "Le réseau en un regard"),
    "visite-etape": Seen("/visite/2", "Un pays"),
    "visite-imprimer": Seen("/visite/imprimer", "visite guidée"),
    "vues": Seen("/vues", "vues gardées"),
    "vues-agent": Seen("/vues", "vues gardées", role=Role.AGENT),
    "carte-integree": Seen("/carte/integree?type=commune", "Carte du réseau"),
    "carte-integrer": Seen("/carte/integrer?type=commune", "Intégrer"),
    "theme": Seen("/themes/humanitarian", ""),
    "mutualiser": Seen("/mutualiser", ""),
    "mutualiser-annonce": Seen("/annonces/offre-cci-export/groupe", ""),
    "opportunites": Seen("/opportunites", ""),
    "opportunites-a-ranimer": Seen("/opportunites/a-ranimer", ""),
    "opportunites-convergences": Seen("/opportunites/convergences", "", role=Role.COORDINATOR),
    "opportunites-convergences-public": Seen("/opportunites/convergences", ""),
    "opportunites-manques": Seen("/opportunites/manques", ""),
    "opportunites-territoires": Seen("/opportunites/territoires", ""),
    "opportunites-triangles": Seen("/opportunites/triangles", ""),
    "etat-du-reseau": Seen("/etat-du-reseau", ""),
    "etat-du-reseau-coordination": Seen("/etat-du-reseau", "", role=Role.COORDINATOR),
    "evolution": Seen("/evolution", ""),
    "communautes": Seen("/communautes", "", role=Role.COORDINATOR),
    "communautes-public": Seen("/communautes", ""),
    "et-si": Seen("/coordination/et-si?liens=amis-de-kayes+%3D+cdane", "", role=Role.COORDINATOR),
    "meilleurs-liens": Seen("/coordination/liens", "", role=Role.COORDINATOR),
    "plans": Seen("/coordination/plans", "plans", role=Role.AGENT),
    "plan": Seen("/coordination/plans/{plan}", "L'eau à Kayes", role=Role.COORDINATOR),
    "a-recruter": Seen("/acteurs-isoles/a-recruter", "", role=Role.COORDINATOR),
    "suivi": Seen("/acteurs-isoles/suivi/cdane", "", role=Role.COORDINATOR),
    "suivi-membre": Seen("/acteurs-isoles/suivi/amis-de-kayes", "", role=Role.MEMBER),
    "acteur-membre": Seen("/acteurs/amis-de-kayes", "Amis de Kayes", role=Role.MEMBER),
    "acteur-agent": Seen("/acteurs/cdane", "", role=Role.AGENT),
    "mon-compte-membre": Seen("/mon-compte", "Mon compte", role=Role.MEMBER),
    "acces-refuse": Seen("/comptes", "", 403, role=Role.MEMBER),
    "rencontre-gardee": Seen("/rencontres/delegation-bamako-2017", "", role=Role.COORDINATOR),
    "compte": Seen("/comptes/{account}", "", role=Role.ADMIN),
    "annonce-modifier": Seen("/annonces/offre-cci-export/modifier", "", role=Role.AGENT),
    "appel-modifier": Seen("/appels/appels-departement-2016/modifier", "", role=Role.AGENT),
    "experience-modifier": Seen("/experiences/experience-kayes/modifier", "", role=Role.AGENT),
    "erreur-introuvable": Seen("/nulle-part", "introuvable", 404),
    "erreur-acteur-inconnu": Seen("/acteurs/departement-esonne", "introuvable", 404),
    "erreur-filtre": Seen("/evenements?type=licorne", "incomprise", 400),
    "erreur-connexion": Seen("/mon-compte", "", 401),
    "erreur-lien": Seen("/connexion/lien-perime", "", 410),
}
IN_THE_DARK = (
    "carte-territoire",
    "carte-manques",
    "accueil",
    "acteurs-recherche",
    "acteur",
    "carte",
    "acteurs-isoles",
    "annonces",
    "connexion",
)

"""The pages that are looked at: name of the picture -> address, status, and whether one must be signed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """One address. `heading`: what the page says first."""

    path: str
    heading: str
    status: int = 200
    signed_in: bool = False

    @property
    def is_map(self) -> bool:
        """Whether a drawing has to be waited for."""
        by_server = self.path.startswith(("/carte/territoire", "/carte/manques"))
        return self.path.startswith("/carte") and self.status == 200 and not by_server


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
    "carte-chemin": Seen("/carte?de=massy&vers=region-kayes&imaginer=adeni+%3D+cdane", "Carte du réseau"),
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
    "partenaires-faute": Seen("/partenaires?theme=maraichag", "Trouver des partenaires", 400),
    "acteurs-isoles": Seen("/acteurs-isoles", "Qui est à l'écart"),
    "acteurs-isoles-noms": Seen("/acteurs-isoles", "Qui est à l'écart", signed_in=True),
    "annonces": Seen("/annonces", "Offres et besoins"),
    "evenements": Seen("/evenements", "Les événements"),
    "annonce": Seen("/annonces/offre-cci-export", ""),
    "annonces-filtrees": Seen("/annonces?pres=Massy&km=10&sens=need", "Offres et besoins"),
    "besoin-recueilli": Seen("/annonces/besoin-visas", "visas"),
    "annonce-publier": Seen("/publier/annonce?sens=need", "Publier une annonce", signed_in=True),
    "appels": Seen("/appels", "Appels à projets"),
    "appel": Seen("/appels/appels-departement-2016", "Appels"),
    "appel-publier": Seen("/publier/appel", "Publier un appel", signed_in=True),
    "financements": Seen("/acteurs/amis-de-kayes/financements", "Appels et financeurs"),
    "experiences": Seen("/experiences", "Fiches d'expérience"),
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
    "erreur-introuvable": Seen("/nulle-part", "introuvable", 404),
    "erreur-acteur-inconnu": Seen("/acteurs/departement-esonne", "introuvable", 404),
    "erreur-filtre": Seen("/evenements?type=licorne", "incomprise", 400),
    "erreur-connexion": Seen("/mon-compte", "", 401),
    "erreur-lien": Seen("/connexion/lien-perime", "", 410),
}
IN_THE_DARK = ("carte-territoire", "carte-manques", "accueil", "acteurs-recherche", "acteur", "carte", "acteurs-isoles", "annonces", "connexion")

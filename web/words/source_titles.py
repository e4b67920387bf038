"""The sources of the Essonne data, as a reader knows them; other codes are shown as they are."""

SOURCE_TITLES: dict[str, str] = {
    "doc-2016-concertation": "Synthèse de la concertation du 4 juillet 2016, Département de l'Essonne",
    "doc-2017-lettre": "Lettre d'information de l'action internationale du Département, 2017",
    "doc-2012-caece": "Stratégie d'action internationale d'Évry Centre Essonne, étude de 2012",
    "doc-cg-web": "« La coopération décentralisée », site du Conseil général, avant 2015",
    "doc-2010-atelier7": "Atelier 7, compte rendu du 8 juillet 2010 (Aitec et Cités Unies France)",
    "data-decoupage-2026": "Découpage administratif 2026 (INSEE, DGCL), Licence Ouverte",
    "data-contours-2018": "Contours Admin Express COG 2018 (IGN), Licence Ouverte",
    "data-natural-earth": "Natural Earth, domaine public",
    "data-pays": "Liste des pays (i18n-iso-countries, GeoNames)",
    "data-geonames": "GeoNames, CC BY 4.0",
    "data-twin-towns": "Jumelages recensés par Wikipédia et Wikidata",
    "data-esr-2023": "Établissements d'enseignement supérieur, ministère chargé du Supérieur, 2023",
    "ref-iso-3166-2": "Norme ISO 3166-2",
    "ref-intercommunalite": "Registres publics des intercommunalités et communes nouvelles",
    "vocab-maillage": "Vocabulaire de Maillage",
}


def source_titles(source: str | None) -> list[str]:
    """The titles behind a record's source (several codes separated by `|`)."""
    codes = [code.strip() for code in (source or "").split("|")]
    return [SOURCE_TITLES.get(code, code) for code in codes if code]

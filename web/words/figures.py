"""The names of the figures of the network: (French singular, French plural, gender, English)."""

FIGURE_LABELS: dict[str, tuple[str, str, str, str]] = {
    "at": ("date", "dates", "f", "date"),
    "actors": ("acteurs engagés ou liés", "acteurs engagés ou liés", "m", "actors engaged or tied"),
    "recorded": ("acteurs recensés", "acteurs recensés", "m", "recorded actors"),
    "engaged": ("acteurs engagés", "acteurs engagés", "m", "engaged actors"),
    "ties": ("liens de coopération vivants", "liens de coopération vivants", "m", "live ties"),
    "isolated": ("acteurs sans lien", "acteurs sans lien", "m", "isolated actors"),
    "isolated_share": ("part d'acteurs sans lien", "parts", "f", "share of isolated actors"),
    "components": ("groupes séparés", "groupes séparés", "m", "separate groups"),
    "largest_component": ("acteurs du plus grand groupe", "acteurs", "m", "largest group"),
    "largest_share": ("part du plus grand groupe", "parts", "f", "share of the largest group"),
    "reachable_pairs_share": (
        "part de paires d'acteurs qui peuvent se joindre",
        "parts",
        "f",
        "share of pairs that can reach each other",
    ),
    "mean_degree": ("partenaires par acteur, en moyenne", "moyennes", "m", "mean number of partners"),
    "density": ("densité", "densités", "f", "density"),
    "clustering": ("part de partenaires communs liés entre eux", "parts", "f", "clustering"),
    "dependency_share": (
        "part de paires qui ne se joignent que par un même acteur",
        "parts",
        "f",
        "share of pairs that hang on one actor",
    ),
    "resource_links": ("relations de moyens", "relations de moyens", "f", "resource links"),
    "structural_links": ("liens d'organisation", "liens d'organisation", "m", "structural links"),
    "contact_links": ("contacts", "contacts", "m", "contacts"),
    "unconfirmed_ties": (
        "liens non confirmés depuis dix ans",
        "liens",
        "m",
        "ties unconfirmed for ten years",
    ),
}

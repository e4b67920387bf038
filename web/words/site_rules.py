"""What the rules of maps, saved views and embedding say: rule -> (French, English)."""

SITE_RULES: dict[str, tuple[str, str]] = {
    "map_frame": (
        "le cadre s'écrit gauche,haut,droite,bas, par exemple -600,-500,1500,800 ; sans lui, toute la carte",
        "write the frame as left,top,right,bottom, such as -600,-500,1500,800; without it, the whole map",
    ),
}

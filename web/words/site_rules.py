"""What the rules of files, maps, saved views and embedding say: rule -> (French, English)."""

SITE_RULES: dict[str, tuple[str, str]] = {
    "path_unusable": (
        "ce fichier ne peut être ni lu ni écrit : vérifiez que le dossier existe et que vous y avez accès",
        "this file can be neither read nor written here: check that the folder exists and you may use it",
    ),
    "disk_full": (
        "le disque est plein : libérez de la place, ou choisissez un autre disque",
        "the disk is full: make room, or choose another disk",
    ),
    "given_twice": (
        "ce paramètre ne se donne qu'une fois",
        "this parameter is given once only",
    ),
    "page_form": (
        "le numéro d'une page est un nombre entier, à partir de 1",
        "the number of a page is a whole number, from 1",
    ),
    "map_frame": (
        "le cadre s'écrit gauche,haut,droite,bas, par exemple -600,-500,1500,800 ; sans lui, toute la carte",
        "write the frame as left,top,right,bottom, such as -600,-500,1500,800; without it, the whole map",
    ),
    "view_name_too_long": (
        "le nom d'une vue tient en 120 caractères : raccourcissez-le",
        "the name of a view has 120 characters at most: make it shorter",
    ),
    "view_text_too_long": (
        "le texte d'une étape tient en 600 caractères : raccourcissez-le",
        "the text of a step has 600 characters at most: make it shorter",
    ),
    "contact_in_view": (
        "ce texte peut être montré à tous et contient une adresse électronique ou un numéro : retirez-le",
        "this text may be shown to everybody and holds an e-mail address or a number: remove it",
    ),
    "view_address": (
        "seules les cartes et les listes de ce site se gardent : ouvrez-en une, puis « Garder cette vue »",
        "only maps and lists of this site can be kept: open one, then “Keep this view”",
    ),
    "too_many_views": (
        "vous gardez déjà 200 vues : supprimez celles qui ne servent plus",
        "you keep 200 views already: delete those of no more use",
    ),
    "too_many_steps": (
        "une visite compte vingt étapes au plus : retirez-en",
        "a tour has twenty steps at most: take some out",
    ),
    "tour_place": (
        "la place dans la visite est un nombre de 1 à 99 ; laissez vide pour ne pas y mettre la vue",
        "the place in the tour is a number from 1 to 99; leave it blank to keep the view out",
    ),
}

SNAPSHOT_NOT_WRITTEN = (
    "L'instantané du réseau n'a pas été gardé, la prochaine commande sera plus lente : {why}.",
    "The snapshot of the network was not kept, the next command will be slower: {why}.",
)

SITE_SENTENCES: dict[str, tuple[str, str]] = {
    "home_in_use": (
        "Le site ou une autre commande se sert de {home}. Arrêtez-les, puis recommencez.",
        "The site or another command uses {home}. Stop them, then retry.",
    ),
    "home_being_restored": (
        "Une sauvegarde est en cours de rétablissement dans {home}. Attendez, puis recommencez.",
        "A backup is being restored into {home}. Wait until it is done, then retry.",
    ),
    "unknown_parameter": (
        "Cette adresse ne comprend pas « {parameter} ». Elle comprend : {accepted}.",
        "This address does not understand “{parameter}”. It understands: {accepted}.",
    ),
    "idle_parameter": (
        "« {parameter} » ne dit rien sans « {needed} » : donnez les deux, ou aucun.",
        "“{parameter}” says nothing without “{needed}”: give both, or neither.",
    ),
    "setting_contours": (
        "Donnez à {setting} le chemin d'un fichier TopoJSON qui existe, ou laissez-le vide.",
        "Give {setting} the path of a TopoJSON file that exists, or leave it empty.",
    ),
    "setting_contact": (
        "Écrivez {setting} comme coordination@ville.example ou https://www.ville.example/contact.",
        "Write {setting} like coordination@ville.example or https://www.ville.example/contact.",
    ),
    "setting_embed_hosts": (
        "Écrivez {setting} avec des sites comme https://www.exemple.fr, séparés par des espaces.",
        "Write {setting} with sites such as https://www.example.org, separated by spaces.",
    ),
}

"""What cannot be asked of an introduction, in French and English: the situation and its remedy."""

INTRODUCTION_RULES: dict[str, tuple[str, str]] = {
    "introduction_why": (
        "dites en une phrase ou deux pourquoi vous souhaitez cette rencontre",
        "say in a sentence or two why you wish to meet",
    ),
    "introduction_too_long": (
        "le texte est trop long : 1 500 caractères suffisent pour un message, 600 pour la suite donnée",
        "the text is too long: 1,500 characters are enough for a message, 600 for what came of it",
    ),
    "contact_in_introduction": (
        "n'écrivez ici ni adresse ni numéro : votre contact sera montré à l'autre s'il accepte",
        "write no address and no number here: your contact is shown to the other side if it accepts",
    ),
    "introduction_to_itself": (
        "on ne se met pas en relation avec soi-même : choisissez un autre acteur",
        "an actor is not introduced to itself: choose another one",
    ),
    "introduction_ended": (
        "cet acteur n'existe plus : choisissez-en un autre",
        "this actor no longer exists: choose another one",
    ),
    "introduction_declined": (
        "cet acteur a décliné il y a moins de six mois : attendez, ou parlez-en à la coordination",
        "this actor declined your request less than six months ago: wait, or ask the coordination",
    ),
    "too_many_introductions": (
        "dix demandes par jour suffisent : continuez demain",
        "ten requests a day are enough: go on tomorrow",
    ),
    "introduction_subject": (
        "choisissez l'une de vos annonces ouvertes ou l'un de vos projets, ou aucun",
        "choose one of your open announcements or projects, or none",
    ),
    "contact_form": (
        "écrivez votre contact en 160 caractères au plus, sur une ligne",
        "write your contact in 160 characters at most, on one line",
    ),
}

INTRODUCTION_SENTENCES: dict[str, tuple[str, str]] = {
    "introduction_open": (
        "Une demande entre ces deux acteurs est déjà ouverte : poursuivez avec elle.",
        "These two actors have an open request already: go on with it.",
    ),
    "stale_introduction": (
        "Quelqu'un a répondu entre-temps : relisez la demande.",
        "Somebody answered meanwhile: read the request again.",
    ),
}

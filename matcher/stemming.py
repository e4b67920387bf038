"""French words to the stems the matcher compares: folded, without stop words, stemmed by Snowball.

`fold` already splits elisions (`l'eau` -> `l eau`); words of one letter and numbers carry nothing.
"""

from functools import lru_cache
from threading import Lock

import snowballstemmer

from graphsvc.domain.text import fold

FUNCTION_WORDS = frozenset(
    """
    a ai ainsi alors apres au aucun auquel auxquels aussi autour autre autres aux avant avec avoir ca
    car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment contre d dans de
    dela depuis des donc dont du duquel durant elle elles en encore entre est et etaient etait etant ete
    etre eu eux faire fait font hors ici il ils j je jusqu l la laquelle le lequel les lesquels
    lesquelles leur leurs lors lui m ma mais me meme memes mes moins mon n ne ni nos notamment notre
    nous on ont ou par parmi pas pendant peu peut plus plusieurs pour pourquoi qu quand que quel quelle
    quelles quels qui quoi s sa sans se ses si sien soit son sont sous sur t ta tant te tel telle telles
    tels tes toi ton tous tout toute toutes tres tu un une vers via voici vos votre vous y www http
    https com fr org the of and for
    """.split()  # noqa: SIM905 - one word a line would hide the list
)
"""Words without content, folded."""

GENERIC_WORDS = frozenset(
    """
    acteur acteurs action actions activite activites agir ami amis appui appuyer assemblee asso
    association associations associatif associative but cadre centre collectif collectivite comite commune
    communes communaute conseil cooperation cooperations developpement developper direction entre ensemble
    equipe equipes essonne essonnien essonniens france francais francaise grand grande grandes grands
    groupe intercommunal intercommunale intercommunales intercommunaux intercommunalite international
    internationale internationales internationaux lieu lien liens local locale locales locaux mairie
    maison mise monde national nationale objet organisation organiser partenaire partenaires partenariat
    partenariats pays porter population populations programme projet projets promouvoir realiser reseau
    saint sainte service services solidaire solidarite soutenir soutien structure sud nord territoire
    territoires territorial union ville villes village villages jumelage jumelages cite cites departement
    departemental region regional agglomeration francilien franciliens francilienne franciliennes
    """.split()  # noqa: SIM905 - one word a line would hide the list
)
"""Words nearly every actor of this field uses of itself: sharing them says nothing."""

RECORD_WORDS = frozenset(
    """
    document documents texte etude etudes rencontre rencontres rencontree rencontrees decrit decrite
    decrites decrits dit dite precise precisee preciser nom entendu entendue present presente presents
    presentes pris part participe participait participaient participer appuyait groupes concertation
    consulte consultee annee annees soutenu soutenue soutenus soutenues finance financee financierement
    possible possibles tourne tournee tournes tournees financeur financeurs fondation fondations
    """.split()  # noqa: SIM905 - one word a line would hide the list
)
"""Words of those who write records about where they found an actor, not about what it does."""

STOP_WORDS = FUNCTION_WORDS | GENERIC_WORDS | RECORD_WORDS
_STEMMER = snowballstemmer.stemmer("french")
_ONE_WORD_AT_A_TIME = Lock()  # the stemmer keeps the word it works on in itself


@lru_cache(maxsize=400_000)
def stem(word: str) -> str | None:
    """The stem of a folded word, or None if it carries nothing."""
    if len(word) < 2 or word in STOP_WORDS or word.isdigit():
        return None
    with _ONE_WORD_AT_A_TIME:
        return str(_STEMMER.stemWord(word))


def stems_of(text: str) -> list[str]:
    """The stems of a text, in its order, repeated as in the text."""
    return [s for word in fold(text).split() if (s := stem(word)) is not None]

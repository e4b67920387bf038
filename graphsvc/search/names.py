"""The names of a snapshot's actors, folded and indexed by word: made once a snapshot, kept while it lives."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from graphsvc.domain.actors import Actor, ActorRole
from graphsvc.domain.text import fold, sort_key
from graphsvc.search.kept import kept_with_snapshot
from graphsvc.snapshot.columns import F64, I8, I32, I64
from graphsvc.snapshot.snapshot import Snapshot

_LAST = "\U0010ffff"
EMPTY_WORDS = frozenset(
    {
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "pour",
        "s",
        "sur",
        "un",
        "une",
    }
)
_ROLES = list(ActorRole)


class NameKind(IntEnum):
    """What an indexed text is to its actor."""

    NAME = 0
    ACRONYM = 1
    ALIAS = 2


@dataclass(frozen=True, slots=True)
class NameTable:
    """Every name of every actor, in the order of the folded texts.

    Entry e is `texts[e]` (as written), `folded[e]`, of actor `actor[e]`. Words are sorted, so that the
    entries holding a word with a given beginning are one slice of `word_entries` (CSR by word,
    `word_ptr`). `rarity[w]` weighs a word: log of the number of entries over those that hold it.
    `rank[i]` is the place of actor i in French alphabetical order; `roles[i]` a bit per ActorRole.
    """

    texts: Sequence[str]
    folded: Sequence[str]
    actor: I32
    kind: I8
    length: I32
    words: Sequence[str]
    word_ptr: I64
    word_entries: I32
    rarity: F64
    rank: I32
    roles: I8

    def beginning_with(self, folded: str) -> tuple[int, int]:
        """The range of entries whose folded text begins so."""
        return bisect_left(self.folded, folded), bisect_right(self.folded, folded + _LAST)

    def equal_to(self, folded: str) -> tuple[int, int]:
        """The range of entries whose folded text is this one."""
        return bisect_left(self.folded, folded), bisect_right(self.folded, folded)

    def with_word(self, beginning: str) -> I32:
        """The entries that hold a word beginning so, sorted."""
        low, high = bisect_left(self.words, beginning), bisect_right(self.words, beginning + _LAST)
        return np.unique(self.word_entries[self.word_ptr[low] : self.word_ptr[high]])


def significant_words(folded: str) -> list[str]:
    """The words of a folded text that tell names apart; all of them if none does."""
    words = folded.split()
    return [w for w in words if w not in EMPTY_WORDS] or words


@kept_with_snapshot
def prepare(snapshot: Snapshot) -> NameTable:
    """The name table of a snapshot, made at the first call."""
    entries: list[tuple[str, int, int, str]] = []
    order: list[tuple[tuple[str, str, str], int]] = []
    roles = np.zeros(snapshot.n, np.int8)
    for i in range(snapshot.n):
        actor = snapshot.actor(i)
        entries.extend((folded, i, kind, text) for folded, kind, text in _names_of(actor))
        order.append((sort_key(actor.name), i))
        for dated in actor.roles:
            roles[i] |= 1 << _ROLES.index(dated.role)
    entries.sort()
    order.sort()
    rank = np.empty(snapshot.n, np.int32)
    rank[[i for _, i in order]] = np.arange(snapshot.n, dtype=np.int32)
    folded = [e[0] for e in entries]
    words, ptr, ids = _words(folded)
    held = np.diff(ptr)
    return NameTable(
        texts=[e[3] for e in entries],
        folded=folded,
        actor=np.array([e[1] for e in entries], np.int32),
        kind=np.array([e[2] for e in entries], np.int8),
        length=np.array([len(f) for f in folded], np.int32),
        words=words,
        word_ptr=ptr,
        word_entries=ids,
        rarity=np.log1p(len(folded) / np.maximum(held, 1)),
        rank=rank,
        roles=roles,
    )


def _names_of(actor: Actor) -> list[tuple[str, int, str]]:
    """(folded, kind, as written) of each distinct name; a name in nothing but signs is kept as it is."""
    named = [(NameKind.NAME, actor.name)]
    if actor.acronym:
        named.append((NameKind.ACRONYM, actor.acronym))
    named.extend((NameKind.ALIAS, other.text) for other in actor.other_names)
    found: dict[str, tuple[int, str]] = {}
    for kind, text in named:
        found.setdefault(fold(text) or text.strip(), (int(kind), text))
    return [(folded, kind, text) for folded, (kind, text) in found.items()]


def _words(folded: Sequence[str]) -> tuple[list[str], I64, I32]:
    pairs = sorted({(word, e) for e, text in enumerate(folded) for word in text.split()})
    words: list[str] = []
    starts: list[int] = []
    for k, (word, _) in enumerate(pairs):
        if not words or words[-1] != word:
            words.append(word)
            starts.append(k)
    ptr = np.array([*starts, len(pairs)], np.int64)
    return words, ptr, np.array([e for _, e in pairs], np.int32)

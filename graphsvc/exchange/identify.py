"""Which record each row is about: its `id`, else SIREN, RNA, name and commune; title; or type, pair and
start.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graphsvc.domain.links import natural_link_id
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold, key_as_meant
from graphsvc.exchange.cells import CellError, split_dated, split_list
from graphsvc.exchange.drafts import Draft
from graphsvc.exchange.identify_actors import ActorKeys
from graphsvc.exchange.keys import slug
from graphsvc.exchange.known import Known
from graphsvc.exchange.readers import Readers
from graphsvc.exchange.report import Notice

_NAME_FIELD = {
    RecordKind.PLACE: "name",
    RecordKind.ACTOR: "name",
    RecordKind.THEME: "label",
    RecordKind.SKILL: "label",
}
_ALIAS_FIELD = {
    RecordKind.PLACE: "aliases",
    RecordKind.ACTOR: "other_names",
    RecordKind.THEME: "synonyms",
    RecordKind.SKILL: "synonyms",
}
_VOCABULARY = frozenset({RecordKind.PLACE, RecordKind.THEME, RecordKind.SKILL})


@dataclass(slots=True)
class Identifier:
    """Gives each draft its id, makes the records of a kind known by name, refuses keys used twice."""

    known: Known
    readers: Readers
    notices: list[Notice]
    _titles: dict[RecordKind, dict[str, list[str]]] = field(default_factory=dict)

    def identify(self, kind: RecordKind, drafts: list[Draft]) -> list[Draft]:
        """The drafts that stand for a record, before their cells are read. Rows of merged records are left
        out.
        """
        for draft in drafts:
            draft.id = self._own_key(kind, draft)
        drafts = [d for d in drafts if not self._merged_away(kind, d)]
        if kind is RecordKind.ACTOR:
            ActorKeys(self.known, self.readers, self.notices).give(drafts)
        else:
            for draft in drafts:
                if not draft.id:
                    draft.id = "" if kind in _VOCABULARY else self._titled(kind, draft)
        self._refuse_twice(drafts)
        self._learn(kind, drafts)
        self.known.fetch(kind, [d.id for d in drafts])
        return drafts

    def expect(self, kind: RecordKind, drafts: list[Draft]) -> None:
        """Make known, before their cells are read, the rows that others of their kind may name by key: an
        announcement takes up a need of the same file, or of the store.
        """
        if kind is not RecordKind.ANNOUNCEMENT:
            return
        for draft in drafts:
            draft.id = self._own_key(kind, draft)
        self.known.fetch(kind, {named for d in drafts if (named := d.raw("adopts"))})
        self._learn(kind, [d for d in drafts if d.id])

    def identify_late(self, kind: RecordKind, drafts: list[Draft]) -> list[Draft]:
        """The same for kinds that nothing names: their key needs the cells, which were read."""
        kept = []
        for draft in drafts:
            draft.id = self._own_key(kind, draft)
            if self._merged_away(kind, draft) or (kind is RecordKind.LINK and self._within_one(draft)):
                continue
            if not draft.id and not draft.errors:
                draft.id = _late_key(kind, draft.values)
            kept.append(draft)
        kept = self._without_merged_doubles(kept)
        self._refuse_twice(kept)
        self.known.fetch(kind, [d.id for d in kept])
        return kept

    def _own_key(self, kind: RecordKind, draft: Draft) -> str:
        """The key a row gives itself: as the store has it, else as it is meant (see `key_as_meant`)."""
        given = draft.raw("id")
        meant = key_as_meant(given)
        if meant == given or given in self.known.indexes[kind].merged:
            return given
        kept = not self.known.empty and self.known.store.get_many(kind, [given])
        return given if kept else meant

    def _merged_away(self, kind: RecordKind, draft: Draft) -> bool:
        """Whether the row tells of a record that was merged into another: it must not overwrite that one."""
        target = self.known.indexes[kind].merged.get(draft.id) if draft.id else None
        if target is not None:
            facts = {"file": draft.table.file, "line": draft.line, "id": draft.id, "kept": target}
            self.notices.append(Notice("merged_record_left_out", facts))
        return target is not None

    def _names_merged_actor(self, draft: Draft) -> bool:
        merged = self.known.indexes[RecordKind.ACTOR].merged
        return draft.raw("actor_a") in merged or draft.raw("actor_b") in merged

    def _within_one(self, draft: Draft) -> bool:
        """Whether a link joins two actors that have since been merged into one."""
        ends = draft.values.get("actor_a"), draft.values.get("actor_b")
        if ends[0] is None or ends[0] != ends[1] or not self._names_merged_actor(draft):
            return False
        facts = {"file": draft.table.file, "line": draft.line, "kept": ends[0]}
        self.notices.append(Notice("link_within_merged_left_out", facts))
        return True

    def _without_merged_doubles(self, drafts: list[Draft]) -> list[Draft]:
        """Two rows that became one link because their actors were merged: the first is enough."""
        if not self.known.indexes[RecordKind.ACTOR].merged:
            return drafts
        seen: set[str] = set()
        kept = []
        for draft in sorted(drafts, key=self._names_merged_actor):
            if draft.id and draft.id in seen and self._names_merged_actor(draft):
                facts = {"file": draft.table.file, "line": draft.line, "id": draft.id}
                self.notices.append(Notice("merged_record_left_out", facts))
                continue
            seen.add(draft.id)
            kept.append(draft)
        return kept

    def _titled(self, kind: RecordKind, draft: Draft) -> str:
        """The id of the record of the store with this title (and start, for events), else a key made of
        them.
        """
        title, start = draft.raw("title"), draft.raw("start") if kind is RecordKind.EVENT else ""
        if kind not in self._titles:
            titles: dict[str, list[str]] = {}
            self._titles[kind] = titles
            for id_, stored in self.known.stored[kind].items():
                since = str(stored.record.start or "") if kind is RecordKind.EVENT else ""
                titles.setdefault(f"{fold(stored.record.title)}|{since}", []).append(id_)
        found = self._titles[kind].get(f"{fold(title)}|{start}", [])
        return found[0] if len(found) == 1 else slug(title, start) if title else ""

    def _refuse_twice(self, drafts: Iterable[Draft]) -> None:
        """The first row keeps the key; those after it are refused and point at it."""
        first: dict[str, Draft] = {}
        for draft in drafts:
            if not draft.id:
                draft.id = f"?{draft.table.file}:{draft.line}"  # unknown yet; the row is refused for it
            elif (other := first.setdefault(draft.id, draft)) is not draft:
                facts = {"id": draft.id, "file": other.table.file, "line": other.line}
                draft.refuse("id", draft.id, CellError("duplicate_key", "one_row_each", **facts))
                draft.id = f"?{draft.table.file}:{draft.line}"

    def _learn(self, kind: RecordKind, drafts: list[Draft]) -> None:
        index = self.known.indexes[kind]
        ids = set()
        for draft in drafts:
            ids.add(draft.id)
            name = draft.raw(_NAME_FIELD.get(kind, "title"))
            index.add(draft.id, name, partial(_aliases, kind, draft), partial(_details, kind, draft))
            if kind is RecordKind.ACTOR:
                keys = index.other_keys
                for scheme in ("siren", "rna"):
                    if value := "".join(draft.raw(scheme).split()).upper():
                        keys.setdefault(value, draft.id)
                        keys.setdefault(f"{scheme}:{value}", draft.id)
        for id_, stored in self.known.stored[kind].items():
            if id_ not in ids:
                self.known.learn(kind, stored.record)


def _aliases(kind: RecordKind, draft: Draft) -> list[str]:
    name = _ALIAS_FIELD.get(kind)
    cell = draft.raw(name) if name else ""
    aliases = []
    for raw in split_list(cell):
        try:
            aliases.append(split_dated(raw)[0])
        except CellError:  # said when the cell is read
            continue
    if kind in _VOCABULARY:
        aliases.append(draft.id)
    elif kind is RecordKind.ACTOR and (acronym := draft.raw("acronym")):
        aliases.append(acronym)
    return aliases


def _details(kind: RecordKind, draft: Draft) -> dict[str, Any]:
    if kind is RecordKind.ACTOR:
        return {
            "kind": draft.raw("kind"),
            "place": draft.raw("municipality") or draft.values.get("seat") or "",
        }
    return {"level": draft.raw("level")} if kind is RecordKind.PLACE else {}


def _late_key(kind: RecordKind, values: dict[str, Any]) -> str:
    if kind is RecordKind.LINK:
        return natural_link_id(values["kind"], values["actor_a"], values["actor_b"], values.get("start"))
    first = str(values["direction"]) if kind is RecordKind.ANNOUNCEMENT else ""
    return slug(first, values["title"], values.get("actor") or values.get("funder") or "")

"""The seat and the key of each actor row: `id`, else SIREN, else RNA, else normalised name and commune."""

from dataclasses import dataclass, field

from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.exchange.cells import CellError
from graphsvc.exchange.countries import country_code
from graphsvc.exchange.drafts import Draft
from graphsvc.exchange.keys import digest, slug
from graphsvc.exchange.known import Known
from graphsvc.exchange.readers import Readers
from graphsvc.exchange.report import Notice

_SEAT_FIELDS = ("seat", "municipality", "postcode")


@dataclass(slots=True)
class ActorKeys:
    """Finds seats first, since a key may need them, then keys."""

    known: Known
    readers: Readers
    notices: list[Notice]
    _cache: dict[tuple[str, str, str, bool], str | CellError | None] = field(default_factory=dict)
    _by_scheme: dict[str, str] = field(default_factory=dict)
    _by_name_and_seat: dict[tuple[str, str | None], list[str]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def give(self, drafts: list[Draft]) -> None:
        """Set `values["seat"]`, `values["country"]` and the id of every draft."""
        for draft in drafts:
            self._seat(draft)
        if all(draft.id for draft in drafts):
            return
        self._learn(drafts)
        for draft in drafts:
            if not draft.id:
                draft.id = self._key(draft)

    def _learn(self, drafts: list[Draft]) -> None:
        """What rows without an id may turn out to be: actors of the store, and rows that have one."""
        for id_, stored in self.known.stored[RecordKind.ACTOR].items():
            actor = stored.record
            for scheme, value in (("siren", actor.siren), ("rna", actor.rna)):
                if value:
                    self._by_scheme[f"{scheme}:{value}"] = id_
            self._by_name_and_seat.setdefault((fold(actor.name), actor.seat), []).append(id_)
            self._taken.add(id_)
        for draft in drafts:
            if draft.id:
                place = fold(draft.raw("name")), draft.values.get("seat")
                ids = self._by_name_and_seat.setdefault(place, [])
                if draft.id not in ids:
                    ids.append(draft.id)
                self._taken.add(draft.id)

    def _key(self, draft: Draft) -> str:
        official = [(s, "".join(draft.raw(s).split()).upper()) for s in ("siren", "rna")]
        for scheme, value in official:
            if value and (owner := self._by_scheme.get(f"{scheme}:{value}")):
                return owner
        for _, value in official:
            if value:
                return value
        name = draft.raw("name")
        if not name or draft.errors:
            return ""
        return self._named(draft, name, draft.values.get("seat"))

    def _named(self, draft: Draft, name: str, seat: str | None) -> str:
        found = self._by_name_and_seat.get((fold(name), seat), [])
        if len(found) == 1:
            return found[0]
        if found:
            candidates = [{"id": i, "name": name} for i in sorted(found)[:10]]
            draft.refuse("id", name, CellError("ambiguous_actor", "give_id", candidates=candidates))
            return ""
        key = slug(name, seat or "")
        return key if key not in self._taken else f"{key}-{digest(fold(name), seat or '')}"

    def _seat(self, draft: Draft) -> None:
        positions = draft.table.positions
        if not any(f in positions for f in (*_SEAT_FIELDS, "country")):
            return
        code, municipality, postcode = (draft.raw(f) for f in _SEAT_FIELDS)
        country = country_code(draft.raw("country")) if draft.raw("country") else None
        wanted = code, municipality, postcode, country is not None and country != "FR"
        if wanted not in self._cache:
            self._cache[wanted] = self._find(*wanted)
            self._tell_guess(draft, municipality)
        seat = self._cache[wanted]
        if isinstance(seat, CellError):
            draft.refuse("seat" if code else "municipality", code or municipality, seat)
        elif seat is not None:
            draft.values["seat"] = seat
            if country is None and "country" in positions:
                draft.values["country"] = self._country_of(seat)

    def _tell_guess(self, draft: Draft, municipality: str) -> None:
        id_ = self.known.seats.guessed.pop(municipality, None)
        if id_ is not None:
            name = self.known.indexes[RecordKind.PLACE].names[id_]
            facts = {"file": draft.table.file, "line": draft.line, "value": municipality}
            self.notices.append(Notice("commune_understood", {**facts, "id": id_, "name": name}))

    def _find(self, code: str, municipality: str, postcode: str, abroad: bool) -> str | CellError | None:
        try:
            return self.known.seats.find(code, municipality, postcode, abroad=abroad)
        except CellError as error:
            if self.readers.new_entry is None or not error.rule.startswith("unknown_"):
                return error
            return self.readers.new_entry(RecordKind.PLACE, code or municipality)

    def _country_of(self, seat: str) -> str:
        """The country a place lies in, when its code says it; France otherwise."""
        return (
            seat[:2] if len(seat) == 2 or (len(seat) > 3 and seat[2] == "-" and seat[:2].isalpha()) else "FR"
        )

"""What rows must not do to one another and to the store: take a key, an identity, or close a circle."""

from graphsvc.domain.contact_details import ContactKind, contact_details
from graphsvc.domain.records import Record, RecordKind, alternate_keys
from graphsvc.domain.text import fold
from graphsvc.exchange.cells import CellError
from graphsvc.exchange.drafts import Draft
from graphsvc.exchange.known import Known

_PARENT = {
    RecordKind.PLACE: "parent",
    RecordKind.THEME: "parent",
    RecordKind.SKILL: "parent",
    RecordKind.ACTOR: "part_of",
}
_CHOSEN_BY_SOURCE = frozenset(RecordKind) - {
    RecordKind.PLACE,
    RecordKind.THEME,
    RecordKind.SKILL,
    RecordKind.LINK,
}
_PUBLISHED = {
    RecordKind.ANNOUNCEMENT: ("title", "description", "outcome"),
    RecordKind.EXPERIENCE: ("title", "done", "successes", "failures", "advice"),
}
_HELD = {ContactKind.EMAIL: "holds_email", ContactKind.PHONE: "holds_phone"}
Built = list[tuple[Draft, Record]]


def refuse_names_of_others(kind: RecordKind, built: Built, known: Known) -> None:
    """The same `id` from another source with another name is another record: refused."""
    if kind not in _CHOSEN_BY_SOURCE:
        return
    for draft, record in built:
        existing = known.stored[kind].get(record.id)
        if existing is None or not draft.raw("id"):
            continue
        before = existing.record
        source = getattr(record, "source", None)
        if source is None or before.source is None or source == before.source:
            continue
        if not _names(record) & _names(before):
            facts = {"id": record.id, "name": _name(before), "source": before.source}
            draft.refuse("id", record.id, CellError("id_of_another", "choose_other_id", **facts))


def refuse_keys_of_others(kind: RecordKind, built: Built, known: Known) -> None:
    """A SIREN or an RNA number belongs to one actor."""
    if kind is not RecordKind.ACTOR:
        return
    owners: dict[str, tuple[str, Draft | None]] = {}
    ids = {record.id for _, record in built}
    for id_, stored in known.stored[kind].items():
        if id_ not in ids:
            owners.update((key, (id_, None)) for key in alternate_keys(stored.record))
    for draft, record in built:
        for key in alternate_keys(record):
            owner, first = owners.setdefault(key, (record.id, draft))
            if owner != record.id:
                scheme, _, value = key.partition(":")
                facts: dict[str, object] = {"id": owner}
                if first is not None:
                    facts |= {"file": first.table.file, "line": first.line}
                error = CellError("key_of_another", "same_actor_or_other_number", **facts)
                draft.refuse(scheme, draft.raw(scheme) or value, error)


def refuse_cycles(kind: RecordKind, built: Built, known: Known) -> None:
    """A parent chain that would come back to its start is refused where it enters the circle."""
    name = _PARENT.get(kind)
    if name is None:
        return
    parents = {id_: getattr(s.record, name) for id_, s in known.stored[kind].items()}
    parents.update((record.id, getattr(record, name)) for _, record in built)
    safe: set[str] = set()
    for draft, record in built:
        path: list[str] = []
        here: str | None = record.id
        while here is not None and here not in safe and here not in path:
            path.append(here)
            here = parents.get(here)
        if here is not None and here in path and record.id in path[path.index(here) :]:
            circle = path[path.index(here) :]
            error = CellError("cyclic_hierarchy", "cut_circle", circle=circle[:10])
            draft.refuse(name, draft.raw(name) or circle[1 % len(circle)], error)
        elif here is None or here in safe:
            safe.update(path)


def refuse_contact_details(kind: RecordKind, built: Built) -> None:
    """What everybody will read holds nobody's address or number, by whatever way it comes in."""
    for draft, record in built:
        for field in _PUBLISHED.get(kind, ()):
            found = contact_details(getattr(record, field) or "")
            if found:
                draft.refuse(
                    field,
                    draft.raw(field) or found[0].text,
                    CellError(_HELD[found[0].kind], count=len(found)),
                )


def _name(record: Record) -> str:
    return str(getattr(record, "name", None) or getattr(record, "title", record.id))


def _names(record: Record) -> set[str]:
    others = (n.text for n in getattr(record, "other_names", ()))
    return {fold(n) for n in (_name(record), *others)}

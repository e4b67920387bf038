"""What a meeting's codes say: reasons of guests, roles; and a whole plan as data."""

from collections.abc import Sequence
from typing import Any

from graphsvc.snapshot import Snapshot
from matcher.meetings.meeting import Guest, Meeting
from matcher.reasons import Reason
from web.french import typeset
from web.language import in_french
from web.named import facts_in
from web.reasons import en_meetings, fr_meetings, reason_text
from web.words.because import because_sentence


def why_text(reason: Reason, lang: str | None = None) -> str:
    """The sentence of a reason for which somebody is invited, or of a note on the plan."""
    facts = facts_in(reason.facts, lang)
    said = because_sentence(reason.code, facts, lang)
    if said == reason.code:
        return reason_text(reason.code, facts, lang)
    return typeset(said) if in_french(lang) else said


def role_text(role: str, lang: str | None = None) -> str:
    """Why somebody is invited, in a few words."""
    words = fr_meetings.GUEST_ROLES if in_french(lang) else en_meetings.GUEST_ROLES
    return words[role]


def reasons_data(reasons: Sequence[Reason], lang: str | None = None) -> list[dict[str, Any]]:
    """Reasons in the keys of the exchange format."""
    return [{"code": r.code, "facts": dict(r.facts), "text": why_text(r, lang)} for r in reasons]


def meeting_data(snapshot: Snapshot, meeting: Meeting, lang: str | None = None) -> dict[str, Any]:
    """A plan in the keys of the exchange format (`maillage meeting`, the API)."""
    topic = meeting.topic
    return {
        "themes": [snapshot.theme_ids[t] for t in topic.themes],
        "territories": [snapshot.place_ids[p] for p in topic.places],
        "areas": [snapshot.place_ids[p] for p in topic.areas],
        "tables": meeting.tables,
        "new_acquaintances": meeting.meetings,
        "guests": [_guest(snapshot, guest, lang) for guest in meeting.guests],
        "notes": reasons_data(meeting.notes, lang),
    }


def _guest(snapshot: Snapshot, guest: Guest, lang: str | None) -> dict[str, Any]:
    actor = snapshot.actor(guest.index)
    return {
        "actor": {"id": actor.id, "name": actor.name, "kind": actor.kind.value},
        "role": guest.role.value,
        "state": guest.state.value if guest.state else None,
        "why": reasons_data(guest.reasons, lang),
        "table": guest.table,
    }

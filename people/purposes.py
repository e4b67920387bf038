"""What personal data are kept for: purposes x fields x roles x retention x legal basis, as data.

It drives who sees them, the purge (`people.retention`) and the table of docs/personal-data.md. A test holds
it to the tables: every column is either here or in NOT_PERSONAL.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from people.roles import Role


class LegalBasis(StrEnum):
    """Article 6(1) of the GDPR: what makes a processing lawful."""

    PUBLIC_TASK = "public_task"  # 6(1)(e)
    LEGAL_OBLIGATION = "legal_obligation"  # 6(1)(c): security of processing, article 32
    LEGITIMATE_INTEREST = "legitimate_interest"  # 6(1)(f)
    CONSENT = "consent"  # 6(1)(a): taken back in one click


class Retention(StrEnum):
    """From when the time runs."""

    ACCOUNT = "account"  # as long as the account lives
    AFTER_EXPIRY = "after_expiry"
    AFTER_CREATION = "after_creation"
    NETWORK = "network"  # as long as the fact in the network; the author is a random id


@dataclass(frozen=True, slots=True)
class Purpose:
    """One processing. `fields` are `table.column`; `seen_by` other than the person concerned."""

    code: str
    fields: tuple[str, ...]
    seen_by: tuple[Role, ...]
    retention: Retention
    kept_for: timedelta | None
    legal_basis: LegalBasis


_KEEPERS = (Role.ADMIN,)
PURPOSES = (
    Purpose(
        "sign_in",
        (
            "accounts.id",
            "accounts.email",
            "accounts.email_folded",
            "accounts.role",
            "accounts.created_at",
            "accounts.disabled_at",
            "account_actors.account_id",
            "account_actors.store_id",
            "account_actors.actor_key",
            "account_actors.added_at",
        ),
        _KEEPERS,
        Retention.ACCOUNT,
        None,
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "invitation",
        (
            "invitations.id",
            "invitations.email",
            "invitations.role",
            "invitations.invited_by",
            "invitations.created_at",
            "invitations.expires_at",
            "invitations.accepted_at",
            "invitations.withdrawn_at",
            "invitation_actors.invitation_id",
            "invitation_actors.store_id",
            "invitation_actors.actor_key",
        ),
        (Role.COORDINATOR, Role.ADMIN),
        Retention.AFTER_EXPIRY,
        timedelta(days=30),
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "one_time_link",
        (
            "one_time_links.token_hash",
            "one_time_links.purpose",
            "one_time_links.account_id",
            "one_time_links.invitation_id",
            "one_time_links.created_at",
            "one_time_links.expires_at",
            "one_time_links.used_at",
            "one_time_links.revoked_at",
        ),
        (),
        Retention.AFTER_EXPIRY,
        timedelta(days=30),
        LegalBasis.LEGAL_OBLIGATION,
    ),
    Purpose(
        "session",
        (
            "sessions.token_hash",
            "sessions.account_id",
            "sessions.created_at",
            "sessions.last_seen_at",
            "sessions.expires_at",
            "sessions.data",
        ),
        (),
        Retention.AFTER_EXPIRY,
        timedelta(0),
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "audit",
        ("audit.id", "audit.at", "audit.by", "audit.action", "audit.subject", "audit.details"),
        _KEEPERS,
        Retention.AFTER_CREATION,
        timedelta(days=365),
        LegalBasis.LEGAL_OBLIGATION,
    ),
    Purpose(
        "delivery",
        ("outbox.by",),
        (),
        Retention.AFTER_CREATION,
        timedelta(days=30),
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "network_choices",
        (
            "refusals.by",
            "refusals.at",
            "kept_apart.by",
            "kept_apart.at",
            "community_names.by",
            "community_names.at",
        ),
        (Role.AGENT, Role.COORDINATOR, Role.ADMIN),
        Retention.NETWORK,
        None,
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "coordination",
        (
            "follow_up_steps.at",
            "follow_up_steps.by",
            "follow_up_steps.assigned_to",
            "follow_up_steps.note",
            "plans.made_at",
            "plans.made_by",
        ),
        (Role.AGENT, Role.COORDINATOR, Role.ADMIN),
        Retention.NETWORK,
        None,
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "saved_views",
        (
            "saved_views.account_id",
            "saved_views.name",
            "saved_views.address",
            "saved_views.made_at",
            "saved_views.shared_at",
            "saved_views.text",
        ),
        (),
        Retention.ACCOUNT,
        None,
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "introduction",
        (
            "introductions.message",
            "introductions.asked_by",
            "introductions.asked_at",
            "introductions.outcome",
        ),
        (Role.AGENT, Role.COORDINATOR, Role.ADMIN),
        Retention.AFTER_CREATION,
        timedelta(days=730),
        LegalBasis.PUBLIC_TASK,
    ),
    Purpose(
        "introduction_contact",
        (
            "introduction_consents.introduction_id",
            "introduction_consents.side",
            "introduction_consents.account_id",
            "introduction_consents.contact",
            "introduction_consents.given_at",
        ),
        (),
        Retention.ACCOUNT,
        None,
        LegalBasis.CONSENT,
    ),
)

NOT_PERSONAL = {
    "outbox.id": "a counter",
    "outbox.idempotency_key": "a random key",
    "outbox.store_id": "a graph",
    "outbox.intent": "records of the graph, which holds organisations only",
    "outbox.state": "a code",
    "outbox.attempts": "a number",
    "outbox.created_at": "said with outbox.by, and purged with it",
    "outbox.tried_at": "when the machine tried",
    "outbox.revision": "a number",
    "outbox.error": "a code and public keys",
    "refusals.id": "a counter",
    "refusals.store_id": "a graph",
    "refusals.asker_kind": "a code",
    "refusals.asker_key": "an organisation, an announcement or a project",
    "refusals.declined_key": "an organisation",
    "kept_apart.store_id": "a graph",
    "kept_apart.first_key": "an organisation",
    "kept_apart.second_key": "an organisation",
    "exposure_rounds.store_id": "a graph",
    "exposure_rounds.day": "a day",
    "exposure_rounds.revision": "a number",
    "exposure_rounds.made_at": "when the machine counted",
    "exposure_rounds.limit": "a number",
    "exposure_rounds.counts": "how often organisations are suggested",
    "follow_up_steps.id": "a counter",
    "follow_up_steps.store_id": "a graph",
    "follow_up_steps.actor_key": "an organisation",
    "follow_up_steps.step": "a code",
    "follow_up_steps.until": "a day",
    "follow_up_steps.result": "a code",
    "follow_up_steps.state": "a code",
    "plans.id": "a random key",
    "plans.store_id": "a graph",
    "plans.name": "the name of a set of links between organisations",
    "plans.day": "a day",
    "plans.figures": "numbers",
    "plans.set_aside_at": "said with plans.made_by",
    "plan_links.plan_id": "a random key",
    "plan_links.position": "a number",
    "plan_links.first_key": "an organisation",
    "plan_links.second_key": "an organisation",
    "plan_links.first_name": "an organisation",
    "plan_links.second_name": "an organisation",
    "saved_views.id": "a random key",
    "saved_views.store_id": "a graph",
    "saved_views.tour_step": "a number",
    "introductions.id": "a random key",
    "introductions.store_id": "a graph",
    "introductions.asker_key": "an organisation",
    "introductions.other_key": "an organisation",
    "introductions.about_kind": "a code",
    "introductions.about_key": "an announcement or a project",
    "introductions.relay": "a code",
    "introductions.relay_key": "an organisation",
    "introductions.state": "a code",
    "introductions.expires_at": "said with introductions.asked_at, and purged with it",
    "introductions.passed_on_at": "said with introductions.asked_at, and purged with it",
    "introductions.answered_at": "said with introductions.asked_at, and purged with it",
    "introductions.introduced_at": "said with introductions.asked_at, and purged with it",
    "introductions.closed_at": "said with introductions.asked_at, and purged with it",
    "introductions.ask_again_on": "a day",
    "introductions.link_id": "a link between organisations",
    "introductions.open_pair": "a digest of two organisations",
    "introductions.form": "a digest of a random key",
    "layouts.id": "a counter",
    "layouts.store_id": "a graph",
    "layouts.revision": "a number",
    "layouts.made_at": "when the machine drew",
    "layouts.content": "positions of organisations",
    "community_names.store_id": "a graph",
    "community_names.community": "a group of organisations",
    "community_names.name": "the name of a group of organisations",
}


def purpose(code: str) -> Purpose:
    """The purpose of this code. Raises KeyError."""
    return {p.code: p for p in PURPOSES}[code]

"""Who may open what, written by hand: endpoint -> who gets in.

A new route is a new line here; the matrix fails until it has one.
"""

IN, SIGN_IN, DENIED = "in", 401, 403
IDENTITIES = (
    "anonymous",
    "member_own",  # a member, on its own actor
    "member_other",  # a member of another actor
    "agent",
    "coordinator",
    "admin",
    "disabled",  # the cookie of an account since disabled
    "revoked",  # the cookie of a session since ended
)


def _row(member_own: object, member_other: object, *staff: object) -> dict[str, object]:
    agent, coordinator, admin = staff
    return {
        "anonymous": SIGN_IN,
        "member_own": member_own,
        "member_other": member_other,
        "agent": agent,
        "coordinator": coordinator,
        "admin": admin,
        "disabled": SIGN_IN,
        "revoked": SIGN_IN,
    }


EVERYBODY = dict.fromkeys(IDENTITIES, IN)
SIGNED_IN = _row(IN, IN, IN, IN, IN)
OWN_ACTOR = _row(IN, DENIED, IN, IN, IN)
STAFF = _row(DENIED, DENIED, IN, IN, IN)
COORDINATION = _row(DENIED, DENIED, DENIED, IN, IN)
ADMINISTRATION = _row(DENIED, DENIED, DENIED, DENIED, IN)

ACCESS = {
    "static": EVERYBODY,
    # Reading is public: organisations only.
    "pages.home": EVERYBODY,
    "about.about": EVERYBODY,
    "about.health": EVERYBODY,
    "actors.directory": EVERYBODY,
    "actors.ego": EVERYBODY,
    "actors.record": EVERYBODY,
    "announcements.announcement": EVERYBODY,
    "announcements.board": EVERYBODY,
    "events.calendar": EVERYBODY,
    "isolated.work_list": EVERYBODY,
    "opportunities.convergence_list": EVERYBODY,  # names only for those who may see the work list
    "opportunities.dormant_list": EVERYBODY,
    "opportunities.gap_list": EVERYBODY,
    "opportunities.overview": EVERYBODY,
    "opportunities.place_list": EVERYBODY,
    "opportunities.triangle_list": EVERYBODY,
    "pooling.announcement_pool": EVERYBODY,
    "pooling.pool": EVERYBODY,
    "map.data": EVERYBODY,
    "map.drawing_library": EVERYBODY,
    "map.page": EVERYBODY,
    "map.summary": EVERYBODY,
    "partners.find_partners": EVERYBODY,
    "refused.refused_list": SIGNED_IN,  # for an asker that exists: those who speak for it
    "refused.refuse": SIGNED_IN,
    "refused.reconsider": SIGNED_IN,
    "records.agreement": EVERYBODY,
    "records.event": EVERYBODY,
    "records.project": EVERYBODY,
    "territories.all_territories": EVERYBODY,
    "sheets.sheet": EVERYBODY,
    "letters.letter": OWN_ACTOR,
    "letters.letter_pdf": OWN_ACTOR,
    "letters.choose": STAFF,
    "letters.letters_pdf": STAFF,
    "territories.territory": EVERYBODY,
    "themes.all_themes": EVERYBODY,
    "themes.theme": EVERYBODY,
    "api.actor": EVERYBODY,
    "api.find": EVERYBODY,
    "api.health": EVERYBODY,
    "api.for_actor": EVERYBODY,
    "api.for_announcement": EVERYBODY,
    "api.for_project": EVERYBODY,
    "api.for_request": EVERYBODY,
    "api_groups.actor_convergences": OWN_ACTOR,
    "api_groups.actor_dormant": OWN_ACTOR,
    "api_groups.announcement_groups": EVERYBODY,
    "api_groups.convergence_groups": STAFF,
    "api_groups.dormant_groups": STAFF,
    "api_groups.gap_list": STAFF,
    "api_groups.place_loads": STAFF,
    "api_groups.pools": EVERYBODY,
    "api_groups.triangle_groups": EVERYBODY,
    "calls.call": EVERYBODY,
    "calls.calls": EVERYBODY,
    "calls.fitting": EVERYBODY,
    "experiences.sheet": EVERYBODY,
    "experiences.sheets": EVERYBODY,
    # Publishing: whoever is signed in, for the actors they speak for (see test_publishing_rights).
    "publishing.edit_announcement": SIGNED_IN,
    "publishing.edit_form": SIGNED_IN,
    "publishing.new_announcement": SIGNED_IN,
    "publishing.publish_announcement": SIGNED_IN,
    "publishing_acts.prolong": SIGNED_IN,
    "publishing_acts.shut": SIGNED_IN,
    "publishing_acts.take_back": SIGNED_IN,
    "publishing_acts.take_up": SIGNED_IN,
    "publishing_acts.withdraw": SIGNED_IN,
    "experiences.edit_form": SIGNED_IN,
    "experiences.edit_sheet": SIGNED_IN,
    "experiences.new_sheet": SIGNED_IN,
    "experiences.publish_sheet": SIGNED_IN,
    "experiences.withdraw": SIGNED_IN,
    "calls.edit_form": STAFF,
    "calls.edit_one": STAFF,
    "calls.new_call": STAFF,
    "calls.publish_one": STAFF,
    "calls.withdraw": STAFF,
    "api_publications.announcement": EVERYBODY,
    "api_publications.announcements": EVERYBODY,
    "api_publications.call": EVERYBODY,
    "api_publications.calls": EVERYBODY,
    "api_publications.experience": EVERYBODY,
    "api_publications.experiences": EVERYBODY,
    "api_publications.fitting": EVERYBODY,
    "api_publishing.session_": SIGNED_IN,
    "api_publishing.adopt_announcement": SIGNED_IN,
    "api_publishing.close_announcement": SIGNED_IN,
    "api_publishing.edit_announcement": SIGNED_IN,
    "api_publishing.publish_announcement": SIGNED_IN,
    "api_publishing.renew_announcement": SIGNED_IN,
    "api_publishing.withdraw_announcement": SIGNED_IN,
    "api_publishing.edit_sheet": SIGNED_IN,
    "api_publishing.publish_experience": SIGNED_IN,
    "api_publishing.withdraw_sheet": SIGNED_IN,
    "api_publishing.edit_one_call": STAFF,
    "api_publishing.publish_one_call": STAFF,
    "api_publishing.withdraw_call": STAFF,
    # Meetings are prepared by the coordination.
    "meetings.planner": COORDINATION,
    "meetings.plan_workbook": COORDINATION,
    "meetings_kept.keep": COORDINATION,
    "meetings_kept.meeting": COORDINATION,
    "meetings_kept.kept_workbook": COORDINATION,
    "meetings_kept.invitation": COORDINATION,
    "meetings_kept.attendance": COORDINATION,
    "meetings_kept.introductions": COORDINATION,
    # Accounts.
    "accounts.sign_in_page": EVERYBODY,
    "accounts.link": EVERYBODY,
    "accounts.use_link": EVERYBODY,
    "accounts.leave": EVERYBODY,
    "accounts.my_account": SIGNED_IN,
    "accounts.leave_elsewhere": SIGNED_IN,
    "accounts.invitations": COORDINATION,
    "accounts.send_invitation": COORDINATION,
    "accounts.withdraw_invitation": COORDINATION,
    "accounts.all_accounts": ADMINISTRATION,
    "accounts.one_account": ADMINISTRATION,
    "accounts.change_role": ADMINISTRATION,
    "accounts.change_actors": ADMINISTRATION,
    "accounts.shut_out": ADMINISTRATION,
    "accounts.let_in": ADMINISTRATION,
    "accounts.new_link": ADMINISTRATION,
}

"""Publishing and editing an announcement: one page, without script; what was typed is never lost."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.announcements import Direction, Nature
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announce import edit, publish
from graphsvc.usecases.announcement_draft import LONGEST_DAYS, usual_expiry
from web.permissions import Action, policy
from web.shown import services
from web.views.publishing.entry_names import proposed_skills
from web.views.publishing.flow import Publication, edit_sent, empty_form, filled_form, publish_sent
from web.views.publishing.forms import AnnouncementForm, announcement_values
from web.words.publishing import done_text
from web.writing import Done

bp = Blueprint("publishing", __name__)
bp.app_context_processor(lambda: {"words_of_done": words_of_done})
_MOST_GIVEN = 4


def words_of_done(done: Done) -> str:
    """What this person just did, for templates."""
    return done_text(done.what, waiting=done.revision is None)


def _words(snapshot: Snapshot) -> Mapping[str, object]:
    today = services().today()
    return {
        "directions": [direction.value for direction in Direction],
        "natures": [nature.value for nature in Nature],
        "skills": proposed_skills(snapshot),
        "today": today.isoformat(),
        "last_day": (today + timedelta(days=LONGEST_DAYS)).isoformat(),
    }


ANNOUNCEMENT = Publication(
    RecordKind.ANNOUNCEMENT,
    AnnouncementForm,
    "publish_announcement.html",
    "announcements.announcement",
    "announcements.board",
    "publishing.publish_announcement",
    owned=True,
    values=announcement_values,
    publish=lambda snapshot, draft, actor, seed, today: publish(
        snapshot, draft, actor=actor, seed=seed, today=today
    ),
    edit=lambda snapshot, before, draft, today, version: edit(
        snapshot, before, draft, today=today, version=version
    ),
    words=_words,
)


@bp.get("/publier/annonce")
@policy(Action.OWN_ACCOUNT)
def new_announcement() -> str:
    """An empty form; `sens`, `nature`, `acteur`, `theme` and `territoire` fill some of it."""
    asked = request.args
    return empty_form(
        ANNOUNCEMENT,
        {
            "actor": asked.get("acteur", "")[:200],
            "direction": asked.get("sens", "")[:20],
            "nature": asked.get("nature", "")[:40],
            "themes": [text[:200] for text in asked.getlist("theme")[:_MOST_GIVEN]],
            "territories": [text[:200] for text in asked.getlist("territoire")[:_MOST_GIVEN]],
            "expires_on": usual_expiry(services().today()).isoformat(),
        },
    )


@bp.post("/publier/annonce")
@policy(Action.OWN_ACCOUNT)
def publish_announcement() -> Response | AnyResponse:
    """Publish, or the form again with what is wrong."""
    return publish_sent(ANNOUNCEMENT)


@bp.get("/annonces/<path:id_>/modifier")
@policy(Action.OWN_ACCOUNT)
def edit_form(id_: str) -> str:
    """The form of an announcement, as it is now."""
    return filled_form(ANNOUNCEMENT, id_)


@bp.post("/annonces/<path:id_>/modifier")
@policy(Action.OWN_ACCOUNT)
def edit_announcement(id_: str) -> Response | AnyResponse:
    """Keep the changes of an announcement."""
    return edit_sent(ANNOUNCEMENT, id_)
